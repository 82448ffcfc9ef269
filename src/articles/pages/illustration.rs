//! The picture at the head of an article.

use crate::articles::model::Illustration;
use crate::articles::picture::Picture;
use crate::articles::queries::StoredPicture;

pub(crate) struct IllustrationView {
    pub(crate) picture: Picture,
    pub(crate) caption: Option<String>,
    /// What sort of picture it is, who made it, and its terms.
    pub(crate) credit: String,
}

impl IllustrationView {
    /// Puts together what the file says of the picture and what is stored of it.
    pub(crate) fn new(described: Illustration, stored: &StoredPicture) -> IllustrationView {
        IllustrationView {
            credit: described.credit_line(),
            caption: described.caption,
            picture: Picture::at_head(stored, described.alt),
        }
    }
}
