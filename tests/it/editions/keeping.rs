//! The cache through the door that its users take.

use std::time::{Duration, Instant};

use daybook::articles::inputs;
use daybook::articles::model::Registry;
use daybook::cases::HoldKind;
use daybook::dates::Day;
use daybook::editions::Inputs;
use futures_util::future::join_all;

use crate::cases::holds::{hold, open_case};
use crate::harness::{Corpus, Setup, TestApp, article, daybook};

const SEOUL: &str = "/articles/seoul-falls";

#[tokio::test]
async fn a_kept_page_is_the_same_in_every_coding() {
    let app = TestApp::start().await;
    let first = app.page(SEOUL).await;
    let client = |coding: &str| {
        let builder = reqwest::Client::builder();
        let (br, gzip, zstd) = (coding == "br", coding == "gzip", coding == "zstd");
        builder.brotli(br).gzip(gzip).zstd(zstd).build().unwrap()
    };
    for round in 0..3 {
        for coding in ["br", "gzip", "zstd", "identity"] {
            let answer = client(coding).get(app.url(SEOUL)).send().await.unwrap();
            assert_eq!(answer.text().await.unwrap(), first.text(), "{coding}");
            let asked = app.get_with(SEOUL, "accept-encoding", coding).await;
            let tag = asked.header("etag").to_owned();
            let same = app.client().get(app.url(SEOUL));
            let same = same.header("accept-encoding", coding);
            let same = same.header("if-none-match", &tag).send().await.unwrap();
            assert_eq!(same.status(), 304, "{coding} {tag} {round}");
        }
    }
    let stats = app.kept();
    assert_eq!(stats.misses, 1);
    assert!(stats.hits > 20, "{}", stats.hits);
    // One that was packed more tightly meanwhile is the same document.
    let packed = app.get_with(SEOUL, "accept-encoding", "br").await;
    let tag = packed.header("etag").replace("-best", "");
    let other = tag.replace("-br", "-br-best");
    for tag in [tag, other] {
        let asked = app.client().get(app.url(SEOUL));
        let asked = asked.header("accept-encoding", "br");
        let same = asked.header("if-none-match", &tag).send().await.unwrap();
        assert_eq!(same.status(), 304, "{tag}");
    }
    let head = app.head(SEOUL).await;
    assert_eq!((head.status, head.bytes.len()), (200, 0));
    assert_eq!(head.header("etag"), first.header("etag"));
    assert_eq!(app.kept().misses, 1);
}

#[tokio::test]
async fn only_parameters_that_a_page_knows_make_another_of_it() {
    let app = TestApp::start().await;
    for query in ["", "?utm_source=x", "?fbclid=1&gclid=2", "?R=1"] {
        app.page(&format!("{SEOUL}{query}")).await;
    }
    assert_eq!(app.kept().misses, 1);
    app.page(&format!("{SEOUL}?utm_source=x&r=1")).await;
    app.page(&format!("{SEOUL}?r=1&utm_source=y")).await;
    assert_eq!(app.kept().misses, 2);
}

#[tokio::test]
async fn many_who_ask_at_once_have_a_page_made_once() {
    let app = TestApp::start().await;
    let all = join_all((0..24).map(|_| app.get("/on/january-4"))).await;
    assert!(all.iter().all(|page| page.status == 200));
    assert!(all.iter().all(|page| page.bytes == all[0].bytes));
    assert_eq!(app.kept().misses, 1);
    assert_eq!(app.kept().hits, 23);
}

#[tokio::test]
async fn what_is_asked_for_often_stays_when_room_is_short() {
    let setup = Setup::new(Corpus::fixtures());
    let app = setup
        .variable("DAYBOOK_CACHE_BYTES", "300000")
        .start()
        .await;
    for _ in 0..40 {
        app.page(SEOUL).await;
    }
    for day in 1..=31 {
        for month in ["january", "march", "may", "july"] {
            app.page(&format!("/on/{month}-{day}")).await;
        }
    }
    let stats = app.kept();
    assert!(stats.evicted > 5, "{stats:?}");
    assert!(stats.bytes <= 300_000, "{stats:?}");
    app.page(SEOUL).await;
    assert_eq!(app.kept().misses, stats.misses, "it is still kept");
}

#[tokio::test]
async fn nothing_of_one_person_is_kept_and_nothing_kept_sets_a_cookie() {
    let app = TestApp::start().await;
    for path in [
        "/desk",
        "/desk/sign-in",
        "/contact",
        "/articles/seoul-falls/report",
        "/articles/seoul-falls/report?r=1&p=1",
        "/reports/0123456789abcdef0123456789abcdef",
        "/random",
        "/healthz",
        "/nothing-here",
        "/articles/third-battle-of-seoul",
    ] {
        app.get(path).await;
        app.get(path).await;
    }
    let stats = app.kept();
    assert_eq!((stats.pages, stats.hits), (0, 0));
    for path in ["/", SEOUL, "/on/january-4", "/api/v1/articles/seoul-falls"] {
        for _ in 0..2 {
            let page = app.page(path).await;
            assert!(!page.headers.contains_key("set-cookie"), "{path}");
        }
    }
    assert_eq!(app.kept().pages, 4);
}

#[tokio::test]
async fn a_kept_answer_of_the_api_counts_against_the_limit() {
    let setup = Setup::new(Corpus::fixtures());
    let setup = setup.variable("DAYBOOK_API_REQUESTS_PER_MINUTE", "6");
    let app = setup.start().await;
    let path = "/api/v1/articles/seoul-falls";
    let left = async || {
        let page = app.page(path).await;
        let words = page.header("ratelimit").to_owned();
        let left = words.split("r=").nth(1).unwrap();
        let digits: String = left.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().unwrap()
    };
    let (first, second, third) = (left().await, left().await, left().await);
    assert!(first > second && second > third, "{first} {second} {third}");
    assert_eq!((app.kept().misses, app.kept().hits), (1, 2));
}

#[tokio::test]
async fn an_import_by_another_process_shows_within_a_second() {
    let app = TestApp::start().await;
    let text = async || {
        // Not through the harness, which would have the server look at once.
        let answer = app.client().get(app.url(SEOUL)).send().await.unwrap();
        answer.text().await.unwrap()
    };
    assert!(text().await.contains("Nobody fought"));
    app.edit(
        "articles/01/04/seoul-falls.md",
        "Nobody fought",
        "Not one fought",
    );
    let mut command = daybook(app.content().parent().unwrap(), &["ingest"]);
    command.env("DAYBOOK_CONTENT", app.content());
    command.env("DAYBOOK_DATA", app.data());
    command.env("DATABASE_URL", app.database.url());
    command.assert().success();
    let ended = Instant::now();
    while !text().await.contains("Not one fought") {
        assert!(
            ended.elapsed() < Duration::from_secs(1),
            "it shows too late"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn what_is_put_on_hold_is_gone_at_once() {
    let app = TestApp::start().await;
    let day = "/on/january-4";
    let shows = async |path: &str| {
        app.page(path)
            .await
            .text()
            .contains("accounts differ on who")
    };
    for _ in 0..2 {
        assert!(shows(day).await && shows(SEOUL).await);
    }
    let (db, id) = open_case(&app, "seoul-falls", "source").await;
    hold(&db, &id, HoldKind::Text, true).await;
    assert!(!shows(SEOUL).await && !shows(day).await);
    hold(&db, &id, HoldKind::Text, false).await;
    assert!(shows(SEOUL).await && shows(day).await);
    // A case that is nothing but spam takes what it held back with it.
    hold(&db, &id, HoldKind::Text, true).await;
    assert!(!shows(day).await);
    db.write(|conn| {
        let by = daybook::cases::Actor::Editor("E-000001");
        daybook::cases::mark_as_spam(conn, "R-000001", by, 1_795_348_800_000)
    })
    .await
    .unwrap();
    assert!(shows(SEOUL).await && shows(day).await);
}

#[tokio::test]
async fn a_new_day_tells_of_the_articles_that_were_to_be_published_on_it() {
    let corpus = Corpus::empty();
    for (slug, day) in [("due", "2031-01-02"), ("later", "2031-01-03")] {
        let text = article("An event", "1901-05-06", "It happened.");
        let names = format!("published: {day}\nplace: Rome {slug}\nsources:");
        corpus.write(
            &format!("articles/{slug}.md"),
            text.replace("sources:", &names),
        );
    }
    assert_eq!(corpus.ingest().held, 0);
    let mut conn = corpus.database.connect();
    let mut told = |before: &str, now: &str| {
        inputs::new_day(&mut conn, before.parse().unwrap(), now.parse().unwrap()).unwrap()
    };
    let change = told("2031-01-01", "2031-01-02");
    let touches = |tag| change.touches(&Inputs::of([tag]));
    assert!(touches(inputs::article("due")) && !touches(inputs::article("later")));
    assert!(touches(inputs::named(Registry::Places, "rome-due")));
    assert!(touches(inputs::on_day(Day::new(5, 6).unwrap())));
    assert!(touches(inputs::told_years()) && touches(inputs::today()));
    assert!(!touches(inputs::this_year()));
    // A machine that slept through some days misses none.
    let change = told("2030-12-31", "2031-01-04");
    let touches = |tag| change.touches(&Inputs::of([tag]));
    assert!(touches(inputs::article("later")) && touches(inputs::this_year()));
    let change = told("2031-01-03", "2031-01-04");
    assert!(!change.touches(&Inputs::of([inputs::told_years()])));
}
