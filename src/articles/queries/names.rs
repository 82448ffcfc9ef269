//! Which articles carry a name.

use diesel::dsl::{count_star, min};
use diesel::prelude::*;

use super::super::Visibility;
use super::super::model::Registry;
use super::{LISTED, Listed, ListedRow, drafts, listed};
use crate::db::AnyConnection;
use crate::db::schema::{articles, tags};

/// The articles that carry a name, in order of time.
///
/// # Errors
/// The database's.
pub fn with_tag(
    conn: &mut AnyConnection,
    registry: Registry,
    entry: &str,
    visibility: Visibility,
) -> QueryResult<Vec<Listed>> {
    let rows: Vec<ListedRow> = tags::table
        .inner_join(articles::table)
        .filter(tags::kind.eq(registry.slug()))
        .filter(tags::entry.eq(entry))
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(drafts(visibility)))
        .order((articles::first_day, articles::slug, tags::position))
        .select(LISTED)
        .load(conn)?;
    // Two names of one article can stand for one entry.
    let mut rows = rows;
    rows.dedup_by(|a, b| a.0 == b.0);
    listed(conn, rows, visibility)
}

/// These articles, as far as they may be seen, in the order in which they are
/// named.
///
/// # Errors
/// The database's.
pub fn listed_of(
    conn: &mut AnyConnection,
    slugs: &[String],
    visibility: Visibility,
) -> QueryResult<Vec<Listed>> {
    let rows: Vec<ListedRow> = articles::table
        .filter(articles::slug.eq_any(slugs))
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(drafts(visibility)))
        .select(LISTED)
        .load(conn)?;
    let mut list = listed(conn, rows, visibility)?;
    list.sort_by_key(|one| slugs.iter().position(|slug| *slug == one.slug));
    Ok(list)
}

/// Every entry of a registry that an article names: its slug, a name, and the
/// number of articles.
///
/// # Errors
/// The database's.
pub fn tag_counts(
    conn: &mut AnyConnection,
    registry: Registry,
    visibility: Visibility,
) -> QueryResult<Vec<(String, String, i64)>> {
    let rows: Vec<(String, Option<String>, i64)> = tags::table
        .inner_join(articles::table)
        .filter(tags::kind.eq(registry.slug()))
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(drafts(visibility)))
        .group_by(tags::entry)
        .select((tags::entry, min(tags::name), count_star()))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(entry, name, count)| {
            let name = name.unwrap_or_else(|| entry.clone());
            (entry, name, count)
        })
        .collect())
}
