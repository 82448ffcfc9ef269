//! The database: SQLite always, PostgreSQL behind the feature `postgres`,
//! chosen by the scheme of the URL and never by trying.
//!
//! Work goes in as a closure that runs on a thread of its own and in one
//! transaction: [`Db::read`] sees one state of the data from its first query
//! to its last, [`Db::write`] is durable when it returns.

mod connection;
pub mod migrate;
mod pool;
pub mod schema;

use std::sync::Arc;
use std::time::Duration;

use diesel::QueryResult;
use diesel::result::Error as QueryError;

pub use connection::AnyConnection;
use pool::{Access, Pool};

use crate::config::DatabaseUrl;
use crate::error::AppError;

/// How long a request waits for a connection before it is told to come back.
const WAIT: Duration = Duration::from_secs(2);

/// A handle on the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    url: Arc<DatabaseUrl>,
    readers: Pool,
    writer: Pool,
}

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

impl Db {
    /// Prepares the pools; connections are opened when they are first needed.
    ///
    /// # Errors
    /// A PostgreSQL URL in a program that was built without PostgreSQL.
    pub fn open(url: &DatabaseUrl) -> anyhow::Result<Db> {
        let url = Arc::new(url.clone());
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let (readers, writer) = match url.as_ref() {
            DatabaseUrl::Sqlite(_) => (
                Pool::new(&url, Access::Read, cores * 2, WAIT)?,
                Pool::new(&url, Access::Write, 1, WAIT)?,
            ),
            DatabaseUrl::Postgres(_) => {
                let both = Pool::new(&url, Access::Write, cores * 2, WAIT)?;
                (both.clone(), both)
            }
        };
        Ok(Db {
            url,
            readers,
            writer,
        })
    }

    /// One connection outside the pools, for work on a thread that is not a
    /// request's: ingest, migrations, the command line.
    ///
    /// # Errors
    /// The database cannot be opened.
    pub fn connect(&self) -> Result<AnyConnection, DbError> {
        AnyConnection::open(&self.url, Access::Write).map_err(DbError::Unavailable)
    }

    /// Closes the connections. A server does so when it has stopped and its
    /// runtime still lives: later, where the last handle happens to go, a
    /// connection could no longer be closed on a blocking thread.
    pub fn close(&self) {
        self.readers.close();
        self.writer.close();
    }

    /// Runs queries that change nothing, all against one state of the data.
    ///
    /// # Errors
    /// The database is not available, or a query failed.
    pub async fn read<T, F>(&self, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> QueryResult<T> + Send + 'static,
    {
        self.readers.run(|conn| conn.snapshot(work)).await
    }

    /// Runs queries in one transaction that is durable on return.
    ///
    /// # Errors
    /// The database is not available, or a query failed; then nothing of the
    /// transaction remains.
    pub async fn write<T, F>(&self, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> QueryResult<T> + Send + 'static,
    {
        self.writer.run(|conn| conn.change(work)).await
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
