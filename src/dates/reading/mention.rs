//! What a running text says about dates.

use super::tokens::Text;
use super::{beside, grammar, links};
use crate::dates::calendar::Calendar;
use crate::dates::day::Day;
use crate::dates::historical::Edge;
use crate::dates::year::Year;
use jiff::civil::Weekday;
use std::ops::Range;

/// One date that a text states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands, in bytes of the text: from a weekday in front of it to
    /// its year. Words like "about" and "(Julian)" are left outside.
    pub range: Range<usize>,
    /// What is stated. It need not be true: "February 29, 1951" and a year
    /// that does not fit its weekday are stated all the same.
    pub kind: Stated,
    /// The weekday that the text gives it: "Thursday, January 4, 1951",
    /// "January 4, 1951, a Thursday".
    pub weekday: Option<Weekday>,
    /// The calendar that is named right beside it: "(Julian)", "Old Style",
    /// "by the Julian calendar". `None` if nothing is said.
    pub calendar: Option<Calendar>,
    /// Whether "about", "possibly" or the like stands before it, or "or"
    /// between it and another date.
    pub approximate: bool,
    /// Set on both ends of an interval.
    pub span: Option<Span>,
}

/// The membership of a mention in an interval, as "December 31, 1950 to
/// January 7, 1951".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The same for both ends and for no other mention: the place, in the list
    /// of all mentions, of the one that begins the interval. The one that ends
    /// it comes next.
    pub id: usize,
    /// [`Edge::First`] or [`Edge::Last`].
    pub edge: Edge,
}

/// What kind of date a text states, and which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stated {
    /// "January 4, 1951". The day may be February 29 of a common year.
    Day {
        /// The year, which for one end of an interval may have been written at
        /// the other end only.
        year: Year,
        /// The day.
        day: Day,
    },
    /// "January 4", "the Fourth of July".
    DayOfYear(Day),
    /// "on the 4th": 1 to 31.
    DayOfMonth(u8),
    /// "January 1951", also with "early" or "late" before it.
    Month {
        /// The year.
        year: Year,
        /// The month, 1 to 12.
        month: u8,
    },
    /// "1951", "AD 79", "44 BCE".
    Year(Year),
    /// "the autumn of 1951", "early 1951", "mid-1951".
    PartOfYear {
        /// The year.
        year: Year,
        /// Which part of it.
        part: PartOfYear,
    },
    /// "the 1340s", "the 40s BCE".
    Decade {
        /// Its first year in time: 1340, 49 BCE.
        first: Year,
        /// Its last: 1349, 40 BCE.
        last: Year,
    },
    /// "the 20th century" from 1901 to 2000, but also "the 1800s" from 1800 to
    /// 1899, which may be meant as ten years only.
    Century {
        /// Its first year in time.
        first: Year,
        /// Its last.
        last: Year,
    },
}

/// A rough part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOfYear {
    /// "spring"; of which hemisphere the text does not say.
    Spring,
    /// "summer"
    Summer,
    /// "autumn", "fall"
    Autumn,
    /// "winter", which may reach into the next year or come from the one
    /// before.
    Winter,
    /// "early"
    Early,
    /// "mid-"
    Middle,
    /// "late"
    Late,
}

impl Stated {
    /// The first and the last year that it covers, in the order of time;
    /// `None` if no year is stated.
    #[must_use]
    pub fn years(self) -> Option<(Year, Year)> {
        match self {
            Stated::Day { year, .. }
            | Stated::Month { year, .. }
            | Stated::Year(year)
            | Stated::PartOfYear { year, .. } => Some((year, year)),
            Stated::Decade { first, last } | Stated::Century { first, last } => Some((first, last)),
            Stated::DayOfYear(_) | Stated::DayOfMonth(_) => None,
        }
    }

    /// The day of the year, with or without its year.
    #[must_use]
    pub fn day(self) -> Option<Day> {
        match self {
            Stated::Day { day, .. } | Stated::DayOfYear(day) => Some(day),
            _ => None,
        }
    }
}

/// Every date that an English text states, in the order of the text, none
/// inside another.
///
/// A day beside the name of a month is always a date, in either order, if the
/// month has a capital ("may" is a verb) and has such a day, unless the number
/// counts something ("In May 15 men drowned"). It gets the number that follows
/// as its year if that has an era or three or four digits and counts nothing:
/// not in "January 4, 1500 men". One or two digits without an era are never a
/// year, for "24 August 79" may be of 1979. A number that stands alone is a year
/// only where the words leave little doubt, and a missed year is taken to be
/// better than an invented one:
///
/// - with an era (AD 79, 44 B.C.), or after "the year";
/// - from 1000 to 2100 after "in", "by", "since", "until", "before", "after",
///   "during", "from", "early" or a season; after "of" if something with a year
///   to it comes before ("the winter of 1500", not "a force of 1500"); in
///   brackets; after a year and "and" or a dash; after "the" and before a name
///   or a noun in the singular ("the 1951 census");
/// - with three digits after fewer of these words;
/// - never before a measure, money or people, a decimal point or a percent
///   sign, nor after "No.", "page" and their like, and round numbers not before
///   any plural.
///
/// Numeric dates are read in the form of ISO 8601 only (1951-01-04), because
/// 1/4/1951 is two dates. "31 June" is none. A dash between a day and a day
/// makes an interval, and what is written at one end only (month, year, era)
/// goes for both, with the turn of the year in mind.
pub(super) fn mentions(text: &Text<'_>) -> Vec<Mention> {
    let mut found = grammar::find(text);
    links::join(text, &mut found);
    beside::look(text, &mut found);
    let finished = found.into_iter().filter_map(|draft| draft.finish(text));
    let mut mentions: Vec<Mention> = finished.collect();
    links::number_spans(&mut mentions);
    mentions
}
