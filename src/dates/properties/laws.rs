//! What a date says of itself: its text, its bounds, where it stands, its
//! words.

use super::super::{Calendar, DateStyle, DayNumber, Edge, HistoricalDate, Standing};
use super::{calendars, config, dates, fuzzed, read, singles};
use proptest::prelude::*;

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_date_printed_and_read_again_is_the_same(text in dates(), calendar in calendars()) {
        if let Some(date) = read(&text, calendar) {
            let again = HistoricalDate::parse(date.edtf(), calendar).unwrap();
            prop_assert_eq!(date.edtf(), text);
            prop_assert_eq!(again, date);
        }
    }

    #[test]
    fn gregorian_texts_of_one_date_are_those_of_edtf_core(text in singles()) {
        prop_assert_eq!(
            read(&text, Calendar::Gregorian).is_some(),
            edtf_core::Edtf::parse(&text).is_ok()
        );
    }

    #[test]
    fn dates_have_their_bounds_in_order_and_a_year(text in dates(), calendar in calendars()) {
        if let Some(date) = read(&text, calendar) {
            prop_assert!(date.first_day().is_some() || date.last_day().is_some());
            if let (Some(first), Some(last)) = (date.first_day(), date.last_day()) {
                prop_assert!(first <= last);
            }
            prop_assert!(date.year().is_some());
            prop_assert_eq!(date.is_interval(), text.contains('/'));
            prop_assert_eq!(date.is_between(), text.starts_with('['));
        }
    }

    #[test]
    fn standings_are_the_bounds_that_are_days(text in dates(), calendar in calendars()) {
        if let Some(date) = read(&text, calendar) {
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
    fn a_page_of_a_month_or_year_holds_the_whole_date(text in dates(), calendar in calendars()) {
        let between = read(&text, calendar).filter(HistoricalDate::is_between);
        if let Some(date) = between {
            for (year, month) in date.dayless_places() {
                let year = year.astronomical();
                let first = DayNumber::from_date(calendar, year, month.unwrap_or(1), 1);
                prop_assert!(first <= date.first_day());
                // The winter of a year reaches into the next.
                let next = DayNumber::from_date(calendar, year + 1, 3, 1);
                prop_assert!(next > date.last_day());
                if let Some(month) = month {
                    let (_, last_month, _) = date.last_day().unwrap().to_date(calendar);
                    prop_assert_eq!(last_month, month);
                }
            }
        }
    }

    #[test]
    fn the_gregorian_text_of_days_and_months_means_the_same_days(
        year in -9_900..=9_900_i64,
        month in 1..=12_u8,
        day in proptest::option::of(1..=31_u8),
        years_on in proptest::option::of(0..90_i64),
    ) {
        let written = |year: i64| {
            let sign = if year < 0 { "-" } else { "" };
            let day = day.map_or_else(String::new, |day| format!("-{day:02}"));
            format!("{sign}{:04}-{month:02}{day}", year.abs())
        };
        let text = match years_on {
            Some(years) => format!("[{}..{}]", written(year), written(year + years)),
            None => written(year),
        };
        if let Some(date) = read(&text, Calendar::Julian) {
            let gregorian = HistoricalDate::parse(&date.gregorian_edtf(), Calendar::Gregorian);
            let gregorian = gregorian.unwrap();
            prop_assert_eq!(gregorian.first_day(), date.first_day());
            prop_assert_eq!(gregorian.last_day(), date.last_day());
            prop_assert_eq!(gregorian.gregorian_edtf(), gregorian.edtf());
            prop_assert_eq!(gregorian.is_between(), date.is_between());
        }
    }

    #[test]
    fn what_leaves_can_be_read_by_others(text in dates(), calendar in calendars()) {
        if let Some(date) = read(&text, calendar) {
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
        if let Some(date) = read(&text, calendar) {
            for style in [DateStyle::Mdy, DateStyle::Dmy] {
                let words = date.words_with_calendar(style);
                prop_assert!(words.starts_with(&date.words(style)));
                prop_assert!(!words.contains(['~', '?', '%', 'X', '/', '[']), "{}", words);
                prop_assert!(
                    words.split(' ').all(|word| word != "0" && !word.starts_with('-')),
                    "{}",
                    words
                );
                prop_assert_eq!(words.matches('(').count(), words.matches(')').count());
            }
        }
    }

    #[test]
    fn no_text_breaks_a_property(text in any::<String>()) {
        fuzzed::hold(&text);
    }

    #[test]
    fn no_text_that_looks_like_a_date_breaks_a_property(
        text in "[-0-9XYTES?~%/.,{}\\[\\] :Z–a-zÄ]{0,24}(\n[-0-9X?~%/.]{4,12})?",
    ) {
        fuzzed::hold(&text);
    }

    #[test]
    fn no_two_dates_break_a_property(one in dates(), other in dates()) {
        fuzzed::hold(&format!("{one}\n{other}"));
    }

    #[test]
    fn no_near_miss_breaks_a_property(
        text in dates(),
        at in any::<prop::sample::Index>(),
        other in any::<char>(),
    ) {
        let mut chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len());
        chars[at] = other;
        fuzzed::hold(&chars.into_iter().collect::<String>());
    }
}
