//! Learning that another process has committed something.

use std::thread;
use std::time::{Duration, Instant};

use diesel::prelude::*;

use crate::harness::Corpus;

const LONG: Duration = Duration::from_secs(20);

/// Writes something and tells of it, as another process would.
fn commit(corpus: &Corpus) {
    let count = corpus.database.number("SELECT COUNT(*) FROM editions") + 1;
    let sql = format!("INSERT INTO editions (id, created_at, articles) VALUES ({count}, 0, 0)");
    let mut conn = corpus.database.connect();
    let told = conn.transaction(|conn| {
        diesel::sql_query(sql).execute(conn)?;
        conn.notify()
    });
    told.unwrap();
}

fn waited(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

#[test]
fn a_commit_elsewhere_ends_the_wait() {
    let corpus = Corpus::empty();
    let db = corpus.migrated();
    let mut notices = db.notices();
    // Its connection is opened: what came before gave no notice.
    notices.wait(LONG);
    let quiet = waited(|| notices.wait(Duration::from_millis(300)));
    assert!(quiet >= Duration::from_millis(300), "{quiet:?}");
    for _ in 0..3 {
        let time = thread::scope(|scope| {
            let waiting = scope.spawn(|| waited(|| notices.wait(LONG)));
            thread::sleep(Duration::from_millis(200));
            commit(&corpus);
            waiting.join().unwrap()
        });
        assert!(time < Duration::from_millis(1_200), "{time:?}");
    }
}

#[test]
fn a_wait_is_ended_from_another_thread_before_and_while_it_lasts() {
    let corpus = Corpus::empty();
    let mut notices = corpus.migrated().notices();
    notices.wait(LONG);
    let waker = notices.waker();
    waker.wake();
    assert!(waited(|| notices.wait(LONG)) < Duration::from_secs(1));
    let other = waker.clone();
    let waking = thread::spawn(move || {
        thread::sleep(Duration::from_millis(200));
        other.wake();
    });
    assert!(waited(|| notices.wait(LONG)) < Duration::from_secs(1));
    waking.join().unwrap();
}

#[test]
fn a_lost_connection_is_opened_again_and_nothing_is_missed() {
    let corpus = Corpus::empty();
    if !corpus.database.is_postgres() {
        return;
    }
    let mut notices = corpus.migrated().notices();
    notices.wait(LONG);
    corpus.database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE pid <> pg_backend_pid() AND datname = current_database() \
         AND query = 'LISTEN daybook'",
    );
    // Told in the gap, when nobody hears it: the new connection ends the wait.
    commit(&corpus);
    let gap = waited(|| notices.wait(LONG));
    assert!(gap < Duration::from_secs(2), "{gap:?}");
    let time = thread::scope(|scope| {
        let waiting = scope.spawn(|| waited(|| notices.wait(LONG)));
        thread::sleep(Duration::from_millis(200));
        commit(&corpus);
        waiting.join().unwrap()
    });
    assert!(time < Duration::from_millis(1_200), "{time:?}");
}
