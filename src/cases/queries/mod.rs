//! The tables of cases, and of the reports that are folded into them.

pub(super) mod audit;
pub(super) mod changing;
pub(super) mod filing;
pub(super) mod reading;
mod row;
pub(super) mod rules;
pub(super) mod settling;
pub(super) mod telling;

use diesel::prelude::*;

use super::audit::{Entry, append};
use super::model::{Actor, State, Step};
use crate::db::AnyConnection;
use crate::db::schema::cases;
use crate::editions;

pub use row::Case;

/// One case by its id, in whatever case it is written.
fn find(conn: &mut AnyConnection, id: &str) -> QueryResult<Option<Case>> {
    cases::table
        .find(id.to_ascii_uppercase())
        .select(Case::as_select())
        .first(conn)
        .optional()
}

/// Writes a case as it is now: its version and the time of the change with it.
fn save(conn: &mut AnyConnection, case: &mut Case, now: i64) -> QueryResult<()> {
    case.version += 1;
    case.changed_at = now;
    diesel::update(cases::table.find(&case.id))
        .set(&*case)
        .execute(conn)
        .map(drop)
}

/// What of an article's hold a step has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    /// Nothing: lists show the article as before.
    AsBefore,
    /// Something is marked or kept back, or is no more: it shows wherever the
    /// article is named.
    Changed,
}

/// As [`save`], where readers may see what has changed.
fn publish(conn: &mut AnyConnection, case: &mut Case, holds: Holds, now: i64) -> QueryResult<()> {
    save(conn, case, now)?;
    let change = match holds {
        Holds::Changed => editions::Change::everything(),
        // What shows a case depends on everything, so it goes with any change.
        Holds::AsBefore => {
            let mut change = editions::Change::default();
            if let Some(slug) = &case.article {
                change.tag(editions::Tag::article(slug));
            }
            change
        }
    };
    editions::append(conn, &change, now).map(drop)
}

/// Makes a step: the state, the times that go with it, and the line in the
/// audit. The caller saves the case.
fn step(
    conn: &mut AnyConnection,
    case: &mut Case,
    step: Step,
    by: Actor<'_>,
    why: &str,
    now: i64,
) -> QueryResult<Result<(), State>> {
    let from = case.state();
    let Some(to) = from.after(step) else {
        return Ok(Err(from));
    };
    to.as_str().clone_into(&mut case.state);
    match step {
        Step::Accept | Step::Decline => case.decided_at = Some(now),
        // What the file settles was decided at the latest with it.
        Step::Correct => case.decided_at = case.decided_at.or(Some(now)),
        Step::Merge | Step::Reopen => {}
    }
    case.closed_at = (!to.is_open()).then_some(now);
    let actor = by.to_string();
    append(
        conn,
        &Entry {
            at: now,
            actor: &actor,
            subject: &case.id,
            from: from.as_str(),
            to: to.as_str(),
            why,
        },
    )?;
    Ok(Ok(()))
}
