//! Who is told what became of a report.

use diesel::prelude::*;

use crate::cases::Case;
use crate::cases::notices::outcome;
use crate::db::AnyConnection;
use crate::db::schema::{cases, reports};
use crate::mail::{self, Address, Letterhead};

/// Tells everybody whose report is part of the case, gave an address and said
/// that it is theirs. Each outcome is told once.
pub(super) fn tell_reporters(
    conn: &mut AnyConnection,
    case: &Case,
    letterhead: &Letterhead,
    now: i64,
) -> QueryResult<()> {
    let reporters: Vec<(String, String)> = reports::table
        .filter(reports::case_id.eq(&case.id))
        .filter(reports::confirmed_at.is_not_null())
        .filter(reports::email.ne(""))
        .select((reports::id, reports::email))
        .load(conn)?;
    for (report, email) in reporters {
        // An address that no mail can be sent to was never confirmed.
        if let Some(address) = Address::parse(&email)
            && let Some(message) = outcome(case, &report, address, letterhead)?
        {
            mail::queue(conn, &message, now)?;
        }
    }
    Ok(())
}

/// Tells the sender of one report, who has confirmed the address only now, what
/// became of it, if that is known.
///
/// # Errors
/// The database's.
pub fn tell_reporter(
    conn: &mut AnyConnection,
    report: &str,
    letterhead: &Letterhead,
    now: i64,
) -> QueryResult<()> {
    let case: Option<Case> = reports::table
        .inner_join(cases::table)
        .filter(reports::id.eq(report))
        .select(Case::as_select())
        .first(conn)
        .optional()?;
    match case {
        Some(case) => tell_reporters(conn, &case, letterhead, now),
        None => Ok(()),
    }
}
