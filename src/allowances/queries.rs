//! The table `allowances`.

use std::collections::HashMap;
use std::fmt::Write as _;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::{Full, Rate, Trace};
use crate::db::AnyConnection;
use crate::db::schema::allowances;

/// So many rows go into one statement.
const ROWS: usize = 500;

#[derive(QueryableByName)]
struct Total {
    #[diesel(sql_type = Text)]
    who: String,
    #[diesel(sql_type = BigInt)]
    whole_at: i64,
}

/// Uses one of each allowance at `now` (epoch milliseconds); or, if one of them
/// is used up, uses none and tells the first such. Counts exactly, because
/// changes come one at a time.
///
/// # Errors
/// The database's.
pub fn take(
    conn: &mut AnyConnection,
    wanted: &[(Trace, Rate)],
    now: i64,
) -> QueryResult<Result<(), Full>> {
    let mut found = Vec::new();
    for (which, (trace, rate)) in wanted.iter().enumerate() {
        let whole_at = whole_at(conn, trace)?;
        if let Some(wait_ms) = rate.wait(whole_at, now) {
            return Ok(Err(Full { which, wait_ms }));
        }
        found.push(rate.after_one(whole_at, now));
    }
    for ((trace, _), whole_at) in wanted.iter().zip(found) {
        note(conn, trace, whole_at)?;
    }
    Ok(Ok(()))
}

/// When an allowance is whole again, in epoch milliseconds; a moment that has
/// passed, or 0, says that it is.
///
/// # Errors
/// The database's.
pub fn whole_at(conn: &mut AnyConnection, trace: &Trace) -> QueryResult<i64> {
    let found: Option<i64> = allowances::table
        .find(&trace.0)
        .select(allowances::whole_at)
        .first(conn)
        .optional()?;
    Ok(found.unwrap_or(0))
}

/// Notes when an allowance is whole again, in epoch milliseconds.
///
/// # Errors
/// The database's.
pub fn note(conn: &mut AnyConnection, trace: &Trace, whole_at: i64) -> QueryResult<()> {
    let changed = diesel::update(allowances::table.find(&trace.0))
        .set(allowances::whole_at.eq(whole_at))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(allowances::table)
            .values((
                allowances::who.eq(&trace.0),
                allowances::whole_at.eq(whole_at),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Adds what was used elsewhere already, each use as the milliseconds in which
/// it grows back, and gives when each of these allowances is whole again, with
/// what others have used.
///
/// # Errors
/// The database's; then nothing of it is counted.
pub fn add(
    conn: &mut AnyConnection,
    used: &[(Trace, i64)],
    now: i64,
) -> QueryResult<HashMap<Trace, i64>> {
    let mut totals = HashMap::with_capacity(used.len());
    for rows in used.chunks(ROWS) {
        let values = rows
            .iter()
            .fold(String::new(), |mut values, (trace, milliseconds)| {
                let comma = if values.is_empty() { "" } else { ", " };
                // A trace is hexadecimal digits, and the rest is a number.
                let whole_at = now.saturating_add(*milliseconds);
                let _ = write!(values, "{comma}('{}', {whole_at})", trace.0);
                values
            });
        // Both engines know this statement, but Diesel writes it only for one
        // engine that it knows by name.
        let statement = format!(
            "INSERT INTO allowances (who, whole_at) VALUES {values} \
             ON CONFLICT (who) DO UPDATE SET whole_at = excluded.whole_at + \
             CASE WHEN allowances.whole_at > {now} THEN allowances.whole_at - {now} ELSE 0 END \
             RETURNING who, whole_at"
        );
        let rows: Vec<Total> = diesel::sql_query(statement).load(conn)?;
        totals.extend(rows.into_iter().map(|row| (Trace(row.who), row.whole_at)));
    }
    Ok(totals)
}

/// Takes out what means nothing any more at `now` (epoch milliseconds), and
/// gives how many rows that were.
///
/// # Errors
/// The database's.
pub fn sweep(conn: &mut AnyConnection, now: i64) -> QueryResult<usize> {
    diesel::delete(allowances::table.filter(allowances::whole_at.le(now))).execute(conn)
}
