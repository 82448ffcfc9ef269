//! What every page is made of: status, titles, landmarks, and what registries
//! and error pages show.

use std::collections::BTreeSet;

use crate::harness::{Corpus, Page, Setup, TestApp};

/// One page of each kind: path, status, heading, and title without the name of
/// the site.
const PAGES: [(&str, u16, &str, &str); 19] = [
    ("/on/january-4", 200, "January 4", "January 4"),
    ("/on/august-8", 200, "August 8", "August 8"),
    ("/on/july", 200, "July", "July in history"),
    ("/year/1951", 200, "1951", "1951"),
    ("/year/44-bce", 200, "44 BCE", "44 BCE"),
    ("/articles/seoul-falls", 200, "Seoul falls", "Seoul falls"),
    (
        "/articles/airship-burns",
        200,
        "An airship burns",
        "An airship burns",
    ),
    ("/people", 200, "People", "People"),
    ("/places", 200, "Places", "Places"),
    ("/organisations", 200, "Organisations", "Organisations"),
    ("/topics", 200, "Topics", "Topics"),
    (
        "/people/gaius-iulius-caesar",
        200,
        "Julius Caesar",
        "Julius Caesar",
    ),
    ("/people/nobody-known", 200, "Nobody Known", "Nobody Known"),
    ("/about", 200, "About this almanac", "About this almanac"),
    ("/privacy", 200, "Privacy", "Privacy"),
    ("/about/colophon", 200, "Colophon", "Colophon"),
    (
        "/nothing-here",
        404,
        "There is no page here",
        "There is no page here",
    ),
    (
        "/articles/nothing-here",
        404,
        "There is no page here",
        "There is no page here",
    ),
    (
        "/articles/the-hoax",
        410,
        "This article was removed",
        "This article was removed",
    ),
];

/// Paths whose title depends on the day, or on what was sent.
const MORE_PAGES: [&str; 4] = [
    "/",
    "/today",
    "/contact",
    "/articles/seoul-falls/report?r=1&p=2",
];

#[tokio::test]
async fn every_kind_of_page_has_its_heading_its_title_and_its_address() {
    let app = Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_SITE_NAME", "Harbour Almanac")
        .variable("DAYBOOK_BASE_URL", "https://almanac.example")
        .start()
        .await;
    for (path, status, heading, title) in PAGES {
        let page = app.get(path).await;
        assert_eq!(page.status, status, "{path}");
        assert_eq!(page.one("h1").text, heading, "{path}");
        let full = format!("{title} – Harbour Almanac");
        assert_eq!(page.one("title").text, full, "{path}");
        assert!(
            !page
                .one("meta[name=description]")
                .attribute("content")
                .is_empty()
        );
        if status == 200 {
            let canonical = page.one("link[rel=canonical]").attribute("href");
            assert_eq!(canonical, format!("https://almanac.example{path}"));
            assert!(page.all("meta[name=robots]").is_empty(), "{path}");
        } else {
            assert!(page.all("link[rel=canonical]").is_empty(), "{path}");
            assert_eq!(
                page.one("meta[name=robots]").attribute("content"),
                "noindex"
            );
        }
    }
    let home = app.page("/").await;
    assert_eq!(home.one("title").text, "Harbour Almanac");
    let canonical = home.one("link[rel=canonical]").attribute("href");
    assert_eq!(canonical, "https://almanac.example/");
}

#[tokio::test]
async fn every_page_can_be_found_through_without_eyes_or_mouse() {
    let app = TestApp::start().await;
    let paths = PAGES.iter().map(|(path, ..)| *path).chain(MORE_PAGES);
    for path in paths {
        let page = app.get(path).await;
        assert_eq!(page.one("html").attribute("lang"), "en", "{path}");
        assert_eq!(page.all("h1").len(), 1, "{path}");
        for landmark in ["body > header", "body > main", "body > footer"] {
            assert_eq!(page.all(landmark).len(), 1, "{landmark} on {path}");
        }
        // The skip link is the first thing that the keyboard reaches, and it
        // leads to where the text is.
        let first = page.all("body a, body button, body input").remove(0);
        assert_eq!(first.attribute("href"), "#main", "{path}");
        assert_eq!(page.one("main").attribute("id"), "main", "{path}");
        let names: Vec<String> = page
            .all("nav")
            .iter()
            .map(|nav| nav.attribute("aria-label"))
            .collect();
        let distinct: BTreeSet<&String> = names.iter().collect();
        assert_eq!(distinct.len(), names.len(), "{names:?} on {path}");
        headings_descend_by_one(&page, path);
        let ids: Vec<String> = page
            .all("[id]")
            .iter()
            .map(|it| it.attribute("id"))
            .collect();
        let distinct: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len(), "{ids:?} on {path}");
        for image in page.all("img") {
            assert!(image.find("alt").is_some(), "{image:?} on {path}");
            assert!(image.attribute("width").parse::<u32>().unwrap() > 0);
            assert!(image.attribute("height").parse::<u32>().unwrap() > 0);
        }
        for field in page.all("main input:not([type=hidden]), main textarea") {
            let id = field.find("id").unwrap_or_default();
            let labelled = !id.is_empty() && !page.all(&format!("label[for={id}]")).is_empty();
            let inside = field.find("type") == Some("radio");
            assert!(labelled || inside, "{field:?} on {path}");
        }
    }
}

#[tokio::test]
async fn no_page_sets_a_cookie_or_asks_another_site_for_anything() {
    let app = TestApp::start().await;
    for path in PAGES.iter().map(|(path, ..)| *path).chain(MORE_PAGES) {
        let page = app.get(path).await;
        assert!(page.headers.get("set-cookie").is_none(), "{path}");
        for element in page.all("[src], link[rel=stylesheet], link[rel=preload], link[rel~=icon]") {
            let address = element.find("src").or(element.find("href")).unwrap();
            assert!(
                address.starts_with('/') && !address.starts_with("//"),
                "{element:?}"
            );
        }
        assert!(
            page.all(
                "style, script:not([src]):not([type='application/ld+json']), [style], [onclick]"
            )
            .is_empty(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_way_to_report_an_error_is_in_the_same_place_on_every_page() {
    let app = TestApp::start().await;
    for path in PAGES.iter().map(|(path, ..)| *path).chain(["/", "/today"]) {
        let page = app.get(path).await;
        let link = page.one("header.masthead .masthead__report a");
        assert_eq!(link.text, "Report an error", "{path}");
        let form = app.page(&link.attribute("href")).await;
        assert_eq!(form.all("main form[method=post]").len(), 1, "{path}");
    }
    let article = app.page("/articles/seoul-falls").await;
    let link = article.one(".masthead__report a").attribute("href");
    assert_eq!(link, "/articles/seoul-falls/report?r=1");
    let year = app.page("/year/1951").await;
    let link = year.one(".masthead__report a").attribute("href");
    assert_eq!(link, "/contact?page=%2Fyear%2F1951");
}

#[tokio::test]
async fn a_registry_lists_written_and_unwritten_names_and_leads_to_their_articles() {
    let app = TestApp::start().await;
    let index = app.page("/people").await;
    // Under the letter of the entry's own name, hidden articles left out.
    assert_eq!(index.texts("h2"), ["H", "J", "M", "N"]);
    assert_eq!(
        index.links(".register__entries a"),
        [
            "/people/harold-godwinson",
            "/people/gaius-iulius-caesar",
            "/people/matthew-ridgway",
            "/people/nobody-known"
        ]
    );
    assert_eq!(index.texts(".register__count"), ["1 article"; 4]);
    let places = app.page("/places").await;
    let rome = places
        .all(".register__entries li")
        .into_iter()
        .find(|li| li.text.starts_with("Rome"));
    assert_eq!(rome.unwrap().text, "Rome 2 articles");
    assert!(!places.text().contains("Hidden Place"));

    // The article names him by another of his names.
    let caesar = app.page("/people/gaius-iulius-caesar").await;
    assert_eq!(
        caesar.links(".event__title a"),
        ["/articles/death-of-caesar"]
    );
    let notes = caesar.texts(".title-page__note");
    assert_eq!(
        notes,
        ["Also known as C. Iulius Caesar, Gaius Julius Caesar"]
    );
    assert_eq!(
        caesar.links(".prose a:not([href^='#'])"),
        ["/articles/death-of-caesar"]
    );
    let seoul = app.page("/places/seoul").await;
    assert_eq!(
        seoul.texts(".particulars dd"),
        ["South Korea", "37.57° N, 126.98° E", "Q8684"]
    );

    let unwritten = app.page("/people/nobody-known").await;
    assert_eq!(
        unwritten.links(".event__title a"),
        ["/articles/moon-landing"]
    );
    assert!(unwritten.all(".prose").is_empty());
    for missing in [
        "/people/hidden-person",
        "/people/c-iulius-caesar",
        "/places/nobody-known",
    ] {
        assert_eq!(app.get(missing).await.status, 404, "{missing}");
    }
}

#[tokio::test]
async fn error_pages_help_the_reader_on() {
    let app = TestApp::start().await;
    let page = app.get("/articles/nothing-here").await;
    assert_eq!(page.status, 404);
    for link in page.links("main a") {
        assert_eq!(app.get(&link).await.status, 200, "{link}");
    }
    assert!(page.links("main a").contains(&"/places".to_owned()));
    assert_eq!(page.header("cache-control"), "no-store");
}

#[tokio::test]
async fn the_operators_name_and_publisher_stand_on_every_page() {
    let app = Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_SITE_NAME", "Ships & <Tides>")
        .variable("DAYBOOK_PUBLISHER", "Harbour Trust")
        .variable("DAYBOOK_DATE_STYLE", "dmy")
        .start()
        .await;
    let page = app.page("/articles/seoul-falls").await;
    assert_eq!(page.one(".masthead__name").text, "Ships & <Tides>");
    assert_eq!(
        page.one("footer > p").text,
        "Ships & <Tides> is published by Harbour Trust."
    );
    assert_eq!(page.texts(".facts--dates dd")[0], "4 January 1951");
    assert_eq!(
        app.page("/on/january-4").await.one("title").text,
        "4 January – Ships & <Tides>"
    );
}

#[tokio::test]
async fn a_form_that_comes_back_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let form = app.report("seoul-falls").await;
    let page = form
        .field("wrong", "")
        .field("correct", "It was <b>January 5</b>.")
        .field("email", "no address")
        .send()
        .await;
    assert_eq!(page.status, 422);
    assert_eq!(page.one("h1").text, "Report an error");
    assert_eq!(page.one("#field-correct").text, "It was <b>January 5</b>.");
    assert_eq!(page.one("#field-email").attribute("value"), "no address");
    assert!(!page.one("#error-wrong").text.is_empty());
    assert!(!page.one("#error-email").text.is_empty());
    assert_eq!(page.header("cache-control"), "no-store");
}

fn headings_descend_by_one(page: &Page, path: &str) {
    let mut level = 0;
    for heading in page.all("h1, h2, h3, h4, h5, h6") {
        let own: u32 = heading.name[1..].parse().unwrap();
        assert!(
            own <= level + 1,
            "{heading:?} after level {level} on {path}"
        );
        level = own;
    }
}
