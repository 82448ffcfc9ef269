//! Asking whether an address belongs to the person who gave it, and the answer.
//! Tables: asked_addresses, and the columns of `reports` about the address.

use diesel::prelude::*;

use super::lower;
use crate::cases::audit::{self, Entry};
use crate::cases::{self, Actor};
use crate::config::SecretKey;
use crate::db::AnyConnection;
use crate::db::schema::{asked_addresses, reports};
use crate::mail::{self, Address, Letterhead};
use crate::reports::confirmation::mail::question;
use crate::reports::confirmation::secret::Secret;
use crate::reports::model::State;
use crate::reports::token;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// How often an address is asked before its owner has said yes.
const MOST_TIMES: i64 = 3;
/// How long a report waits for its turn to ask; then its address is erased.
pub(in crate::reports) const UNCONFIRMED_FOR: i64 = 7 * DAY;

/// What a question needs.
#[derive(Clone, Copy)]
pub(in crate::reports) struct Asking<'a> {
    /// The key under which addresses are counted.
    pub(in crate::reports) key: &'a SecretKey,
    /// What the mail says of the site.
    pub(in crate::reports) letterhead: &'a Letterhead,
    /// Epoch milliseconds.
    pub(in crate::reports) now: i64,
}

/// What stands behind the link of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reports) enum Standing {
    /// There is no such link.
    Absent,
    /// It was not answered yet; so many reports wait for it.
    Open(usize),
    /// The answer was yes.
    Done,
}

/// Writes the mail that asks the address behind a report, if it is its turn: an
/// address gets one in a day, and three before its owner says yes. One answer
/// is good for all its reports.
pub(in crate::reports) fn ask(
    conn: &mut AnyConnection,
    report: &str,
    email: &str,
    asking: Asking<'_>,
) -> QueryResult<bool> {
    let Asking {
        key,
        letterhead,
        now,
    } = asking;
    let Some(address) = Address::parse(email) else {
        return Ok(false);
    };
    let who = token::address_hash(key, address.as_str());
    let row: Option<(i64, i64)> = asked_addresses::table
        .find(&who)
        .select((asked_addresses::times, asked_addresses::last_at))
        .first(conn)
        .optional()?;
    match row {
        Some((times, last_at)) if times >= MOST_TIMES || last_at + DAY > now => return Ok(false),
        Some((times, _)) => {
            diesel::update(asked_addresses::table.find(&who))
                .set((
                    asked_addresses::times.eq(times + 1),
                    asked_addresses::last_at.eq(now),
                ))
                .execute(conn)?;
        }
        None => {
            diesel::insert_into(asked_addresses::table)
                .values((
                    asked_addresses::who.eq(&who),
                    asked_addresses::times.eq(1),
                    asked_addresses::last_at.eq(now),
                ))
                .execute(conn)?;
        }
    }
    let secret = Secret::draw(now);
    diesel::update(reports::table.find(report))
        .set(reports::confirm_hash.eq(secret.hash()))
        .execute(conn)?;
    let message = question(report, &secret, address, letterhead)?;
    mail::queue(conn, &message, now)
}

/// Asks for the reports whose address could not be asked when they came in,
/// because it had been asked shortly before; gives the number of mails.
pub(in crate::reports) fn ask_later(
    conn: &mut AnyConnection,
    asking: Asking<'_>,
) -> QueryResult<usize> {
    let waiting: Vec<(String, String)> = reports::table
        .filter(reports::state.eq(State::Received.as_str()))
        .filter(reports::email.ne(""))
        .filter(reports::confirm_hash.eq(""))
        .filter(reports::confirmed_at.is_null())
        .filter(reports::received_at.gt(asking.now - UNCONFIRMED_FOR))
        .order((reports::received_at, reports::id))
        .select((reports::id, reports::email))
        .load(conn)?;
    let mut asked = 0;
    for (report, email) in waiting {
        asked += usize::from(ask(conn, &report, &email, asking)?);
    }
    Ok(asked)
}

/// What stands behind a link.
pub(in crate::reports) fn standing(
    conn: &mut AnyConnection,
    secret: &Secret,
) -> QueryResult<Standing> {
    let found: Option<(String, Option<i64>)> = reports::table
        .filter(reports::confirm_hash.eq(secret.hash()))
        .select((reports::email, reports::confirmed_at))
        .first(conn)
        .optional()?;
    Ok(match found {
        None => Standing::Absent,
        Some((_, Some(_))) => Standing::Done,
        // Erased meanwhile.
        Some((email, None)) if email.is_empty() => Standing::Absent,
        Some((email, None)) => Standing::Open(unconfirmed(conn, &email)?.len()),
    })
}

/// Takes the answer yes: all reports that wait for this address go on with it,
/// and where their outcome is known already, it is told. `false` where nothing
/// waits behind the link.
pub(in crate::reports) fn confirm(
    conn: &mut AnyConnection,
    secret: &Secret,
    asking: Asking<'_>,
) -> QueryResult<bool> {
    let email: Option<String> = reports::table
        .filter(reports::confirm_hash.eq(secret.hash()))
        .filter(reports::confirmed_at.is_null())
        .filter(reports::email.ne(""))
        .select(reports::email)
        .first(conn)
        .optional()?;
    let Some(email) = email else {
        return Ok(false);
    };
    let ids = unconfirmed(conn, &email)?;
    let actor = Actor::Reader.to_string();
    for id in &ids {
        diesel::update(reports::table.find(id))
            .set(reports::confirmed_at.eq(Some(asking.now)))
            .execute(conn)?;
        let entry = Entry {
            at: asking.now,
            actor: &actor,
            subject: id,
            from: "",
            to: "confirmed",
            why: "",
        };
        audit::append(conn, &entry)?;
        cases::tell_reporter(conn, id, asking.letterhead, asking.now)?;
    }
    if let Some(address) = Address::parse(&email) {
        let who = token::address_hash(asking.key, address.as_str());
        diesel::update(asked_addresses::table.find(who))
            .set(asked_addresses::times.eq(0))
            .execute(conn)?;
    }
    Ok(true)
}

/// The reports of an address that wait for its answer, oldest first.
fn unconfirmed(conn: &mut AnyConnection, email: &str) -> QueryResult<Vec<String>> {
    reports::table
        .filter(reports::state.eq(State::Received.as_str()))
        .filter(lower(reports::email).eq(email.to_ascii_lowercase()))
        .filter(reports::confirmed_at.is_null())
        .order((reports::received_at, reports::id))
        .select(reports::id)
        .load(conn)
}
