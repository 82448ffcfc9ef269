//! Years, decades, centuries and the timeline: the way from any of them to any
//! other, and that nothing which can be seen lies off it.

use std::collections::BTreeSet;

use crate::harness::{Corpus, Page, Setup, TestApp, article};

/// One article for each way in which a date may stand, beside the fixtures.
pub(crate) fn corpus() -> Corpus {
    let corpus = Corpus::fixtures();
    for (slug, date) in [
        ("decade-only", "134X"),
        ("century-only", "13XX"),
        ("at-the-turn", "000X"),
        ("some-time", "[1340..1345]"),
        ("across-decades", "[1338..1345]"),
        ("across-centuries", "[1295..1305]"),
        ("same-month", "[1951-01-04..1951-01-07]"),
        ("same-day", "[1951-02-03..1951-02-03]"),
        ("months", "1951-03/1952-05"),
        ("long-siege", "1355/1361"),
        ("open", "1971/.."),
        ("season", "1951-21"),
        ("last-of-the-19th", "1900-12-31"),
        ("first-of-the-20th", "1901-01-01"),
        ("one-bce", "0000-06-01"),
        ("one-ce", "0001-06-01"),
        ("asteroid", "Y-66000000"),
    ] {
        let path = format!("articles/undated/{slug}.md");
        corpus.write(&path, article(&format!("About {slug}"), date, "Text."));
    }
    corpus
}

async fn start() -> TestApp {
    Setup::new(corpus()).start().await
}

/// The articles of a page of time, in order.
pub(crate) fn told(page: &Page) -> Vec<String> {
    page.links(":is(.event__title, .annals__entry) > a")
        .iter()
        .map(|link| link.replace("/articles/", ""))
        .collect()
}

fn turns(page: &Page) -> (Vec<String>, Vec<String>) {
    (
        page.links(".title-page__previous"),
        page.links(".title-page__next"),
    )
}

#[tokio::test]
async fn every_visible_article_is_reached_from_the_timeline_and_no_page_on_the_way_is_empty() {
    let app = start().await;
    let mut to_visit = vec!["/timeline".to_owned()];
    let mut visited = BTreeSet::new();
    let mut found = BTreeSet::new();
    while let Some(path) = to_visit.pop() {
        if !visited.insert(path.clone()) {
            continue;
        }
        let page = app.page(&path).await;
        assert!(path == "/timeline" || !told(&page).is_empty(), "{path}");
        found.extend(told(&page));
        let of_time = |link: &String| {
            ["/year/", "/decade/", "/century/"]
                .iter()
                .any(|start| link.starts_with(start))
        };
        to_visit.extend(page.links("main a").into_iter().filter(of_time));
    }
    let visible: BTreeSet<String> = app
        .database
        .lines(
            "SELECT slug AS line FROM articles \
             WHERE slug NOT IN ('unfinished', 'from-the-future')",
        )
        .into_iter()
        .collect();
    assert!(visible.len() >= 28, "{visible:?}");
    assert_eq!(found, visible);
    // And the way does not depend on where one comes from: the chains of
    // neighbours alone lead along all pages of a kind.
    for (kind, first) in [("year", "66000001-bce"), ("century", "660001st-bce")] {
        let mut chain = BTreeSet::new();
        let mut next = vec![format!("/{kind}/{first}")];
        while let Some(path) = next.pop() {
            let page = app.page(&path).await;
            chain.insert(path);
            next = turns(&page).1;
        }
        let start = format!("/{kind}/");
        let all = visited.iter().filter(|path| path.starts_with(&start));
        assert_eq!(chain, all.cloned().collect(), "{kind}");
    }
}

#[tokio::test]
async fn the_timeline_shows_each_year_once_with_its_number_of_articles() {
    let app = start().await;
    let page = app.page("/timeline").await;
    assert_eq!(page.one("h1").text, "Timeline");
    assert_eq!(page.one("main").text.matches("1951").count(), 1);
    let years = page.links(".chronology__year a");
    let unique: BTreeSet<&String> = years.iter().collect();
    assert_eq!(unique.len(), years.len());
    assert!(
        page.one(".title-page__note")
            .text
            .starts_with(&format!("29 articles in {} years.", years.len())),
        "{}",
        page.one(".title-page__note").text
    );
    // In order of time, BCE included.
    assert_eq!(
        years[..4],
        [
            "/year/66000001-bce",
            "/year/44-bce",
            "/year/1-bce",
            "/year/1"
        ]
    );
    // The words of a year hold its era for those who hear them.
    assert_eq!(page.texts(".chronology__year a")[1], "44 BCE");
    // The number stands where there are several.
    let texts = page.texts(".chronology__year");
    for text in ["1951 5 articles", "1950", "1969 2 articles"] {
        assert!(texts.contains(&text.to_owned()), "{text}: {texts:?}");
    }
    assert_eq!(
        page.texts(".chronology__unknown"),
        [
            "year unknown",
            "decade unknown",
            "year unknown 2 articles",
            "decade unknown 3 articles",
        ]
    );

    let empty = Setup::new(Corpus::empty()).start().await;
    let page = empty.page("/timeline").await;
    assert_eq!(page.one(".lead").text, "Nothing is told here yet.");
}

#[tokio::test]
async fn a_year_leads_to_its_decade_its_century_and_the_nearest_years() {
    let app = start().await;
    let page = app.page("/year/1951").await;
    assert_eq!(
        page.links(".title-page__path a"),
        ["/timeline", "/century/20th", "/decade/1950s"]
    );
    assert_eq!(
        page.texts(".title-page__path a"),
        ["Timeline", "20th century", "1950s"]
    );
    assert_eq!(
        turns(&page),
        (vec!["/year/1950".into()], vec!["/year/1952".into()])
    );
    let bce = app.page("/year/44-bce").await;
    assert_eq!(
        bce.links(".title-page__path a"),
        ["/timeline", "/century/1st-bce", "/decade/40s-bce"]
    );
    // There is no year zero to lead to.
    let one_bce = app.page("/year/1-bce").await;
    assert_eq!(turns(&one_bce).1, ["/year/1"]);
    assert_eq!(one_bce.links(".title-page__path a")[2], "/decade/0s-bce");
    // 1900 is of the 19th century, and of the 1900s.
    let turn = app.page("/year/1900").await;
    assert_eq!(
        turn.links(".title-page__path a")[1..],
        ["/century/19th", "/decade/1900s"]
    );
}

#[tokio::test]
async fn a_decade_shows_its_years_and_what_has_no_year() {
    let app = start().await;
    let page = app.page("/decade/1340s").await;
    assert_eq!(page.one("h1").text, "1340s");
    assert_eq!(page.one("title").text, "The 1340s – Daybook");
    assert_eq!(
        page.one("meta[name=description]").attribute("content"),
        "The 1340s in 2 articles, year by year, each with its sources."
    );
    assert!(
        page.one("link[rel=canonical]")
            .attribute("href")
            .ends_with("/decade/1340s")
    );
    assert_eq!(page.texts(".annals__spine"), ["Year unknown"]);
    assert_eq!(told(&page), ["decade-only", "some-time"]);
    assert_eq!(page.texts(".annals__date"), ["between 1340 and 1345"]);
    assert_eq!(
        page.links(".title-page__path a"),
        ["/timeline", "/century/14th"]
    );
    // The decades beside it that have something, with a year or without.
    assert_eq!(
        turns(&page),
        (vec!["/decade/1320s".into()], vec!["/decade/1350s".into()])
    );

    let fifties = app.page("/decade/1950s").await;
    assert_eq!(fifties.texts(".annals__spine"), ["1950", "1951", "1952"]);
    assert_eq!(fifties.links(".annals__spine a")[1], "/year/1951");
    // An article stands in each of its years, and is counted once.
    assert_eq!(fifties.one(".title-page__note").text, "5 articles");
    assert_eq!(
        told(&fifties),
        [
            "seoul-falls",
            "same-month",
            "seoul-falls",
            "same-day",
            "months",
            "season",
            "months"
        ]
    );
    assert!(fifties.texts(".annals__date")[0].starts_with("December 31 · Third Battle"));
    assert_eq!(fifties.texts(".annals__summary").len(), 7);

    let nineteen_hundreds = app.page("/decade/1900s").await;
    assert_eq!(
        told(&nineteen_hundreds),
        ["last-of-the-19th", "first-of-the-20th"]
    );
    assert_eq!(
        nineteen_hundreds.links(".title-page__path a")[1],
        "/century/20th"
    );
    let turn = app.page("/decade/0s").await;
    assert_eq!(turn.one("h1").text, "0s CE");
    assert_eq!(told(&turn), ["one-ce", "at-the-turn"]);
    assert_eq!(turn.texts(".annals__date")[1], "between 1 BCE and 9 CE");
}

#[tokio::test]
async fn a_century_shows_its_decades_and_years_and_what_has_no_decade() {
    let app = start().await;
    let page = app.page("/century/14th").await;
    assert_eq!(page.one("h1").text, "14th century");
    assert_eq!(page.one(".title-page__note").text, "1301–1400: 7 articles");
    assert_eq!(
        page.texts(".annals__spine"),
        [
            "1320s 1 article",
            "1340s 2 articles",
            "1350s 1 article",
            "1360s 1 article",
            "Decade unknown"
        ]
    );
    assert_eq!(
        page.texts(".annals__figure"),
        ["1324", "Year unknown", "1355", "1361"]
    );
    assert_eq!(
        told(&page),
        [
            "mansa-musa",
            "decade-only",
            "some-time",
            "long-siege",
            "long-siege",
            "across-centuries",
            "century-only",
            "across-decades",
        ]
    );
    let dates = page.texts(".annals__date");
    for words in ["July", "between 1300 and 1399", "between 1338 and 1345"] {
        assert!(dates.contains(&words.to_owned()), "{words}: {dates:?}");
    }
    assert_eq!(
        turns(&page),
        (vec!["/century/13th".into()], vec!["/century/16th".into()])
    );
    // 13XX is the 14th century, though 1300 is the last year of the 13th.
    assert_eq!(told(&app.page("/century/13th").await), ["across-centuries"]);
    // The 1900s are divided between two.
    let nineteenth = app.page("/century/19th").await;
    assert_eq!(told(&nineteenth).last().unwrap(), "last-of-the-19th");
    assert_eq!(
        told(&app.page("/century/20th").await)[0],
        "first-of-the-20th"
    );
    let bce = app.page("/century/1st-bce").await;
    assert_eq!(bce.one("h1").text, "1st century BCE");
    assert!(bce.one(".title-page__note").text.starts_with("100–1 BCE:"));
    assert_eq!(turns(&bce).1, ["/century/1st"]);
}

#[tokio::test]
async fn other_spellings_lead_to_the_one_address() {
    let app = start().await;
    for (path, target) in [
        ("/decade/1950", "/decade/1950s"),
        ("/decade/195x", "/decade/1950s"),
        ("/decade/44-bce", "/decade/40s-bce"),
        ("/century/20", "/century/20th"),
        ("/century/20th-century", "/century/20th"),
        ("/century/1-bce", "/century/1st-bce"),
        ("/year/0079", "/year/79"),
    ] {
        let moved = app.get(path).await;
        assert_eq!(
            (moved.status, moved.header("location")),
            (301, target),
            "{path}"
        );
    }
    for missing in [
        "/decade/x",
        "/decade",
        "/decade/1955s",
        "/century/0th",
        "/century/twentieth",
        "/century/99999999999999999999th",
        "/timeline/1951",
    ] {
        assert_eq!(app.get(missing).await.status, 404, "{missing}");
    }
}

#[tokio::test]
async fn a_page_of_time_without_articles_is_none_and_leads_to_the_nearest() {
    let app = start().await;
    let links = |page: &Page| page.links(".prose a");
    let year = app.get("/year/1342").await;
    assert_eq!(year.status, 404);
    // What has no year stands in none of those of its decade or century.
    for within in ["/year/1344", "/year/1345", "/year/1201", "/year/1301"] {
        assert_eq!(app.get(within).await.status, 404, "{within}");
    }
    assert_eq!(year.one(".lead").text, "No article tells of 1342 yet.");
    assert_eq!(
        links(&year),
        ["/decade/1340s", "/year/1324", "/year/1355", "/timeline"]
    );
    assert_eq!(
        year.one("meta[name=robots]").attribute("content"),
        "noindex"
    );
    let decade = app.get("/decade/1330s").await;
    assert_eq!(decade.status, 404);
    assert_eq!(
        decade.one(".lead").text,
        "No article tells of the 1330s yet."
    );
    assert_eq!(
        links(&decade),
        [
            "/century/14th",
            "/decade/1320s",
            "/decade/1340s",
            "/timeline"
        ]
    );
    let century = app.get("/century/15th").await;
    assert_eq!(century.status, 404);
    assert_eq!(
        links(&century),
        ["/century/14th", "/century/16th", "/timeline"]
    );
    // A draft and an article of the future do not make a page.
    let corpus = Corpus::empty();
    corpus.write("articles/a.md", article("A", "1900-01-01", "Text."));
    corpus.edit("articles/a.md", "sources:", "draft: true\nsources:");
    corpus.write("articles/b.md", article("B", "191X", "Text."));
    corpus.edit(
        "articles/b.md",
        "sources:",
        "published: 2999-01-01\nsources:",
    );
    let app = Setup::new(corpus).start().await;
    for path in [
        "/year/1900",
        "/decade/1900s",
        "/decade/1910s",
        "/century/20th",
    ] {
        let page = app.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert_eq!(links(&page), ["/timeline"], "{path}");
    }
    assert!(app.page("/timeline").await.all(".chronology").is_empty());
}

#[tokio::test]
async fn a_list_leads_to_the_decade_or_century_where_no_year_is_named() {
    let corpus = Corpus::empty();
    for (slug, date) in [
        ("a", "13XX"),
        ("b", "134X"),
        ("c", "1345"),
        ("d", "1351/.."),
    ] {
        let text = article(slug, date, "Text.").replace("sources:", "topics: [Trade]\nsources:");
        corpus.write(&format!("articles/{slug}.md"), text);
    }
    let app = Setup::new(corpus).start().await;
    let links = app.page("/topics/trade").await.links(".event__year");
    assert_eq!(
        links,
        ["/century/14th", "/decade/1340s", "/year/1345", "/year/1351"]
    );
    for link in links {
        app.page(&link).await;
    }
}

#[tokio::test]
async fn drafts_stand_in_the_timeline_of_those_who_look_at_drafts() {
    let app = Setup::new(corpus()).drafts().start().await;
    let told = told(&app.page("/decade/1900s").await);
    assert_eq!(
        told,
        [
            "unfinished",
            "last-of-the-19th",
            "first-of-the-20th",
            "from-the-future"
        ]
    );
    assert!(
        app.page("/timeline")
            .await
            .one(".title-page__note")
            .text
            .starts_with("31 articles")
    );
}

#[tokio::test]
async fn where_there_is_much_each_year_shows_its_share_and_leads_to_the_rest() {
    let corpus = Corpus::empty();
    let write = |slug: String, date: &str| {
        corpus.write(
            &format!("articles/{slug}.md"),
            article(&slug, date, "Text."),
        );
    };
    for n in 0..200 {
        write(format!("first-{n:03}"), "1951-01-04");
    }
    for n in 0..99 {
        write(format!("second-{n:03}"), "1952");
    }
    for n in 0..160 {
        write(format!("yearless-{n:03}"), "195X");
    }
    for n in 0..110 {
        write(format!("decadeless-{n:03}"), "19XX");
    }
    let app = Setup::new(corpus).start().await;
    let decade = app.page("/decade/1950s").await;
    assert_eq!(decade.one(".title-page__note").text, "459 articles");
    // Of each year its share; what has no other page is there whole.
    assert_eq!(told(&decade).len(), 100 + 99 + 160);
    assert_eq!(decade.texts(".annals__more a"), ["100 more in 1951"]);
    assert_eq!(decade.links(".annals__more a"), ["/year/1951"]);
    let century = app.page("/century/20th").await;
    assert_eq!(
        century.one(".title-page__note").text,
        "1901–2000: 569 articles"
    );
    assert_eq!(told(&century).len(), 75 + 75 + 75 + 110);
    assert_eq!(
        century.texts(".annals__more a"),
        [
            "125 more in 1951",
            "24 more in 1952",
            "85 more in the 1950s"
        ]
    );
    let mut of_year = told(&app.page("/year/1951").await);
    of_year.extend(told(&app.page("/year/1951?page=2").await));
    assert_eq!(of_year.len(), 200);
}
