//! An article as a list shows it: in words and links, ready to print.

use super::model::{Registry, Tag};
use super::queries::{Listed, StoredPicture};
use crate::dates::{DateStyle, Edge, HistoricalDate, Year};
use crate::paths;
use crate::site::shell::Link;

/// One line of a list of articles.
#[derive(Clone, Debug)]
pub struct Teaser {
    /// Its page.
    pub href: String,
    /// Headline.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// The date that brings it here, in words.
    pub date_words: String,
    /// The same without the year, for the margin of a year's page.
    pub day_words: Option<String>,
    /// The same for machines, where HTML can say it.
    pub datetime: Option<String>,
    /// The year alone.
    pub year_words: String,
    /// The year's page.
    pub year_href: String,
    /// What happened on that date, where the article has several.
    pub label: Option<String>,
    /// The first place.
    pub place: Option<Link>,
    /// All topics.
    pub topics: Vec<Link>,
    /// The picture at its head.
    pub picture: Option<Thumb>,
    /// Where its page shows what accounts say of that date, if they differ.
    pub disputed_href: Option<String>,
    /// How long ago, on pages of today.
    pub years_ago: Option<String>,
}

/// A picture in a list.
#[derive(Clone, Debug)]
pub struct Thumb {
    /// Its address.
    pub src: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
    /// What it shows.
    pub alt: String,
}

/// Makes the lines of a list. `this_year` (astronomical) is given on pages of
/// today and adds how long ago each was.
#[must_use]
pub fn teasers(list: Vec<Listed>, style: DateStyle, this_year: Option<i64>) -> Vec<Teaser> {
    list.into_iter()
        .map(|one| Teaser::new(one, style, this_year))
        .collect()
}

impl Teaser {
    /// Makes one line.
    #[must_use]
    pub fn new(listed: Listed, style: DateStyle, this_year: Option<i64>) -> Teaser {
        let shown = shown_date(&listed);
        let date = shown.and_then(|index| listed.details.dates.get(index)?.date().ok());
        let disputed = shown.is_some_and(|index| listed.disputed_dates.contains(&index));
        let year = listed
            .standing
            .as_ref()
            .map(|standing| Year::from_astronomical(standing.year))
            .or(date.as_ref().and_then(HistoricalDate::year));
        let sure = date
            .as_ref()
            .is_some_and(|date| !date.is_approximate() && !date.is_uncertain());
        let ago = |now: i64| {
            let years = now - year?.astronomical();
            match years {
                1 => Some("1 year ago".to_owned()),
                2.. => Some(format!("{years} years ago")),
                _ => None,
            }
        };
        Teaser {
            href: paths::article(&listed.slug),
            date_words: date
                .as_ref()
                .map(|date| date.words(style))
                .unwrap_or_default(),
            day_words: date.as_ref().and_then(|date| day_words(date, style)),
            datetime: date.as_ref().and_then(HistoricalDate::datetime_attribute),
            year_words: year.map(Year::words).unwrap_or_default(),
            year_href: year
                .map(|year| paths::year(&year.slug()))
                .unwrap_or_default(),
            label: listed
                .standing
                .map(|standing| standing.label)
                .filter(|label| !label.is_empty()),
            place: links(&listed.tags, Registry::Places).into_iter().next(),
            topics: links(&listed.tags, Registry::Topics),
            picture: listed.picture.map(|picture| Thumb {
                src: source(&picture),
                width: picture.width,
                height: picture.height,
                alt: listed
                    .details
                    .illustration
                    .as_ref()
                    .map(|one| one.alt.clone())
                    .unwrap_or_default(),
            }),
            disputed_href: disputed.then(|| paths::accounts(&listed.slug)),
            years_ago: this_year.filter(|_| sure).and_then(ago),
            title: listed.title,
            summary: listed.summary,
        }
    }
}

/// Which of an article's dates brings it to a list: the first that stands
/// there, or else the primary one.
fn shown_date(listed: &Listed) -> Option<usize> {
    let mut dates = listed.details.dates.iter();
    match &listed.standing {
        Some(standing) => dates.position(|date| date.on == standing.edtf),
        None => dates.position(|date| date.primary),
    }
}

/// The names of one registry as links.
pub(super) fn links(tags: &[Tag], registry: Registry) -> Vec<Link> {
    tags.iter()
        .filter(|tag| tag.registry == registry)
        .map(|tag| Link {
            href: paths::entry(registry.slug(), &tag.entry),
            label: tag.name.clone(),
        })
        .collect()
}

/// The address of a picture.
pub(super) fn source(picture: &StoredPicture) -> String {
    paths::media(
        &picture.hash,
        crate::pictures::extension(&picture.media_type),
    )
}

/// The day without its year, where the date is one sure day.
fn day_words(date: &HistoricalDate, style: DateStyle) -> Option<String> {
    if date.is_approximate() || date.is_uncertain() {
        return None;
    }
    match date.standings().as_slice() {
        [one] if one.edge == Edge::Whole => Some(one.day.words(style)),
        _ => None,
    }
}
