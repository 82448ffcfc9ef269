//! Articles by their slugs, as lists show them.

use diesel::prelude::*;

use super::super::Visibility;
use super::{LISTED, Listed, ListedRow, listed, visible};
use crate::db::AnyConnection;
use crate::db::schema::articles;

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
        .filter(visible(visibility))
        .select(LISTED)
        .load(conn)?;
    let mut list = listed(conn, rows, visibility)?;
    list.sort_by_key(|one| slugs.iter().position(|slug| *slug == one.slug));
    Ok(list)
}
