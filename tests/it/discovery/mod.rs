//! How the site is found: what crawlers ask for, addresses that never break,
//! and who is told of changes.

mod announce;

use std::collections::BTreeSet;

use daybook::articles::Audience;
use daybook::discovery::Sitemaps;

use crate::harness::{Corpus, Setup, TestApp};
use crate::ical::hold;

/// The texts of all elements of this name, as they stand.
fn elements(xml: &str, name: &str) -> Vec<String> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&open)
        .skip(1)
        .map(|rest| rest.split(&close).next().unwrap().to_owned())
        .collect()
}

fn utc() -> jiff::tz::TimeZone {
    jiff::tz::TimeZone::UTC
}

#[tokio::test]
async fn crawlers_are_told_where_to_go_and_where_not() {
    let app = TestApp::start().await;
    let robots = app.page("/robots.txt").await.text().to_owned();
    let base = app.config().base_url.as_str();
    assert!(robots.contains(&format!("\nSitemap: {base}/sitemap.xml\n")));
    let forbidden: Vec<&str> = robots
        .lines()
        .filter_map(|line| line.strip_prefix("Disallow: "))
        .collect();
    for path in ["/random", "/reports/", "/desk", "/articles/*/report"] {
        assert!(forbidden.contains(&path), "{path}");
    }
    for open in [
        "/cards/",
        "/embed/",
        "/feed.atom",
        "/calendar.ics",
        "/articles/x",
        "/static/",
    ] {
        assert!(!forbidden.iter().any(|one| open.starts_with(one)), "{open}");
    }
    // There is no search yet, and so nothing that describes it.
    assert_eq!(app.get("/opensearch.xml").await.status, 404);
}

#[tokio::test]
async fn the_sitemaps_list_every_page_that_is_to_be_found_and_no_other() {
    let app = TestApp::start().await;
    let base = app.config().base_url.as_str().to_owned();
    let index = app.page("/sitemap.xml").await;
    assert_eq!(
        index.header("content-type"),
        "application/xml; charset=utf-8"
    );
    let files = elements(index.text(), "loc");
    let path = |address: &str| address.strip_prefix(&base).unwrap().to_owned();
    let mut all = Vec::new();
    for file in &files {
        let file = app.page(&path(file)).await;
        let text = file.text();
        for url in elements(text, "url") {
            let loc = elements(&url, "loc").remove(0);
            let page = app.page(&path(&loc)).await;
            let canonical = page.links("link[rel=canonical]");
            assert_eq!(canonical, [loc.as_str()]);
            assert!(page.all("meta[name=robots]").is_empty(), "{loc}");
            for picture in elements(&url, "image:loc") {
                let answer = app.page(&path(&picture)).await;
                let kind = answer.header("content-type");
                assert!(kind.starts_with("image/"), "{picture}: {kind}");
            }
            all.push(path(&loc));
        }
    }
    let unique: BTreeSet<&String> = all.iter().collect();
    assert_eq!(unique.len(), all.len(), "nothing is listed twice");
    for listed in [
        "/articles/seoul-falls",
        "/on/january-4",
        "/on/february-29",
        "/on/january",
        "/year/1951",
        "/year/44-bce",
        "/decade/1950s",
        "/century/1st-bce",
        "/places/seoul",
        "/topics",
        "/timeline",
        "/corrections",
        "/about",
    ] {
        assert!(all.iter().any(|one| one == listed), "{listed} is missing");
    }
    for hidden in [
        "/articles/unfinished",
        "/articles/from-the-future",
        "/people/hidden-person",
        "/on/june-1",
        "/contact",
        "/desk",
        "/",
    ] {
        assert!(!all.iter().any(|one| one == hidden), "{hidden} is listed");
    }
    for missing in [
        "articles-2",
        "articles-0",
        "articles-01",
        "other-1",
        "x",
        "..%2fx",
    ] {
        let page = app.get(&format!("/sitemaps/{missing}.xml")).await;
        assert_eq!(page.status, 404, "{missing}");
    }
    // The article with a picture names it, and each its day of publication or
    // of the latest correction, never that of the event.
    let articles = app.page("/sitemaps/articles-1.xml").await.text().to_owned();
    assert!(articles.contains("/media/"));
    let seoul = elements(&articles, "url")
        .into_iter()
        .find(|url| url.contains("/seoul-falls<"))
        .unwrap();
    assert_eq!(elements(&seoul, "lastmod"), ["2026-11-23T00:00:00Z"]);
}

#[tokio::test]
async fn drafts_are_in_no_sitemap_where_editors_preview_them() {
    let app = Setup::new(Corpus::fixtures()).drafts().start().await;
    for name in ["articles-1", "dates-1", "names-1"] {
        let text = app
            .page(&format!("/sitemaps/{name}.xml"))
            .await
            .text()
            .to_owned();
        assert!(
            !text.contains("unfinished") && !text.contains("hidden"),
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_picture_that_is_kept_back_is_in_no_sitemap() {
    let app = TestApp::start().await;
    let images = async || {
        let text = app.page("/sitemaps/articles-1.xml").await.text().to_owned();
        let url = elements(&text, "url")
            .into_iter()
            .find(|url| url.contains("/airship-burns<"));
        elements(&url.unwrap(), "image:loc").len()
    };
    assert_eq!(images().await, 2, "the picture and the card");
    hold(&app, 1, "airship-burns", "picture");
    assert_eq!(images().await, 1);
    hold(&app, 2, "airship-burns", "text");
    assert_eq!(images().await, 0);
}

#[test]
fn sitemaps_are_split_without_losing_or_repeating_anything() {
    let corpus = Corpus::fixtures();
    corpus.ingest();
    let db = corpus.migrated();
    let mut conn = db.connect().unwrap();
    let audience = Audience {
        drafts: false,
        zone: utc(),
    };
    let mut of = |limit: usize| {
        let sitemaps = Sitemaps {
            base_url: "https://daybook.example".to_owned(),
            zone: utc(),
            visibility: audience.now(),
            limit,
        };
        let index = sitemaps.index(&mut conn).unwrap();
        let mut all = Vec::new();
        for file in elements(&index, "loc") {
            let name = file.rsplit('/').next().unwrap().trim_end_matches(".xml");
            let part = sitemaps.part(&mut conn, name).unwrap().unwrap();
            let found = elements(&part, "loc");
            assert!(
                (1..=limit).contains(&found.len()),
                "{name}: {}",
                found.len()
            );
            all.extend(found);
        }
        assert!(sitemaps.part(&mut conn, "articles-999").unwrap().is_none());
        all
    };
    let whole = of(50_000);
    assert!(whole.len() > 50);
    for limit in [1, 3, 7] {
        assert_eq!(of(limit), whole, "{limit} in a file");
    }
}

#[test]
fn a_site_without_articles_has_an_index_all_the_same() {
    let corpus = Corpus::empty();
    corpus.ingest();
    let db = corpus.migrated();
    let sitemaps = Sitemaps {
        base_url: "https://daybook.example".to_owned(),
        zone: utc(),
        visibility: Audience {
            drafts: false,
            zone: utc(),
        }
        .now(),
        limit: 10,
    };
    let index = sitemaps.index(&mut db.connect().unwrap()).unwrap();
    assert_eq!(
        elements(&index, "loc"),
        ["https://daybook.example/sitemaps/pages-1.xml"]
    );
}

#[tokio::test]
async fn whoever_finds_a_weakness_is_told_where_to_say_so() {
    let app = TestApp::start().await;
    let base = app.config().base_url.as_str();
    let page = app.page("/.well-known/security.txt").await;
    assert_eq!(page.header("content-type"), "text/plain; charset=utf-8");
    let field = |text: &str, name: &str| -> Vec<String> {
        let lines = text.lines();
        lines
            .filter_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned))
            .collect()
    };
    let text = page.text();
    assert_eq!(field(text, "Contact"), [format!("{base}/contact")]);
    assert_eq!(
        field(text, "Canonical"),
        [format!("{base}/.well-known/security.txt")]
    );
    assert_eq!(field(text, "Preferred-Languages"), ["en"]);
    assert!(field(text, "Policy").is_empty());
    let expires: jiff::Timestamp = field(text, "Expires")[0].parse().unwrap();
    let days = expires.duration_since(jiff::Timestamp::now()).as_hours() / 24;
    assert!((90..365).contains(&days), "{days}");
    assert_eq!(app.page("/.well-known/security.txt").await.text(), text);

    let corpus = Corpus::fixtures();
    corpus.write(
        "pages/security.md",
        "---\ntitle: Security\nsummary: How.\n---\nThus.\n",
    );
    let named = Setup::new(corpus)
        .variable("DAYBOOK_CONTACT_EMAIL", "desk+security@history.example")
        .start()
        .await;
    let text = named
        .page("/.well-known/security.txt")
        .await
        .text()
        .to_owned();
    assert_eq!(
        field(&text, "Contact"),
        ["mailto:desk+security@history.example"]
    );
    assert_eq!(field(&text, "Policy").len(), 1);
}

#[tokio::test]
async fn the_source_of_an_article_comes_with_its_licence_and_unchanged() {
    const FILE: &str = "articles/01/04/seoul-falls.md";
    let corpus = Corpus::fixtures();
    corpus.write(
        "LICENSE",
        "Under https://creativecommons.org/licenses/by/4.0/legalcode\n",
    );
    let app = Setup::new(corpus).start().await;
    let base = app.config().base_url.as_str();
    let page = app.page("/articles/seoul-falls.md").await;
    assert_eq!(page.text(), app.read(FILE));
    let links = format!(
        "<{base}/articles/seoul-falls>; rel=\"canonical\", <https://creativecommons.org/licenses/by/4.0/>; rel=\"license\""
    );
    assert_eq!(page.header("link"), links);
    let known = app
        .get_with(
            "/articles/seoul-falls.md",
            "if-none-match",
            page.header("etag"),
        )
        .await;
    assert_eq!((known.status, known.header("link")), (304, links.as_str()));
    assert!(app.page("/llms.txt").await.text().contains("[CC BY 4.0]("));

    // The operator of another site says other terms, or none.
    let own = Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_CONTENT_LICENCE", "Ours <https://a.example/terms>")
        .start()
        .await;
    let page = own.page("/articles/seoul-falls.md").await;
    assert!(
        page.header("link")
            .ends_with("<https://a.example/terms>; rel=\"license\"")
    );
    let none = TestApp::start().await;
    let page = none.page("/articles/seoul-falls.md").await;
    assert!(!page.header("link").contains("license"));
    assert!(
        none.page("/llms.txt")
            .await
            .text()
            .contains("No licence is given")
    );
}

#[tokio::test]
async fn what_the_site_is_can_be_read_as_plain_text_with_links_that_work() {
    let app = TestApp::start().await;
    let base = app.config().base_url.as_str();
    let page = app.page("/llms.txt").await;
    let text = page.text();
    assert!(text.starts_with("# Daybook\n\n> "), "{text}");
    assert!(text.contains(&format!("`{base}/articles/SLUG.md`")));
    let links: Vec<&str> = text
        .split("](")
        .skip(1)
        .map(|rest| rest.split(')').next().unwrap())
        .collect();
    assert!(links.len() > 10);
    for link in links {
        let path = link.strip_prefix(base).unwrap();
        app.page(path).await;
    }
}

#[tokio::test]
async fn a_shared_link_answers_for_ever_however_it_is_spelt() {
    let app = TestApp::start().await;
    let article = "/articles/seoul-falls";
    for (old, to) in [
        ("/articles/third-battle-of-seoul", article),
        (
            "/articles/third-battle-of-seoul.md",
            "/articles/seoul-falls.md",
        ),
        ("/2019/01/Seoul.html", article),
        ("/2019/01/seoul.html", article),
        ("/articles/Seoul-Falls", article),
        ("/articles/seoul-falls/", article),
        ("//articles//seoul-falls", article),
        ("/Articles/Seoul-Falls/?r=1", "/articles/seoul-falls?r=1"),
    ] {
        // Another spelling of an old address takes two steps and no more.
        let mut path = old.to_owned();
        for _ in 0..2 {
            let page = app.get(&path).await;
            assert_eq!(page.status, 301, "{path}");
            path = page.header("location").to_owned();
            if path == to {
                break;
            }
        }
        assert_eq!(path, to, "{old}");
        let page = app.page(to).await;
        if !to.ends_with(".md") {
            let canonical = format!("{}{article}", app.config().base_url);
            assert_eq!(page.links("link[rel=canonical]"), [canonical]);
        }
    }
}

#[tokio::test]
async fn the_key_for_search_engines_is_there_only_if_one_is_set() {
    let app = Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_INDEX_NOW_KEY", "Abc-123-DEF")
        .start()
        .await;
    let page = app.page("/abc-123-def.txt").await;
    assert_eq!(page.text(), "Abc-123-DEF");
    assert_eq!(app.get("/another-key.txt").await.status, 404);
    let plain = TestApp::start().await;
    assert_eq!(plain.get("/abc-123-def.txt").await.status, 404);
}
