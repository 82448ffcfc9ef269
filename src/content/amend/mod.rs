//! Writes a correction, and the text that it changes, into the file of an
//! article: pure, text in and text out.
//!
//! All that is not meant stays byte for byte: comments, the order of keys, the
//! ends of lines, a missing last one. The YAML is never written anew, because
//! no writer gives back what a person wrote; the entry is put in between the
//! lines, and what comes out is read again and compared with what was wanted.

mod entry;
mod locate;
mod patch;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::front_matter::is_case_id;
use super::{ArticleFile, Catalogue, Diagnostic, Document, FileKind, parse, survey_article};
use crate::articles::model::{Correction, Slug, site_day_number};
use crate::markdown::smart_quotes;

pub use locate::{Located, locate};
pub use patch::patch;

/// What is to become of the text, beside the entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change<'a> {
    /// Nothing: it has been mended already, or the note alone is wanted.
    Nothing,
    /// The whole file as it shall be, as a form sends it: whatever its ends of
    /// lines are, it takes those of the file as it was.
    File(&'a str),
    /// Other words in the place of a stretch of the file; [`locate`] finds it.
    Stretch {
        /// Bytes of the file.
        range: Range<usize>,
        /// The Markdown to put there.
        words: &'a str,
    },
}

/// Why a correction could not be written into a file. Prints as a sentence for
/// the editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AmendError {
    /// The note says nothing.
    NoWords,
    /// Its date is no day.
    NoDay(String),
    /// Its case is none.
    NoCase(String),
    /// The stretch lies outside the text of the article.
    Outside,
    /// The file, with the change of text and without the entry, has these
    /// errors; those of the text that were there before are not among them.
    Broken(Vec<Diagnostic>),
    /// The list of corrections is written in a way that cannot be added to.
    Unwritable(&'static str),
}

/// The text of a file with the change made and the correction written into its
/// `corrections:`. Whatever words the note has, they stay one line; an entry
/// that names the same case is replaced by it, so that doing this twice does no
/// harm.
///
/// # Errors
/// The note, the change or the file does not allow it; nothing is half done.
pub fn amend(source: &str, change: &Change, note: &Correction) -> Result<String, AmendError> {
    let note = checked(note)?;
    let (base, article) = changed(source, change)?;
    let mut wanted = article.details.corrections.clone();
    let same_case = |one: &Correction| one.case.is_some() && one.case == note.case;
    let known = wanted.iter().rposition(same_case);
    let set = Correction {
        text: smart_quotes(&note.text),
        ..note.clone()
    };
    match known {
        Some(at) => wanted[at] = set,
        None => wanted.push(set),
    }
    let amended = entry::write(&base, &note, known).map_err(AmendError::Unwritable)?;
    // Whatever way the list was written: only what reads as it should is given
    // out.
    let is_right = read(&amended).is_ok_and(|mut result| {
        let corrections = std::mem::take(&mut result.details.corrections);
        let mut before = article.details.clone();
        before.corrections.clear();
        corrections == wanted
            && result.details == before
            && result.body() == article.body()
            && result.title == article.title
            && result.summary == article.summary
            && result.names == article.names
    });
    if is_right {
        Ok(amended)
    } else {
        Err(AmendError::Unwritable(
            "the front matter is written in an unusual way",
        ))
    }
}

/// The note with its words on one line, if it can be written.
fn checked(note: &Correction) -> Result<Correction, AmendError> {
    let mut words = String::with_capacity(note.text.len());
    let parts = note
        .text
        .split(|character: char| character.is_whitespace() || character.is_control());
    for word in parts.filter(|part| !part.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    if words.is_empty() {
        return Err(AmendError::NoWords);
    }
    if site_day_number(&note.date).is_none() {
        return Err(AmendError::NoDay(note.date.clone()));
    }
    if let Some(case) = note.case.as_ref().filter(|case| !is_case_id(case)) {
        return Err(AmendError::NoCase(case.clone()));
    }
    Ok(Correction {
        text: words,
        ..note.clone()
    })
}

/// The text after the change, read.
fn changed<'a>(
    source: &'a str,
    change: &Change,
) -> Result<(Cow<'a, str>, ArticleFile), AmendError> {
    let base: Cow<str> = match change {
        Change::Nothing => Cow::Borrowed(source),
        Change::File(edited) => Cow::Owned(with_ends_of(source, edited)),
        Change::Stretch { range, words } => {
            let before = read(source).map_err(AmendError::Broken)?;
            let body = locate::body_start(source, &before);
            let inside = range.start >= body && source.get(range.clone()).is_some();
            if !inside {
                return Err(AmendError::Outside);
            }
            let words = ends(words.trim_end_matches(['\r', '\n']), end_of_line(source));
            let (head, tail) = (&source[..range.start], &source[range.end..]);
            Cow::Owned(format!("{head}{words}{tail}"))
        }
    };
    let article = read(&base).map_err(AmendError::Broken)?;
    if base != source {
        let known = read(source).map(|old| errors(&old)).unwrap_or_default();
        let mut new = errors(&article);
        new.retain(|one| {
            let same = |old: &Diagnostic| old.code == one.code && old.message == one.message;
            !known.iter().any(same)
        });
        if !new.is_empty() {
            return Err(AmendError::Broken(new));
        }
    }
    Ok((base, article))
}

/// Reads the text of a file as an article.
fn read(text: &str) -> Result<ArticleFile, Vec<Diagnostic>> {
    let slug = Slug::parse("amended").map_err(|_| Vec::new())?;
    match parse(&FileKind::Article(slug), text.as_bytes()) {
        (Some(Document::Article(file)), _) => Ok(*file),
        (_, found) => Err(found),
    }
}

/// The errors of the text itself. What lies beside the file is not known here,
/// so that a missing picture is none.
fn errors(article: &ArticleFile) -> Vec<Diagnostic> {
    const NO_SUCH_PICTURE: &str = "M008";
    let nothing = std::collections::BTreeMap::new();
    let found = survey_article(article, 1, &Catalogue::default(), &nothing).diagnostics;
    let counts = |one: &Diagnostic| one.is_error() && one.code != NO_SUCH_PICTURE;
    found.into_iter().filter(counts).collect()
}

/// Text that came from a form, with the ends of lines and the byte-order mark
/// of the file that it was made from.
fn with_ends_of(source: &str, edited: &str) -> String {
    const MARK: char = '\u{feff}';
    let text = ends(edited.trim_start_matches(MARK), end_of_line(source));
    match source.starts_with(MARK) {
        true => format!("{MARK}{text}"),
        false => text,
    }
}

/// The text with all its lines ended by `end`.
fn ends(text: &str, end: &str) -> String {
    let plain = text.replace("\r\n", "\n").replace('\r', "\n");
    if end == "\n" {
        plain
    } else {
        plain.replace('\n', end)
    }
}

/// How the first line of a text ends.
fn end_of_line(text: &str) -> &'static str {
    match text.find(['\r', '\n']) {
        Some(at) if text[at..].starts_with("\r\n") => "\r\n",
        Some(at) if text[at..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

impl fmt::Display for AmendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AmendError::NoWords => f.write_str(
                "The note says nothing: write what was said before and what is said now.",
            ),
            AmendError::NoDay(date) => {
                write!(
                    f,
                    "“{date}” is no day: write the date of the note as 2026-12-02."
                )
            }
            AmendError::NoCase(case) => write!(
                f,
                "“{case}” is no case: it is written as C-7K3Q2M, with six of the digits and \
                 capital letters but I, L, O and U."
            ),
            AmendError::Outside => f.write_str(
                "These words do not stand in the text of the file as it is now: look at it again, \
                 or change the whole file.",
            ),
            AmendError::Broken(found) => {
                f.write_str("The file would not be accepted as it is now")?;
                for one in found {
                    write!(
                        f,
                        "; line {}: {}",
                        one.line,
                        one.message.trim_end_matches('.')
                    )?;
                }
                f.write_str(".")
            }
            AmendError::Unwritable(why) => write!(
                f,
                "The correction could not be added to `corrections:` because {why}: write it \
                 into the file yourself."
            ),
        }
    }
}

impl std::error::Error for AmendError {}

#[cfg(test)]
mod tests;
