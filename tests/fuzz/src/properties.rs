//! What must hold for any text that somebody may write as a date. The fuzzer
//! looks for a text that breaks it; the tests of `src/dates/properties/` try it
//! on made-up texts and on the corpus.

// The module that names this file has the date engine beside it.
use super::dates::{
    AgeAt, Calendar, Century, DateStyle, Day, DayNumber, Decade, HistoricalDate, Year, age_at,
    anniversary_words, parse_month_loose, reading,
};
use std::ops::Range;

/// Panics if a property does not hold for this text, read in either calendar.
///
/// Dates are compared with each other, so the text may have two lines: one
/// date on each.
pub fn hold(text: &str) {
    loose_spellings(text);
    prose(text);
    for calendar in [Calendar::Gregorian, Calendar::Julian] {
        let dates: Vec<HistoricalDate> = text
            .lines()
            .take(2)
            .filter_map(|line| read(line, calendar))
            .collect();
        for date in &dates {
            one(date);
            for other in &dates {
                two(date, other);
            }
        }
    }
}

/// The date, or nothing after a look at the message of the error.
fn read(text: &str, calendar: Calendar) -> Option<HistoricalDate> {
    match HistoricalDate::parse(text, calendar) {
        Ok(date) => Some(date),
        Err(error) => {
            let message = error.to_string();
            assert!(
                message.ends_with('.') && !message.contains(char::is_control),
                "{message}"
            );
            assert!(message.chars().count() < 300, "{message}");
            None
        }
    }
}

/// Whatever is taken for a part of an address has a canonical one.
fn loose_spellings(text: &str) {
    if let Some(day) = Day::parse_loose(text) {
        assert_eq!(Day::parse_slug(&day.slug()), Some(day));
    }
    if let Some(year) = Year::parse_loose(text) {
        assert_eq!(Year::parse_slug(&year.slug()), Some(year));
        assert!(year.decade().first() <= year && year <= year.decade().last());
        assert!(year.century().first() <= year && year <= year.century().last());
    }
    if let Some(decade) = Decade::parse_loose(text) {
        assert_eq!(Decade::parse_slug(&decade.slug()), Some(decade));
        said_without_year_zero(&decade.words());
    }
    if let Some(century) = Century::parse_loose(text) {
        assert_eq!(Century::parse_slug(&century.slug()), Some(century));
        said_without_year_zero(&century.words());
    }
    let _ = parse_month_loose(text);
    let _ = text.parse::<Calendar>();
    let _ = text.parse::<DateStyle>();
}

/// What is found in a text is a part of it, and comes in order.
fn prose(text: &str) {
    let said = reading::read(text);
    let dates = said.mentions.into_iter();
    apart(text, dates.map(|mention| mention.range));
    let ages = said.ages.into_iter();
    apart(text, ages.map(|claim| claim.range));
    let years = said.intervals.into_iter();
    apart(text, years.map(|interval| interval.range));
    if let Ok(date) = HistoricalDate::from_words(text) {
        one(&date);
    }
}

fn apart(text: &str, ranges: impl Iterator<Item = Range<usize>>) {
    let mut end = 0;
    for range in ranges {
        assert!(end <= range.start, "{range:?} begins before {end}");
        assert!(text.get(range.clone()).is_some_and(|part| !part.is_empty()));
        end = range.end;
    }
}

fn one(date: &HistoricalDate) {
    let calendar = date.calendar();
    let again = HistoricalDate::parse(date.edtf(), calendar);
    assert_eq!(
        again.as_ref(),
        Ok(date),
        "what is printed is read as the same date"
    );

    if let (Some(first), Some(last)) = (date.first_day(), date.last_day()) {
        assert!(first <= last);
    }
    assert!(date.year().is_some());
    for standing in date.standings() {
        let (year, day) = (standing.year.astronomical(), standing.day);
        let number = DayNumber::from_date(calendar, year, day.month(), day.day());
        assert!(number.is_some() && [date.first_day(), date.last_day()].contains(&number));
    }
    let _ = (
        date.precision(),
        date.start(),
        date.end(),
        date.years(),
        date.dayless_places(),
    );
    let _ = (date.in_gap_of_1582(), date.is_before_gregorian_calendar());
    if date.weekday().is_some() {
        assert_eq!(date.standings().len(), 1);
    }

    for style in [DateStyle::Mdy, DateStyle::Dmy] {
        let words = date.words(style);
        said_without_year_zero(&words);
        let full = date.words_with_calendar(style);
        said_without_year_zero(&full);
        assert!(full.starts_with(&words));
        let again = HistoricalDate::from_words(&full).map(|date| date.words(style));
        assert_eq!(
            again.as_ref(),
            Ok(&words),
            "words are read as the same date"
        );
    }

    let gregorian = date.gregorian_edtf();
    let leaves = HistoricalDate::parse(&gregorian, Calendar::Gregorian);
    assert!(leaves.is_ok(), "{gregorian} is no Gregorian EDTF");
    if let Some(value) = date.datetime_attribute() {
        assert!(
            value.is_ascii() && (4..=10).contains(&value.len()),
            "{value}"
        );
    }

    for year in [-44, 0, 1, 2026] {
        if let Some(years) = date.anniversary(Year::from_astronomical(year)) {
            assert!(years > 0);
            said_without_year_zero(&anniversary_words(years));
        }
    }
}

fn two(date: &HistoricalDate, other: &HistoricalDate) {
    let (before, after) = (date.is_before(other), other.is_before(date));
    assert!(
        !before.is_yes() || after.is_no(),
        "each is before the other"
    );
    assert_eq!(date.overlaps(other), other.overlaps(date));
    assert_eq!(
        date.overlaps(other).is_no(),
        before.is_yes() || after.is_yes()
    );
    if let (Some(last), Some(first)) = (date.last_day(), other.first_day()) {
        assert!(!before.is_yes() || last < first, "the days say otherwise");
    }
    if date.contains(other).is_yes() {
        assert!(!before.is_yes() && !after.is_yes());
    }
    match age_at(date, other) {
        AgeAt::Aged(age) => {
            assert!(age.least <= age.most);
            assert!(age.words().starts_with("aged "));
        }
        AgeAt::BeforeBirth => assert!(after.is_yes()),
        AgeAt::Unknown => {}
    }
}

fn said_without_year_zero(words: &str) {
    assert!(!words.is_empty());
    assert!(!words.contains(['~', '?', '%', 'X', '/', '[']), "{words}");
    for word in words.split(' ') {
        let bare = word.trim_matches([',', '(', ')', ';']);
        assert!(bare != "0" && !bare.starts_with('-'), "{words}");
    }
}
