//! The picture at the head of an article.

use crate::articles::model::Illustration;
use crate::articles::queries::StoredPicture;
use crate::articles::teaser;

pub(super) struct IllustrationView {
    pub(super) src: String,
    pub(super) width: i64,
    pub(super) height: i64,
    pub(super) alt: String,
    pub(super) caption: Option<String>,
    pub(super) credit: Option<String>,
    pub(super) licence: Option<String>,
    pub(super) kind: &'static str,
}

impl IllustrationView {
    /// Puts together what the file says of the picture and what is stored of it.
    pub(super) fn new(described: Illustration, stored: &StoredPicture) -> IllustrationView {
        IllustrationView {
            src: teaser::source(stored),
            width: stored.width,
            height: stored.height,
            alt: described.alt,
            caption: described.caption,
            credit: described.credit,
            licence: described.licence,
            kind: described.kind.words(),
        }
    }
}
