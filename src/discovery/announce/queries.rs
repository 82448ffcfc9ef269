//! What was told to whom, and what is new since.

use diesel::dsl::max;
use diesel::prelude::*;

use super::Entries;
use crate::articles::{Visibility, queries};
use crate::db::AnyConnection;
use crate::db::schema::{announcements, articles, cases, editions, revisions, tags};

/// How long an instance may speak before another may think that it has died,
/// in milliseconds.
pub(super) const LEASE: i64 = 10 * 60_000;

/// How many slugs go into one query.
const AT_ONCE: usize = 500;

/// Up to where a target was told, while this instance holds the row.
#[derive(Clone, Debug)]
pub(super) struct Told {
    edition: i64,
    /// Epoch milliseconds.
    pub(super) decided_at: i64,
    /// A day number.
    pub(super) day: i64,
    /// In a row.
    pub(super) failures: i64,
    /// Epoch milliseconds; tells this lease from a later one.
    leased_until: i64,
}

/// What is new for a target.
#[derive(Clone, Debug)]
pub(super) struct News {
    edition: i64,
    /// When editors last decided something: epoch milliseconds.
    pub(super) decided_at: i64,
    /// The day that it is, as a number.
    pub(super) day: i64,
    /// Slugs of articles that all may see and that changed, or that came out.
    pub(super) articles: Vec<String>,
    /// Registry and slug of the entries that they name.
    pub(super) entries: Entries,
}

/// The row of a target, if it is its turn and something is new. It is then
/// leased to the caller.
pub(super) fn take(
    conn: &mut AnyConnection,
    target: &str,
    visibility: Visibility,
    now: i64,
) -> QueryResult<Option<Told>> {
    let found = conn.snapshot(|conn| {
        let state = State::now(conn, visibility)?;
        Ok((row(conn, target)?, state))
    })?;
    let leased_until = now + LEASE;
    match found {
        // Before the first import there is nothing to tell.
        (_, state) if state.edition == 0 => Ok(None),
        (None, state) => {
            conn.change(|conn| begin(conn, target, state, now))?;
            Ok(None)
        }
        (Some((told, due_at)), state) => {
            let is_free = due_at <= now && told.leased_until <= now;
            if !is_free || state == State::of(&told) {
                return Ok(None);
            }
            // Of two instances that have both read this row, one changes it.
            let taken = conn.change(|conn| {
                diesel::update(announcements::table)
                    .filter(announcements::target.eq(target))
                    .filter(announcements::leased_until.eq(told.leased_until))
                    .filter(announcements::edition.eq(told.edition))
                    .set(announcements::leased_until.eq(leased_until))
                    .execute(conn)
            })?;
            Ok((taken == 1).then_some(Told {
                leased_until,
                ..told
            }))
        }
    }
}

/// What is new since a target was told.
pub(super) fn news(
    conn: &mut AnyConnection,
    told: &Told,
    visibility: Visibility,
) -> QueryResult<News> {
    let state = State::now(conn, visibility)?;
    let since: Option<i64> = editions::table
        .filter(editions::id.eq(told.edition))
        .select(editions::created_at)
        .first(conn)
        .optional()?;
    // Revisions have the time of the edition that brought them.
    let revised = revisions::table
        .filter(revisions::created_at.gt(since.unwrap_or(0)))
        .select(revisions::slug);
    let came_out = articles::published.gt(told.day);
    let slugs: Vec<String> = articles::table
        .filter(articles::draft.eq(false))
        .filter(articles::published.le(visibility.until))
        .filter(articles::slug.eq_any(revised).or(came_out))
        .order(articles::slug)
        .select(articles::slug)
        .load(conn)?;
    let mut entries = Entries::new();
    for slugs in slugs.chunks(AT_ONCE) {
        let named: Vec<(String, String)> = tags::table
            .filter(tags::slug.eq_any(slugs))
            .select((tags::kind, tags::entry))
            .distinct()
            .load(conn)?;
        entries.extend(named);
    }
    Ok(News {
        edition: state.edition,
        decided_at: state.decided_at,
        day: state.day,
        articles: slugs,
        entries,
    })
}

/// Notes that a target knows the news, and gives the row back.
pub(super) fn note_told(
    conn: &mut AnyConnection,
    target: &str,
    told: &Told,
    news: &News,
) -> QueryResult<()> {
    conn.change(|conn| {
        diesel::update(announcements::table)
            .filter(announcements::target.eq(target))
            .filter(announcements::leased_until.eq(told.leased_until))
            .set((
                announcements::edition.eq(news.edition),
                announcements::decided_at.eq(news.decided_at),
                announcements::day.eq(news.day),
                announcements::failures.eq(0),
                announcements::due_at.eq(0),
                announcements::leased_until.eq(0),
            ))
            .execute(conn)
            .map(|_| ())
    })
}

/// Notes that a target was not reached, and gives the row back until `due_at`,
/// in epoch milliseconds.
pub(super) fn note_failure(
    conn: &mut AnyConnection,
    target: &str,
    told: &Told,
    due_at: i64,
) -> QueryResult<()> {
    conn.change(|conn| {
        diesel::update(announcements::table)
            .filter(announcements::target.eq(target))
            .filter(announcements::leased_until.eq(told.leased_until))
            .set((
                announcements::failures.eq(told.failures + 1),
                announcements::due_at.eq(due_at),
                announcements::leased_until.eq(0),
            ))
            .execute(conn)
            .map(|_| ())
    })
}

/// What a target can be behind of.
#[derive(Clone, Copy, PartialEq, Eq)]
struct State {
    edition: i64,
    decided_at: i64,
    day: i64,
}

impl State {
    fn now(conn: &mut AnyConnection, visibility: Visibility) -> QueryResult<State> {
        let decided: Option<i64> = cases::table.select(max(cases::decided_at)).first(conn)?;
        let closed: Option<i64> = cases::table.select(max(cases::closed_at)).first(conn)?;
        Ok(State {
            edition: queries::edition(conn)?,
            decided_at: decided.max(closed).unwrap_or(0),
            day: visibility.until,
        })
    }

    fn of(told: &Told) -> State {
        State {
            edition: told.edition,
            decided_at: told.decided_at,
            day: told.day,
        }
    }
}

/// The row, and when it is due.
fn row(conn: &mut AnyConnection, target: &str) -> QueryResult<Option<(Told, i64)>> {
    type Row = (i64, i64, i64, i64, i64, i64);
    let row: Option<Row> = announcements::table
        .filter(announcements::target.eq(target))
        .select((
            announcements::edition,
            announcements::decided_at,
            announcements::day,
            announcements::failures,
            announcements::due_at,
            announcements::leased_until,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(
        |(edition, decided_at, day, failures, due_at, leased_until)| {
            let told = Told {
                edition,
                decided_at,
                day,
                failures,
                leased_until,
            };
            (told, due_at)
        },
    ))
}

/// Begins with what is there now, unless another instance has just done so.
fn begin(conn: &mut AnyConnection, target: &str, state: State, now: i64) -> QueryResult<()> {
    if row(conn, target)?.is_some() {
        return Ok(());
    }
    diesel::insert_into(announcements::table)
        .values((
            announcements::target.eq(target),
            announcements::edition.eq(state.edition),
            announcements::decided_at.eq(state.decided_at),
            announcements::day.eq(state.day),
            announcements::failures.eq(0),
            announcements::due_at.eq(now),
            announcements::leased_until.eq(0),
        ))
        .execute(conn)
        .map(|_| ())
}
