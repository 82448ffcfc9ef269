//! What must hold for every date, tried on thousands of them, and the calendar
//! arithmetic against two libraries that were written by others.

use super::{
    Calendar, DateStyle, Day, DayNumber, Edge, HistoricalDate, Standing, Year, parse_month_loose,
};
use icu_calendar::Date;
use icu_calendar::types::RataDie;
use proptest::prelude::*;

/// The Julian Day Number of December 31 of the year 0, from which ICU counts.
const RATA_DIE_0: i64 = 1_721_425;

fn day_numbers() -> impl Strategy<Value = DayNumber> {
    let first = DayNumber::from_gregorian(-9999, 1, 1).unwrap().0;
    let last = DayNumber::from_gregorian(9999, 12, 31).unwrap().0;
    (first..=last).prop_map(DayNumber)
}

fn calendars() -> impl Strategy<Value = Calendar> {
    prop_oneof![Just(Calendar::Gregorian), Just(Calendar::Julian)]
}

/// One date of level 0 or 1. Days run to 31 in every month, so some do not
/// exist.
fn singles() -> impl Strategy<Value = String> {
    let year = || {
        (-9999..=9999_i64).prop_map(|year| {
            let sign = if year < 0 { "-" } else { "" };
            format!("{sign}{:04}", year.abs())
        })
    };
    let qualifier = prop_oneof![4 => Just(""), 1 => Just("?"), 1 => Just("~"), 1 => Just("%")];
    let body = prop_oneof![
        4 => (year(), 1..=12, 1..=31).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")),
        1 => (0..25_i64).prop_map(|century| format!("{:04}-02-29", century * 100)),
        1 => (year(), 1..=12).prop_map(|(y, m)| format!("{y}-{m:02}")),
        1 => (year(), 1..=12).prop_map(|(y, m)| format!("{y}-{m:02}-XX")),
        1 => (year(), 21..=24).prop_map(|(y, season)| format!("{y}-{season}")),
        1 => year(),
        1 => year().prop_map(|y| format!("{y}-XX")),
        1 => year().prop_map(|y| format!("{y}-XX-XX")),
        1 => (0..1000).prop_map(|decade| format!("{decade:03}X")),
        1 => (0..100).prop_map(|century| format!("{century:02}XX")),
        1 => (10_000..=Year::LIMIT).prop_map(|y| format!("Y{y}")),
        1 => (10_000..=Year::LIMIT).prop_map(|y| format!("Y-{y}")),
    ];
    (body, qualifier).prop_map(|(body, qualifier)| format!("{body}{qualifier}"))
}

fn dates() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => singles(),
        2 => (singles(), singles()).prop_map(|(start, end)| format!("{start}/{end}")),
        1 => singles().prop_map(|start| format!("{start}/..")),
        1 => singles().prop_map(|end| format!("/{end}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

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

    #[test]
    fn day_numbers_agree_with_the_crate_julian(day in day_numbers()) {
        let number = i32::try_from(day.0).unwrap();
        for (calendar, theirs) in [
            (Calendar::Gregorian, julian::Calendar::GREGORIAN),
            (Calendar::Julian, julian::Calendar::JULIAN),
        ] {
            let date = theirs.at_jdn(number);
            let (year, month, of_month) = day.to_date(calendar);
            prop_assert_eq!(year, i64::from(date.year()));
            prop_assert_eq!(u32::from(month), date.month().number());
            prop_assert_eq!(u32::from(of_month), date.day());
        }
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
    fn a_date_printed_and_read_again_is_the_same(text in dates(), calendar in calendars()) {
        if let Ok(date) = HistoricalDate::parse(&text, calendar) {
            let again = HistoricalDate::parse(date.edtf(), calendar).unwrap();
            prop_assert_eq!(date.edtf(), text);
            prop_assert_eq!(again, date);
        }
    }

    #[test]
    fn gregorian_texts_of_one_date_are_those_of_edtf_core(text in singles()) {
        prop_assert_eq!(
            HistoricalDate::parse(&text, Calendar::Gregorian).is_ok(),
            edtf_core::Edtf::parse(&text).is_ok()
        );
    }

    #[test]
    fn dates_have_their_bounds_in_order_and_a_year(text in dates(), calendar in calendars()) {
        if let Ok(date) = HistoricalDate::parse(&text, calendar) {
            prop_assert!(date.first_day().is_some() || date.last_day().is_some());
            if let (Some(first), Some(last)) = (date.first_day(), date.last_day()) {
                prop_assert!(first <= last);
            }
            prop_assert!(date.year().is_some());
            prop_assert_eq!(date.is_interval(), text.contains('/'));
        }
    }

    #[test]
    fn standings_are_the_bounds_that_are_days(text in dates(), calendar in calendars()) {
        if let Ok(date) = HistoricalDate::parse(&text, calendar) {
            for Standing { day, year, edge } in date.standings() {
                let number = DayNumber::from_date(
                    calendar,
                    year.astronomical(),
                    day.month(),
                    day.day(),
                );
                prop_assert!(number.is_some());
                prop_assert!(edge == Edge::Last || number == date.first_day());
                prop_assert!(edge == Edge::First || number == date.last_day());
                prop_assert!(date.years().contains(&year));
            }
        }
    }

    #[test]
    fn the_gregorian_text_of_days_and_months_means_the_same_days(
        year in -9_900..=9_900_i64,
        month in 1..=12_u8,
        day in proptest::option::of(1..=31_u8),
    ) {
        let sign = if year < 0 { "-" } else { "" };
        let mut text = format!("{sign}{:04}-{month:02}", year.abs());
        if let Some(day) = day {
            text.push_str(&format!("-{day:02}"));
        }
        if let Ok(date) = HistoricalDate::parse(&text, Calendar::Julian) {
            let gregorian = HistoricalDate::parse(&date.gregorian_edtf(), Calendar::Gregorian);
            let gregorian = gregorian.unwrap();
            prop_assert_eq!(gregorian.first_day(), date.first_day());
            prop_assert_eq!(gregorian.last_day(), date.last_day());
            prop_assert_eq!(gregorian.gregorian_edtf(), gregorian.edtf());
        }
    }

    #[test]
    fn what_leaves_can_be_read_by_others(text in dates(), calendar in calendars()) {
        if let Ok(date) = HistoricalDate::parse(&text, calendar) {
            let gregorian = date.gregorian_edtf();
            prop_assert!(edtf_core::Edtf::parse(&gregorian).is_ok(), "{}", gregorian);
            if let Some(value) = date.datetime_attribute() {
                prop_assert!(!value.starts_with("0000") && value.len() <= 10, "{}", value);
                prop_assert!(edtf_core::level(&value) == Some(0), "{}", value);
            }
        }
    }

    #[test]
    fn words_never_show_a_year_zero_or_a_mark_of_edtf(text in dates(), calendar in calendars()) {
        if let Ok(date) = HistoricalDate::parse(&text, calendar) {
            for style in [DateStyle::Mdy, DateStyle::Dmy] {
                let words = date.words_with_calendar(style);
                prop_assert!(words.starts_with(&date.words(style)));
                prop_assert!(!words.contains(['~', '?', '%', 'X', '/']), "{}", words);
                prop_assert!(
                    words.split(' ').all(|word| word != "0" && !word.starts_with('-')),
                    "{}",
                    words
                );
            }
        }
    }

    #[test]
    fn no_text_makes_anything_panic(text in any::<String>(), calendar in calendars()) {
        exercise(&text, calendar);
    }

    #[test]
    fn no_text_that_looks_like_a_date_makes_anything_panic(
        text in "[-0-9XYTES?~%/.,{}\\[\\] :Z–a-zÄ]{0,24}",
        calendar in calendars(),
    ) {
        exercise(&text, calendar);
    }

    #[test]
    fn no_near_miss_makes_anything_panic(
        text in dates(),
        at in any::<prop::sample::Index>(),
        other in any::<char>(),
        calendar in calendars(),
    ) {
        let mut chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len());
        chars[at] = other;
        exercise(&chars.into_iter().collect::<String>(), calendar);
    }
}

/// Calls everything that takes a text from outside, and everything that a date
/// made of it can say.
fn exercise(text: &str, calendar: Calendar) {
    let _ = Day::parse_loose(text);
    let _ = Year::parse_loose(text);
    let _ = parse_month_loose(text);
    let _ = text.parse::<Calendar>();
    let _ = text.parse::<DateStyle>();
    match HistoricalDate::parse(text, calendar) {
        Ok(date) => {
            let _ = (date.first_day(), date.last_day(), date.precision());
            let _ = (date.start(), date.end(), date.years(), date.standings());
            let _ = (date.gregorian_edtf(), date.datetime_attribute());
            let _ = date.words_with_calendar(DateStyle::Mdy);
            assert_eq!(
                HistoricalDate::parse(date.edtf(), calendar).as_ref(),
                Ok(&date)
            );
        }
        Err(error) => {
            let message = error.to_string();
            assert!(message.ends_with('.') && !message.contains(char::is_control));
            assert!(message.chars().count() < 300, "{message}");
        }
    }
}
