//! Whether a reader can check what the article says.

mod assertions;
mod uncited;

use super::Subject;
use crate::content::Diagnostic;

/// A text shorter than this may rest on one source, in words.
const SHORT: usize = 150;

/// Adds what is wrong to `found`.
pub(super) fn lint(subject: &Subject, found: &mut Vec<Diagnostic>) {
    never_cited(subject, found);
    without_access_date(subject, found);
    one_or_none(subject, found);
    uncited::lint(subject, found);
}

fn never_cited(subject: &Subject, found: &mut Vec<Diagnostic>) {
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
}

fn without_access_date(subject: &Subject, found: &mut Vec<Diagnostic>) {
    let sources = &subject.file.details.sources;
    for (source, place) in sources.iter().zip(&subject.file.whereabouts.sources) {
        if source.url.is_some() && source.accessed.is_none() {
            let message = format!(
                "the source `{}` has a `url` but does not say when it was read there",
                source.id
            );
            let help = "add `accessed:` with the day, as in accessed: 2026-11-22";
            found.push(Diagnostic::warning_at(place, "C004", &message).help(help));
        }
    }
}

fn one_or_none(subject: &Subject, found: &mut Vec<Diagnostic>) {
    let file = subject.file;
    if file.details.sources.is_empty() {
        let message = "the article names no source: a reader cannot check it";
        found.push(Diagnostic::warning_at(
            &file.whereabouts.title,
            "C002",
            message,
        ));
    }
    // Works that are listed and never cited support nothing.
    let [only] = subject.rendered.citations.as_slice() else {
        return;
    };
    if subject.words() <= SHORT {
        return;
    }
    let sources = file.details.sources.iter().zip(&file.whereabouts.sources);
    for (_, place) in sources.filter(|(source, _)| source.id.as_str() == only) {
        let message = format!("the whole article rests on one single source, `{only}`");
        let help = "cite a second one that does not merely repeat it";
        found.push(Diagnostic::warning_at(place, "C005", &message).help(help));
    }
}
