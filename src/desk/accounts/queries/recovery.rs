//! The table `recovery_codes`.

use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::db::schema::recovery_codes;

/// Puts new codes, by their traces, in the place of all that there were.
pub(in crate::desk::accounts) fn replace(
    conn: &mut AnyConnection,
    editor: &str,
    traces: &[String],
) -> QueryResult<()> {
    let old = recovery_codes::table.filter(recovery_codes::editor.eq(editor));
    diesel::delete(old).execute(conn)?;
    for trace in traces {
        diesel::insert_into(recovery_codes::table)
            .values((
                recovery_codes::hash.eq(trace),
                recovery_codes::editor.eq(editor),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Uses a code; false if there is none, or it was used before.
pub(in crate::desk::accounts) fn take(
    conn: &mut AnyConnection,
    editor: &str,
    trace: &str,
    now: i64,
) -> QueryResult<bool> {
    let code = recovery_codes::table
        .filter(recovery_codes::hash.eq(trace))
        .filter(recovery_codes::editor.eq(editor))
        .filter(recovery_codes::used_at.is_null());
    let used = diesel::update(code)
        .set(recovery_codes::used_at.eq(Some(now)))
        .execute(conn)?;
    Ok(used == 1)
}

/// How many codes can still be used.
pub(in crate::desk::accounts) fn left(conn: &mut AnyConnection, editor: &str) -> QueryResult<i64> {
    recovery_codes::table
        .filter(recovery_codes::editor.eq(editor))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(conn)
}
