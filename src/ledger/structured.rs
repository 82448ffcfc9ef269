//! The ledger as JSON-LD, in the words of schema.org 30: a decided case is a
//! comment on its article, and where the article was at fault a
//! `CorrectionComment`, which is a `Comment` that corrects.

use serde_json::{Value, json};

use super::model::{Entry, rfc3339};
use crate::cases::State;
use crate::paths;

/// The comments of a page of the ledger. `page` is its absolute address, and
/// `base_url` has no slash at its end.
pub(super) fn collection(entries: &[Entry], name: &str, page: &str, base_url: &str) -> Value {
    let parts: Vec<Value> = entries.iter().map(|one| comment(one, base_url)).collect();
    json!({
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "@id": page,
        "url": page,
        "name": name,
        "hasPart": parts,
    })
}

/// One case by itself.
pub(super) fn single(entry: &Entry, base_url: &str) -> Value {
    let mut value = comment(entry, base_url);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("@context".to_owned(), json!("https://schema.org"));
    }
    value
}

fn comment(entry: &Entry, base_url: &str) -> Value {
    // What was declined corrects nothing, and a search engine must not be told
    // that the article was wrong.
    let kind = match entry.state {
        State::Corrected | State::Accepted => "CorrectionComment",
        _ => "Comment",
    };
    let mut value = json!({
        "@type": kind,
        "@id": entry.url,
        "url": entry.url,
        "name": entry.title(),
        "text": entry.text,
        "datePublished": rfc3339(entry.course.first_decided_at),
        "dateModified": rfc3339(entry.updated_at()),
    });
    if let (Some(slug), Some(fields)) = (entry.subject.slug(), value.as_object_mut()) {
        let address = paths::absolute(base_url, &paths::article(slug));
        let article = json!({
            "@type": "Article",
            "@id": address,
            "url": address,
            "headline": entry.subject.title(),
        });
        fields.insert("about".to_owned(), article);
    }
    value
}
