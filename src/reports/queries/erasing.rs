//! Taking out what is no longer needed, or what its owner wants back. Tables:
//! reports, spent_challenges; outbox and editors only to be read.

use diesel::prelude::*;
use serde::Serialize;

use super::{Report, lower};
use crate::allowances;
use crate::cases::Actor;
use crate::cases::audit::{self, Entry};
use crate::db::AnyConnection;
use crate::db::schema::{cases, editors, outbox, reports, spent_challenges};
use crate::mail;
use crate::reports::model::State;

use super::asking::UNCONFIRMED_FOR;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// How long an address is kept after the case was closed.
pub(in crate::reports) const AFTER_CLOSING: i64 = 30 * DAY;
/// How long spam is kept.
const SPAM_FOR: i64 = 30 * DAY;
/// How long the trace of a client is kept.
const TRACE_FOR: i64 = 30 * DAY;

/// A mail to an address, without its text, which is blanked when it is sent and
/// may hold a secret before.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = outbox)]
pub(in crate::reports) struct Mail {
    pub(in crate::reports) kind: String,
    pub(in crate::reports) subject: String,
    pub(in crate::reports) state: String,
    pub(in crate::reports) created_at: i64,
    pub(in crate::reports) changed_at: i64,
}

/// The account of an editor, without what it is guarded by.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = editors)]
pub(in crate::reports) struct Account {
    pub(in crate::reports) id: String,
    pub(in crate::reports) name: String,
    pub(in crate::reports) role: String,
    pub(in crate::reports) alerts: bool,
    pub(in crate::reports) created_at: i64,
    pub(in crate::reports) disabled_at: Option<i64>,
}

/// All that is kept about an address.
#[derive(Clone, Debug)]
pub(in crate::reports) struct Known {
    pub(in crate::reports) reports: Vec<Report>,
    pub(in crate::reports) mails: Vec<Mail>,
    pub(in crate::reports) account: Option<Account>,
}

/// What was taken out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// Reports that held the address.
    pub reports: usize,
    /// Mails to it.
    pub mails: usize,
}

/// What the passing of time has taken out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Addresses, because their case was closed long ago or because nobody
    /// said that they are theirs.
    pub addresses: usize,
    /// Reports that were spam.
    pub spam: usize,
    /// Traces of clients.
    pub traces: usize,
    /// Used-up forms that nobody could send again anyway.
    pub challenges: usize,
}

/// All that is kept about an address, in whatever case it is written.
pub(in crate::reports) fn known(conn: &mut AnyConnection, email: &str) -> QueryResult<Known> {
    let email = email.to_ascii_lowercase();
    Ok(Known {
        reports: reports::table
            .filter(lower(reports::email).eq(&email))
            .order((reports::received_at, reports::id))
            .select(Report::as_select())
            .load(conn)?,
        mails: outbox::table
            .filter(lower(outbox::recipient).eq(&email))
            .order((outbox::created_at, outbox::id))
            .select(Mail::as_select())
            .load(conn)?,
        account: editors::table
            .filter(lower(editors::email).eq(&email))
            .select(Account::as_select())
            .first(conn)
            .optional()?,
    })
}

/// Takes an address out of all reports and mails. The account of an editor
/// stays, and so do mails that belong to it, where there is one.
pub(in crate::reports) fn erase(
    conn: &mut AnyConnection,
    email: &str,
    by: Actor<'_>,
    now: i64,
) -> QueryResult<Erased> {
    let email = email.to_ascii_lowercase();
    let ids: Vec<String> = reports::table
        .filter(lower(reports::email).eq(&email))
        .order((reports::received_at, reports::id))
        .select(reports::id)
        .load(conn)?;
    for id in &ids {
        erase_address(conn, id, by, now)?;
    }
    Ok(Erased {
        reports: ids.len(),
        mails: mail::forget(conn, &email, None)?,
    })
}

/// Takes out what its time has come for, `now` being epoch milliseconds.
///
/// # Errors
/// The database's.
pub fn sweep(conn: &mut AnyConnection, now: i64) -> QueryResult<Swept> {
    allowances::sweep(conn, now)?;
    let mut swept = Swept::default();
    let closed: Vec<(String, String)> = reports::table
        .inner_join(cases::table)
        .filter(reports::email.ne(""))
        .filter(cases::closed_at.le(now - AFTER_CLOSING))
        .select((reports::id, reports::email))
        .load(conn)?;
    let unconfirmed: Vec<(String, String)> = reports::table
        .filter(reports::email.ne(""))
        .filter(reports::confirmed_at.is_null())
        .filter(reports::received_at.le(now - UNCONFIRMED_FOR))
        .select((reports::id, reports::email))
        .load(conn)?;
    let mut due: Vec<_> = closed.into_iter().chain(unconfirmed).collect();
    due.sort();
    due.dedup();
    for (report, email) in &due {
        erase_address(conn, report, Actor::Daybook, now)?;
        mail::forget(conn, email, Some(report))?;
        swept.addresses += 1;
    }
    let spam: Vec<(String, String)> = reports::table
        .filter(reports::state.eq(State::Spam.as_str()))
        .filter(reports::received_at.le(now - SPAM_FOR))
        .select((reports::id, reports::email))
        .load(conn)?;
    for (report, email) in &spam {
        mail::forget(conn, email, Some(report))?;
        diesel::delete(reports::table.find(report)).execute(conn)?;
    }
    swept.spam = spam.len();
    swept.traces = diesel::update(
        reports::table
            .filter(reports::client_hash.ne(""))
            .filter(reports::received_at.le(now - TRACE_FOR)),
    )
    .set(reports::client_hash.eq(""))
    .execute(conn)?;
    swept.challenges =
        diesel::delete(spent_challenges::table.filter(spent_challenges::expires_at.le(now)))
            .execute(conn)?;
    Ok(swept)
}

/// Takes the address out of one report, and says so in the audit.
fn erase_address(
    conn: &mut AnyConnection,
    report: &str,
    by: Actor<'_>,
    now: i64,
) -> QueryResult<()> {
    diesel::update(reports::table.find(report))
        .set((
            reports::email.eq(""),
            reports::confirm_hash.eq(""),
            reports::erased_at.eq(Some(now)),
        ))
        .execute(conn)?;
    let actor = by.to_string();
    let entry = Entry {
        at: now,
        actor: &actor,
        subject: report,
        from: "",
        to: "erased",
        why: "",
    };
    audit::append(conn, &entry)
}
