//! The content that ships with the program: it goes in without an error, holds
//! what it should, and every link on every page of its site leads somewhere.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use daybook::articles::model::Details;
use daybook::config::DatabaseUrl;
use daybook::content::paragraphs_of;
use daybook::dates::{Calendar, MONTHS};
use daybook::db::{Db, migrate};
use daybook::ingest::{self, Options};
use scraper::{Html, Selector};
use tokio::task::JoinSet;

use crate::harness::{Corpus, Setup, TestApp, TestDatabase, letterhead};

/// One article as the database holds it.
struct Shipped {
    slug: String,
    details: Details,
    words: usize,
}

fn content() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("content")
}

fn ingest(database: &TestDatabase) -> ingest::Outcome {
    let db = Db::open(&DatabaseUrl::parse(database.url()).unwrap()).unwrap();
    migrate::run(&mut db.connect().unwrap()).unwrap();
    let options = Options {
        content: content(),
        full: false,
        letterhead: letterhead(),
        progress: false,
    };
    ingest::run(&db, &options).unwrap()
}

fn articles(database: &TestDatabase) -> Vec<Shipped> {
    let column = |name: &str| {
        let sql = format!("SELECT {name} AS line FROM articles WHERE NOT draft ORDER BY slug");
        database.lines(&sql)
    };
    let details = column("details");
    let sources = database.lines(
        "SELECT source AS line FROM articles a JOIN revisions r \
         ON r.slug = a.slug AND r.number = a.revision WHERE NOT draft ORDER BY a.slug",
    );
    column("slug")
        .into_iter()
        .zip(details.iter().zip(&sources))
        .map(|(slug, (details, source))| {
            let paragraphs =
                paragraphs_of(source, |_| Ok::<_, Infallible>(Vec::new())).unwrap_or_default();
            Shipped {
                slug,
                details: serde_json::from_str(details).unwrap(),
                words: paragraphs
                    .iter()
                    .map(|text| text.split_whitespace().count())
                    .sum(),
            }
        })
        .collect()
}

#[test]
fn the_shipped_articles_are_sound_and_range_over_time() {
    let corpus = Corpus::empty();
    let outcome = ingest(&corpus.database);
    let errors: Vec<String> = outcome
        .diagnostics
        .iter()
        .filter(|one| one.is_error())
        .map(ToString::to_string)
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    let articles = articles(&corpus.database);
    assert!(articles.len() >= 40, "{} articles", articles.len());
    for article in &articles {
        let slug = &article.slug;
        assert!(
            (250..=600).contains(&article.words),
            "{slug} has {} words",
            article.words
        );
        assert!(
            article.details.sources.len() >= 2,
            "{slug} rests on one source"
        );
    }

    let standing = |sql: &str| -> BTreeMap<i64, i64> {
        corpus
            .database
            .lines(sql)
            .iter()
            .map(|line| {
                let (key, count) = line.split_once(' ').unwrap();
                (key.parse().unwrap(), count.parse().unwrap())
            })
            .collect()
    };
    let months = standing(
        "SELECT CAST(month AS TEXT) || ' ' || COUNT(*) AS line FROM standings \
         WHERE month IS NOT NULL GROUP BY month",
    );
    assert_eq!(
        months.keys().copied().collect::<Vec<_>>(),
        (1..=12).collect::<Vec<_>>()
    );
    let days = standing(
        "SELECT CAST(month * 100 + day AS TEXT) || ' ' || COUNT(*) AS line FROM standings \
         WHERE day IS NOT NULL GROUP BY month, day",
    );
    assert!(days.contains_key(&229), "February 29");
    assert!(
        days.values().filter(|count| **count >= 3).count() >= 2,
        "{days:?}"
    );

    // Centuries as historians count: the 20th ends with 2000, and before the
    // 1st there is the 1st BCE.
    let years = standing(
        "SELECT CAST(year AS TEXT) || ' ' || COUNT(*) AS line FROM standings GROUP BY year",
    );
    let centuries: BTreeSet<i64> = years
        .keys()
        .map(|year| (year - 1).div_euclid(100) + 1)
        .collect();
    let missing: Vec<i64> = (0..=21)
        .filter(|century| !centuries.contains(century))
        .collect();
    assert_eq!(missing, Vec::<i64>::new(), "centuries (0 is the 1st BCE)");

    let count =
        |wanted: &dyn Fn(&Shipped) -> bool| articles.iter().filter(|one| wanted(one)).count();
    let primary = |article: &Shipped| article.details.primary().unwrap().clone();
    assert!(
        count(&|one| primary(one)
            .date()
            .unwrap()
            .year()
            .is_some_and(|year| year.is_bce()))
            >= 2
    );
    assert!(count(&|one| primary(one).calendar == Calendar::Julian) >= 1);
    assert!(
        count(&|one| one
            .details
            .dates
            .iter()
            .any(|date| date.date().unwrap().is_approximate()))
            >= 1
    );
    assert!(count(&|one| one.details.dates.iter().any(|date| date.on.contains('/'))) >= 2);
}

#[tokio::test]
async fn the_article_on_seoul_shows_both_dates_and_that_accounts_differ() {
    let app = shipped_site().await;
    let path = "/articles/fall-of-seoul-1951";
    let page = app.page(path).await;
    assert_eq!(
        page.texts(".facts--dates dt")[..2],
        ["Captured", "Third Battle of Seoul"]
    );
    assert_eq!(
        page.texts(".facts--dates dd")[..2],
        ["January 4, 1951", "December 31, 1950 – January 7, 1951"]
    );
    assert!(
        page.texts("#accounts-differ h3")
            .contains(&"captor".to_owned())
    );
    assert!(page.all("#accounts-differ dt").len() >= 2);
    for (day, there) in [
        ("december-31", true),
        ("january-4", true),
        ("january-7", true),
        ("january-2", false),
        ("january-5", false),
    ] {
        let page = app.page(&format!("/on/{day}")).await;
        let links = page.links(".event__title a");
        assert_eq!(links.contains(&path.to_owned()), there, "{day}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_link_on_every_page_leads_somewhere() {
    let app = shipped_site().await;
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let base = Arc::new(app.url(""));
    let mut seen: BTreeSet<String> = ["/".to_owned()].into();
    let mut waiting: VecDeque<String> = ["/".to_owned()].into();
    let mut under_way: JoinSet<Visited> = JoinSet::new();
    let mut pages: BTreeMap<String, Visited> = BTreeMap::new();
    loop {
        while under_way.len() < 8
            && let Some(path) = waiting.pop_front()
        {
            under_way.spawn(visit(client.clone(), Arc::clone(&base), path));
        }
        let Some(visited) = under_way.join_next().await else {
            break;
        };
        let visited = visited.unwrap();
        for (target, _) in &visited.links {
            if is_worth_a_visit(target) && seen.insert(target.clone()) {
                waiting.push_back(target.clone());
            }
        }
        pages.insert(visited.path.clone(), visited);
    }
    // Every day of the year, at the least.
    assert!(pages.len() > 500, "{} pages", pages.len());
    let mut broken = Vec::new();
    for page in pages.values() {
        if !(page.status == 200 || page.path == "/random" && page.status == 302) {
            broken.push(format!("{} answers {}", page.path, page.status));
        }
        for (target, fragment) in &page.links {
            // Reports open at each passage are all one form.
            let Some(there) = pages.get(target) else {
                assert!(!is_worth_a_visit(target), "{target}");
                continue;
            };
            if !fragment.is_empty() && !there.ids.contains(fragment) {
                broken.push(format!("{} leads to {target}#{fragment}", page.path));
            }
            if !(200..=302).contains(&there.status) {
                broken.push(format!("{} leads to {target}", page.path));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
    for month in MONTHS {
        assert!(
            pages.contains_key(&format!("/on/{}", month.to_lowercase())),
            "{month}"
        );
    }
    let on_site = articles(&app.database);
    for article in &on_site {
        let path = format!("/articles/{}", article.slug);
        assert!(pages.contains_key(&path), "nothing leads to {path}");
    }
}

/// What one page is and where it leads.
struct Visited {
    path: String,
    status: u16,
    ids: BTreeSet<String>,
    /// Paths on this site, each with the place in the page, if one is named.
    links: Vec<(String, String)>,
}

async fn visit(client: reqwest::Client, base: Arc<String>, path: String) -> Visited {
    let mut answer = client.get(format!("{base}{path}")).send().await.unwrap();
    // On a busy machine it may ask for patience, as from every crawler.
    for _ in 0..10 {
        if answer.status() != 503 {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        answer = client.get(format!("{base}{path}")).send().await.unwrap();
    }
    let status = answer.status().as_u16();
    let is_page = answer
        .headers()
        .get("content-type")
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let bytes = answer.bytes().await.unwrap();
    let text = if is_page {
        std::str::from_utf8(&bytes).unwrap()
    } else {
        ""
    };
    let html = Html::parse_document(text);
    let values = |css: &str, name: &str| -> Vec<String> {
        let selector = Selector::parse(css).unwrap();
        html.select(&selector)
            .filter_map(|element| element.value().attr(name).map(str::to_owned))
            .collect()
    };
    let mut links = values("a[href], link[href]:not([rel=canonical])", "href");
    links.extend(values("img[src], script[src]", "src"));
    let links = links
        .into_iter()
        .filter(|link| link.starts_with('/') || link.starts_with('#'))
        .map(|link| match link.split_once('#') {
            Some(("", fragment)) => (path.clone(), fragment.to_owned()),
            Some((target, fragment)) => (target.to_owned(), fragment.to_owned()),
            None => (link, String::new()),
        })
        .collect();
    Visited {
        ids: values("[id]", "id").into_iter().collect(),
        path,
        status,
        links,
    }
}

/// The forms of one article differ in their passage alone, and those of other
/// pages in where the reader came from: one of each is enough.
fn is_worth_a_visit(path: &str) -> bool {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    if path == "/contact" {
        return query.is_empty() || query == "page=%2Fabout";
    }
    // The form and the page to share are one for all passages, and the four
    // feeds of an entry hold the same.
    let is_of_passage = query.starts_with("p=") || query.contains("&p=");
    let is_feed_again = ["/feed.rss", "/feed.json"]
        .iter()
        .any(|end| path.ends_with(end));
    !is_feed_again && (!is_of_passage || query.ends_with("p=1"))
}

/// A site of the shipped content, which is read where it lies.
async fn shipped_site() -> TestApp {
    let corpus = Corpus::empty();
    ingest(&corpus.database);
    Setup::new(corpus)
        .variable("DAYBOOK_INGEST", "off")
        .start()
        .await
}
