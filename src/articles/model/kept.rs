//! What is read of an article's file as it was kept, long after: only what
//! decides whether it may be shown, and what it says of its own changes.

use serde::Deserialize;
use serde_saphyr::Options;

use super::{Correction, site_day_number};
use crate::markdown::smart_quotes;

/// The part of an old file's front matter that its history needs. Rules get
/// stricter with the years, so unknown keys and everything else in the file are
/// passed over: `content::parse` may refuse a file that this can read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptFile {
    /// It was to be seen only with `serve --drafts`.
    pub draft: bool,
    /// The day number from which it was to be shown, if it named one.
    pub published: Option<i64>,
    /// Its notes of changes, in the order of the file; none where today's
    /// reader cannot make out one of them.
    pub corrections: Vec<Correction>,
}

/// What decides whether a file is shown.
#[derive(Deserialize)]
struct Standing {
    #[serde(default)]
    draft: bool,
    #[serde(default)]
    published: Option<String>,
}

#[derive(Deserialize)]
struct Noted {
    #[serde(default)]
    corrections: Vec<Correction>,
}

impl KeptFile {
    /// Reads a whole file, with `\n` at the end of its lines. `None` if it has
    /// no front matter that can be read: nobody can say then whether it was a
    /// draft, and it must not be shown.
    #[must_use]
    pub fn read(source: &str) -> Option<KeptFile> {
        let rest = source.strip_prefix("---\n")?;
        let end = rest.find("\n---\n").or_else(|| {
            rest.ends_with("\n---")
                .then(|| rest.len().saturating_sub("\n---".len()))
        })?;
        let yaml = rest.get(..end)?;
        let standing: Standing = serde_saphyr::from_str_with_options(yaml, options()).ok()?;
        let noted: Noted = serde_saphyr::from_str_with_options(yaml, options()).unwrap_or(Noted {
            corrections: Vec::new(),
        });
        Some(KeptFile {
            draft: standing.draft,
            published: standing
                .published
                .and_then(|day| site_day_number(&day))
                .map(|day| day.0),
            corrections: noted
                .corrections
                .into_iter()
                .map(|one| Correction {
                    text: smart_quotes(&one.text),
                    ..one
                })
                .collect(),
        })
    }
}

/// As the reader of present files has them.
fn options() -> Options {
    serde_saphyr::options! { with_snippet: false, strict_booleans: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_whatever_else_it_says() {
        let file = "---\ntitle: a\nkey-of-old: [1, {b: c}]\ndraft: true\npublished: 1970-01-02\n\
                    corrections:\n  - {date: 2026-12-02, kind: correction, text: It's \"so\"., case: C-7K3Q2M}\n---\nText.\n";
        let kept = KeptFile::read(file).unwrap();
        assert!(kept.draft);
        assert_eq!(
            kept.published,
            site_day_number("1970-01-02").map(|day| day.0)
        );
        assert_eq!(kept.corrections[0].text, "It’s “so”.");
        assert_eq!(kept.corrections[0].case.as_deref(), Some("C-7K3Q2M"));
    }

    #[test]
    fn notes_that_nobody_can_make_out_are_left_and_the_draft_is_seen() {
        let kept = KeptFile::read("---\ndraft: true\ncorrections: 7\n---\n").unwrap();
        assert!(kept.draft && kept.corrections.is_empty());
    }

    #[test]
    fn without_front_matter_nothing_is_known() {
        for file in ["", "---", "Text.", "---\ntitle: a\n", "---\n: [\n---\n"] {
            assert_eq!(KeptFile::read(file), None, "{file:?}");
        }
    }
}
