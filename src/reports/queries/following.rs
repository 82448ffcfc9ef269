//! What became of a report: its case, and each state that the case had. Tables:
//! reports, audit.

use diesel::prelude::*;

use super::Report;
use crate::cases::{self, Arrival, Case, PublicStep};
use crate::db::AnyConnection;
use crate::db::schema::{audit, reports};
use crate::reports::model::State;

/// The case of a report.
#[derive(Clone, Debug)]
pub(in crate::reports) struct Followed {
    /// The case that answers it.
    pub(in crate::reports) case: Case,
    /// The states that this case had, oldest first.
    pub(in crate::reports) steps: Vec<PublicStep>,
    /// Those of the case that it was filed in at first, where that was merged
    /// into the one that answers it.
    pub(in crate::reports) before: Vec<PublicStep>,
}

/// What became of a report; `None` for spam.
pub(in crate::reports) fn follow(
    conn: &mut AnyConnection,
    report: &Report,
) -> QueryResult<Option<Followed>> {
    let Some(id) = &report.case_id else {
        return Ok(None);
    };
    let Some(case) = cases::by_id(conn, id)? else {
        return Ok(None);
    };
    let steps = cases::public_steps(conn, &case.id)?;
    // A merge takes the reports over; where they came from is in the audit.
    let filed: Option<String> = audit::table
        .filter(audit::subject.eq(&report.id))
        .filter(audit::to_state.eq(State::Received.as_str()))
        .order(audit::number.desc())
        .select(audit::why)
        .first(conn)
        .optional()?;
    let before = match filed {
        Some(first) if first != case.id => cases::public_steps(conn, &first)?,
        _ => Vec::new(),
    };
    Ok(Some(Followed {
        case,
        steps,
        before,
    }))
}

/// Gives a case to each report that came in before there were cases.
pub(in crate::reports) fn file_older(conn: &mut AnyConnection) -> QueryResult<usize> {
    let unfiled: Vec<Report> = reports::table
        .filter(reports::state.eq(State::Received.as_str()))
        .filter(reports::case_id.is_null())
        .order((reports::received_at, reports::id))
        .select(Report::as_select())
        .load(conn)?;
    for report in &unfiled {
        file(conn, report)?;
    }
    Ok(unfiled.len())
}

/// Hands a report that is kept to the cases.
pub(in crate::reports) fn file(conn: &mut AnyConnection, report: &Report) -> QueryResult<String> {
    let arrival = Arrival {
        report: &report.id,
        article: report.article.as_deref(),
        category: &report.category,
        quote: &report.quote,
        wrong: &report.wrong,
        correct: &report.correct,
        now: report.received_at,
    };
    cases::file(conn, &arrival)
}
