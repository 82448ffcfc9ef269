//! Single dates in words, with and without a note on the calendar.

use crate::dates::{Calendar, DateStyle, HistoricalDate};

#[test]
fn single_dates_in_words_become_dates() {
    for (words, edtf) in [
        ("January 4, 1951", "1951-01-04"),
        ("the 4th of January, 1951", "1951-01-04"),
        ("Thursday, 4 January 1951", "1951-01-04"),
        ("Jan. 4th, 1951", "1951-01-04"),
        ("1951-01-04", "1951-01-04"),
        ("2001-21", "2001-21"),
        ("in the autumn of 1951", "1951-23"),
        ("AD 79", "0079"),
        ("15 March 44 B.C.", "-0043-03-15"),
        ("c. 1324", "1324~"),
        ("possibly about 1324", "1324%"),
        ("1950–53", "1950/1953"),
        ("1950 to 1953", "1950/1953"),
        ("from 1950 to 1953", "1950/1953"),
        ("490 – 479 BCE", "-0489/-0478"),
        ("December 31 – January 7, 1951", "1950-12-31/1951-01-07"),
        ("from January 4, 1951 onwards", "1951-01-04/.."),
        ("until 1951", "../1951"),
        ("unknown – 1951", "/1951"),
        ("1951 – unknown", "1951/"),
        ("1340s", "134X"),
        ("the 1340s", "134X"),
        ("between 1900 and 1999", "19XX"),
        ("about between 1900 and 1999", "19XX~"),
        ("between 1 BCE and 9 CE", "000X"),
        ("10,000 BCE", "Y-9999"),
        ("170,000,003 BCE", "Y-170000002"),
        ("105", "0105"),
    ] {
        // A year of four digits is not written with Y.
        let edtf = if edtf == "Y-9999" { "-9999" } else { edtf };
        let date = HistoricalDate::from_words(words);
        assert_eq!(
            date.unwrap_or_else(|error| panic!("{error}")).edtf(),
            edtf,
            "{words}"
        );
    }
}

#[test]
fn notes_name_the_calendar_and_must_be_right() {
    for (words, edtf) in [
        (
            "October 14, 1066 (Julian; October 20 Gregorian)",
            "1066-10-14",
        ),
        (
            "14 October 1066 (Julian; 20 October 1066 Gregorian)",
            "1066-10-14",
        ),
        ("14 October 1066 (Julian)", "1066-10-14"),
        ("25 December 1642 (Old Style)", "1642-12-25"),
        ("25 December 1642 O.S.", "1642-12-25"),
        ("25 December 1642, Old Style", "1642-12-25"),
        (
            "29 February 1500 (Julian; 10 March Gregorian)",
            "1500-02-29",
        ),
        ("July 11, 212 (Julian and Gregorian)", "0212-07-11"),
    ] {
        let date = HistoricalDate::from_words(words).unwrap();
        assert_eq!(
            (date.edtf(), date.calendar()),
            (edtf, Calendar::Julian),
            "{words}"
        );
    }
    let new = HistoricalDate::from_words("4 January 1643 (New Style)").unwrap();
    assert_eq!(new.calendar(), Calendar::Gregorian);
    let error = HistoricalDate::from_words("14 October 1066 (Julian; 21 October Gregorian)");
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("write October 14, 1066 (Julian")
    );
}

#[test]
fn what_is_no_single_date_is_refused_in_a_sentence() {
    for text in [
        "",
        "hello",
        "January 4",
        "79",
        "the 4th",
        "January 1951 or so",
        "4 January 1951 and more",
        "from 1951",
        "1953 to 1950",
        "30 February 1951",
        "January 4, 1951 (Mayan)",
        "between 1950",
        "4 –",
        "about",
        "January 4, 1951 (Julian",
        "12/1951",
        "1,951",
        "until",
        "–",
    ] {
        let error = HistoricalDate::from_words(text).unwrap_err().to_string();
        assert!(
            error.ends_with('.') && error.chars().count() < 300,
            "{error}"
        );
    }
    assert_eq!(
        HistoricalDate::from_words("hello").unwrap_err().to_string(),
        "“hello” is not EDTF: write it like 1951-01-04, January 4, 1951 or 4 January 1951."
    );
    assert_eq!(
        HistoricalDate::from_words("February 30, 1951")
            .unwrap_err()
            .to_string(),
        "“1951-02-30” is no date: February 1951 has 28 days."
    );
}

#[test]
fn some_time_between_is_a_date() {
    for (edtf, calendar) in [
        ("[1340..1345]", Calendar::Gregorian),
        ("[1951-01-04..1951-01-07]", Calendar::Gregorian),
        ("[1950-12-31..1951-01-07]", Calendar::Julian),
        ("[-0489..-0478]", Calendar::Gregorian),
    ] {
        let date = HistoricalDate::parse(edtf, calendar).unwrap();
        for style in [DateStyle::Mdy, DateStyle::Dmy] {
            let words = date.words_with_calendar(style);
            assert_eq!(
                HistoricalDate::from_words(&words),
                Ok(date.clone()),
                "{words}"
            );
        }
    }
}
