//! `daybook check`: what the linter finds, and what it leaves alone.

mod dates;
mod mutations;

use crate::harness::Corpus;

/// What is found in a content folder with these files, as
/// `line:column severity code`, of the first file alone.
fn found(files: &[(&str, &str)]) -> Vec<String> {
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
