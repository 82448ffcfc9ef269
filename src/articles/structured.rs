//! An article's corrections for machines: JSON-LD in the words of schema.org 30
//! (`Article`, `correction`, `CorrectionComment`, all of them pending terms).

use serde_json::{Value, json};

use super::model::Details;
use crate::paths::{self, record};

/// The article with its corrections; `None` where it has none. Dates are days
/// of ours. What was corrected in which words is `text`; `@id` is the address
/// of the case, or of the note in the article's history.
#[must_use]
pub(super) fn corrections(
    slug: &str,
    title: &str,
    details: &Details,
    base_url: &str,
) -> Option<Value> {
    if details.corrections.is_empty() {
        return None;
    }
    let absolute = |path: &str| paths::absolute(base_url, path);
    let address = absolute(&paths::article(slug));
    let comment = |(number, note): (usize, &super::model::Correction)| {
        let address = absolute(&match &note.case {
            Some(case) => record::case(case),
            None => record::note(slug, number),
        });
        json!({
            "@type": "CorrectionComment",
            "@id": address,
            "url": address,
            "text": note.text,
            "datePublished": note.date,
        })
    };
    let comments: Vec<Value> = (1..).zip(&details.corrections).map(comment).collect();
    let mut article = json!({
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": address,
        "url": address,
        "headline": title,
        "correction": comments,
    });
    let days = [
        ("datePublished", details.published.as_deref()),
        ("dateModified", details.updated()),
    ];
    for (key, day) in days {
        if let (Some(day), Some(fields)) = (day, article.as_object_mut()) {
            fields.insert(key.to_owned(), json!(day));
        }
    }
    Some(article)
}
