//! Learns what has changed, from whatever process.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use diesel::QueryResult;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Change, PageCache, queries};
use crate::db::{AnyConnection, Db, Waker};

/// As often as this the table is looked at without any notice.
const POLL: Duration = Duration::from_millis(500);

/// What changes for readers when one day has become another, in the zone of the
/// site: the day itself, and articles that were to be published after the first
/// and until the second.
pub type Due = fn(&mut AnyConnection, Date, Date) -> QueryResult<Change>;

/// Keeps a [`PageCache`] up to date, on a thread of its own. Dropped, it stops.
pub struct Follower {
    reader: Arc<Reader>,
    stop: Arc<AtomicBool>,
    waker: Waker,
    thread: Option<JoinHandle<()>>,
}

/// Reads new rows of the table and applies them, one at a time.
pub struct Reader {
    cache: Arc<PageCache>,
    /// What a replica must have, so that nothing older is read there.
    required: Arc<AtomicI64>,
    /// Held while rows are read and applied, so that none is applied twice or
    /// before an older one.
    reading: Mutex<()>,
}

impl Follower {
    /// Reads up to where everything has changed before, and follows from there.
    /// From now on each [`Db::write`] of this process is followed before it
    /// returns, so whoever changed something sees it changed.
    ///
    /// # Errors
    /// The database's.
    pub fn start(
        db: &Db,
        conn: &mut AnyConnection,
        cache: Arc<PageCache>,
        zone: TimeZone,
        due: Due,
    ) -> QueryResult<Follower> {
        cache.begin_at(queries::newest(conn)?);
        let required = db.required_change();
        required.fetch_max(cache.applied(), Ordering::AcqRel);
        let reader = Arc::new(Reader {
            cache,
            required,
            reading: Mutex::default(),
        });
        let after_writing = Arc::clone(&reader);
        db.after_writing(move |conn| {
            if let Err(error) = after_writing.catch_up(conn) {
                tracing::warn!(%error, "what has changed could not be read; the next look will");
            }
        });
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let mut notices = db.notices();
        let waker = notices.waker();
        let db = db.clone();
        let follower = Arc::clone(&reader);
        let thread = std::thread::spawn(move || {
            let mut conn = None;
            let mut day = Timestamp::now().to_zoned(zone.clone()).date();
            while !stopped.load(Ordering::Relaxed) {
                notices.wait(POLL);
                let today = Timestamp::now().to_zoned(zone.clone()).date();
                if conn.is_none() {
                    conn = db.connect().ok();
                }
                let Some(open) = conn.as_mut() else { continue };
                let mut result = follower.catch_up(open);
                if result.is_ok() && today != day {
                    result = due(open, day, today).map(|change| {
                        follower.cache.turn_day(&change);
                        day = today;
                    });
                }
                if let Err(error) = result {
                    tracing::warn!(%error, "what has changed could not be read; trying again");
                    conn = None;
                }
            }
        });
        Ok(Follower {
            reader,
            stop,
            waker,
            thread: Some(thread),
        })
    }

    /// What it reads with, for whoever cannot wait for the next look.
    #[must_use]
    pub fn reader(&self) -> Arc<Reader> {
        Arc::clone(&self.reader)
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.waker.wake();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread that follows changes panicked");
        }
    }
}

impl Reader {
    /// Applies what is new.
    ///
    /// # Errors
    /// The database's.
    pub fn catch_up(&self, conn: &mut AnyConnection) -> QueryResult<()> {
        let _reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let known = self.cache.applied();
        if queries::newest(conn)? == known {
            return Ok(());
        }
        let changes = queries::after(conn, known)?;
        let (Some((first, _)), Some((last, _))) = (changes.first(), changes.last()) else {
            // The database was replaced by an older one.
            self.required
                .store(queries::newest(conn)?, Ordering::Release);
            self.cache.begin_anew(queries::newest(conn)?);
            return Ok(());
        };
        // Before the pages go: what is made after that must not lack it.
        self.required.fetch_max(*last, Ordering::AcqRel);
        if *first > known + 1 {
            // Rows are missing in between: too many have come since.
            self.cache.apply(*last, Change::everything());
            return Ok(());
        }
        for (number, change) in changes {
            self.cache.apply(number, change);
        }
        Ok(())
    }
}
