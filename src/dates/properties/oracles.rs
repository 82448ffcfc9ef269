//! The arithmetic against ICU, the crate `julian` and jiff.

use super::super::{Age, Calendar, DayNumber, HistoricalDate, age, weekday_name};
use super::{calendars, config, day_numbers};
use icu_calendar::Date;
use icu_calendar::types::RataDie;
use jiff::{Unit, civil};
use proptest::prelude::*;

/// The Julian Day Number of December 31 of the year 0, from which ICU counts.
const RATA_DIE_0: i64 = 1_721_425;

proptest! {
    #![proptest_config(config())]

    #[test]
    fn day_numbers_agree_with_icu(day in day_numbers()) {
        let rata_die = RataDie::new(day.0 - RATA_DIE_0);

        let icu = Date::from_rata_die(rata_die, icu_calendar::Gregorian);
        let (year, month, of_month) = day.to_gregorian();
        prop_assert_eq!(year, i64::from(icu.year().extended_year()));
        prop_assert_eq!((month, of_month), (icu.month().ordinal, icu.day_of_month().0));
        prop_assert_eq!(DayNumber::from_gregorian(year, month, of_month), Some(day));
        prop_assert_eq!(
            day.weekday().to_monday_one_offset(),
            icu.weekday() as i8
        );

        let icu = Date::from_rata_die(rata_die, icu_calendar::cal::Julian);
        let (year, month, of_month) = day.to_julian();
        prop_assert_eq!(year, i64::from(icu.year().extended_year()));
        prop_assert_eq!((month, of_month), (icu.month().ordinal, icu.day_of_month().0));
        prop_assert_eq!(DayNumber::from_julian(year, month, of_month), Some(day));
    }

    // It counts days in 32 bits, which are years beyond five million.
    #[test]
    fn day_numbers_agree_with_the_crate_julian_as_far_as_it_goes(
        number in prop_oneof![
            any::<i32>(),
            -2_000_000..=5_400_000_i32,
            Just(i32::MIN),
            Just(i32::MAX),
        ],
    ) {
        let day = DayNumber(i64::from(number));
        for (calendar, theirs) in [
            (Calendar::Gregorian, julian::Calendar::GREGORIAN),
            (Calendar::Julian, julian::Calendar::JULIAN),
        ] {
            let date = theirs.at_jdn(number);
            let (year, month, of_month) = day.to_date(calendar);
            prop_assert_eq!(year, i64::from(date.year()));
            prop_assert_eq!(u32::from(month), date.month().number());
            prop_assert_eq!(u32::from(of_month), date.day());
            prop_assert_eq!(DayNumber::from_date(calendar, year, month, of_month), Some(day));
            prop_assert_eq!(weekday_name(day.weekday()), date.weekday().to_string());
        }
    }

    #[test]
    fn leap_years_and_months_agree_with_the_crate_julian(
        year in prop_oneof![-5_000_000..=5_000_000_i32, -10_000..=10_000_i32],
        calendar in calendars(),
    ) {
        let theirs = match calendar {
            Calendar::Gregorian => julian::Calendar::GREGORIAN,
            Calendar::Julian => julian::Calendar::JULIAN,
        };
        let days = if calendar.is_leap(i64::from(year)) { 366 } else { 365 };
        prop_assert_eq!(theirs.year_length(year), days);
    }

    #[test]
    fn any_day_number_within_the_limit_comes_back(
        number in -365_000_000_000..=365_000_000_000_i64,
        calendar in calendars(),
    ) {
        let (year, month, day) = DayNumber(number).to_date(calendar);
        prop_assert_eq!(
            DayNumber::from_date(calendar, year, month, day),
            Some(DayNumber(number))
        );
    }

    #[test]
    fn ages_are_those_of_jiff(born in civil_dates(), days in 0..60_000_i32) {
        let Ok(at) = born.checked_add(jiff::Span::new().days(days)) else {
            return Ok(());
        };
        let years = born.until((Unit::Year, at)).unwrap().get_years();
        let years = u64::from(years.unsigned_abs());
        let age = age(&of_jiff(born), &of_jiff(at)).unwrap();
        prop_assert_eq!(age, Age { least: years, most: years });
    }

    #[test]
    fn weekdays_and_order_are_those_of_jiff(one in civil_dates(), other in civil_dates()) {
        let (first, second) = (of_jiff(one), of_jiff(other));
        prop_assert_eq!(first.weekday(), Some(one.weekday()));
        prop_assert_eq!(first.is_before(&second).is_yes(), one < other);
        prop_assert_eq!(first.is_before(&second).is_no(), one >= other);
        prop_assert_eq!(first.overlaps(&second).is_yes(), one == other);
    }
}

/// Every date of jiff: the Gregorian years -9999 to 9999.
fn civil_dates() -> impl Strategy<Value = civil::Date> {
    let leap_days = (-2499..=2499_i16).prop_filter_map("a common year", |fourth| {
        civil::Date::new(4 * fourth, 2, 29).ok()
    });
    let any_day = (-9999..=9999_i16, 1..=12_i8, 1..=31_i8)
        .prop_filter_map("no such day", |(year, month, day)| {
            civil::Date::new(year, month, day).ok()
        });
    prop_oneof![9 => any_day, 1 => leap_days]
}

fn of_jiff(date: civil::Date) -> HistoricalDate {
    let sign = if date.year() < 0 { "-" } else { "" };
    let year = date.year().unsigned_abs();
    let text = format!("{sign}{year:04}-{:02}-{:02}", date.month(), date.day());
    HistoricalDate::parse(&text, Calendar::Gregorian).unwrap()
}
