//! The map of the world: which points and names it has, and the file under it.

use crate::harness::{Corpus, Setup, TestApp, article};

fn place(name: &str, head: &str) -> String {
    format!("---\nname: {name}\n{head}---\nText.\n")
}

fn told(title: &str, date: &str, places: &str) -> String {
    article(title, date, "Text.").replacen("sources:", &format!("places: [{places}]\nsources:"), 1)
}

async fn serve(drafts: bool) -> TestApp {
    let corpus = Corpus::empty();
    let seoul = place(
        "\"Seoul, South Korea\"",
        "lat: 37.566\nlon: 126.978\ncountry: KR\n",
    );
    for (file, text) in [
        ("places/seoul.md", seoul),
        (
            "places/pole.md",
            place("Pole", "lat: -90\nlon: 0\ncountry: AQ\n"),
        ),
        ("places/unknown.md", place("Unknown <b>", "country: KR\n")),
        ("places/untold.md", place("Untold", "lat: 1\nlon: 1\n")),
        ("places/secret.md", place("Secret", "lat: 2\nlon: 2\n")),
        (
            "articles/01/01/a.md",
            told("A", "1901-01-01", "\"Seoul, South Korea\", Pole"),
        ),
        (
            "articles/12/31/b.md",
            told("B", "1950-12-31/2001-01-07", "\"Seoul, South Korea\""),
        ),
        (
            "articles/03/15/c.md",
            told("C", "-0043-03-15", "Pole, \"Unknown <b>\", Nowhere"),
        ),
        (
            "articles/01/01/d.md",
            told("D", "1801-01-01", "Secret").replacen("sources:", "draft: true\nsources:", 1),
        ),
    ] {
        corpus.write(file, text);
    }
    let setup = Setup::new(corpus);
    if drafts { setup.drafts() } else { setup }.start().await
}

#[tokio::test]
async fn the_map_has_a_point_for_each_place_that_is_told_of() {
    let app = serve(false).await;
    let page = app.page("/map").await;
    assert_eq!(
        page.links("a.world-map__point"),
        ["/places/pole", "/places/seoul"]
    );
    assert_eq!(
        page.texts("a.world-map__point title"),
        ["Pole: 2 articles", "Seoul, South Korea: 2 articles"]
    );
    // The pole is in the middle of the lower edge.
    let points = page.all("a.world-map__point path");
    assert_eq!(points[0].attribute("d"), "M500.0 486.7h0");
    assert_eq!(
        page.texts(".world-map__list > li"),
        [
            "Antarctica Pole 2 articles",
            "South Korea Seoul 2 articles",
            "Not on the map Nowhere 1 article Unknown <b> 1 article"
        ]
    );
    assert_eq!(
        page.one(".masthead__nav a[aria-current='page']").text,
        "Map"
    );
    assert!(!page.text().contains("Secret") && !page.text().contains("Untold"));

    let editors = serve(true).await;
    let page = editors.page("/map").await;
    assert!(
        page.links("a.world-map__point")
            .contains(&"/places/secret".to_owned())
    );
}

#[tokio::test]
async fn a_century_has_a_map_of_its_own() {
    let app = serve(false).await;
    let page = app.page("/map").await;
    assert_eq!(
        page.texts(".world-map__centuries a"),
        [
            "All of time 2 places",
            "1st BCE century: 1 place",
            "20th century: 2 places",
            "21st century: 1 place"
        ]
    );
    assert_eq!(
        page.links(".world-map__centuries a"),
        [
            "/map",
            "/map?century=1st-bce",
            "/map?century=20th",
            "/map?century=21st"
        ]
    );
    let century = app.page("/map?utm=1&century=20th").await;
    assert_eq!(
        century.texts("a.world-map__point title"),
        ["Pole: 1 article", "Seoul, South Korea: 2 articles"]
    );
    assert_eq!(century.one("h1").text, "The 20th century");
    let here = century.one(".world-map__centuries a[aria-current]");
    assert_eq!(here.attribute("href"), "/map?century=20th");
    let before = app.page("/map?century=1st-bce").await;
    assert_eq!(before.links("a.world-map__point"), ["/places/pole"]);
    assert!(before.text().contains("Nowhere"));

    assert_eq!(app.page("/map?century=").await.one("h1").text, "The world");
    let loose = app.get("/map?century=20").await;
    assert_eq!(loose.status, 301);
    assert_eq!(loose.header("location"), "/map?century=20th");
    // The 19th has nothing but a draft.
    for nothing in ["19th", "x", "0th", "%FF", "99999999999999999999"] {
        assert_eq!(
            app.get(&format!("/map?century={nothing}")).await.status,
            404,
            "{nothing}"
        );
    }
}

#[tokio::test]
async fn the_land_is_a_file_that_caches_may_keep() {
    let app = serve(false).await;
    let page = app.page("/map").await;
    let address = page.one("mask image").attribute("href");
    let plate = app.page(&address).await;
    assert_eq!(plate.header("content-type"), "image/svg+xml");
    assert!(plate.header("cache-control").contains("immutable"));
    assert!(plate.text().starts_with("<svg ") && !plate.text().contains("style"));
    let again = app
        .get_with(&address, "if-none-match", plate.header("etag"))
        .await;
    assert_eq!(again.status, 304);
    for other in [
        "/maps/world.0000000000.svg",
        "/maps/world.svg",
        "/maps/world.x.svg",
    ] {
        assert_eq!(app.get(other).await.status, 404, "{other}");
    }
}

#[tokio::test]
async fn a_place_shows_where_in_the_world_it_is() {
    let app = serve(false).await;
    let seoul = app.page("/places/seoul").await;
    let map = seoul.one("a.world-map");
    assert_eq!(map.attribute("href"), "/map");
    assert_eq!(map.attribute("aria-label"), "On the map of the world");
    assert!(
        app.page("/places/unknown")
            .await
            .all(".world-map")
            .is_empty()
    );
}

#[tokio::test]
async fn no_place_is_no_fault() {
    let app = Setup::new(Corpus::empty()).start().await;
    let page = app.page("/map").await;
    assert!(page.links("main a").is_empty());
    assert!(page.one(".title-page__note").text.starts_with("0 places"));
}
