//! The table `editor_links`.

use diesel::prelude::*;

use super::Row;
use crate::db::AnyConnection;
use crate::db::schema::editor_links;
use crate::desk::accounts::{DAY_MS, INVITATION_MS, MOST_RESETS, RESET_MS};
use crate::desk::gate::seal;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk::accounts) enum Purpose {
    /// To become an editor, or to begin anew with another authenticator: an
    /// admin or the operator answers for the person.
    Invitation,
    /// To choose another password; the second factor stays as it is.
    Reset,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Purpose::Invitation => "invitation",
            Purpose::Reset => "reset",
        }
    }

    fn life(self) -> i64 {
        match self {
            Purpose::Invitation => INVITATION_MS,
            Purpose::Reset => RESET_MS,
        }
    }
}

/// Makes a link and gives its secret.
pub(in crate::desk::accounts) fn make(
    conn: &mut AnyConnection,
    editor: &str,
    purpose: Purpose,
    now: i64,
) -> QueryResult<String> {
    let old = editor_links::table.filter(editor_links::ends_at.lt(now - DAY_MS));
    diesel::delete(old).execute(conn)?;
    let secret = seal::new_secret();
    diesel::insert_into(editor_links::table)
        .values((
            editor_links::hash.eq(seal::hash(&secret)),
            editor_links::editor.eq(editor),
            editor_links::purpose.eq(purpose.as_str()),
            editor_links::created_at.eq(now),
            editor_links::ends_at.eq(now + purpose.life()),
        ))
        .execute(conn)?;
    Ok(secret)
}

/// Whether the account was sent as many links to a new password as it may be
/// in a day.
pub(in crate::desk::accounts) fn is_exhausted(
    conn: &mut AnyConnection,
    editor: &str,
    now: i64,
) -> QueryResult<bool> {
    let sent: i64 = editor_links::table
        .filter(editor_links::editor.eq(editor))
        .filter(editor_links::purpose.eq(Purpose::Reset.as_str()))
        .filter(editor_links::created_at.gt(now - DAY_MS))
        .count()
        .get_result(conn)?;
    Ok(sent >= MOST_RESETS)
}

/// Whose link this is and what for, while it can be followed.
pub(in crate::desk::accounts) fn find(
    conn: &mut AnyConnection,
    secret: &str,
    now: i64,
) -> QueryResult<Option<(Row, Purpose)>> {
    let found: Option<(String, String)> = editor_links::table
        .filter(editor_links::hash.eq(seal::hash(secret)))
        .filter(editor_links::used_at.is_null())
        .filter(editor_links::ends_at.gt(now))
        .select((editor_links::editor, editor_links::purpose))
        .first(conn)
        .optional()?;
    let Some((editor, purpose)) = found else {
        return Ok(None);
    };
    let purpose = if purpose == Purpose::Invitation.as_str() {
        Purpose::Invitation
    } else {
        Purpose::Reset
    };
    let row = super::by_id(conn, &editor)?.filter(|row| row.disabled_at.is_none());
    Ok(row.map(|row| (row, purpose)))
}

/// Uses a link; false if that was done before, or it is too late.
pub(in crate::desk::accounts) fn follow(
    conn: &mut AnyConnection,
    secret: &str,
    now: i64,
) -> QueryResult<bool> {
    let link = editor_links::table
        .filter(editor_links::hash.eq(seal::hash(secret)))
        .filter(editor_links::used_at.is_null())
        .filter(editor_links::ends_at.gt(now));
    let used = diesel::update(link)
        .set(editor_links::used_at.eq(Some(now)))
        .execute(conn)?;
    Ok(used == 1)
}

/// Makes all links of an editor useless.
pub(in crate::desk::accounts) fn close(
    conn: &mut AnyConnection,
    editor: &str,
    now: i64,
) -> QueryResult<()> {
    let open = editor_links::table
        .filter(editor_links::editor.eq(editor))
        .filter(editor_links::used_at.is_null());
    diesel::update(open)
        .set(editor_links::used_at.eq(Some(now)))
        .execute(conn)?;
    Ok(())
}
