//! What was corrected in an article.

use super::super::model::{Correction, Details};
use crate::paths::{self, record};
use crate::site::shell::Identity;
use crate::site::structured::Node;

/// Every note of a change. Dates are days of ours. What was corrected in which
/// words is `text`; `@id` is the address of the case, or of the note in the
/// article's history.
pub(super) fn comments(slug: &str, details: &Details, site: &Identity) -> Vec<Node> {
    let comment = |(number, note): (usize, &Correction)| {
        let path = match &note.case {
            Some(case) => record::case(case),
            None => record::note(slug, number),
        };
        Node::new("CorrectionComment")
            .at(&paths::absolute(&site.base_url, &path))
            .with("text", note.text.as_str())
            .with("datePublished", note.date.as_str())
    };
    (1..).zip(&details.corrections).map(comment).collect()
}
