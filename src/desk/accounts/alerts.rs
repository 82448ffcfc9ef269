//! Mail to editors when reports have arrived: how many cases wait, at most once
//! an hour for each editor.

use std::time::Duration;

use diesel::QueryResult;

use super::letters;
use super::queries::{self, waiting};
use crate::db::{AnyConnection, Db, Lease};
use crate::desk::gate;
use crate::mail::Letterhead;

/// The least time between two of these mails to one editor.
const EVERY_MS: i64 = 60 * 60 * 1_000;
/// How often it is looked whether there is something to tell.
const LOOK_EVERY: Duration = Duration::from_secs(3 * 60);

/// Queues a mail for each editor who wants one, was not sent one within the
/// hour before `now` (epoch milliseconds), and has a new case to hear of. Gives
/// their number.
///
/// # Errors
/// The database's.
pub fn alert(conn: &mut AnyConnection, now: i64, head: &Letterhead) -> QueryResult<usize> {
    let mut told = 0;
    for editor in waiting::to_be_told(conn, now - EVERY_MS)? {
        let counts = waiting::cases_since(conn, editor.alerted_at)?;
        if counts.1 > 0 {
            letters::digest(conn, head, &editor, counts, now)?;
            queries::alerted(conn, &editor.id, now)?;
            told += 1;
        }
    }
    Ok(told)
}

/// Does so every few minutes until it is dropped, while the lease holds; runs
/// beside the server.
pub async fn keep_alerting(db: Db, head: Letterhead, lease: Lease) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        if !lease.holds() {
            continue;
        }
        let head = head.clone();
        let told = db.write(move |conn| alert(conn, gate::now(), &head)).await;
        if let Err(error) = told {
            tracing::warn!(%error, "editors could not be told of reports; tried again in minutes");
        }
    }
}
