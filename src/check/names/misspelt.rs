//! Words of the title and the summary that are misspelt names.

use super::super::Subject;
use super::super::words::{fold, words};
use super::near::slips;
use crate::content::{Diagnostic, Place};

/// Shorter words of one family differ by as little as a word and its
/// misspelling do, in bytes.
const SHORTEST: usize = 6;

/// Capitalised words that are a letter or two off a word of the names that the
/// article lists.
pub(super) fn lint(subject: &Subject, found: &mut Vec<Diagnostic>) {
    let file = subject.file;
    let parts: Vec<Part> = file
        .names
        .iter()
        .enumerate()
        .flat_map(|(index, (_, name))| {
            long_words(name).map(move |word| Part {
                word,
                folded: fold(word),
                name: index,
            })
        })
        .collect();
    for (text, value) in [
        (&file.title, &file.whereabouts.title),
        (&file.summary, &file.whereabouts.summary),
    ] {
        for word in long_words(text) {
            found.extend(misspelt(subject, &parts, word, value));
        }
    }
}

/// A word of a listed name.
struct Part<'a> {
    word: &'a str,
    folded: String,
    /// Index of the name.
    name: usize,
}

fn long_words(text: &str) -> impl Iterator<Item = &str> {
    words(text)
        .flat_map(|(_, word)| word.split('-'))
        .filter(|word| word.len() >= SHORTEST && word.starts_with(char::is_uppercase))
}

fn misspelt(subject: &Subject, parts: &[Part], word: &str, value: &Place) -> Option<Diagnostic> {
    let folded = fold(word.trim_end_matches("’s"));
    if parts.iter().any(|part| part.folded == folded) {
        return None;
    }
    let meant = parts.iter().find(|part| {
        // “Korean” and “Korea” differ at the end, as words of one family do; a
        // slip is seldom just there.
        let pairs = folded.bytes().zip(part.folded.bytes());
        let alike = pairs.take_while(|(a, b)| a == b).count();
        let differs_inside = alike + 2 < folded.len().min(part.folded.len());
        differs_inside && slips(&folded, &part.folded).is_some()
    })?;
    // What the text writes in the same way is meant so.
    let mut paragraphs = subject.rendered.paragraphs.iter();
    if paragraphs.any(|paragraph| paragraph.contains(word)) {
        return None;
    }
    let (_, name) = subject.file.names.get(meant.name)?;
    let listed = subject.file.whereabouts.names.get(meant.name).cloned();
    let message = format!("“{word}” stands here, but the article lists “{name}”");
    let finding = Diagnostic::warning_at(&subject.place_in_value(value, word), "N002", &message)
        .note("the name is listed here", listed)
        .help(&format!(
            "write {}, or list the other name as well",
            meant.word
        ));
    Some(finding)
}
