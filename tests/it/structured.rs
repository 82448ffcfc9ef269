//! What pages say for machines: JSON-LD in the words of schema.org, and Open
//! Graph.

use std::collections::BTreeMap;

use daybook::cases::{self, Actor, Arrival, Change, HoldKind};
use serde_json::{Value, json};

use crate::harness::{Corpus, Page, Setup, TestApp, article};

const BASE: (&str, &str) = ("DAYBOOK_BASE_URL", "https://daybook.example");

/// The nodes of the one block of a page by their types.
fn nodes(page: &Page) -> BTreeMap<String, Value> {
    let block = page.one("script[type='application/ld+json']");
    let data: Value = serde_json::from_str(&block.text).unwrap();
    assert_eq!(data["@context"], "https://schema.org");
    let graph = data["@graph"].as_array().unwrap().iter();
    graph
        .map(|node| (node["@type"].as_str().unwrap().to_owned(), node.clone()))
        .collect()
}

fn meta(page: &Page, property: &str) -> Option<String> {
    let found = page.all(&format!("meta[property='{property}']"));
    assert!(found.len() < 2, "{property} is there twice");
    found.first().map(|one| one.attribute("content"))
}

/// Opens a case about an article that keeps something of it back.
pub(crate) async fn hold(app: &TestApp, slug: &'static str, kind: HoldKind) {
    const NOON: i64 = 1_795_348_800_000;
    app.database.execute(&format!(
        "INSERT INTO reports (id, token_hash, received_at, state, spam_reason, article, quote,
            prefix, suffix, page, category, wrong, correct, source, email, client_hash)
         VALUES ('R-000001', 't', {NOON}, 'received', '', '{slug}', '', '', '', '', 'person',
            'x', '', '', '', '')"
    ));
    let db = app.database.open();
    let open = db.write(move |conn| {
        let arrival = Arrival {
            report: "R-000001",
            article: Some(slug),
            category: "person",
            quote: "",
            wrong: "x",
            correct: "",
            now: NOON,
        };
        let id = cases::file(conn, &arrival)?;
        let change = Change {
            case: &id,
            seen: cases::by_id(conn, &id)?.unwrap().version,
            by: Actor::Editor("E-000001"),
            now: NOON,
        };
        cases::hold(conn, &change, kind)
    });
    open.await.unwrap().unwrap();
}

async fn fixtures() -> TestApp {
    Setup::new(Corpus::fixtures())
        .variable(BASE.0, BASE.1)
        .start()
        .await
}

/// A server over one article with these lines in its head.
async fn with(head: &str) -> TestApp {
    let corpus = Corpus::empty();
    let text =
        article("Bridge", "1951-01-04", "Words.").replacen("---\n", &format!("---\n{head}\n"), 1);
    let text = if head.contains("dates:") {
        text.replace("date: \"1951-01-04\"\n", "")
    } else {
        text
    };
    corpus.write("articles/bridge.md", text);
    Setup::new(corpus).variable(BASE.0, BASE.1).start().await
}

#[tokio::test]
async fn an_article_is_told_with_its_event_its_sources_and_its_corrections() {
    let app = fixtures().await;
    let page = app.page("/articles/seoul-falls").await;
    let nodes = nodes(&page);
    let article = &nodes["Article"];
    let address = "https://daybook.example/articles/seoul-falls";
    assert_eq!(article["@id"], address);
    assert_eq!(article["headline"], "Seoul falls");
    assert_eq!(article["datePublished"], "2026-11-22");
    assert_eq!(article["dateModified"], "2026-11-23");
    assert_eq!(article["version"], 1);
    assert_eq!(
        article["author"],
        json!({"@type": "Person", "name": "Ada Writer"})
    );
    // The captor is disputed, and the dates are not.
    assert_eq!(
        article["temporalCoverage"],
        json!(["1951-01-04", "1950-12-31/1951-01-07"])
    );
    let event = &article["about"];
    assert_eq!(event["@type"], "Event");
    assert_eq!(event["startDate"], "1951-01-04");
    assert!(event["endDate"].is_null());
    assert_eq!(
        event["location"]["@id"],
        "https://daybook.example/places/seoul"
    );
    assert_eq!(event["location"]["geo"]["@type"], "GeoCoordinates");
    let cited = &article["citation"][0];
    assert_eq!(cited["@type"], "Book");
    assert_eq!(cited["isbn"], "978-0-89096-432-3");
    assert_eq!(cited["datePublished"], "1990");
    assert_eq!(article["citation"][1]["@type"], "WebPage");
    let mentioned: Vec<&str> = article["mentions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["@id"].as_str().unwrap())
        .collect();
    assert_eq!(
        mentioned,
        [
            "https://daybook.example/people/matthew-ridgway",
            "https://daybook.example/organisations/eighth-army"
        ]
    );
    assert_eq!(article["correction"][1]["@type"], "CorrectionComment");
    // Who publishes is told once, and referred to.
    let publisher = &nodes["Organization"];
    assert_eq!(publisher["@id"], article["publisher"]["@id"]);
    for policy in [
        "correctionsPolicy",
        "actionableFeedbackPolicy",
        "publishingPrinciples",
    ] {
        assert!(publisher[policy].as_str().unwrap().starts_with(BASE.1));
    }
    let crumbs = nodes["BreadcrumbList"]["itemListElement"].clone();
    assert_eq!(
        crumbs[0]["item"]["@id"],
        "https://daybook.example/on/january-4"
    );
    assert_eq!(crumbs[1]["item"]["@id"], address);
    // Nobody has said under what terms the articles of this site stand.
    assert!(article.get("license").is_none());
}

#[tokio::test]
async fn what_accounts_dispute_is_not_told_as_a_fact() {
    let sources =
        "sources:\n  - {id: one, kind: book, title: One}\n  - {id: two, kind: book, title: Two}\n";
    let claim = |property: &str, value: &str, source: &str| {
        format!(
            "  - {{subject: bridge, property: {property}, value: \"{value}\", sources: [{source}]}}\n"
        )
    };
    for (property, values, told) in [
        ("date", ["1951-01-04", "1951-01-07"], ["", "Here"]),
        ("place", ["Here", "There"], ["1951-01-04", ""]),
        ("captor", ["He", "She"], ["1951-01-04", "Here"]),
    ] {
        let corpus = Corpus::empty();
        let claims = format!(
            "claims:\n{}{}",
            claim(property, values[0], "one"),
            claim(property, values[1], "two")
        );
        corpus.write(
            "articles/bridge.md",
            format!(
                "---\ntitle: Bridge\nsummary: A summary.\ndate: 1951-01-04\nplace: Here\n{sources}{claims}---\nWords.[^one]\n"
            ),
        );
        let app = Setup::new(corpus).start().await;
        let article = nodes(&app.page("/articles/bridge").await)["Article"].clone();
        let event = &article["about"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        assert_eq!(
            [text(&event["startDate"]), text(&event["location"]["name"])],
            told,
            "{property}"
        );
        let covers = text(&article["temporalCoverage"]);
        assert_eq!(covers, told[0], "{property}");
    }
}

#[tokio::test]
async fn an_event_has_only_the_dates_that_are_known() {
    for (dates, start, end, covers) in [
        (
            "{on: 1951-01-04/1951-01-07, primary: true}",
            "1951-01-04",
            "1951-01-07",
            json!("1951-01-04/1951-01-07"),
        ),
        (
            "{on: 1914-07-28, role: began, primary: true}, {on: 1918-11-11, role: ended}",
            "1914-07-28",
            "1918-11-11",
            json!(["1914-07-28", "1918-11-11"]),
        ),
        (
            "{on: 1918-11-11, role: ended, primary: true}",
            "",
            "1918-11-11",
            json!("1918-11-11"),
        ),
        ("{on: \"1951-01-04~\", primary: true}", "", "", Value::Null),
        ("{on: 134X, primary: true}", "", "", json!("1340/1349")),
        (
            "{on: \"1950/..\", primary: true}",
            "1950",
            "",
            json!("1950/.."),
        ),
        (
            "{on: \"[1340..1345]\", primary: true}",
            "",
            "",
            json!("1340/1345"),
        ),
        ("{on: \"Y-12000\", primary: true}", "", "", Value::Null),
    ] {
        let app = with(&format!("dates: [{dates}]")).await;
        let article = nodes(&app.page("/articles/bridge").await)["Article"].clone();
        let text = |key: &str| {
            article["about"][key]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        assert_eq!(
            (text("startDate"), text("endDate")),
            (start.to_owned(), end.to_owned()),
            "{dates}"
        );
        assert_eq!(article["temporalCoverage"], covers, "{dates}");
    }
    // A Julian day leaves as the Gregorian one.
    let caesar = fixtures().await.page("/articles/death-of-caesar").await;
    assert_eq!(
        nodes(&caesar)["Article"]["about"]["startDate"],
        "-0043-03-13"
    );
}

#[tokio::test]
async fn what_is_on_hold_is_not_told_to_machines() {
    let app = fixtures().await;
    hold(&app, "seoul-falls", HoldKind::Text).await;
    let page = app.page("/articles/seoul-falls").await;
    let article = nodes(&page)["Article"].clone();
    for property in [
        "about",
        "mentions",
        "citation",
        "temporalCoverage",
        "description",
    ] {
        assert!(article[property].is_null(), "{property}");
    }
    let description = meta(&page, "og:description").unwrap();
    assert!(description.starts_with("The text of this article is not shown"));
}

#[tokio::test]
async fn no_title_can_end_the_block_that_holds_it() {
    let hostile = "</script><script>alert(1)</script> & <!-- ]]>";
    let corpus = Corpus::empty();
    let text = article("Bridge", "1951-01-04", "Words.");
    let text = text.replace("title: Bridge", &format!("title: '{hostile}'"));
    corpus.write("articles/bridge.md", text);
    let app = Setup::new(corpus).start().await;
    for path in [
        "/articles/bridge",
        "/on/january-4",
        "/embed/articles/bridge",
        "/embed/on/january-4",
    ] {
        let page = app.page(path).await;
        assert!(!page.text().contains("<script>alert"), "{path}");
    }
    let page = app.page("/articles/bridge").await;
    assert_eq!(nodes(&page)["Article"]["headline"], hostile);
}

#[tokio::test]
async fn entries_are_told_as_what_they_are() {
    let corpus = Corpus::empty();
    corpus.write(
        "articles/bridge.md",
        article("Bridge", "1951-01-04", "Words."),
    );
    corpus.write(
        "people/isaac.md",
        "---\nname: Isaac\nalso: [Sir Isaac]\nborn: {on: 1642-12-25, calendar: julian}\ndied: \"1727~\"\nwikidata: Q935\n---\nText.\n",
    );
    corpus.write(
        "places/seoul.md",
        "---\nname: Seoul\nlat: 37.5\nlon: 127.0\ncountry: KR\n---\nText.\n",
    );
    corpus.write("organisations/army.md", "---\nname: Army\n---\nText.\n");
    corpus.write("topics/war.md", "---\nname: War\n---\nText.\n");
    let app = Setup::new(corpus).variable(BASE.0, BASE.1).start().await;
    let page = app.page("/people/isaac").await;
    assert_eq!(meta(&page, "og:type").unwrap(), "profile");
    let mut all = nodes(&page);
    let card = meta(&page, "og:image").unwrap();
    assert_eq!(all["Person"]["image"], card);
    all.get_mut("Person")
        .and_then(Value::as_object_mut)
        .unwrap()
        .remove("image");
    assert_eq!(
        all["Person"],
        json!({
            "@type": "Person",
            "@id": "https://daybook.example/people/isaac",
            "url": "https://daybook.example/people/isaac",
            "name": "Isaac",
            "alternateName": "Sir Isaac",
            "birthDate": "1643-01-04",
            "sameAs": "https://www.wikidata.org/wiki/Q935",
        })
    );
    let crumbs = &all["BreadcrumbList"]["itemListElement"];
    assert_eq!(crumbs[0]["item"]["@id"], "https://daybook.example/people");
    assert_eq!(crumbs[1]["name"], "Isaac");
    let place = nodes(&app.page("/places/seoul").await)["Place"].clone();
    assert_eq!(place["geo"]["latitude"], 37.5);
    assert_eq!(place["containedInPlace"]["name"], "South Korea");
    assert!(nodes(&app.page("/organisations/army").await).contains_key("Organization"));
    let topic = nodes(&app.page("/topics/war").await)["DefinedTerm"].clone();
    assert_eq!(topic["inDefinedTermSet"], "https://daybook.example/topics");
}

#[tokio::test]
async fn pages_of_time_say_where_they_lie_and_what_they_list() {
    let app = fixtures().await;
    let day = nodes(&app.page("/on/january-4").await);
    let list = &day["CollectionPage"]["mainEntity"];
    let page = app.page("/on/january-4").await;
    let shown = page.links(".event__title a").len();
    assert_eq!(list["numberOfItems"], shown);
    let first = &list["itemListElement"][0];
    assert!(
        first["url"]
            .as_str()
            .unwrap()
            .starts_with("https://daybook.example/articles/")
    );
    let labels = |nodes: &BTreeMap<String, Value>| -> Vec<String> {
        let crumbs = nodes["BreadcrumbList"]["itemListElement"]
            .as_array()
            .unwrap();
        let names = crumbs
            .iter()
            .map(|crumb| crumb["name"].as_str().unwrap().to_owned());
        names.collect()
    };
    assert_eq!(labels(&day), ["January", "January 4"]);
    for (path, crumbs) in [
        ("/on/january", &["Daybook", "January"][..]),
        ("/year/1951", &["Timeline", "20th century", "1950s", "1951"]),
        ("/decade/1950s", &["Timeline", "20th century", "1950s"]),
        ("/century/20th", &["Timeline", "20th century"]),
    ] {
        assert_eq!(labels(&nodes(&app.page(path).await)), crumbs, "{path}");
    }
    let front = nodes(&app.page("/").await);
    assert_eq!(front["WebSite"]["url"], "https://daybook.example/");
    assert_eq!(
        front["WebSite"]["publisher"]["@id"],
        front["Organization"]["@id"]
    );
    // There is no search, so none is promised.
    assert!(front["WebSite"]["potentialAction"].is_null());
}

#[tokio::test]
async fn every_public_page_has_its_name_its_words_and_its_one_address() {
    let app = fixtures().await;
    for path in [
        "/",
        "/today",
        "/on/january-4",
        "/on/march-3",
        "/on/january",
        "/year/1951",
        "/decade/1950s",
        "/century/20th",
        "/timeline",
        "/map",
        "/people",
        "/places",
        "/organisations",
        "/topics",
        "/people/matthew-ridgway",
        "/places/seoul",
        "/organisations/eighth-army",
        "/topics/korean-war",
        "/articles/seoul-falls",
        "/articles/seoul-falls/history",
        "/articles/seoul-falls/revisions/1",
        "/corrections",
        "/about/colophon",
        "/about",
    ] {
        let page = app.page(path).await;
        if !page.all("meta[name='robots']").is_empty() {
            assert!(
                meta(&page, "og:title").is_none(),
                "{path} is not to be shared"
            );
            continue;
        }
        let canonical = page.one("link[rel='canonical']").attribute("href");
        assert_eq!(meta(&page, "og:url").unwrap(), canonical, "{path}");
        assert!(canonical.starts_with("https://daybook.example/"), "{path}");
        assert!(!meta(&page, "og:title").unwrap().is_empty(), "{path}");
        let description = meta(&page, "og:description").unwrap();
        assert!(
            description.len() > 20 && description.ends_with('.'),
            "{path}: {description}"
        );
        assert_eq!(
            page.one("meta[name='description']").attribute("content"),
            description
        );
    }
}

#[tokio::test]
async fn the_times_of_a_shared_article_are_those_of_the_site() {
    let corpus = Corpus::fixtures();
    let app = Setup::new(corpus)
        .variable("DAYBOOK_TIME_ZONE", "Asia/Seoul")
        .start()
        .await;
    let page = app.page("/articles/seoul-falls").await;
    assert_eq!(meta(&page, "og:type").unwrap(), "article");
    let time = |name: &str| meta(&page, &format!("article:{name}_time"));
    assert_eq!(time("published").unwrap(), "2026-11-22T00:00:00+09:00");
    assert_eq!(time("modified").unwrap(), "2026-11-23T00:00:00+09:00");
    // Without a day in the file it is when it came, and nothing was modified.
    let app = with("").await;
    let page = app.page("/articles/bridge").await;
    let published = meta(&page, "article:published_time").unwrap();
    let today = jiff::Timestamp::now().to_string();
    assert_eq!(published[..4], today[..4], "{published}");
    assert!(meta(&page, "article:modified_time").is_none());
    let article = nodes(&page)["Article"].clone();
    assert_eq!(article["datePublished"], published);
    assert_eq!(article["dateModified"], published);
}

#[tokio::test]
async fn who_writes_in_the_name_of_the_site_is_no_person() {
    for (author, told) in [
        (
            "author: Daybook editors",
            json!({"@type": "Organization", "name": "Daybook editors"}),
        ),
        (
            "author: Ada Plain",
            json!({"@type": "Person", "name": "Ada Plain"}),
        ),
        ("", json!({"@id": "https://daybook.example/#publisher"})),
    ] {
        let app = with(author).await;
        let article = nodes(&app.page("/articles/bridge").await)["Article"].clone();
        assert_eq!(article["author"], told);
    }
}
