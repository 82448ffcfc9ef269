//! The database is away: refused, hanging, cut, slow, locked; readers and those
//! who send something have an answer in time, and all is well at once when it is
//! back. And what of it a replica can help.

use std::cell::Cell;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use daybook::articles::queries::edition;
use daybook::config::{Config, Overrides};
use daybook::db::{BEHIND, Db, DbError};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use futures_util::future::{join, join_all};

use crate::harness::{Corpus, Line, Page, Proxy, Setup, TestApp};

/// What a reader may wait for an answer at most; the promise is a second, and
/// this machine may be busy with other tests.
const IN_TIME: Duration = Duration::from_millis(1_500);

/// How soon all is well again.
const BACK_IN: Duration = Duration::from_secs(2);

/// A site whose database lies behind a line that can be broken; `None` on
/// SQLite, which has none.
async fn behind_a_line() -> Option<(TestApp, Proxy)> {
    let corpus = Corpus::fixtures();
    if !corpus.database.is_postgres() {
        return None;
    }
    let proxy = Proxy::to(corpus.database.url());
    let url = proxy.url(corpus.database.url());
    let app = Setup::new(corpus)
        .database(&url)
        .variable("DAYBOOK_DATABASE_WAIT_MS", "2000")
        .start()
        .await;
    Some((app, proxy))
}

async fn timed(app: &TestApp, path: &str) -> (Page, Duration) {
    let began = Instant::now();
    let page = app.get(path).await;
    (page, began.elapsed())
}

async fn survives(line: Line) {
    let Some((app, proxy)) = behind_a_line().await else {
        return;
    };
    // Several connections lie idle when it begins.
    join_all((0..4).map(|_| app.page("/"))).await;
    let words = "They came a day later.";
    let form = app.report("seoul-falls").await;
    let form = form.field("category", "date").field("wrong", words);
    // None of these has been asked for, so that nothing can have been kept.
    let unseen = [
        "/articles/moon-launch",
        "/articles/airship-burns",
        "/places",
        "/people",
    ];

    proxy.set(line);
    for round in 1..=3 {
        let answers = join_all(unseen.iter().map(|path| timed(&app, path))).await;
        for (path, (page, time)) in unseen.iter().zip(answers) {
            let what = format!("{line:?}, round {round}: {path} after {time:?}");
            assert_eq!(page.status, 503, "{what}");
            assert!(time < IN_TIME, "{what}");
            assert!(page.header("retry-after").parse::<u64>().unwrap() > 0);
        }
    }
    let began = Instant::now();
    let page = form.send().await;
    assert!(began.elapsed() < IN_TIME, "{:?}", began.elapsed());
    assert_eq!(page.status, 503, "{}", page.text());
    assert!(page.one("textarea[name=wrong]").text.contains(words));

    proxy.set(Line::Sound);
    let began = Instant::now();
    while app.get("/articles/moon-launch").await.status != 200 {
        assert!(began.elapsed() < BACK_IN, "{line:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    for path in unseen {
        assert_eq!(app.get(path).await.status, 200, "{path}");
    }
    let kept = app.report("seoul-falls").await;
    let kept = kept.field("category", "date").field("wrong", words).send();
    assert_eq!(kept.await.status, 303);
    // What was given up on may have been kept after all; nothing less is there.
    assert!(app.database.number("SELECT COUNT(*) FROM reports") >= 1);
}

#[tokio::test]
async fn a_server_that_refuses() {
    survives(Line::Refused).await;
}

#[tokio::test]
async fn a_server_that_hangs() {
    survives(Line::Hanging).await;
}

#[tokio::test]
async fn a_server_whose_answers_are_cut_in_the_middle() {
    survives(Line::Cut).await;
}

#[tokio::test]
async fn a_server_that_is_two_seconds_late() {
    survives(Line::Slow(Duration::from_secs(2))).await;
}

#[tokio::test]
async fn what_was_acknowledged_while_the_line_broke_is_there() {
    let Some((app, proxy)) = behind_a_line().await else {
        return;
    };
    let mut acknowledged = 0;
    for round in 0..6 {
        let form = app.report("seoul-falls").await;
        let words = format!("Number {round} is wrong.");
        let form = form.field("category", "date").field("wrong", &words);
        let line = [Line::Refused, Line::Cut, Line::Hanging][round % 3];
        let breaking = async {
            tokio::time::sleep(Duration::from_millis(4 * round as u64)).await;
            proxy.set(line);
        };
        let (page, ()) = join(form.send(), breaking).await;
        assert!(
            matches!(page.status, 303 | 503),
            "{line:?}, {}: {}",
            page.status,
            String::from_utf8_lossy(&page.bytes)
        );
        proxy.set(Line::Sound);
        let began = Instant::now();
        // A form is never kept, so it needs the database.
        while app.get("/articles/seoul-falls/report?r=1").await.status != 200 {
            assert!(began.elapsed() < BACK_IN, "{line:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        if page.status == 303 {
            acknowledged += 1;
            let there = format!("SELECT COUNT(*) FROM reports WHERE wrong = '{words}'");
            assert_eq!(app.database.number(&there), 1, "{words}");
        }
    }
    assert!(app.database.number("SELECT COUNT(*) FROM reports") >= acknowledged);
}

#[tokio::test]
async fn a_file_that_another_process_has_locked_is_read_and_not_written() {
    let corpus = Corpus::fixtures();
    if corpus.database.is_postgres() {
        return;
    }
    let app = Setup::new(corpus)
        .variable("DAYBOOK_DATABASE_WAIT_MS", "2000")
        .start()
        .await;
    let form = app.report("seoul-falls").await;
    let form = form
        .field("category", "date")
        .field("wrong", "A day later.");
    let mut other = app.database.connect();
    other.batch_execute("BEGIN EXCLUSIVE;").unwrap();
    let reading = async {
        for path in ["/articles/moon-launch", "/places", "/people"] {
            let (page, time) = timed(&app, path).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(time < IN_TIME, "{path}: {time:?}");
        }
    };
    let (page, ()) = join(form.send(), reading).await;
    assert_eq!(page.status, 503);
    assert!(
        page.one("textarea[name=wrong]")
            .text
            .contains("A day later.")
    );
    other.batch_execute("ROLLBACK;").unwrap();
    assert_eq!(app.database.number("SELECT COUNT(*) FROM reports"), 0);
}

/// A database as a server with these settings opens it.
fn opened(url: &str, variables: &[(&str, &str)]) -> Db {
    let flags = Overrides {
        database_url: Some(url.to_owned()),
        ..Overrides::default()
    };
    let value = |name: &str| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    Db::of(&Config::resolve(flags, value, None).unwrap()).unwrap()
}

fn sleep_in_database(
    seconds: f64,
) -> impl FnOnce(&mut daybook::db::AnyConnection) -> QueryResult<()> {
    move |conn| {
        let sql = format!("SELECT pg_sleep({seconds})");
        diesel::sql_query(sql).execute(conn).map(|_| ())
    }
}

#[tokio::test]
async fn a_slow_query_is_waited_for_up_to_its_time() {
    let corpus = Corpus::empty();
    if !corpus.database.is_postgres() {
        return;
    }
    let url = corpus.database.url();
    let db = opened(url, &[]);
    db.read(sleep_in_database(1.7)).await.unwrap();
    assert!(!db.stats()[0].is_away);

    let strict = opened(url, &[("DAYBOOK_DATABASE_STATEMENT_MS", "300")]);
    let began = Instant::now();
    let error = strict.read(sleep_in_database(5.0)).await.unwrap_err();
    assert!(matches!(&error, DbError::Unavailable(_)), "{error}");
    assert!(began.elapsed() < IN_TIME, "{:?}", began.elapsed());
    assert!(!strict.stats()[0].is_away, "the server is well");
}

#[tokio::test]
async fn who_waits_for_a_connection_is_told_in_time_and_counted() {
    let corpus = Corpus::empty();
    let settings = [
        ("DAYBOOK_DATABASE_CONNECTIONS", "1"),
        ("DAYBOOK_DATABASE_WAIT_MS", "1500"),
    ];
    let db = opened(corpus.database.url(), &settings);
    // On a busy machine the first connection may take longer than it may.
    while db.read(|_| Ok(())).await.is_err() {}
    let before = db.stats().remove(0);
    let long = db.read(|_| {
        std::thread::sleep(Duration::from_secs(4));
        Ok(())
    });
    let second = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(db.stats()[0].in_use, 1);
        db.read(|_| Ok(())).await
    };
    let (first, second) = join(long, second).await;
    first.unwrap();
    assert!(matches!(second, Err(DbError::Unavailable(_))), "{second:?}");
    db.read(|_| Ok(())).await.unwrap();
    let stats = &db.stats()[0];
    assert_eq!((stats.size, stats.in_use), (1, 0));
    assert_eq!(stats.time_outs - before.time_outs, 1);
    assert_eq!(stats.taken - before.taken, 3);
    let waited = stats.waited.saturating_sub(before.waited);
    assert!(waited >= Duration::from_millis(600), "{waited:?}");
}

/// A database with this edition, and this as its newest change.
fn at(edition: i64, change: i64) -> Corpus {
    let corpus = Corpus::empty();
    corpus.migrated();
    corpus.database.execute(&format!(
        "DELETE FROM changes; INSERT INTO changes (number, made_at, tags) VALUES ({}, 0, ''); \
         INSERT INTO editions (id, created_at, articles) VALUES ({edition}, 0, 0);",
        // Executing writes down another one.
        change - 1
    ));
    corpus
}

/// The edition that is read, and whether it is said to be behind.
async fn read(db: &Db) -> Result<(i64, bool), DbError> {
    let reading = async {
        let found = db.read_public(edition).await?;
        Ok((found, BEHIND.with(Cell::get)))
    };
    BEHIND.scope(Cell::new(false), reading).await
}

#[tokio::test]
async fn a_replica_is_read_unless_it_lacks_what_is_known() {
    let (primary, replica) = (at(2, 7), at(1, 6));
    let url = replica.database.url();
    let db = opened(
        primary.database.url(),
        &[("DAYBOOK_DATABASE_READER_URL", url)],
    );
    assert_eq!(read(&db).await.unwrap(), (1, false));
    assert_eq!(db.read(edition).await.unwrap(), 2);
    db.required_change().store(6, Ordering::Release);
    assert_eq!(read(&db).await.unwrap(), (1, false));
    db.required_change().store(7, Ordering::Release);
    assert_eq!(read(&db).await.unwrap(), (2, false));
    replica.database.execute("UPDATE changes SET tags = ''");
    assert_eq!(read(&db).await.unwrap(), (1, false));
}

#[tokio::test]
async fn each_of_primary_and_replica_stands_in_for_the_other() {
    let (primary, replica) = (at(2, 7), at(1, 6));
    if !primary.database.is_postgres() {
        return;
    }
    let lines = [&primary, &replica].map(|one| Proxy::to(one.database.url()));
    let [url, reader] = [(&lines[0], &primary), (&lines[1], &replica)]
        .map(|(line, one)| line.url(one.database.url()));
    let db = opened(&url, &[("DAYBOOK_DATABASE_READER_URL", &reader)]);
    assert_eq!(read(&db).await.unwrap(), (1, false));
    for broken in [Line::Refused, Line::Hanging] {
        db.required_change().store(0, Ordering::Release);
        lines[1].set(broken);
        let began = Instant::now();
        assert_eq!(read(&db).await.unwrap(), (2, false), "{broken:?}");
        assert!(began.elapsed() < IN_TIME, "{:?}", began.elapsed());
        lines[1].set(Line::Sound);
        soundness(&db).await;

        lines[0].set(broken);
        assert_eq!(read(&db).await.unwrap(), (1, false), "{broken:?}");
        db.required_change().store(7, Ordering::Release);
        let began = Instant::now();
        assert_eq!(read(&db).await.unwrap(), (1, true), "{broken:?}");
        assert!(began.elapsed() < IN_TIME, "{:?}", began.elapsed());
        assert!(db.read(edition).await.is_err());
        lines[0].set(Line::Sound);
        soundness(&db).await;
        assert_eq!(read(&db).await.unwrap(), (2, false));
    }
}

/// Waits until no server counts as away.
async fn soundness(db: &Db) {
    let began = Instant::now();
    while db.stats().iter().any(|pool| pool.is_away) {
        assert!(began.elapsed() < BACK_IN);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[test]
fn a_replica_of_another_kind_is_refused() {
    let flags = Overrides {
        database_url: Some("sqlite:x.db".to_owned()),
        ..Overrides::default()
    };
    let value = |name: &str| {
        (name == "DAYBOOK_DATABASE_READER_URL")
            .then(|| "postgres://daybook:sesame@replica/daybook".to_owned())
    };
    let Ok(config) = Config::resolve(flags, value, None) else {
        return; // Built without PostgreSQL, it is refused before.
    };
    let error = Db::of(&config).err().unwrap().to_string();
    assert!(error.contains("DAYBOOK_DATABASE_READER_URL"), "{error}");
    assert!(!error.contains("sesame"), "{error}");
}

/// With the certificate of the server's authority in `TEST_DATABASE_ROOTCERT`,
/// as `scripts/test` has it.
#[tokio::test]
async fn tls_is_used_and_a_wrong_certificate_is_told_in_a_sentence() {
    let corpus = Corpus::empty();
    let root = std::env::var("TEST_DATABASE_ROOTCERT").ok();
    let Some(root) = root.filter(|_| corpus.database.is_postgres()) else {
        eprintln!("skipped: no PostgreSQL with TLS (TEST_DATABASE_ROOTCERT)");
        return;
    };
    let url = |query: &str| format!("{}?{query}", corpus.database.url());
    let sound = url(&format!("sslmode=verify-full&sslrootcert={root}"));
    let is_encrypted = |conn: &mut daybook::db::AnyConnection| {
        #[derive(QueryableByName)]
        struct Ssl {
            #[diesel(sql_type = diesel::sql_types::Bool)]
            ssl: bool,
        }
        let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        diesel::sql_query(sql)
            .get_result::<Ssl>(conn)
            .map(|row| row.ssl)
    };
    assert!(opened(&sound, &[]).read(is_encrypted).await.unwrap());
    let plain = url("sslmode=disable");
    assert!(!opened(&plain, &[]).read(is_encrypted).await.unwrap());

    let other = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let file = corpus.outside("other.crt");
    std::fs::write(&file, other.cert.pem()).unwrap();
    let wrong = format!("sslmode=verify-full&sslrootcert={}", file.display());
    let error = opened(&url(&wrong), &[])
        .read(is_encrypted)
        .await
        .unwrap_err();
    let sentence = error.to_string();
    assert!(
        sentence.contains("sslrootcert in the URL must name"),
        "{sentence}"
    );
    assert!(!sentence.contains('\n'), "{sentence}");
}
