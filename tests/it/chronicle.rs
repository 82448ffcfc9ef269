//! A year as a chronicle, and the strip of all centuries.

use crate::harness::{Corpus, Setup, article};
use crate::timeline::{corpus, told};

#[tokio::test]
async fn the_strip_is_a_list_of_all_centuries_each_as_high_as_much_is_told_of_it() {
    let app = Setup::new(corpus()).start().await;
    let page = app.page("/timeline").await;
    // It leads to each century of the page.
    let centuries: Vec<String> = page
        .all(".chronology")
        .iter()
        .map(|century| format!("#{}", century.attribute("id")))
        .collect();
    assert_eq!(page.links(".density a"), centuries);
    let bars = page.texts(".density a");
    assert_eq!(bars[0], "660,001st BCE: 1 entry");
    let twentieth = centuries.iter().position(|id| id == "#20th").unwrap();
    let entries: i64 = app.database.number(
        "SELECT COUNT(*) FROM (SELECT DISTINCT s.slug, s.year, s.span FROM standings s \
         JOIN articles a ON a.slug = s.slug \
         WHERE s.year BETWEEN 1901 AND 2000 AND a.slug NOT IN ('unfinished', 'from-the-future')) x",
    );
    assert_eq!(bars[twentieth], format!("20th century: {entries} entries"));
    // The fullest is the highest.
    let heights: Vec<i64> = page
        .all(".density__bar path")
        .iter()
        .map(|path| {
            let drawn = path.attribute("d");
            let (_, rest) = drawn.split_once("h1v").unwrap();
            rest.trim_end_matches("H0z").parse().unwrap()
        })
        .collect();
    assert_eq!(heights[twentieth], 100);
    assert_eq!(heights.len(), centuries.len());
    assert!(heights.iter().all(|height| (1..=100).contains(height)));
}

#[tokio::test]
async fn a_year_is_a_chronicle_by_month_and_day_with_what_is_less_known_apart() {
    let corpus = Corpus::empty();
    for (slug, date) in [
        ("c-day", "1809-02-12"),
        ("d-same-day", "1809-02-12"),
        ("b-about", "1809-02-10~"),
        ("e-month", "1809-02"),
        ("f-season", "1809-21"),
        ("g-year", "1809"),
        ("h-december", "1809-12-31"),
        ("a-old-style", "1809-01-03"),
    ] {
        corpus.write(&format!("articles/{slug}.md"), article(slug, date, "Text."));
    }
    for (slug, life) in [
        ("darwin", "born: 1809-02-12\ndied: 1882-04-19"),
        ("poe", "born: 1809"),
        ("haydn", "died: 1809-05-31"),
        ("unsure", "born: 1809~"),
    ] {
        let entry = format!("---\nname: {slug}\n{life}\n---\nText.\n");
        corpus.write(&format!("people/{slug}.md"), entry);
    }
    let app = Setup::new(corpus).start().await;
    let page = app.page("/year/1809").await;
    assert_eq!(
        page.texts(".annals__spine"),
        [
            "January",
            "February",
            "December",
            "Month unknown",
            "Born",
            "Died"
        ]
    );
    assert_eq!(
        page.texts(".annals__figure"),
        ["January 3", "February 12", "December 31"]
    );
    assert_eq!(page.links(".annals__figure a")[1], "/on/february-12");
    assert_eq!(
        told(&page),
        [
            "a-old-style",
            "b-about",
            "c-day",
            "d-same-day",
            "e-month",
            "h-december",
            "g-year",
            "f-season"
        ]
    );
    assert_eq!(
        page.texts(".annals__date"),
        ["about February 10, 1809", "day unknown", "spring 1809"]
    );
    assert_eq!(
        page.texts(".annals--lives p"),
        ["poe; darwin, February 12.", "haydn, May 31."]
    );
    assert_eq!(page.links(".annals--lives a")[1], "/people/darwin");
    // Lives alone make no page of a year.
    assert_eq!(app.get("/year/1882").await.status, 404);
}
