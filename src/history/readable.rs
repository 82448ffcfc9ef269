//! All that a reader can read in an article, as lines of plain text under the
//! names of its parts: what two revisions are compared by.

use crate::articles::model::{Claim, Correction, EventDate, Registry, Source, site_date_words};
use crate::content::{ArticleFile, RenderedArticle};
use crate::dates::DateStyle;

/// A revision in lines of plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Readable {
    /// In the order in which a page shows them; empty ones included, so that
    /// two revisions have the same parts.
    pub(super) parts: Vec<Part>,
}

/// One part of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// What readers call it.
    pub(super) name: &'static str,
    /// Plain text.
    pub(super) lines: Vec<String>,
}

/// The part that holds the notes of what was changed.
pub(super) const NOTES_OF_CHANGES: &str = "Corrections";

/// The part that holds a file which today's reader refuses.
pub(super) const WHOLE_FILE: &str = "The file";

impl Readable {
    /// Reads an article.
    pub(super) fn new(file: &ArticleFile, rendered: &RenderedArticle, style: DateStyle) -> Self {
        let details = &file.details;
        let one = |text: &Option<String>| text.iter().cloned().collect::<Vec<String>>();
        let names = |registry: Registry| {
            let of_kind = file.names.iter().filter(|(kind, _)| *kind == registry);
            of_kind.map(|(_, name)| name.clone()).collect()
        };
        let pictures = details.illustration.iter().chain(&file.pictures);
        let parts: Vec<(&'static str, Vec<String>)> = vec![
            ("Title", vec![file.title.clone()]),
            ("Summary", vec![file.summary.clone()]),
            (
                "Dates",
                details
                    .dates
                    .iter()
                    .map(|date| dated(date, style))
                    .collect(),
            ),
            ("On the date", one(&details.date_note)),
            ("Places", names(Registry::Places)),
            ("People", names(Registry::People)),
            ("Organisations", names(Registry::Organisations)),
            ("Topics", names(Registry::Topics)),
            ("Text", rendered.plain.lines().map(str::to_owned).collect()),
            ("Notes", notes(&rendered.notes)),
            (
                "Sources",
                details
                    .sources
                    .iter()
                    .map(|one| cited(one, style))
                    .collect(),
            ),
            ("Accounts", details.claims.iter().map(claimed).collect()),
            (
                NOTES_OF_CHANGES,
                details
                    .corrections
                    .iter()
                    .map(|one| corrected(one, style))
                    .collect(),
            ),
            (
                "Pictures",
                pictures
                    .map(|one| {
                        let caption = one.caption.as_deref().unwrap_or_default();
                        let line = format!("{caption} {} [{}]", one.credit_line(), one.alt);
                        line.trim_start().to_owned()
                    })
                    .collect(),
            ),
            ("Author", one(&details.author)),
            ("Reviewer", one(&details.reviewer)),
            (
                "Published",
                details
                    .published
                    .iter()
                    .map(|day| site_date_words(day, style))
                    .collect(),
            ),
            (
                "Old addresses",
                file.aliases.iter().map(|one| one.path.clone()).collect(),
            ),
            (
                "Findings left as they are",
                file.allow
                    .iter()
                    .map(|one| format!("{}: {}", one.code, one.reason))
                    .collect(),
            ),
        ];
        let part = |(name, lines): (&'static str, Vec<String>)| Part {
            name,
            lines: lines
                .into_iter()
                .filter(|line| !line.trim().is_empty())
                .collect(),
        };
        Readable {
            parts: parts.into_iter().map(part).collect(),
        }
    }

    /// The lines of a file that today's reader refuses.
    pub(super) fn of_refused(source: &str) -> Self {
        let part = Part {
            name: WHOLE_FILE,
            lines: source.lines().map(str::to_owned).collect(),
        };
        Readable { parts: vec![part] }
    }

    /// Whether today's reader refused the file.
    pub(super) fn is_refused(&self) -> bool {
        self.parts.iter().any(|part| part.name == WHOLE_FILE)
    }
}

fn dated(date: &EventDate, style: DateStyle) -> String {
    let words = date.date().map_or_else(
        |_| date.on.clone(),
        |found| found.words_with_calendar(style),
    );
    match date.words() {
        "" => words,
        label => format!("{words}: {label}"),
    }
}

fn cited(source: &Source, style: DateStyle) -> String {
    let mut line = source.label();
    let mut add = |before: &str, part: Option<&str>| {
        if let Some(part) = part {
            line.push_str(before);
            line.push_str(part);
        }
    };
    // The label names the publisher where it names no author.
    let publisher = source.author.as_ref().and(source.publisher.as_deref());
    let accessed = source.accessed.as_ref();
    let accessed = accessed.map(|day| site_date_words(day, style));
    add(", ", publisher);
    add(", ", source.pages.as_deref());
    add(", ISBN ", source.isbn.as_deref());
    add(", ", source.url.as_deref());
    add(", seen ", accessed.as_deref());
    add(", archived at ", source.archive.as_deref());
    add(" · ", Some(source.kind.words()));
    line
}

fn claimed(claim: &Claim) -> String {
    let sources: Vec<&str> = claim.sources.iter().map(|id| id.as_str()).collect();
    let mut line = format!("{} ({}): {}", claim.property, claim.subject, claim.value);
    if !sources.is_empty() {
        line.push_str(&format!(" [{}]", sources.join(", ")));
    }
    if let Some(ruling) = &claim.ruling {
        line.push_str(&format!(". Held here: {ruling}"));
    }
    line
}

fn corrected(note: &Correction, style: DateStyle) -> String {
    let day = site_date_words(&note.date, style);
    let mut line = format!("{}, {day}: {}", note.kind.words(), note.text);
    if let Some(case) = &note.case {
        line.push_str(&format!(" ({})", case.to_ascii_uppercase()));
    }
    line
}

/// The text of each note. The renderer wrote this markup itself and escaped
/// every `<` in it, so that what lies between `<` and `>` is a tag.
fn notes(html: &str) -> Vec<String> {
    html.split("<li id=\"fn-")
        .skip(1)
        .map(|note| {
            // The way back to the text is no word of the note.
            let note = note.split("class=\"note-back\"").next().unwrap_or(note);
            let mut text = String::new();
            let inside = note.split_once('>').map_or("", |(_, inside)| inside);
            for piece in inside.split('<') {
                let words = match piece.split_once('>') {
                    Some((_, words)) => words,
                    None if text.is_empty() => piece,
                    None => "",
                };
                text.push_str(words);
            }
            let text = text
                .replace("&nbsp;", "\u{a0}")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
            text.trim().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_its_words() {
        let html = "<ol class=\"notes\"><li id=\"fn-1\"><p><a href=\"#source-a\">A &amp; B</a>, p. 2 \
                    <a href=\"#fnref-1\" class=\"note-back\" role=\"doc-backlink\">↩</a></p></li>\
                    <li id=\"fn-2\"><p>1 &lt; <em>2</em>.</p></li></ol>";
        assert_eq!(notes(html), ["A & B, p. 2", "1 < 2."]);
        assert!(notes("").is_empty());
    }
}
