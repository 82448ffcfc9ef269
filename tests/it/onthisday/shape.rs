//! Every answer by the schema, for each day of the year.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use daybook::config::DatabaseUrl;
use daybook::dates::Day;
use daybook::db::{Db, migrate};
use daybook::ingest::{self, Options};
use jsonschema::Validator;
use serde_json::{Map, Value};

use super::{KINDS, LISTS, fixtures, path};
use crate::harness::{Corpus, Setup, TestApp, letterhead};

fn schema() -> Validator {
    let schema: Value = serde_json::from_str(include_str!("schema.json")).unwrap();
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

/// The content that ships with the program, read where it lies.
async fn shipped() -> TestApp {
    let corpus = Corpus::empty();
    let db = Db::open(&DatabaseUrl::parse(corpus.database.url()).unwrap()).unwrap();
    migrate::run(&mut db.connect().unwrap()).unwrap();
    let options = Options {
        content: Path::new(env!("CARGO_MANIFEST_DIR")).join("content"),
        full: false,
        letterhead: letterhead(),
        progress: false,
    };
    ingest::run(&db, &options).unwrap();
    Setup::new(corpus)
        .variable("DAYBOOK_API_REQUESTS_PER_MINUTE", "0")
        .variable("DAYBOOK_INGEST", "off")
        .variable("DAYBOOK_BASE_URL", "https://daybook.example")
        .start()
        .await
}

/// Asks for everything there is, and gives how many items each list had.
async fn every_answer_is_sound(app: &TestApp) -> BTreeMap<String, usize> {
    let schema = schema();
    let mut counts = BTreeMap::new();
    let mut ids: BTreeMap<u64, String> = BTreeMap::new();
    for day in Day::all() {
        let numbers = format!("{:02}/{:02}", day.month(), day.day());
        let mut apart = Map::new();
        // What is asked for by itself is a part of all, as each seventh day
        // shows.
        let is_asked_apart = day.ordinal() % 7 == 0;
        let kinds = KINDS
            .into_iter()
            .filter(|kind| is_asked_apart || *kind == "all");
        for kind in kinds {
            let answer = app.page(&path(kind, &numbers)).await;
            let value: Value = serde_json::from_str(answer.text()).unwrap();
            let faults: Vec<String> = schema
                .iter_errors(&value)
                .map(|fault| format!("{}: {fault}", fault.instance_path()))
                .collect();
            assert!(faults.is_empty(), "{kind}/{numbers}: {faults:#?}");
            let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
            if kind == "all" {
                // The members are where Wikimedia puts them, and say the same.
                let places: Vec<usize> = LISTS
                    .iter()
                    .map(|list| answer.text().find(&format!("\"{list}\":[")).unwrap())
                    .collect();
                assert!(places.is_sorted(), "{numbers}");
                let whole = value.as_object().unwrap();
                if is_asked_apart {
                    assert_eq!(*whole, apart, "{numbers}");
                }
                apart.clone_from(whole);
            } else {
                assert_eq!(keys, [kind], "{numbers}");
                apart.insert(kind.to_owned(), value[kind].clone());
            }
        }
        for (list, items) in &apart {
            let items = items.as_array().unwrap();
            *counts.entry(list.clone()).or_insert(0) += items.len();
            let years: Vec<i64> = items
                .iter()
                .map(|item| item["year"].as_i64().unwrap())
                .collect();
            assert!(years.is_sorted_by(|a, b| a >= b), "{list}/{numbers}");
            for item in items {
                let text = item["text"].as_str().unwrap();
                assert!(!text.contains("))") && !text.contains(".."), "{text}");
            }
            for page in items
                .iter()
                .flat_map(|item| item["pages"].as_array().unwrap())
            {
                let address = page["content_urls"]["desktop"]["page"].as_str().unwrap();
                let id = page["pageid"].as_u64().unwrap();
                let other = ids.entry(id).or_insert_with(|| address.to_owned());
                assert_eq!(other, address, "two pages have the number {id}");
            }
        }
        is_a_selection(&apart, &numbers);
    }
    counts
}

/// What is selected is some of the events, none twice, and never nothing.
fn is_a_selection(lists: &Map<String, Value>, day: &str) {
    let events = lists["events"].as_array().unwrap();
    let selected = lists["selected"].as_array().unwrap();
    assert!(selected.iter().all(|item| events.contains(item)), "{day}");
    assert_eq!(selected.is_empty(), events.is_empty(), "{day}");
    assert!(selected.len() <= 5, "{day}");
    let slug = |item: &Value| item["pages"][0]["titles"]["canonical"].to_string();
    let articles: BTreeSet<String> = selected.iter().map(slug).collect();
    assert_eq!(articles.len(), selected.len(), "{day}");
    let all: BTreeSet<String> = events.iter().map(slug).collect();
    assert_eq!(articles.len(), all.len().min(5), "{day}");
}

#[tokio::test]
async fn every_answer_about_the_fixtures_fits_the_specification() {
    let counts = every_answer_is_sound(&fixtures().await).await;
    assert!(counts["events"] > 10, "{counts:?}");
    assert_eq!((counts["births"], counts["deaths"]), (1, 1));
    assert_eq!(counts["holidays"], 0);
}

#[tokio::test]
async fn every_answer_about_the_shipped_content_fits_the_specification() {
    let counts = every_answer_is_sound(&shipped().await).await;
    for (list, least) in [("events", 60), ("births", 30), ("deaths", 30)] {
        assert!(counts[list] > least, "{counts:?}");
    }
}

#[test]
fn the_schema_refuses_what_clients_could_not_read() {
    let schema = schema();
    let sound = || -> Value { serde_json::from_str(include_str!("sample.json")).unwrap() };
    assert!(schema.is_valid(&sound()));
    let page = "/events/0/pages/0";
    for (pointer, member) in [
        ("/events/0", "text"),
        ("/events/0", "pages"),
        (page, "type"),
        (page, "titles"),
        (page, "title"),
        (page, "displaytitle"),
        (page, "pageid"),
        (page, "lang"),
        (page, "dir"),
        (page, "revision"),
        (page, "timestamp"),
        (page, "content_urls"),
        (page, "extract"),
        (page, "extract_html"),
        ("/events/0/pages/0/titles", "normalized"),
        ("/events/0/pages/0/content_urls/mobile", "edit"),
    ] {
        let mut without = sound();
        let object = without.pointer_mut(pointer).unwrap();
        object.as_object_mut().unwrap().remove(member).unwrap();
        assert!(!schema.is_valid(&without), "without {pointer}/{member}");
    }
    for (pointer, other) in [
        ("/events/0/pages", serde_json::json!([])),
        ("/events/0/year", serde_json::json!("1951")),
        ("/events/0/year", serde_json::json!(0)),
        ("/events/0/pages/0/revision", serde_json::json!(3)),
        ("/events/0/pages/0/type", serde_json::json!("article")),
        (
            "/events/0/pages/0/timestamp",
            serde_json::json!("yesterday"),
        ),
    ] {
        let mut wrong = sound();
        *wrong.pointer_mut(pointer).unwrap() = other;
        assert!(!schema.is_valid(&wrong), "{pointer}");
    }
}
