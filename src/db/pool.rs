//! A few open connections, shared by requests.
//!
//! `deadpool-sync` runs each closure on a blocking thread to its end even when
//! the request that asked for it has gone away, so that a transaction is never
//! left half done.

use std::sync::Arc;
use std::time::Duration;

use deadpool::Runtime;
use deadpool::managed::{self, Metrics, PoolConfig, RecycleError, Timeouts};
use deadpool_sync::{InteractError, SyncWrapper};
use diesel::QueryResult;

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
        match conn.interact(work).await {
            Ok(result) => Ok(result?),
            Err(InteractError::Panic(_)) => Err(DbError::Unavailable(
                "a query panicked; its connection is closed".to_owned(),
            )),
            Err(InteractError::Cancelled) => Err(DbError::Unavailable(
                "a query was cancelled while the server stops".to_owned(),
            )),
        }
    }
}

impl managed::Manager for Opener {
    type Type = SyncWrapper<AnyConnection>;
    type Error = String;

    async fn create(&self) -> Result<Self::Type, Self::Error> {
        let url = Arc::clone(&self.url);
        let access = self.access;
        SyncWrapper::new(Runtime::Tokio1, move || AnyConnection::open(&url, access)).await
    }

    async fn recycle(
        &self,
        conn: &mut Self::Type,
        _: &Metrics,
    ) -> managed::RecycleResult<Self::Error> {
        if conn.is_mutex_poisoned() {
            return Err(RecycleError::message("a query panicked on it"));
        }
        match conn.interact(AnyConnection::is_usable).await {
            Ok(true) => Ok(()),
            _ => Err(RecycleError::message("it no longer answers")),
        }
    }
}
