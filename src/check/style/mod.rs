//! The form of the text: how it reads, not what it says.

mod phrases;

use super::Subject;
use super::words::{fold, shared, telling_words};
use crate::content::{Diagnostic, Place};

/// A longer text wants headings, in words.
const LONGEST_WITHOUT_HEADINGS: usize = 400;

/// Adds what is wrong to `found`.
pub(super) fn lint(subject: &Subject, found: &mut Vec<Diagnostic>) {
    stock_phrases(subject, found);
    summary(subject, found);
    headings(subject, found);
}

fn stock_phrases(subject: &Subject, found: &mut Vec<Diagnostic>) {
    let file = subject.file;
    let values = [
        (&file.title, &file.whereabouts.title),
        (&file.summary, &file.whereabouts.summary),
    ];
    for (text, value) in values {
        for (range, phrase) in phrases::all(text) {
            let place = subject.place_in_value(value, &text[range.clone()]);
            found.push(stock_phrase(&place, &text[range], phrase));
        }
    }
    for (index, text) in subject.rendered.paragraphs.iter().enumerate() {
        for (range, phrase) in phrases::all(text) {
            let place = subject.place(index, range.clone());
            found.push(stock_phrase(&place, &text[range], phrase));
        }
    }
}

fn stock_phrase(place: &Place, words: &str, phrase: &phrases::Phrase) -> Diagnostic {
    let message = format!("“{words}” is a stock phrase: it says nothing of this event");
    Diagnostic::warning_at(place, "T001", &message).help(phrase.instead)
}

fn summary(subject: &Subject, found: &mut Vec<Diagnostic>) {
    let file = subject.file;
    let place = &file.whereabouts.summary;
    let (title, summary) = (telling_words(&file.title), telling_words(&file.summary));
    let repeats = fold(&file.title) == fold(&file.summary)
        || (!summary.is_empty() && shared(&title, &summary) == summary.len());
    if repeats {
        let message =
            "the summary repeats the title: a reader who sees both learns nothing from it";
        found.push(
            Diagnostic::warning_at(place, "T002", message)
                .note(
                    "the title stands here",
                    Some(file.whereabouts.title.clone()),
                )
                .help("add when, where, who or what followed"),
        );
    }
}

fn headings(subject: &Subject, found: &mut Vec<Diagnostic>) {
    if subject.rendered.headings > 0 {
        return;
    }
    let words = subject.words();
    if words > LONGEST_WITHOUT_HEADINGS {
        let message = format!("the text has {words} words and no heading");
        let help = "put a line such as `## How the city fell` above each part of it";
        let place = subject.place_in_body(0, 0);
        found.push(Diagnostic::warning_at(&place, "T003", &message).help(help));
    }
}
