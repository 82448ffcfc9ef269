//! One date of an article: in words, for machines, and as large as it is set
//! at the head.

use crate::articles::model::EventDate;
use crate::dates::{DateStyle, HistoricalDate, Period, Year, month_name, weekday_name};
use crate::paths;

pub(crate) struct DateView {
    pub(crate) words: String,
    pub(crate) datetime: Option<String>,
    pub(crate) label: Option<String>,
    pub(crate) day_href: Option<String>,
    /// The page of the one year, decade or century in which it lies.
    pub(crate) period_href: Option<String>,
    /// The day of the week, with the calendar if that is not ours, and what
    /// the date means: what stands below it at the head.
    pub(crate) caption: Option<String>,
    pub(crate) calendar_note: Option<String>,
    pub(crate) is_disputed: bool,
    pub(crate) big: Option<BigDate>,
}

/// The date as it stands at the head: month, number, year.
pub(crate) struct BigDate {
    pub(crate) month_name: &'static str,
    pub(crate) day_number: String,
    pub(crate) year_words: String,
    pub(crate) year_href: String,
}

impl DateView {
    pub(crate) fn new(event_date: &EventDate, is_disputed: bool, style: DateStyle) -> DateView {
        let Ok(date) = event_date.date() else {
            return DateView::unknown();
        };
        let words = date.words(style);
        let full = date.words_with_calendar(style);
        let calendar_note = full
            .strip_prefix(words.as_str())
            .and_then(|rest| rest.trim().strip_prefix('('))
            .and_then(|rest| rest.strip_suffix(')'))
            .map(str::to_owned);
        let standings = date.standings();
        let calendar = calendar_note
            .as_deref()
            .and_then(|note| note.split(';').next());
        let weekday = date.weekday().map(|day| match calendar {
            Some(calendar) => format!("{} ({calendar})", weekday_name(day)),
            None => weekday_name(day).to_owned(),
        });
        let label = Some(event_date.words()).filter(|label| !label.is_empty());
        let caption: Vec<String> = weekday
            .into_iter()
            .chain(label.map(str::to_owned))
            .collect();
        DateView {
            caption: Some(caption.join(" · ")).filter(|words| !words.is_empty()),
            period_href: period_href(&date),
            datetime: date.datetime_attribute(),
            label: label.map(capitalised),
            day_href: standings.first().map(|one| paths::day(&one.day.slug())),
            calendar_note,
            is_disputed,
            big: BigDate::of(&date),
            words,
        }
    }

    pub(crate) fn unknown() -> DateView {
        DateView {
            words: String::new(),
            datetime: None,
            label: None,
            day_href: None,
            period_href: None,
            caption: None,
            calendar_note: None,
            is_disputed: false,
            big: None,
        }
    }
}

impl BigDate {
    /// Only a date that is sure, and lies in one month, can be set so large
    /// without saying more than is known.
    fn of(date: &HistoricalDate) -> Option<BigDate> {
        if date.is_approximate() || date.is_uncertain() {
            return None;
        }
        let standings = date.standings();
        let (first, last) = (standings.first()?, standings.last()?);
        if (first.year, first.day.month()) != (last.year, last.day.month()) {
            return None;
        }
        let day_number = if first.day == last.day {
            first.day.day().to_string()
        } else {
            format!("{}–{}", first.day.day(), last.day.day())
        };
        let year: Year = first.year;
        Some(BigDate {
            month_name: month_name(first.day.month())?,
            day_number,
            year_words: year.words(),
            year_href: paths::year(&year.slug()),
        })
    }
}

/// `None` for a date that lies in several: no one page has it whole.
fn period_href(date: &HistoricalDate) -> Option<String> {
    match (date.years().as_slice(), date.periods().as_slice()) {
        ([year], []) => Some(paths::year(&year.slug())),
        ([], [Period::Decade(decade)]) => Some(paths::decade(&decade.slug())),
        ([], [Period::Century(century)]) => Some(paths::century(&century.slug())),
        _ => None,
    }
}

fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
