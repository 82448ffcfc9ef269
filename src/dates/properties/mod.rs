//! What must hold for every date, tried on thousands of them, and the calendar
//! arithmetic against libraries that were written by others.
//!
//! What holds for any text, whatever it is, stands in
//! `tests/fuzz/src/properties.rs`, so that the fuzzer finds what breaks it; it
//! is tried here too, on texts made up at random and on the fuzzer's corpus.

mod corpus;
mod laws;
mod oracles;
mod reckoning;
mod samples;

use super::{Calendar, DayNumber, HistoricalDate, Year};
use proptest::prelude::*;

#[path = "../../../tests/fuzz/src/properties.rs"]
#[expect(unreachable_pub, reason = "it is public for the fuzz target")]
mod fuzzed;

// The file above looks for the engine beside itself.
use crate::dates;

/// Enough for rare branches, and few enough to run with every test.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Days of the years -9999 to 9999.
fn day_numbers() -> impl Strategy<Value = DayNumber> {
    let first = DayNumber::from_gregorian(-9999, 1, 1).unwrap().0;
    let last = DayNumber::from_gregorian(9999, 12, 31).unwrap().0;
    (first..=last).prop_map(DayNumber)
}

pub(super) fn calendars() -> impl Strategy<Value = Calendar> {
    prop_oneof![Just(Calendar::Gregorian), Just(Calendar::Julian)]
}

/// One date of level 0 or 1. Days run to 31 in every month, so some do not
/// exist.
fn singles() -> BoxedStrategy<String> {
    let qualifier = prop_oneof![4 => Just(""), 1 => Just("?"), 1 => Just("~"), 1 => Just("%")];
    let body = prop_oneof![
        12 => plain(),
        1 => plain_years().prop_map(|y| format!("{y}-XX")),
        1 => plain_years().prop_map(|y| format!("{y}-XX-XX")),
        1 => (plain_years(), 1..=12).prop_map(|(y, m)| format!("{y}-{m:02}-XX")),
        1 => (0..1000).prop_map(|decade| format!("{decade:03}X")),
        1 => (0..100).prop_map(|century| format!("{century:02}XX")),
    ];
    let single = (body, qualifier).prop_map(|(body, qualifier)| format!("{body}{qualifier}"));
    single.boxed()
}

/// One date without `X`, `?`, `~` and `%`.
fn plain() -> BoxedStrategy<String> {
    // Boxed, because a strategy of strategies of strategies fills the stack.
    prop_oneof![
        5 => (plain_years(), 1..=12, 1..=31).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")),
        1 => (0..25_i64).prop_map(|century| format!("{:04}-02-29", century * 100)),
        2 => (plain_years(), 1..=12).prop_map(|(y, m)| format!("{y}-{m:02}")),
        1 => (plain_years(), 21..=24).prop_map(|(y, season)| format!("{y}-{season}")),
        2 => plain_years(),
        1 => (10_000..=Year::LIMIT).prop_map(|y| format!("Y{y}")),
        1 => (10_000..=Year::LIMIT).prop_map(|y| format!("Y-{y}")),
    ]
    .boxed()
}

/// Years of four digits, half of them from a time of which dates are told:
/// two of those are near enough to each other to be compared.
fn plain_years() -> impl Strategy<Value = String> {
    prop_oneof![-9999..=9999_i64, 1560..=2030_i64].prop_map(|year| {
        let sign = if year < 0 { "-" } else { "" };
        format!("{sign}{:04}", year.abs())
    })
}

/// Dates of every form that is read, and a few that are none.
pub(super) fn dates() -> BoxedStrategy<String> {
    prop_oneof![
        4 => singles(),
        3 => (singles(), singles()).prop_map(|(start, end)| format!("{start}/{end}")),
        2 => (plain(), plain()).prop_map(|(first, last)| format!("[{first}..{last}]")),
        1 => singles().prop_map(|start| format!("{start}/..")),
        1 => singles().prop_map(|start| format!("{start}/")),
        1 => singles().prop_map(|end| format!("../{end}")),
        1 => singles().prop_map(|end| format!("/{end}")),
    ]
    .boxed()
}

/// The date in either calendar, where it is one.
fn read(text: &str, calendar: Calendar) -> Option<HistoricalDate> {
    HistoricalDate::parse(text, calendar).ok()
}
