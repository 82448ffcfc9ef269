//! Whether a reader can check what the article says.

use super::Subject;
use crate::content::Diagnostic;

/// Adds what is wrong to `found`.
pub(super) fn lint(subject: &Subject, found: &mut Vec<Diagnostic>) {
    let sources = &subject.file.details.sources;
    for (source, place) in sources.iter().zip(&subject.file.whereabouts.sources) {
        if !subject
            .rendered
            .citations
            .iter()
            .any(|id| id == source.id.as_str())
        {
            let message = format!(
                "the source `{}` is listed but the text never cites it",
                source.id
            );
            let help = format!(
                "write [^{}] where it supports the text, or remove it",
                source.id
            );
            found.push(Diagnostic::warning_at(place, "C001", &message).help(&help));
        }
    }
    if sources.is_empty() {
        let message = "the article names no source: a reader cannot check it";
        found.push(Diagnostic::warning_at(
            &subject.file.whereabouts.title,
            "C002",
            message,
        ));
    }
}
