//! The works that a file cites.

use serde_saphyr::Spanned;

use super::article::typeset;
use super::{Diagnostic, Place, place};
use crate::articles::model::Source;
use crate::markdown::smart_quotes;

/// The works that a file lists under `sources`, with their places; what is
/// wrong with them goes to `found`.
pub(in crate::content) fn sources(
    listed: Vec<Spanned<Source>>,
    found: &mut Vec<Diagnostic>,
) -> Vec<(Source, Place)> {
    let mut sources: Vec<(Source, Place)> = Vec::new();
    for source in listed {
        let place = place(source.referenced);
        let source = source.value;
        if sources.iter().any(|(other, _)| other.id == source.id) {
            let message = format!("the source id `{}` is given twice", source.id);
            found.push(Diagnostic::error_at(&place, "F016", &message));
        }
        for (key, url) in [("url", &source.url), ("archive", &source.archive)] {
            if let Some(url) = url
                && !is_web_address(url)
            {
                let message = format!(
                    "`{key}` of the source `{}` must begin with https:// or http://",
                    source.id
                );
                found.push(Diagnostic::error_at(&place, "F017", &message));
            }
        }
        sources.push((typeset_source(source), place));
    }
    sources
}

fn typeset_source(source: Source) -> Source {
    Source {
        title: smart_quotes(&source.title),
        author: typeset(source.author),
        publisher: typeset(source.publisher),
        ..source
    }
}

/// Whether a text is an address on the web that a page may link to.
fn is_web_address(text: &str) -> bool {
    url::Url::parse(text)
        .is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host())
}
