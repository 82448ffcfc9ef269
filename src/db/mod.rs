//! The database: SQLite always, PostgreSQL behind the feature `postgres`,
//! chosen by the scheme of the URL and never by trying.
//!
//! Work goes in as a closure that runs on a thread of its own and in one
//! transaction: [`Db::read`] sees one state of the data from its first query
//! to its last, [`Db::read_public`] the same, perhaps on a replica that is a
//! little behind, and [`Db::write`] is durable when it returns. None of them
//! waits for a server that is away.

mod connection;
mod leases;
pub mod migrate;
mod notices;
mod pool;
mod pulse;
mod replica;
pub mod schema;
#[cfg(feature = "postgres")]
mod server;

use std::sync::atomic::AtomicI64;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::bail;
use diesel::QueryResult;
use diesel::result::Error as QueryError;

pub use connection::AnyConnection;
pub use leases::{Duty, LIFE as LEASE_LIFE, Lease, Leases};
pub use notices::{Notices, Waker};
pub use replica::{BEHIND, newest_change};

use connection::{Access, Begin};
use pool::{Pool, Terms, patience};

use crate::config::{Config, DATABASE_STATEMENT, DatabaseUrl};
use crate::error::AppError;

/// A handle on the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    url: Arc<DatabaseUrl>,
    readers: Pool,
    writer: Pool,
    after_writing: Arc<OnceLock<AfterWriting>>,
    /// Where reads go that may be a little behind.
    replica: Option<Pool>,
    required_change: Arc<AtomicI64>,
}

/// What is done on the connection of a change after it was committed.
type AfterWriting = Box<dyn Fn(&mut AnyConnection) + Send + Sync>;

/// Why a closure over the database has no result.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// Locked, full, read-only or away: it may work later.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The query failed for a reason of its own.
    #[error("the database refused a query: {0}")]
    Query(#[source] QueryError),
}

/// What a pool of connections has to say of itself, at one moment. The counts
/// begin with the process and only grow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolStats {
    /// `readers` and `writer` (SQLite), `primary` (PostgreSQL), or `replica`.
    pub name: &'static str,
    /// How many connections it opens at most.
    pub size: usize,
    /// How many are working for a request now.
    pub in_use: usize,
    /// How many requests wait for one now.
    pub waiting: usize,
    /// How often one was asked for, also in vain.
    pub taken: u64,
    /// How long all requests together have waited for one.
    pub waited: Duration,
    /// How often none became free in time, and the request was told to come
    /// back.
    pub time_outs: u64,
    /// How many connections were given up on and still wait for their server;
    /// each is a thread. At twice `size` no more are tried.
    pub hanging: usize,
    /// Whether the server counts as away; then requests are refused at once,
    /// until a new connection is answered. Never so on SQLite.
    pub is_away: bool,
}

/// How long a command waits for a connection. Nobody has asked it for a page.
const TOOL_WAIT: Duration = Duration::from_secs(10);

impl Db {
    /// Prepares the pools as they are where nothing is set; connections are
    /// opened when they are first needed.
    ///
    /// # Errors
    /// A PostgreSQL URL in a program that was built without PostgreSQL.
    pub fn open(url: &DatabaseUrl) -> anyhow::Result<Db> {
        Db::with(url, None, None, (TOOL_WAIT, DATABASE_STATEMENT))
    }

    /// As [`open`](Db::open), with the pools and the replica of the settings:
    /// for a server.
    ///
    /// # Errors
    /// As [`open`](Db::open), and where the replica is of another kind.
    pub fn of(config: &Config) -> anyhow::Result<Db> {
        Db::with(
            &config.database_url,
            config.database_reader_url.as_ref(),
            config.database_connections,
            (config.database_wait, config.database_statement),
        )
    }

    fn with(
        url: &DatabaseUrl,
        replica: Option<&DatabaseUrl>,
        connections: Option<usize>,
        (wait, statement): (Duration, Duration),
    ) -> anyhow::Result<Db> {
        let url = Arc::new(url.clone());
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let terms = |name, access| Terms {
            name,
            access,
            size: connections.unwrap_or(cores * 2),
            wait,
            statement,
            patience: patience(wait),
        };
        let (readers, writer) = match url.as_ref() {
            DatabaseUrl::Sqlite(_) => {
                let one = Terms {
                    size: 1,
                    ..terms("writer", Access::Write)
                };
                (
                    Pool::new(&url, terms("readers", Access::Read))?,
                    Pool::new(&url, one)?,
                )
            }
            DatabaseUrl::Postgres(_) => {
                let both = Pool::new(&url, terms("primary", Access::Write))?;
                (both.clone(), both)
            }
        };
        let replica = match replica {
            None => None,
            Some(replica) if replica.is_postgres() != url.is_postgres() => bail!(
                "the replica {replica} is not of the kind of the database {url}; set \
                 DAYBOOK_DATABASE_READER_URL to a copy of that database, or not at all"
            ),
            Some(replica) => {
                let terms = terms("replica", Access::Read);
                let patience = terms.patience / 3;
                Some(Pool::new(
                    &Arc::new(replica.clone()),
                    Terms {
                        // The primary is asked after it.
                        patience,
                        wait: patience.max(wait / 4),
                        ..terms
                    },
                )?)
            }
        };
        Ok(Db {
            url,
            readers,
            writer,
            after_writing: Arc::default(),
            replica,
            required_change: Arc::default(),
        })
    }

    /// One connection outside the pools, for work on a thread that is not a
    /// request's: ingest, migrations, the command line. It may block for as
    /// long as the server lets it.
    ///
    /// # Errors
    /// The database cannot be opened.
    pub fn connect(&self) -> Result<AnyConnection, DbError> {
        AnyConnection::open(&self.url, Access::Work, DATABASE_STATEMENT)
            .map_err(DbError::Unavailable)
    }

    /// Closes the connections. A server does so when it has stopped and its
    /// runtime still lives: later, where the last handle happens to go, a
    /// connection could no longer be closed on a blocking thread.
    pub fn close(&self) {
        self.readers.close();
        self.writer.close();
        if let Some(replica) = &self.replica {
            replica.close();
        }
    }

    /// Runs queries that change nothing, all against one state of the data: the
    /// newest that anybody was told of.
    ///
    /// # Errors
    /// The database is not available, or a query failed.
    pub async fn read<T, F>(&self, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> QueryResult<T> + Send + 'static,
    {
        self.readers.run(Begin::Snapshot, work).await
    }

    /// Runs queries in one transaction that is durable on return.
    ///
    /// # Errors
    /// The database is not available, or a query failed; then nothing of the
    /// transaction remains. Where the connection was lost at its very end, or
    /// nobody waited for it any more, it may have been committed all the same.
    pub async fn write<T, F>(&self, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> QueryResult<T> + Send + 'static,
    {
        let result = self.writer.run(Begin::Change, work).await?;
        if self.after_writing.get().is_some() {
            let after = Arc::clone(&self.after_writing);
            let follow = move |conn: &mut AnyConnection| {
                if let Some(after) = after.get() {
                    after(conn);
                }
                Ok(())
            };
            // Who fails here hears of it by the next notice.
            let _ = self.readers.run(Begin::Snapshot, follow).await;
        }
        Ok(result)
    }

    /// Says what is to be done after each change of this process, once it is
    /// committed and before [`Self::write`] returns. Only the first call counts.
    pub fn after_writing(&self, work: impl Fn(&mut AnyConnection) + Send + Sync + 'static) {
        let _ = self.after_writing.set(Box::new(work));
    }

    /// Does what follows a change for one that was committed on a connection of
    /// one's own.
    pub fn wrote(&self, conn: &mut AnyConnection) {
        if let Some(after) = self.after_writing.get() {
            after(conn);
        }
    }

    /// What the pools have to say of themselves: one on PostgreSQL, readers and
    /// writer on SQLite, and the replica's where there is one.
    #[must_use]
    pub fn stats(&self) -> Vec<PoolStats> {
        let mut all = vec![self.readers.stats()];
        if !self.url.is_postgres() {
            all.push(self.writer.stats());
        }
        all.extend(self.replica.as_ref().map(Pool::stats));
        all
    }

    /// The highest number in the table `changes` that this process has learned
    /// of; 0 if none. Whoever learns of a higher one puts it there, and
    /// [`read_public`](Db::read_public) answers from no state without it if it
    /// can help it.
    #[must_use]
    pub fn required_change(&self) -> Arc<AtomicI64> {
        Arc::clone(&self.required_change)
    }

    fn url(&self) -> &Arc<DatabaseUrl> {
        &self.url
    }
}

impl From<QueryError> for DbError {
    fn from(error: QueryError) -> Self {
        if connection::is_passing(&error) {
            DbError::Unavailable(error.to_string())
        } else {
            DbError::Query(error)
        }
    }
}

impl From<DbError> for AppError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(reason) => {
                tracing::warn!(reason, "database not available");
                AppError::Unavailable { retry_after: 5 }
            }
            DbError::Query(error) => AppError::Internal(error.into()),
        }
    }
}
