//! What an article rests on, and what was changed in it.

use serde::Serialize;
use utoipa::ToSchema;

use super::Terms;
use crate::articles::model::{Correction as Noted, Illustration, Source as Cited};
use crate::articles::queries::StoredPicture;
use crate::paths::record;
use crate::pictures::Sources;

/// A work that is cited.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct Source {
    /// What the article cites it by; it holds within that article.
    #[schema(example = "appleman")]
    id: String,
    /// What sort of work it is, in words: `book`, `newspaper`, `primary source`…
    #[schema(example = "book")]
    kind: &'static str,
    /// Its title.
    #[schema(example = "Ridgway Duels for Korea")]
    title: String,
    /// Who wrote it.
    #[schema(example = "Roy E. Appleman")]
    author: Option<String>,
    /// Who published it.
    publisher: Option<String>,
    /// The year of publication, in words.
    #[schema(example = "1990")]
    year: Option<String>,
    /// Which pages of it.
    pages: Option<String>,
    /// International Standard Book Number.
    isbn: Option<String>,
    /// Where it can be read.
    url: Option<String>,
    /// The day on which it was read there.
    accessed: Option<String>,
    /// A copy that stays.
    archive: Option<String>,
}

/// A public note that an article was changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct Correction {
    /// The day of the change.
    #[schema(format = Date, example = "2026-12-02")]
    date: String,
    /// `correction` (something false was said), `clarification` (something
    /// could be misread) or `minor`.
    #[schema(example = "correction")]
    kind: &'static str,
    /// What was said before and what is said now; plain text.
    text: String,
    /// The address of the case that it settles, in the record of corrections.
    case: Option<String>,
}

/// The picture at the head of an article.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct Picture {
    /// The address of its widest rendition, as WebP.
    url: String,
    /// Pixels of that rendition.
    #[schema(example = 1600)]
    width: u32,
    /// Pixels of that rendition.
    #[schema(example = 1067)]
    height: u32,
    /// What it is: `Photograph`, `Painting`, `Map`, `Generated picture`…
    #[schema(example = "Photograph")]
    kind: &'static str,
    /// What it shows, for those who cannot see it.
    alt: String,
    /// The words under it.
    caption: Option<String>,
    /// Who made it.
    credit: Option<String>,
    /// Under what terms it may be shown; not those of the text.
    licence: Option<String>,
}

impl From<&Cited> for Source {
    fn from(source: &Cited) -> Source {
        Source {
            id: source.id.to_string(),
            kind: source.kind.words(),
            title: source.title.clone(),
            author: source.author.clone(),
            publisher: source.publisher.clone(),
            year: source.year.clone(),
            pages: source.pages.clone(),
            isbn: source.isbn.clone(),
            url: source.url.clone(),
            accessed: source.accessed.clone(),
            archive: source.archive.clone(),
        }
    }
}

impl Correction {
    /// A note as its file has it.
    pub(super) fn new(note: &Noted, terms: &Terms) -> Correction {
        Correction {
            date: note.date.clone(),
            kind: note.kind.as_str(),
            text: note.text.clone(),
            case: note.case.as_ref().map(|id| terms.url(&record::case(id))),
        }
    }
}

impl Picture {
    /// A picture that may be shown.
    pub(super) fn new(stored: &StoredPicture, told: &Illustration, terms: &Terms) -> Picture {
        let sources = Sources::new(&stored.hash, stored.width, stored.height);
        Picture {
            url: terms.url(&Sources::widest(&stored.hash, stored.width)),
            width: sources.width,
            height: sources.height,
            kind: told.kind.words(),
            alt: told.alt.clone(),
            caption: told.caption.clone(),
            credit: told.credit.clone(),
            licence: told.licence.clone(),
        }
    }
}
