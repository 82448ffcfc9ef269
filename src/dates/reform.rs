//! The reform of 1582, when Thursday, October 4 (Julian), was followed by
//! Friday, October 15 (Gregorian): what a date that is called Gregorian should
//! not be without a word about it.

use super::calendar::Calendar;
use super::day_number::DayNumber;
use super::historical::HistoricalDate;

/// October 5, 1582, of the Gregorian calendar reckoned backwards: the first of
/// the ten dates that nobody wrote who used it.
const GAP_BEGINS: DayNumber = DayNumber(DayNumber::FIRST_GREGORIAN.0 - 10);

impl HistoricalDate {
    /// Whether it names a Gregorian day from October 5 to 14, 1582. These ten
    /// dates were left out, so no Gregorian source has them; the Julian
    /// calendar, which was still used in most countries, does. Of an interval
    /// or a "between", either end counts.
    #[must_use]
    pub fn in_gap_of_1582(&self) -> bool {
        self.named_gregorian_days()
            .any(|day| (GAP_BEGINS..DayNumber::FIRST_GREGORIAN).contains(&day))
    }

    /// Whether it names a day before October 15, 1582, and calls it Gregorian,
    /// so that either the calendar is wrong or somebody has converted the day.
    /// The gap counts. Months and years do not: they are no days to convert.
    #[must_use]
    pub fn is_before_gregorian_calendar(&self) -> bool {
        self.named_gregorian_days()
            .any(|day| day < DayNumber::FIRST_GREGORIAN)
    }

    fn named_gregorian_days(&self) -> impl Iterator<Item = DayNumber> {
        let marks = self.extent.marks();
        marks
            .filter(|mark| self.calendar == Calendar::Gregorian && mark.day().is_some())
            .filter_map(|mark| mark.first_day(self.calendar))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::Calendar::{Gregorian, Julian};

    #[test]
    fn the_gap_has_ten_days_and_the_julian_calendar_none() {
        for (edtf, calendar, in_gap, before) in [
            ("1582-10-04", Gregorian, false, true),
            ("1582-10-05", Gregorian, true, true),
            ("1582-10-14", Gregorian, true, true),
            ("1582-10-15", Gregorian, false, false),
            ("1582-10-10", Julian, false, false),
            ("1066-10-14", Gregorian, false, true),
            ("1066-10-14", Julian, false, false),
            ("-0043-03-15~", Gregorian, false, true),
            ("1066-10", Gregorian, false, false),
            ("1582", Gregorian, false, false),
            ("1582-10-04/1582-10-15", Gregorian, false, true),
            ("1582-10-01/1582-10-07", Gregorian, true, true),
            ("[1582-10-14..1590]", Gregorian, true, true),
            ("1582-10-15/..", Gregorian, false, false),
        ] {
            let date = HistoricalDate::parse(edtf, calendar).unwrap();
            let found = (date.in_gap_of_1582(), date.is_before_gregorian_calendar());
            assert_eq!(found, (in_gap, before), "{edtf} {calendar}");
        }
    }
}
