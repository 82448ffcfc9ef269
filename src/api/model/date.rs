//! Dates as their sources give them, and for machines.

use serde::Serialize;
use utoipa::ToSchema;

use crate::articles::model::{EventDate as Sourced, LifeDate};
use crate::dates::{Calendar, DateStyle, HistoricalDate};

/// A date, or a span of time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct Date {
    /// The date as its source gives it, in EDTF (ISO 8601-2) and in the
    /// calendar that stands beside it. EDTF counts the year 1 BCE as 0000.
    #[schema(example = "1951-01-04")]
    edtf: String,
    /// The calendar of the source: `gregorian` or `julian`.
    #[schema(example = "gregorian")]
    calendar: &'static str,
    /// The same days in EDTF of the proleptic Gregorian calendar, for programs
    /// that know no other. A Julian month becomes the span of its days.
    #[schema(example = "1951-01-04")]
    gregorian: String,
    /// The date in words, with its calendar where that matters.
    #[schema(example = "January 4, 1951")]
    words: String,
}

/// A date of an article, with the part that it plays.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct EventDate {
    #[serde(flatten)]
    date: Date,
    /// What happened on it, as a word of a closed list (`battle`, `signed`);
    /// null where the article has one date only.
    #[schema(example = "captured")]
    role: Option<String>,
    /// The same as readers see it; may be empty.
    #[schema(example = "captured")]
    label: String,
    /// Whether this is the date by which the article is known; exactly one is.
    #[schema(example = true)]
    primary: bool,
    /// Whether accounts of it differ.
    #[schema(example = false)]
    disputed: bool,
}

impl Date {
    /// A date for programs.
    pub(in crate::api) fn new(date: &HistoricalDate, style: DateStyle) -> Date {
        Date {
            edtf: date.edtf().to_owned(),
            calendar: date.calendar().as_str(),
            gregorian: date.gregorian_edtf(),
            words: date.words_with_calendar(style),
        }
    }

    /// What is kept of a date; one that is damaged stands as it is.
    pub(in crate::api) fn read(edtf: &str, calendar: Calendar, style: DateStyle) -> Date {
        match HistoricalDate::parse(edtf, calendar) {
            Ok(date) => Date::new(&date, style),
            Err(_) => Date {
                edtf: edtf.to_owned(),
                calendar: calendar.as_str(),
                gregorian: edtf.to_owned(),
                words: edtf.to_owned(),
            },
        }
    }

    /// A day of birth or of death.
    pub(in crate::api) fn of_life(date: &LifeDate, style: DateStyle) -> Date {
        Date::read(&date.on, date.calendar, style)
    }
}

impl EventDate {
    /// A date of an article.
    pub(super) fn new(date: &Sourced, disputed: bool, style: DateStyle) -> EventDate {
        let role = date.role.and_then(|role| serde_json::to_value(role).ok());
        EventDate {
            date: Date::read(&date.on, date.calendar, style),
            role: role.and_then(|role| role.as_str().map(str::to_owned)),
            label: date.words().to_owned(),
            primary: date.primary,
            disputed,
        }
    }
}
