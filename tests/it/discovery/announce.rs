//! Who is told of changes, and that nobody is who was not asked for.

use daybook::config::Config;
use daybook::discovery::{Herald, Targets, round};

use super::utc;
use crate::harness::{Corpus, HttpServer, Setup, article};

/// The settings of a site that tells these of its changes.
fn telling(variables: &[(&str, &str)]) -> Option<Targets> {
    let env = |name: &str| {
        let named = [("DAYBOOK_BASE_URL", "https://history.example")];
        let mut all = variables.iter().chain(&named);
        let found = all.find(|(key, _)| *key == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    let config = Config::resolve(daybook::config::Overrides::default(), env, None).unwrap();
    Targets::of(&config)
}

/// One round on a thread of its own, as the server has it; minutes after 1970.
async fn told(corpus: &Corpus, targets: &Targets, minute: i64) {
    let (db, targets) = (corpus.migrated(), targets.clone());
    let work = move || round(&db, &targets, minute * 60_000).unwrap();
    tokio::task::spawn_blocking(work).await.unwrap();
}

#[tokio::test]
async fn nobody_is_called_unless_the_operator_asks_for_it() {
    assert!(telling(&[]).is_none());
    let aside = [("DAYBOOK_INDEX_NOW_URL", "http://127.0.0.1:1/")];
    assert!(telling(&aside).is_none(), "an address alone is no wish");
    let corpus = Corpus::fixtures();
    corpus.ingest();
    let herald = Herald::start(corpus.migrated(), telling(&[]));
    assert!(herald.is_idle());
    herald.stop();
    assert_eq!(
        corpus.database.number("SELECT COUNT(*) FROM announcements"),
        0
    );
}

#[tokio::test]
async fn a_search_engine_is_told_of_what_changed_and_of_nothing_else() {
    let engine = HttpServer::start().await;
    let url = engine.url("/indexnow");
    let targets = telling(&[
        ("DAYBOOK_INDEX_NOW_KEY", "Abc-123-DEF"),
        ("DAYBOOK_INDEX_NOW_URL", &url),
    ])
    .unwrap();
    let corpus = Corpus::fixtures();
    // Before the first import there is nothing to tell, nor anything to begin
    // from.
    told(&corpus, &targets, 1).await;
    corpus.ingest();
    told(&corpus, &targets, 2).await;
    told(&corpus, &targets, 3).await;
    assert!(
        engine.taken().is_empty(),
        "what was there before is no news"
    );

    corpus.write(
        "articles/it-happens.md",
        article("It happens", "1951-01-07", "Text."),
    );
    corpus.edit(
        "articles/06/01/unfinished.md",
        "draft: true",
        "draft: true\npublished: 2026-11-01",
    );
    corpus.edit(
        "articles/01/04/seoul-falls.md",
        "Nobody fought",
        "Nobody had fought",
    );
    corpus.ingest();
    told(&corpus, &targets, 4).await;
    let taken = engine.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].line, "POST /indexnow HTTP/1.1");
    assert!(
        taken[0]
            .head
            .contains("content-type: application/json; charset=utf-8")
    );
    let body: serde_json::Value = serde_json::from_str(&taken[0].body).unwrap();
    assert_eq!(
        body,
        serde_json::json!({
            "host": "history.example",
            "key": "Abc-123-DEF",
            "keyLocation": "https://history.example/abc-123-def.txt",
            "urlList": [
                "https://history.example/articles/it-happens",
                "https://history.example/articles/seoul-falls",
            ],
        })
    );
    told(&corpus, &targets, 5).await;
    assert!(engine.taken().is_empty(), "everything is told once");
}

#[tokio::test]
async fn an_engine_that_says_no_is_told_later_with_growing_waits() {
    let engine = HttpServer::start().await;
    let elsewhere = HttpServer::start().await;
    let url = engine.url("/");
    let targets = telling(&[
        ("DAYBOOK_INDEX_NOW_KEY", "Abc-123-DEF"),
        ("DAYBOOK_INDEX_NOW_URL", &url),
    ])
    .unwrap();
    let corpus = Corpus::fixtures();
    corpus.ingest();
    told(&corpus, &targets, 0).await;
    corpus.write("articles/one.md", article("One", "1951-01-07", "Text."));
    corpus.ingest();
    // A redirect is not followed, wherever it leads.
    let away: &'static str =
        Box::leak(format!("302 Found\r\nLocation: {}", elsewhere.url("/")).into_boxed_str());
    engine.plan([
        Some("503 Service Unavailable"),
        Some(away),
        Some("403 Forbidden"),
    ]);
    let mut asked = Vec::new();
    for minute in 1..=40 {
        told(&corpus, &targets, minute).await;
        if !engine.taken().is_empty() {
            asked.push(minute);
        }
    }
    // After 1, 5 and 15 minutes.
    assert_eq!(asked, [1, 2, 7, 22]);
    assert!(elsewhere.taken().is_empty());
    // What changes meanwhile is told as well, and what failed is forgotten.
    corpus.write("articles/two.md", article("Two", "1951-01-08", "Text."));
    corpus.ingest();
    told(&corpus, &targets, 41).await;
    let taken = engine.taken();
    assert_eq!(taken.len(), 1);
    assert!(taken[0].body.contains("/articles/two") && !taken[0].body.contains("/articles/one"));
}

#[tokio::test]
async fn a_hub_is_told_which_feeds_are_others_now() {
    let hub = HttpServer::start().await;
    let url = hub.url("/hub");
    let targets = telling(&[("DAYBOOK_WEBSUB_HUB", &url)]).unwrap();
    let corpus = Corpus::fixtures();
    corpus.ingest();
    told(&corpus, &targets, 1).await;
    corpus.edit(
        "articles/01/04/seoul-falls.md",
        "Nobody fought",
        "Nobody had fought",
    );
    corpus.ingest();
    told(&corpus, &targets, 2).await;
    let taken = hub.taken();
    assert_eq!(taken.len(), 1);
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(taken[0].body.as_bytes())
        .into_owned()
        .collect();
    assert_eq!(fields[0], ("hub.mode".to_owned(), "publish".to_owned()));
    let topics: Vec<&str> = fields[1..]
        .iter()
        .map(|(name, value)| {
            assert_eq!(name, "hub.url");
            value.strip_prefix("https://history.example").unwrap()
        })
        .collect();
    for topic in [
        "/feed.atom",
        "/feed.json",
        "/today.rss",
        "/places/seoul/feed.atom",
        "/topics/korean-war/feed.json",
    ] {
        assert!(topics.contains(&topic), "{topic}");
    }
    assert!(!topics.iter().any(|one| one.starts_with("/corrections")));
    assert!(!topics.iter().any(|one| one.contains("astronomy")));
}

#[tokio::test]
async fn another_day_is_another_feed_of_today_and_brings_what_comes_out_on_it() {
    let hub = HttpServer::start().await;
    let url = hub.url("/hub");
    let targets = telling(&[("DAYBOOK_WEBSUB_HUB", &url)]).unwrap();
    let corpus = Corpus::empty();
    corpus.write("articles/one.md", article("One", "1951-01-07", "Text."));
    corpus.ingest();
    told(&corpus, &targets, 1).await;
    let yesterday = "UPDATE announcements SET day = day - 1";
    corpus.database.execute(yesterday);
    told(&corpus, &targets, 2).await;
    let body = &hub.taken()[0].body;
    assert!(
        body.contains("today.atom") && !body.contains("feed.atom"),
        "{body}"
    );

    let today = jiff::Timestamp::now().to_zoned(utc()).date();
    let text = article("Two", "1951-01-08", "Text.");
    let text = text.replace("title: Two", &format!("title: Two\npublished: {today}"));
    corpus.write("articles/two.md", text);
    corpus.ingest();
    told(&corpus, &targets, 3).await;
    assert_eq!(hub.taken().len(), 1);
    // As if it had been imported long ago, and came out tonight.
    corpus.database.execute(yesterday);
    told(&corpus, &targets, 4).await;
    let body = &hub.taken()[0].body;
    assert!(body.contains("feed.atom"), "{body}");
}

#[tokio::test]
async fn of_several_instances_one_speaks() {
    let hub = HttpServer::start().await;
    let url = hub.url("/hub");
    let targets = telling(&[("DAYBOOK_WEBSUB_HUB", &url)]).unwrap();
    let corpus = Corpus::fixtures();
    corpus.ingest();
    told(&corpus, &targets, 1).await;
    corpus.write("articles/one.md", article("One", "1951-01-07", "Text."));
    corpus.ingest();
    let rounds = (0..6).map(|_| told(&corpus, &targets, 2));
    futures_util::future::join_all(rounds).await;
    assert_eq!(hub.taken().len(), 1);
    // One that died while it spoke is not waited for longer than ten minutes.
    corpus.write("articles/two.md", article("Two", "1951-01-07", "Text."));
    corpus.ingest();
    corpus
        .database
        .execute("UPDATE announcements SET leased_until = 660000");
    told(&corpus, &targets, 10).await;
    assert!(hub.taken().is_empty());
    told(&corpus, &targets, 11).await;
    assert_eq!(hub.taken().len(), 1);
}

#[tokio::test]
async fn a_hub_that_never_answers_holds_up_neither_readers_nor_the_end() {
    let hub = HttpServer::start().await;
    hub.plan([None]);
    let corpus = Corpus::fixtures();
    corpus.ingest();
    let url = hub.url("/hub");
    let targets = telling(&[("DAYBOOK_WEBSUB_HUB", &url)]).unwrap();
    told(&corpus, &targets, 1).await;
    corpus
        .database
        .execute("UPDATE announcements SET day = day - 1, due_at = 0");
    let mut app = Setup::new(corpus)
        .variable("DAYBOOK_WEBSUB_HUB", &url)
        .start()
        .await;
    for _ in 0..400 {
        if !hub.taken().is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    app.page("/articles/seoul-falls").await;
    let began = std::time::Instant::now();
    tokio::task::spawn_blocking(move || app.stop())
        .await
        .unwrap();
    assert!(began.elapsed().as_secs() < 8, "{:?}", began.elapsed());
}
