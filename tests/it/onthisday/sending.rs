//! How answers are sent: types, caches, scripts of other sites, and what comes
//! back for an address that means nothing.

use daybook::paths::api;
use reqwest::Method;
use serde_json::Value;

use super::{KINDS, fixtures, path};
use crate::harness::{Page, TestApp};

const TYPE: &str = "application/json; charset=utf-8; \
    profile=\"https://www.mediawiki.org/wiki/Specs/OnThisDay/0.5.0\"";

#[tokio::test]
async fn an_answer_has_the_headers_that_wikimedia_sends() {
    let app = fixtures().await;
    for kind in KINDS {
        let path = path(kind, "01/04");
        let answer = app.page(&path).await;
        assert_eq!(answer.header("content-type"), TYPE);
        assert_eq!(answer.header("cache-control"), "s-maxage=300, max-age=60");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        let exposed = answer.header("access-control-expose-headers");
        assert!(exposed.to_lowercase().contains("etag"), "{exposed}");
        assert_eq!(answer.header("vary"), "accept-encoding");
        let tag = answer.header("etag").to_owned();
        let (revision, tid) = tag.trim_matches('"').split_once('/').unwrap();
        assert!(revision.parse::<u32>().is_ok(), "{tag}");
        assert_eq!(tid.len(), 36, "{tag}");

        let again = app.get_with(&path, "if-none-match", &tag).await;
        assert_eq!((again.status, again.bytes.len()), (304, 0));
        assert_eq!(again.header("etag"), tag);
        assert_eq!(again.header("access-control-allow-origin"), "*");
        let head = app.head(&path).await;
        assert_eq!((head.status, head.bytes.len()), (200, 0));
        assert_eq!(head.header("etag"), tag);
        assert_eq!(head.header("content-type"), TYPE);
        // Another coding has another tag, because it has other bytes.
        let packed = app.get_with(&path, "accept-encoding", "gzip").await;
        assert_ne!(packed.header("etag"), tag);
    }
}

#[tokio::test]
async fn the_tag_changes_with_the_answer_and_with_nothing_else() {
    let app = fixtures().await;
    let tag = async |path: &str| app.page(path).await.header("etag").to_owned();
    let events = path("events", "01/04");
    let before = tag(&events).await;
    for same in [
        path("events", "1/4"),
        path("events", "1/04"),
        format!("{events}?utm_source=x&a[]=%00"),
        "/feed/v1/wikipedia/en/onthisday/events/01/04".to_owned(),
    ] {
        assert_eq!(tag(&same).await, before, "{same}");
    }
    let other = tag(&path("events", "03/15")).await;
    assert_ne!(other, before);
    app.edit(
        "articles/01/04/seoul-falls.md",
        "title: Seoul falls",
        "title: Seoul falls again",
    );
    app.ingest();
    assert_ne!(tag(&events).await, before);
    assert_eq!(tag(&path("events", "03/15")).await, other);
}

#[tokio::test]
async fn the_number_of_a_page_outlives_every_import() {
    let app = fixtures().await;
    let page = async || {
        let answer = app.page(&path("events", "01/04")).await;
        let value: Value = serde_json::from_str(answer.text()).unwrap();
        let items = value["events"].as_array().unwrap().clone();
        let mut items = items.into_iter();
        items.find(|item| item["year"] == 1951).unwrap()["pages"][0].clone()
    };
    let before = page().await;
    let file = "articles/01/04/seoul-falls.md";
    app.edit(file, "title: Seoul falls", "title: Seoul falls again");
    app.ingest();
    let after = page().await;
    assert_eq!(after["pageid"], before["pageid"]);
    assert_eq!(
        (&before["revision"], &after["revision"]),
        (&"1".into(), &"2".into())
    );
    assert_ne!(after["tid"], before["tid"]);
}

#[tokio::test]
async fn scripts_of_other_sites_may_ask_with_headers_of_their_own() {
    let app = fixtures().await;
    for path in [
        path("selected", "01/04"),
        "/feed/v1/wikipedia/en/onthisday/all/01/04".to_owned(),
    ] {
        let request = app
            .client()
            .request(Method::OPTIONS, app.url(&path))
            .header("origin", "https://client.example")
            .header("access-control-request-method", "GET")
            .header(
                "access-control-request-headers",
                "api-user-agent,if-none-match",
            );
        let answer = Page::read(request.send().await.unwrap()).await;
        assert!(matches!(answer.status, 200 | 204), "{}", answer.status);
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        let methods = answer.header("access-control-allow-methods");
        assert!(
            methods.contains("GET") && methods.contains("HEAD"),
            "{methods}"
        );
        let headers = answer.header("access-control-allow-headers").to_lowercase();
        // Whatever there is, as long as no cookie is sent (Fetch, section 3.2).
        assert_eq!(headers, "*");
    }
}

fn is_a_problem(answer: &Page, path: &str) {
    assert_eq!(answer.status, 404, "{path}");
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let problem: Value = serde_json::from_str(answer.text()).unwrap();
    assert_eq!(problem["status"], 404);
    assert_eq!(problem["type"], "not_found");
    for member in ["title", "detail", "method", "uri"] {
        assert!(
            problem[member]
                .as_str()
                .is_some_and(|text| !text.is_empty())
        );
    }
    assert!(answer.bytes.len() < 1000, "{path}");
}

#[tokio::test]
async fn what_means_nothing_is_a_problem_that_says_so() {
    let app = fixtures().await;
    for (kind, day) in [
        ("events", "02/30"),
        ("events", "04/31"),
        ("events", "13/01"),
        ("events", "00/01"),
        ("events", "01/00"),
        ("events", "01/32"),
        ("events", "1951/01"),
        ("events", "january/4"),
        ("events", "-1/4"),
        ("events", "+1/4"),
        ("events", "001/04"),
        ("events", "%2531/04"),
        ("events", "%ff/04"),
        ("events", "01/04%20"),
        ("events", "01/04%0a"),
        ("weddings", "01/04"),
        ("%2565vents", "01/04"),
        ("..%2fevents", "01/04"),
    ] {
        for path in [
            path(kind, day),
            format!("/feed/v1/wikipedia/en/onthisday/{kind}/{day}"),
        ] {
            is_a_problem(&app.get(&path).await, &path);
        }
    }
    for language in ["de", "xx", "en-gb", "%65%6e-x", "e%256e"] {
        let path = format!("/feed/v1/wikipedia/{language}/onthisday/all/01/04");
        is_a_problem(&app.get(&path).await, &path);
    }
}

#[test]
fn both_addresses_are_described_with_what_they_answer() {
    let described = serde_json::to_value(daybook::onthisday::described()).unwrap();
    for path in [api::ON_THIS_DAY_ROUTE, api::ON_THIS_DAY_OF_LANGUAGE_ROUTE] {
        let operation = &described["paths"][path]["get"];
        let parameters = operation["parameters"].as_array().unwrap();
        assert_eq!(parameters.len(), path.matches('{').count());
        let content = &operation["responses"]["200"]["content"]["application/json"];
        assert_eq!(content["schema"]["$ref"], "#/components/schemas/OnThisDay");
    }
    let schemas = &described["components"]["schemas"];
    let required = &schemas["PageSummary"]["required"];
    for member in ["type", "titles", "pageid", "extract_html", "content_urls"] {
        assert!(
            required.as_array().unwrap().contains(&member.into()),
            "{member}"
        );
    }
    assert_eq!(
        schemas["PageSummary"]["properties"]["thumbnail"]["nullable"],
        Value::Null
    );
}

#[tokio::test]
async fn february_29_is_a_day_of_every_year() {
    let app = fixtures().await;
    let answer = app.page(&path("events", "02/29")).await;
    let value: Value = serde_json::from_str(answer.text()).unwrap();
    assert_eq!(value["events"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn no_request_makes_the_server_fail() {
    let app = fixtures().await;
    let long = "x".repeat(10_000);
    let path = path("events", "01/04");
    assert_eq!(status(&app, &format!("{path}?{long}")), 400);
    assert_eq!(
        status(&app, &format!("{path}?a={}", "%2525".repeat(2000))),
        400
    );
    assert_eq!(status(&app, &format!("{path}?a=%2525%00")), 200);
    assert_eq!(
        status(&app, "/api/rest_v1/feed/onthisday/events/%00/04"),
        404
    );
    for target in [
        format!("{path}/{long}"),
        format!("/api/rest_v1/feed/onthisday/{long}/01/04"),
        format!("/api/rest_v1/feed/onthisday/events/{long}/04"),
        format!("/feed/v1/wikipedia/{long}/onthisday/events/01/04"),
        "/api/rest_v1/feed/onthisday/events/%c0%ae/04".to_owned(),
        "/api/rest_v1/feed/onthisday/events/01".to_owned(),
        "/api/rest_v1/feed/onthisday".to_owned(),
    ] {
        let status = status(&app, &target);
        assert!((400..500).contains(&status), "{status} for {:.60}", target);
    }
}

fn status(app: &TestApp, target: &str) -> u16 {
    let answer = app.raw(target);
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}
