//! Feeds of articles and of days, as other programs read them, and the page
//! that explains them.

mod articles;
mod forms;
mod today;

use feed_rs::model::{Entry, Feed};

use crate::harness::{Corpus, Setup, TestApp};

const BASE: &str = "https://daybook.example";
const FORMATS: [&str; 3] = ["atom", "rss", "json"];
const SEOUL: &str = "articles/01/04/seoul-falls.md";

async fn site(corpus: Corpus) -> TestApp {
    let setup = Setup::new(corpus).variable("DAYBOOK_BASE_URL", BASE);
    setup.start().await
}

async fn feed(app: &TestApp, path: &str) -> Feed {
    let page = app.page(path).await;
    feed_rs::parser::parse(&*page.bytes).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The whole content as HTML; RSS has it in its description.
fn html(entry: &Entry) -> String {
    let body = entry.content.as_ref().and_then(|one| one.body.clone());
    body.or(entry.summary.as_ref().map(|one| one.content.clone()))
        .unwrap()
}

fn ids(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().map(|entry| &*entry.id).collect()
}

fn entry<'a>(feed: &'a Feed, slug: &str) -> &'a Entry {
    let id = format!("{BASE}/articles/{slug}");
    let found = feed.entries.iter().find(|entry| entry.id == id);
    found.unwrap_or_else(|| panic!("{slug} is not in {:?}", ids(feed)))
}
