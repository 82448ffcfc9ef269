//! How many years ago something was, and which of these numbers are worth
//! telling.

use super::extent::{Extent, Mark};
use super::historical::HistoricalDate;
use super::year::{Year, grouped};

impl HistoricalDate {
    /// How many whole years the date lies back in `in_year`, by the years as
    /// sourced: 75 for 1951 in 2026, and 2069 for 44 BCE, because there was no
    /// year zero.
    ///
    /// Only if its year is certain: without `?` and `~`, not a decade or a
    /// century, and not some time between two dates. An interval counts from
    /// its start. `None` otherwise, and in the year itself and before it, when
    /// there is nothing to look back on.
    #[must_use]
    pub fn anniversary(&self, in_year: Year) -> Option<u64> {
        let start = match self.extent {
            Extent::Single(mark) => mark,
            Extent::Interval { start, .. } => start.mark()?,
            Extent::Between { .. } => return None,
        };
        let year = Some(start).filter(|mark| !mark.is_qualified());
        let year = year.and_then(Mark::year)?;
        (in_year > year).then(|| in_year.astronomical().abs_diff(year.astronomical()))
    }
}

/// "75 years ago", "1 year ago", "12,025 years ago"; "this year" for 0, which
/// [`HistoricalDate::anniversary`] never gives.
#[must_use]
pub fn anniversary_words(years: u64) -> String {
    match years {
        0 => "this year".to_owned(),
        1 => "1 year ago".to_owned(),
        _ => format!("{} years ago", grouped(years)),
    }
}

/// Whether a number of years is one that people celebrate: 10, 20, 25, 30 and
/// so on, and from 100 on only each twenty-fifth. It is the rule by which the
/// front pages of encyclopedias choose their anniversaries.
#[must_use]
pub fn is_round_anniversary(years: u64) -> bool {
    let tens = years < 100 && years.is_multiple_of(10);
    years > 0 && (tens || years.is_multiple_of(25))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::Calendar;

    fn years(edtf: &str, in_year: i64) -> Option<u64> {
        let date = HistoricalDate::parse(edtf, Calendar::Gregorian).unwrap();
        date.anniversary(Year::from_astronomical(in_year))
    }

    #[test]
    fn years_are_counted_without_a_year_zero() {
        for (edtf, in_year, expected) in [
            ("1951-01-04", 2026, Some(75)),
            ("1951-01", 2026, Some(75)),
            ("1951-XX-XX", 1952, Some(1)),
            ("-0043-03-15", 2026, Some(2069)),
            ("0000", 1, Some(1)),
            ("1951-24", 1952, Some(1)),
            ("1951", 1951, None),
            ("1951", 1950, None),
            ("1950-12-31/1951-01-07", 2000, Some(50)),
            ("1951/..", 2001, Some(50)),
            ("1951/1953~", 2001, Some(50)),
            ("Y-1000000000", Year::LIMIT, Some(2_000_000_000)),
        ] {
            assert_eq!(years(edtf, in_year), expected, "{edtf}");
        }
    }

    #[test]
    fn a_year_that_is_not_certain_has_no_anniversary() {
        for edtf in [
            "1951?",
            "1951-01-04~",
            "1951%",
            "195X",
            "19XX",
            "[1951-01-04..1951-01-07]",
            "1950~/1951",
            "../1951",
            "/1951",
        ] {
            assert_eq!(years(edtf, 2026), None, "{edtf}");
        }
    }

    #[test]
    fn the_words_are_those_of_a_sentence() {
        assert_eq!(anniversary_words(75), "75 years ago");
        assert_eq!(anniversary_words(1), "1 year ago");
        assert_eq!(anniversary_words(0), "this year");
        assert_eq!(anniversary_words(2069), "2069 years ago");
        assert_eq!(anniversary_words(12_025), "12,025 years ago");
    }

    #[test]
    fn round_years_get_rarer_with_time() {
        let round: Vec<u64> = (0..=210).filter(|n| is_round_anniversary(*n)).collect();
        assert_eq!(
            round,
            [
                10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 100, 125, 150, 175, 200
            ]
        );
    }
}
