//! Share cards: what is drawn, for whom it is the same for ever, and where old
//! addresses lead.

use daybook::articles::{Face, FaceDate, FaceKind};
use daybook::cards::{Imprint, draw};
use daybook::cases::{self, Actor, Arrival, Change, HoldKind};
use image::{GenericImageView, RgbaImage};
use proptest::prelude::*;

use crate::harness::{Corpus, Page, Setup, TestApp, article};

/// Where the title of an article stands.
const TITLE: [u32; 4] = [64, 385, 1136, 552];

fn imprint() -> Imprint {
    Imprint {
        name: "Daybook".to_owned(),
        host: "daybook.example".to_owned(),
    }
}

fn face(title: &str) -> Face {
    Face {
        kind: FaceKind::Article,
        title: title.to_owned(),
        line: String::new(),
        date: FaceDate::Words("about 1510".to_owned()),
        ..Face::of_site("Daybook")
    }
}

fn decoded(png: &[u8]) -> RgbaImage {
    let picture = image::load_from_memory_with_format(png, image::ImageFormat::Png).unwrap();
    assert_eq!(picture.dimensions(), (1200, 630));
    assert!(png.len() <= 300_000, "{} bytes", png.len());
    picture.to_rgba8()
}

/// The dark pixels in a part of a picture.
fn ink(picture: &RgbaImage, [left, top, right, low]: [u32; 4]) -> usize {
    let all = (top..low).flat_map(|y| (left..right).map(move |x| (x, y)));
    all.filter(|(x, y)| {
        picture.get_pixel(*x, *y).0[..3]
            .iter()
            .all(|one| *one < 110)
    })
    .count()
}

/// The address of the picture that stands for a page.
fn card_of(page: &Page) -> String {
    let address = page.one("meta[property='og:image']").attribute("content");
    let path = address.find("/cards/").unwrap();
    address[path..].to_owned()
}

#[test]
fn a_title_in_any_script_leaves_ink_where_it_stands() {
    let empty = decoded(&draw(&face(""), &imprint(), None).unwrap());
    assert_eq!(ink(&empty, TITLE), 0);
    // What a font draws for a sign that it lacks: none is ever seen.
    let mut seen = Vec::new();
    for title in [
        "Capture of Seoul",
        "Η άλωση της Πόλης",
        "Взятие Сеула",
        "서울 함락",
        "关东大地震",
        "関東大震災が起きた",
        "سقوط القسطنطينية",
        "חורבן הבית השני!",
        "กรุงศรีอยุธยา",
        "ქართლის ცხოვრება",
    ] {
        let picture = decoded(&draw(&face(title), &imprint(), None).unwrap());
        let dark = ink(&picture, TITLE);
        assert!(dark > 900, "{title}: {dark}");
        seen.push((title, picture));
    }
    // Whoever has only boxes draws the same for every word of one length.
    for (index, (title, picture)) in seen.iter().enumerate() {
        for (other, beside) in &seen[..index] {
            assert_ne!(picture, beside, "{title} looks like {other}");
        }
    }
    let [rocket, none] = ["🚀 \u{FFFE}", ""].map(|title| draw(&face(title), &imprint(), None));
    assert_eq!(rocket, none);
}

#[test]
fn what_reads_from_the_right_is_set_from_the_right() {
    let halves = |title: &str| {
        let picture = decoded(&draw(&face(title), &imprint(), None).unwrap());
        let [left, top, right, low] = TITLE;
        [[left, top, 600, low], [600, top, right, low]].map(|part| ink(&picture, part))
    };
    let [left, right] = halves("سقوط القدس");
    assert!(left == 0 && right > 500, "{left} {right}");
    let [left, right] = halves("Fall");
    assert!(right == 0 && left > 500, "{left} {right}");
}

#[test]
fn every_kind_of_card_holds_whatever_is_written_on_it() {
    for kind in FaceKind::ALL {
        for title in [
            String::new(),
            "W".repeat(900),
            "关".repeat(900),
            "a b ".repeat(200),
        ] {
            let event = daybook::articles::FaceEvent {
                year: "1234567 BCE".to_owned(),
                title: title.clone(),
            };
            let face = Face {
                kind,
                line: title.clone(),
                events: vec![event; 3],
                ..face(&title)
            };
            let imprint = Imprint {
                name: title.clone(),
                host: title,
            };
            let picture = decoded(&draw(&face, &imprint, None).unwrap());
            for margin in [[0, 0, 40, 630], [1150, 0, 1200, 630], [0, 612, 1200, 630]] {
                assert_eq!(ink(&picture, margin), 0, "{kind:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_title_breaks_a_card(title in any::<String>(), date in any::<String>()) {
        let face = Face { date: FaceDate::Words(date), ..face(&title) };
        decoded(&draw(&face, &imprint(), None).unwrap());
    }
}

#[tokio::test]
async fn a_card_is_the_same_for_ever_and_may_be_shown_anywhere() {
    let app = TestApp::start().await;
    for path in [
        "/articles/seoul-falls",
        "/on/january-4",
        "/people/matthew-ridgway",
        "/places/seoul",
        "/",
    ] {
        let page = app.page(path).await;
        let address = card_of(&page);
        let alt = page
            .one("meta[property='og:image:alt']")
            .attribute("content");
        assert!(alt.starts_with("Share card: "), "{path}: {alt}");
        let answer = app.client().get(app.url(&address)).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{address}");
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "image/png");
        assert_eq!(
            header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(header("cross-origin-resource-policy"), "cross-origin");
        let tag = header("etag");
        let bytes = answer.bytes().await.unwrap();
        assert!(ink(&decoded(&bytes), [0, 0, 1200, 630]) > 3000, "{address}");
        let again = app.get_with(&address, "if-none-match", &tag).await;
        assert_eq!(again.status, 304);
        assert_eq!(app.head(&address).await.status, 200);
    }
}

#[tokio::test]
async fn an_old_address_leads_to_the_present_card_and_a_wrong_one_nowhere() {
    let corpus = Corpus::fixtures();
    let mut app = Setup::new(corpus).start().await;
    let present = card_of(&app.page("/articles/seoul-falls").await);
    assert_eq!(present, "/cards/article/seoul-falls.1.png");
    let day = card_of(&app.page("/on/january-4").await);
    let file = "articles/01/04/seoul-falls.md";
    let title = app.read(file);
    let title = title
        .lines()
        .find(|line| line.starts_with("title: "))
        .unwrap();
    app.edit(file, title, "title: Another title");
    app.ingest();
    let now = card_of(&app.page("/articles/seoul-falls").await);
    assert_eq!(now, "/cards/article/seoul-falls.2.png");
    let today = card_of(&app.page("/on/january-4").await);
    assert_ne!(day, today);
    for (old, new) in [(&present, &now), (&day, &today)] {
        let answer = app.get(old).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (302, new.as_str())
        );
        assert_eq!(answer.header("cache-control"), "public, max-age=60");
    }
    let long = format!("/cards/article/{}.1.png", "a".repeat(10_000));
    for wrong in [
        "/cards/article/seoul-falls.3.png",
        "/cards/article/seoul-falls.0.png",
        "/cards/article/seoul-falls.-1.png",
        "/cards/article/seoul-falls.png",
        "/cards/article/seoul-falls.2.svg",
        "/cards/article/nobody-wrote-this.1.png",
        "/cards/day/january-32.000000000000.png",
        "/cards/day/january-4.nonsense.png",
        "/cards/person/nobody.000000000000.png",
        "/cards/site/other.000000000000.png",
        "/cards/topic/korean-war.000000000000.png",
        "/cards/article/.png",
        "/cards/article/%00.1.png",
        long.as_str(),
    ] {
        assert_eq!(app.get(wrong).await.status, 404, "{wrong}");
    }
    app.stop();
}

#[tokio::test]
async fn what_readers_must_not_see_has_no_card() {
    let corpus = Corpus::empty();
    corpus.write(
        "articles/01/04/told.md",
        article("Told", "1951-01-04", "Text."),
    );
    let draft = article("Drafted", "1951-01-04", "Text.");
    let draft = draft.replacen("sources:", "draft: true\nsources:", 1);
    corpus.write("articles/01/04/draft.md", draft);
    let app = Setup::new(corpus).start().await;
    assert_eq!(app.get("/cards/article/draft.1.png").await.status, 404);
    assert_eq!(app.get("/cards/article/told.1.png").await.status, 200);
    app.remove("articles/01/04/told.md");
    app.write(
        "removed.yaml",
        "- {slug: told, date: 2026-12-02, reason: It was untrue.}\n",
    );
    app.ingest();
    assert_eq!(app.get("/cards/article/told.1.png").await.status, 410);
}

#[tokio::test]
async fn a_held_text_keeps_its_title_off_the_card_until_it_is_released() {
    let corpus = Corpus::empty();
    corpus.write(
        "articles/01/04/told.md",
        article("Told", "1951-01-04", "Text."),
    );
    let app = Setup::new(corpus).start().await;
    let card = "/cards/article/told.1.png";
    let fetch = async || {
        app.catch_up();
        let answer = app.client().get(app.url(card)).send().await.unwrap();
        let cache = answer.headers()["cache-control"]
            .to_str()
            .unwrap()
            .to_owned();
        (cache, answer.bytes().await.unwrap())
    };
    let (_, shown) = fetch().await;
    let db = app.database.open();
    app.database.execute(
        "INSERT INTO reports (id, token_hash, received_at, state, spam_reason, article, quote,
            prefix, suffix, page, category, wrong, correct, source, email, client_hash)
         VALUES ('R-000001', 't', 1, 'received', '', 'told', '', '', '', '', 'removal', 'x', '', '',
            '', '')",
    );
    let held = db
        .write(|conn| {
            let arrival = Arrival {
                report: "R-000001",
                article: Some("told"),
                category: "removal",
                quote: "",
                wrong: "x",
                correct: "",
                now: 1,
            };
            let case = cases::file(conn, &arrival)?;
            let version = cases::by_id(conn, &case)?.unwrap().version;
            let change = Change {
                case: &case,
                seen: version,
                by: Actor::Editor("E-000001"),
                now: 2,
            };
            cases::hold(conn, &change, HoldKind::Text)
        })
        .await
        .unwrap();
    assert!(held.is_ok());
    let (cache, kept_back) = fetch().await;
    assert_eq!(cache, "public, max-age=60");
    assert_ne!(shown, kept_back);
    let page = app.page("/articles/told").await;
    let alt = page
        .one("meta[property='og:image:alt']")
        .attribute("content");
    assert!(!alt.contains("Told"), "{alt}");
}
