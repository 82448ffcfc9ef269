//! The table `outbox`.
//!
//! A row begins as `waiting`. Whoever sends it makes it `sending` first, in a
//! transaction of its own; from there it is `sent`, `waiting` once more,
//! `failed`, or `unknown`. Only [`send_again`], an editor's doing, leads out of
//! the last two.

use data_encoding::HEXLOWER;
use diesel::prelude::*;

use super::{Kind, Message};
use crate::db::AnyConnection;
use crate::db::schema::outbox;

/// How long a row is kept that needs no more doing, in milliseconds.
const KEPT: i64 = 30 * 24 * 60 * 60 * 1000;

/// What stands in the place of a server's answer once the address is erased.
const ERASED: &str = "the address was erased";

/// A mail that the desk should know of: it was not sent, or nobody knows
/// whether it was. It names a person, so only editors may see it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Troubled {
    /// The id of the row, for [`send_again`].
    pub id: String,
    /// The sort of mail, as in [`super::Kind::as_str`].
    pub kind: String,
    /// To whom; empty once the address was forgotten.
    pub recipient: String,
    /// The subject.
    pub subject: String,
    /// `failed` or `unknown`.
    pub state: String,
    /// When it was queued, in epoch milliseconds.
    pub created_at: i64,
    /// What the mail server said, or what went wrong.
    pub answer: String,
    /// Whether [`send_again`] can do anything: the text is still there.
    pub can_be_sent: bool,
}

/// A row that is this process's to send.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Taken {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) recipient: String,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
    /// This one included. Tells this attempt from another of the same row.
    pub(super) attempts: i64,
    pub(super) created_at: i64,
}

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// The server has taken it over.
    Sent,
    /// To be tried once more, from this moment on, in epoch milliseconds.
    Waiting(i64),
    /// It will not be sent.
    Failed,
    /// It may have been sent.
    Unknown,
}

define_sql_function! {
    /// Lower case; both engines do so for the letters of ASCII at least.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// Writes a message to the outbox, in the transaction that its cause is part
/// of. False if one with the same cause was written before: then nothing is.
///
/// # Errors
/// The database's.
pub fn queue(conn: &mut AnyConnection, message: &Message, now: i64) -> QueryResult<bool> {
    let known: i64 = outbox::table
        .filter(outbox::cause.eq(&message.cause))
        .count()
        .get_result(conn)?;
    if known > 0 {
        return Ok(false);
    }
    diesel::insert_into(outbox::table)
        .values((
            outbox::id.eq(HEXLOWER.encode(&rand::random::<[u8; 16]>())),
            outbox::cause.eq(&message.cause),
            outbox::kind.eq(message.kind.as_str()),
            outbox::recipient.eq(message.recipient.as_str()),
            outbox::subject.eq(&message.subject),
            outbox::text.eq(&message.text),
            outbox::html.eq(&message.html),
            outbox::state.eq("waiting"),
            outbox::attempts.eq(0),
            outbox::created_at.eq(now),
            outbox::due_at.eq(now),
            outbox::changed_at.eq(now),
            outbox::answer.eq(""),
        ))
        .execute(conn)?;
    Ok(true)
}

/// Mails that failed or whose end is unknown, the newest first.
///
/// # Errors
/// The database's.
pub fn troubled(conn: &mut AnyConnection) -> QueryResult<Vec<Troubled>> {
    outbox::table
        .filter(outbox::state.eq_any(["failed", "unknown"]))
        .order((outbox::created_at.desc(), outbox::id))
        .select((
            outbox::id,
            outbox::kind,
            outbox::recipient,
            outbox::subject,
            outbox::state,
            outbox::created_at,
            outbox::answer,
            outbox::text.ne("").and(outbox::recipient.ne("")),
        ))
        .load(conn)
}

/// Lets a failed or unknown mail be sent once more, by the decision of an
/// editor, who thereby accepts that one of unknown end may arrive twice. It
/// counts as queued at `now`, so that the day of attempts begins again. False
/// if there is no such mail, or its text or address is gone.
///
/// # Errors
/// The database's.
pub fn send_again(conn: &mut AnyConnection, id: &str, now: i64) -> QueryResult<bool> {
    let changed = diesel::update(outbox::table)
        .filter(outbox::id.eq(id))
        .filter(outbox::state.eq_any(["failed", "unknown"]))
        .filter(outbox::text.ne("").and(outbox::recipient.ne("")))
        .set((
            outbox::state.eq("waiting"),
            outbox::created_at.eq(now),
            outbox::due_at.eq(now),
            outbox::changed_at.eq(now),
        ))
        .execute(conn)?;
    Ok(changed > 0)
}

/// How many mails wait for the decision of an editor: [`send_again`] could do
/// something about them.
///
/// # Errors
/// The database's.
pub fn undecided(conn: &mut AnyConnection) -> QueryResult<i64> {
    outbox::table
        .filter(outbox::state.eq_any(["failed", "unknown"]))
        .filter(outbox::text.ne("").and(outbox::recipient.ne("")))
        .count()
        .get_result(conn)
}

/// Erases an address, in whatever case it was written, from the mails that went
/// to it because of a report: of all reports, or of the one whose number is
/// given. What was not sent need not be sent any more, and goes; of the rest
/// stays that it was. Mail to an editor of the same address is left alone.
/// Gives the number of mails.
///
/// # Errors
/// The database's.
pub fn forget(conn: &mut AnyConnection, address: &str, report: Option<&str>) -> QueryResult<usize> {
    let of_readers = [Kind::Confirm, Kind::Outcome].map(Kind::as_str);
    let mails: Vec<(String, String)> = outbox::table
        .filter(lower(outbox::recipient).eq(address.to_ascii_lowercase()))
        .filter(outbox::recipient.ne(""))
        .filter(outbox::kind.eq_any(of_readers))
        .select((outbox::id, outbox::cause))
        .load(conn)?;
    let ids: Vec<String> = mails
        .into_iter()
        .filter(|(_, cause)| report.is_none_or(|report| cause.split(':').any(|it| it == report)))
        .map(|(id, _)| id)
        .collect();
    diesel::delete(outbox::table)
        .filter(outbox::id.eq_any(&ids))
        .filter(outbox::state.eq_any(["waiting", "failed"]))
        .execute(conn)?;
    diesel::update(outbox::table)
        .filter(outbox::id.eq_any(&ids))
        .set((
            outbox::recipient.eq(""),
            outbox::text.eq(""),
            outbox::html.eq(""),
            // A server may have repeated the address in its answer.
            outbox::answer.eq(ERASED),
        ))
        .execute(conn)?;
    Ok(ids.len())
}

/// Deletes what was sent, has failed or is unknown, and has not changed for 30
/// days. Gives the number of rows. The postman does so once an hour.
///
/// # Errors
/// The database's.
pub fn sweep(conn: &mut AnyConnection, now: i64) -> QueryResult<usize> {
    diesel::delete(outbox::table)
        .filter(outbox::state.eq_any(["sent", "failed", "unknown"]))
        .filter(outbox::changed_at.lt(now - KEPT))
        .execute(conn)
}

/// How many mails wait to be sent, due or not.
///
/// # Errors
/// The database's.
pub fn waiting(conn: &mut AnyConnection) -> QueryResult<i64> {
    outbox::table
        .filter(outbox::state.eq("waiting"))
        .count()
        .get_result(conn)
}

/// Whether any mail is due. Asked first, because looking needs no lock.
pub(super) fn is_any_due(conn: &mut AnyConnection, now: i64) -> QueryResult<bool> {
    next_due(conn, now).map(|id| id.is_some())
}

/// Takes the mail that is due longest: from here on no other process sends it.
/// `None` if there is none, or if another was quicker (`is_any_due` tells).
pub(super) fn take_due(conn: &mut AnyConnection, now: i64) -> QueryResult<Option<Taken>> {
    let Some(id) = next_due(conn, now)? else {
        return Ok(None);
    };
    let taken = diesel::update(outbox::table)
        .filter(outbox::id.eq(&id))
        .filter(outbox::state.eq("waiting"))
        .set((
            outbox::state.eq("sending"),
            outbox::attempts.eq(outbox::attempts + 1),
            outbox::changed_at.eq(now),
        ))
        .execute(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    outbox::table
        .filter(outbox::id.eq(&id))
        .select((
            outbox::id,
            outbox::kind,
            outbox::recipient,
            outbox::subject,
            outbox::text,
            outbox::html,
            outbox::attempts,
            outbox::created_at,
        ))
        .first(conn)
        .map(Some)
}

/// Writes down what became of an attempt. If the row was called unknown
/// meanwhile, because the attempt took so long or another process started, the
/// one who sent knows better; a newer attempt is left alone.
pub(super) fn finish(
    conn: &mut AnyConnection,
    row: &Taken,
    fate: Fate,
    answer: &str,
    now: i64,
) -> QueryResult<()> {
    let (state, due_at) = match fate {
        Fate::Sent => ("sent", now),
        Fate::Waiting(due_at) => ("waiting", due_at),
        Fate::Failed => ("failed", now),
        Fate::Unknown => ("unknown", now),
    };
    // Only the news that it is sent also stops a row that an editor wanted to
    // be sent again in the meantime.
    let from: &[&str] = match fate {
        Fate::Sent => &["sending", "unknown", "waiting"],
        _ => &["sending", "unknown"],
    };
    let this = outbox::table
        .filter(outbox::id.eq(&row.id))
        .filter(outbox::attempts.eq(row.attempts))
        .filter(outbox::state.eq_any(from));
    // An address that was erased meanwhile must not wait, and the server's
    // answer, which may name it, must not come back.
    let erased = this
        .clone()
        .filter(outbox::recipient.eq(""))
        .select(outbox::id)
        .load::<String>(conn)?;
    let (state, answer) = match (erased.is_empty(), state) {
        (true, state) => (state, answer),
        (false, "waiting") => ("failed", ERASED),
        (false, state) => (state, ERASED),
    };
    diesel::update(this)
        .set((
            outbox::state.eq(state),
            outbox::due_at.eq(due_at),
            outbox::changed_at.eq(now),
            outbox::answer.eq(answer),
        ))
        .execute(conn)?;
    if fate == Fate::Sent {
        diesel::update(outbox::table)
            .filter(outbox::id.eq(&row.id))
            .filter(outbox::state.eq("sent"))
            .set((outbox::text.eq(""), outbox::html.eq("")))
            .execute(conn)?;
    }
    Ok(())
}

/// Calls unknown what was taken at `before` or earlier and never came to an
/// end: whoever took it has crashed. Gives the ids.
pub(super) fn give_up_on(
    conn: &mut AnyConnection,
    before: i64,
    now: i64,
) -> QueryResult<Vec<String>> {
    let stuck: Vec<String> = outbox::table
        .filter(outbox::state.eq("sending"))
        .filter(outbox::changed_at.le(before))
        .select(outbox::id)
        .load(conn)?;
    if !stuck.is_empty() {
        diesel::update(outbox::table)
            .filter(outbox::id.eq_any(&stuck))
            .filter(outbox::state.eq("sending"))
            .set((
                outbox::state.eq("unknown"),
                outbox::changed_at.eq(now),
                outbox::answer.eq("the program ended while it was being sent"),
            ))
            .execute(conn)?;
    }
    Ok(stuck)
}

fn next_due(conn: &mut AnyConnection, now: i64) -> QueryResult<Option<String>> {
    outbox::table
        .filter(outbox::state.eq("waiting"))
        .filter(outbox::due_at.le(now))
        .order((outbox::due_at, outbox::created_at, outbox::id))
        .select(outbox::id)
        .first(conn)
        .optional()
}
