//! The days of the week, by name and of a date.

use super::extent::{Extent, Mark};
use super::historical::HistoricalDate;
use jiff::civil::Weekday;

impl HistoricalDate {
    /// The day of the week, if the date is one day and sure of it; the same
    /// whatever the calendar. `None` for a day with `?`, `~` or `%`, whose
    /// weekday would claim more than the source does.
    #[must_use]
    pub fn weekday(&self) -> Option<Weekday> {
        let exact = |mark: &Mark| mark.day().is_some() && !mark.is_qualified();
        let one_day = match self.extent {
            Extent::Single(_) => true,
            Extent::Interval { .. } | Extent::Between { .. } => {
                self.extent.start().is_some() && self.extent.start() == self.extent.end()
            }
        };
        let exact = one_day && self.extent.marks().all(|mark| exact(&mark));
        exact.then(|| self.first_day().map(|day| day.weekday()))?
    }
}

/// "Thursday".
#[must_use]
pub const fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::Calendar::{self, Gregorian, Julian};

    fn weekday(edtf: &str, calendar: Calendar) -> Option<&'static str> {
        let date = HistoricalDate::parse(edtf, calendar).unwrap();
        date.weekday().map(weekday_name)
    }

    #[test]
    fn one_sure_day_has_a_weekday_in_either_calendar() {
        for (edtf, calendar, name) in [
            ("1951-01-04", Gregorian, "Thursday"),
            ("1066-10-14", Julian, "Saturday"),
            // Thursday was followed by Friday when the calendar changed.
            ("1582-10-04", Julian, "Thursday"),
            ("1582-10-15", Gregorian, "Friday"),
            ("2000-02-29", Gregorian, "Tuesday"),
            ("1951-01-07/1951-01-07", Gregorian, "Sunday"),
            ("[1951-01-01..1951-01-01]", Gregorian, "Monday"),
            ("1951-01-03", Gregorian, "Wednesday"),
        ] {
            assert_eq!(weekday(edtf, calendar), Some(name), "{edtf}");
        }
    }

    #[test]
    fn what_is_not_one_sure_day_has_none() {
        for edtf in [
            "1951-01",
            "1951-01-XX",
            "1951-01-04~",
            "1951-01-04?",
            "1951-01-04/1951-01-05",
            "1951-01-04/..",
            "[1951-01-04..1951-01-05]",
        ] {
            assert_eq!(weekday(edtf, Gregorian), None, "{edtf}");
        }
    }
}
