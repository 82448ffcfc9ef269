//! What registry pages ask.

use std::collections::BTreeMap;

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
        details: read(&details),
        html,
    }))
}

/// Every written entry by its slug, without its text.
pub(super) fn all(
    conn: &mut AnyConnection,
    registry: Registry,
) -> QueryResult<BTreeMap<String, (String, EntryDetails)>> {
    let rows: Vec<(String, String, String)> = entries::table
        .filter(entries::kind.eq(registry.slug()))
        .select((entries::slug, entries::name, entries::details))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(slug, name, details)| (slug, (name, read(&details))))
        .collect())
}

/// Details that an older version of the program wrote may lack what this one
/// asks for; the next import writes them anew.
fn read(details: &str) -> EntryDetails {
    serde_json::from_str(details).unwrap_or_default()
}
