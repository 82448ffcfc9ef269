//! What can be wrong with a date, each as one sentence for the person who
//! wrote it.

use super::calendar::Calendar;
use super::month::MONTHS;
use super::year::Year;
use thiserror::Error;

/// Why a text is no date that this site understands.
///
/// Each message is one sentence: what is wrong with the text, and what to
/// write. Texts are echoed by at most 40 characters, without control
/// characters, so a message fits a line of a log.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DateError {
    /// Nothing is written.
    #[error("The date is empty: write it like 1951-01-04.")]
    Empty,
    /// The text has not the form of EDTF.
    #[error("“{text}” is not EDTF: {advice}.")]
    NotEdtf {
        /// The text, shortened.
        text: String,
        /// What to write, as the end of a sentence.
        advice: String,
    },
    /// The form is right, but the month has no such day.
    #[error("“{text}” is no date: {month} {} has {days} days{note}.", .year.words())]
    NoSuchDay {
        /// The text, shortened.
        text: String,
        /// The name of the month.
        month: &'static str,
        /// The year.
        year: Year,
        /// How many days the month has in the date's calendar.
        days: u8,
        /// Empty, or what the other calendar makes of it.
        note: &'static str,
    },
    /// The form is right, but there is no such month or season.
    #[error(
        "“{text}” is no date: months run from 01 to 12, and seasons, which have no days, from 21 (spring) to 24 (winter)."
    )]
    NoSuchMonth {
        /// The text, shortened.
        text: String,
    },
    /// A date with a time of day: EDTF, but more than history knows.
    #[error("“{text}” has a time of day: write the date alone, {date}.")]
    TimeOfDay {
        /// The text, shortened.
        text: String,
        /// The part before the time.
        date: String,
    },
    /// EDTF of level 2.
    #[error("“{text}” goes beyond levels 0 and 1 of EDTF: {advice}.")]
    BeyondLevel1 {
        /// The text, shortened.
        text: String,
        /// What to write instead, as the end of a sentence.
        advice: String,
    },
    /// A year that the arithmetic here is not made for.
    #[error("“{text}” is too far away: years reach to a billion before and after year 0.")]
    YearTooFar {
        /// The text, shortened.
        text: String,
    },
    /// An interval that runs backwards.
    #[error("“{text}” ends before it begins: write the earlier date first.")]
    EndBeforeStart {
        /// The text, shortened.
        text: String,
    },
    /// An interval of which neither end is known.
    #[error(
        "“{text}” has no date on either side: an interval needs one, as in 1951/.. or ../1951."
    )]
    NoEnds {
        /// The text, shortened.
        text: String,
    },
    /// The front matter's `calendar` is neither of the two.
    #[error("“{text}” is no calendar that is known here: write gregorian or julian.")]
    UnknownCalendar {
        /// The text, shortened.
        text: String,
    },
    /// The site's date style is neither of the two.
    #[error("“{text}” is no date style: write mdy (January 4, 1951) or dmy (4 January 1951).")]
    UnknownStyle {
        /// The text, shortened.
        text: String,
    },
}

impl DateError {
    pub(super) fn not_edtf(text: &str, advice: String) -> DateError {
        DateError::NotEdtf {
            text: echo(text),
            advice,
        }
    }

    /// `month` is a month of the calendar, 1 to 12.
    pub(super) fn no_such_day(
        text: &str,
        calendar: Calendar,
        (year, month, day): (i64, u8, u8),
    ) -> DateError {
        let in_julian = Calendar::Julian.days_in_month(year, month) >= Some(day);
        DateError::NoSuchDay {
            text: echo(text),
            month: MONTHS[usize::from(month) - 1],
            year: Year::from_astronomical(year),
            days: calendar.days_in_month(year, month).unwrap_or(0),
            note: if calendar == Calendar::Gregorian && in_julian {
                ", but 29 in the Julian calendar, for which calendar: julian must be set"
            } else {
                ""
            },
        }
    }

    pub(super) fn no_such_month(text: &str) -> DateError {
        DateError::NoSuchMonth { text: echo(text) }
    }

    pub(super) fn time_of_day(text: &str, date: &str) -> DateError {
        DateError::TimeOfDay {
            text: echo(text),
            date: echo(date),
        }
    }

    pub(super) fn beyond_level_1(text: &str, advice: impl Into<String>) -> DateError {
        DateError::BeyondLevel1 {
            text: echo(text),
            advice: advice.into(),
        }
    }

    pub(super) fn year_too_far(text: &str) -> DateError {
        DateError::YearTooFar { text: echo(text) }
    }

    pub(super) fn end_before_start(text: &str) -> DateError {
        DateError::EndBeforeStart { text: echo(text) }
    }

    pub(super) fn no_ends(text: &str) -> DateError {
        DateError::NoEnds { text: echo(text) }
    }

    pub(super) fn unknown_calendar(text: &str) -> DateError {
        DateError::UnknownCalendar { text: echo(text) }
    }

    pub(super) fn unknown_style(text: &str) -> DateError {
        DateError::UnknownStyle { text: echo(text) }
    }
}

/// How many characters of a wrong text a message repeats.
const ECHO_LIMIT: usize = 40;

fn echo(text: &str) -> String {
    let visible = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
    if text.chars().count() <= ECHO_LIMIT {
        return text.chars().map(visible).collect();
    }
    let start = text.chars().take(ECHO_LIMIT - 1).map(visible);
    start.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_echoed_by_forty_characters_and_fits_a_line() {
        let long = format!("first\nsecond {}", "ж".repeat(1000));
        let message = DateError::no_such_month(&long).to_string();
        let echoed = message.split(['“', '”']).nth(1).unwrap();
        assert_eq!(echoed.chars().count(), 40);
        assert!(echoed.starts_with("first\u{FFFD}second ж") && echoed.ends_with('…'));
        assert!(!message.contains('\n'));
    }
}
