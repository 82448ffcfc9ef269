//! Notes beside the text, for windows with room for them. Where a mark of a
//! note stands, the body first gets comments ([`mark`], [`beside`]), because
//! the notes are written after it; [`place`] puts the notes there.
//!
//! The page shows either a note's mark as a link and the list of notes, or the
//! mark as a mere number and the note beside it.

use std::collections::HashSet;
use std::fmt::Write as _;

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";
const MARK: &str = " mark";
/// How the comment ends that waits for a note.
pub(super) const BESIDE: &str = " beside-->";

/// The longest note that stands in the margin, in characters of markup.
const LONGEST: usize = 900;

/// The longest that is repeated there, so that a text of many marks cannot
/// make a page of many times its size.
const LONGEST_AGAIN: usize = 200;

/// A note as it stands in the margin.
pub(super) struct MarginNote {
    /// What the note is about: once that has been named in full, the short
    /// form does.
    pub(super) about: About,
    /// Phrasing markup.
    pub(super) full: String,
    /// The same in few words.
    pub(super) short: String,
}

/// What a note is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum About {
    /// A source, by its index.
    Source(usize),
    /// Something of its own, by the number of the note.
    Own(usize),
}

impl MarginNote {
    /// `None` for a note that is better read at the end of the text: a long
    /// one, or one that is more than a run of words.
    pub(super) fn new(about: About, full: String, short: String) -> Option<Self> {
        let is_short = full.len() <= LONGEST;
        (is_short && !full.contains("<sup class") && !full.contains("</p>")).then_some(Self {
            about,
            full,
            short,
        })
    }
}

/// The comment inside a mark, for its number.
pub(super) fn mark(number: usize) -> String {
    format!("{OPEN}{number}{MARK}{CLOSE}")
}

/// The comment after a mark, for its note.
pub(super) fn beside(number: usize) -> String {
    format!("{OPEN}{number}{BESIDE}")
}

/// Takes the comments that wait for notes out of the markup of a table, which
/// scrolls and so can have nothing beside itself. Gives them, and the rest.
pub(super) fn take_out(markup: &str) -> (String, String) {
    let (mut taken, mut rest) = (String::new(), String::new());
    for (text, comment) in comments(markup) {
        rest.push_str(text);
        let out = if comment.ends_with(BESIDE) {
            &mut taken
        } else {
            &mut rest
        };
        out.push_str(comment);
    }
    (taken, rest)
}

/// Puts the notes where the comments are; those without a note go. `notes` are
/// in the order of their numbers.
pub(super) fn place(body: &str, notes: &[Option<MarginNote>]) -> String {
    let mut placed = String::with_capacity(body.len() + body.len() / 2);
    let mut named = HashSet::new();
    for (text, comment) in comments(body) {
        placed.push_str(text);
        let digits = comment.strip_prefix(OPEN).unwrap_or_default();
        let end = digits.find(' ').unwrap_or(0);
        let note = digits[..end]
            .parse::<usize>()
            .ok()
            .and_then(|number| Some((number, notes.get(number.checked_sub(1)?)?.as_ref()?)));
        match note {
            Some((number, _)) if !comment.ends_with(BESIDE) => {
                let _ = write!(placed, "<span>{number}</span>");
            }
            Some((number, note)) => {
                let is_first = named.insert(note.about);
                let words = if is_first { &note.full } else { &note.short };
                // The mark of one that is too long to repeat leads the eye to
                // where it stands already.
                if is_first || words.len() <= LONGEST_AGAIN {
                    push_note(&mut placed, number, words);
                }
            }
            None if comment.ends_with(BESIDE) || comment.contains(MARK) => {}
            None => placed.push_str(comment),
        }
    }
    placed
}

fn push_note(out: &mut String, number: usize, words: &str) {
    let _ = write!(
        out,
        "<small class=\"margin-note\" role=\"note\"><span>{number}</span> {words}</small>"
    );
}

/// The text before each comment, with the comment; the last one is empty.
fn comments(markup: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = Some(markup);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(start) = text.find(OPEN) else {
            rest = None;
            return Some((text, ""));
        };
        let end = text[start..]
            .find(CLOSE)
            .map_or(text.len(), |at| start + at + CLOSE.len());
        rest = Some(&text[end..]);
        Some((&text[..start], &text[start..end]))
    })
}
