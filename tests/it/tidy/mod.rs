//! Guards the house: what may import what, where things lie, what is written
//! down. A failure says which line to change, or which list to review.

mod code;
mod documents;
mod looks;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with one of these endings, by their path below it.
fn files(folder: &str, endings: &[&str]) -> BTreeMap<String, String> {
    fn walk(folder: &Path, base: &Path, endings: &[&str], found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, base, endings, found);
            } else if endings
                .iter()
                .any(|end| path.to_string_lossy().ends_with(end))
            {
                let name = path.strip_prefix(base).unwrap().display().to_string();
                found.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    let base = root().join(folder);
    let mut found = BTreeMap::new();
    walk(&base, &base, endings, &mut found);
    assert!(!found.is_empty(), "{folder} holds nothing");
    found
}

fn document(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// `articles/model.rs` lies in the module `articles`.
fn module(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The files of `src/` without those that hold nothing but tests.
fn sources() -> BTreeMap<String, String> {
    let mut sources = files("src", &[".rs"]);
    let mut tests = Vec::new();
    for (file, text) in &sources {
        let (folder, _) = file.rsplit_once('/').unwrap_or(("", ""));
        for (at, start) in text.match_indices("#[cfg(test)]\nmod ") {
            let rest = &text[at + start.len()..];
            let name = rest.split([';', ' ']).next().unwrap();
            if rest[name.len()..].starts_with(';') {
                tests.push(format!("{folder}/{name}.rs"));
                tests.push(format!("{folder}/{name}/"));
            }
        }
    }
    sources.retain(|file, _| !tests.iter().any(|test| file.starts_with(test.as_str())));
    sources
}

/// Code without its comments and its tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    text.lines()
        .map(|line| line.split("//").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

/// What stands between `start` and the next quotation mark, each time.
fn quoted_after(text: &str, start: &str) -> Vec<String> {
    text.match_indices(start)
        .map(|(at, _)| {
            text[at + start.len()..]
                .split('"')
                .next()
                .unwrap()
                .to_owned()
        })
        .collect()
}
