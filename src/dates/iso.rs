//! Dates for programs that read ISO 8601 and no EDTF: years, months and days
//! of the proleptic Gregorian calendar, and intervals of them. What that has no
//! sign for is left out rather than told as if it were known.

use super::calendar::Calendar;
use super::historical::{HistoricalDate, Point, Precision};

impl HistoricalDate {
    /// The date as `1951-01-04`, `1951-01` or `1951`, with a sign before the
    /// years below 0 (`-0043-03-13`).
    ///
    /// `None` for what is more or less than one such date: an interval, some
    /// time between two dates, a decade, a season, a Julian month; for what is
    /// doubtful or about right; and beyond the years -9999 to 9999.
    #[must_use]
    pub fn iso_date(&self) -> Option<String> {
        if self.is_interval() || self.is_between() || self.is_doubtful() {
            return None;
        }
        plain(&self.gregorian_edtf()).map(str::to_owned)
    }

    /// When it began and when it ended, if it is an interval: each as
    /// [`iso_date`](Self::iso_date) would say it, or `None`.
    #[must_use]
    pub fn iso_ends(&self) -> (Option<String>, Option<String>) {
        if !self.is_interval() || self.is_doubtful() {
            return (None, None);
        }
        let text = self.gregorian_edtf();
        let Some((first, last)) = text.split_once('/') else {
            return (None, None);
        };
        // A Julian month has become its first or its last day, on which it is
        // not said that anything began or ended.
        let is_moved = |point: Option<Point>| {
            self.calendar() == Calendar::Julian
                && point.is_some_and(|point| point.month.is_some() && point.day.is_none())
        };
        let end = |text: &str, point| plain(text).filter(|_| !is_moved(point)).map(str::to_owned);
        (end(first, self.start()), end(last, self.end()))
    }

    /// The time within which it lies: a date as [`iso_date`](Self::iso_date)
    /// gives it, or an interval such as `1950-12-31/1951-01-07`, `1950/..`, and
    /// `1340/1349` for the 1340s. All of these are EDTF too.
    ///
    /// `None` for what is doubtful or about right, for seasons, for an interval
    /// with an end that nobody knows, and beyond the years -9999 to 9999.
    #[must_use]
    pub fn iso_period(&self) -> Option<String> {
        if self.is_doubtful() {
            return None;
        }
        let text = self.gregorian_edtf();
        let between = text
            .strip_prefix('[')
            .and_then(|text| text.strip_suffix(']'));
        if let Some(between) = between {
            let (first, last) = between.split_once("..")?;
            return Some(format!("{}/{}", plain(first)?, plain(last)?));
        }
        if let Some((first, last)) = text.split_once('/') {
            let side = |text| match text {
                ".." => Some(".."),
                _ => plain(text),
            };
            return Some(format!("{}/{}", side(first)?, side(last)?));
        }
        if matches!(self.precision(), Precision::Decade | Precision::Century) {
            let [first, last] = [self.start()?, self.end()?].map(|point| point.year.edtf());
            return Some(format!("{}/{}", plain(&first)?, plain(&last)?));
        }
        plain(&text).map(str::to_owned)
    }

    fn is_doubtful(&self) -> bool {
        self.is_uncertain() || self.is_approximate()
    }
}

/// A year of four digits, perhaps with a month and a day, as ISO 8601 writes
/// them too. What is not known of the month or the day (`1951-XX`) is cut off.
fn plain(edtf: &str) -> Option<&str> {
    let mut text = edtf;
    while let Some(shorter) = text.strip_suffix("-XX") {
        text = shorter;
    }
    let mut parts = text.strip_prefix('-').unwrap_or(text).split('-');
    let year = parts.next()?;
    let are_digits =
        |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    // 21 to 24 in the place of a month are seasons.
    let is_month = |text: &str| are_digits(text, 2) && text <= "12";
    let is_plain = are_digits(year, 4)
        && parts.next().is_none_or(is_month)
        && parts.next().is_none_or(|day| are_digits(day, 2))
        && parts.next().is_none();
    is_plain.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(edtf: &str, calendar: Calendar) -> HistoricalDate {
        HistoricalDate::parse(edtf, calendar).unwrap()
    }

    #[test]
    fn one_date_is_told_only_as_it_is_known() {
        use Calendar::{Gregorian, Julian};
        for (edtf, calendar, iso) in [
            ("1951-01-04", Gregorian, Some("1951-01-04")),
            ("1951-01", Gregorian, Some("1951-01")),
            ("1951", Gregorian, Some("1951")),
            ("1951-XX", Gregorian, Some("1951")),
            ("1951-01-XX", Gregorian, Some("1951-01")),
            ("1066-10-14", Julian, Some("1066-10-20")),
            ("-0043-03-15", Julian, Some("-0043-03-13")),
            ("1324-07", Julian, None),
            ("1951-01-04?", Gregorian, None),
            ("1340~", Gregorian, None),
            ("134X", Gregorian, None),
            ("1951-21", Gregorian, None),
            ("Y-12000", Gregorian, None),
            ("1950-12-31/1951-01-07", Gregorian, None),
            ("[1340..1345]", Gregorian, None),
        ] {
            assert_eq!(date(edtf, calendar).iso_date().as_deref(), iso, "{edtf}");
        }
    }

    #[test]
    fn a_period_is_the_time_within_which_it_lies() {
        use Calendar::{Gregorian, Julian};
        for (edtf, calendar, iso) in [
            ("1951-01-04", Gregorian, Some("1951-01-04")),
            (
                "1950-12-31/1951-01-07",
                Gregorian,
                Some("1950-12-31/1951-01-07"),
            ),
            ("1324-07", Julian, Some("1324-07-09/1324-08-08")),
            ("134X", Gregorian, Some("1340/1349")),
            ("13XX", Gregorian, Some("1300/1399")),
            ("[1340..1345]", Gregorian, Some("1340/1345")),
            ("1950/..", Gregorian, Some("1950/..")),
            ("../1950", Gregorian, Some("../1950")),
            ("1950/", Gregorian, None),
            ("1340~/1345", Gregorian, None),
            ("1951-21", Gregorian, None),
            ("Y-12000", Gregorian, None),
        ] {
            assert_eq!(date(edtf, calendar).iso_period().as_deref(), iso, "{edtf}");
        }
    }

    #[test]
    fn an_interval_ends_where_that_is_known() {
        use Calendar::{Gregorian, Julian};
        let ends = |edtf, calendar| {
            let (first, last) = date(edtf, calendar).iso_ends();
            (first.unwrap_or_default(), last.unwrap_or_default())
        };
        let pair = |first: &str, last: &str| (first.to_owned(), last.to_owned());
        let battle = ends("1950-12-31/1951-01-07", Gregorian);
        assert_eq!(battle, pair("1950-12-31", "1951-01-07"));
        assert_eq!(ends("1950/..", Gregorian), pair("1950", ""));
        assert_eq!(ends("1324-07/1324-09-01", Julian), pair("", "1324-09-09"));
        assert_eq!(ends("1951-01-04", Gregorian), pair("", ""));
        assert_eq!(ends("1340~/1345", Gregorian), pair("", ""));
    }
}
