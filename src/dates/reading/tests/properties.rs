//! What must hold for every date that this site can print, and for every text
//! whatsoever.

use super::{ages, intervals_of_years, mentions};
use crate::dates::reading::{Stated, read};
use crate::dates::{Calendar, DateStyle, HistoricalDate, Year};
use proptest::prelude::*;

fn calendars() -> impl Strategy<Value = Calendar> {
    prop_oneof![Just(Calendar::Gregorian), Just(Calendar::Julian)]
}

fn years() -> impl Strategy<Value = String> {
    let year = prop_oneof![
        -9999..=9999_i64,
        -120..=120_i64,
        990..=1010_i64,
        1500..=1700_i64
    ];
    year.prop_map(|year| {
        let sign = if year < 0 { "-" } else { "" };
        format!("{sign}{:04}", year.abs())
    })
}

/// One date of level 0 or 1, some of which do not exist.
fn singles() -> impl Strategy<Value = String> {
    let qualifier = prop_oneof![4 => Just(""), 1 => Just("?"), 1 => Just("~"), 1 => Just("%")];
    let body = prop_oneof![
        6 => (years(), 1..=12, 1..=31).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")),
        1 => (0..25_i64).prop_map(|century| format!("{:04}-02-29", century * 100)),
        2 => (years(), 1..=12).prop_map(|(y, m)| format!("{y}-{m:02}")),
        1 => (years(), 1..=12).prop_map(|(y, m)| format!("{y}-{m:02}-XX")),
        1 => (years(), 21..=24).prop_map(|(y, season)| format!("{y}-{season}")),
        2 => years(),
        1 => years().prop_map(|y| format!("{y}-XX-XX")),
        1 => (0..1000).prop_map(|decade| format!("{decade:03}X")),
        1 => (0..100).prop_map(|century| format!("{century:02}XX")),
        1 => (10_000..=Year::LIMIT).prop_map(|y| format!("Y{y}")),
        1 => (10_000..=Year::LIMIT).prop_map(|y| format!("Y-{y}")),
    ];
    (body, qualifier).prop_map(|(body, qualifier)| format!("{body}{qualifier}"))
}

/// Two dates of which much is the same, so that words share it.
fn neighbours() -> impl Strategy<Value = (String, String)> {
    let days = (1..=12, 1..=12, 1..=31, 1..=31);
    (-1100..=2100_i64, 0..=1_i64, days, 0..5).prop_map(|(y, more, (m, n, d, e), shape)| {
        let year = |year: i64| {
            let sign = if year < 0 { "-" } else { "" };
            format!("{sign}{:04}", year.abs())
        };
        let (y, z) = (year(y), year(y + more));
        match shape {
            0 => (format!("{y}-{m:02}-{d:02}"), format!("{y}-{m:02}-{e:02}")),
            1 | 2 => (format!("{y}-{m:02}-{d:02}"), format!("{z}-{n:02}-{e:02}")),
            3 => (format!("{y}-{m:02}"), format!("{z}-{n:02}")),
            _ => (format!("{y}-{m:02}"), format!("{z}-{n:02}-{e:02}")),
        }
    })
}

fn dates() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => singles(),
        2 => (singles(), singles()).prop_map(|(start, end)| format!("{start}/{end}")),
        2 => neighbours().prop_map(|(start, end)| format!("{start}/{end}")),
        1 => neighbours().prop_map(|(start, end)| format!("[{start}..{end}]")),
        1 => (years(), years()).prop_map(|(start, end)| format!("[{start}..{end}]")),
        1 => singles().prop_map(|start| format!("{start}/..")),
        1 => singles().prop_map(|start| format!("{start}/")),
        1 => singles().prop_map(|end| format!("../{end}")),
        1 => singles().prop_map(|end| format!("/{end}")),
    ]
}

/// A text of the words that dates are made of, in any order.
fn jumbles() -> impl Strategy<Value = String> {
    const SIGNS: &str = ", . ( ) – - / [[a| ]] [^x ]( é ’s";
    const WORDS: &str = "January May Sept. 4 31 4th the of in on 1951 79 1,500 BCE A.D. to and or \
        between from Julian Old Style Thursday a was about c. 1340s 20th century twenty first \
        year years later ago aged old autumn early anniversary at his 1951-01-04 AD79 no. page";
    let words: Vec<&str> = WORDS.split(' ').chain(SIGNS.split(' ')).collect();
    let spaces = vec![" ", " ", " ", " ", "", "\n", "\u{a0}", "\n\n"];
    let piece = (prop::sample::select(words), prop::sample::select(spaces));
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| {
        pieces
            .into_iter()
            .flat_map(|(word, space)| [word, space])
            .collect()
    })
}

/// Everything that reads texts is called, and what it finds lies in the text,
/// in order.
fn check(text: &str) {
    let mut end = 0;
    let found = mentions(text);
    for (place, mention) in found.iter().enumerate() {
        assert!(text.get(mention.range.clone()).is_some(), "{text:?}");
        assert!(
            mention.range.start >= end && !mention.range.is_empty(),
            "{text:?}"
        );
        end = mention.range.end;
        if let Some(span) = mention.span {
            let members = found
                .iter()
                .filter(|other| other.span.is_some_and(|other| other.id == span.id));
            assert_eq!(members.count(), 2, "{text:?}");
            assert!(span.id == place || span.id + 1 == place, "{text:?}");
        }
        if let Some((first, last)) = mention.kind.years() {
            assert!(first <= last, "{text:?}");
        }
    }
    let mut end = 0;
    for age in ages(text) {
        assert!(text.get(age.range.clone()).is_some(), "{text:?}");
        assert!(text.get(age.before.clone()).is_some(), "{text:?}");
        assert!(
            age.before.end <= age.range.start && age.range.start >= end,
            "{text:?}"
        );
        end = age.range.end;
    }
    let mut end = 0;
    for interval in intervals_of_years(text) {
        assert!(text.get(interval.range.clone()).is_some(), "{text:?}");
        assert!(interval.range.start >= end, "{text:?}");
        end = interval.range.end;
    }
    let _ = HistoricalDate::from_words(text);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn words_that_are_printed_are_read_again(text in dates(), calendar in calendars()) {
        let Ok(date) = HistoricalDate::parse(&text, calendar) else {
            return Ok(());
        };
        for style in [DateStyle::Mdy, DateStyle::Dmy] {
            let words = date.words_with_calendar(style);
            let again = HistoricalDate::from_words(&words);
            prop_assert!(again.is_ok(), "{words} ({text}): {again:?}");
            let again = again.unwrap();
            // A Julian year prints no note, and is read as a Gregorian one.
            let noted = words.ends_with(')');
            let expected = if noted || calendar == Calendar::Gregorian {
                date.clone()
            } else {
                HistoricalDate::parse(&text, Calendar::Gregorian).unwrap()
            };
            prop_assert_eq!(again.calendar(), expected.calendar(), "{} ({})", words, text);
            prop_assert_eq!(&again.words_with_calendar(style), &words, "{}", text);
            prop_assert_eq!(again.first_day(), expected.first_day(), "{} ({})", words, text);
            prop_assert_eq!(again.last_day(), expected.last_day(), "{} ({})", words, text);
            prop_assert_eq!(again.is_uncertain(), date.is_uncertain());
            prop_assert_eq!(again.is_approximate(), date.is_approximate());
        }
    }

    #[test]
    fn a_day_in_a_sentence_is_found_as_that_day(
        year in years(),
        month in 1..=12,
        day in 1..=31,
        calendar in calendars(),
        frame in prop_oneof![
            Just(("It fell on ", ", and nobody knew.")),
            Just(("", " was the day.")),
            Just(("He left (", ").")),
            Just(("On the evening of ", "\nthe city fell.")),
            Just(("In 1951 there were 1,500 men. On ", " 300 came back.")),
        ],
    ) {
        let Ok(date) = HistoricalDate::parse(&format!("{year}-{month:02}-{day:02}"), calendar) else {
            return Ok(());
        };
        for style in [DateStyle::Mdy, DateStyle::Dmy] {
            let words = date.words(style);
            let text = format!("{}{words}{}", frame.0, frame.1);
            let found = mentions(&text);
            let mention = found.iter().find(|mention| mention.range.start == frame.0.len());
            prop_assert!(mention.is_some(), "{}", text);
            let mention = mention.unwrap();
            let standing = date.standings()[0];
            let expected = Stated::Day { year: standing.year, day: standing.day };
            prop_assert_eq!(mention.kind, expected, "{}", text);
            prop_assert_eq!(&text[mention.range.clone()], words);
        }
    }

    #[test]
    fn an_interval_in_a_sentence_is_found_with_both_its_days(
        (start, end) in neighbours(),
        calendar in calendars(),
    ) {
        let Ok(date) = HistoricalDate::parse(&format!("{start}/{end}"), calendar) else {
            return Ok(());
        };
        let days = date.standings();
        let [first, last] = days.as_slice() else {
            return Ok(());
        };
        for style in [DateStyle::Mdy, DateStyle::Dmy] {
            let text = format!("The battle ({}) was long.", date.words(style));
            let found = mentions(&text);
            let kinds: Vec<Stated> = found.iter().map(|mention| mention.kind).collect();
            let expected = [first, last].map(|day| Stated::Day { year: day.year, day: day.day });
            prop_assert_eq!(kinds, expected.to_vec(), "{}", text);
            prop_assert!(found.iter().all(|mention| mention.span.is_some()), "{}", text);
        }
    }

    #[test]
    fn no_text_makes_anything_panic(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn no_jumble_of_date_words_makes_anything_panic(text in jumbles()) {
        check(&text);
    }

    #[test]
    fn no_near_miss_makes_anything_panic(
        text in dates(),
        at in any::<prop::sample::Index>(),
        other in any::<char>(),
    ) {
        if let Ok(date) = HistoricalDate::parse(&text, Calendar::Julian) {
            let mut chars: Vec<char> = date.words_with_calendar(DateStyle::Mdy).chars().collect();
            let at = at.index(chars.len());
            chars[at] = other;
            check(&chars.into_iter().collect::<String>());
        }
    }
}

/// Texts that send a reader without bounds to and fro. A quadratic one needs
/// minutes for them, not milliseconds.
#[test]
fn hostile_texts_take_linear_time() {
    for piece in [
        "[^",
        "[[",
        "](",
        "<a",
        "1,",
        "1-",
        "1 and ",
        "January ",
        "January and ",
        "4 to ",
        "4th, ",
        "Thursday ",
        "the 4th, ",
        "twenty ",
        "1951-",
        "1951–",
        "a.",
        "1.",
        "(",
        "about ",
        "about the ",
        "between 4 and ",
        "490, ",
        "aged ",
        "years ",
        "ninety-",
        "http://",
        "B.C.",
        "first, ",
        "January 4, ",
        "1951, ",
        "&",
        "in 1950, 1951, ",
        "4–",
        "\n",
        "- ",
        "é",
    ] {
        let text = piece.repeat(60_000 / piece.len());
        let start = std::time::Instant::now();
        check_only_time(&text);
        let seconds = start.elapsed().as_secs_f64();
        // Not how fast, but that it comes to an end on any machine: a square of
        // these lengths takes minutes.
        assert!(seconds < 15.0, "{piece:?} took {seconds} s");
    }
}

fn check_only_time(text: &str) {
    let _ = read(text);
    let _ = HistoricalDate::from_words(text);
}
