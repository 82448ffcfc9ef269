//! Learning that another process may have committed something.

use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use diesel::QueryResult;
#[cfg(feature = "postgres")]
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::connection::Access;
use super::{AnyConnection, Db};
use crate::config::DatabaseUrl;

/// How often a connection is looked at. On PostgreSQL that costs no round
/// trip: it reads what has arrived. On SQLite it asks for one number.
const LOOK_EVERY: Duration = Duration::from_millis(50);
const LOOK_AT_FILE_EVERY: Duration = Duration::from_millis(100);

/// How long after a failure a connection is opened anew.
const REOPEN: Duration = Duration::from_millis(500);

/// What the statement that begins to listen may take.
const STATEMENT: Duration = Duration::from_secs(5);

/// A connection of its own on which a process hears that something may have
/// been committed by itself or any other: by `NOTIFY` on PostgreSQL (see
/// [`AnyConnection::notify`]), by any commit on SQLite. A notice can be lost
/// with the connection, so whoever waits looks by itself as well from time to
/// time.
pub struct Notices {
    url: Arc<DatabaseUrl>,
    conn: Option<AnyConnection>,
    /// A thread is opening a connection: that may hang, and a wait must not.
    opening: Option<Receiver<Result<AnyConnection, String>>>,
    /// Not to be opened before.
    reopen_at: Instant,
    /// SQLite's `data_version` when it was last looked at.
    version: i64,
    bell: Arc<Bell>,
}

/// Ends the wait of a [`Notices`] from another thread; cheap to clone.
#[derive(Clone)]
pub struct Waker(Arc<Bell>);

#[derive(Default)]
struct Bell {
    has_rung: Mutex<bool>,
    rings: Condvar,
}

#[derive(QueryableByName)]
struct DataVersion {
    #[diesel(sql_type = BigInt)]
    data_version: i64,
}

impl Db {
    /// Notices of commits, on a connection of its own that is opened at the
    /// first wait and again whenever it is lost.
    #[must_use]
    pub fn notices(&self) -> Notices {
        Notices {
            url: Arc::clone(self.url()),
            conn: None,
            opening: None,
            reopen_at: Instant::now(),
            version: 0,
            bell: Arc::default(),
        }
    }
}

impl AnyConnection {
    /// Tells every [`Notices`] of every process, once this transaction has been
    /// committed. SQLite needs no telling.
    ///
    /// # Errors
    /// The database's.
    pub fn notify(&mut self) -> QueryResult<()> {
        match self {
            AnyConnection::Sqlite(_) => Ok(()),
            #[cfg(feature = "postgres")]
            AnyConnection::Postgres(conn) => conn.batch_execute("NOTIFY daybook"),
        }
    }
}

impl Notices {
    /// Blocks until something may have been committed, a [`Waker`] was used
    /// (also before the call), or this time is over. It ends as well when the
    /// connection has just been opened, since what was committed before that
    /// gave no notice; and while the database is away it only waits.
    pub fn wait(&mut self, at_most: Duration) {
        let end = Instant::now() + at_most;
        let pause = match self.url.as_ref() {
            DatabaseUrl::Sqlite(_) => LOOK_AT_FILE_EVERY,
            DatabaseUrl::Postgres(_) => LOOK_EVERY,
        };
        loop {
            if self.is_news() {
                return;
            }
            let left = end.saturating_duration_since(Instant::now());
            if self.bell.wait(left.min(pause)) || left.is_zero() {
                return;
            }
        }
    }

    /// What ends a wait from another thread.
    #[must_use]
    pub fn waker(&self) -> Waker {
        Waker(Arc::clone(&self.bell))
    }

    fn is_news(&mut self) -> bool {
        let Some(conn) = &mut self.conn else {
            return self.open();
        };
        match heard(conn, &mut self.version) {
            Ok(is_news) => is_news,
            Err(error) => {
                tracing::debug!(%error, "the connection for notices was lost");
                self.conn = None;
                self.open()
            }
        }
    }

    /// Takes over a connection that has been opened, or has one opened.
    fn open(&mut self) -> bool {
        if let Some(opening) = &self.opening {
            let result = match opening.try_recv() {
                Err(TryRecvError::Empty) => return false,
                Err(TryRecvError::Disconnected) => Err("no thread to open it".to_owned()),
                Ok(result) => result,
            };
            self.opening = None;
            return match result {
                Ok(mut conn) => {
                    let first = heard(&mut conn, &mut self.version);
                    self.conn = first.is_ok().then_some(conn);
                    self.conn.is_some()
                }
                Err(error) => {
                    tracing::debug!(error, "no connection for notices");
                    self.reopen_at = Instant::now() + REOPEN;
                    false
                }
            };
        }
        if Instant::now() >= self.reopen_at {
            let (send, receive) = channel();
            let url = Arc::clone(&self.url);
            let thread = thread::Builder::new().name("database-notices".to_owned());
            let spawned = thread.spawn(move || {
                let _ = send.send(listen(&url)); // It may have been dropped.
            });
            self.opening = spawned.ok().map(|_| receive);
            self.reopen_at = Instant::now() + REOPEN;
        }
        false
    }
}

impl Waker {
    /// Ends the wait that is under way, or else the next one.
    pub fn wake(&self) {
        *self.0.lock() = true;
        self.0.rings.notify_all();
    }
}

impl Bell {
    /// Whether it rang within this time; takes note of it.
    fn wait(&self, time: Duration) -> bool {
        let guard = self.lock();
        let waited = self.rings.wait_timeout_while(guard, time, |rung| !*rung);
        let (mut rung, _) = waited.unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *rung)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, bool> {
        self.has_rung.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn listen(url: &DatabaseUrl) -> Result<AnyConnection, String> {
    let mut conn = AnyConnection::open(url, Access::Read, STATEMENT)?;
    match &mut conn {
        AnyConnection::Sqlite(_) => {}
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(conn) => conn
            .batch_execute("LISTEN daybook")
            .map_err(|error| error.to_string())?,
    }
    Ok(conn)
}

/// Whether anything has come since the last look.
fn heard(conn: &mut AnyConnection, version: &mut i64) -> QueryResult<bool> {
    match conn {
        AnyConnection::Sqlite(conn) => {
            let found: DataVersion = diesel::sql_query("PRAGMA data_version").get_result(conn)?;
            let before = std::mem::replace(version, found.data_version);
            Ok(before != found.data_version)
        }
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(conn) => {
            let mut is_news = false;
            for notice in conn.notifications_iter() {
                notice?;
                is_news = true;
            }
            Ok(is_news)
        }
    }
}
