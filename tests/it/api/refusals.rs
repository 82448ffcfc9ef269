//! What cannot be is refused as a problem that says what to do, never with a
//! page and never with a fault.

use super::{json, site};

#[tokio::test]
async fn bad_questions_get_a_problem() {
    let app = site().await;
    let long = format!("/api/v1/articles?topic={}", "x".repeat(10_240));
    for (path, status) in [
        ("/api/v1/nothing-of-the-kind", 404),
        ("/api/nothing", 404),
        ("/api/v2/articles", 404),
        ("/api/v1/articles/nothing", 404),
        ("/api/v1/articles/%00", 404),
        ("/api/v1/articles/%2500", 404),
        ("/api/v1/articles/%252e%252e%252fetc", 404),
        ("/api/v1/articles/seoul-falls%0a", 404),
        ("/api/v1/articles/seoul-falls/revisions/0", 404),
        ("/api/v1/articles/seoul-falls/revisions/01", 404),
        ("/api/v1/articles/seoul-falls/revisions/99", 404),
        (
            "/api/v1/articles/seoul-falls/revisions/9999999999999999999",
            404,
        ),
        ("/api/v1/days/january-32", 404),
        ("/api/v1/days/13-01", 404),
        ("/api/v1/days/02-30", 404),
        ("/api/v1/days/%00", 404),
        ("/api/v1/people/nobody", 404),
        ("/api/v1/people/%00", 404),
        ("/api/v1/animals/cat", 404),
        ("/api/v1/corrections/c-aaaaaa", 404),
        ("/api/v1/corrections/%00", 404),
        ("/api/v1/articles?limit=0", 400),
        ("/api/v1/articles?limit=101", 400),
        ("/api/v1/articles?limit=two", 400),
        ("/api/v1/articles?cursor=nonsense", 400),
        ("/api/v1/articles?cursor=%00", 400),
        // A cursor of another list: "people:0:x".
        ("/api/v1/articles?cursor=cGVvcGxlOjA6eA", 400),
        ("/api/v1/articles?sort=size", 400),
        ("/api/v1/articles?topic=Korean%20War", 400),
        ("/api/v1/articles?topic=%00", 400),
        ("/api/v1/articles?topic=a&topic=b", 400),
        ("/api/v1/articles?year=soon", 400),
        ("/api/v1/articles?year=99999999999999999999", 400),
        ("/api/v1/articles?year=1951&from=1900", 400),
        ("/api/v1/articles?from=1952&to=1951", 400),
        ("/api/v1/articles?updated_since=yesterday", 400),
        ("/api/v1/claims?property=%00", 400),
        ("/api/v1/claims?article=%00", 400),
        ("/api/v1/corrections?cursor=nonsense", 400),
        ("/api/v1/corrections?limit=1000", 400),
        ("/api/v1/corrections?outcome=%00", 400),
        ("/api/v1/editions?cursor=nonsense", 400),
        (&long, 400),
    ] {
        let page = app.get(path).await;
        let short: String = path.chars().take(80).collect();
        assert_eq!(page.status, status, "{short}");
        assert_eq!(
            page.header("content-type"),
            "application/problem+json",
            "{short}"
        );
        assert_eq!(page.header("access-control-allow-origin"), "*", "{short}");
        assert_eq!(page.header("cache-control"), "no-store", "{short}");
        let problem = json(&page);
        assert_eq!(problem["type"], "about:blank", "{short}");
        assert_eq!(problem["status"], status, "{short}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(
            detail.ends_with('.') && !detail.contains("error"),
            "{short}: {detail}"
        );
        let instance = path.split('?').next().unwrap();
        assert_eq!(problem["instance"], instance, "{short}");
    }
}

#[tokio::test]
async fn raw_bytes_in_the_target_are_no_fault() {
    let app = site().await;
    for target in [
        "/api/v1/articles?topic=\u{0}",
        "/api/v1/articles/%ff%fe",
        "/api/v1/articles?%ff=%ff",
        "/api/v1/\u{e9}",
    ] {
        let answer = app.raw(target);
        assert!(!answer.starts_with("HTTP/1.1 5"), "{target:?}: {answer}");
    }
}

#[tokio::test]
async fn the_api_is_only_read() {
    let app = site().await;
    for path in [
        "/api/v1/articles",
        "/api/v1/corrections",
        "/api/v1/days/january-4",
    ] {
        let page = app.post(path, &[]).await;
        assert_eq!(page.status, 405, "{path}");
        assert_eq!(page.header("allow"), "GET, HEAD, OPTIONS", "{path}");
        assert_eq!(
            page.header("content-type"),
            "application/problem+json",
            "{path}"
        );
    }
}

#[tokio::test]
async fn pages_for_people_keep_their_errors() {
    let app = site().await;
    let page = app.get("/articles/nothing").await;
    assert_eq!(page.status, 404);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.headers.get("access-control-allow-origin").is_none());
}
