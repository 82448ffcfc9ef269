//! The event that an article tells: when it was, and where.

use std::collections::BTreeSet;

use super::super::locator::Places;
use super::super::model::{EventDate, Registry, Role};
use super::super::queries::Whole;
use super::named;
use crate::site::shell::Identity;
use crate::site::structured::Node;

/// How many places are told; the page names them all.
const MOST_PLACES: usize = 5;

/// What is told, and what of it may not be told as a fact.
pub(super) struct Told<'a> {
    pub(super) site: &'a Identity,
    pub(super) article: &'a Whole,
    /// Those of the registry that have coordinates.
    pub(super) places: &'a Places,
    /// Which of the article's dates accounts dispute, by their index.
    pub(super) disputed: BTreeSet<usize>,
    pub(super) is_place_disputed: bool,
    /// A date of the article is known to be wrong, and not yet mended.
    pub(super) is_date_held: bool,
}

impl Told<'_> {
    /// The times that the article tells of, as ISO 8601 and EDTF both write
    /// them.
    pub(super) fn periods(&self) -> Vec<String> {
        let mut periods = Vec::new();
        for period in self
            .sure()
            .filter_map(|date| date.date().ok()?.iso_period())
        {
            if !periods.contains(&period) {
                periods.push(period);
            }
        }
        periods
    }

    /// The event itself. It bears the name of the article, which is what is
    /// told of it, and no date or place that accounts dispute.
    pub(super) fn event(&self) -> Node {
        let (start, end) = self.ends();
        Node::new("Event")
            .with("name", self.article.title.as_str())
            .maybe("startDate", start)
            .maybe("endDate", end)
            .all("location", self.locations())
    }

    /// The dates that are told as facts.
    fn sure(&self) -> impl Iterator<Item = &EventDate> {
        let dates = self.article.details.dates.iter().enumerate();
        dates
            .filter(|(index, _)| !self.is_date_held && !self.disputed.contains(index))
            .map(|(_, date)| date)
    }

    /// When the event began and ended, by the date by which it is known. Where
    /// that is only its beginning or its end, another date may say the rest.
    fn ends(&self) -> (Option<String>, Option<String>) {
        let Some(primary) = self.sure().find(|date| date.primary) else {
            return (None, None);
        };
        let Ok(date) = primary.date() else {
            return (None, None);
        };
        if date.is_interval() {
            return date.iso_ends();
        }
        let other = |role| {
            let mut others = self.sure().filter(|other| other.role == Some(role));
            others.next()?.date().ok()?.iso_date()
        };
        match primary.role {
            Some(Role::Began) => (date.iso_date(), other(Role::Ended)),
            Some(Role::Ended) => (other(Role::Began), date.iso_date()),
            _ => (date.iso_date(), None),
        }
    }

    fn locations(&self) -> Vec<Node> {
        if self.is_place_disputed {
            return Vec::new();
        }
        let tags = self.article.tags.iter();
        tags.filter(|tag| tag.registry == Registry::Places)
            .take(MOST_PLACES)
            .map(|tag| {
                let points = &self.article.details.points;
                let own = points.iter().find(|point| point.name == tag.name);
                let own = own.map(|point| (point.lat(), point.lon()));
                let registered = self.places.get(&tag.entry);
                let registered = registered.map(|place| (place.lat, place.lon));
                let geo = own.or(registered).map(|(lat, lon)| {
                    Node::new("GeoCoordinates")
                        .with("latitude", lat)
                        .with("longitude", lon)
                });
                named(self.site, "Place", tag).maybe("geo", geo)
            })
            .collect()
    }
}
