//! What changes the database comes one at a time, whichever engine it is.

use std::sync::{Barrier, Mutex};
use std::time::Duration;

use diesel::QueryResult;

use crate::harness::Corpus;

/// Longer than two that were let in at once would be apart.
const A_WHILE: Duration = Duration::from_millis(150);

#[test]
fn of_several_that_change_something_each_begins_when_the_one_before_has_ended() {
    let corpus = Corpus::empty();
    let ready = Barrier::new(3);
    let seen = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for name in 0..3 {
            let (corpus, ready, seen) = (&corpus, &ready, &seen);
            scope.spawn(move || {
                let mut conn = corpus.database.connect();
                ready.wait();
                conn.change(|_| -> QueryResult<()> {
                    seen.lock().unwrap().push(name);
                    std::thread::sleep(A_WHILE);
                    seen.lock().unwrap().push(name);
                    Ok(())
                })
                .unwrap();
            });
        }
    });
    let seen = seen.into_inner().unwrap();
    assert_eq!(seen.len(), 6);
    for pair in seen.chunks(2) {
        assert_eq!(pair[0], pair[1], "{seen:?}");
    }
}
