//! C003 to C005.

use super::{article, assert_none, found, only, with};
use crate::harness::Corpus;

const FILE: &str = "articles/03/06/tower.md";
const BOOK: &str = "sources:\n  - {id: book, kind: book, title: A book}";

/// Line 8 is the first of the body.
fn text(body: &str) -> Corpus {
    with(FILE, &article("1957-03-06", BOOK, body))
}

#[test]
fn what_a_reader_may_doubt_needs_a_citation() {
    for (body, place, words, message) in [
        (
            "It opened.[^book]\n\nIt is 828 metres high.",
            (10, 7),
            "828",
            "figure",
        ),
        (
            "It *opened* on March 6, 1957.",
            (8, 16),
            "March 6, 1957",
            "date",
        ),
        (
            "He called it \"a thing of great beauty\".",
            (8, 14),
            "\"a",
            "quotation",
        ),
        (
            "It is the highest tower in the world.",
            (8, 7),
            "the highest tower in the world",
            "superlative",
        ),
        (
            "These rose.[^book]\n\n- One of 40 rooms.",
            (10, 10),
            "40",
            "list item",
        ),
    ] {
        let corpus = text(body);
        let finding = only(&corpus, "C003");
        assert_eq!(finding.place(), (FILE, place.0, place.1), "{body}");
        assert!(finding.words(&corpus).starts_with(words), "{finding:?}");
        assert!(finding.text("message").contains(message), "{finding:?}");
    }
}

#[test]
fn cited_paragraphs_and_the_lists_that_they_introduce_are_fine() {
    for body in [
        "It is 828 metres high.[^book] It cost 400 men their lives.",
        "It opened, and people came.",
        "In 1957 three things were lost:\n\n- 40 rooms[^book]\n- 50 doors[^book]",
        "Three things were lost:[^book]\n\n- 40 rooms\n- 50 doors",
        "| rooms | doors |\n|---|---|\n| 40 | 50 |",
        "```\n1957\n```",
        "## The year 1957\n\nIt opened.",
    ] {
        assert_none(&text(body), "C003");
    }
    let half = text("In 1957 three things were lost:\n\n- 40 rooms[^book]\n- 50 doors");
    assert_eq!(found(&half, "C003").len(), 2);
}

#[test]
fn a_finding_may_be_silenced_with_a_reason() {
    let allow = format!("{BOOK}\nallow: [{{code: C003, reason: The height is in every atlas.}}]");
    let corpus = with(
        FILE,
        &article("1957-03-06", &allow, "It is 828 metres high."),
    );
    assert_none(&corpus, "C003");
}

#[test]
fn an_address_needs_the_day_of_reading() {
    let site = |rest: &str| {
        let source = format!(
            "sources:\n  - {{id: book, kind: website, title: A site, url: \"https://site.example/\"{rest}}}"
        );
        with(FILE, &article("1957-03-06", &source, "It opened.[^book]"))
    };
    let finding = only(&site(""), "C004");
    assert_eq!((finding.place().0, finding.place().1), (FILE, 6));
    assert_none(&site(", accessed: 2026-11-22"), "C004");
    assert_none(&text("It opened.[^book]"), "C004");
}

#[test]
fn a_long_text_needs_a_second_source() {
    let long = "Many words stand here. ".repeat(40);
    let corpus = text(&format!("{long}[^book]"));
    let finding = only(&corpus, "C005");
    assert_eq!((finding.place().0, finding.place().1), (FILE, 6));
    assert_none(&text("It opened.[^book]"), "C005");
    let two = format!("{BOOK}\n  - {{id: paper, kind: newspaper, title: A paper}}");
    corpus.write(
        FILE,
        article("1957-03-06", &two, &format!("{long}[^book][^paper]")),
    );
    assert_none(&corpus, "C005");
    corpus.write(FILE, article("1957-03-06", &two, &format!("{long}[^book]")));
    assert_eq!(found(&corpus, "C005").len(), 1, "one is never cited");
}
