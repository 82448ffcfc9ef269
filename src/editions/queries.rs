//! The table `changes`.

use diesel::prelude::*;

use super::Change;
use crate::db::AnyConnection;
use crate::db::schema::changes;

/// How many rows are kept. An instance that has missed more drops everything.
const KEPT_ROWS: i64 = 1_000;

/// Writes down what has changed, in the transaction that changes it; near its
/// end, because others who want to do the same wait until that transaction
/// ends. Returns the number of the change.
///
/// # Errors
/// The database's.
pub fn append(conn: &mut AnyConnection, change: &Change, now: i64) -> QueryResult<i64> {
    conn.join_changes()?;
    let number = newest(conn)? + 1;
    diesel::insert_into(changes::table)
        .values((
            changes::number.eq(number),
            changes::made_at.eq(now),
            changes::tags.eq(change.to_text()),
        ))
        .execute(conn)?;
    diesel::delete(changes::table.filter(changes::number.le(number - KEPT_ROWS))).execute(conn)?;
    conn.notify()?;
    Ok(number)
}

/// The number of the newest change; 0 before there is any.
///
/// # Errors
/// The database's.
pub fn newest(conn: &mut AnyConnection) -> QueryResult<i64> {
    changes::table
        .select(changes::number)
        .order(changes::number.desc())
        .first(conn)
        .optional()
        .map(Option::unwrap_or_default)
}

/// All changes after a number that are still kept, the oldest first.
pub(super) fn after(conn: &mut AnyConnection, number: i64) -> QueryResult<Vec<(i64, Change)>> {
    let rows: Vec<(i64, String)> = changes::table
        .select((changes::number, changes::tags))
        .filter(changes::number.gt(number))
        .order(changes::number)
        .load(conn)?;
    let changes = rows
        .into_iter()
        .map(|(number, tags)| (number, Change::from_text(&tags)));
    Ok(changes.collect())
}
