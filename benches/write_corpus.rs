//! Writes a content folder of generated articles, for `scripts/bench-growth`:
//! `write_corpus FOLDER ARTICLES`. It writes nothing without them, as when all
//! benchmarks are run.

mod corpus;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [folder, articles] = &arguments[..]
        && let Ok(articles) = articles.parse()
    {
        corpus::write_corpus(Path::new(folder), articles)?;
    }
    Ok(())
}
