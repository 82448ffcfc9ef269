//! The API: what it answers, in which parts, how it refuses, what it says of
//! itself, and everything at once.

mod described;
mod export;
mod manners;
mod parts;
mod refusals;
mod shapes;

use serde_json::Value;

use crate::harness::{Corpus, Page, Setup, TestApp};

const BASE: &str = "https://daybook.example";

async fn site() -> TestApp {
    Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_BASE_URL", BASE)
        .start()
        .await
}

fn json(page: &Page) -> Value {
    serde_json::from_str(page.text()).unwrap()
}

async fn answer(app: &TestApp, path: &str) -> Value {
    let page = app.page(path).await;
    assert_eq!(page.header("content-type"), "application/json", "{path}");
    json(&page)
}

/// An absolute address of an answer as a path of the server under test.
fn path(address: &Value) -> Option<String> {
    let address = address.as_str()?;
    Some(address.strip_prefix(BASE).unwrap().to_owned())
}

/// One member of each entry.
fn each<'a>(items: &'a Value, member: &str) -> Vec<&'a str> {
    let items = items.as_array().unwrap();
    items
        .iter()
        .map(|one| one[member].as_str().unwrap())
        .collect()
}

/// All entries of a list, from all its parts.
async fn all(app: &TestApp, first: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut next = Some(first.to_owned());
    while let Some(here) = next {
        let part = answer(app, &here).await;
        found.extend(part["items"].as_array().unwrap().iter().cloned());
        next = path(&part["next"]);
    }
    found
}
