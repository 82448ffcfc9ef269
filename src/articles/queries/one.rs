//! One article as a list would show it.

use diesel::prelude::*;

use super::super::Visibility;
use super::{LISTED, Listed, ListedRow, listed, visible};
use crate::db::AnyConnection;
use crate::db::schema::articles;

/// The article with this slug, without its text but with its disputed dates.
///
/// # Errors
/// The database's.
pub fn listed_by_slug(
    conn: &mut AnyConnection,
    slug: &str,
    visibility: Visibility,
) -> QueryResult<Option<Listed>> {
    let row: Option<ListedRow> = articles::table
        .filter(articles::slug.eq(slug))
        .filter(visible(visibility))
        .select(LISTED)
        .first(conn)
        .optional()?;
    Ok(listed(conn, row.into_iter().collect(), visibility)?.pop())
}
