//! Two servers over one database: one keeps its answers, the other makes each
//! anew. Whatever changes, they answer alike.

use std::collections::BTreeSet;

use daybook::cases::HoldKind;

use super::archive::{Archive, DATES, Dice, PEOPLE, PLACES, TOPICS};
use crate::cases::holds::{hold, open_case};
use crate::harness::{Corpus, Page, Setup, TestApp};

/// How many times something is changed, each time chosen anew; TEST_EDITS asks
/// for more.
const EDITS: usize = 18;

/// Headers that may differ: of one moment, or of one client.
const OF_THE_MOMENT: [&str; 5] = [
    "date",
    "ratelimit",
    "ratelimit-policy",
    "cache-control",
    // Only told when it is three seconds old.
    "last-modified",
];

#[tokio::test]
async fn whatever_changes_what_is_kept_is_what_would_be_made_anew() {
    let seed = std::env::var("TEST_SEED").map_or_else(|_| rand::random(), |it| it.parse().unwrap());
    println!("TEST_SEED={seed} makes the same edits again");
    let edits = std::env::var("TEST_EDITS").map_or(EDITS, |it| it.parse().unwrap());
    let mut dice = Dice(seed);
    let corpus = Corpus::empty();
    let mut archive = Archive::write(&corpus, &mut dice);
    let outcome = corpus.ingest();
    assert_eq!(outcome.held, 0, "{:#?}", outcome.diagnostics);
    corpus.make_renditions();
    let all = |setup: Setup| setup.variable("DAYBOOK_API_REQUESTS_PER_MINUTE", "0");
    let warm = all(Setup::new(corpus)).start().await;
    let cold = all(Setup::beside(&warm)).variable("DAYBOOK_CACHE_BYTES", "0");
    let cold = cold.start().await;
    let mut case = None;
    let mut kept = 0;
    compare(&warm, &cold, &addresses(&warm, &archive).await, "nothing").await;
    for number in 0..edits {
        let what = if number % 8 == 7 {
            decide(&warm, &archive, &mut case).await
        } else {
            let what = archive.edit(&warm, &mut dice);
            warm.ingest();
            warm.make_renditions();
            what
        };
        let addresses = addresses(&warm, &archive).await;
        kept += compare(&warm, &cold, &addresses, &format!("edit {number}, {what}")).await;
    }
    assert_eq!(cold.kept().pages, 0);
    // Some edits are wide: what an open case keeps back lets everything go.
    assert!(kept > edits * 40, "many pages stay kept: {kept}");
}

/// Puts an article on hold, or releases it.
async fn decide(app: &TestApp, archive: &Archive, case: &mut Option<String>) -> String {
    let db = app.database.open();
    match case.clone() {
        None => {
            let slug = &archive.stories[0].slug;
            let (_, id) = open_case(app, slug, "source").await;
            hold(&db, &id, HoldKind::Text, true).await;
            *case = Some(id);
            format!("{slug} is on hold")
        }
        Some(id) => {
            let text = app.database.number(&format!(
                "SELECT COUNT(*) FROM holds WHERE case_id = '{id}' AND kind = 'text'"
            ));
            hold(&db, &id, HoldKind::Text, text == 0).await;
            format!("hold of {id} turns")
        }
    }
}

/// Everything worth asking for, and the pictures that the pages show.
async fn addresses(app: &TestApp, archive: &Archive) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = BTreeSet::new();
    let mut add = |address: String| {
        all.insert(address);
    };
    for slug in &archive.slugs {
        for rest in [
            "",
            "?r=1",
            "/share",
            "/share?p=1",
            "/cite",
            "/cite/bibtex",
            "/history",
            ".md",
            "/qr.svg",
            "/revisions/1",
            "/compare/1..2",
        ] {
            add(format!("/articles/{slug}{rest}"));
        }
        add(format!("/embed/articles/{slug}"));
        add(format!("/api/v1/articles/{slug}"));
        add(format!("/api/v1/articles/{slug}/revisions/1"));
        let base = app.config().base_url.to_string();
        add(format!("/oembed?url={base}/articles/{slug}"));
    }
    for day in [
        "january-2",
        "january-3",
        "january-4",
        "january-5",
        "january-6",
        "january-7",
        "february-27",
        "february-28",
        "february-29",
        "march-1",
        "may-5",
    ] {
        add(format!("/on/{day}"));
        add(format!("/embed/on/{day}"));
        add(format!("/api/v1/days/{day}"));
    }
    for month in ["january", "february", "march", "may"] {
        add(format!("/on/{month}"));
    }
    for kind in ["selected", "all"] {
        for day in ["01/04", "01/05", "01/06", "02/28"] {
            add(format!("/api/rest_v1/feed/onthisday/{kind}/{day}"));
        }
    }
    for date in DATES {
        let year: String = date.chars().take(4).collect();
        add(format!("/year/{year}"));
    }
    for rest in [
        "decade/1950s",
        "decade/1870s",
        "decade/1900s",
        "decade/1940s",
        "century/20th-century",
        "century/19th-century",
        "year/1910",
        "year/1911",
        "about",
        "method",
        "about/colophon",
        // These go with every change; one of each kind is enough.
        "timeline",
        "feed.atom",
        "calendar.ics",
        "api/v1/articles",
        "",
    ] {
        add(format!("/{rest}"));
    }
    for (registry, names) in [
        ("places", &PLACES[..]),
        ("people", &PEOPLE[..]),
        ("topics", &TOPICS[..]),
    ] {
        for name in names {
            let slug = name.to_lowercase().replace(' ', "-");
            add(format!("/{registry}/{slug}"));
            add(format!("/api/v1/{registry}/{slug}"));
        }
    }
    let mut more = BTreeSet::new();
    for (index, story) in archive.stories.iter().enumerate() {
        let page = app.get(&format!("/articles/{}", story.slug)).await;
        if page.status != 200 {
            continue;
        }
        let pictures = page.all("figure img");
        let own = pictures.iter().filter_map(|one| one.find("src"));
        more.extend(own.map(str::to_owned));
        // Drawing a card takes as long as hundreds of pages.
        if index < 2 {
            let cards = page.all("meta[property='og:image']");
            let card = cards.iter().filter_map(|one| one.find("content"));
            let path =
                card.filter_map(|card| Some(format!("/cards/{}", card.split_once("/cards/")?.1)));
            more.extend(path);
        }
    }
    all.extend(more);
    all
}

/// Asks both for all of it; says how many answers were kept ones. What the
/// first has just made anew needs no comparison.
async fn compare(warm: &TestApp, cold: &TestApp, all: &BTreeSet<String>, after: &str) -> usize {
    let mut kept = 0;
    for path in all {
        let before = warm.kept().hits;
        let one = get(warm, path).await;
        if warm.kept().hits == before {
            continue;
        }
        kept += 1;
        let other = get(cold, path).await;
        assert_eq!(one.status, other.status, "{path} after {after}");
        if one.bytes != other.bytes {
            let (one, other) = (warm.get(path).await, cold.get(path).await);
            panic!("{path} after {after}:\n{}", difference(&one, &other));
        }
        assert_eq!(headers(&one), headers(&other), "{path} after {after}");
    }
    kept
}

/// In the coding that costs the least time.
async fn get(app: &TestApp, path: &str) -> Page {
    app.get_with(path, "accept-encoding", "zstd").await
}

fn headers(page: &Page) -> Vec<(String, String)> {
    let headers = page.headers.iter();
    let named = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    let mut named: Vec<_> = named
        .filter(|(name, _)| !OF_THE_MOMENT.contains(&name.as_str()))
        .collect();
    named.sort();
    named
}

fn difference(one: &Page, other: &Page) -> String {
    let (one, other) = (
        String::from_utf8_lossy(&one.bytes).into_owned(),
        String::from_utf8_lossy(&other.bytes).into_owned(),
    );
    let lines = one.lines().zip(other.lines());
    let differing = lines.filter(|(one, other)| one != other).take(6);
    differing
        .map(|(one, other)| format!("kept: {one}\nanew: {other}\n"))
        .collect()
}
