//! Reads the ledger for one answer, all of it from one state of the data.

use std::collections::BTreeMap;

use diesel::QueryResult;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::choice::{Choice, Facet, PER_PAGE};
use super::figures::{Figures, counts};
use super::model::{Entry, Row};
use super::queries;
use crate::articles::queries::began_at;
use crate::articles::{Audience, Visibility};
use crate::cases::{self, Case, Kind, NoteKind, PublicStep, State};
use crate::db::AnyConnection;
use crate::site::cursor::Cursor;
use crate::site::shell::Identity;

/// How many cases a feed holds: those that changed last.
const IN_A_FEED: usize = 50;

/// What an answer is for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Which articles may be named.
    pub(super) visibility: Visibility,
    /// The zone of the site, in which a decision has its year.
    pub(super) zone: TimeZone,
    /// Scheme and host, without a slash at the end.
    pub(super) base_url: String,
    /// The moment of the answer, in epoch milliseconds.
    pub(super) now: i64,
}

/// One page of a choice, with what stands around it.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) figures: Figures,
    /// For each facet the number of cases by value.
    pub(super) counts: Vec<(Facet, BTreeMap<String, usize>)>,
    /// The titles of the articles that have cases and can be read, by slug.
    pub(super) titles: BTreeMap<String, String>,
    /// How many cases are chosen, on all pages.
    pub(super) chosen: usize,
    /// How many pages they fill; at least one.
    pub(super) pages: usize,
    /// How many chosen cases stand before these.
    pub(super) seen: usize,
    /// Where what follows begins; `None` at the end.
    pub(super) following: Option<Cursor>,
    pub(super) entries: Vec<Entry>,
}

/// What a feed is made of.
#[derive(Clone, Debug)]
pub(super) struct Issue {
    /// Those that changed last, the newest change first.
    pub(super) entries: Vec<Entry>,
    /// When the feed last changed in a way that matters, in epoch
    /// milliseconds. Minor edits do not move it.
    pub(super) updated_at: i64,
}

/// What an address of a case shows.
#[derive(Clone, Debug)]
pub(super) enum Found {
    /// A decided case, with each of its steps.
    Decided(Box<Entry>, Vec<PublicStep>),
    /// Another case answers it.
    Merged {
        /// `C-7K3Q2M`.
        id: String,
        /// The case that answers it, by its id.
        into: String,
        /// Whether that one is public yet.
        is_answered: bool,
        steps: Vec<PublicStep>,
    },
}

impl Asked {
    /// For an answer of this moment.
    pub(super) fn now(audience: &Audience, site: &Identity) -> Asked {
        Asked {
            visibility: audience.now(),
            zone: audience.zone.clone(),
            base_url: site.base_url.clone(),
            now: Timestamp::now().as_millisecond(),
        }
    }
}

/// Reads a page of the ledger; `None` where the choice has not so many pages.
pub(super) fn sheet(
    conn: &mut AnyConnection,
    asked: &Asked,
    choice: &Choice,
) -> QueryResult<Option<Sheet>> {
    sheet_from(conn, asked, choice, PER_PAGE, None)
}

/// The same with so many cases on a page, and perhaps from a place on that is
/// no page's: after the case that a cursor names, by its decision and its id.
pub(super) fn sheet_from(
    conn: &mut AnyConnection,
    asked: &Asked,
    choice: &Choice,
    per_page: usize,
    after: Option<&Cursor>,
) -> QueryResult<Option<Sheet>> {
    let rows = queries::rows(conn, &asked.zone)?;
    let open = queries::open(conn)?;
    let chosen: Vec<&Row> = rows.iter().filter(|row| choice.takes(row, None)).collect();
    let pages = chosen.len().div_ceil(per_page).max(1);
    if choice.page >= pages {
        return Ok(None);
    }
    let seen = match after {
        Some(after) => chosen.partition_point(|row| !is_after(row, after)),
        None => choice.page.saturating_mul(per_page),
    };
    let here: Vec<&Row> = chosen.iter().copied().skip(seen).take(per_page).collect();
    let last = here.last().filter(|_| chosen.len() > seen + here.len());
    let following = last.map(|row| place(row));
    let entries = queries::entries(conn, &here, asked.visibility, &asked.base_url)?;
    let mut slugs: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.article.as_deref())
        .collect();
    slugs.sort_unstable();
    slugs.dedup();
    let titles = queries::titles(conn, &slugs, asked.visibility)?;
    let counts = Facet::ALL
        .into_iter()
        .map(|facet| {
            let mut counts = counts(&rows, choice, facet);
            if facet == Facet::Article {
                // The slug of an article that cannot be read is not told.
                counts.retain(|slug, _| titles.contains_key(slug));
            }
            (facet, counts)
        })
        .collect();
    Ok(Some(Sheet {
        figures: Figures::of(&rows, open, asked.now),
        counts,
        titles,
        chosen: chosen.len(),
        pages,
        seen,
        following,
        entries,
    }))
}

/// What is public of the cases after one, the last decision first; for an
/// export.
pub(super) fn cases_after(
    conn: &mut AnyConnection,
    asked: &Asked,
    after: Option<&Cursor>,
    limit: usize,
) -> QueryResult<Vec<(Cursor, Entry)>> {
    let rows = queries::rows(conn, &asked.zone)?;
    let here: Vec<&Row> = rows
        .iter()
        .filter(|row| after.is_none_or(|after| is_after(row, after)))
        .take(limit)
        .collect();
    let entries = queries::entries(conn, &here, asked.visibility, &asked.base_url)?;
    let places = here.iter().map(|row| place(row));
    Ok(places.zip(entries).collect())
}

/// Where a case stands in the list.
fn place(row: &Row) -> Cursor {
    Cursor::new(row.course.decided_at, row.id.clone())
}

/// Whether a case comes after a place: the last decision stands first.
fn is_after(row: &Row, place: &Cursor) -> bool {
    let decided_at = row.course.decided_at;
    decided_at < place.number || decided_at == place.number && row.id > place.text
}

/// Reads what goes into a feed.
pub(super) fn issue(conn: &mut AnyConnection, asked: &Asked) -> QueryResult<Issue> {
    let rows = queries::rows(conn, &asked.zone)?;
    let updated_at = |row: &Row| row.course.updated_at(row.state, row.note_kind);
    let moving = rows
        .iter()
        .filter(|row| row.note_kind != Some(NoteKind::Minor));
    // A feed must have a date. Before there is anything in it that counts, it
    // is that of the site, which nothing moves.
    let updated = match moving.map(updated_at).max() {
        Some(latest) => latest,
        None => began_at(conn)?,
    };
    let mut newest: Vec<&Row> = rows.iter().collect();
    newest.sort_by_key(|row| std::cmp::Reverse(updated_at(row)));
    newest.truncate(IN_A_FEED);
    Ok(Issue {
        entries: queries::entries(conn, &newest, asked.visibility, &asked.base_url)?,
        updated_at: updated,
    })
}

/// Reads one case; `None` where nothing of it is public.
pub(super) fn case(
    conn: &mut AnyConnection,
    asked: &Asked,
    id: &str,
) -> QueryResult<Option<Found>> {
    let Some(case) = cases::by_id(conn, id)? else {
        return Ok(None);
    };
    let steps = cases::public_steps(conn, &case.id)?;
    if case.state() != State::Merged {
        if !case.is_public() {
            return Ok(None);
        }
        let entry = queries::entry(conn, case, asked.visibility, &asked.base_url)?;
        return Ok(Some(Found::Decided(Box::new(entry), steps)));
    }
    let target = match &case.merged_into {
        Some(target) => cases::by_id(conn, target)?,
        None => None,
    };
    Ok(target.and_then(|target| merged(case, &target, steps)))
}

/// A case that was public once stays so; any other becomes so with the
/// decision of the case that answers it.
fn merged(case: Case, target: &Case, steps: Vec<PublicStep>) -> Option<Found> {
    if case.kind() == Kind::Letter || target.kind() == Kind::Letter {
        return None;
    }
    let is_answered = target.is_public();
    (is_answered || case.is_public()).then(|| Found::Merged {
        id: case.id,
        into: target.id.clone(),
        is_answered,
        steps,
    })
}
