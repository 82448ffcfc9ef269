//! A few open connections, shared by requests.
//!
//! Each closure runs on a blocking thread to its end even when the request that
//! asked for it has gone away, so that a transaction is never left half done.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use deadpool::Runtime;
use deadpool::managed::{self, Metrics, PoolConfig, RecycleError, Timeouts};
use diesel::QueryResult;
use tokio::task::{JoinError, spawn_blocking};

use super::{AnyConnection, DbError};
use crate::config::DatabaseUrl;

/// What a connection may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Only look.
    Read,
    /// Look and change.
    Write,
}

#[derive(Clone)]
pub(super) struct Pool(managed::Pool<Opener>);

struct Opener {
    url: Arc<DatabaseUrl>,
    access: Access,
}

/// A connection for work that blocks. It is closed by whoever holds it last,
/// on that thread: when the server stops, this may be one whose runtime has
/// gone, so closing must not ask for one (`deadpool-sync` does, and panics).
struct Shared(Arc<Mutex<AnyConnection>>);

impl Pool {
    pub(super) fn new(
        url: &Arc<DatabaseUrl>,
        access: Access,
        size: usize,
        wait: Duration,
    ) -> anyhow::Result<Pool> {
        let opener = Opener {
            url: Arc::clone(url),
            access,
        };
        let mut config = PoolConfig::new(size);
        config.timeouts = Timeouts {
            wait: Some(wait),
            create: Some(Duration::from_secs(10)),
            recycle: Some(Duration::from_secs(5)),
        };
        let pool = managed::Pool::builder(opener)
            .config(config)
            .runtime(Runtime::Tokio1)
            .build()?;
        Ok(Pool(pool))
    }

    /// Closes what is open and opens no more.
    pub(super) fn close(&self) {
        self.0.close();
    }

    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> QueryResult<T> + Send + 'static,
    {
        let conn = self
            .0
            .get()
            .await
            .map_err(|error| DbError::Unavailable(error.to_string()))?;
        match conn.run(work).await {
            Ok(result) => Ok(result?),
            Err(error) if error.is_panic() => Err(DbError::Unavailable(
                "a query panicked; its connection is closed".to_owned(),
            )),
            Err(_) => Err(DbError::Unavailable(
                "a query was cancelled while the server stops".to_owned(),
            )),
        }
    }
}

impl Shared {
    async fn run<T, F>(&self, work: F) -> Result<T, JoinError>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> T + Send + 'static,
    {
        let conn = Arc::clone(&self.0);
        // One that a query panicked on is not handed out again.
        spawn_blocking(move || work(&mut conn.lock().unwrap_or_else(PoisonError::into_inner))).await
    }
}

impl managed::Manager for Opener {
    type Type = Shared;
    type Error = String;

    async fn create(&self) -> Result<Self::Type, Self::Error> {
        let url = Arc::clone(&self.url);
        let access = self.access;
        let conn = spawn_blocking(move || AnyConnection::open(&url, access)).await;
        let conn = conn.map_err(|error| error.to_string())??;
        Ok(Shared(Arc::new(Mutex::new(conn))))
    }

    async fn recycle(
        &self,
        conn: &mut Self::Type,
        _: &Metrics,
    ) -> managed::RecycleResult<Self::Error> {
        if conn.0.is_poisoned() {
            return Err(RecycleError::message("a query panicked on it"));
        }
        match conn.run(AnyConnection::is_usable).await {
            Ok(true) => Ok(()),
            _ => Err(RecycleError::message("it no longer answers")),
        }
    }
}
