//! The numbers of the revisions that articles are at.

use std::collections::HashMap;

use diesel::dsl::min;
use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::db::schema::{articles, editions};

/// The number of the revision that is shown of each of these articles, by slug.
/// The slugs come from queries that know what may be seen.
///
/// # Errors
/// The database's.
pub(super) fn revisions_of(
    conn: &mut AnyConnection,
    slugs: &[String],
) -> QueryResult<HashMap<String, i64>> {
    let rows: Vec<(String, i64)> = articles::table
        .filter(articles::slug.eq_any(slugs))
        .select((articles::slug, articles::revision))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// When the first edition came, in epoch milliseconds, UTC; 0 before it.
///
/// # Errors
/// The database's.
pub(super) fn first_edition_at(conn: &mut AnyConnection) -> QueryResult<i64> {
    let first: Option<i64> = editions::table
        .select(min(editions::created_at))
        .first(conn)?;
    Ok(first.unwrap_or(0))
}
