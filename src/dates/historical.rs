//! The date type of the whole site.

use super::calendar::{Calendar, DateStyle};
use super::day::Day;
use super::day_number::DayNumber;
use super::error::DateError;
use super::extent::{End, Extent};
use super::year::Year;
use super::{gregorian, parse, words};

/// A date of history: a day, a month, a year or less, or an interval between
/// two of them; as sure or unsure, and in the calendar, as its source has it.
///
/// Two dates are equal if they say the same in the same calendar. To compare
/// dates in time, use their day numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HistoricalDate {
    edtf: String,
    calendar: Calendar,
    extent: Extent,
}

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precision {
    /// `1951-01-04`
    Day,
    /// `1951-01`, `1951-01-XX`
    Month,
    /// `1951-21` (spring) to `1951-24` (winter)
    Season,
    /// `1951`, `1951-XX`, `1951-XX-XX`
    Year,
    /// `195X`
    Decade,
    /// `19XX`: the years 1900 to 1999, not quite the 20th century
    Century,
}

/// A year with a month and a day so far as they are known, in the calendar as
/// sourced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Point {
    /// The year; for a decade or a hundred years, the first or last of them.
    pub year: Year,
    /// The month, 1 to 12. A season is none.
    pub month: Option<u8>,
    /// The day of the month, 1 to 31; only with a month.
    pub day: Option<u8>,
}

/// A day page on which a date stands, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Standing {
    /// The day of the year, in the calendar as sourced: October 14 for
    /// Hastings, though the Gregorian calendar would say October 20.
    pub day: Day,
    /// The year it happened on that day.
    pub year: Year,
    /// Which part of the date that day is.
    pub edge: Edge,
}

/// Whether a day is the whole of a date, or the first or last day of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// The date is that day.
    Whole,
    /// The interval begins on that day.
    First,
    /// The interval ends on that day.
    Last,
}

impl HistoricalDate {
    /// Reads a date written in EDTF, level 0 or 1, in `calendar`.
    ///
    /// Days are checked by the rules of that calendar, so `1500-02-29` is a
    /// Julian date and no Gregorian one. Space around the text is ignored.
    ///
    /// # Errors
    ///
    /// A [`DateError`] that says in a sentence what to write instead: for what
    /// is no EDTF, no date, of level 2, with a time of day, or beyond
    /// [`Year::LIMIT`].
    pub fn parse(edtf: &str, calendar: Calendar) -> Result<HistoricalDate, DateError> {
        let (edtf, extent) = parse::parse(edtf, calendar)?;
        Ok(HistoricalDate {
            edtf,
            calendar,
            extent,
        })
    }

    /// The canonical EDTF text, in the calendar as sourced. Parsed again in
    /// the same calendar it gives the same date. Machines outside want
    /// [`HistoricalDate::gregorian_edtf`].
    #[must_use]
    pub fn edtf(&self) -> &str {
        &self.edtf
    }

    /// The calendar as sourced, in which all but the day numbers and the
    /// `gregorian` and `datetime` forms are given.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        self.calendar
    }

    /// How exactly the date is known; of an interval, how exactly its start
    /// is, or its end if the start is open or unknown.
    #[must_use]
    pub fn precision(&self) -> Precision {
        self.extent
            .marks()
            .next()
            .map_or(Precision::Century, |mark| mark.precision())
    }

    /// Whether it was written as an interval, even one of a single day.
    #[must_use]
    pub fn is_interval(&self) -> bool {
        matches!(self.extent, Extent::Interval { .. })
    }

    /// Whether the source is doubtful, `?` or `%`; of an interval, on either
    /// side.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.extent.marks().any(|mark| mark.uncertain)
    }

    /// Whether the date is an estimate, `~` or `%`; of an interval, on either
    /// side.
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.extent.marks().any(|mark| mark.approximate)
    }

    /// The earliest day that the date may mean; `None` if it is open or
    /// unknown on that side.
    ///
    /// `?` and `~` do not move the bounds. A season is taken as three whole
    /// months of the northern meteorological year, from March, June, September
    /// or December.
    #[must_use]
    pub fn first_day(&self) -> Option<DayNumber> {
        self.start_mark()
            .and_then(|mark| mark.first_day(self.calendar))
    }

    /// The latest day that the date may mean; otherwise as
    /// [`HistoricalDate::first_day`].
    #[must_use]
    pub fn last_day(&self) -> Option<DayNumber> {
        self.end_mark()
            .and_then(|mark| mark.last_day(self.calendar))
    }

    /// Where it begins, so far as that is known; `None` if it is open or
    /// unknown on that side. Of a date that is no interval, `start` and `end`
    /// differ for decades and longer only.
    #[must_use]
    pub fn start(&self) -> Option<Point> {
        self.start_mark().map(|mark| mark.start())
    }

    /// Where it ends; otherwise as [`HistoricalDate::start`].
    #[must_use]
    pub fn end(&self) -> Option<Point> {
        self.end_mark().map(|mark| mark.end())
    }

    /// The year under which it is filed and sorted: that of its start, else
    /// of its end. Every date has one; `None` is never seen in practice.
    #[must_use]
    pub fn year(&self) -> Option<Year> {
        self.start().or_else(|| self.end()).map(|point| point.year)
    }

    /// The years on whose pages it stands: that of the start, and that of the
    /// end if it is another. A date known to the decade or less stands on none,
    /// because no year is named.
    #[must_use]
    pub fn years(&self) -> Vec<Year> {
        let mut years: Vec<Year> = self.extent.marks().filter_map(|mark| mark.year()).collect();
        years.dedup();
        years
    }

    /// The day pages on which it stands: a day on its own page, an interval on
    /// those of its first and last day and on none between. An approximate or
    /// uncertain day is still a day. Empty if no day is known.
    #[must_use]
    pub fn standings(&self) -> Vec<Standing> {
        let standing = |(year, day), edge| Standing { day, year, edge };
        let (start, end) = match self.extent {
            Extent::Single(mark) => {
                let whole = mark.day().map(|day| standing(day, Edge::Whole));
                return whole.into_iter().collect();
            }
            Extent::Interval { start, end } => (
                start.mark().and_then(|mark| mark.day()),
                end.mark().and_then(|mark| mark.day()),
            ),
        };
        match (start, end) {
            (Some(start), Some(end)) if start == end => vec![standing(start, Edge::Whole)],
            (start, end) => {
                let first = start.map(|day| standing(day, Edge::First));
                let last = end.map(|day| standing(day, Edge::Last));
                first.into_iter().chain(last).collect()
            }
        }
    }

    /// The date for people, in the calendar as sourced, without saying which:
    /// "January 4, 1951", "about September 490 BCE", "1340s",
    /// "December 31, 1950 – January 7, 1951".
    ///
    /// `?` is "possibly", `~` is "about". A year below 100 says CE, and one
    /// that stands without a month says it below 1000. What two ends share is
    /// said once where nothing is lost by it.
    #[must_use]
    pub fn words(&self, style: DateStyle) -> String {
        words::words(&self.extent, style)
    }

    /// The words with the calendar named where it is the Julian one and makes
    /// a difference: "14 October 1066 (Julian; 20 October Gregorian)",
    /// "July 1324 (Julian)". Years and longer are the same in both, and for a
    /// Gregorian date these are the [`HistoricalDate::words`].
    #[must_use]
    pub fn words_with_calendar(&self, style: DateStyle) -> String {
        let words = self.words(style);
        match self.calendar {
            Calendar::Gregorian => words,
            Calendar::Julian => match words::julian_note(&self.extent, style) {
                Some(note) => format!("{words} ({note})"),
                None => words,
            },
        }
    }

    /// The same days in EDTF of the proleptic Gregorian calendar, for
    /// everything that leaves the site: JSON-LD, feeds, the API.
    ///
    /// A Julian month becomes the interval of its days, because it is no
    /// Gregorian month. A Julian season, year or longer keeps its name, as
    /// historians keep it, although the two years begin some days apart. The
    /// few days that the change moves beyond the years -9999 to 9999 keep
    /// their year only, because EDTF has no days there.
    #[must_use]
    pub fn gregorian_edtf(&self) -> String {
        match self.calendar {
            Calendar::Gregorian => self.edtf.clone(),
            Calendar::Julian => {
                gregorian::from_julian(&self.extent).unwrap_or_else(|| self.edtf.clone())
            }
        }
    }

    /// The value of `<time datetime>`: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`,
    /// proleptic Gregorian.
    ///
    /// HTML knows the years from 0001 (four digits here), and neither
    /// intervals, seasons nor unspecified digits: `None` for all these, and
    /// for a Julian month, which is no Gregorian one. `?` and `~` are dropped.
    #[must_use]
    pub fn datetime_attribute(&self) -> Option<String> {
        match &self.extent {
            Extent::Single(mark) => gregorian::datetime_attribute(*mark, self.calendar),
            Extent::Interval { .. } => None,
        }
    }

    fn start_mark(&self) -> Option<super::extent::Mark> {
        match self.extent {
            Extent::Single(mark) => Some(mark),
            Extent::Interval { start, .. } => End::mark(start),
        }
    }

    fn end_mark(&self) -> Option<super::extent::Mark> {
        match self.extent {
            Extent::Single(mark) => Some(mark),
            Extent::Interval { end, .. } => End::mark(end),
        }
    }
}
