//! What editors do with a case.

use diesel::prelude::*;

use super::telling::tell_reporters;
use super::{Holds, find, publish, step};
use crate::cases::model::{Acceptance, Actor, Change, HoldKind, Refusal, State, Step};
use crate::cases::{Case, Category};
use crate::db::AnyConnection;
use crate::db::schema::{case_notes, cases, holds, reports};
use crate::mail::Letterhead;

/// The case after a change, or why it was not made.
type Outcome = Result<Case, Refusal>;

/// Gives a case to an editor, or to nobody. The first time, its reporters see
/// that somebody is checking it.
///
/// # Errors
/// The database's.
pub fn take(
    conn: &mut AnyConnection,
    change: &Change<'_>,
    editor: Option<&str>,
) -> QueryResult<Outcome> {
    let mut case = match seen(conn, change)? {
        Ok(case) => case,
        Err(refusal) => return Ok(Err(refusal)),
    };
    case.editor = editor.map(str::to_owned);
    if editor.is_some() {
        case.taken_at = case.taken_at.or(Some(change.now));
    }
    publish(conn, &mut case, Holds::AsBefore, change.now)?;
    Ok(Ok(case))
}

/// Finds that the report is right. A date that is known to be wrong puts the
/// article on hold until the file is corrected.
///
/// # Errors
/// The database's.
pub fn accept(
    conn: &mut AnyConnection,
    change: &Change<'_>,
    acceptance: &Acceptance,
) -> QueryResult<Outcome> {
    let made = decide(conn, change, Step::Accept, &acceptance.note)?;
    let mut case = match made {
        Ok(case) => case,
        Err(refusal) => return Ok(Err(refusal)),
    };
    acceptance.kind.as_str().clone_into(&mut case.note_kind);
    case.note.clone_from(&acceptance.note);
    case.note_date.clone_from(&acceptance.date);
    case.reason.clear();
    case.corrected_in = None;
    let (text, from) = acceptance.amended.clone().unwrap_or_default();
    case.amended = text;
    case.amended_from = from;
    let holds = match case.category() {
        Category::Date => put_on_hold(conn, &case, HoldKind::Date, change.now)?,
        _ => Holds::AsBefore,
    };
    publish(conn, &mut case, holds, change.now)?;
    Ok(Ok(case))
}

/// Finds that the article can stay as it is, for a reason that everybody may
/// read, and tells those who asked to be told.
///
/// # Errors
/// The database's.
pub fn decline(
    conn: &mut AnyConnection,
    change: &Change<'_>,
    reason: &str,
    letterhead: &Letterhead,
) -> QueryResult<Outcome> {
    let mut case = match decide(conn, change, Step::Decline, reason)? {
        Ok(case) => case,
        Err(refusal) => return Ok(Err(refusal)),
    };
    reason.clone_into(&mut case.reason);
    case.note_kind.clear();
    case.note.clear();
    case.note_date.clear();
    case.amended.clear();
    case.amended_from.clear();
    let holds = lift_holds(conn, &case.id)?;
    publish(conn, &mut case, holds, change.now)?;
    tell_reporters(conn, &case, letterhead, change.now)?;
    Ok(Ok(case))
}

/// Lets another case answer this one: its reports go over, and their receipts
/// with them.
///
/// # Errors
/// The database's.
pub fn merge(
    conn: &mut AnyConnection,
    change: &Change<'_>,
    into: &str,
    letterhead: &Letterhead,
) -> QueryResult<Outcome> {
    let target = find(conn, into)?.filter(|target| {
        target.state() != State::Merged && !target.id.eq_ignore_ascii_case(change.case)
    });
    let Some(mut target) = target else {
        return Ok(Err(Refusal::BadTarget));
    };
    let mut case = match decide(conn, change, Step::Merge, &target.id)? {
        Ok(case) => case,
        Err(refusal) => return Ok(Err(refusal)),
    };
    diesel::update(reports::table.filter(reports::case_id.eq(&case.id)))
        .set(reports::case_id.eq(&target.id))
        .execute(conn)?;
    diesel::update(cases::table.filter(cases::merged_into.eq(&case.id)))
        .set(cases::merged_into.eq(&target.id))
        .execute(conn)?;
    target.reports += case.reports;
    target.urgent |= case.urgent;
    publish(conn, &mut target, Holds::AsBefore, change.now)?;
    case.reports = 0;
    case.merged_into = Some(target.id.clone());
    let holds = lift_holds(conn, &case.id)?;
    publish(conn, &mut case, holds, change.now)?;
    // Where the other one is settled already, its outcome is theirs too.
    if !target.state().is_open() {
        tell_reporters(conn, &target, letterhead, change.now)?;
    }
    Ok(Ok(case))
}

/// Takes a decision back. What stands in the file stays there until somebody
/// changes it.
///
/// # Errors
/// The database's.
pub fn reopen(conn: &mut AnyConnection, change: &Change<'_>, why: &str) -> QueryResult<Outcome> {
    let mut case = match decide(conn, change, Step::Reopen, why)? {
        Ok(case) => case,
        Err(refusal) => return Ok(Err(refusal)),
    };
    case.merged_into = None;
    case.amended.clear();
    case.amended_from.clear();
    let holds = lift_holds(conn, &case.id)?;
    publish(conn, &mut case, holds, change.now)?;
    Ok(Ok(case))
}

/// Marks an article, or withholds something of it, while the case is open.
///
/// # Errors
/// The database's.
pub fn hold(conn: &mut AnyConnection, change: &Change<'_>, kind: HoldKind) -> QueryResult<Outcome> {
    let mut case = match seen(conn, change)? {
        Ok(case) if case.state().is_open() && case.article.is_some() => case,
        Ok(case) => return Ok(Err(Refusal::NotNow(case.state()))),
        Err(refusal) => return Ok(Err(refusal)),
    };
    let holds = put_on_hold(conn, &case, kind, change.now)?;
    tell_audit(conn, &case, change.by, ("", "hold"), kind, change.now)?;
    publish(conn, &mut case, holds, change.now)?;
    Ok(Ok(case))
}

/// Ends a hold.
///
/// # Errors
/// The database's.
pub fn release(
    conn: &mut AnyConnection,
    change: &Change<'_>,
    kind: HoldKind,
) -> QueryResult<Outcome> {
    let mut case = match seen(conn, change)? {
        Ok(case) => case,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let ended = diesel::delete(
        holds::table
            .filter(holds::case_id.eq(&case.id))
            .filter(holds::kind.eq(kind.as_str())),
    )
    .execute(conn)?;
    if ended > 0 {
        tell_audit(conn, &case, change.by, ("hold", ""), kind, change.now)?;
        publish(conn, &mut case, Holds::Changed, change.now)?;
    }
    Ok(Ok(case))
}

/// Keeps what one editor tells the others. Never public.
///
/// # Errors
/// The database's.
pub fn write_note(
    conn: &mut AnyConnection,
    case: &str,
    editor: &str,
    text: &str,
    now: i64,
) -> QueryResult<bool> {
    let Some(case) = find(conn, case)? else {
        return Ok(false);
    };
    let last: Option<i64> = case_notes::table
        .select(diesel::dsl::max(case_notes::id))
        .first(conn)?;
    diesel::insert_into(case_notes::table)
        .values((
            case_notes::id.eq(last.unwrap_or(0) + 1),
            case_notes::case_id.eq(&case.id),
            case_notes::editor.eq(editor),
            case_notes::written_at.eq(now),
            case_notes::text.eq(text),
        ))
        .execute(conn)?;
    Ok(true)
}

/// Ends all holds of a case.
pub(super) fn lift_holds(conn: &mut AnyConnection, case: &str) -> QueryResult<Holds> {
    let lifted = diesel::delete(holds::table.filter(holds::case_id.eq(case))).execute(conn)?;
    Ok(match lifted {
        0 => Holds::AsBefore,
        _ => Holds::Changed,
    })
}

/// The case, if it is still as the one who wants to change it saw it.
fn seen(conn: &mut AnyConnection, change: &Change<'_>) -> QueryResult<Outcome> {
    Ok(match find(conn, change.case)? {
        None => Err(Refusal::Unknown),
        Some(case) if case.version != change.seen => Err(Refusal::Overtaken(Box::new(case))),
        Some(case) => Ok(case),
    })
}

fn decide(
    conn: &mut AnyConnection,
    change: &Change<'_>,
    which: Step,
    why: &str,
) -> QueryResult<Outcome> {
    let mut case = match seen(conn, change)? {
        Ok(case) => case,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Actor::Editor(editor) = change.by {
        case.editor.get_or_insert_with(|| editor.to_owned());
        case.taken_at = case.taken_at.or(Some(change.now));
    }
    let made = step(conn, &mut case, which, change.by, why, change.now)?;
    Ok(made.map(|()| case).map_err(Refusal::NotNow))
}

fn put_on_hold(
    conn: &mut AnyConnection,
    case: &Case,
    kind: HoldKind,
    now: i64,
) -> QueryResult<Holds> {
    let Some(article) = &case.article else {
        return Ok(Holds::AsBefore);
    };
    let there: i64 = holds::table
        .filter(holds::case_id.eq(&case.id))
        .filter(holds::kind.eq(kind.as_str()))
        .count()
        .get_result(conn)?;
    if there > 0 {
        return Ok(Holds::AsBefore);
    }
    diesel::insert_into(holds::table)
        .values((
            holds::case_id.eq(&case.id),
            holds::article.eq(article),
            holds::kind.eq(kind.as_str()),
            holds::since.eq(now),
        ))
        .execute(conn)?;
    Ok(Holds::Changed)
}

/// A hold changes no state of the case, so its line names the hold instead.
fn tell_audit(
    conn: &mut AnyConnection,
    case: &Case,
    by: Actor<'_>,
    (from, to): (&str, &str),
    kind: HoldKind,
    at: i64,
) -> QueryResult<()> {
    let actor = by.to_string();
    crate::cases::audit::append(
        conn,
        &crate::cases::audit::Entry {
            at,
            actor: &actor,
            subject: &case.id,
            from,
            to,
            why: kind.as_str(),
        },
    )
}
