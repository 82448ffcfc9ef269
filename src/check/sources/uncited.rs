//! Figures, dates, quotations and superlatives that nothing supports.

use super::super::Subject;
use super::assertions;
use crate::content::Diagnostic;
use crate::markdown::PassageKind;

pub(super) fn lint(subject: &Subject, found: &mut Vec<Diagnostic>) {
    for index in 0..subject.rendered.paragraphs.len() {
        if is_cited(subject, index)
            || introduces_cited_items(subject, index)
            || stands_below_cited_words(subject, index)
        {
            continue;
        }
        let Some(text) = subject.rendered.paragraphs.get(index) else {
            continue;
        };
        let Some(assertion) = assertions::first(text) else {
            continue;
        };
        let words = text.get(assertion.range.clone()).unwrap_or_default();
        let message = format!(
            "{} “{}” stands in a {} without a citation",
            assertion.kind.words(),
            shortened(words.trim_matches(['“', '”'])),
            match kind(subject, index) {
                Some(PassageKind::Item) => "list item",
                _ => "paragraph",
            }
        );
        let place = subject.place(index, assertion.range);
        found.push(
            Diagnostic::warning_at(&place, "C003", &message)
                .help("cite the source that says so, as in [^id], or take it out"),
        );
    }
}

fn kind(subject: &Subject, index: usize) -> Option<PassageKind> {
    subject
        .rendered
        .passages
        .get(index)
        .map(|passage| passage.kind)
}

/// Whether a mark of a note stands in the passage. Tables and code are not
/// asked: their sources stand beside them.
fn is_cited(subject: &Subject, index: usize) -> bool {
    subject.rendered.passages.get(index).is_none_or(|passage| {
        !passage.marks.is_empty() || matches!(passage.kind, PassageKind::Table | PassageKind::Code)
    })
}

fn ends_with_colon(subject: &Subject, index: usize) -> bool {
    let text = subject.rendered.paragraphs.get(index);
    text.is_some_and(|text| text.trim_end().ends_with(':'))
}

/// "These were lost:" and a list or table that says where each is known from.
fn introduces_cited_items(subject: &Subject, index: usize) -> bool {
    if !ends_with_colon(subject, index) {
        return false;
    }
    let is_listed = |at: &usize| {
        matches!(
            kind(subject, *at),
            Some(PassageKind::Item | PassageKind::Table)
        )
    };
    let mut below = (index + 1..).take_while(is_listed).peekable();
    below.peek().is_some() && below.all(|at| is_cited(subject, at))
}

/// An item below "The inquiry lists three causes:[^inquiry]".
fn stands_below_cited_words(subject: &Subject, index: usize) -> bool {
    if kind(subject, index) != Some(PassageKind::Item) {
        return false;
    }
    let above = (0..index)
        .rev()
        .find(|at| kind(subject, *at) != Some(PassageKind::Item));
    above.is_some_and(|at| ends_with_colon(subject, at) && is_cited(subject, at))
}

fn shortened(words: &str) -> String {
    const MOST: usize = 60;
    if words.chars().count() <= MOST {
        return words.to_owned();
    }
    let start: String = words.chars().take(MOST).collect();
    let cut = start.rfind(' ').unwrap_or(start.len());
    format!("{}…", &start[..cut])
}
