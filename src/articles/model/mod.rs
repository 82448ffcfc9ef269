//! What an article is: its dates with their roles, its names, sources, claims
//! and corrections. Parsing that needs no file and no database is here too.

mod event_date;
mod evidence;
mod registry;
mod slug;

use serde::{Deserialize, Serialize};

use crate::dates::{Calendar, DateStyle, DayNumber, Edge, HistoricalDate};

pub use event_date::{EventDate, Role};
pub use evidence::{Claim, Correction, CorrectionKind, Source, SourceKind};
pub use registry::{Registry, Tag};
pub use slug::{Slug, SlugError};

/// All that the front matter says beyond what has a column of its own; kept as
/// JSON beside the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// At least one, exactly one of them primary.
    pub dates: Vec<EventDate>,
    /// Why a date is as it is.
    pub date_note: Option<String>,
    /// Cited works, in the order of the file.
    pub sources: Vec<Source>,
    /// Claims on which accounts may differ.
    pub claims: Vec<Claim>,
    /// Public notes of changes.
    pub corrections: Vec<Correction>,
    /// The picture at the head.
    pub illustration: Option<Illustration>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who checked it.
    pub reviewer: Option<String>,
    /// The day of publication, `2026-11-22`, if the file names one.
    pub published: Option<String>,
}

/// A picture as the front matter describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Illustration {
    /// The file, beside the article.
    pub file: String,
    /// What sort of picture it is.
    pub kind: PictureKind,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// The words under it.
    #[serde(default)]
    pub caption: Option<String>,
    /// Who made it.
    #[serde(default)]
    pub credit: Option<String>,
    /// Under what terms it is shown.
    #[serde(default)]
    pub licence: Option<String>,
}

/// The sorts of picture, which the caption names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the word it is written as")]
pub enum PictureKind {
    Diagram,
    Document,
    Drawing,
    Generated,
    Map,
    Painting,
    Photograph,
}

/// One page on which an article stands: a day, a month (day unknown) or a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceInTime {
    /// Astronomical year: 0 is 1 BCE.
    pub year: i64,
    /// 1 to 12, if the date has a month.
    pub month: Option<i64>,
    /// 1 to 31, if the date has a day.
    pub day: Option<i64>,
    /// Orders what stands on one page.
    pub first_day: i64,
    /// What happened then, in words; empty if the article has one plain date.
    pub label: String,
    /// The EDTF text of the date that stands there.
    pub edtf: String,
}

impl Details {
    /// The date by which the article is known.
    #[must_use]
    pub fn primary(&self) -> Option<&EventDate> {
        self.dates.iter().find(|date| date.primary)
    }

    /// The day of the latest correction or clarification. A minor one does not
    /// move it, and it is read from the file, so that a rebuilt site says the
    /// same.
    #[must_use]
    pub fn updated(&self) -> Option<&str> {
        self.corrections
            .iter()
            .filter(|correction| correction.kind != CorrectionKind::Minor)
            .map(|correction| correction.date.as_str())
            .max()
    }

    /// Every page on which the article stands. A date stands on the day as it
    /// is conventionally cited, that is, as sourced; an interval on its first
    /// and its last day and not between; a date without a day on no day page,
    /// but on its month's and its year's.
    #[must_use]
    pub fn places_in_time(&self) -> Vec<PlaceInTime> {
        let mut places: Vec<PlaceInTime> = Vec::new();
        for event_date in &self.dates {
            let Ok(date) = event_date.date() else {
                continue;
            };
            let standings = date.standings();
            let sort = |edge| match edge {
                Edge::Last => date.last_day(),
                Edge::Whole | Edge::First => date.first_day(),
            };
            for standing in &standings {
                places.push(PlaceInTime {
                    year: standing.year.astronomical(),
                    month: Some(i64::from(standing.day.month())),
                    day: Some(i64::from(standing.day.day())),
                    first_day: sort(standing.edge).map_or(0, |day| day.0),
                    label: event_date.edge_words(standing.edge),
                    edtf: event_date.on.clone(),
                });
            }
            if standings.is_empty() {
                let month = date.start().and_then(|start| start.month).map(i64::from);
                for year in date.years() {
                    places.push(PlaceInTime {
                        year: year.astronomical(),
                        month,
                        day: None,
                        first_day: date.first_day().or(date.last_day()).map_or(0, |day| day.0),
                        label: event_date.words().to_owned(),
                        edtf: event_date.on.clone(),
                    });
                }
            }
        }
        // Two dates of one article on one day are one entry of that day: the
        // first that the file names, which is most often the primary one.
        let mut seen = Vec::new();
        places.retain(|place| {
            let key = (place.year, place.month, place.day);
            let fresh = !seen.contains(&key);
            seen.push(key);
            fresh
        });
        places
    }

    /// The day number by which articles are put in order of time.
    #[must_use]
    pub fn first_day(&self) -> i64 {
        self.primary()
            .and_then(|date| date.date().ok())
            .and_then(|date| date.first_day().or(date.last_day()))
            .map_or(0, |day| day.0)
    }
}

impl PictureKind {
    /// The word that the caption begins with.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            PictureKind::Diagram => "Diagram",
            PictureKind::Document => "Document",
            PictureKind::Drawing => "Drawing",
            PictureKind::Generated => "Generated picture",
            PictureKind::Map => "Map",
            PictureKind::Painting => "Painting",
            PictureKind::Photograph => "Photograph",
        }
    }
}

/// The words for a day of ours, given as `2026-11-22`; the text itself where it
/// is no such day.
#[must_use]
pub fn site_date_words(iso: &str, style: DateStyle) -> String {
    HistoricalDate::parse(iso, Calendar::Gregorian)
        .map_or_else(|_| iso.to_owned(), |date| date.words(style))
}

/// The day number of a day of ours, given as `2026-11-22`.
#[must_use]
pub fn site_day_number(iso: &str) -> Option<DayNumber> {
    let date: jiff::civil::Date = iso.parse().ok()?;
    DayNumber::from_gregorian(
        i64::from(date.year()),
        u8::try_from(date.month()).ok()?,
        u8::try_from(date.day()).ok()?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details(dates: Vec<EventDate>) -> Details {
        Details {
            dates,
            date_note: None,
            sources: Vec::new(),
            claims: Vec::new(),
            corrections: Vec::new(),
            illustration: None,
            author: None,
            reviewer: None,
            published: None,
        }
    }

    fn on(edtf: &str, role: Option<Role>) -> EventDate {
        EventDate {
            on: edtf.to_owned(),
            calendar: Calendar::Gregorian,
            role,
            label: None,
            primary: role.is_none(),
        }
    }

    #[test]
    fn an_interval_stands_on_its_first_and_last_day_and_not_between() {
        let places =
            details(vec![on("1950-12-31/1951-01-07", Some(Role::Battle))]).places_in_time();
        let days: Vec<_> = places.iter().map(|p| (p.year, p.month, p.day)).collect();
        assert_eq!(days, [(1950, Some(12), Some(31)), (1951, Some(1), Some(7))]);
        assert_eq!(places[0].label, "the battle, first day");
        assert_eq!(places[1].label, "the battle, last day");
    }

    #[test]
    fn a_month_without_a_day_stands_on_no_day_page() {
        let places = details(vec![on("1324-07", None)]).places_in_time();
        assert_eq!(places.len(), 1);
        assert_eq!((places[0].month, places[0].day), (Some(7), None));
    }

    #[test]
    fn slugs_are_made_from_names_in_any_script() {
        let slug = |name| Slug::from_name(name).map(|slug| slug.to_string());
        assert_eq!(
            slug("K’inich Janaab’ Pakal"),
            Some("kinich-janaab-pakal".into())
        );
        assert_eq!(slug("Chichén Itzá"), Some("chichen-itza".into()));
        assert_eq!(slug("!!!"), None);
        assert!(Slug::parse("a--b").is_err());
        assert!(Slug::parse("Ä").is_err());
    }
}
