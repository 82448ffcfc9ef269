//! An article as a list shows it: in words and links, ready to print.

use super::model::{Registry, Tag};
use super::picture::Picture;
use super::queries::Listed;
use crate::dates::{
    Calendar, DateStyle, Edge, HistoricalDate, Period, Year, anniversary_words,
    is_round_anniversary,
};
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
    /// The year alone; where none is named, the decade or century.
    pub year_words: String,
    /// The page of that.
    pub year_href: String,
    /// What happened on that date, where the article has several.
    pub label: Option<String>,
    /// The first place.
    pub place: Option<Link>,
    /// All topics.
    pub topics: Vec<Link>,
    /// The picture at its head.
    pub picture: Option<Picture>,
    /// Where its page shows what accounts say of that date, if they differ.
    pub disputed_href: Option<String>,
    /// How long ago, on pages that know which year it is.
    pub years_ago: Option<YearsAgo>,
}

/// How long ago something was, as of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearsAgo {
    /// "75 years ago".
    pub words: String,
    /// People celebrate such a number.
    pub is_round: bool,
}

/// Makes the lines of a list. `this_year` adds how long ago each was; a page
/// that gives it is another one after New Year.
#[must_use]
pub fn teasers(list: Vec<Listed>, style: DateStyle, this_year: Option<Year>) -> Vec<Teaser> {
    list.into_iter()
        .map(|one| Teaser::new(one, style, this_year))
        .collect()
}

impl Teaser {
    /// Makes one line.
    #[must_use]
    pub fn new(listed: Listed, style: DateStyle, this_year: Option<Year>) -> Teaser {
        let shown = shown_date(&listed);
        let date = shown.and_then(|index| listed.details.dates.get(index)?.date().ok());
        let disputed = shown.is_some_and(|index| listed.disputed_dates.contains(&index));
        let year = listed
            .standing
            .as_ref()
            .map(|standing| Year::from_astronomical(standing.year))
            .or(date.as_ref().and_then(|date| date.years().first().copied()));
        let page = match (year, &date) {
            (Some(year), _) => Some((year.words(), paths::year(&year.slug()))),
            (None, Some(date)) => date.periods().first().map(|period| match period {
                Period::Decade(decade) => (decade.words(), paths::decade(&decade.slug())),
                Period::Century(century) => (century.words(), paths::century(&century.slug())),
            }),
            (None, None) => None,
        };
        let (year_words, year_href) = page.unwrap_or_default();
        Teaser {
            href: paths::article(&listed.slug),
            date_words: date
                .as_ref()
                .map(|date| date.words(style))
                .unwrap_or_default(),
            day_words: date.as_ref().and_then(|date| day_words(date, style)),
            datetime: date.as_ref().and_then(HistoricalDate::datetime_attribute),
            year_words,
            year_href,
            label: listed
                .standing
                .map(|standing| standing.label)
                .filter(|label| !label.is_empty()),
            place: links(&listed.tags, Registry::Places).into_iter().next(),
            topics: links(&listed.tags, Registry::Topics),
            picture: listed.picture.map(|stored| {
                let described = listed.details.illustration.as_ref();
                let alt = described.map(|one| one.alt.clone());
                Picture::in_list(&stored, alt.unwrap_or_default())
            }),
            disputed_href: disputed.then(|| paths::accounts(&listed.slug)),
            years_ago: this_year
                .zip(date.as_ref())
                .and_then(|(now, date)| years_ago(date, year?, now)),
            title: listed.title,
            summary: listed.summary,
        }
    }
}

/// How many whole years lie between the date that brings an article to a page
/// of time and `now`; `None` where its year is not sure, in the year itself,
/// and where the page is none of time.
#[must_use]
pub fn years_since(listed: &Listed, now: Year) -> Option<u64> {
    let date = shown_date(listed).and_then(|index| listed.details.dates.get(index)?.date().ok())?;
    let year = Year::from_astronomical(listed.standing.as_ref()?.year);
    years_to(&date, year, now)
}

/// The same of a line in outline: `edtf` is the date that stands there.
pub(super) fn years_since_spot(edtf: &str, year: Year, now: Year) -> Option<u64> {
    // How long ago it was does not depend on the calendar. A day that only one
    // calendar has, as 29 February 1500, is read in that one.
    let date = HistoricalDate::parse(edtf, Calendar::Gregorian)
        .or_else(|_| HistoricalDate::parse(edtf, Calendar::Julian))
        .ok()?;
    years_to(&date, year, now)
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

/// The names of one registry as links. The address of one without an entry is
/// empty: only old revisions name what no page stands for any more.
pub(super) fn links(tags: &[Tag], registry: Registry) -> Vec<Link> {
    tags.iter()
        .filter(|tag| tag.registry == registry)
        .map(|tag| Link {
            href: match tag.entry.as_str() {
                "" => String::new(),
                entry => paths::entry(registry.slug(), entry),
            },
            label: tag.name.clone(),
        })
        .collect()
}

/// How long ago a date was that stands on a page with `year`: for the last day
/// of an interval that is the year of its end.
fn years_ago(date: &HistoricalDate, year: Year, now: Year) -> Option<YearsAgo> {
    let years = years_to(date, year, now)?;
    Some(YearsAgo {
        words: anniversary_words(years),
        is_round: is_round_anniversary(years),
    })
}

/// The years themselves, from 1.
fn years_to(date: &HistoricalDate, year: Year, now: Year) -> Option<u64> {
    if date.is_approximate() || date.is_uncertain() {
        return None;
    }
    let since_start = date.anniversary(now)?;
    let start = date.year()?;
    let later = u64::try_from(year.astronomical() - start.astronomical()).ok()?;
    since_start.checked_sub(later).filter(|years| *years > 0)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_counted_to_the_day_on_which_an_event_stands() {
        let ago = |edtf: &str, year: i64| {
            let date = HistoricalDate::parse(edtf, Calendar::Gregorian).unwrap();
            let [year, now] = [year, 2026].map(Year::from_astronomical);
            years_ago(&date, year, now).map(|ago| (ago.words, ago.is_round))
        };
        let some = |words: &str, is_round| Some((words.to_owned(), is_round));
        assert_eq!(ago("1951-01-04", 1951), some("75 years ago", true));
        assert_eq!(ago("-0043-03-15", -43), some("2069 years ago", false));
        let battle = "1950-12-31/1951-01-07";
        assert_eq!(ago(battle, 1950), some("76 years ago", false));
        assert_eq!(ago(battle, 1951), some("75 years ago", true));
        assert_eq!(ago("2025-12-31/2026-01-07", 2026), None);
        for unsure in ["1951-01-04~", "1951-01-04?", "1950-12-31/1951-01-07?"] {
            assert_eq!(ago(unsure, 1951), None, "{unsure}");
        }
    }
}
