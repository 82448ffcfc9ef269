//! An article as others cite it. Pure: what is cited in, words and files out.
//!
//! What is cited is one revision, under its permanent address and with the hash
//! of its file, so that a reader of the citation reads what its writer read.

mod bibtex;
mod csl;
mod names;
mod ris;
mod styles;

use jiff::civil::Date;

pub(super) use bibtex::bibtex;
pub(super) use csl::csl;
pub(super) use names::{Name, names};
pub(super) use ris::ris;
pub(super) use styles::{Span, apa, chicago_entry, chicago_note, mla};

/// All that citations say of one revision of an article.
#[derive(Clone, Debug)]
pub(super) struct Work {
    /// Permanent name of the article.
    pub(super) slug: String,
    /// Headline, plain text.
    pub(super) title: String,
    /// Those of the byline; else who publishes the site. Never empty.
    pub(super) authors: Vec<Name>,
    /// The site's name.
    pub(super) site: String,
    /// Who answers for the site, if it says so.
    pub(super) publisher: Option<String>,
    /// From 1.
    pub(super) revision: i64,
    /// SHA-256 of the revision's file, hexadecimal.
    pub(super) hash: String,
    /// Absolute, and always of this revision.
    pub(super) address: String,
    /// The site's day of publication, in its zone.
    pub(super) published: Date,
    /// The day on which it is cited, in the site's zone.
    pub(super) accessed: Date,
}

impl Work {
    /// The beginning of the hash: enough to tell revisions apart.
    fn short_hash(&self) -> &str {
        self.hash.get(..12).unwrap_or(&self.hash)
    }

    /// What a file says of the revision in its note.
    fn note(&self) -> String {
        format!("Revision {}, SHA-256 {}", self.revision, self.hash)
    }

    /// A name for this revision that programs take as a key: lower-case ASCII
    /// letters, digits and hyphens.
    fn key(&self) -> String {
        format!("{}-r{}", self.slug, self.revision)
    }

    /// The publisher, unless it is named as the author or as the site already.
    fn other_publisher(&self) -> Option<&str> {
        let publisher = self.publisher.as_deref()?;
        let is_author = self.authors.iter().any(|name| name.words() == publisher);
        (!is_author && publisher != self.site).then_some(publisher)
    }

    /// The site, unless it is named as the author already.
    fn other_site(&self) -> Option<&str> {
        let is_author = self.authors.iter().any(|name| name.words() == self.site);
        (!is_author).then_some(self.site.as_str())
    }
}

/// A text as the value of a line: no line breaks and no control characters,
/// which every one of these formats would take for something else.
fn one_line(text: &str) -> String {
    let plain = |character: char| match character {
        '\u{2028}' | '\u{2029}' => ' ',
        control if control.is_control() => ' ',
        other => other,
    };
    let text: String = text.chars().map(plain).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
