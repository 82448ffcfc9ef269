//! The linter: each lint with a small article that trips it and one that
//! does not.

mod across;
mod dates;
mod entries;
mod mutations;
mod names;
mod pictures;
mod sources;
mod style;

use serde_json::Value;

use crate::harness::{Corpus, daybook};

/// One finding, as the program prints it for other programs.
#[derive(Debug)]
struct Finding(Value);

impl Finding {
    fn text(&self, key: &str) -> &str {
        self.0[key].as_str().unwrap_or_default()
    }

    /// File, line and column.
    fn place(&self) -> (&str, u64, u64) {
        let number = |key: &str| self.0[key].as_u64().unwrap();
        (self.text("file"), number("line"), number("column"))
    }

    /// The words that are underlined.
    fn words(&self, corpus: &Corpus) -> String {
        let (file, line, column) = self.place();
        let text = corpus.read(file);
        let line = text.lines().nth(line as usize - 1).unwrap();
        let width = self.0["width"].as_u64().unwrap() as usize;
        line.chars().skip(column as usize - 1).take(width).collect()
    }

    /// The files and lines that its notes point at; a file is empty if it is
    /// the same.
    fn notes(&self) -> Vec<(&str, u64)> {
        let notes = self.0["notes"].as_array();
        notes
            .into_iter()
            .flatten()
            .filter_map(|note| {
                let place = note.get("place")?;
                Some((
                    place
                        .get("file")
                        .and_then(Value::as_str)
                        .unwrap_or_default(),
                    place["line"].as_u64()?,
                ))
            })
            .collect()
    }
}

/// What the program finds with this code.
fn found(corpus: &Corpus, code: &str) -> Vec<Finding> {
    let output = daybook(&corpus.outside(""), &["check", "--format", "json"])
        .output()
        .unwrap();
    let value: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let list = value.get("findings").unwrap_or(&value).as_array().unwrap();
    list.iter()
        .filter(|one| one["code"] == code)
        .cloned()
        .map(Finding)
        .collect()
}

/// The one finding with this code.
fn only(corpus: &Corpus, code: &str) -> Finding {
    let mut all = found(corpus, code);
    assert_eq!(all.len(), 1, "{code}: {all:#?}");
    all.remove(0)
}

fn assert_none(corpus: &Corpus, code: &str) {
    let all = found(corpus, code);
    assert!(all.is_empty(), "{code}: {all:#?}");
}

/// The file of a small article, whose front matter has these lines more. Its
/// first four lines are the fence, the title, the summary and the date.
fn article(date: &str, lines: &str, body: &str) -> String {
    let comma = if lines.is_empty() { "" } else { "\n" };
    format!(
        "---\ntitle: The tower opens\nsummary: After ten years of work the doors are opened.\n\
         date: \"{date}\"\n{lines}{comma}---\n{body}\n"
    )
}

/// A corpus of one file.
fn with(path: &str, text: &str) -> Corpus {
    let corpus = Corpus::empty();
    corpus.write(path, text);
    corpus
}

/// What is found in a content folder with these files, as
/// `line:column severity code`, of the first file alone.
fn found_in(files: &[(&str, &str)]) -> Vec<String> {
    let corpus = Corpus::empty();
    for (path, text) in files {
        corpus.write(path, text);
    }
    daybook::ingest::examine(&corpus.content())
        .unwrap()
        .iter()
        .filter(|one| one.file == files[0].0)
        .map(|one| format!("{}:{} {} {}", one.line, one.column, one.severity, one.code))
        .collect()
}
