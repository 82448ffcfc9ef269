//! The table `editors`, and in rooms of their own what hangs on it.

pub(super) mod failures;
pub(super) mod links;
pub(super) mod recovery;
pub(super) mod waiting;

use diesel::prelude::*;

use crate::cases::audit::{self, Entry};
use crate::db::AnyConnection;
use crate::db::schema::{editors, sessions};
use crate::desk::gate::{Role, queries as gate};

/// An editor with everything that the door needs to know. Neither `password`
/// nor `totp` is of use to anybody without more.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = editors)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) email: String,
    pub(super) name: String,
    pub(super) role: String,
    pub(super) password: String,
    pub(super) totp: String,
    pub(super) alerts: bool,
    pub(super) alerted_at: i64,
    pub(super) created_at: i64,
    pub(super) disabled_at: Option<i64>,
}

/// An editor in the list of all, with when the latest session was last seen.
pub(super) type Listed = (Row, Option<i64>);

/// Why a change of an editor was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// There would be no admin left.
    LastAdmin,
    /// Nobody has this id.
    Nobody,
}

/// The editor with this address, in whatever case it was typed.
pub(super) fn by_email(conn: &mut AnyConnection, email: &str) -> QueryResult<Option<Row>> {
    editors::table
        .filter(editors::email.eq(email.to_lowercase()))
        .select(Row::as_select())
        .first(conn)
        .optional()
}

/// The editor with this id.
pub(super) fn by_id(conn: &mut AnyConnection, id: &str) -> QueryResult<Option<Row>> {
    editors::table
        .find(id)
        .select(Row::as_select())
        .first(conn)
        .optional()
}

/// All editors by name.
pub(super) fn all(conn: &mut AnyConnection) -> QueryResult<Vec<Listed>> {
    let rows: Vec<Row> = editors::table
        .order((editors::name, editors::id))
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter()
        .map(|row| {
            let seen = sessions::table
                .filter(sessions::editor.eq(&row.id))
                .select(diesel::dsl::max(sessions::seen_at))
                .first(conn)?;
            Ok((row, seen))
        })
        .collect()
}

/// Adds an editor who cannot sign in yet; `None` if the address is taken.
pub(super) fn add(
    conn: &mut AnyConnection,
    email: &str,
    name: &str,
    role: Role,
    actor: &str,
    now: i64,
) -> QueryResult<Option<Row>> {
    if by_email(conn, email)?.is_some() {
        return Ok(None);
    }
    let mut id = new_id();
    while by_id(conn, &id)?.is_some() {
        id = new_id();
    }
    diesel::insert_into(editors::table)
        .values((
            editors::id.eq(&id),
            editors::email.eq(email.to_lowercase()),
            editors::name.eq(name),
            editors::role.eq(role.as_str()),
            editors::password.eq(""),
            editors::totp.eq(""),
            editors::totp_step.eq(0),
            editors::alerts.eq(true),
            editors::alerted_at.eq(now),
            editors::created_at.eq(now),
        ))
        .execute(conn)?;
    note(conn, actor, &id, "", role.as_str(), "editor added", now)?;
    by_id(conn, &id)
}

/// Keeps a password. Every session but the one named, and every open link, is
/// over with it.
pub(super) fn set_password(
    conn: &mut AnyConnection,
    id: &str,
    password: &str,
    session: &str,
    why: &str,
    now: i64,
) -> QueryResult<()> {
    diesel::update(editors::table.find(id))
        .set(editors::password.eq(password))
        .execute(conn)?;
    gate::end_all(conn, id, session)?;
    links::close(conn, id, now)?;
    note(conn, id, id, "", "password", why, now)
}

/// Keeps the same password at today's cost.
pub(super) fn rehash(conn: &mut AnyConnection, id: &str, password: &str) -> QueryResult<()> {
    diesel::update(editors::table.find(id))
        .set(editors::password.eq(password))
        .execute(conn)?;
    Ok(())
}

/// Keeps an authenticator; `step` is that of its first code.
pub(super) fn set_totp(
    conn: &mut AnyConnection,
    id: &str,
    totp: &str,
    step: i64,
    now: i64,
) -> QueryResult<()> {
    diesel::update(editors::table.find(id))
        .set((editors::totp.eq(totp), editors::totp_step.eq(step)))
        .execute(conn)?;
    note(
        conn,
        id,
        id,
        "",
        "second factor",
        "authenticator set up",
        now,
    )
}

/// Takes away the authenticator and the recovery codes, so that others must be
/// set up.
pub(super) fn forget_totp(conn: &mut AnyConnection, id: &str) -> QueryResult<()> {
    diesel::update(editors::table.find(id))
        .set((editors::totp.eq(""), editors::totp_step.eq(0)))
        .execute(conn)?;
    recovery::replace(conn, id, &[])
}

/// Uses a step of the authenticator; false if it, or a later one, was used
/// before.
pub(super) fn use_step(conn: &mut AnyConnection, id: &str, step: i64) -> QueryResult<bool> {
    let fresh = editors::table.find(id).filter(editors::totp_step.lt(step));
    let used = diesel::update(fresh)
        .set(editors::totp_step.eq(step))
        .execute(conn)?;
    Ok(used == 1)
}

/// Whether the editor wants mail about reports.
pub(super) fn set_alerts(conn: &mut AnyConnection, id: &str, wants: bool) -> QueryResult<()> {
    diesel::update(editors::table.find(id))
        .set(editors::alerts.eq(wants))
        .execute(conn)?;
    Ok(())
}

/// When the editor was last told of reports.
pub(super) fn alerted(conn: &mut AnyConnection, id: &str, now: i64) -> QueryResult<()> {
    diesel::update(editors::table.find(id))
        .set(editors::alerted_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// Keeps an editor out, at once, or lets one in again.
pub(super) fn set_disabled(
    conn: &mut AnyConnection,
    id: &str,
    disabled: bool,
    actor: &str,
    now: i64,
) -> QueryResult<Result<(), Refused>> {
    let Some(row) = by_id(conn, id)? else {
        return Ok(Err(Refused::Nobody));
    };
    if row.disabled_at.is_some() == disabled {
        return Ok(Ok(()));
    }
    if disabled && is_last_admin(conn, &row)? {
        return Ok(Err(Refused::LastAdmin));
    }
    diesel::update(editors::table.find(id))
        .set(editors::disabled_at.eq(disabled.then_some(now)))
        .execute(conn)?;
    gate::end_all(conn, id, "")?;
    let (from, to) = if disabled {
        links::close(conn, id, now)?;
        ("enabled", "disabled")
    } else {
        ("disabled", "enabled")
    };
    note(conn, actor, id, from, to, "", now)?;
    Ok(Ok(()))
}

/// Makes an editor an admin, or an admin an editor.
pub(super) fn set_role(
    conn: &mut AnyConnection,
    id: &str,
    role: Role,
    actor: &str,
    now: i64,
) -> QueryResult<Result<(), Refused>> {
    let Some(row) = by_id(conn, id)? else {
        return Ok(Err(Refused::Nobody));
    };
    if row.role == role.as_str() {
        return Ok(Ok(()));
    }
    if role != Role::Admin && is_last_admin(conn, &row)? {
        return Ok(Err(Refused::LastAdmin));
    }
    diesel::update(editors::table.find(id))
        .set(editors::role.eq(role.as_str()))
        .execute(conn)?;
    note(
        conn,
        actor,
        id,
        &row.role,
        role.as_str(),
        "role changed",
        now,
    )?;
    Ok(Ok(()))
}

/// Whether nobody else could do what admins do.
fn is_last_admin(conn: &mut AnyConnection, row: &Row) -> QueryResult<bool> {
    if row.role != Role::Admin.as_str() || row.disabled_at.is_some() {
        return Ok(false);
    }
    let others: i64 = editors::table
        .filter(editors::role.eq(Role::Admin.as_str()))
        .filter(editors::disabled_at.is_null())
        .filter(editors::id.ne(&row.id))
        .count()
        .get_result(conn)?;
    Ok(others == 0)
}

fn note(
    conn: &mut AnyConnection,
    actor: &str,
    subject: &str,
    from: &str,
    to: &str,
    why: &str,
    at: i64,
) -> QueryResult<()> {
    audit::append(
        conn,
        &Entry {
            at,
            actor,
            subject,
            from,
            to,
            why,
        },
    )
}

/// `E-` and six characters that cannot be misread.
fn new_id() -> String {
    const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let letters =
        rand::random::<[u8; 6]>().map(|byte| char::from(CROCKFORD[usize::from(byte % 32)]));
    format!("E-{}", letters.iter().collect::<String>())
}
