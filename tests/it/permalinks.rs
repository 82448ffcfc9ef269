//! The one address of an article, to which all others lead.

use crate::harness::{Corpus, Setup};

#[tokio::test]
async fn an_article_has_one_address_to_which_all_others_lead() {
    let app = Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_BASE_URL", "https://daybook.example")
        .start()
        .await;
    for other in [
        "/articles/third-battle-of-seoul",
        "/Articles/Seoul-Falls",
        "/articles/seoul-falls/",
        "//articles//seoul-falls",
        "/2019/01/seoul.html",
        "/2019/01/Seoul.html",
        "/articles/Third-Battle-Of-Seoul/",
    ] {
        let mut path = other.to_owned();
        for _ in 0..3 {
            let answer = app.get(&path).await;
            if answer.status == 200 {
                break;
            }
            assert_eq!(answer.status, 301, "{path}, on the way from {other}");
            path = answer.header("location").to_owned();
        }
        assert_eq!(path, "/articles/seoul-falls", "where {other} leads");
    }
    // The address is the configured one, whatever host was asked for.
    let page = app
        .get_with("/articles/seoul-falls", "host", "evil.example")
        .await;
    let canonical = page.one("link[rel='canonical']").attribute("href");
    assert_eq!(canonical, "https://daybook.example/articles/seoul-falls");
    // What others add to an address changes nothing.
    let tagged = app
        .page("/articles/seoul-falls?utm_source=x&fbclid=y")
        .await;
    let plain = app.page("/articles/seoul-falls").await;
    assert_eq!(tagged.bytes, plain.bytes);
    assert_eq!(tagged.header("etag"), plain.header("etag"));
}
