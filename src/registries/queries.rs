//! What registry pages ask.

use diesel::prelude::*;

use crate::articles::model::Registry;
use crate::content::EntryDetails;
use crate::db::AnyConnection;
use crate::db::schema::entries;

/// An entry that has a file of its own.
pub(super) struct Written {
    pub(super) name: String,
    pub(super) details: EntryDetails,
    pub(super) html: String,
}

/// The written entry with this slug.
pub(super) fn written(
    conn: &mut AnyConnection,
    registry: Registry,
    slug: &str,
) -> QueryResult<Option<Written>> {
    let row: Option<(String, String, String)> = entries::table
        .filter(entries::kind.eq(registry.slug()))
        .filter(entries::slug.eq(slug))
        .select((entries::name, entries::details, entries::html))
        .first(conn)
        .optional()?;
    Ok(row.map(|(name, details, html)| Written {
        name,
        details: serde_json::from_str(&details).unwrap_or_default(),
        html,
    }))
}

/// Slug and name of every written entry.
pub(super) fn names(
    conn: &mut AnyConnection,
    registry: Registry,
) -> QueryResult<Vec<(String, String)>> {
    entries::table
        .filter(entries::kind.eq(registry.slug()))
        .select((entries::slug, entries::name))
        .load(conn)
}
