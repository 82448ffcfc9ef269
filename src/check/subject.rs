//! One article as the lints see it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::content::{ArticleFile, Catalogue, Names, PictureFile, Place, RenderedArticle};
use crate::dates::{Day, Year};

/// One article as the lints see it: the file, its rendered text, and what the
/// rest of the content says.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The file, below the content folder.
    pub path: &'a str,
    /// What it says.
    pub file: &'a ArticleFile,
    /// Its text: `paragraphs` beside `passages`, `citations`.
    pub rendered: &'a RenderedArticle,
    /// The registries.
    pub names: &'a Names,
    /// All articles by slug.
    pub catalogue: &'a Catalogue,
    /// The pictures beside the file, by name.
    pub pictures: &'a BTreeMap<String, PictureFile>,
    /// The day that it now is, UTC.
    pub today: (Year, Day),
}

impl Subject<'_> {
    /// How many words the text has, headings and notes not counted.
    #[must_use]
    pub fn words(&self) -> usize {
        let paragraphs = self.rendered.paragraphs.iter();
        paragraphs
            .map(|text| text.split_ascii_whitespace().count())
            .sum()
    }

    /// Where a part of a passage stands in the file: `passage` is an index of
    /// `rendered.paragraphs`, `range` bytes of that text.
    #[must_use]
    pub fn place(&self, passage: usize, range: Range<usize>) -> Place {
        let text = self.rendered.paragraphs.get(passage);
        let wanted = text
            .and_then(|text| text.get(range.clone()))
            .unwrap_or_default();
        let about = self
            .rendered
            .passages
            .get(passage)
            .map_or(0, |passage| passage.source_offset(range.start));
        let at = nearest(self.file.body(), about, wanted);
        self.place_in_body(at, wanted.chars().count())
    }

    /// Where some words of a front-matter value stand, such as one of the title;
    /// the place of the whole value where the file writes them otherwise than
    /// the page does.
    #[must_use]
    pub fn place_in_value(&self, value: &Place, words: &str) -> Place {
        /// A folded value has rarely more lines.
        const LINES: usize = 8;
        if words.is_empty() {
            return value.clone();
        }
        let lines = self.file.source.lines().enumerate();
        let first = value.line.saturating_sub(1);
        for (index, line) in lines.skip(first).take(LINES) {
            // On its first line the value stands behind its key.
            let skipped = if index == first {
                value.column.saturating_sub(1)
            } else {
                0
            };
            let Some((from, _)) = line.char_indices().nth(skipped) else {
                continue;
            };
            if let Some(at) = line[from..].find(words) {
                return Place {
                    file: String::new(),
                    line: index + 1,
                    column: line[..from + at].chars().count() + 1,
                    width: words.chars().count(),
                };
            }
        }
        value.clone()
    }

    /// Where a byte of the body stands in the file.
    #[must_use]
    pub fn place_in_body(&self, offset: usize, width: usize) -> Place {
        let body = self.file.body();
        let before = &body[..body.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Place {
            file: String::new(),
            line: self.file.lines_before_body + before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            width,
        }
    }
}

/// The byte nearest to `about` at which `wanted` stands; `about` itself where
/// the source writes it otherwise than the page does.
fn nearest(source: &str, about: usize, wanted: &str) -> usize {
    const AROUND: usize = 40;
    let about = source.floor_char_boundary(about);
    if wanted.is_empty() || source[about..].starts_with(wanted) {
        return about;
    }
    let from = source.floor_char_boundary(about.saturating_sub(AROUND));
    let to = source.floor_char_boundary(about + wanted.len() + AROUND);
    // A line may end within the words, so their first word will do.
    let first = wanted.split_whitespace().next().unwrap_or(wanted);
    let window = &source[from..to];
    window
        .match_indices(wanted)
        .chain(window.match_indices(first))
        .map(|(at, _)| from + at)
        .min_by_key(|at| at.abs_diff(about))
        .unwrap_or(about)
}
