//! What the ledger asks. Of a case only what is public leaves this file: the
//! passage, the proposed file and the editor's name do not.

use std::collections::{BTreeMap, HashMap};

use diesel::dsl::{max, min};
use diesel::prelude::*;
use jiff::tz::TimeZone;

use super::figures::Open;
use super::model::{Course, Entry, Row, Subject, day};
use crate::articles::Visibility;
use crate::cases::{Case, Category, Kind, NoteKind, State};
use crate::db::AnyConnection;
use crate::db::schema::{articles, audit, cases, tombstones};

/// How many values go into one `IN`; SQLite and PostgreSQL take many more.
const AT_ONCE: usize = 500;

type Slim = (
    (String, String, String, String),
    (String, Option<String>),
    (i64, Option<i64>, Option<i64>),
);

/// All cases that the ledger lists, the last decision first. Merged ones are
/// answered by another and are not listed; letters are nobody else's business.
pub(super) fn rows(conn: &mut AnyConnection, zone: &TimeZone) -> QueryResult<Vec<Row>> {
    let decisions = decisions(conn, None)?;
    let slim: Vec<Slim> = cases::table
        .filter(cases::decided_at.is_not_null())
        .filter(cases::kind.ne(Kind::Letter.as_str()))
        .filter(cases::state.ne(State::Merged.as_str()))
        .order((cases::decided_at.desc(), cases::id))
        .select((
            (cases::id, cases::state, cases::note_kind, cases::category),
            (cases::kind, cases::article),
            (cases::opened_at, cases::decided_at, cases::closed_at),
        ))
        .load(conn)?;
    Ok(slim
        .into_iter()
        .filter_map(|((id, state, note, about), (kind, article), times)| {
            let course = course(times, decisions.get(&id));
            Some(Row {
                state: State::parse(&state)?,
                note_kind: NoteKind::parse(&note),
                category: Category::of_row(&about),
                // Whoever asks for silence shall not be found through the asking.
                article: article.filter(|_| kind != Kind::Removal.as_str()),
                year: day(course.decided_at, zone).year(),
                course,
                id,
            })
        })
        .collect())
}

/// The cases that wait for a decision or for the file, letters left out.
pub(super) fn open(conn: &mut AnyConnection) -> QueryResult<Open> {
    let states: Vec<&str> = State::ALL
        .into_iter()
        .filter(|state| state.is_open())
        .map(State::as_str)
        .collect();
    let (number, oldest) = cases::table
        .filter(cases::state.eq_any(states))
        .filter(cases::kind.ne(Kind::Letter.as_str()))
        .select((diesel::dsl::count_star(), min(cases::opened_at)))
        .first(conn)?;
    Ok(Open { number, oldest })
}

/// What is public of these cases, in the order in which they are named.
pub(super) fn entries(
    conn: &mut AnyConnection,
    rows: &[&Row],
    visibility: Visibility,
    base_url: &str,
) -> QueryResult<Vec<Entry>> {
    let mut found: HashMap<String, Case> = HashMap::new();
    for part in rows.chunks(AT_ONCE) {
        let ids: Vec<&str> = part.iter().map(|row| row.id.as_str()).collect();
        let loaded: Vec<Case> = cases::table
            .filter(cases::id.eq_any(ids))
            .select(Case::as_select())
            .load(conn)?;
        found.extend(loaded.into_iter().map(|case| (case.id.clone(), case)));
    }
    let slugs: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.article.as_deref())
        .collect();
    let subjects = subjects(conn, &slugs, visibility)?;
    Ok(rows
        .iter()
        .filter_map(|row| {
            let case = found.remove(&row.id)?;
            let subject = subject_of(&case, &subjects);
            Some(Entry::new(case, row.course, subject, base_url))
        })
        .collect())
}

/// What is public of one case that was decided.
pub(super) fn entry(
    conn: &mut AnyConnection,
    case: Case,
    visibility: Visibility,
    base_url: &str,
) -> QueryResult<Entry> {
    let decided = decisions(conn, Some(&case.id))?;
    let times = (case.opened_at, case.decided_at, case.closed_at);
    let course = course(times, decided.get(&case.id));
    let slugs: Vec<&str> = case.article.as_deref().into_iter().collect();
    let subjects = subjects(conn, &slugs, visibility)?;
    let subject = subject_of(&case, &subjects);
    Ok(Entry::new(case, course, subject, base_url))
}

/// The titles of the articles with these slugs that can be read.
pub(super) fn titles(
    conn: &mut AnyConnection,
    slugs: &[&str],
    visibility: Visibility,
) -> QueryResult<BTreeMap<String, String>> {
    let mut titles = BTreeMap::new();
    let drafts: &[bool] = if visibility.drafts {
        &[false, true]
    } else {
        &[false]
    };
    for part in slugs.chunks(AT_ONCE) {
        let rows: Vec<(String, String)> = articles::table
            .filter(articles::slug.eq_any(part.to_vec()))
            .filter(articles::published.le(visibility.until))
            .filter(articles::draft.eq_any(drafts.to_vec()))
            .select((articles::slug, articles::title))
            .load(conn)?;
        titles.extend(rows);
    }
    Ok(titles)
}

/// The steps of a case that its dates come from.
const DECISIONS: [State; 4] = [
    State::Accepted,
    State::Corrected,
    State::Declined,
    State::Reopened,
];

/// A case, what it became, when first and when last.
type Decision = (String, String, Option<i64>, Option<i64>);

/// When a case was first decided, and when it was last reopened.
#[derive(Clone, Copy, Default)]
struct Decided {
    first: Option<i64>,
    reopened: Option<i64>,
}

/// Of one case, or of all of them.
fn decisions(
    conn: &mut AnyConnection,
    case: Option<&str>,
) -> QueryResult<HashMap<String, Decided>> {
    let mut query = audit::table
        .filter(audit::to_state.eq_any(DECISIONS.map(State::as_str)))
        .group_by((audit::subject, audit::to_state))
        .select((
            audit::subject,
            audit::to_state,
            min(audit::at),
            max(audit::at),
        ))
        .into_boxed();
    if let Some(case) = case {
        query = query.filter(audit::subject.eq(case.to_owned()));
    }
    let rows: Vec<Decision> = query.load(conn)?;
    let mut all: HashMap<String, Decided> = HashMap::new();
    for (subject, state, first, last) in rows {
        let decided = all.entry(subject).or_default();
        if state == State::Reopened.as_str() {
            decided.reopened = last;
        } else {
            let earlier = decided.first.into_iter().chain(first).min();
            decided.first = earlier;
        }
    }
    Ok(all)
}

fn course(
    (opened_at, decided_at, closed_at): (i64, Option<i64>, Option<i64>),
    decided: Option<&Decided>,
) -> Course {
    let decided = decided.copied().unwrap_or_default();
    let decided_at = decided_at.unwrap_or(opened_at);
    Course {
        opened_at,
        first_decided_at: decided.first.unwrap_or(decided_at),
        decided_at,
        closed_at,
        reopened_at: decided.reopened,
    }
}

fn subject_of(case: &Case, subjects: &HashMap<String, Subject>) -> Subject {
    if case.kind() == Kind::Removal {
        return Subject::Unnamed;
    }
    let slug = case.article.as_deref();
    let known = slug.and_then(|slug| subjects.get(slug));
    known.cloned().unwrap_or(Subject::Other)
}

fn subjects(
    conn: &mut AnyConnection,
    slugs: &[&str],
    visibility: Visibility,
) -> QueryResult<HashMap<String, Subject>> {
    let mut subjects = HashMap::new();
    for part in slugs.chunks(AT_ONCE) {
        let gone: Vec<String> = tombstones::table
            .filter(tombstones::slug.eq_any(part.to_vec()))
            .select(tombstones::slug)
            .load(conn)?;
        subjects.extend(gone.into_iter().map(|slug| {
            let subject = Subject::Removed { slug: slug.clone() };
            (slug, subject)
        }));
    }
    for (slug, title) in titles(conn, slugs, visibility)? {
        let subject = Subject::Article {
            slug: slug.clone(),
            title,
        };
        subjects.insert(slug, subject);
    }
    Ok(subjects)
}
