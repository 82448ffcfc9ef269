//! A day in the shape of Wikimedia's feed: every answer by the schema of its
//! specification, what it says, how it is sent, and that whoever was written
//! for the other host can read it.

mod clients;
mod sending;
mod shape;
mod texts;

use serde_json::Value;

use crate::harness::{Corpus, Setup, TestApp};

const KINDS: [&str; 6] = ["selected", "events", "births", "deaths", "holidays", "all"];
/// In the order in which they stand in the answer to `all`.
const LISTS: [&str; 5] = ["selected", "events", "births", "deaths", "holidays"];

fn path(kind: &str, day: &str) -> String {
    format!("/api/rest_v1/feed/onthisday/{kind}/{day}")
}

/// A site at an address of its own, with the content of this corpus.
async fn site(corpus: Corpus) -> TestApp {
    Setup::new(corpus)
        .variable("DAYBOOK_BASE_URL", "https://daybook.example")
        // All days of the year are asked for at once.
        .variable("DAYBOOK_API_REQUESTS_PER_MINUTE", "0")
        .start()
        .await
}

/// The fixtures, with an entry for each name in them.
async fn fixtures() -> TestApp {
    let corpus = Corpus::fixtures();
    corpus.register_names();
    site(corpus).await
}

async fn answer(app: &TestApp, kind: &str, day: &str) -> Value {
    serde_json::from_str(app.page(&path(kind, day)).await.text()).unwrap()
}

/// One list of a day.
async fn list(app: &TestApp, kind: &str, day: &str) -> Vec<Value> {
    answer(app, kind, day).await[kind]
        .as_array()
        .unwrap()
        .clone()
}

fn texts(list: &[Value]) -> Vec<&str> {
    list.iter().map(|item| text(&item["text"])).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
