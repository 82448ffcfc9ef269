//! The table `login_failures`.

use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::db::schema::login_failures::{self, failures, since, wait_until, who};
use crate::desk::accounts::DAY_MS;
use crate::desk::accounts::throttle::Count;

/// Counts a guess for each trace; `Some` is until when to wait instead.
pub(in crate::desk::accounts) fn take(
    conn: &mut AnyConnection,
    traces: &[String],
    now: i64,
) -> QueryResult<Option<i64>> {
    forget_old(conn, now)?;
    let mut counts = Vec::new();
    for trace in traces {
        let row = login_failures::table.filter(who.eq(trace));
        // Locks the row, so that guesses at the same moment are counted one
        // after another.
        diesel::update(row)
            .set(failures.eq(failures))
            .execute(conn)?;
        let found: Option<(i64, i64, i64)> = row
            .select((failures, since, wait_until))
            .first(conn)
            .optional()?;
        counts.push(found.map(|(count, began, until)| Count {
            failures: count,
            since: began,
            wait_until: until,
        }));
    }
    let longest = counts
        .iter()
        .flatten()
        .filter_map(|count| count.waits(now))
        .max();
    if longest.is_some() {
        return Ok(longest);
    }
    for (trace, known) in traces.iter().zip(counts) {
        let count = known.unwrap_or(Count::new(now)).one_more(now);
        let values = (
            failures.eq(count.failures),
            since.eq(count.since),
            wait_until.eq(count.wait_until),
        );
        if known.is_some() {
            let row = login_failures::table.filter(who.eq(trace));
            diesel::update(row).set(values).execute(conn)?;
        } else {
            diesel::insert_into(login_failures::table)
                .values((who.eq(trace), values))
                .execute(conn)?;
        }
    }
    Ok(None)
}

/// Forgets what was counted: the last guess was right.
pub(in crate::desk::accounts) fn clear(
    conn: &mut AnyConnection,
    traces: &[String],
) -> QueryResult<()> {
    diesel::delete(login_failures::table.filter(who.eq_any(traces))).execute(conn)?;
    Ok(())
}

fn forget_old(conn: &mut AnyConnection, now: i64) -> QueryResult<()> {
    let old = login_failures::table
        .filter(since.lt(now - DAY_MS))
        .filter(wait_until.lt(now));
    diesel::delete(old).execute(conn)?;
    Ok(())
}
