//! Dates of history: what an editor writes, what a reader reads, and the days
//! that both of them mean.
//!
//! A date is written in EDTF (the Extended Date/Time Format of ISO 8601-2,
//! levels 0 and 1, and `[1340..1345]`) in the calendar of its source, and is
//! kept that way. Days of both calendars meet in the [`DayNumber`]; everything
//! that leaves the site for machines is proleptic Gregorian. The year 0 is
//! 1 BCE, in texts as in numbers; words for people never show it. Nothing here
//! does I/O, but for [`today`], which reads the clock.

mod age;
mod anniversary;
mod calendar;
mod century;
mod comparison;
mod day;
mod day_number;
mod decade;
mod error;
mod extent;
mod gregorian;
mod historical;
mod iso;
mod month;
mod numbers;
mod parse;
mod period;
#[cfg(test)]
mod properties;
pub mod reading;
mod reform;
mod suggestion;
mod weekday;
mod words;
mod year;

pub use age::{Age, AgeAt, age, age_at};
pub use anniversary::{anniversary_words, is_round_anniversary};
pub use calendar::{Calendar, DateStyle};
pub use century::Century;
pub use comparison::Answer;
pub use day::Day;
pub use day_number::DayNumber;
pub use decade::Decade;
pub use error::DateError;
pub use historical::{Edge, HistoricalDate, Point, Precision, Standing};
pub use jiff::civil::Weekday;
pub use month::{MONTHS, month_name, month_slug, parse_month_loose, parse_month_slug};
pub use period::Period;
pub use weekday::weekday_name;
pub use year::Year;

/// The year and the day that it now is in `zone`.
///
/// The site asks this with its own zone, and `/today?tz=` with the reader's:
/// at any moment two days, and for some hours three, are today somewhere.
#[must_use]
pub fn today(zone: &jiff::tz::TimeZone) -> (Year, Day) {
    year_and_day(jiff::Timestamp::now().to_zoned(zone.clone()).date())
}

/// A civil date of jiff (Gregorian, years -9999 to 9999) as a year and a day
/// of this module.
#[must_use]
pub fn year_and_day(date: jiff::civil::Date) -> (Year, Day) {
    let day = u8::try_from(date.month())
        .ok()
        .zip(u8::try_from(date.day()).ok())
        .and_then(|(month, day)| Day::new(month, day));
    (
        Year::from_astronomical(i64::from(date.year())),
        day.expect("a civil date has a month from 1 to 12 and a day of that month"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn civil_dates_of_either_era_become_years_and_days() {
        for ((year, month, day), words) in [
            ((1951, 1, 4), "January 4, 1951"),
            ((2024, 2, 29), "February 29, 2024"),
            ((-43, 3, 15), "March 15, 44 BCE"),
        ] {
            let (year, day) = year_and_day(jiff::civil::date(year, month, day));
            let written = format!("{}, {}", day.words(DateStyle::Mdy), year.words());
            assert_eq!(written, words);
        }
    }

    #[test]
    fn today_is_the_day_of_the_zone_that_is_asked() {
        // These zones are 26 hours apart, so they never share a day.
        let east = jiff::tz::TimeZone::fixed(jiff::tz::offset(14));
        let west = jiff::tz::TimeZone::fixed(jiff::tz::offset(-12));
        assert!(today(&west) < today(&east));
    }
}
