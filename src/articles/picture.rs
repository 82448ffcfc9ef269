//! A picture as pages show it, in a list or at the head of an article.

use super::queries::StoredPicture;
use crate::pictures::{self, Sources};

/// What `templates/articles/_img.html` prints.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its address for browsers that know no `srcset`.
    pub src: String,
    /// The addresses of all its widths.
    pub srcset: String,
    /// The same as AVIF, in a program that offers it.
    pub avif: Option<String>,
    /// How wide it stands on the page, for the choice among them.
    pub sizes: &'static str,
    /// Pixels, of the widest.
    pub width: u32,
    /// Pixels, of the widest.
    pub height: u32,
    /// What it shows.
    pub alt: String,
    /// Its classes: what stands in its place until it has come, and in a list
    /// that it stands there.
    pub class: String,
    /// Much higher than wide.
    pub is_tall: bool,
    /// It is among the first things that a reader sees, and must come at once.
    pub is_first: bool,
}

impl Picture {
    /// At the head of an article.
    pub(super) fn at_head(stored: &StoredPicture, alt: String) -> Picture {
        Picture {
            sizes: pictures::COLUMN,
            class: stored.tone.clone(),
            is_first: true,
            ..Picture::new(stored, alt)
        }
    }

    /// Beside an entry of a list.
    pub(super) fn in_list(stored: &StoredPicture, alt: String) -> Picture {
        Picture {
            sizes: pictures::MARGIN,
            class: format!("event__picture {}", stored.tone),
            ..Picture::new(stored, alt)
        }
    }

    fn new(stored: &StoredPicture, alt: String) -> Picture {
        let sources = Sources::new(&stored.hash, stored.width, stored.height);
        let is_tall = sources.is_tall();
        let Sources {
            src,
            srcset,
            avif,
            width,
            height,
        } = sources;
        Picture {
            src,
            srcset,
            avif,
            sizes: "",
            width,
            height,
            alt,
            class: String::new(),
            is_tall,
            is_first: false,
        }
    }
}
