//! The first import, which finds an empty database: on SQLite it is written
//! without a write-ahead log where nobody else has the file open.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::harness::{Corpus, article};

/// More than are rendered before anything is written.
const MANY: usize = 260;

fn many(body: &str) -> Corpus {
    let corpus = Corpus::empty();
    for n in 0..MANY {
        let (month, day) = (n % 12 + 1, n / 12 + 1);
        let date = format!("{}-{month:02}-{day:02}", 1600 + n);
        corpus.write(
            &format!("articles/{month:02}/{day:02}/event-{n}.md"),
            article(&format!("Event {n}"), &date, body),
        );
    }
    corpus
}

/// The database's file, or one beside it.
fn file(corpus: &Corpus, end: &str) -> PathBuf {
    let path = corpus.database.url().strip_prefix("sqlite:").unwrap();
    PathBuf::from(format!("{path}{end}"))
}

fn is_there(corpus: &Corpus, end: &str) -> bool {
    file(corpus, end).exists()
}

fn journal_mode(corpus: &Corpus) -> Vec<String> {
    let sql = "SELECT journal_mode AS line FROM pragma_journal_mode";
    corpus.database.lines(sql)
}

#[test]
fn an_error_late_in_the_first_import_leaves_nothing_of_it_and_the_next_try_is_whole() {
    let corpus = many("It came to pass.");
    let broken = "articles/12/20/broken.md";
    let text = article("A broken one", "1700-12-20", "See ![](none.jpg).");
    corpus.write(broken, text);
    let outcome = corpus.ingest();
    assert_eq!((outcome.edition, outcome.held), (1, 1));
    assert_eq!(outcome.written, MANY);
    assert!(
        outcome
            .diagnostics
            .iter()
            .any(|one| one.file == broken && one.is_error())
    );
    let count = corpus.database.number("SELECT COUNT(*) FROM articles");
    assert_eq!(count, i64::try_from(MANY).unwrap());
    if !corpus.database.is_postgres() {
        assert_eq!(journal_mode(&corpus), ["wal"]);
        assert!(!is_there(&corpus, "-journal"));
    }
}

#[test]
fn a_first_import_beside_another_connection_keeps_the_log() {
    let corpus = many("It came to pass.");
    corpus.migrated();
    // This connection stays open.
    assert_eq!(corpus.database.number("SELECT COUNT(*) FROM articles"), 0);
    assert_eq!(corpus.ingest().written, MANY);
    let count = corpus.database.number("SELECT COUNT(*) FROM articles");
    assert_eq!(count, i64::try_from(MANY).unwrap());
    if !corpus.database.is_postgres() {
        assert_eq!(journal_mode(&corpus), ["wal"]);
    }
}

#[test]
fn a_first_import_that_is_killed_half_way_leaves_a_sound_database() {
    // So long that not all of it has room in the cache, and the file is written
    // to before the end.
    let long = format!("<!-- {} -->\n\nIt came to pass.", "x".repeat(100_000));
    let corpus = many(&long);
    if corpus.database.is_postgres() {
        return; // The server sees to that.
    }
    corpus.migrated();
    let mut child = Command::new(env!("CARGO_BIN_EXE_daybook"))
        .env_clear()
        .current_dir(corpus.outside(""))
        .args(["ingest", "--database-url", corpus.database.url()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while file(&corpus, "").metadata().unwrap().len() < 4_000_000 {
        assert_eq!(child.try_wait().unwrap(), None, "it ended too soon");
        assert!(began.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(is_there(&corpus, "-journal"), "it was killed too late");
    assert!(!is_there(&corpus, "-wal"));

    assert_eq!(corpus.database.number("SELECT COUNT(*) FROM editions"), 0);
    assert_eq!(corpus.ingest().written, MANY);
    let sql = "SELECT integrity_check AS line FROM pragma_integrity_check";
    assert_eq!(corpus.database.lines(sql), ["ok"]);
    assert_eq!(journal_mode(&corpus), ["wal"]);
}
