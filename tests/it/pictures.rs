//! Pictures beside articles: what they must be, and what happens when they
//! come, change, go, or are not what they seem.

use std::fs;

use daybook::ingest::{self, Outcome};
use daybook::pictures::Format;
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};

use crate::harness::{Corpus, TestApp, article, daybook};

const FILE: &str = "articles/08/08/hostile.md";

/// A folder with one sound article beside the hostile file.
fn folder_with(bytes: impl AsRef<[u8]>) -> Corpus {
    let corpus = Corpus::empty();
    corpus.write(
        "articles/08/09/sound.md",
        article("Sound", "1900-08-09", "Text."),
    );
    corpus.write(FILE, bytes);
    corpus
}

/// The hash in the address of a rendition.
fn hash_in(address: &str) -> String {
    let name = address.strip_prefix("/media/").unwrap();
    name.split('.').next().unwrap().to_owned()
}

fn formats() -> i64 {
    i64::try_from(Format::ALL.len()).unwrap()
}

fn messages(outcome: &Outcome) -> Vec<String> {
    outcome
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn an_article_that_must_be_held_and_also_follows_a_new_title_comes_to_an_end() {
    let corpus = folder_with(article("One", "1900-08-08", "To [[sound]].").replace(
        "sources:",
        "pictures: [{file: dot.png, kind: map, alt: A map}]\nsources:",
    ));
    let dot = "articles/08/08/dot.png";
    let fixtures = Corpus::fixtures();
    corpus.write(
        dot,
        fs::read(fixtures.path("articles/05/06/mast.png")).unwrap(),
    );
    assert_eq!(corpus.ingest().held, 0);
    corpus.remove(dot);
    corpus.write(
        "articles/08/09/sound.md",
        article("Sounder", "1900-08-09", "Text."),
    );
    let outcome = corpus.ingest();
    assert_eq!(
        (outcome.held, outcome.written),
        (1, 1),
        "{:?}",
        messages(&outcome)
    );
}

#[tokio::test]
async fn a_picture_is_what_its_bytes_say_and_of_bearable_size() {
    let app = TestApp::start().await;
    let picture = "articles/05/06/airship.png";
    let before = app.page("/articles/airship-burns").await;
    let shown = before.one(".picture--lead img").attribute("src");
    let sound = fs::read(app.path(picture)).unwrap();
    let mut huge = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    huge.extend(60_000_u32.to_be_bytes());
    huge.extend(60_000_u32.to_be_bytes());
    huge.extend([8, 2, 0, 0, 0, 0x0f, 0xb0, 0xe2, 0x15]);
    huge.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xae\x42\x60\x82");
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    for (bytes, words) in [
        (svg, "no JPEG, PNG or WebP picture"),
        (
            b"<html><script>alert(1)</script>".to_vec(),
            "no JPEG, PNG or WebP picture",
        ),
        (huge, "60000 by 60000 pixels"),
        (sound[..20].to_vec(), "damaged"),
        (Vec::new(), "no JPEG, PNG or WebP picture"),
        (vec![0; 21 * 1024 * 1024], "larger than 20 MiB"),
    ] {
        app.write(picture, &bytes);
        let outcome = app.ingest();
        let found = messages(&outcome);
        let told = found
            .iter()
            .find(|one| one.starts_with("articles/05/06/airship.png:1:1: error P001"));
        assert!(
            told.is_some_and(|one| one.contains(words)),
            "{words}: {found:?}"
        );
        // The article stays, and what it shows is never what was refused.
        let page = app.page("/articles/airship-burns").await;
        let image = page.one(".picture--lead img");
        assert_eq!(image.attribute("src"), shown, "{words}");
        app.page(&shown).await;
    }
    app.write(
        "articles/05/06/drawing.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    );
    let found = messages(&app.ingest());
    assert!(
        found
            .iter()
            .any(|one| one.starts_with("articles/05/06/drawing.svg:1:1: error P001")),
        "{found:?}"
    );
    // A WebP picture under a PNG's name is served as what it is.
    let webp = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00";
    app.write(picture, webp);
    app.ingest();
    let page = app.page("/articles/airship-burns").await;
    let image = page.one(".picture--lead img");
    assert_eq!(image.attribute("width"), "1");
    let served = app.page(&image.attribute("src")).await;
    assert_eq!(served.header("content-type"), "image/webp");
    let address = image.attribute("src");
    let hash = hash_in(&address);
    assert_eq!(app.get(&format!("/media/{hash}.webp")).await.status, 301);
    assert_eq!(app.get(&format!("/media/{hash}.png")).await.status, 404);
}

#[test]
fn a_picture_that_is_not_there_is_told() {
    let corpus = folder_with(article("One", "1900-08-08", "Text.").replace(
        "sources:",
        "illustration: {file: lost.png, kind: map, alt: A map, credit: Ada, licence: CC0}\nsources:",
    ));
    let outcome = corpus.ingest();
    let found = messages(&outcome);
    assert_eq!((found.len(), outcome.held), (1, 1), "{found:?}");
    assert!(
        found[0].contains("there is no picture lost.png"),
        "{found:?}"
    );
    // It comes, and is shown though the article itself did not change.
    corpus.age();
    corpus.ingest();
    let fixtures = Corpus::fixtures();
    let picture = fs::read(fixtures.path("articles/05/06/mast.png")).unwrap();
    corpus.write("articles/08/08/lost.png", picture);
    assert_eq!(corpus.ingest().held, 0);
    let uses = "SELECT COUNT(*) FROM picture_uses WHERE slug = 'hostile' AND file = 'lost.png'";
    assert_eq!(corpus.database.number(uses), 1);
}

#[test]
fn a_picture_that_was_there_before_its_article_is_shown() {
    let corpus = Corpus::fixtures();
    let file = "articles/05/06/airship-burns.md";
    corpus.edit(file, "title:", "titel:");
    corpus.age();
    assert_eq!(corpus.ingest().held, 1);
    corpus.ingest();
    corpus.edit(file, "titel:", "title:");
    let outcome = corpus.ingest();
    assert_eq!(outcome.held, 0, "{:?}", messages(&outcome));
    assert_eq!(corpus.database.number("SELECT COUNT(*) FROM pictures"), 2);
}

/// A JPEG of 520 by 500 pixels that lies on its side: its left half, which is
/// red, belongs at the top. Its Exif data say so, and where it was taken.
fn lying() -> Vec<u8> {
    let picture = RgbImage::from_fn(520, 500, |x, _| {
        Rgb(if x < 260 {
            [200, 30, 30]
        } else {
            [30, 30, 200]
        })
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90)
        .encode_image(&picture)
        .unwrap();
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0".to_vec();
    exif.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0");
    exif.extend(b"Secret Place 12");
    let length = u16::try_from(exif.len() + 2).unwrap();
    let mut marker = vec![0xff, 0xe1];
    marker.extend(length.to_be_bytes());
    marker.extend(exif);
    bytes.splice(2..2, marker);
    bytes
}

/// The addresses in a `srcset`, each with its width.
fn candidates(srcset: &str) -> Vec<(String, u32)> {
    srcset
        .split(", ")
        .map(|one| {
            let (address, width) = one.split_once(' ').unwrap();
            let width = width.strip_suffix('w').unwrap().parse().unwrap();
            (address.to_owned(), width)
        })
        .collect()
}

#[tokio::test]
async fn a_picture_is_shown_upright_in_several_widths_and_tells_nothing_of_its_maker() {
    let app = TestApp::start().await;
    let file = "articles/05/06/airship.png";
    assert!(lying().windows(6).any(|part| part == b"Secret"));
    app.write(file, lying());
    app.ingest();

    let page = app.page("/articles/airship-burns").await;
    let image = page.one(".picture--lead img");
    let size = (image.attribute("width"), image.attribute("height"));
    assert_eq!(size, ("500".into(), "520".into()));
    assert_eq!(image.attribute("fetchpriority"), "high");
    assert_eq!(image.find("loading"), None);
    assert!(image.attribute("class").starts_with("tone--"));
    let widths = candidates(&image.attribute("srcset"));
    let offered: Vec<u32> = widths.iter().map(|(_, width)| *width).collect();
    assert_eq!(offered, [400, 500]);

    for kept in [false, true] {
        if kept {
            // Beside the test, which must see if the server hangs up meanwhile.
            let db = app.migrated();
            let make = move || ingest::make_renditions(&db, false, || false).unwrap();
            let made = tokio::task::spawn_blocking(make).await.unwrap();
            assert_eq!(made, 2 * Format::ALL.len());
            assert_eq!(app.make_renditions(), 0);
        }
        for (address, width) in &widths {
            let answer = app.page(address).await;
            assert_eq!(answer.header("content-type"), "image/webp");
            assert_eq!(
                answer.header("cache-control"),
                "public, max-age=31536000, immutable"
            );
            let tag = answer.header("etag").to_owned();
            let again = app.get_with(address, "if-none-match", &tag).await;
            assert_eq!((again.status, again.bytes.len()), (304, 0));
            for secret in [&b"Secret"[..], b"EXIF", b"Exif"] {
                assert!(
                    !answer
                        .bytes
                        .windows(secret.len())
                        .any(|part| part == secret)
                );
            }
            let pixels = image::load_from_memory(&answer.bytes).unwrap().to_rgb8();
            assert_eq!(pixels.width(), *width);
            assert_eq!(pixels.height(), width * 520 / 500);
            let top = pixels.get_pixel(width / 2, 20);
            let bottom = pixels.get_pixel(width / 2, pixels.height() - 20);
            assert!(top[0] > 150 && bottom[2] > 150, "{top:?} {bottom:?}");
        }
        // Made for the asking or kept beforehand, the bytes are the same.
        let stored = app
            .database
            .number("SELECT COUNT(*) FROM renditions WHERE width >= 400");
        assert_eq!(stored, if kept { formats() * 2 } else { 0 });
    }

    let hash = hash_in(&widths[0].0);
    let old = app.get(&format!("/media/{hash}.jpg")).await;
    assert_eq!(
        (old.status, old.header("location")),
        (301, widths[1].0.as_str())
    );
    for wrong in [
        format!("/media/{}.400.webp", "0".repeat(64)),
        format!("/media/{hash}.401.webp"),
        format!("/media/{hash}.0400.webp"),
        format!("/media/{hash}.1600.webp"),
        format!("/media/{hash}.99999999999.webp"),
        format!("/media/{hash}.400.jpg"),
        format!("/media/{hash}.400.400.webp"),
        format!("/media/{hash}.png"),
        format!("/media/{hash}"),
        "/media/airship.png".to_owned(),
    ] {
        assert_eq!(app.get(&wrong).await.status, 404, "{wrong}");
    }
}

#[tokio::test]
async fn pictures_further_down_and_in_lists_wait_until_they_are_seen() {
    let app = TestApp::start().await;
    let article = app.page("/articles/airship-burns").await;
    let day = app.page("/on/may-6").await;
    for image in [article.one(".prose img"), day.one(".event__picture")] {
        assert_eq!(image.attribute("loading"), "lazy");
        assert_eq!(image.attribute("decoding"), "async");
        assert!(image.attribute("class").contains("tone--"));
        assert!(!image.attribute("sizes").is_empty());
        assert_eq!(candidates(&image.attribute("srcset")).len(), 1);
    }
}

#[tokio::test]
async fn an_article_with_a_picture_cut_short_keeps_the_version_that_it_had() {
    let app = TestApp::start().await;
    let picture = "articles/05/06/airship.png";
    let text = "articles/05/06/airship-burns.md";
    app.write(picture, lying());
    app.ingest();
    let before = app.page("/articles/airship-burns").await;
    let whole = lying();
    app.write(picture, &whole[..whole.len() / 2]);
    app.edit(text, "title: ", "title: Not yet ");
    let outcome = app.ingest();
    assert_eq!(outcome.held, 2, "{:?}", messages(&outcome));
    let after = app.page("/articles/airship-burns").await;
    assert_eq!(after.bytes, before.bytes);
    let shown = before.one(".picture--lead img").attribute("src");
    assert_eq!(app.get(&shown).await.status, 200);
    app.write(picture, &whole);
    assert_eq!(app.ingest().held, 0);
    let mended = app.page("/articles/airship-burns").await;
    assert!(mended.one("h1").text.starts_with("Not yet"));
}

#[test]
fn renditions_go_with_their_picture_and_what_an_older_program_made_is_made_anew() {
    let corpus = Corpus::fixtures();
    corpus.ingest();
    assert_eq!(corpus.make_renditions(), 2 * Format::ALL.len());
    let sound = corpus.database.derived();
    // As if another version had made them, in another width and other bytes.
    corpus.database.execute(
        "UPDATE pictures SET recipe = 0, tone = '', width = 9; \
         UPDATE renditions SET width = 9;",
    );
    assert!(corpus.ingest().is_new);
    assert_eq!(corpus.make_renditions(), 2 * Format::ALL.len());
    assert_eq!(corpus.database.derived(), sound);
    assert!(!corpus.ingest().is_new, "and then there is no more to do");

    corpus.remove("articles/05/06/airship-burns.md");
    corpus.ingest();
    for table in ["pictures", "renditions"] {
        let count = format!("SELECT COUNT(*) FROM {table}");
        assert_eq!(corpus.database.number(&count), 0, "{table}");
    }
}

#[test]
fn the_command_makes_the_renditions_before_it_ends() {
    let corpus = Corpus::fixtures();
    let content = corpus.content();
    let arguments = ["ingest", "--content", content.to_str().unwrap()];
    let url = corpus.database.url().to_owned();
    corpus.migrated();
    daybook(&corpus.data(), &arguments)
        .env("DATABASE_URL", url)
        .assert()
        .success();
    let count = "SELECT COUNT(*) FROM renditions";
    assert_eq!(corpus.database.number(count), formats() * 2);
    assert_eq!(corpus.make_renditions(), 0);
}
