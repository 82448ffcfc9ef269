//! Of the table `cases`, how many wait for an editor.

use diesel::prelude::*;

use super::Row;
use crate::db::AnyConnection;
use crate::db::schema::{cases, editors};

/// The states in which a case waits for a decision.
const WAITING: [&str; 2] = ["checking", "reopened"];

/// How many cases wait, and how many of them are new since a moment.
pub(in crate::desk::accounts) fn cases_since(
    conn: &mut AnyConnection,
    since: i64,
) -> QueryResult<(i64, i64)> {
    let waiting = || cases::table.filter(cases::state.eq_any(WAITING));
    let all = waiting().count().get_result(conn)?;
    let new = waiting()
        .filter(cases::changed_at.gt(since))
        .count()
        .get_result(conn)?;
    Ok((all, new))
}

/// The editors who want to be told of reports, can sign in, and were not told
/// since a moment.
pub(in crate::desk::accounts) fn to_be_told(
    conn: &mut AnyConnection,
    since: i64,
) -> QueryResult<Vec<Row>> {
    editors::table
        .filter(editors::alerts.eq(true))
        .filter(editors::disabled_at.is_null())
        .filter(editors::password.ne(""))
        .filter(editors::alerted_at.le(since))
        .order(editors::id)
        .select(Row::as_select())
        .load(conn)
}
