//! The corpus of the fuzzer: texts that each went a way of their own through
//! the engine, and those that once broke it.

use super::fuzzed;
use std::fs;
use std::path::Path;

#[test]
fn no_text_of_the_corpus_breaks_a_property() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus/dates");
    let mut texts = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        // libFuzzer gives the engine only what is text, so this does too.
        let text = String::from_utf8(fs::read(&path).unwrap());
        fuzzed::hold(&text.unwrap_or_else(|error| panic!("{}: {error}", path.display())));
        texts += 1;
    }
    assert!(texts >= 100, "{texts} in {}", folder.display());
}
