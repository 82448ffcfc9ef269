//! The page that helps to share an article, and the box in the article.

use super::{BRIDGE, app, bridge, set_up};
use crate::harness::{Corpus, Setup};

#[tokio::test]
async fn an_article_offers_to_be_shared_without_any_other_site() {
    let app = set_up(&[bridge("", "One."), bridge("", "Two.")], |setup| {
        setup.variable("DAYBOOK_BASE_URL", "https://daybook.example")
    })
    .await;
    let page = app.page("/articles/bridge").await;
    assert_eq!(
        page.links(".accuracy share-link a"),
        [
            "/articles/bridge/share",
            "mailto:?subject=Bridge&body=https%3A%2F%2Fdaybook.example%2Farticles%2Fbridge%3Fr%3D2",
            "/articles/bridge/cite"
        ]
    );
    let element = page.one("share-link");
    assert_eq!(
        element.attribute("data-href"),
        "https://daybook.example/articles/bridge?r=2"
    );
    let paper = page.one(".accuracy__paper");
    assert_eq!(paper.text, "https://daybook.example/articles/bridge?r=2");
    assert_eq!(
        page.one(".accuracy__paper img").attribute("src"),
        "/articles/bridge/qr.svg"
    );
}

#[tokio::test]
async fn the_networks_get_title_and_address_in_plain_links() {
    let title = "War & “peace” 100%";
    let corpus = Corpus::empty();
    let file = bridge("", "One.").replace("title: Bridge", &format!("title: '{title}'"));
    corpus.write(BRIDGE, file);
    let app = Setup::new(corpus)
        .variable("DAYBOOK_BASE_URL", "https://daybook.example")
        .start()
        .await;
    let page = app.page("/articles/bridge/share").await;
    let address = "https%3A%2F%2Fdaybook.example%2Farticles%2Fbridge%3Fr%3D1";
    let words = "War%20%26%20%E2%80%9Cpeace%E2%80%9D%20100%25";
    assert_eq!(
        page.links("a[rel~=external]"),
        [
            format!("https://bsky.app/intent/compose?text={words}%20{address}"),
            format!("https://www.facebook.com/sharer/sharer.php?u={address}"),
            format!("https://www.reddit.com/submit?url={address}&title={words}"),
            format!("https://t.me/share/url?url={address}&text={words}"),
            format!("https://wa.me/?text={words}%20{address}"),
            format!("https://x.com/intent/post?text={words}&url={address}"),
        ]
    );
    for link in page.all("a[rel~=external]") {
        assert_eq!(
            link.attribute("rel"),
            "noopener noreferrer nofollow external"
        );
        assert!(link.find("target").is_none());
    }
    assert_eq!(
        page.one("mastodon-share").attribute("data-words"),
        format!("{title} https://daybook.example/articles/bridge?r=1")
    );
    assert_eq!(
        page.one("#embed").text,
        format!(
            "<iframe src=\"https://daybook.example/embed/articles/bridge\" title=\"{}\" \
             width=\"480\" height=\"280\" loading=\"lazy\"></iframe>",
            title.replace('&', "&amp;")
        )
    );
    assert_eq!(
        page.one("meta[name=robots]").attribute("content"),
        "noindex"
    );
    assert_eq!(
        page.one("link[rel=canonical]").attribute("href"),
        "https://daybook.example/articles/bridge"
    );
    // Nothing comes from another site.
    for loaded in page.all("img, script[src], link[rel=stylesheet]") {
        let address = loaded.find("src").or(loaded.find("href")).unwrap();
        assert!(address.starts_with('/'), "{address}");
    }
}

#[tokio::test]
async fn the_qr_code_is_of_the_link_that_remembers() {
    let app = app(&[bridge("", "One.")]).await;
    let first = app.page("/articles/bridge/qr.svg").await;
    assert_eq!(first.header("content-type"), "image/svg+xml");
    assert!(
        first
            .text()
            .starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"")
    );
    let etag = first.header("etag").to_owned();
    let again = app.get_with("/articles/bridge/qr.svg", "if-none-match", &etag);
    assert_eq!(again.await.status, 304);
    app.write(BRIDGE, bridge("", "Two."));
    app.ingest();
    let second = app.page("/articles/bridge/qr.svg").await;
    assert_ne!(first.bytes, second.bytes, "another revision, another link");
}

#[tokio::test]
async fn what_is_not_there_cannot_be_shared() {
    let app = app(&[bridge("aliases: [old-bridge]", "One.")]).await;
    app.write(
        "articles/01/01/secret.md",
        bridge("draft: true", "Secret.").replace("title: Bridge", "title: Secret"),
    );
    app.ingest();
    for rest in ["share", "share?p=1", "cite", "cite/ris", "qr.svg"] {
        assert_eq!(app.get(&format!("/articles/none/{rest}")).await.status, 404);
        let draft = app.get(&format!("/articles/secret/{rest}")).await;
        assert_eq!(draft.status, 404, "{rest}");
        let moved = app.get(&format!("/articles/old-bridge/{rest}")).await;
        assert_eq!(moved.status, 301);
        assert_eq!(moved.header("location"), format!("/articles/bridge/{rest}"));
    }
}
