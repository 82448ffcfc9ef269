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

    /// Where some words of a front-matter value stand in the file; the place of
    /// the whole value where typography has changed them.
    #[must_use]
    pub fn place_in_value(&self, value: &Place, words: &str) -> Place {
        /// A folded value has rarely more lines.
        const LINES: usize = 8;
        let lines = self.file.source.lines().enumerate();
        for (index, line) in lines.skip(value.line.saturating_sub(1)).take(LINES) {
            if let Some(at) = line.find(words).filter(|_| !words.is_empty()) {
                return Place {
                    file: String::new(),
                    line: index + 1,
                    column: line[..at].chars().count() + 1,
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
