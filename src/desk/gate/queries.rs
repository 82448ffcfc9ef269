//! The table `sessions`, and whether an editor may still enter.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{ABSOLUTE_MS, Editor, HALFWAY_MS, IDLE_MS, Role, seal};
use crate::db::AnyConnection;
use crate::db::schema::{editors, sessions};

/// How far somebody has come through the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::desk) enum Stage {
    /// The password was right.
    Password,
    /// Both factors were right.
    In,
}

/// A session that is not over, and its editor, who may enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Present {
    /// The id under which the session is listed.
    pub(in crate::desk) session: String,
    pub(in crate::desk) stage: Stage,
    /// The page of the desk that was asked for before signing in.
    pub(in crate::desk) next: Option<String>,
    pub(in crate::desk) editor: Editor,
    /// Epoch milliseconds, UTC.
    pub(in crate::desk) seen_at: i64,
}

/// A session as its editor sees it in the list.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub(in crate::desk) struct Listed {
    pub(in crate::desk) id: String,
    /// Browser and system in words.
    pub(in crate::desk) device: String,
    /// Epoch milliseconds, UTC, like the next.
    pub(in crate::desk) created_at: i64,
    pub(in crate::desk) seen_at: i64,
}

/// What a session remembers, as JSON in `state`.
#[derive(Serialize, Deserialize)]
struct State {
    stage: Stage,
    next: Option<String>,
}

/// The session under the hash of a secret, unless it is over or its editor was
/// disabled.
pub(in crate::desk) fn present(
    conn: &mut AnyConnection,
    hash: &str,
    now: i64,
) -> QueryResult<Option<Present>> {
    type Row = (String, String, i64, String, String, String);
    let row: Option<Row> = sessions::table
        .inner_join(editors::table.on(sessions::editor.eq(editors::id.nullable())))
        .filter(sessions::hash.eq(hash))
        .filter(sessions::ends_at.gt(now))
        .filter(sessions::seen_at.gt(now - IDLE_MS))
        .filter(editors::disabled_at.is_null())
        .select((
            sessions::id,
            sessions::state,
            sessions::seen_at,
            editors::id,
            editors::name,
            editors::role,
        ))
        .first(conn)
        .optional()?;
    Ok(row.and_then(|(session, state, seen_at, id, name, role)| {
        // A row that cannot be read lets nobody in.
        let state: State = serde_json::from_str(&state).ok()?;
        let role = Role::parse(&role)?;
        Some(Present {
            session,
            stage: state.stage,
            next: state.next,
            editor: Editor { id, name, role },
            seen_at,
        })
    }))
}

/// Begins a session in place of the one before, and gives its secret, which
/// nobody has seen yet: whoever knew the old one knows nothing now.
pub(in crate::desk) fn begin(
    conn: &mut AnyConnection,
    old_secret: &str,
    editor: &str,
    stage: Stage,
    next: Option<String>,
    device: &str,
    now: i64,
) -> QueryResult<String> {
    end_by_secret(conn, old_secret)?;
    let over = sessions::table.filter(sessions::ends_at.le(now));
    diesel::delete(over).execute(conn)?;
    let secret = seal::new_secret();
    let life = match stage {
        Stage::Password => HALFWAY_MS,
        Stage::In => ABSOLUTE_MS,
    };
    let state = serde_json::to_string(&State { stage, next })
        .expect("a word and a path can be written as JSON");
    diesel::insert_into(sessions::table)
        .values((
            sessions::hash.eq(seal::hash(&secret)),
            // The first characters of another secret tell sessions apart.
            sessions::id.eq(&seal::new_secret()[..16]),
            sessions::editor.eq(Some(editor)),
            sessions::state.eq(state),
            sessions::device.eq(device),
            sessions::created_at.eq(now),
            sessions::seen_at.eq(now),
            sessions::ends_at.eq(now + life),
        ))
        .execute(conn)?;
    Ok(secret)
}

/// Notes that the editor was here.
pub(in crate::desk) fn seen(conn: &mut AnyConnection, hash: &str, now: i64) -> QueryResult<()> {
    diesel::update(sessions::table.filter(sessions::hash.eq(hash)))
        .set(sessions::seen_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// The sessions of an editor that are not over, the latest first.
pub(in crate::desk) fn of_editor(
    conn: &mut AnyConnection,
    editor: &str,
    now: i64,
) -> QueryResult<Vec<Listed>> {
    sessions::table
        .filter(sessions::editor.eq(editor))
        .filter(sessions::ends_at.gt(now))
        .filter(sessions::seen_at.gt(now - IDLE_MS))
        .order((sessions::seen_at.desc(), sessions::id))
        .select((
            sessions::id,
            sessions::device,
            sessions::created_at,
            sessions::seen_at,
        ))
        .load(conn)
}

/// Ends the session with this secret, if there is one.
pub(in crate::desk) fn end_by_secret(conn: &mut AnyConnection, secret: &str) -> QueryResult<()> {
    diesel::delete(sessions::table.filter(sessions::hash.eq(seal::hash(secret)))).execute(conn)?;
    Ok(())
}

/// Ends one session of an editor, by its id; nobody ends another's so.
pub(in crate::desk) fn end_one(
    conn: &mut AnyConnection,
    editor: &str,
    id: &str,
) -> QueryResult<()> {
    let one = sessions::table
        .filter(sessions::editor.eq(editor))
        .filter(sessions::id.eq(id));
    diesel::delete(one).execute(conn)?;
    Ok(())
}

/// Ends all sessions of an editor but the one with this id; an empty id spares
/// none.
pub(in crate::desk) fn end_all(
    conn: &mut AnyConnection,
    editor: &str,
    but: &str,
) -> QueryResult<()> {
    let all = sessions::table
        .filter(sessions::editor.eq(editor))
        .filter(sessions::id.ne(but));
    diesel::delete(all).execute(conn)?;
    Ok(())
}
