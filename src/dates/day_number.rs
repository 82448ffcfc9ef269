//! The count of days in which both calendars meet.

use super::calendar::Calendar;
use super::year::Year;
use jiff::civil::Weekday;

/// A civil day as its Julian Day Number: the astronomers' count of days, which
/// is 0 on January 1, 4713 BCE (Julian) and 2,433,651 on January 4, 1951
/// (Gregorian).
///
/// The number is the one that begins at noon of the day. It compares and sorts
/// dates of both calendars, and is what the database keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayNumber(pub i64);

/// Days from day number 0 to March 1 of the astronomical year 0: the start of
/// the computation, because a year that begins in March has its leap day last.
const GREGORIAN_MARCH_1: i128 = 1_721_120;
const JULIAN_MARCH_1: i128 = 1_721_118;

const DAYS_IN_400_GREGORIAN_YEARS: i128 = 146_097;
const DAYS_IN_4_JULIAN_YEARS: i128 = 1_461;

impl DayNumber {
    /// The first day that any country dated by the Gregorian calendar: October
    /// 15, 1582, which was October 5 in the Julian one.
    pub const FIRST_GREGORIAN: DayNumber = DayNumber(2_299_161);

    /// The day with this Gregorian date; the year is astronomical (0 is 1
    /// BCE). `None` if there is no such day, or the year is farther than
    /// [`Year::LIMIT`] from 0.
    #[must_use]
    pub fn from_gregorian(year: i64, month: u8, day: u8) -> Option<DayNumber> {
        DayNumber::from_date(Calendar::Gregorian, year, month, day)
    }

    /// The day with this Julian date; otherwise as
    /// [`DayNumber::from_gregorian`].
    #[must_use]
    pub fn from_julian(year: i64, month: u8, day: u8) -> Option<DayNumber> {
        DayNumber::from_date(Calendar::Julian, year, month, day)
    }

    /// The day with this date of `calendar`; otherwise as
    /// [`DayNumber::from_gregorian`].
    #[must_use]
    pub fn from_date(calendar: Calendar, year: i64, month: u8, day: u8) -> Option<DayNumber> {
        let exists = (-Year::LIMIT..=Year::LIMIT).contains(&year)
            && (1..=calendar.days_in_month(year, month)?).contains(&day);
        exists.then(|| {
            let march_year = i128::from(year) - i128::from(month < 3);
            let day_of_year = days_before_month((i128::from(month) + 9) % 12) + i128::from(day) - 1;
            let number = match calendar {
                Calendar::Gregorian => {
                    GREGORIAN_MARCH_1 + 365 * march_year + march_year.div_euclid(4)
                        - march_year.div_euclid(100)
                        + march_year.div_euclid(400)
                        + day_of_year
                }
                Calendar::Julian => {
                    JULIAN_MARCH_1 + 365 * march_year + march_year.div_euclid(4) + day_of_year
                }
            };
            DayNumber(number as i64)
        })
    }

    /// The Gregorian date: astronomical year, month, day of the month.
    #[must_use]
    pub fn to_gregorian(self) -> (i64, u8, u8) {
        self.to_date(Calendar::Gregorian)
    }

    /// The Julian date: astronomical year, month, day of the month.
    #[must_use]
    pub fn to_julian(self) -> (i64, u8, u8) {
        self.to_date(Calendar::Julian)
    }

    /// The date in `calendar`: astronomical year, month, day of the month.
    /// Every number has one.
    #[must_use]
    pub fn to_date(self, calendar: Calendar) -> (i64, u8, u8) {
        let number = i128::from(self.0);
        let (march_year, day_of_year) = match calendar {
            Calendar::Gregorian => {
                let days = number - GREGORIAN_MARCH_1;
                let cycle = days.div_euclid(DAYS_IN_400_GREGORIAN_YEARS);
                let day = days.rem_euclid(DAYS_IN_400_GREGORIAN_YEARS);
                // The last day of 4, of 100 and of 400 years would otherwise
                // be counted into a year that has not begun.
                let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
                (
                    400 * cycle + year,
                    day - (365 * year + year / 4 - year / 100),
                )
            }
            Calendar::Julian => {
                let days = number - JULIAN_MARCH_1;
                let cycle = days.div_euclid(DAYS_IN_4_JULIAN_YEARS);
                let day = days.rem_euclid(DAYS_IN_4_JULIAN_YEARS);
                let year = (day - day / 1_460) / 365;
                (4 * cycle + year, day - 365 * year)
            }
        };
        let march_month = (5 * day_of_year + 2) / 153;
        let month = (march_month + 2) % 12 + 1;
        let day = day_of_year - days_before_month(march_month) + 1;
        let year = march_year + i128::from(month < 3);
        (year as i64, month as u8, day as u8)
    }

    /// The day of the week, the same in both calendars. Weeks have never been
    /// interrupted by a reform.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        // Day number 0 was a Monday.
        Weekday::from_monday_zero_offset(self.0.rem_euclid(7) as i8)
            .expect("a remainder of seven is a day of the week")
    }
}

/// Days from March 1 to the first day of the month with this number, March
/// being 0.
fn days_before_month(march_month: i128) -> i128 {
    (153 * march_month + 2) / 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_have_their_published_numbers() {
        for (number, gregorian, julian) in [
            // Meeus, Astronomical Algorithms, chapter 7, and the two ends of
            // the reform of 1582.
            (2_433_651, (1951, 1, 4), (1950, 12, 22)),
            (2_451_545, (2000, 1, 1), (1999, 12, 19)),
            (2_436_116, (1957, 10, 4), (1957, 9, 21)),
            (2_299_161, (1582, 10, 15), (1582, 10, 5)),
            (2_299_160, (1582, 10, 14), (1582, 10, 4)),
            (2_026_872, (837, 4, 14), (837, 4, 10)),
            (0, (-4713, 11, 24), (-4712, 1, 1)),
        ] {
            let day = DayNumber(number);
            assert_eq!(day.to_gregorian(), gregorian);
            assert_eq!(day.to_julian(), julian);
            let (year, month, of_month) = gregorian;
            assert_eq!(DayNumber::from_gregorian(year, month, of_month), Some(day));
            let (year, month, of_month) = julian;
            assert_eq!(DayNumber::from_julian(year, month, of_month), Some(day));
        }
    }

    #[test]
    fn a_leap_day_of_the_julian_calendar_alone_is_another_gregorian_day() {
        let day = DayNumber::from_julian(1500, 2, 29).unwrap();
        assert_eq!(day.to_gregorian(), (1500, 3, 10));
        assert_eq!(DayNumber::from_gregorian(1500, 2, 29), None);
    }

    #[test]
    fn days_and_years_that_are_not_there_are_none() {
        for (year, month, day) in [
            (1951, 2, 29),
            (1951, 13, 1),
            (1951, 0, 1),
            (1951, 1, 0),
            (1951, 4, 31),
            (Year::LIMIT + 1, 1, 1),
            (i64::MIN, 1, 1),
            (i64::MAX, 1, 1),
        ] {
            assert_eq!(DayNumber::from_gregorian(year, month, day), None);
            assert_eq!(DayNumber::from_julian(year, month, day), None);
        }
    }

    #[test]
    fn the_smallest_and_the_largest_number_have_dates() {
        for number in [i64::MIN, i64::MAX] {
            for calendar in [Calendar::Gregorian, Calendar::Julian] {
                let (_, month, day) = DayNumber(number).to_date(calendar);
                assert!((1..=12).contains(&month) && (1..=31).contains(&day));
            }
        }
    }

    #[test]
    fn weekdays_are_those_of_the_records() {
        let weekday = |year, month, day| {
            DayNumber::from_gregorian(year, month, day)
                .unwrap()
                .weekday()
        };
        assert_eq!(weekday(1951, 1, 4), Weekday::Thursday);
        assert_eq!(weekday(1582, 10, 15), Weekday::Friday);
        // Hastings was fought on a Saturday.
        let hastings = DayNumber::from_julian(1066, 10, 14).unwrap();
        assert_eq!(hastings.weekday(), Weekday::Saturday);
        assert_eq!(DayNumber(-1).weekday(), Weekday::Sunday);
    }
}
