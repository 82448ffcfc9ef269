//! A cited work as a list of sources shows it.

use super::model::{Source, site_date_words};
use crate::dates::DateStyle;

/// A cited work, ready to print. Its place in the page is `source-{id}`, to
/// which the notes lead.
#[derive(Clone, Debug)]
pub struct SourceView {
    /// What the text cites it by.
    pub id: String,
    /// What sort of work it is, in words.
    pub kind: &'static str,
    /// Who wrote it.
    pub author: Option<String>,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When, in words.
    pub year: Option<String>,
    /// Which pages of it.
    pub pages: Option<String>,
    /// International Standard Book Number.
    pub isbn: Option<String>,
    /// Where it can be read; `http` or `https`.
    pub url: Option<String>,
    /// When it was read there, in words.
    pub accessed_words: Option<String>,
    /// A copy that stays; `http` or `https`.
    pub archive: Option<String>,
    /// The numbers of the notes that cite it, where the page has such notes;
    /// the first mark of note 3 has the id `fnref-3`.
    pub cited_in: Vec<usize>,
}

impl SourceView {
    /// Makes one entry of the list.
    #[must_use]
    pub fn new(source: Source, style: DateStyle) -> SourceView {
        SourceView {
            id: source.id.to_string(),
            kind: source.kind.words(),
            author: source.author,
            title: source.title,
            publisher: source.publisher,
            year: source.year,
            pages: source.pages,
            isbn: source.isbn,
            url: source.url,
            accessed_words: source.accessed.map(|day| site_date_words(&day, style)),
            archive: source.archive,
            cited_in: Vec::new(),
        }
    }
}
