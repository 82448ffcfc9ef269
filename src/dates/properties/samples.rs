//! Dates that the npm package `edtf` has made up and accepted, kept in
//! `tests/fixtures/edtf/samples.tsv` by `scripts/edtf-samples`: we accept what
//! it accepts, and mean the same days, but for the exceptions below.

use super::super::{Calendar, DateError, DayNumber, HistoricalDate};

const SAMPLES: &str = include_str!("../../../tests/fixtures/edtf/samples.tsv");

/// Whether a sample is one of a sort of exception.
type Sort = fn(&Sample) -> bool;

/// What npm accepts and we refuse, and why.
const REFUSED: [(&str, Sort); 6] = [
    (
        "times of day: no source of history needs them, and they would have a time zone",
        |sample| sample.text.contains('T'),
    ),
    ("a year of which nothing is known says nothing", |sample| {
        sample.text.starts_with("XXXX")
    }),
    (
        "the digits of a year before 0000 are not those of the years BCE, so -004X would be \
         50 to 41 BCE, which nobody means who writes it",
        |sample| is_negative(sample.text) && year_of(sample.text).contains('X'),
    ),
    (
        "npm 4.11.1 accepts February 29 of common years, and makes March 1 of it",
        |sample| {
            let leap_days = sample.text.match_indices("-02-29");
            let mut years = leap_days.map(|(at, _)| year_before(sample.text, at));
            years.any(|year| jiff::civil::Date::new(year, 2, 29).is_err())
        },
    ),
    ("an interval without a date on either side", |sample| {
        sample
            .text
            .split('/')
            .all(|end| end.is_empty() || end == "..")
    }),
    ("years beyond a billion", |sample| {
        let digits = sample.text.trim_start_matches(['Y', '-']);
        sample.text.starts_with('Y') && digits.parse::<i64>().is_ok_and(|year| year > 1_000_000_000)
    }),
];

/// Where both accept a date and name other days, and why.
const OTHER_DAYS: [(&str, Sort); 4] = [
    (
        "EDTF leaves the months of a season open: npm's spring begins in January, ours in March",
        |sample| sample.kind == "Season",
    ),
    (
        "npm 4.11.1 swaps the first and the last month of a year before 0000 whose months are XX",
        |sample| is_negative(sample.text) && sample.text.contains("-XX"),
    ),
    (
        "npm 4.11.1 reckons with the February of 1900 for that of the year 0000",
        |sample| sample.text.contains("0000-02-28") || sample.text.contains("0000-02-29"),
    ),
    (
        "the dates of JavaScript end with the year 275760",
        |sample| sample.first == "NaN" || sample.last == "NaN",
    ),
];

struct Sample {
    kind: &'static str,
    text: &'static str,
    /// `YYYY-MM-DD`; `..` if it is open, empty if it is unknown.
    first: &'static str,
    last: &'static str,
}

fn samples() -> Vec<Sample> {
    let lines = SAMPLES.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let [_level, kind, text, first, last] = cells[..] else {
                panic!("five cells: {line}");
            };
            Sample {
                kind,
                text,
                first,
                last,
            }
        })
        .collect()
}

#[test]
fn what_npm_accepts_is_accepted_here() {
    let samples = samples();
    assert!(samples.len() >= 2_000);
    let mut met = [0; REFUSED.len()];
    for sample in samples {
        let exception = REFUSED.iter().position(|(_, sort)| sort(&sample));
        let date = HistoricalDate::parse(sample.text, Calendar::Gregorian);
        match exception {
            Some(which) => {
                met[which] += 1;
                let error = date.expect_err(sample.text);
                assert!(!matches!(error, DateError::NotEdtf { .. }), "{error}");
            }
            None => assert_eq!(date.unwrap().edtf(), sample.text),
        }
    }
    assert!(
        !met.contains(&0),
        "an exception that nothing needs: {met:?}"
    );
}

#[test]
fn the_first_and_the_last_day_are_those_of_npm() {
    let mut met = [0; OTHER_DAYS.len()];
    let mut agreed = 0;
    for sample in samples() {
        let Ok(date) = HistoricalDate::parse(sample.text, Calendar::Gregorian) else {
            continue;
        };
        if let Some(which) = OTHER_DAYS.iter().position(|(_, sort)| sort(&sample)) {
            met[which] += 1;
            continue;
        }
        assert_eq!(date.first_day(), day(sample.first), "{}", sample.text);
        assert_eq!(date.last_day(), day(sample.last), "{}", sample.text);
        agreed += 1;
    }
    assert!(agreed >= 2_000, "{agreed}");
    assert!(
        !met.contains(&0),
        "an exception that nothing needs: {met:?}"
    );
}

/// npm's seasons are the quarters of the year; at least the year is the same.
#[test]
fn seasons_begin_in_the_year_that_npm_says() {
    for sample in samples().iter().filter(|sample| sample.kind == "Season") {
        let date = HistoricalDate::parse(sample.text, Calendar::Gregorian).unwrap();
        let (year, ..) = date.first_day().unwrap().to_gregorian();
        let (theirs, ..) = day(sample.first).unwrap().to_gregorian();
        assert_eq!(year, theirs, "{}", sample.text);
    }
}

fn is_negative(text: &str) -> bool {
    text.starts_with('-')
}

/// The number of the year that ends at a place in a text.
fn year_before(text: &str, end: usize) -> i16 {
    let year: i16 = text[end - 4..end].parse().unwrap();
    if text[..end - 4].ends_with('-') {
        -year
    } else {
        year
    }
}

/// The text up to the month.
fn year_of(text: &str) -> &str {
    let digits = text.trim_start_matches('-');
    digits.split('-').next().unwrap_or(digits)
}

fn day(cell: &str) -> Option<DayNumber> {
    if cell.is_empty() || cell == ".." {
        return None;
    }
    let (sign, date) = match cell.strip_prefix('-') {
        Some(date) => (-1, date),
        None => (1, cell),
    };
    let numbers: Vec<i64> = date.split('-').map(|part| part.parse().unwrap()).collect();
    let [year, month, day] = numbers[..] else {
        panic!("a date: {cell}");
    };
    let (month, day) = (u8::try_from(month).unwrap(), u8::try_from(day).unwrap());
    DayNumber::from_gregorian(sign * year, month, day)
}
