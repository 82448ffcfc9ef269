//! What is reckoned with dates: their order, ages, anniversaries, decades and
//! centuries.

use super::super::{
    Age, Answer, Calendar, Century, DayNumber, Decade, HistoricalDate, Year, age,
    is_round_anniversary,
};
use super::{calendars, config, dates, day_numbers, read};
use proptest::prelude::*;

/// A number of days so small that the two dates are close, or not.
fn distances() -> impl Strategy<Value = i64> {
    prop_oneof![-3..=3_i64, -800..=800_i64, -40_000..=40_000_i64]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn single_days_are_in_the_order_of_their_numbers(
        day in day_numbers(),
        distance in distances(),
        one in calendars(),
        other in calendars(),
    ) {
        let later = DayNumber(day.0 + distance);
        let (Some(first), Some(second)) = (on(day, one), on(later, other)) else {
            return Ok(());
        };
        let answer = if day < later { Answer::Yes } else { Answer::No };
        prop_assert_eq!(first.is_before(&second), answer);
        let same = if day == later { Answer::Yes } else { Answer::No };
        prop_assert_eq!(first.overlaps(&second), same);
        prop_assert_eq!(first.contains(&second), same);
    }

    #[test]
    fn before_is_never_true_both_ways_and_agrees_with_the_bounds(
        one in dates(),
        other in dates(),
        ours in calendars(),
        theirs in calendars(),
    ) {
        let (Some(one), Some(other)) = (read(&one, ours), read(&other, theirs)) else {
            return Ok(());
        };
        let (before, after) = (one.is_before(&other), other.is_before(&one));
        if before == Answer::Yes {
            prop_assert_eq!(after, Answer::No);
            prop_assert!(one.last_day().unwrap() < other.first_day().unwrap());
        }
        let doubtful = |date: &HistoricalDate| date.is_uncertain() || date.is_approximate();
        if !doubtful(&one)
            && !doubtful(&other)
            && let (Some(last), Some(first)) = (one.last_day(), other.first_day())
        {
            prop_assert_eq!(before == Answer::Yes, last < first);
        }
    }

    #[test]
    fn before_is_transitive(one in dates(), two in dates(), three in dates()) {
        let read = |text: &str| read(text, Calendar::Gregorian);
        let (Some(one), Some(two), Some(three)) = (read(&one), read(&two), read(&three)) else {
            return Ok(());
        };
        if one.is_before(&two).is_yes() && two.is_before(&three).is_yes() {
            prop_assert_eq!(one.is_before(&three), Answer::Yes);
        }
    }

    // Whatever a vague date turns out to be, a sure answer stays right.
    #[test]
    fn an_answer_holds_for_every_day_that_a_date_may_mean(
        text in dates(),
        at in 0.0..=1.0_f64,
        distance in distances(),
    ) {
        let vague = read(&text, Calendar::Gregorian).filter(|date| !date.is_interval());
        let Some(vague) = vague else {
            return Ok(());
        };
        let (first, last) = (vague.first_day().unwrap().0, vague.last_day().unwrap().0);
        let day = DayNumber(first + ((last - first) as f64 * at) as i64);
        let (Some(exact), Some(other)) = (
            on(day, Calendar::Gregorian),
            on(DayNumber(day.0 + distance), Calendar::Julian),
        ) else {
            return Ok(());
        };
        for (guess, truth) in [
            (vague.is_before(&other), exact.is_before(&other)),
            (other.is_before(&vague), other.is_before(&exact)),
            (vague.overlaps(&other), exact.overlaps(&other)),
        ] {
            prop_assert!(guess == truth || guess == Answer::Maybe);
        }
        prop_assert!(!vague.contains(&exact).is_no());
    }

    #[test]
    fn doubt_only_takes_certainty_away(text in dates(), other in dates(), doubt in "[?~%]") {
        let doubted = format!("{text}{doubt}");
        let read = |text: &str| read(text, Calendar::Gregorian);
        let (Some(sure), Some(doubted), Some(other)) =
            (read(&text), read(&doubted), read(&other))
        else {
            return Ok(());
        };
        for (guess, truth) in [
            (doubted.is_before(&other), sure.is_before(&other)),
            (other.is_before(&doubted), other.is_before(&sure)),
            (doubted.overlaps(&other), sure.overlaps(&other)),
            (other.contains(&doubted), other.contains(&sure)),
            (doubted.contains(&other), sure.contains(&other)),
        ] {
            prop_assert!(guess == truth || guess == Answer::Maybe);
        }
    }

    #[test]
    fn sure_dates_with_two_ends_contain_themselves(text in dates(), calendar in calendars()) {
        let date = read(&text, calendar).filter(|date| {
            let ends = date.first_day().is_some() && date.last_day().is_some();
            ends && !date.is_uncertain() && !date.is_approximate()
        });
        if let Some(date) = date {
            prop_assert_eq!(date.contains(&date), Answer::Yes);
        }
    }

    #[test]
    fn an_age_holds_for_every_day_that_the_dates_may_mean(
        born in day_numbers(),
        days in 0..40_000_i64,
        calendar in calendars(),
        other in calendars(),
    ) {
        let at = DayNumber(born.0 + days);
        let (Some(birth), Some(moment)) = (on(born, calendar), on(at, other)) else {
            return Ok(());
        };
        let Age { least, most } = age(&birth, &moment).unwrap();
        prop_assert_eq!(least, most);
        // Years are 365 or 366 days long, so this is never far off.
        prop_assert!((least * 365..=(least + 1) * 366).contains(&u64::try_from(days).unwrap()));
        for (birth, moment) in [
            (coarser(born, calendar), moment.clone()),
            (birth, coarser(at, other)),
        ] {
            let age = age(&birth, &moment).unwrap();
            prop_assert!(age.least <= least && most <= age.most);
            prop_assert!(age.most - age.least <= 1);
        }
    }

    #[test]
    fn anniversaries_count_the_years_that_have_passed(
        year in -9999..=9999_i64,
        years in 1..=20_000_i64,
    ) {
        let sign = if year < 0 { "-" } else { "" };
        let text = format!("{sign}{:04}", year.abs());
        let date = read(&text, Calendar::Gregorian).unwrap();
        let on = |year| date.anniversary(Year::from_astronomical(year));
        prop_assert_eq!(on(year + years), u64::try_from(years).ok());
        prop_assert_eq!(on(year), None);
        prop_assert_eq!(on(year - years), None);
        // One by one, without the number of the year.
        let (from, to) = (Year::from_astronomical(year), Year::from_astronomical(year + years));
        let counted = match (from.is_bce(), to.is_bce()) {
            (true, false) => from.of_era() + to.of_era() - 1,
            _ => from.of_era().abs_diff(to.of_era()),
        };
        prop_assert_eq!(on(year + years), Some(counted));
    }

    #[test]
    fn after_a_hundred_years_all_round_numbers_are_quarters(years in 1..=1_000_000_u64) {
        let round = is_round_anniversary(years);
        prop_assert_eq!(round && years > 100, years > 100 && years % 25 == 0);
        prop_assert!(!round || years % 5 == 0);
    }

    #[test]
    fn every_year_lies_in_one_decade_and_one_century(
        year in prop_oneof![-Year::LIMIT..=Year::LIMIT, -300..=300_i64],
    ) {
        let year = Year::from_astronomical(year);

        let decade = year.decade();
        prop_assert!(decade.first() <= year && year <= decade.last());
        prop_assert_eq!(Decade::parse_slug(&decade.slug()), Some(decade));
        prop_assert_eq!(decade.is_bce(), year.is_bce());
        prop_assert_eq!(year.of_era() / 10, decade.first().of_era() / 10);
        prop_assert_eq!(year.of_era() / 10, decade.last().of_era() / 10);
        if let Some(next) = decade.next() {
            prop_assert!(decade < next);
            prop_assert_eq!(next.previous(), Some(decade));
            prop_assert_eq!(next.first().astronomical(), decade.last().astronomical() + 1);
        }

        let century = year.century();
        prop_assert!(century.first() <= year && year <= century.last());
        prop_assert_eq!(Century::parse_slug(&century.slug()), Some(century));
        prop_assert_eq!(century.is_bce(), year.is_bce());
        prop_assert_eq!(century.ordinal(), year.of_era().div_ceil(100));
        if let Some(next) = century.next() {
            prop_assert!(century < next);
            prop_assert_eq!(next.previous(), Some(century));
            prop_assert_eq!(next.first().astronomical(), century.last().astronomical() + 1);
        }
    }
}

/// The day as a date; `None` if its year has more than four digits.
fn on(day: DayNumber, calendar: Calendar) -> Option<HistoricalDate> {
    let (year, month, of_month) = day.to_date(calendar);
    let sign = if year < 0 { "-" } else { "" };
    let text = format!("{sign}{:04}-{month:02}-{of_month:02}", year.abs());
    read(&text, calendar)
}

/// The year in which the day lies.
fn coarser(day: DayNumber, calendar: Calendar) -> HistoricalDate {
    let (year, ..) = day.to_date(calendar);
    let sign = if year < 0 { "-" } else { "" };
    let written = if year.abs() > 9999 {
        format!("Y{year}")
    } else {
        format!("{sign}{:04}", year.abs())
    };
    HistoricalDate::parse(&written, calendar).unwrap()
}
