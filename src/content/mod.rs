//! The files of `content/`, read into values: no database, no HTML.
//!
//! `ingest` and `check` both begin here, so that what the one refuses the
//! other has named. Nothing here panics or stops at one bad file: each gives
//! what can be read and a list of [`Diagnostic`]s.

pub mod amend;
mod catalogue;
mod diagnostic;
mod document;
mod front_matter;
pub mod passages;
mod publisher;
mod render;
mod requests;
mod scan;

pub use catalogue::{Catalogue, Claimant, Entry, Names};
pub use diagnostic::{Advice, Diagnostic, Note, Place, Severity, printable};
pub use document::{
    Alias, Allow, ArticleFile, Document, EntryFile, PageFile, TombstoneFile, Whereabouts, parse,
    text as text_of,
};
pub use publisher::{PresentFile, Publisher, WriteError, hash_of};
pub use render::{
    PictureFile, RenderedArticle, article as render_article, old_article, paragraphs_of,
    prose as render_prose, survey as survey_article,
};
pub use requests::{ImportRequest, ImportRequests, Imported, NotImported};
pub use scan::{FileKind, FoundFile, Scan, look_at, scan};
