//! What an article said before.

use serde::Serialize;
use utoipa::ToSchema;

use super::evidence::Correction;
use super::{Terms, moment};
use crate::articles::{Revision as Kept, Revisions};
use crate::paths::{api, record};

/// One content that an article has had.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct Revision {
    /// The address of its page, which is its id everywhere.
    id: String,
    /// Its page, which shows this text for ever.
    url: String,
    /// Its address here.
    api: String,
    /// From 1. Numbers of revisions that readers have never seen are missing.
    #[schema(example = 3)]
    number: i64,
    /// SHA-256 of the article's file, hexadecimal.
    hash: String,
    /// When it was imported (RFC 3339, UTC).
    #[schema(format = DateTime, example = "2026-12-02T09:30:00Z")]
    created: String,
    /// Whether this is the text that is shown now.
    #[schema(example = true)]
    current: bool,
    /// The notes that came with it: why the text was changed.
    notes: Vec<Correction>,
    /// What changed since the public one before it, for people; null of the
    /// first.
    changes: Option<String>,
}

/// One content that an article has had, with the file itself.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct RevisionText {
    #[serde(flatten)]
    revision: Revision,
    /// The whole file: YAML between lines of `---`, then Markdown.
    markdown: String,
}

impl Revision {
    /// A public revision of an article.
    pub(in crate::api) fn new(
        slug: &str,
        kept: &Kept,
        all: &Revisions,
        current: i64,
        terms: &Terms,
    ) -> Revision {
        let url = terms.url(&record::revision(slug, kept.number));
        let notes = all.new_notes(kept).into_iter();
        let before = all.before(kept.number);
        Revision {
            id: url.clone(),
            url,
            api: terms.url(&api::revision(slug, kept.number)),
            number: kept.number,
            hash: kept.hash.clone(),
            created: moment(kept.created_at),
            current: kept.number == current,
            notes: notes
                .map(|(_, note)| Correction::new(note, terms))
                .collect(),
            changes: before
                .map(|before| terms.url(&record::comparison(slug, before.number, kept.number))),
        }
    }
}

impl RevisionText {
    /// A revision with its file.
    pub(in crate::api) fn new(revision: Revision, markdown: String) -> RevisionText {
        RevisionText { revision, markdown }
    }
}
