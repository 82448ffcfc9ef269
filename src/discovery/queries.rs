//! Which pages the site has about itself.

use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::db::schema::pages;

/// The slugs of all of them, in order.
pub(super) fn pages(conn: &mut AnyConnection) -> QueryResult<Vec<String>> {
    pages::table
        .order(pages::slug)
        .select(pages::slug)
        .load(conn)
}
