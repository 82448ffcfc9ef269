//! Pictures beside articles: what they must be, and what happens when they
//! come, change, go, or are not what they seem.

use std::fs;

use daybook::ingest::Outcome;

use crate::harness::{Corpus, TestApp, article};

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
        for image in page.all(".picture--lead img") {
            let shown = app.page(&image.attribute("src")).await;
            assert_eq!(shown.bytes, sound, "{words}");
        }
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
    assert_eq!(served.bytes, webp);
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
