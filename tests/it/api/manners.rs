//! Caches, scripts of other sites, and clients that ask too often.

use reqwest::Method;

use super::{json, site};
use crate::harness::{Corpus, Page, Setup};

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let app = site().await;
    for path in [
        "/api/v1/articles",
        "/api/v1/articles/seoul-falls",
        "/api/v1/days/january-4",
        "/api/v1/people",
        "/api/v1/openapi.json",
    ] {
        let first = app.page(path).await;
        assert!(
            first
                .header("cache-control")
                .starts_with("public, max-age=60"),
            "{path}"
        );
        let again = app
            .get_with(path, "if-none-match", first.header("etag"))
            .await;
        assert_eq!((again.status, again.bytes.len()), (304, 0), "{path}");
        let head = app.head(path).await;
        assert_eq!((head.status, head.bytes.len()), (200, 0), "{path}");
        assert_eq!(head.header("etag"), first.header("etag"), "{path}");
    }
    let export = app.head("/api/v1/export.ndjson").await;
    assert_eq!((export.status, export.bytes.len()), (200, 0));
}

#[tokio::test]
async fn scripts_of_other_sites_may_read() {
    let app = site().await;
    for path in [
        "/api/v1/articles",
        "/api/v1/nothing",
        "/corrections.json",
        "/corrections.atom",
    ] {
        let asked = app
            .client()
            .request(Method::OPTIONS, app.url(path))
            .header("origin", "https://elsewhere.example")
            .header("access-control-request-method", "GET")
            .header("access-control-request-headers", "if-none-match")
            .send()
            .await
            .unwrap();
        let page = Page::read(asked).await;
        assert_eq!(page.status, 204, "{path}");
        assert_eq!(page.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(
            page.header("access-control-allow-methods"),
            "GET, HEAD, OPTIONS",
            "{path}"
        );
        assert_eq!(page.header("access-control-allow-headers"), "*", "{path}");
    }
    let page = app.page("/api/v1/articles").await;
    assert!(
        page.header("access-control-expose-headers")
            .contains("RateLimit")
    );
    assert_eq!(page.header("cross-origin-resource-policy"), "cross-origin");
    let closed = app.get("/desk").await;
    assert!(closed.headers.get("access-control-allow-origin").is_none());
}

#[tokio::test]
async fn a_client_that_asks_too_often_is_told_to_wait() {
    let app = Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_API_REQUESTS_PER_MINUTE", "3")
        .variable("DAYBOOK_TRUSTED_PROXIES", "127.0.0.1")
        .start()
        .await;
    let path = "/api/v1/editions";
    let ask = async |client: &str| app.get_with(path, "x-forwarded-for", client).await;
    for left in ["2", "1", "0"] {
        let page = ask("198.51.100.1").await;
        assert_eq!(page.status, 200);
        assert_eq!(page.header("ratelimit-policy"), "\"client\";q=3;w=60");
        let state = page.header("ratelimit").to_owned();
        assert!(
            state.starts_with(&format!("\"client\";r={left};t=")),
            "{state}"
        );
    }
    let refused = ask("198.51.100.1").await;
    assert_eq!(refused.status, 429);
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=21).contains(&wait), "{wait}");
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert_eq!(json(&refused)["status"], 429);
    assert_eq!(refused.header("access-control-allow-origin"), "*");
    // Another client has a quota of its own; pages and feeds have none.
    assert_eq!(ask("198.51.100.2").await.status, 200);
    for path in ["/articles/seoul-falls", "/corrections.json", "/api"] {
        let page = app.get_with(path, "x-forwarded-for", "198.51.100.1").await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.headers.get("ratelimit").is_none(), "{path}");
    }
}

#[tokio::test]
async fn without_a_limit_nothing_is_counted() {
    let app = Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_API_REQUESTS_PER_MINUTE", "0")
        .start()
        .await;
    let page = app.page("/api/v1/editions").await;
    assert!(page.headers.get("ratelimit").is_none());
    assert!(app.page("/api").await.text().contains("no limit"));
}
