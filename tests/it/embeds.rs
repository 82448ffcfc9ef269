//! What other sites show in a frame, and how they learn of it.

use daybook::cases::HoldKind;
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use serde_json::Value;
use url::form_urlencoded::byte_serialize;

use crate::harness::{Corpus, Page, Setup, TestApp, article};
use crate::structured::hold;

const BASE: &str = "https://daybook.example";
const FRAMES: [&str; 3] = [
    "/embed/articles/seoul-falls",
    "/embed/on/january-4",
    "/embed/today",
];

async fn app() -> TestApp {
    Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_BASE_URL", BASE)
        .start()
        .await
}

/// Asks about the page at an address.
async fn ask(app: &TestApp, address: &str, more: &str) -> Page {
    let address: String = byte_serialize(address.as_bytes()).collect();
    app.get(&format!("/oembed?url={address}{more}")).await
}

fn json(page: &Page) -> Value {
    serde_json::from_slice(&page.bytes).unwrap()
}

fn assert_may_be_framed(page: &Page, path: &str) {
    let policy = page.header("content-security-policy");
    assert!(policy.contains("frame-ancestors *"), "{path}: {policy}");
    assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
    assert!(!policy.contains("script-src") && !policy.contains("unsafe"));
    assert!(!page.headers.contains_key("x-frame-options"), "{path}");
    assert_eq!(page.header("cross-origin-resource-policy"), "cross-origin");
    assert!(!page.headers.contains_key("set-cookie"), "{path}");
}

#[tokio::test]
async fn a_frame_may_stand_on_any_site_and_runs_nothing() {
    let app = app().await;
    for path in FRAMES {
        let page = app.page(path).await;
        assert_may_be_framed(&page, path);
        assert!(page.all("script, style, [style], form, iframe").is_empty());
        assert_eq!(page.all("link[rel='stylesheet']").len(), 1, "{path}");
        assert_eq!(
            page.one("meta[name='robots']").attribute("content"),
            "noindex"
        );
        assert_eq!(page.all("h1").len(), 1, "{path}");
        // Every link leaves the frame, and tells the new page nothing.
        let links = page.all("a");
        assert!(!links.is_empty());
        for link in links {
            assert_eq!(link.attribute("target"), "_blank", "{path}");
            assert_eq!(link.attribute("rel"), "noopener", "{path}");
        }
        // What is kept is not replaced by stricter headers.
        let tag = page.header("etag").to_owned();
        let again = app.get_with(path, "if-none-match", &tag).await;
        assert_eq!(again.status, 304, "{path}");
        assert!(!again.headers.contains_key("x-frame-options"), "{path}");
        assert!(
            again
                .header("content-security-policy")
                .contains("frame-ancestors *")
        );
    }
    // A sandboxed frame belongs to no site, and must still get its type.
    let sheet = app
        .page(FRAMES[0])
        .await
        .one("link[rel='stylesheet']")
        .attribute("href");
    let sheet = app.page(&sheet).await;
    assert_eq!(sheet.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!(sheet.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn nothing_but_frames_may_be_framed() {
    let app = app().await;
    for path in [
        "/",
        "/today",
        "/on/january-4",
        "/year/1951",
        "/timeline",
        "/map",
        "/people",
        "/people/matthew-ridgway",
        "/articles/seoul-falls",
        "/articles/seoul-falls/history",
        "/articles/seoul-falls/report?r=1",
        "/articles/seoul-falls.md",
        "/contact",
        "/corrections",
        "/corrections.atom",
        "/desk",
        "/desk/sign-in",
        "/embed",
        "/embed/nothing",
        "/nothing",
        "/oembed",
        "/healthz",
        "/embed/on/nothing",
    ] {
        let page = app.get(path).await;
        assert_eq!(page.header("x-frame-options"), "DENY", "{path}");
        let policy = page.header("content-security-policy");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
    }
}

#[tokio::test]
async fn the_frame_of_an_article_shows_its_head_as_its_page_does() {
    let app = app().await;
    let page = app.page("/embed/articles/seoul-falls").await;
    assert_eq!(page.one("h1 a").text, "Seoul falls");
    assert_eq!(page.one("h1 a").attribute("href"), "/articles/seoul-falls");
    assert_eq!(
        page.one("link[rel='canonical']").attribute("href"),
        "https://daybook.example/articles/seoul-falls"
    );
    assert_eq!(page.one(".embed__date").text, "January 4 1951");
    assert_eq!(
        page.one(".embed__corrected").text,
        "Corrected November 23, 2026"
    );
    assert!(
        page.one(".embed__summary")
            .text
            .starts_with("The city changes hands")
    );
    assert_eq!(page.one(".embed__foot p:first-child").text, "Daybook");

    let moved = app.get("/embed/articles/third-battle-of-seoul").await;
    assert_eq!(moved.status, 301);
    assert_eq!(moved.header("location"), "/embed/articles/seoul-falls");
    // A frame says in a frame that there is nothing.
    let missing = app.get("/embed/articles/no-such").await;
    assert_eq!(missing.status, 404);
    assert_may_be_framed(&missing, "a missing article");
    assert_eq!(missing.one("h1").text, "There is no such article.");
    let draft = app.get("/embed/articles/unfinished").await;
    assert_eq!(draft.status, 404, "drafts stay hidden");
}

#[tokio::test]
async fn what_is_kept_back_is_kept_back_in_frames_too() {
    let app = app().await;
    hold(&app, "seoul-falls", HoldKind::Text).await;
    let page = app.page("/embed/articles/seoul-falls").await;
    assert!(
        page.one(".embed__notice")
            .text
            .starts_with("The text of this article is not shown")
    );
    assert!(page.all(".embed__summary").is_empty());
    let answer = ask(&app, &format!("{BASE}/articles/seoul-falls"), "").await;
    assert!(json(&answer)["thumbnail_url"].is_null());
}

#[tokio::test]
async fn the_frame_of_a_removed_article_says_so() {
    let corpus = Corpus::fixtures();
    corpus.ingest();
    corpus.remove("articles/01/04/tower-opens.md");
    corpus.ingest();
    let app = Setup::new(corpus)
        .variable("DAYBOOK_BASE_URL", BASE)
        .start()
        .await;
    let gone = app.get("/embed/articles/tower-opens").await;
    assert_eq!(gone.status, 410);
    assert_may_be_framed(&gone, "a removed article");
    assert_eq!(gone.one("h1 a").attribute("href"), "/articles/tower-opens");
    let about = ask(&app, &format!("{BASE}/articles/tower-opens"), "").await;
    assert_eq!(about.status, 404);
    let other = ask(&app, &format!("{BASE}/articles/seoul-falls"), "").await;
    assert_eq!(other.status, 200);
}

#[tokio::test]
async fn the_frame_of_a_day_lists_a_few_events_of_a_day_of_many() {
    let corpus = Corpus::empty();
    for year in 0..8 {
        let title = format!("Event {year}");
        let text = article(&title, &format!("{}-01-04", 1901 + year * 10), "Words.");
        corpus.write(&format!("articles/event-{year}.md"), text);
    }
    let app = Setup::new(corpus).start().await;
    let page = app.page("/embed/on/january-4").await;
    assert_eq!(
        page.texts(".embed__what"),
        ["Event 0", "Event 1", "Event 3", "Event 4", "Event 6"]
    );
    assert_eq!(
        page.one(".embed__foot p:last-child").text,
        "All 8 events of January 4"
    );
    assert_eq!(page.texts(".embed__when")[0], "1901");
    for spelling in ["/embed/on/01-04", "/embed/on/1-4", "/embed/on/January-4/"] {
        let moved = app.get(spelling).await;
        assert_eq!(moved.status, 301, "{spelling}");
        assert_eq!(moved.header("location"), "/embed/on/january-4");
    }
    for wrong in [
        "/embed/on/january-32",
        "/embed/on/january",
        "/embed/on/13-01",
    ] {
        assert_eq!(app.get(wrong).await.status, 404, "{wrong}");
    }
    let empty = app.page("/embed/on/january-5").await;
    assert_eq!(
        empty.one(".embed__summary").text,
        "Nothing is told for this day yet."
    );
}

#[tokio::test]
async fn todays_frame_goes_by_the_zone_that_is_asked_for() {
    let app = app().await;
    // These zones are 26 hours apart, so they never share a day.
    let day = async |zone: &str| {
        let page = app.page(&format!("/embed/today?tz={zone}")).await;
        assert!(page.header("cache-control").starts_with("public, max-age="));
        assert!(!page.header("cache-control").contains("stale"));
        page.one("h1 a").attribute("href")
    };
    assert_ne!(day("Etc/GMT-14").await, day("Etc/GMT%2B12").await);
    let site = app.page("/embed/today").await;
    let nonsense = app.page("/embed/today?tz=Nowhere/At_All").await;
    assert_eq!(site.bytes, nonsense.bytes);
}

#[tokio::test]
async fn other_sites_learn_from_a_page_how_to_embed_it() {
    let app = app().await;
    for path in ["/articles/seoul-falls", "/on/january-4", "/"] {
        let page = app.page(path).await;
        let asked = format!("{BASE}{path}");
        for (kind, format) in [
            ("application/json+oembed", "json"),
            ("text/xml+oembed", "xml"),
        ] {
            let href = page
                .one(&format!("link[rel='alternate'][type='{kind}']"))
                .attribute("href");
            // Absolute, because some sites resolve nothing.
            let query = href.strip_prefix(&format!("{BASE}/oembed?")).unwrap();
            let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect();
            assert_eq!(pairs[0], ("url".to_owned(), asked.clone()));
            assert_eq!(pairs[1], ("format".to_owned(), format.to_owned()));
            let answer = app.page(&href[BASE.len()..]).await;
            let media = answer.header("content-type").to_owned();
            assert!(media.contains(format), "{media}");
        }
    }
    for path in ["/people", "/contact", "/embed/on/january-4"] {
        assert!(
            app.page(path).await.all("link[type*='oembed']").is_empty(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_answer_is_a_frame_that_can_be_put_into_a_page_as_it_is() {
    let app = app().await;
    let answer = ask(&app, &format!("{BASE}/articles/seoul-falls"), "").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let data = json(&answer);
    for (name, value) in [
        ("version", Value::from("1.0")),
        ("type", Value::from("rich")),
        ("title", Value::from("Seoul falls")),
        ("author_name", Value::from("Ada Writer")),
        ("provider_name", Value::from("Daybook")),
        ("provider_url", Value::from("https://daybook.example/")),
        ("width", Value::from(600)),
        ("height", Value::from(320)),
        (
            "thumbnail_url",
            Value::from("https://daybook.example/cards/article/seoul-falls.1.png"),
        ),
        ("thumbnail_width", Value::from(1200)),
        ("thumbnail_height", Value::from(630)),
    ] {
        assert_eq!(data[name], value, "{name}");
    }
    let html = data["html"].as_str().unwrap();
    let code = Page {
        status: 200,
        headers: answer.headers.clone(),
        bytes: html.as_bytes().to_vec(),
    };
    let frame = code.one("iframe");
    assert_eq!(
        frame.attribute("src"),
        format!("{BASE}/embed/articles/seoul-falls")
    );
    assert_eq!(frame.attribute("title"), "Seoul falls");
    assert!(!frame.attribute("sandbox").contains("allow-scripts"));
    assert!(!html.contains("<script"));

    let day = json(&ask(&app, &format!("{BASE}/on/january-4"), "").await);
    assert_eq!(day["title"], "January 4 in history");
    assert!(
        day["html"]
            .as_str()
            .unwrap()
            .contains("/embed/on/january-4\"")
    );
    let today = json(&ask(&app, &format!("{BASE}/today?tz=Asia/Seoul"), "").await);
    assert!(
        today["html"]
            .as_str()
            .unwrap()
            .contains("/embed/today?tz=Asia%2FSeoul\"")
    );
}

#[tokio::test]
async fn both_formats_say_the_same_of_a_hostile_title() {
    let hostile = "”><script>alert(1)</script> & ]]> ’";
    let corpus = Corpus::empty();
    let text = article("Bridge", "1951-01-04", "Words.");
    let text = text.replace("title: Bridge", &format!("title: '{hostile}'"));
    corpus.write("articles/bridge.md", text);
    let app = Setup::new(corpus)
        .variable("DAYBOOK_BASE_URL", BASE)
        .start()
        .await;
    let address = format!("{BASE}/articles/bridge");
    let data = json(&ask(&app, &address, "").await);
    assert_eq!(data["title"], hostile);
    assert!(!data["html"].as_str().unwrap().contains("<script"));
    let answer = ask(&app, &address, "&format=xml").await;
    assert_eq!(answer.header("content-type"), "text/xml; charset=utf-8");
    let mut reader = Reader::from_str(answer.text());
    let mut fields = serde_json::Map::new();
    let mut name = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                name = String::from_utf8(start.name().as_ref().to_vec()).unwrap();
            }
            Event::Text(text) => push(&mut fields, &name, &text.decode().unwrap()),
            Event::GeneralRef(entity) => {
                let entity = entity.decode().unwrap();
                let text = match &*entity {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("an entity {other}"),
                };
                push(&mut fields, &name, text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    for (name, value) in data.as_object().unwrap() {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        assert_eq!(fields[name], text, "{name}");
    }
    assert_eq!(fields.len(), data.as_object().unwrap().len());
}

fn push(fields: &mut serde_json::Map<String, Value>, name: &str, text: &str) {
    let before = fields.get(name).and_then(Value::as_str).unwrap_or_default();
    let whole = format!("{before}{text}");
    fields.insert(name.to_owned(), Value::from(whole));
}

#[tokio::test]
async fn a_frame_keeps_to_the_room_that_the_other_site_has() {
    let app = app().await;
    let address = format!("{BASE}/articles/seoul-falls");
    for (room, width, height, thumbnail) in [
        ("", 600, 320, true),
        ("&maxwidth=2000&maxheight=2000", 600, 320, true),
        ("&maxwidth=500", 500, 320, false),
        ("&maxwidth=320", 320, 480, false),
        ("&maxwidth=320&maxheight=200", 320, 200, false),
        ("&maxwidth=&maxheight=", 600, 320, true),
    ] {
        let data = json(&ask(&app, &address, room).await);
        assert_eq!(
            (&data["width"], &data["height"]),
            (&width.into(), &height.into()),
            "{room}"
        );
        assert_eq!(data["thumbnail_url"].is_string(), thumbnail, "{room}");
        let html = data["html"].as_str().unwrap();
        assert!(html.contains(&format!("width=\"{width}\" height=\"{height}\"")));
    }
}

#[tokio::test]
async fn every_address_of_an_article_can_be_embedded_and_no_other() {
    let app = app().await;
    for path in [
        "/articles/seoul-falls",
        "/articles/seoul-falls/",
        "/Articles/Seoul-Falls",
        "/articles/seoul-falls?r=1&utm_source=x#accounts-differ",
        "/articles/third-battle-of-seoul",
        "/2019/01/seoul.html",
        "/2019/01/Seoul.html",
    ] {
        let answer = ask(&app, &format!("{BASE}{path}"), "").await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(json(&answer)["title"], "Seoul falls", "{path}");
    }
    for address in [
        "https://daybook.example/articles/no-such",
        "https://daybook.example/articles/unfinished",
        "https://daybook.example/people/matthew-ridgway",
        "https://daybook.example/on/january-32",
        "https://evil.example/articles/seoul-falls",
        "/articles/seoul-falls",
        "nonsense",
        "%%%",
        "https://daybook.example@evil.example/articles/seoul-falls",
    ] {
        let answer = ask(&app, address, "").await;
        assert_eq!(answer.status, 404, "{address}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    let long = format!("{BASE}/articles/{}", "x".repeat(10_000));
    assert_eq!(ask(&app, &long, "").await.status, 404);
    for (query, status) in [
        ("", 400),
        ("?url=", 400),
        ("?format=json", 400),
        ("?format=yaml&url=x", 501),
        ("?url=x&maxwidth=wide", 400),
        ("?url=x&maxwidth=0", 400),
        ("?url=x&maxheight=-1", 400),
        ("?url=x&maxwidth=99999999999", 400),
        ("?%00=%ff&url=%ff", 404),
        ("?url=a&url=b", 404),
    ] {
        let answer = app.get(&format!("/oembed{query}")).await;
        assert_eq!(answer.status, status, "{query}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{query}"
        );
    }
}
