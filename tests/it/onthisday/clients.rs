//! The members that clients written for the other host read, as their code
//! reads them. Their sources were read; none of their code is here.

use serde::Deserialize;
use serde_json::Value;

use super::{answer, fixtures, list, path};

/// The lists and items as the official app for Android has them in its data
/// classes, here without a default for what every item must have.
#[derive(Deserialize)]
struct OnThisDay {
    #[serde(default)]
    selected: Vec<Event>,
    #[serde(default)]
    events: Vec<Event>,
    #[serde(default)]
    births: Vec<Event>,
    #[serde(default)]
    deaths: Vec<Event>,
    #[serde(default)]
    holidays: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    pages: Vec<PageSummary>,
    text: String,
    year: i32,
}

/// All required members of the specification, in the types that clients in
/// languages with types give them.
#[derive(Deserialize)]
struct PageSummary {
    r#type: String,
    namespace: Namespace,
    titles: Titles,
    title: String,
    displaytitle: String,
    pageid: i32,
    lang: String,
    dir: String,
    revision: String,
    timestamp: jiff::Timestamp,
    content_urls: ContentUrls,
    extract: String,
    extract_html: String,
    thumbnail: Option<Thumbnail>,
    description: Option<String>,
    coordinates: Option<Coordinates>,
}

#[derive(Deserialize)]
struct Namespace {
    id: i32,
    text: String,
}

#[derive(Deserialize)]
struct Titles {
    canonical: String,
    normalized: String,
    display: String,
}

#[derive(Deserialize)]
struct ContentUrls {
    desktop: Urls,
    mobile: Urls,
}

#[derive(Deserialize)]
struct Urls {
    page: url::Url,
    revisions: url::Url,
    edit: url::Url,
    talk: Option<url::Url>,
}

#[derive(Deserialize)]
struct Thumbnail {
    source: url::Url,
    width: u32,
    height: u32,
}

#[derive(Deserialize)]
struct Coordinates {
    lat: f64,
    lon: f64,
}

#[tokio::test]
async fn a_client_with_types_reads_all_required_members() {
    let app = fixtures().await;
    let day: OnThisDay = serde_json::from_value(answer(&app, "all", "01/04").await).unwrap();
    assert!(day.births.is_empty() && day.deaths.is_empty() && day.holidays.is_empty());
    assert_eq!(day.selected.len(), day.events.len());
    let seoul = day.events.iter().find(|event| event.year == 1951).unwrap();
    assert_eq!(seoul.text, "Seoul falls.");
    let page = &seoul.pages[0];
    assert_eq!(page.r#type, "standard");
    assert_eq!((page.namespace.id, page.namespace.text.as_str()), (0, ""));
    assert_eq!(page.title, "Seoul_falls");
    assert_eq!(page.titles.canonical, "Seoul_falls");
    assert_eq!(page.titles.normalized, "Seoul falls");
    assert_eq!(page.titles.display, page.displaytitle);
    assert_eq!((page.lang.as_str(), page.dir.as_str()), ("en", "ltr"));
    assert!(page.pageid > 0);
    // The day of the latest correction, and not that of the minor change.
    assert_eq!(page.timestamp.to_string(), "2026-11-23T00:00:00Z");
    assert_eq!(page.revision, "1");
    assert!(page.extract.starts_with("The city changes hands"));
    assert_eq!(page.extract_html, format!("<p>{}</p>", page.extract));
    assert_eq!(
        page.description.as_deref(),
        Some("January 4, 1951; Seoul, South Korea")
    );
    let place = page.coordinates.as_ref().unwrap();
    assert_eq!((place.lat, place.lon), (37.566, 126.978));
    for urls in [&page.content_urls.desktop, &page.content_urls.mobile] {
        let base = "https://daybook.example/articles/seoul-falls";
        assert_eq!(urls.page.as_str(), base);
        assert_eq!(urls.revisions.as_str(), format!("{base}/history"));
        assert_eq!(urls.edit.as_str(), format!("{base}/report?r=1"));
        assert_eq!(
            urls.talk.as_ref().unwrap().as_str(),
            "https://daybook.example/corrections?article=seoul-falls"
        );
    }
}

#[tokio::test]
async fn the_pages_that_an_answer_names_are_there() {
    let app = fixtures().await;
    let mut asked = 0;
    for day in ["01/04", "03/15", "05/06", "07/20"] {
        let day: OnThisDay = serde_json::from_value(answer(&app, "all", day).await).unwrap();
        let lists = [day.events, day.births, day.deaths];
        for page in lists.iter().flatten().flat_map(|event| &event.pages) {
            let urls = &page.content_urls.desktop;
            let address = [&urls.page, &urls.revisions, &urls.edit];
            let picture = page.thumbnail.as_ref().map(|picture| &picture.source);
            for url in address.into_iter().chain(&urls.talk).chain(picture) {
                let path = &url.as_str()["https://daybook.example".len()..];
                assert_eq!(app.get(path).await.status, 200, "{path}");
                asked += 1;
            }
        }
    }
    assert!(asked > 20, "{asked}");
}

#[tokio::test]
async fn a_thumbnail_has_the_size_it_says() {
    let app = fixtures().await;
    let day: OnThisDay = serde_json::from_value(answer(&app, "events", "05/06").await).unwrap();
    let picture = day.events[0].pages[0].thumbnail.as_ref().unwrap();
    let path = &picture.source.as_str()["https://daybook.example".len()..];
    let bytes = app.page(path).await.bytes;
    let image = image::load_from_memory(&bytes).unwrap();
    assert_eq!(
        (image.width(), image.height()),
        (picture.width, picture.height)
    );
}

/// What small scripts do: they take the first of everything, unasked.
#[tokio::test]
async fn scripts_that_index_without_looking_find_what_they_index() {
    let app = fixtures().await;
    for day in ["01/04", "1/4"] {
        let selected = list(&app, "selected", day).await;
        let first = &selected[0];
        let line = format!("{}: {}", first["year"], first["text"].as_str().unwrap());
        assert!(line.len() > 10, "{line}");
        for event in &selected {
            let page = &event["pages"][0];
            for pointer in [
                "/content_urls/desktop/page",
                "/content_urls/mobile/page",
                "/titles/normalized",
                "/title",
                "/displaytitle",
                "/extract",
                "/description",
            ] {
                let value = page.pointer(pointer).and_then(Value::as_str);
                assert!(value.is_some_and(|text| !text.is_empty()), "{pointer}");
            }
        }
    }
    let other = "/feed/v1/wikipedia/en/onthisday/selected/01/04";
    assert_eq!(
        app.page(other).await.text(),
        app.page(&path("selected", "01/04")).await.text()
    );
}
