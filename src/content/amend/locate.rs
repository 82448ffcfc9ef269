//! Where in the file of an article a passage that readers see is written.

use std::collections::BTreeMap;
use std::ops::Range;

use super::read;
use crate::content::passages::{Anchor, Found, Piece, find_again};
use crate::content::{ArticleFile, Catalogue, survey_article};
use crate::markdown;

/// A stretch of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Bytes of the file as it was given.
    pub range: Range<usize>,
    /// Its Markdown, footnote marks and all.
    pub markdown: String,
}

/// The smallest stretch of a file that shows a passage to readers: the passage
/// without its markup, or more of it where markup cannot be cut. `None` if the
/// passage does not stand in the text in the same words, runs over several
/// paragraphs, or cannot be traced through the markup; then the editor changes
/// the whole file.
///
/// `catalogue` gives the headlines of articles to which the text links without
/// words of its own; an empty one does where there are no such links.
#[must_use]
pub fn locate(source: &str, catalogue: &Catalogue, anchor: &Anchor) -> Option<Located> {
    let article = read(source).ok()?;
    let rendered = survey_article(&article, 1, catalogue, &BTreeMap::new());
    let Found::Same(pieces) = find_again(&rendered.paragraphs, anchor) else {
        return None;
    };
    let [Piece { paragraph, range }] = pieces.as_slice() else {
        return None;
    };
    let plain = rendered.paragraphs.get(paragraph - 1)?;
    let passage = rendered.passages.get(paragraph - 1)?;
    let found = markdown::origin(article.body(), passage, plain, range.clone())?;
    let inside = |at: usize| original(source, article.body_at + at);
    let range = inside(found.start)..inside(found.end);
    Some(Located {
        markdown: source.get(range.clone())?.to_owned(),
        range,
    })
}

/// Where the body begins in the file as it was given.
pub(super) fn body_start(source: &str, article: &ArticleFile) -> usize {
    original(source, article.body_at)
}

/// The byte of the file for a byte of what [`parse`](crate::content::parse)
/// keeps of it, which has no byte-order mark and no CR before an LF.
fn original(source: &str, kept: usize) -> usize {
    let mut at = source.len() - source.strip_prefix('\u{feff}').unwrap_or(source).len();
    let mut left = kept;
    let bytes = source.as_bytes();
    while left > 0 && at < bytes.len() {
        if bytes[at..].starts_with(b"\r\n") {
            at += 1;
        }
        at += 1;
        left -= 1;
    }
    at
}
