//! Reports on their way into cases.

use data_encoding::Encoding;
use diesel::prelude::*;

use super::changing::lift_holds;
use super::{Holds, find, publish, save};
use crate::cases::Case;
use crate::cases::audit::{Entry, append};
use crate::cases::fold::{Told, is_same};
use crate::cases::model::{Actor, Arrival, Kind, State};
use crate::db::AnyConnection;
use crate::db::schema::{cases, reports};
use crate::editions;

/// How many open cases of one article are looked through for one that is about
/// the same, the newest first. More than this is an attack, and then a case too
/// many is no harm.
const MOST_COMPARED: i64 = 200;

type Open = (String, Option<String>, String, String, String, String);

/// Folds a report that was just kept into the open case that is about the same,
/// or opens a case for it; gives the id of the case. The report's row must be
/// there; its `case_id` is set.
///
/// # Errors
/// The database's.
pub fn file(conn: &mut AnyConnection, arrival: &Arrival<'_>) -> QueryResult<String> {
    let case = match same_case(conn, arrival)? {
        Some(mut case) => {
            case.reports += 1;
            save(conn, &mut case, arrival.now)?;
            case.id
        }
        None => open(conn, arrival)?,
    };
    diesel::update(reports::table.find(arrival.report))
        .set(reports::case_id.eq(&case))
        .execute(conn)?;
    note(
        conn,
        arrival.report,
        ("", "received"),
        &case,
        arrival.now,
        Actor::Reader,
    )?;
    Ok(case)
}

/// Takes a report that is spam after all out of its case. A case that has no
/// other goes with it, if nothing was decided on it: it was never public.
///
/// # Errors
/// The database's.
pub fn mark_as_spam(
    conn: &mut AnyConnection,
    report: &str,
    by: Actor<'_>,
    now: i64,
) -> QueryResult<bool> {
    let row: Option<Option<String>> = reports::table
        .find(report)
        .filter(reports::state.eq("received"))
        .select(reports::case_id)
        .first(conn)
        .optional()?;
    let Some(case) = row else {
        return Ok(false);
    };
    diesel::update(reports::table.find(report))
        .set((
            reports::state.eq("spam"),
            reports::spam_reason.eq("editor"),
            reports::case_id.eq(None::<String>),
        ))
        .execute(conn)?;
    note(conn, report, ("received", "spam"), "", now, by)?;
    let Some(mut case) = case.map(|id| find(conn, &id)).transpose()?.flatten() else {
        return Ok(true);
    };
    case.reports -= 1;
    if case.reports > 0 || case.decided_at.is_some() || case.state() == State::Merged {
        publish(conn, &mut case, Holds::AsBefore, now)?;
    } else {
        // Readers never saw the case, but what it held back they did.
        if lift_holds(conn, &case.id)? == Holds::Changed {
            editions::append(conn, &editions::Change::everything(), now)?;
        }
        diesel::delete(cases::table.find(&case.id)).execute(conn)?;
        note(
            conn,
            &case.id,
            (&case.state, ""),
            "nothing but spam",
            now,
            by,
        )?;
    }
    Ok(true)
}

/// Takes back that a report is spam, and files it like one that has just
/// arrived; gives the id of its case, or `None` where it is no spam.
///
/// # Errors
/// The database's.
pub fn unmark_spam(
    conn: &mut AnyConnection,
    report: &str,
    by: Actor<'_>,
    now: i64,
) -> QueryResult<Option<String>> {
    type Row = (Option<String>, String, String, String, String);
    let row: Option<Row> = reports::table
        .find(report)
        .filter(reports::state.eq("spam"))
        .select((
            reports::article,
            reports::category,
            reports::quote,
            reports::wrong,
            reports::correct,
        ))
        .first(conn)
        .optional()?;
    let Some((article, category, quote, wrong, correct)) = row else {
        return Ok(None);
    };
    diesel::update(reports::table.find(report))
        .set((reports::state.eq("received"), reports::spam_reason.eq("")))
        .execute(conn)?;
    note(conn, report, ("spam", "received"), "not spam", now, by)?;
    let arrival = Arrival {
        report,
        article: article.as_deref(),
        category: &category,
        quote: &quote,
        wrong: &wrong,
        correct: &correct,
        now,
    };
    file(conn, &arrival).map(Some)
}

fn same_case(conn: &mut AnyConnection, arrival: &Arrival<'_>) -> QueryResult<Option<Case>> {
    let open: Vec<&str> = State::ALL
        .into_iter()
        .filter(|state| state.is_open())
        .map(State::as_str)
        .collect();
    let mut query = reports::table
        .inner_join(cases::table)
        .filter(cases::state.eq_any(open))
        .select((
            cases::id,
            cases::article,
            reports::category,
            reports::quote,
            reports::wrong,
            reports::correct,
        ))
        .into_boxed();
    query = match arrival.article {
        Some(article) => query.filter(cases::article.eq(article.to_owned())),
        None => query.filter(cases::article.is_null()),
    };
    let rows: Vec<Open> = query
        .order((cases::opened_at.desc(), cases::id))
        .limit(MOST_COMPARED)
        .load(conn)?;
    let this = Told {
        category: arrival.category,
        quote: arrival.quote,
        wrong: arrival.wrong,
        correct: arrival.correct,
    };
    let same = rows.iter().find(|(_, _, category, quote, wrong, correct)| {
        let other = Told {
            category,
            quote,
            wrong,
            correct,
        };
        is_same(this, other)
    });
    match same {
        Some((id, ..)) => find(conn, id),
        None => Ok(None),
    }
}

fn open(conn: &mut AnyConnection, arrival: &Arrival<'_>) -> QueryResult<String> {
    let kind = Kind::of(arrival.category, arrival.article);
    let mut id = new_id();
    while find(conn, &id)?.is_some() {
        id = new_id();
    }
    let case = Case {
        id,
        kind: kind.as_str().to_owned(),
        state: State::Checking.as_str().to_owned(),
        urgent: kind.is_urgent(),
        article: arrival.article.map(str::to_owned),
        category: arrival.category.to_owned(),
        passage: arrival.quote.to_owned(),
        reports: 1,
        opened_at: arrival.now,
        taken_at: None,
        decided_at: None,
        closed_at: None,
        changed_at: arrival.now,
        version: 1,
        editor: None,
        merged_into: None,
        reason: String::new(),
        note_kind: String::new(),
        note: String::new(),
        note_date: String::new(),
        amended: String::new(),
        amended_from: String::new(),
        corrected_in: None,
    };
    diesel::insert_into(cases::table)
        .values(&case)
        .execute(conn)?;
    let to = State::Checking.as_str();
    note(conn, &case.id, ("", to), "", arrival.now, Actor::Reader)?;
    Ok(case.id)
}

fn note(
    conn: &mut AnyConnection,
    subject: &str,
    (from, to): (&str, &str),
    why: &str,
    at: i64,
    by: Actor<'_>,
) -> QueryResult<()> {
    let actor = by.to_string();
    append(
        conn,
        &Entry {
            at,
            actor: &actor,
            subject,
            from,
            to,
            why,
        },
    )
}

/// `C-7K3Q2M`: drawn, so that it tells nothing of how many there are.
fn new_id() -> String {
    let mut letters = data_encoding::Specification::new();
    letters.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    let random = rand::random::<[u8; 5]>();
    let text = letters.encoding().map_or_else(
        |_| String::new(),
        |crockford: Encoding| crockford.encode(&random),
    );
    format!("C-{}", text.get(..6).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_has_six_crockford_characters() {
        for _ in 0..100 {
            let id = new_id();
            assert_eq!(id.len(), 8, "{id}");
            assert!(id.starts_with("C-"));
            assert!(
                id[2..]
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() && !b"ILOU".contains(&b))
            );
        }
        assert_ne!(new_id(), new_id());
    }
}
