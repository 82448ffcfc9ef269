//! Locator maps: on which pages they stand, and how their files are served.

use crate::harness::{Corpus, Page, Setup, TestApp, article};

const PLACE: &str = "---\nname: Pompeii, Italy\nlat: 40.75\nlon: 14.49\n---\nA town.\n";

fn at(places: &str, text: String) -> String {
    text.replacen("sources:", &format!("places: {places}\nsources:"), 1)
}

async fn serve(files: &[(&str, String)]) -> TestApp {
    let corpus = Corpus::empty();
    corpus.write("places/pompeii.md", PLACE);
    for (file, text) in files {
        corpus.write(file, text);
    }
    Setup::new(corpus).start().await
}

/// The address of the map on a page.
fn map(page: &Page) -> String {
    page.one("img.picture__map").attribute("src")
}

#[tokio::test]
async fn an_article_without_a_picture_shows_where_it_happened() {
    let text = at("[Pompeii]", article("Ash", "0079-08-24", "Text."));
    let app = serve(&[("articles/08/24/ash.md", text)]).await;
    let page = app.page("/articles/ash").await;
    let image = page.one("img.picture__map");
    assert_eq!(image.attribute("width"), "800");
    assert_eq!(
        image.attribute("alt"),
        "A painted map on which Pompeii is marked."
    );
    assert!(
        page.one("figure:has(img.picture__map) figcaption")
            .text
            .contains("today")
    );

    let file = app.get(&map(&page)).await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-type"), "image/svg+xml");
    assert!(file.header("cache-control").contains("immutable"));
    assert!(
        file.header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    assert!(file.text().starts_with("<svg") && file.text().len() <= 40_000);
    assert_eq!(
        app.get(&map(&page)).await.text(),
        file.text(),
        "from memory"
    );

    let old = app.get("/maps/ash.0123456789abcdef.svg").await;
    assert_eq!(old.status, 302);
    assert_eq!(old.header("location"), map(&page));
    for gone in [
        "/maps/none.0123456789abcdef.svg",
        "/maps/ash.svg",
        "/maps/ash.png",
    ] {
        assert_eq!(app.get(gone).await.status, 404, "{gone}");
    }
}

#[tokio::test]
async fn a_place_has_a_map_in_colours_of_its_own() {
    let text = at("[Pompeii]", article("Ash", "0079-08-24", "Text."));
    let app = serve(&[("articles/08/24/ash.md", text)]).await;
    let page = app.page("/places/pompeii").await;
    let address = map(&page);
    assert!(address.starts_with("/maps/places/pompeii."));
    let file = app.get(&address).await;
    assert_eq!(file.status, 200);
    let article = app.get(&map(&app.page("/articles/ash").await)).await;
    assert_ne!(file.text(), article.text());
    let old = app.get("/maps/places/pompeii.00.svg").await;
    assert_eq!(old.header("location"), address);
    assert_eq!(app.get("/maps/places/none.00.svg").await.status, 404);
}

#[tokio::test]
async fn coordinates_in_the_article_itself_are_enough() {
    let own = at(
        "[{name: Ostia, lat: 41.76, lon: 12.29}]",
        article("Harbour", "0042-03-01", "Text."),
    );
    let nowhere = at("[Nowhere]", article("Lost", "0042-03-02", "Text."));
    let app = serve(&[
        ("articles/03/01/harbour.md", own),
        ("articles/03/02/lost.md", nowhere),
    ])
    .await;
    let address = map(&app.page("/articles/harbour").await);
    assert!(app.get(&address).await.text().contains("Ostia is marked"));
    let lost = app.page("/articles/lost").await;
    assert!(lost.all(".picture").is_empty());
}

#[tokio::test]
async fn maps_of_drafts_are_hidden_as_the_drafts_are() {
    let text = at("[Pompeii]", article("Ash", "0079-08-24", "Text."));
    let text = text.replacen("sources:", "draft: true\nsources:", 1);
    let app = serve(&[("articles/08/24/ash.md", text)]).await;
    assert_eq!(app.get("/maps/ash.0123456789abcdef.svg").await.status, 404);
}

#[tokio::test]
async fn a_map_changes_its_address_with_what_it_shows() {
    let text = at("[Pompeii]", article("Ash", "0079-08-24", "Text."));
    let app = serve(&[("articles/08/24/ash.md", text)]).await;
    let before = map(&app.page("/articles/ash").await);
    app.edit("places/pompeii.md", "lat: 40.75", "lat: 40.85");
    app.ingest();
    let after = map(&app.page("/articles/ash").await);
    assert_ne!(before, after);
    assert_eq!(app.get(&before).await.header("location"), after);
}
