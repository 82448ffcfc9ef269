//! The date type of the whole site.

use super::calendar::{Calendar, DateStyle};
use super::day::Day;
use super::day_number::DayNumber;
use super::error::DateError;
use super::extent::{Extent, Mark};
use super::year::Year;
use super::{gregorian, parse, words};

/// A date of history: a day, a month, a year or less, an interval between two
/// of them, or some time between two of them; as sure or unsure, and in the
/// calendar, as its source has it.
///
/// Two dates are equal if they say the same in the same calendar. To compare
/// dates in time, ask [`HistoricalDate::is_before`] and the like, or use their
/// day numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HistoricalDate {
    edtf: String,
    pub(super) calendar: Calendar,
    pub(super) extent: Extent,
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
    /// Of level 2 one form is read, `[1340..1345]`: some time between two
    /// plain dates, both named (docs/decisions/0009-some-time-between.md).
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
    /// is, or its end if the start is open or unknown. Some time between two
    /// dates is known as exactly as what both of them lie in: to the month
    /// from January 4 to 7, to the decade from 1340 to 1345, and to the century
    /// if it is less.
    #[must_use]
    pub fn precision(&self) -> Precision {
        if let Extent::Between { first, last } = self.extent {
            return Mark::shared_precision(first, last);
        }
        self.extent
            .marks()
            .next()
            .map_or(Precision::Century, |mark| mark.precision())
    }

    /// Whether it was written as an interval, even one of a single day. What
    /// happened some time between two dates did not go on from the one to the
    /// other, so it is none.
    #[must_use]
    pub fn is_interval(&self) -> bool {
        matches!(self.extent, Extent::Interval { .. })
    }

    /// Whether it is some time between two dates, as `[1340..1345]`.
    #[must_use]
    pub fn is_between(&self) -> bool {
        matches!(self.extent, Extent::Between { .. })
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
        self.extent
            .start()
            .and_then(|mark| mark.first_day(self.calendar))
    }

    /// The latest day that the date may mean; otherwise as
    /// [`HistoricalDate::first_day`].
    #[must_use]
    pub fn last_day(&self) -> Option<DayNumber> {
        self.extent
            .end()
            .and_then(|mark| mark.last_day(self.calendar))
    }

    /// Where it begins, so far as that is known; `None` if it is open or
    /// unknown on that side. Of a date that is no interval, `start` and `end`
    /// differ for decades and longer only, and for some time between two
    /// years: of two days of one year that year is known and no day.
    #[must_use]
    pub fn start(&self) -> Option<Point> {
        self.extent.start_point()
    }

    /// Where it ends; otherwise as [`HistoricalDate::start`].
    #[must_use]
    pub fn end(&self) -> Option<Point> {
        self.extent.end_point()
    }

    /// The year under which it is filed and sorted: that of its start, else
    /// of its end. Every date has one; `None` is never seen in practice.
    #[must_use]
    pub fn year(&self) -> Option<Year> {
        self.start().or_else(|| self.end()).map(|point| point.year)
    }

    /// The years on whose pages it stands: that of the start, and that of the
    /// end if it is another. A date known to the decade or less stands on none,
    /// because no year is named, and neither does some time between two years.
    #[must_use]
    pub fn years(&self) -> Vec<Year> {
        let mut years: Vec<Year> = self.extent.marks().filter_map(|mark| mark.year()).collect();
        years.dedup();
        if self.is_between() && years.len() > 1 {
            years.clear();
        }
        years
    }

    /// The months and the years on whose pages it stands without a day: one
    /// `(year, Some(month))` for each month it names where it names no day,
    /// and `(year, None)` for each year where it names no month. Empty for a
    /// day; an interval counts with its start and its end, each by itself.
    #[must_use]
    pub fn dayless_places(&self) -> Vec<(Year, Option<u8>)> {
        let mut places: Vec<(Year, Option<u8>)> = match self.extent {
            Extent::Between { .. } => {
                let known = self.years().first().copied().zip(self.start());
                let dayless = known.filter(|(_, point)| point.day.is_none());
                dayless
                    .map(|(year, point)| (year, point.month))
                    .into_iter()
                    .collect()
            }
            Extent::Single(_) | Extent::Interval { .. } => self
                .extent
                .marks()
                .filter(|mark| mark.day().is_none())
                .filter_map(|mark| Some((mark.year()?, mark.month())))
                .collect(),
        };
        places.dedup();
        places
    }

    /// The day pages on which it stands: a day on its own page, an interval on
    /// those of its first and last day and on none between. An approximate or
    /// uncertain day is still a day; one of several that are possible is none.
    /// Empty if no day is known.
    #[must_use]
    pub fn standings(&self) -> Vec<Standing> {
        let standing = |(year, day), edge| Standing { day, year, edge };
        let (start, end) = match self.extent {
            Extent::Single(mark) => {
                let whole = mark.day().map(|day| standing(day, Edge::Whole));
                return whole.into_iter().collect();
            }
            Extent::Between { first, last } => {
                let day = first.day().filter(|day| Some(*day) == last.day());
                let whole = day.map(|day| standing(day, Edge::Whole));
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
    /// "December 31, 1950 – January 7, 1951", "between 1340 and 1345".
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
    ///
    /// From October 5, 1582 (Julian) on, when both calendars were in use, the
    /// days have the names by which those who lived then told them apart:
    /// "25 December 1642 (Old Style; 4 January 1643 New Style)". Neither name
    /// says on which day the year began; here it is January 1.
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
    /// their year only, because EDTF has no days there. Some time between two
    /// ends that are not equally exact becomes some time between two days,
    /// because others read no other.
    #[must_use]
    pub fn gregorian_edtf(&self) -> String {
        gregorian::edtf(&self.extent, self.calendar).unwrap_or_else(|| self.edtf.clone())
    }

    /// The value of `<time datetime>`: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`,
    /// proleptic Gregorian.
    ///
    /// HTML knows the years from 0001 (four digits here), and neither
    /// intervals, seasons, unspecified digits nor "between": `None` for all these, and
    /// for a Julian month, which is no Gregorian one. `?` and `~` are dropped.
    #[must_use]
    pub fn datetime_attribute(&self) -> Option<String> {
        match &self.extent {
            Extent::Single(mark) => gregorian::datetime_attribute(*mark, self.calendar),
            Extent::Interval { .. } | Extent::Between { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(edtf: &str) -> HistoricalDate {
        HistoricalDate::parse(edtf, Calendar::Gregorian).unwrap()
    }

    #[test]
    fn some_time_between_stands_only_where_both_ends_do() {
        for (edtf, days, years, dayless) in [
            ("[1340..1345]", 0, &[][..], &[][..]),
            ("[1951-01-30..1951-02-02]", 0, &[1951], &[(1951, None)]),
            ("[1951-01-04..1951-01-07]", 0, &[1951], &[(1951, Some(1))]),
            ("[1951-01-04..1951-01]", 0, &[1951], &[(1951, Some(1))]),
            ("[1951-01-04..1951-01-04]", 1, &[1951], &[]),
            ("[1950-12-31..1951-01-01]", 0, &[], &[]),
            ("[1951-21..1951-23]", 0, &[1951], &[(1951, None)]),
            ("[1951..1951]", 0, &[1951], &[(1951, None)]),
        ] {
            let date = date(edtf);
            assert_eq!(date.standings().len(), days, "{edtf}");
            let found: Vec<i64> = date.years().into_iter().map(Year::astronomical).collect();
            assert_eq!(found, years, "{edtf}");
            let found = date.dayless_places().into_iter();
            let found: Vec<_> = found
                .map(|(year, month)| (year.astronomical(), month))
                .collect();
            assert_eq!(found, dayless, "{edtf}");
            // Whoever asks for the month of the start gets none that is unsure.
            let months: Vec<_> = dayless.iter().filter_map(|(_, month)| *month).collect();
            if days == 0 {
                assert_eq!(
                    date.start().unwrap().month,
                    months.first().copied(),
                    "{edtf}"
                );
                assert_eq!(date.end().unwrap().month, months.first().copied(), "{edtf}");
            }
            assert!(date.is_between() && !date.is_interval());
        }
    }

    #[test]
    fn some_time_between_is_known_as_exactly_as_what_holds_it() {
        for (edtf, precision) in [
            ("[1951-01-04..1951-01-04]", Precision::Day),
            ("[1951-01-04..1951-01-07]", Precision::Month),
            ("[1951-21..1951-21]", Precision::Season),
            ("[1951-01-04..1951-02]", Precision::Year),
            ("[1340..1345]", Precision::Decade),
            ("[1339..1340]", Precision::Century),
            ("[-0009..0000]", Precision::Century),
        ] {
            assert_eq!(date(edtf).precision(), precision, "{edtf}");
        }
        let between = date("[1340..1345-02]");
        assert_eq!(between.first_day(), date("1340").first_day());
        assert_eq!(between.last_day(), date("1345-02").last_day());
        assert_eq!(between.year(), Some(Year::from_astronomical(1340)));
    }

    #[test]
    fn without_a_day_a_date_stands_on_its_months_and_years() {
        let places = |edtf| -> Vec<(i64, Option<u8>)> {
            let places = date(edtf).dayless_places().into_iter();
            places
                .map(|(year, month)| (year.astronomical(), month))
                .collect()
        };
        assert_eq!(places("1951-01"), [(1951, Some(1))]);
        assert_eq!(places("1951"), [(1951, None)]);
        assert_eq!(places("1951-21"), [(1951, None)]);
        assert_eq!(
            places("1950-12/1951-02"),
            [(1950, Some(12)), (1951, Some(2))]
        );
        assert_eq!(places("1950/.."), [(1950, None)]);
        assert_eq!(places("1950/1950"), [(1950, None)]);
        for edtf in ["1951-01-04", "1950-12-31/1951-01-07", "195X"] {
            assert_eq!(places(edtf), [], "{edtf}");
        }
    }
}
