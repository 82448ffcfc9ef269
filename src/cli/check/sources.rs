//! The text of the files in which something was found, to show it.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::content::Place;

/// How many bytes of a file are read; those that are larger have no text that
/// anybody would look at.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// How many files are kept in memory. Findings come in the order of their
/// files, so few are needed again.
const KEPT: usize = 32;

/// The text files of a content folder, read when they are asked for.
#[derive(Debug)]
pub(super) struct Sources<'a> {
    root: &'a Path,
    read: HashMap<String, Option<String>>,
}

/// Where a place ends: the line, and the column after the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl<'a> Sources<'a> {
    pub(super) fn below(root: &'a Path) -> Sources<'a> {
        Sources {
            root,
            read: HashMap::new(),
        }
    }

    /// These files and no others, with nothing behind them.
    #[cfg(test)]
    pub(super) fn holding(files: &[(&str, &str)]) -> Sources<'static> {
        let read = files
            .iter()
            .map(|(file, text)| ((*file).to_owned(), Some((*text).to_owned())));
        Sources {
            root: Path::new("/nowhere"),
            read: read.collect(),
        }
    }

    /// The text of a file as its lines are counted; `None` for a picture, a
    /// folder, and what cannot be read.
    pub(super) fn text(&mut self, file: &str) -> Option<&str> {
        if self.read.len() >= KEPT && !self.read.contains_key(file) {
            self.read.clear();
        }
        self.read
            .entry(file.to_owned())
            .or_insert_with(|| read(self.root, file))
            .as_deref()
    }

    /// Where a place of a file ends; `None` if it has no width, or if one of its
    /// ends does not lie in the text.
    pub(super) fn end(&mut self, file: &str, place: &Place) -> Option<End> {
        let text = self.text(file)?;
        let mut line = text.split('\n').nth(place.line.checked_sub(1)?)?;
        if place.width == 0 || place.column > line.chars().count() {
            return None;
        }
        let mut end = End {
            line: place.line,
            column: place.column,
        };
        // A width counts the ends of lines too, because a quotation in the
        // front matter may go on in the next line.
        let mut left = place.width;
        let mut below = text.split('\n').skip(place.line);
        loop {
            let here = (line.chars().count() + 1).saturating_sub(end.column);
            if left <= here {
                end.column += left;
                return Some(end);
            }
            let next = below.next()?;
            left -= here + 1;
            (end.line, end.column, line) = (end.line + 1, 1, next);
            if left == 0 {
                return Some(end);
            }
        }
    }
}

/// Links are not followed, as nowhere in the content folder: what lies outside
/// is not ours to print.
fn read(root: &Path, file: &str) -> Option<String> {
    if !file.ends_with(".md") && !file.ends_with(".yaml") {
        return None;
    }
    let path = root.join(file);
    if !fs::symlink_metadata(&path).ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    let file = File::open(path).ok()?;
    file.take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
    // Line ends and the byte-order mark as `content::parse` counts them.
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Some(text.replace("\r\n", "\n").replace('\r', "\n"))
}
