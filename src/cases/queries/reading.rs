//! What pages ask about cases.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::find;
use crate::cases::Case;
use crate::cases::model::{Hold, HoldKind, State};
use crate::db::AnyConnection;
use crate::db::schema::{audit, case_notes, cases, holds};

/// What one editor told the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The editor's id.
    pub editor: String,
    /// When, in epoch milliseconds.
    pub written_at: i64,
    /// Plain text.
    pub text: String,
}

/// A change of state that everybody may know of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicStep {
    /// When, in epoch milliseconds.
    pub at: i64,
    /// What the case became.
    pub state: State,
    /// The public reason or note; for a merged one the id of the other case.
    pub why: String,
}

/// One case by its id, in upper or lower case.
///
/// # Errors
/// The database's.
pub fn by_id(conn: &mut AnyConnection, id: &str) -> QueryResult<Option<Case>> {
    find(conn, id)
}

/// Each state that a case has had, oldest first, from its line in the audit.
///
/// # Errors
/// The database's.
pub fn public_steps(conn: &mut AnyConnection, id: &str) -> QueryResult<Vec<PublicStep>> {
    let rows: Vec<(i64, String, String)> = audit::table
        .filter(audit::subject.eq(id.to_ascii_uppercase()))
        .order(audit::number)
        .select((audit::at, audit::to_state, audit::why))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(at, state, why)| {
            // Lines about holds name no state.
            let state = State::parse(&state)?;
            Some(PublicStep { at, state, why })
        })
        .collect())
}

/// What editors noted on a case, oldest first.
///
/// # Errors
/// The database's.
pub fn notes(conn: &mut AnyConnection, id: &str) -> QueryResult<Vec<Note>> {
    let rows: Vec<(String, i64, String)> = case_notes::table
        .filter(case_notes::case_id.eq(id.to_ascii_uppercase()))
        .order(case_notes::id)
        .select((case_notes::editor, case_notes::written_at, case_notes::text))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(editor, written_at, text)| Note {
            editor,
            written_at,
            text,
        })
        .collect())
}

/// Other cases that an editor should know of, decided ones as well: those about
/// the same article, at most `limit`, the same category first, then the newest.
///
/// # Errors
/// The database's.
pub fn similar(conn: &mut AnyConnection, case: &Case, limit: i64) -> QueryResult<Vec<Case>> {
    let Some(article) = &case.article else {
        return Ok(Vec::new());
    };
    let mut others: Vec<Case> = cases::table
        .filter(cases::article.eq(article))
        .filter(cases::id.ne(&case.id))
        .filter(cases::state.ne(State::Merged.as_str()))
        .order((cases::opened_at.desc(), cases::id))
        .limit(limit * 5)
        .select(Case::as_select())
        .load(conn)?;
    others.sort_by_key(|other| {
        (
            other.passage != case.passage,
            other.category != case.category,
        )
    });
    others.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(others)
}

/// What is on hold in an article.
///
/// # Errors
/// The database's.
pub fn holds_on(conn: &mut AnyConnection, article: &str) -> QueryResult<Vec<Hold>> {
    let rows: Vec<(String, String, i64)> = holds::table
        .filter(holds::article.eq(article))
        .order((holds::since, holds::case_id, holds::kind))
        .select((holds::case_id, holds::kind, holds::since))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(case, kind, since)| {
            let kind = HoldKind::parse(&kind)?;
            Some(Hold { case, kind, since })
        })
        .collect())
}

/// All articles that are on hold in any way.
///
/// # Errors
/// The database's.
pub fn held_articles(conn: &mut AnyConnection) -> QueryResult<BTreeSet<String>> {
    let slugs: Vec<String> = holds::table.select(holds::article).distinct().load(conn)?;
    Ok(slugs.into_iter().collect())
}
