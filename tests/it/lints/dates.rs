//! Dates in words against the dates that the front matter declares.

use super::found_in;

const PATH: &str = "articles/01/04/fall.md";

/// An article with these lines of front matter and this text, cited so that
/// only dates can be wrong.
fn article(front: &str, summary: &str, body: &str) -> String {
    format!(
        "---\ntitle: The city falls\nsummary: {summary}\n{front}sources:\n  - {{id: book, kind: book, title: Annals}}\nallow: [{{code: C005, reason: a test}}, {{code: N003, reason: a test}}]\n---\n{body}\n"
    )
}

/// The findings on dates in such an article.
fn dates(front: &str, summary: &str, body: &str) -> Vec<String> {
    dates_at(PATH, front, summary, body)
}

fn dates_at(path: &str, front: &str, summary: &str, body: &str) -> Vec<String> {
    let text = article(front, summary, body);
    let person = "---\nname: Ada Stone\nborn: 1916-06-01\ndied: 1970-02-03\n---\nA general.\n";
    found_in(&[(path, &text), ("people/ada-stone.md", person)])
        .into_iter()
        .filter(|one| {
            one.split(' ')
                .next_back()
                .is_some_and(|code| code.starts_with('D'))
        })
        .collect()
}

#[test]
fn the_bug_that_this_project_began_with_is_found_where_it_stands() {
    let found = dates_at(
        "articles/01/07/fall.md",
        "date: 1951-01-07\n",
        "The capital fell on January 4, 1951.",
        "Seoul fell on January 4, 1951, in the battle that ended on January 7, 1951.[^book]",
    );
    assert_eq!(found, ["3:30 error D002", "9:15 error D002"]);
}

#[test]
fn dates_with_their_roles_or_a_note_make_it_right() {
    let body = "Seoul fell on January 4, 1951, in the battle that ran from December 31, 1950 to January 7, 1951.[^book]";
    let roles = "dates:\n  - {on: 1951-01-04, role: captured, primary: true}\n  - {on: 1950-12-31/1951-01-07, role: battle}\n";
    let none: [&str; 0] = [];
    assert_eq!(
        dates(roles, "The capital fell on January 4, 1951.", body),
        none
    );
    // Filed under any day of the article.
    assert_eq!(
        dates_at("articles/01/07/fall.md", roles, "The capital fell.", body),
        none
    );
    let note = "date: 1951-01-04\ndate_note: The battle around it is dated December 31, 1950 to January 7, 1951.\n";
    assert_eq!(
        dates(note, "The capital fell on January 4, 1951.", body),
        none
    );
}

#[test]
fn each_wrong_part_of_a_date_is_an_error() {
    let summary = "The capital fell in winter.";
    for (declared, body, expected) in [
        ("1951-01-05", "It fell on January 4, 1951.[^book]", "D002"),
        ("1951-02-04", "It fell on 4 January 1951.[^book]", "D002"),
        ("1952-01-04", "It fell on January 4, 1951.[^book]", "D002"),
        // The day in one sentence, the year in another.
        (
            "1951-01-05",
            "In 1951 it fell. The day was January 4.[^book]",
            "D003",
        ),
        (
            "1952-01-04",
            "In 1951 it fell. The day was January 4.[^book]",
            "D003",
        ),
        ("1951-02", "It fell in January 1951.[^book]", "D003"),
        ("1961", "It fell in 1951.[^book]", "D003"),
        ("-0042-03-15", "It fell on 15 March 44 BCE.[^book]", "D002"),
    ] {
        let front = format!("date: \"{declared}\"\n");
        let found = dates_at("articles/undated/fall.md", &front, summary, body);
        assert!(
            found
                .iter()
                .any(|one| one.ends_with(&format!("error {expected}"))),
            "{declared} against {body}: {found:?}"
        );
    }
}

#[test]
fn what_an_article_may_say_gives_no_alarm() {
    let summary = "The capital fell on January 4, 1951.";
    for (front, body) in [
        // Other dates further down.
        (
            "date: 1951-01-04\n",
            "It fell on January 4, 1951.[^book]\n\nThe war had begun on June 25, 1950.[^book]",
        ),
        // The day without its year, the weekday, an abbreviation.
        (
            "date: 1951-01-04\n",
            "It fell on Thursday, Jan. 4, 1951.[^book] On the 4th, troops came.[^book]",
        ),
        // About, possibly.
        (
            "date: 1951-01-04\n",
            "It fell on January 4, 1951, as is told; another says about January 9, 1951.[^book]",
        ),
        // A month holds its days.
        (
            "dates:\n  - {on: 1951-01-04, role: captured, primary: true}\n  - {on: 1951-01, role: battle}\n",
            "It fell on January 4, 1951.[^book] All of January 1951 was war; January 9, 1951 was the worst day.[^book]",
        ),
        // Years before and after.
        (
            "date: 1951-01-04\n",
            "It fell on January 4, 1951.[^book] Founded in 1394, it was the capital until 1910 and again from 1948.[^book]",
        ),
    ] {
        let found = dates(front, summary, body);
        assert!(found.is_empty(), "{body}: {found:?}");
    }
}

#[test]
fn the_folder_must_agree() {
    let body = "It fell on January 4, 1951.[^book]";
    for (path, expected) in [
        ("articles/01/04/fall.md", None),
        ("articles/01/07/fall.md", Some("4:7 error D004")),
        ("articles/01/fall.md", None),
        ("articles/02/fall.md", Some("4:7 error D004")),
        ("articles/13/45/fall.md", Some("4:7 error D004")),
        ("articles/undated/fall.md", None),
        ("articles/wars/korea/fall.md", None),
    ] {
        let found = dates_at(
            path,
            "date: 1951-01-04\n",
            "It fell on January 4, 1951.",
            body,
        );
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{path}");
    }
}

#[test]
fn weekdays_are_reckoned_in_the_calendar_that_is_meant() {
    for (date, calendar, words, wrong) in [
        (
            "1951-01-04",
            "gregorian",
            "Thursday, January 4, 1951",
            false,
        ),
        ("1951-01-04", "gregorian", "Friday, January 4, 1951", true),
        // Hastings was fought on a Saturday of the Julian calendar.
        (
            "1066-10-14",
            "julian",
            "Saturday, 14 October 1066 (Julian)",
            false,
        ),
        (
            "1066-10-14",
            "julian",
            "Friday, 14 October 1066 (Julian)",
            true,
        ),
    ] {
        let front = format!("date: {date}\ncalendar: {calendar}\n");
        let body = format!("It fell on {words}.[^book]");
        let found = dates_at("articles/x/fall.md", &front, "It fell.", &body);
        let expected: &[&str] = if wrong { &["10:12 error D005"] } else { &[] };
        assert_eq!(found, expected, "{words}");
    }
}

#[test]
fn ages_and_spans_of_years_are_reckoned_too() {
    let front = "date: 1951-01-04\npeople: [Ada Stone]\n";
    let summary = "The capital fell on January 4, 1951.";
    for (sentence, expected) in [
        ("General Ada Stone, aged 34, gave it up.", None),
        ("General Ada Stone, aged 43, gave it up.", Some("D006")),
        ("General Ada Stone, about 36 years old, gave it up.", None),
        ("Stone died at the age of 53.", None),
        // Whose age it is, is not sure.
        (
            "Ada Stone met the mayor and his son, and she was 12 years old.",
            None,
        ),
        ("In 2026, 75 years later, it was remembered.", None),
        ("In 2026, 72 years later, it was remembered.", Some("D007")),
        ("The 75th anniversary was kept in 2026.", None),
        ("The 74th anniversary was kept in 2026.", Some("D007")),
        // Another country's centenary.
        ("In 1951 the neighbours kept their centenary.", None),
    ] {
        let body = format!("It fell on January 4, 1951.[^book] {sentence}[^book]");
        let found = dates(front, summary, &body);
        let codes: Vec<&str> = found
            .iter()
            .filter_map(|one| one.split(' ').next_back())
            .collect();
        assert_eq!(
            codes,
            expected.into_iter().collect::<Vec<_>>(),
            "{sentence}"
        );
    }
}

#[test]
fn dates_that_cannot_be_and_calendars_that_need_a_word() {
    for (front, summary, body, expected) in [
        (
            "date: 2999-01-04\n",
            "It falls on January 4, 2999.",
            "It falls on January 4, 2999.[^book]",
            vec!["4:7 error D008"],
        ),
        (
            "date: \"-4003-10-23\"\n",
            "It began on 23 October 4004 BCE (Gregorian).",
            "It began on 23 October 4004 BCE.[^book]",
            vec!["4:7 error D008"],
        ),
        (
            "date: 1066-10-14\n",
            "Fought on 14 October 1066.",
            "Fought on 14 October 1066.[^book]",
            vec!["4:7 warning D009"],
        ),
        (
            "date: 1951-01-04\ncalendar: julian\n",
            "It fell on January 4, 1951.",
            "It fell on January 4, 1951.[^book]",
            vec!["4:7 warning D009"],
        ),
        (
            "date: 1582-10-10\n",
            "On 10 October 1582 (Gregorian).",
            "On 10 October 1582 it was.[^book]",
            vec!["4:7 warning D010"],
        ),
        (
            "date: 1066-10-14\n",
            "Fought on 14 October 1066 (Julian).",
            "Fought on 14 October 1066.[^book]",
            vec!["3:20 error D011"],
        ),
        (
            "date: 1066-10-14\ncalendar: julian\n",
            "Fought on 14 October 1066 (Julian).",
            "Fought on 14 October 1066.[^book]",
            vec![],
        ),
        (
            "date: 1066-10-14\ncalendar: julian\n",
            "Fought on 14 October 1066.",
            "Fought on 14 October 1066, or 20 October in the Gregorian calendar.[^book]",
            vec![],
        ),
        (
            "date: 1066-10-14\ndate_note: The date is Julian.\n",
            "Fought on 14 October 1066.",
            "Fought on 14 October 1066.[^book]",
            vec!["4:7 error D011"],
        ),
    ] {
        let found = dates_at("articles/x/fall.md", front, summary, body);
        assert_eq!(found, expected, "{front}{summary}");
    }
}

#[test]
fn one_event_is_not_dated_twice() {
    let body = "It fell on January 4, 1951.[^book]\n\nThe retreating army blew up the great railway bridge on January 3, 1951.[^book]\n\nThe great railway bridge was blown up by the retreating army on January 2, 1951.[^book]";
    assert_eq!(
        dates("date: 1951-01-04\n", "It fell on January 4, 1951.", body),
        ["13:65 warning D012"]
    );
}

#[test]
fn a_finding_says_what_was_expected_and_where_it_says_so() {
    let corpus = crate::harness::Corpus::empty();
    let text = article(
        "date: 1951-01-07\n",
        "The capital fell.",
        "Seoul fell on January 4, 1951.[^book]",
    );
    corpus.write("articles/01/07/fall.md", &text);
    let found = daybook::ingest::examine(&corpus.content()).unwrap();
    let one = found.iter().find(|one| one.code == "D002").unwrap();
    assert_eq!((one.line, one.column, one.advice.width), (9, 15, 15));
    let note = &one.advice.notes[0];
    assert_eq!(note.message, "the front matter says January 7, 1951");
    let place = note.place.as_ref().unwrap();
    assert_eq!((place.line, place.column, place.width), (4, 7, 10));
    assert!(
        one.advice
            .help
            .as_ref()
            .is_some_and(|help| help.contains("date_note"))
    );
}

#[test]
fn what_is_allowed_with_a_reason_passes() {
    let text = article(
        "date: 1951-01-07\n",
        "The capital fell.",
        "Seoul fell on January 4, 1951.[^book]",
    );
    let text = text.replace(
        "allow: [",
        "allow: [{code: D002, reason: the source is a misprint}, {code: D003, reason: as above}, ",
    );
    let found = found_in(&[("articles/01/07/fall.md", &text)]);
    assert!(!found.iter().any(|one| one.contains(" D00")), "{found:?}");
}

#[test]
fn a_changed_life_is_held_against_the_articles_that_name_it() {
    let corpus = crate::harness::Corpus::empty();
    let body = "It fell on January 4, 1951, when Ada Stone, aged 34, gave it up.[^book]";
    let front = "date: 1951-01-04\npeople: [Ada Stone]\n";
    corpus.write(
        PATH,
        article(front, "The capital fell on January 4, 1951.", body),
    );
    corpus.write(
        "people/ada-stone.md",
        "---\nname: Ada Stone\nborn: 1916-06-01\n---\nA general.\n",
    );
    let first = corpus.ingest();
    assert_eq!((first.held, first.written), (0, 1));
    // The article itself does not change.
    corpus.edit("people/ada-stone.md", "1916-06-01", "1906-06-01");
    let second = corpus.ingest();
    assert_eq!(second.held, 1);
    let wrong = second
        .diagnostics
        .iter()
        .find(|one| one.is_error())
        .unwrap();
    assert_eq!((wrong.file.as_str(), wrong.code.as_str()), (PATH, "D006"));
    assert_eq!(
        corpus.database.number("SELECT COUNT(*) FROM articles"),
        1,
        "the last good version stays"
    );
    corpus.edit("people/ada-stone.md", "1906-06-01", "1916-06-02");
    assert_eq!(corpus.ingest().held, 0);
}
