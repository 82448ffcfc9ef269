//! What stands on the pages of decades and centuries, and in the timeline.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use super::super::Visibility;
use super::{accounts, visible, withheld};
use crate::cases::HoldKind;
use crate::db::AnyConnection;
use crate::db::schema::{articles, standings};

/// The years of a decade or a century, or all there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first year, astronomical.
    pub first: i64,
    /// The last year.
    pub last: i64,
    /// The least and the greatest [`Told::span`] that count: 1 and 10 for what
    /// has a year or at least a decade.
    pub spans: (i64, i64),
}

/// How much is told of one year, or of a decade or century without a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// Astronomical; of a decade or a century, one of its years.
    pub year: i64,
    /// 1 for a year, 10 for a decade, 100 for a century.
    pub span: i64,
    /// How many articles.
    pub articles: i64,
}

/// An article in a list that has little room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Astronomical; of a decade or a century, one of its years.
    pub year: i64,
    /// 1 for a year, 10 for a decade, 100 for a century.
    pub span: i64,
    /// 1 to 12, if it stands in a month.
    pub month: Option<i64>,
    /// 1 to 31, if it stands on a day.
    pub day: Option<i64>,
    /// Its permanent name.
    pub slug: String,
    /// Headline.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// What happened then, in words; may be empty.
    pub label: String,
    /// EDTF of the date that stands there.
    pub edtf: String,
    /// Accounts of that date differ.
    pub is_disputed: bool,
}

type EntryRow = (
    (i64, i64, Option<i64>, Option<i64>),
    (String, String, String),
    (String, String),
);

type EntryColumns = (
    (
        standings::year,
        standings::span,
        standings::month,
        standings::day,
    ),
    (articles::slug, articles::title, articles::summary),
    (standings::label, standings::words),
);

/// The columns of [`EntryRow`].
const ENTRY: EntryColumns = (
    (
        standings::year,
        standings::span,
        standings::month,
        standings::day,
    ),
    (articles::slug, articles::title, articles::summary),
    (standings::label, standings::words),
);

impl Entry {
    fn new(row: EntryRow) -> Entry {
        let ((year, span, month, day), (slug, title, summary), (label, edtf)) = row;
        Entry {
            year,
            span,
            month,
            day,
            slug,
            title,
            summary,
            label,
            edtf,
            is_disputed: false,
        }
    }
}

/// Titles in order of time, at most so many. An article stands once for each
/// year that it has.
///
/// # Errors
/// The database's.
pub fn titles_in(
    conn: &mut AnyConnection,
    range: Range,
    at_most: i64,
    visibility: Visibility,
) -> QueryResult<Vec<Entry>> {
    let rows: Vec<EntryRow> = standings::table
        .inner_join(articles::table)
        .filter(standings::year.between(range.first, range.last))
        .filter(standings::span.between(range.spans.0, range.spans.1))
        .filter(visible(visibility))
        .order((
            standings::year,
            standings::span,
            standings::first_day,
            standings::slug,
        ))
        .select(ENTRY)
        .limit(at_most)
        .load(conn)?;
    let mut entries: Vec<Entry> = Vec::with_capacity(rows.len());
    for row in rows {
        let entry = Entry::new(row);
        let told = entries
            .iter()
            .rev()
            .take_while(|other| (other.year, other.span) == (entry.year, entry.span))
            .any(|other| other.slug == entry.slug);
        if !told {
            entries.push(entry);
        }
    }
    finish(conn, entries, visibility)
}

/// Lines of the list of a year, by slug and place in time, in the order in
/// which they are named.
///
/// # Errors
/// The database's.
pub fn titles_at(
    conn: &mut AnyConnection,
    lines: &[(String, i64)],
    visibility: Visibility,
) -> QueryResult<Vec<Entry>> {
    let slugs: BTreeSet<&str> = lines.iter().map(|(slug, _)| slug.as_str()).collect();
    let rows: Vec<(i64, EntryRow)> = standings::table
        .inner_join(articles::table)
        .filter(standings::slug.eq_any(slugs))
        .filter(visible(visibility))
        .select((standings::position, ENTRY))
        .load(conn)?;
    let mut entries: HashMap<(String, i64), Entry> = rows
        .into_iter()
        .map(|(position, row)| {
            let entry = Entry::new(row);
            ((entry.slug.clone(), position), entry)
        })
        .collect();
    let entries = lines.iter().filter_map(|line| entries.remove(line));
    finish(conn, entries.collect(), visibility)
}

/// Keeps back what open cases keep back, and marks disputed dates.
fn finish(
    conn: &mut AnyConnection,
    mut entries: Vec<Entry>,
    visibility: Visibility,
) -> QueryResult<Vec<Entry>> {
    let held = withheld::on_articles(conn)?;
    for entry in &mut entries {
        if held
            .get(&entry.slug)
            .is_some_and(|kinds| kinds.contains(&HoldKind::Text))
        {
            entry.summary.clear();
        }
    }
    let slugs: BTreeSet<&str> = entries.iter().map(|entry| entry.slug.as_str()).collect();
    let disputed = accounts::disputed_among(conn, &slugs, visibility)?;
    for entry in &mut entries {
        entry.is_disputed = disputed.contains(&(entry.slug.clone(), entry.edtf.clone()));
    }
    Ok(entries)
}

/// The nearest years before `range` and after it in which something stands of
/// those spans; astronomical.
///
/// # Errors
/// The database's.
pub fn years_beside(
    conn: &mut AnyConnection,
    range: Range,
    visibility: Visibility,
) -> QueryResult<(Option<i64>, Option<i64>)> {
    let before = standings::table
        .inner_join(articles::table)
        .filter(standings::year.lt(range.first))
        .filter(standings::span.between(range.spans.0, range.spans.1))
        .filter(visible(visibility))
        .order(standings::year.desc())
        .select(standings::year)
        .first(conn)
        .optional()?;
    let after = standings::table
        .inner_join(articles::table)
        .filter(standings::year.gt(range.last))
        .filter(standings::span.between(range.spans.0, range.spans.1))
        .filter(visible(visibility))
        .order(standings::year)
        .select(standings::year)
        .first(conn)
        .optional()?;
    Ok((before, after))
}
