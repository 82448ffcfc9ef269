//! `daybook check`: what editors, their programs and code hosts are told of the
//! mistakes in a content folder.

mod allow;
mod explain;
mod output;
mod sarif;

use std::process::Output;

use serde_json::Value;

use crate::harness::{Corpus, article, daybook};

const FALL: &str = "articles/01/04/fall.md";

/// One article with an error and two warnings, and one that is sound.
fn mistaken() -> Corpus {
    let corpus = Corpus::empty();
    corpus.write(
        "articles/05/06/sound.md",
        article("Sound", "1840-05-06", "All is well."),
    );
    corpus.write(
        FALL,
        "---\ntitle: Seoul falls\nsummary: The city falls.\ndate: 1951-01-04\nsources:\n  \
         - {id: book, kind: book, title: A book}\n---\nIt fell <b>again</b>.[^bok]\n",
    );
    corpus
}

/// The program over a corpus, from the folder in which the content folder lies.
fn check(corpus: &Corpus, arguments: &[&str]) -> Output {
    let arguments: Vec<&str> = ["check"].iter().chain(arguments).copied().collect();
    daybook(&corpus.outside(""), &arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What `--format json` says.
fn as_json(corpus: &Corpus, arguments: &[&str]) -> Value {
    let arguments: Vec<&str> = ["--format", "json"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    serde_json::from_slice(&check(corpus, &arguments).stdout).unwrap()
}

/// Code and line of each finding.
fn found(corpus: &Corpus) -> Vec<(String, u64)> {
    let value = as_json(corpus, &[]);
    let findings = value["findings"].as_array().unwrap().iter();
    findings
        .map(|one| {
            let code = one["code"].as_str().unwrap().to_owned();
            (code, one["line"].as_u64().unwrap())
        })
        .collect()
}
