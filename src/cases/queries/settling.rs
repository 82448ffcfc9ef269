//! What an import does to cases: the file of an article has the last word.

use diesel::prelude::*;

use super::changing::lift_holds;
use super::telling::tell_reporters;
use super::{find, publish, step};
use crate::cases::Case;
use crate::cases::model::{Actor, Named, State, Step};
use crate::db::AnyConnection;
use crate::db::schema::{cases, holds, reports};
use crate::mail::Letterhead;

/// Closes the cases that the corrections of an article name, as part of its
/// import: `revision` is the first that holds them. Gives the names that belong
/// to no case. Doing it again, with the same file, changes nothing.
///
/// # Errors
/// The database's.
pub fn settle(
    conn: &mut AnyConnection,
    slug: &str,
    revision: i64,
    named: &[Named<'_>],
    letterhead: &Letterhead,
    now: i64,
) -> QueryResult<Vec<String>> {
    let mut unknown = Vec::new();
    for correction in named {
        let mut standing = Standing::of(conn, correction)?;
        if matches!(standing, Standing::Open(_)) {
            // Only now, so that nobody waits for the end of an import that has
            // nothing to say of cases; what was read may be out of date.
            conn.join_changes()?;
            standing = Standing::of(conn, correction)?;
        }
        let mut case = match standing {
            Standing::Open(case) => *case,
            Standing::Settled => continue,
            Standing::Unknown => {
                unknown.push(correction.case.to_owned());
                continue;
            }
        };
        if case.state() != State::Corrected {
            let why = correction.text;
            let made = step(conn, &mut case, Step::Correct, Actor::Import, why, now)?;
            if made.is_err() {
                continue;
            }
        }
        correction.kind.clone_into(&mut case.note_kind);
        correction.text.clone_into(&mut case.note);
        correction.date.clone_into(&mut case.note_date);
        case.reason.clear();
        case.amended.clear();
        case.amended_from.clear();
        case.corrected_in = Some(revision);
        case.article = Some(slug.to_owned());
        let holds = lift_holds(conn, &case.id)?;
        publish(conn, &mut case, holds, now)?;
        tell_reporters(conn, &case, letterhead, now)?;
    }
    Ok(unknown)
}

/// How a correction in a file finds the case that it names.
enum Standing {
    /// There is none.
    Unknown,
    /// The same words closed it before. If it was reopened since, they are what
    /// is doubted, and close it no second time.
    Settled,
    /// To be settled.
    Open(Box<Case>),
}

impl Standing {
    fn of(conn: &mut AnyConnection, correction: &Named<'_>) -> QueryResult<Standing> {
        let Some(case) = answering(conn, correction.case)? else {
            return Ok(Standing::Unknown);
        };
        let is_known = case.corrected_in.is_some()
            && case.note == correction.text
            && case.note_kind == correction.kind
            && case.note_date == correction.date;
        Ok(match is_known {
            true => Standing::Settled,
            false => Standing::Open(Box::new(case)),
        })
    }
}

/// Lets everything about an article follow it to its new slug.
///
/// # Errors
/// The database's.
pub fn rename(conn: &mut AnyConnection, old: &str, new: &str) -> QueryResult<()> {
    conn.join_changes()?;
    diesel::update(cases::table.filter(cases::article.eq(old)))
        .set(cases::article.eq(new))
        .execute(conn)?;
    diesel::update(holds::table.filter(holds::article.eq(old)))
        .set(holds::article.eq(new))
        .execute(conn)?;
    diesel::update(reports::table.filter(reports::article.eq(old)))
        .set(reports::article.eq(new))
        .execute(conn)
        .map(drop)
}

/// The case with this id, or the one that answers it.
fn answering(conn: &mut AnyConnection, id: &str) -> QueryResult<Option<Case>> {
    let case = find(conn, id)?;
    match case.as_ref().and_then(|case| case.merged_into.clone()) {
        Some(target) => find(conn, &target),
        None => Ok(case),
    }
}
