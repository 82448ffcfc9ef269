//! Who of several instances does what one alone should do.
//!
//! Tables: leases, on PostgreSQL. A SQLite file is served by processes of one
//! machine, so there a lease is a locked file beside it, which the system lets
//! go of when its process dies, however it dies. A lease makes work cheaper, not right: what it covers must
//! also be right when two do it at once, because an instance that was stopped
//! for a while believes in its lease for a moment too long.

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use data_encoding::HEXLOWER;
use diesel::prelude::*;

use super::connection::Access;
use super::{AnyConnection, Db, DbError};
use crate::config::DatabaseUrl;

/// How long a lease holds without being renewed, on PostgreSQL.
pub const LIFE: Duration = Duration::from_secs(15);

/// How often it is renewed.
const RENEW_EVERY: Duration = Duration::from_secs(4);

/// How much sooner its holder gives up believing in it than others may take it.
const MARGIN: Duration = Duration::from_secs(3);

/// How long a stop waits for the leases to be given back. They end by
/// themselves where the database does not answer.
const FAREWELL: Duration = Duration::from_secs(2);

/// What one statement about a lease may take.
const STATEMENT: Duration = Duration::from_secs(2);

/// A thing that one instance at a time does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// Importing the content folder by itself, and making renditions after it.
    Import,
    /// Sending what lies in the outbox.
    Mail,
    /// Erasing what is no longer needed, asking addresses, alerting editors.
    Sweep,
}

/// The leases that this process tries to hold, renewed by a thread of its own
/// until [`stop`](Leases::stop).
pub struct Leases {
    held: Held,
    stop: Sender<Sender<()>>,
}

/// Whether this process holds the lease of one duty at this moment; cheap to
/// clone and to ask.
#[derive(Clone)]
pub struct Lease {
    duty: Duty,
    held: Option<Held>,
}

/// Until when this process believes in each of its leases.
type Held = Arc<Mutex<BTreeMap<Duty, Instant>>>;

impl Duty {
    /// Its name in the table.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Duty::Import => "import",
            Duty::Mail => "mail",
            Duty::Sweep => "sweep",
        }
    }
}

impl Lease {
    /// One that always holds: for a process that knows it is alone, as tests do.
    #[must_use]
    pub fn always(duty: Duty) -> Lease {
        Lease { duty, held: None }
    }

    /// Whether the duty is this process's now.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.held.as_ref().is_none_or(|held| {
            let held = held.lock().unwrap_or_else(PoisonError::into_inner);
            held.get(&self.duty)
                .is_some_and(|end| Instant::now() < *end)
        })
    }
}

impl Leases {
    /// Tries to take the leases of these duties at once, and goes on trying and
    /// renewing beside the caller. Blocks for the first try.
    #[must_use]
    pub fn start(db: &Db, duties: &[Duty]) -> Leases {
        let held = Held::default();
        let (stop, stopped) = channel();
        let mut keeper = Keeper {
            db: db.clone(),
            conn: None,
            files: BTreeMap::new(),
            holder: HEXLOWER.encode(&rand::random::<[u8; 16]>()),
            duties: duties.to_vec(),
            held: Arc::clone(&held),
        };
        keeper.round();
        let thread = thread::Builder::new().name("leases".to_owned());
        let spawned = thread.spawn(move || keeper.run(&stopped));
        if let Err(error) = spawned {
            tracing::error!("no thread to renew leases: {error}");
        }
        Leases { held, stop }
    }

    /// To be asked whether a duty is this process's.
    #[must_use]
    pub fn of(&self, duty: Duty) -> Lease {
        Lease {
            duty,
            held: Some(Arc::clone(&self.held)),
        }
    }

    /// Gives the leases back, so that another instance takes over at once.
    /// To be called when the work that they cover has ended.
    pub fn stop(self) {
        let (done, ended) = channel();
        if self.stop.send(done).is_ok() {
            // Where the database does not answer, they end by themselves.
            let _ = ended.recv_timeout(FAREWELL);
        }
    }
}

struct Keeper {
    db: Db,
    conn: Option<AnyConnection>,
    /// On SQLite: what is locked for each lease that is held.
    files: BTreeMap<Duty, File>,
    /// A random id of this process.
    holder: String,
    duties: Vec<Duty>,
    held: Held,
}

impl Keeper {
    fn run(&mut self, stopped: &std::sync::mpsc::Receiver<Sender<()>>) {
        loop {
            // A lease that another holds is asked for more often, because it
            // may be given back.
            let holds_all = {
                let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
                held.len() == self.duties.len()
            };
            let pause = if holds_all {
                RENEW_EVERY
            } else {
                RENEW_EVERY / 4
            };
            match stopped.recv_timeout(pause) {
                Err(RecvTimeoutError::Timeout) => self.round(),
                Err(RecvTimeoutError::Disconnected) => {
                    self.give_back();
                    return;
                }
                Ok(done) => {
                    self.give_back();
                    let _ = done.send(()); // Nobody may wait any more.
                    return;
                }
            }
        }
    }

    /// Takes or renews each lease.
    fn round(&mut self) {
        for duty in self.duties.clone() {
            let began = Instant::now();
            let taken = self.take(duty);
            let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            let was_held = held.contains_key(&duty);
            match taken {
                Ok(true) => {
                    held.insert(duty, began + LIFE - MARGIN);
                    if !was_held {
                        tracing::debug!(duty = duty.as_str(), "took a lease");
                    }
                }
                Ok(false) => {
                    held.remove(&duty);
                    if was_held {
                        tracing::info!(duty = duty.as_str(), "another instance has taken over");
                    }
                }
                // It holds as long as it does; others cannot take it without
                // the database either.
                Err(error) => tracing::debug!(duty = duty.as_str(), %error, "a lease waits"),
            }
        }
    }

    fn take(&mut self, duty: Duty) -> Result<bool, DbError> {
        let url = Arc::clone(self.db.url());
        let DatabaseUrl::Sqlite(path) = url.as_ref() else {
            let holder = self.holder.clone();
            return self.connected(|conn| take(conn, duty, &holder));
        };
        if self.files.contains_key(&duty) {
            return Ok(true);
        }
        let locked = lock(path, duty).map_err(|error| DbError::Unavailable(error.to_string()))?;
        Ok(locked.is_some_and(|file| self.files.insert(duty, file).is_none()))
    }

    fn give_back(&mut self) {
        self.files.clear();
        let duties = {
            let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *held)
        };
        if !self.db.url().is_postgres() {
            return;
        }
        let holder = self.holder.clone();
        for duty in duties.into_keys() {
            if let Err(error) = self.connected(|conn| give_back(conn, duty, &holder)) {
                tracing::debug!(duty = duty.as_str(), %error, "a lease was not given back");
                return;
            }
        }
    }

    fn connected<T>(
        &mut self,
        work: impl FnOnce(&mut AnyConnection) -> QueryResult<T>,
    ) -> Result<T, DbError> {
        let mut conn = match self.conn.take() {
            Some(conn) => conn,
            None => AnyConnection::open(self.db.url(), Access::Write, STATEMENT)
                .map_err(DbError::Unavailable)?,
        };
        let result = work(&mut conn)?;
        // After an error it is opened anew.
        self.conn = Some(conn);
        Ok(result)
    }
}

/// Locks the file of a lease beside the database; `None` if another process
/// has. Where the file system knows no locks, a process takes itself for alone.
fn lock(database: &Path, duty: Duty) -> io::Result<Option<File>> {
    let mut name = database.as_os_str().to_owned();
    name.push(format!(".{}.lock", duty.as_str()));
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(name)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => {
            tracing::debug!(%error, "files cannot be locked here");
            Ok(Some(file))
        }
    }
}

/// Takes the lease, or renews it; false if another holds it.
fn take(conn: &mut AnyConnection, duty: Duty, holder: &str) -> QueryResult<bool> {
    match conn {
        // Such a lease is a locked file, and none of this one's doing.
        AnyConnection::Sqlite(_) => {
            let _ = (duty, holder);
            Ok(true)
        }
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(conn) => {
            super::server::take_lease(conn, duty.as_str(), holder, LIFE)
        }
    }
}

/// Gives it back, in one statement.
fn give_back(conn: &mut AnyConnection, duty: Duty, holder: &str) -> QueryResult<()> {
    use super::schema::leases;
    diesel::delete(leases::table)
        .filter(leases::name.eq(duty.as_str()))
        .filter(leases::holder.eq(holder))
        .execute(conn)
        .map(|_| ())
}
