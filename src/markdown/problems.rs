//! Collects the problems of one text and finds their lines and columns.

use super::{Problem, Severity};

/// An editor mends the first few; a text of a megabyte could have a million.
const MOST: usize = 300;

/// The problems found so far in one text.
pub(super) struct Problems<'a> {
    places: Places<'a>,
    found: Vec<Problem>,
    overflow: bool,
}

impl<'a> Problems<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            places: Places::new(text),
            found: Vec::new(),
            overflow: false,
        }
    }

    /// Adds an error at a byte of the text. The message is only made if there
    /// is room for it.
    pub(super) fn error(
        &mut self,
        offset: usize,
        code: &'static str,
        message: impl FnOnce() -> String,
    ) {
        self.add(offset, Severity::Error, code, message);
    }

    /// Adds a warning, like [`error`](Self::error).
    pub(super) fn warning(
        &mut self,
        offset: usize,
        code: &'static str,
        message: impl FnOnce() -> String,
    ) {
        self.add(offset, Severity::Warning, code, message);
    }

    /// Line and column (in characters) of a byte of the text, both from 1.
    pub(super) fn place(&mut self, offset: usize) -> (usize, usize) {
        self.places.find(offset)
    }

    /// The problems in order of place.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.found
            .sort_by_key(|problem| (problem.line, problem.column));
        if self.overflow {
            let (line, column) = self
                .found
                .last()
                .map_or((1, 1), |last| (last.line, last.column));
            self.found.push(Problem {
                line,
                column,
                severity: Severity::Warning,
                code: "M018",
                message: format!("There are more problems than these {MOST}; mend these first."),
            });
        }
        self.found
    }

    fn add(
        &mut self,
        offset: usize,
        severity: Severity,
        code: &'static str,
        message: impl FnOnce() -> String,
    ) {
        if self.found.len() >= MOST {
            self.overflow = true;
            return;
        }
        let (line, column) = self.places.find(offset);
        self.found.push(Problem {
            line,
            column,
            severity,
            code,
            message: message(),
        });
    }
}

/// Finds lines and columns. It remembers the last place, because a line may be
/// a megabyte long and hold a hundred thousand links, which come in order.
struct Places<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
    last_offset: usize,
    last_line: usize,
    last_column: usize,
}

impl<'a> Places<'a> {
    fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut line_starts = vec![0];
        for (index, byte) in bytes.iter().enumerate() {
            let ends_line =
                *byte == b'\n' || (*byte == b'\r' && bytes.get(index + 1) != Some(&b'\n'));
            if ends_line {
                line_starts.push(index + 1);
            }
        }
        Self {
            text,
            line_starts,
            last_offset: 0,
            last_line: 1,
            last_column: 1,
        }
    }

    fn find(&mut self, offset: usize) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let (from, column) = if line == self.last_line && offset >= self.last_offset {
            (self.last_offset, self.last_column)
        } else {
            (self.line_starts[line - 1], 1)
        };
        self.last_offset = offset;
        self.last_line = line;
        self.last_column = column + self.text[from..offset].chars().count();
        (line, self.last_column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_in_three_ways() {
        let mut places = Places::new("é1\r\nab\rc\nd");
        assert_eq!(places.find(0), (1, 1));
        assert_eq!(places.find(2), (1, 2));
        assert_eq!(places.find(6), (2, 2));
        assert_eq!(places.find(5), (2, 1));
        assert_eq!(places.find(8), (3, 1));
        assert_eq!(places.find(10), (4, 1));
        assert_eq!(places.find(99), (4, 2));
    }

    #[test]
    fn the_list_is_bounded_and_says_so() {
        let text = "x\n".repeat(1000);
        let mut problems = Problems::new(&text);
        for line in 0..1000 {
            problems.error(line * 2, "test", String::new);
        }
        let found = problems.finish();
        assert_eq!(found.len(), MOST + 1);
        assert_eq!(found.last().unwrap().code, "M018");
    }
}
