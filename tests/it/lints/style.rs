//! T001 to T003.

use super::{article, assert_none, found, only, with};
use crate::harness::Corpus;

const FILE: &str = "articles/03/06/tower.md";

/// Line 6 is the first of the body.
fn text(body: &str) -> Corpus {
    with(FILE, &article("1957-03-06", "", body))
}

#[test]
fn stock_phrases_are_told_with_a_plainer_way() {
    let corpus = text("It opened.\n\nLittle did they\nknow that it would fall.");
    let finding = only(&corpus, "T001");
    assert_eq!(finding.place(), (FILE, 8, 1));
    assert!(finding.text("message").contains("“Little did they know”"));
    assert!(!finding.text("help").is_empty());
    assert_none(&text("She said: \"Little did they know!\""), "T001");
    assert_none(&text("They knew little of it."), "T001");

    let titled =
        article("1957-03-06", "", "Text.").replace("The tower", "The rest is history when it");
    corpus.write(FILE, titled);
    let finding = only(&corpus, "T001");
    assert_eq!(finding.place(), (FILE, 2, 8));
    assert_eq!(finding.words(&corpus), "The rest is history");
}

#[test]
fn a_summary_says_more_than_the_title() {
    let summed_up = |summary: &str| {
        let text = article("1957-03-06", "", "Text.");
        with(
            FILE,
            &text.replace("After ten years of work the doors are opened.", summary),
        )
    };
    for summary in ["The tower opens.", "The opening of the tower in 1957."] {
        let corpus = summed_up(summary);
        let finding = only(&corpus, "T002");
        assert_eq!(finding.place(), (FILE, 3, 10), "{summary}");
        assert_eq!(finding.notes(), [("", 2)]);
    }
    assert_none(&summed_up("The tower opens after ten years."), "T002");
}

#[test]
fn a_long_text_wants_headings() {
    let long = "Ten words are in this sentence, and all are short. ".repeat(41);
    let corpus = text(&long);
    let finding = only(&corpus, "T003");
    assert_eq!(finding.place(), (FILE, 6, 1));
    assert!(finding.text("message").contains("410 words"));
    assert_none(&text(&format!("Text.\n\n## More\n\n{long}")), "T003");
    assert_none(&text(&long[..long.len() / 2]), "T003");
    assert!(found(&corpus, "T001").is_empty());
}
