//! What an article said before: the list of its revisions, each of them, what
//! changed between two, its file, and the notices on its page.

mod comparison;
mod list;
mod notices;
mod revision;

use crate::harness::{Corpus, Setup, TestApp, article};

/// The file of the article that all these tests are about.
const BRIDGE: &str = "articles/01/01/bridge.md";

/// The file with lines of front matter of its own.
fn bridge(lines: &str, body: &str) -> String {
    article("Bridge", "1900-01-01", body).replace("sources:", &format!("{lines}\nsources:"))
}

/// A server whose article has had each of these contents, in this order.
async fn app(contents: &[String]) -> TestApp {
    let corpus = Corpus::empty();
    // With an edition in the database, a server would import beside the test.
    corpus.write(BRIDGE, &contents[0]);
    let app = Setup::new(corpus).start().await;
    for content in &contents[1..] {
        app.write(BRIDGE, content);
        app.ingest();
    }
    app
}

/// A correction that settles a case, a clarification and a minor edit.
const NOTES: [&str; 3] = [
    "{date: 2026-12-02, kind: correction, text: It was \\\"red\\\"., case: C-7K3Q2M}",
    "{date: 2026-12-05, kind: clarification, text: Which bank.}",
    "{date: 2026-12-06, kind: minor, text: A comma.}",
];

/// A line of front matter with the first notes of [`NOTES`].
fn notes(count: usize) -> String {
    let notes = NOTES[..count].join(", ").replace("\\\"", "'");
    format!("corrections: [{notes}]")
}

/// A bridge that was published, changed without a word, corrected and made
/// clear: four revisions.
async fn corrected() -> TestApp {
    app(&[
        bridge("", "The bridge was blue. It is long."),
        bridge("", "The bridge was blue. It is very long."),
        bridge(&notes(1), "The bridge was red. It is very long."),
        bridge(
            &notes(3),
            "The bridge on this bank was red. It is very long.",
        ),
    ])
    .await
}
