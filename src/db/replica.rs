//! Reads that may be a little behind, on a streaming replica.

use std::cell::Cell;
use std::sync::atomic::Ordering;

use diesel::QueryResult;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::connection::Begin;
use super::{AnyConnection, Db, DbError};

tokio::task_local! {
    /// Whether what was read within this scope lacks a change that this process
    /// has learned of: [`Db::read_public`] sets it, and a cache that finds it set
    /// must not keep what it made.
    pub static BEHIND: Cell<bool>;
}

#[derive(QueryableByName)]
struct Newest {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// The newest number in the table `changes`, 0 if it is empty.
///
/// # Errors
/// The database's.
pub fn newest_change(conn: &mut AnyConnection) -> QueryResult<i64> {
    diesel::sql_query("SELECT COALESCE(MAX(number), 0) AS number FROM changes")
        .get_result::<Newest>(conn)
        .map(|newest| newest.number)
}

impl Db {
    /// Runs queries that change nothing, all against one state of the data,
    /// which may lack what was committed a moment ago: on the replica if there
    /// is one, else as [`read`](Db::read). For what the public sees; a reader who
    /// has just sent something must find it, so receipts, forms and the desk are
    /// not read here.
    ///
    /// A replica that lacks a change which this process has learned of is passed
    /// over, and so is one that is away. Where the primary is away too, the older
    /// state is better than none; then [`BEHIND`] is set.
    ///
    /// # Errors
    /// Neither is available, or a query failed.
    pub async fn read_public<T, F>(&self, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> QueryResult<T> + Clone + Send + 'static,
    {
        let Some(replica) = &self.replica else {
            return self.read(work).await;
        };
        let required = self.required_change.load(Ordering::Acquire);
        let first = work.clone();
        let fresh = move |conn: &mut AnyConnection| {
            if required > 0 && newest_change(conn)? < required {
                return Ok(None);
            }
            first(conn).map(Some)
        };
        let is_behind = match replica.run(Begin::Snapshot, fresh).await {
            Ok(Some(value)) => return Ok(value),
            Ok(None) => true,
            Err(DbError::Unavailable(reason)) => {
                tracing::debug!(reason, "the replica is not available");
                false
            }
            Err(error) => return Err(error),
        };
        let last = work.clone();
        match self.read(work).await {
            Err(DbError::Unavailable(reason)) if is_behind => {
                tracing::debug!(reason, "the replica is behind, and the primary is away");
                let value = replica.run(Begin::Snapshot, last).await?;
                // Outside such a scope nobody wants to know.
                let _ = BEHIND.try_with(|behind| behind.set(true));
                Ok(value)
            }
            result => result,
        }
    }
}
