//! Citations of an article.

use super::{app, bridge, set_up};
use serde_json::Value;

#[tokio::test]
async fn an_article_is_cited_by_revision_hash_and_day() {
    let app = set_up(
        &[
            bridge("published: 2026-01-02\nauthor: Ada Writer", "One."),
            bridge("published: 2026-01-02\nauthor: Ada Writer", "Two."),
        ],
        |setup| setup.variable("DAYBOOK_BASE_URL", "https://daybook.example"),
    )
    .await;
    let page = app.page("/articles/bridge/cite").await;
    let apa = page.one("#apa").text;
    let today = jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date();
    assert!(
        apa.starts_with("Writer, A. (2026, January 2). Bridge (Revision 2, SHA-256 "),
        "{apa}"
    );
    assert!(
        apa.ends_with(", from https://daybook.example/articles/bridge/revisions/2"),
        "{apa}"
    );
    assert!(page.one("#mla").text.starts_with("Writer, Ada. “Bridge.” "));
    assert!(
        page.one("#chicago-note")
            .text
            .starts_with("Ada Writer, “Bridge,” ")
    );
    assert!(
        page.one("#chicago")
            .text
            .starts_with("Writer, Ada. “Bridge.” ")
    );
    let hash = page.one(".sharing__hash").text;
    let whole = app.page("/articles/bridge/revisions/2").await;
    assert!(whole.text().contains(&hash) && hash.len() == 64);

    let csl: Value =
        serde_json::from_slice(&app.page("/articles/bridge/cite/csl").await.bytes).unwrap();
    let parts = serde_json::json!([[today.year(), today.month(), today.day()]]);
    assert_eq!(csl[0]["accessed"]["date-parts"], parts);
    assert_eq!(csl[0]["note"], format!("Revision 2, SHA-256 {hash}"));
    assert_eq!(
        csl[0]["URL"],
        "https://daybook.example/articles/bridge/revisions/2"
    );
    assert_eq!(app.get("/articles/bridge/revisions/2").await.status, 200);
}

#[tokio::test]
async fn each_file_is_what_the_page_shows() {
    let app = app(&[bridge("", "One.")]).await;
    let page = app.page("/articles/bridge/cite").await;
    let cache = page.header("cache-control");
    assert!(
        cache.starts_with("public, max-age=") && !cache.contains("stale"),
        "{cache}"
    );
    for (format, kind, name) in [
        (
            "bibtex",
            "application/x-bibtex; charset=utf-8",
            "bridge.bib",
        ),
        (
            "ris",
            "application/x-research-info-systems; charset=utf-8",
            "bridge.ris",
        ),
        (
            "csl",
            "application/vnd.citationstyles.csl+json",
            "bridge.json",
        ),
    ] {
        let file = app.page(&format!("/articles/bridge/cite/{format}")).await;
        assert_eq!(file.header("content-type"), kind);
        assert_eq!(
            file.header("content-disposition"),
            format!("attachment; filename=\"{name}\"")
        );
        let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(
            squeeze(&page.one(&format!("#{format}")).text),
            squeeze(file.text())
        );
        assert_eq!(
            page.links(&format!("a[href$='/{format}']")),
            [format!("/articles/bridge/cite/{format}")]
        );
    }
    for nothing in ["docx", "bibtex.bib", ""] {
        let path = format!("/articles/bridge/cite/{nothing}x");
        assert_eq!(app.get(&path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn without_a_byline_the_publisher_is_cited() {
    let app = set_up(&[bridge("", "One.")], |setup| {
        setup.variable("DAYBOOK_PUBLISHER", "Society of Ada and Bea")
    })
    .await;
    let ris = app.page("/articles/bridge/cite/ris").await;
    assert!(ris.text().contains("\r\nAU  - Society of Ada and Bea\r\n"));
    let bib = app.page("/articles/bridge/cite/bibtex").await;
    assert!(bib.text().contains("author = {{Society of Ada and Bea}}"));
}
