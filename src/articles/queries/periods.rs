//! What stands on the pages of decades and centuries, and in the timeline.

use std::collections::BTreeSet;

use diesel::dsl::count;
use diesel::prelude::*;

use super::super::Visibility;
use super::{accounts, drafts, withheld};
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

/// How many articles each year has, in order of time; years without any are
/// left out. One query, however many there are.
///
/// # Errors
/// The database's.
pub fn told_in(
    conn: &mut AnyConnection,
    range: Range,
    visibility: Visibility,
) -> QueryResult<Vec<Told>> {
    // Nearly all articles can be seen, so it is quicker to leave out the few
    // that cannot than to look each of them up.
    let hidden = articles::table
        .filter(articles::published.gt(visibility.until))
        .or_filter(articles::draft.eq_any(hidden_drafts(visibility)))
        .select(articles::slug);
    let rows: Vec<(i64, i64, i64)> = standings::table
        .filter(standings::year.between(range.first, range.last))
        .filter(standings::span.between(range.spans.0, range.spans.1))
        .filter(standings::slug.ne_all(hidden))
        .group_by((standings::year, standings::span))
        .order((standings::year, standings::span))
        .select((
            standings::year,
            standings::span,
            count(standings::slug).aggregate_distinct(),
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(year, span, articles)| Told {
            year,
            span,
            articles,
        })
        .collect())
}

/// Which articles stand in which year, as year, span and slug, in order of
/// time; an article that stands there twice is given once.
///
/// # Errors
/// The database's.
pub fn slugs_in(
    conn: &mut AnyConnection,
    range: Range,
    visibility: Visibility,
) -> QueryResult<Vec<(i64, i64, String)>> {
    let hidden = articles::table
        .filter(articles::published.gt(visibility.until))
        .or_filter(articles::draft.eq_any(hidden_drafts(visibility)))
        .select(articles::slug);
    standings::table
        .filter(standings::year.between(range.first, range.last))
        .filter(standings::span.between(range.spans.0, range.spans.1))
        .filter(standings::slug.ne_all(hidden))
        .order((standings::year, standings::span))
        .select((standings::year, standings::span, standings::slug))
        .distinct()
        .load(conn)
}

/// How many articles there are.
///
/// # Errors
/// The database's.
pub fn number_of_articles(conn: &mut AnyConnection, visibility: Visibility) -> QueryResult<i64> {
    articles::table
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(drafts(visibility)))
        .count()
        .get_result(conn)
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
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(drafts(visibility)))
        .order((
            standings::year,
            standings::span,
            standings::first_day,
            standings::slug,
        ))
        .select((
            (
                standings::year,
                standings::span,
                standings::month,
                standings::day,
            ),
            (articles::slug, articles::title, articles::summary),
            (standings::label, standings::words),
        ))
        .limit(at_most)
        .load(conn)?;
    let mut entries: Vec<Entry> = Vec::with_capacity(rows.len());
    for ((year, span, month, day), (slug, title, summary), (label, edtf)) in rows {
        let told = entries
            .iter()
            .rev()
            .take_while(|other| (other.year, other.span) == (year, span))
            .any(|other| other.slug == slug);
        if !told {
            entries.push(Entry {
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
            });
        }
    }
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
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(drafts(visibility)))
        .order(standings::year.desc())
        .select(standings::year)
        .first(conn)
        .optional()?;
    let after = standings::table
        .inner_join(articles::table)
        .filter(standings::year.gt(range.last))
        .filter(standings::span.between(range.spans.0, range.spans.1))
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(drafts(visibility)))
        .order(standings::year)
        .select(standings::year)
        .first(conn)
        .optional()?;
    Ok((before, after))
}

/// The values of `draft` that are not let through.
fn hidden_drafts(visibility: Visibility) -> Vec<bool> {
    if visibility.drafts {
        Vec::new()
    } else {
        vec![true]
    }
}
