//! The thread that, once an hour, takes out what its time has come for, and
//! asks the addresses whose turn it is.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use diesel::QueryResult;

use crate::config::SecretKey;
use crate::db::{AnyConnection, Db, Lease};
use crate::mail::Letterhead;
use crate::reports::queries::asking::{self, Asking};
use crate::reports::queries::erasing::{self, Swept};
use crate::reports::queries::{following, rules};

const EVERY: Duration = Duration::from_secs(60 * 60);

/// How often an instance that stands by sees whether the duty is its own now.
const STAND_BY: Duration = Duration::from_secs(20);

/// The thread; it ends with [`stop`](Self::stop).
pub struct Keeper {
    stop: Sender<()>,
    thread: JoinHandle<()>,
}

/// Notes the rules against spam with their versions, and files the reports that
/// came in before there were cases. To be done before reports are taken in;
/// `now` is epoch milliseconds.
///
/// # Errors
/// The database's.
pub fn prepare(conn: &mut AnyConnection, now: i64) -> QueryResult<()> {
    conn.change(|conn| {
        rules::register(conn, now)?;
        let filed = following::file_older(conn)?;
        if filed > 0 {
            tracing::info!(filed, "gave older reports a case each");
        }
        Ok(())
    })
}

impl Keeper {
    /// Begins at once, and goes on once an hour, while the lease holds.
    #[must_use]
    pub fn start(db: Db, key: Arc<SecretKey>, letterhead: Letterhead, lease: Lease) -> Keeper {
        let (stop, stopped) = channel();
        let thread = std::thread::spawn(move || {
            loop {
                let is_on_duty = lease.holds();
                if is_on_duty && let Err(error) = round(&db, &key, &letterhead) {
                    tracing::error!("what is to be erased by now is not: {error:#}");
                }
                match stopped.recv_timeout(if is_on_duty { EVERY } else { STAND_BY }) {
                    Err(RecvTimeoutError::Timeout) => {}
                    _ => break,
                }
            }
        });
        Keeper { stop, thread }
    }

    /// Waits for the round that is under way and begins no other.
    pub fn stop(self) {
        let _ = self.stop.send(()); // Where nobody listens, it has ended.
        if self.thread.join().is_err() {
            tracing::error!("the thread that erases what is no longer needed panicked");
        }
    }
}

fn round(db: &Db, key: &SecretKey, letterhead: &Letterhead) -> anyhow::Result<()> {
    let now = jiff::Timestamp::now().as_millisecond();
    let mut conn = db.connect()?;
    let (swept, asked) = conn.change(|conn| {
        let swept = erasing::sweep(conn, now)?;
        let asking = Asking {
            key,
            letterhead,
            now,
        };
        let asked = asking::ask_later(conn, asking)?;
        QueryResult::Ok((swept, asked))
    })?;
    if swept != Swept::default() {
        conn.scrub()?;
        let Swept {
            addresses,
            spam,
            traces,
            challenges,
        } = swept;
        tracing::info!(
            addresses,
            spam,
            traces,
            challenges,
            "erased what is no longer needed"
        );
    }
    if asked > 0 {
        tracing::info!(asked, "asked addresses whether they are their senders'");
    }
    Ok(())
}
