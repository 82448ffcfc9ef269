//! How pages and static files travel: compressed as the client asks, with a tag
//! for each coding.

use crate::harness::{Page, TestApp};

#[tokio::test]
async fn pages_travel_compressed_as_the_client_asks() {
    let app = TestApp::start().await;
    let path = "/articles/seoul-falls";
    let plain = app.page(path).await;
    assert!(plain.headers.get("content-encoding").is_none());
    let client = |encoding: &str| {
        let builder = reqwest::Client::builder();
        let (br, gzip, zstd) = (encoding == "br", encoding == "gzip", encoding == "zstd");
        builder.brotli(br).gzip(gzip).zstd(zstd).build().unwrap()
    };
    for encoding in ["br", "gzip", "zstd"] {
        let packed = app.get_with(path, "accept-encoding", encoding).await;
        assert_eq!(packed.header("content-encoding"), encoding);
        assert!(
            packed
                .header("vary")
                .to_lowercase()
                .contains("accept-encoding")
        );
        assert!(packed.bytes.len() * 2 < plain.bytes.len(), "{encoding}");
        let unpacked = client(encoding).get(app.url(path)).send().await.unwrap();
        assert_eq!(unpacked.text().await.unwrap(), plain.text(), "{encoding}");
    }
    // What a browser sends, and what nobody can give.
    let browser = app
        .get_with(path, "accept-encoding", "gzip, deflate, br, zstd")
        .await;
    assert!(["br", "zstd"].contains(&browser.header("content-encoding")));
    let identity = app.get_with(path, "accept-encoding", "identity").await;
    assert_eq!(identity.bytes, plain.bytes);
    // Errors too.
    let missing = app
        .get_with("/nothing-here", "accept-encoding", "gzip")
        .await;
    assert_eq!(
        (missing.status, missing.header("content-encoding")),
        (404, "gzip")
    );
}

#[tokio::test]
async fn each_coding_of_a_page_has_a_tag_of_its_own() {
    let app = TestApp::start().await;
    let path = "/articles/seoul-falls";
    let plain = app.page(path).await;
    assert_eq!(plain.header("vary"), "accept-encoding");
    let packed = app.get_with(path, "accept-encoding", "br").await;
    let (plain, packed) = (plain.header("etag"), packed.header("etag"));
    assert_ne!(plain, packed);
    let same = asking(&app, path, "br", packed).await;
    assert_eq!((same.status, same.header("etag")), (304, packed));
    assert_eq!(same.header("vary"), "accept-encoding");
    assert_eq!(asking(&app, path, "br", plain).await.status, 200);
}

#[tokio::test]
async fn static_text_travels_in_the_coding_that_the_client_likes_best() {
    let app = TestApp::start().await;
    let page = app.page("/about").await;
    let style = page
        .one("link[rel=stylesheet]:not([media])")
        .attribute("href");
    let plain = app.page(&style).await;
    assert!(plain.headers.get("content-encoding").is_none());
    let mut tags = vec![plain.header("etag").to_owned()];
    for (accepted, coding) in [
        ("br", "br"),
        ("zstd", "zstd"),
        ("gzip", "gzip"),
        ("br;q=0, zstd;q=0.2, gzip;q=0.7", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
    ] {
        let packed = app.get_with(&style, "accept-encoding", accepted).await;
        assert_eq!(packed.status, 200, "{accepted}");
        assert_eq!(packed.header("content-encoding"), coding, "{accepted}");
        assert_eq!(packed.header("vary"), "accept-encoding");
        assert!(packed.bytes.len() * 3 < plain.bytes.len(), "{accepted}");
        if accepted == coding {
            let only = |name| name == coding;
            let reader = reqwest::Client::builder()
                .brotli(only("br"))
                .zstd(only("zstd"))
                .gzip(only("gzip"))
                .build()
                .unwrap();
            let text = reader.get(app.url(&style)).send().await.unwrap();
            assert_eq!(text.text().await.unwrap(), plain.text(), "{coding}");
            tags.push(packed.header("etag").to_owned());
        }
        let tag = packed.header("etag");
        let again = asking(&app, &style, accepted, tag).await;
        assert_eq!((again.status, again.header("etag")), (304, tag));
        assert_eq!(again.header("vary"), "accept-encoding");
        assert!(again.bytes.is_empty());
    }
    let distinct: std::collections::BTreeSet<_> = tags.iter().collect();
    assert_eq!(distinct.len(), 4, "{tags:?}");
    let other = asking(&app, &style, "br", &tags[0]).await;
    assert_eq!(other.status, 200, "another coding is another thing to have");
    let identity = app
        .get_with(&style, "accept-encoding", "identity, br;q=0.5")
        .await;
    assert_eq!(identity.bytes, plain.bytes);
    // Fonts are compressed in themselves.
    let font = page.all("link[rel=preload]")[0].attribute("href");
    let font = app
        .get_with(&font, "accept-encoding", "identity, br;q=0.5")
        .await;
    assert!(font.headers.get("content-encoding").is_none());
}

/// GET by a client that takes a coding and already has something.
async fn asking(app: &TestApp, path: &str, accepted: &str, tag: &str) -> Page {
    let client = reqwest::Client::new();
    let request = client
        .get(app.url(path))
        .header("accept-encoding", accepted)
        .header("if-none-match", tag);
    Page::read(request.send().await.unwrap()).await
}
