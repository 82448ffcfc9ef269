//! What one of several instances does, and who takes over.

use std::time::{Duration, Instant};

use daybook::db::{Duty, LEASE_LIFE, Leases};

use crate::harness::{Corpus, Setup, article};

#[test]
fn one_holds_a_lease_and_another_has_it_as_soon_as_it_is_given_back() {
    let corpus = Corpus::empty();
    let db = corpus.migrated();
    let first = Leases::start(&db, &[Duty::Import, Duty::Sweep]);
    let second = Leases::start(&db, &[Duty::Import]);
    assert!(first.of(Duty::Import).holds());
    assert!(first.of(Duty::Sweep).holds());
    assert!(!second.of(Duty::Import).holds());
    // It never asked for this one.
    assert!(!second.of(Duty::Sweep).holds());
    let lost = first.of(Duty::Import);
    first.stop();
    assert!(!lost.holds());
    let lease = second.of(Duty::Import);
    let taken = within(Duration::from_secs(5), || lease.holds());
    assert!(taken, "not within 5 s");
    second.stop();
    assert_eq!(corpus.database.number("SELECT COUNT(*) FROM leases"), 0);
}

#[test]
fn the_lease_of_a_process_that_died_ends_and_not_before() {
    let corpus = Corpus::empty();
    let db = corpus.migrated();
    if !corpus.database.is_postgres() {
        return; // There the system ends it.
    }
    // Another process took it and was killed: nobody renews it.
    let now = jiff::Timestamp::now().as_millisecond();
    let life = i64::try_from(LEASE_LIFE.as_millis()).unwrap();
    let insert = |until: i64| {
        format!("INSERT INTO leases (name, holder, until) VALUES ('import', 'x', {until})")
    };
    corpus.database.execute(&insert(now + life));
    let waiting = Leases::start(&db, &[Duty::Import]);
    assert!(!waiting.of(Duty::Import).holds());
    waiting.stop();
    corpus.database.execute("UPDATE leases SET until = 1");
    let taking = Leases::start(&db, &[Duty::Import]);
    assert!(taking.of(Duty::Import).holds());
    taking.stop();
}

#[tokio::test]
async fn one_instance_imports_and_another_takes_over_when_it_stops() {
    let mut first = Setup::new(Corpus::fixtures()).watch().start().await;
    let url = first.database.url().to_owned();
    let second = Setup::new(Corpus::fixtures());
    let second = second.database(&url).watch().start().await;
    let asked = |slug: &str| format!("/articles/{slug}");
    let text = |title: &str| article(title, "2001-02-03", "Text.");

    // The one that stands by sees the change and leaves it alone.
    second.write("articles/2001/standing-by.md", text("Standing by"));
    first.write("articles/2001/on-duty.md", text("On duty"));
    assert!(appears(&second, &asked("on-duty")).await);
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(first.get(&asked("standing-by")).await.status, 404);

    first.stop();
    assert!(appears(&second, &asked("standing-by")).await);
}

async fn appears(app: &crate::harness::TestApp, path: &str) -> bool {
    let began = Instant::now();
    while began.elapsed() < LEASE_LIFE {
        if app.get(path).await.status == 200 {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    false
}

fn within(time: Duration, is_so: impl Fn() -> bool) -> bool {
    let began = Instant::now();
    while began.elapsed() < time {
        if is_so() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}
