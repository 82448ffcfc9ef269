//! One revision, as it was.

use super::{BRIDGE, app, bridge, corrected};

#[tokio::test]
async fn an_old_revision_is_shown_whole_under_a_notice() {
    let app = corrected().await;
    let page = app.page("/articles/bridge/revisions/2").await;
    let notice = page.one(".revision-notice__title").text;
    assert!(
        notice.starts_with("This is revision 2 of 4, of "),
        "{notice}"
    );
    assert!(notice.contains("superseded by revision 3 on "), "{notice}");
    assert_eq!(
        page.links(".revision-notice__ways a"),
        [
            "/articles/bridge",
            "/articles/bridge/compare/2..4",
            "/articles/bridge/history"
        ]
    );
    assert!(
        page.one(".prose p")
            .text
            .starts_with("The bridge was blue. It is very long.")
    );
    assert_eq!(page.texts(".corrections"), Vec::<String>::new());
    assert_eq!(page.texts(".sources__list cite"), ["A book"]);
    // A report from here is about the words that stand here.
    assert_eq!(
        page.one(".masthead__report a").attribute("href"),
        "/articles/bridge/report?r=2"
    );
    assert_eq!(
        page.one("link[rel=canonical]").attribute("href"),
        page_of(&page)
    );
    assert_eq!(
        page.one("meta[name=robots]").attribute("content"),
        "noindex"
    );
    let list = app.page("/articles/bridge/history").await;
    let hash = list.one("#revision-2 code").attribute("title");
    assert_eq!(
        format!("SHA-256 {}", page.one(".revision-notice__hash code").text),
        hash
    );
}

/// The article's own address, on the base address that the page names.
fn page_of(page: &crate::harness::Page) -> String {
    let canonical = page.one("link[rel=canonical]").attribute("href");
    let (base, path) = canonical.split_once("/articles/").unwrap();
    assert_eq!(path, "bridge");
    format!("{base}/articles/bridge")
}

#[tokio::test]
async fn the_present_revision_says_so_and_has_the_notices_of_its_day() {
    let app = corrected().await;
    let present = app.page("/articles/bridge/revisions/4").await;
    assert!(
        present
            .one(".revision-notice__title")
            .text
            .ends_with("the present text.")
    );
    let third = app.page("/articles/bridge/revisions/3").await;
    assert_eq!(third.texts(".corrections__kind"), ["Correction"]);
    assert_eq!(
        third.links(".corrections__head a"),
        ["/corrections/c-7k3q2m", "/articles/bridge/compare/2..3"]
    );
}

#[tokio::test]
async fn numbers_that_are_none_are_not_found() {
    let app = corrected().await;
    for number in [
        "0",
        "5",
        "02",
        "-1",
        "+1",
        "1e0",
        "x",
        "99999999999999999999",
    ] {
        let path = format!("/articles/bridge/revisions/{number}");
        assert_eq!(app.get(&path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn an_old_revision_stays_the_same_when_the_article_changes() {
    let app = corrected().await;
    let prose = |page: &crate::harness::Page| page.one(".prose").text;
    let before = prose(&app.page("/articles/bridge/revisions/1").await);
    app.edit(BRIDGE, "on this bank", "on the other bank");
    app.ingest();
    let page = app.page("/articles/bridge/revisions/1").await;
    assert_eq!(prose(&page), before);
    assert!(page.one(".revision-notice__title").text.contains("1 of 5"));
}

#[tokio::test]
async fn names_that_nobody_bears_any_more_are_no_links_and_lost_pictures_are_told() {
    let picture = "illustration: {file: gone.jpg, kind: photograph, alt: A bridge}";
    let old = bridge(&format!("people: [Ada Nobody]\n{picture}"), "Words.");
    let corpus = crate::harness::Corpus::empty();
    corpus.write(BRIDGE, &old);
    let image = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/browser/content/articles/06/15/wide.png"
    );
    let image = std::fs::read(image).unwrap();
    corpus.write("articles/01/01/gone.png", image);
    corpus.edit(BRIDGE, "gone.jpg", "gone.png");
    corpus.ingest();
    corpus.write(BRIDGE, bridge("people: [Bea Somebody]", "Words."));
    corpus.ingest();
    corpus.remove("articles/01/01/gone.png");
    corpus.ingest();
    let app = crate::harness::Setup::new(corpus).start().await;
    let page = app.page("/articles/bridge/revisions/1").await;
    assert!(page.one(".facts--names").text.contains("Ada Nobody"));
    assert!(page.all(".facts--names a").is_empty());
    assert!(
        page.one(".revision-notice")
            .text
            .contains("those that it had are gone")
    );
    let page = app.page("/articles/bridge/revisions/2").await;
    assert_eq!(page.links(".facts--names a"), ["/people/bea-somebody"]);
}

#[tokio::test]
async fn a_file_that_todays_rules_refuse_is_shown_as_it_was() {
    use diesel::prelude::*;
    let app = app(&[bridge("", "Old <b>words</b>."), bridge("", "New words.")]).await;
    let mut conn = app.migrated().connect().unwrap();
    let refused = bridge("key_of_old: 1", "Old <b>words</b>.");
    diesel::update(daybook::db::schema::revisions::table)
        .filter(daybook::db::schema::revisions::number.eq(1))
        .set(daybook::db::schema::revisions::source.eq(refused))
        .execute(&mut conn)
        .unwrap();
    let page = app.page("/articles/bridge/revisions/1").await;
    assert!(
        page.one(".revision-file__text")
            .text
            .contains("Old <b>words</b>.")
    );
    let page = app.page("/articles/bridge/compare/1..2").await;
    assert_eq!(page.texts(".comparison h2"), ["The file"]);
}
