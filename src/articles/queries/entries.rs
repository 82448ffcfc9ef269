//! What the files of the registries say of an entry.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::super::model::{EntryDetails, Registry};
use crate::db::AnyConnection;
use crate::db::schema::entries;

/// An entry that has a file of its own.
#[derive(Clone, Debug)]
pub struct WrittenEntry {
    /// The name that articles use.
    pub name: String,
    /// The rest of the front matter.
    pub details: EntryDetails,
    /// The text, sanitised.
    pub html: String,
}

/// The written entry with this slug.
///
/// # Errors
/// The database's.
pub fn written_entry(
    conn: &mut AnyConnection,
    registry: Registry,
    slug: &str,
) -> QueryResult<Option<WrittenEntry>> {
    let row: Option<(String, String, String)> = entries::table
        .filter(entries::kind.eq(registry.slug()))
        .filter(entries::slug.eq(slug))
        .select((entries::name, entries::details, entries::html))
        .first(conn)
        .optional()?;
    Ok(row.map(|(name, details, html)| WrittenEntry {
        name,
        details: read(&details),
        html,
    }))
}

/// Every written entry of a registry by its slug, without its text: the name
/// and the rest.
///
/// # Errors
/// The database's.
pub fn written_entries(
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

/// The written entries of a registry that have these slugs, with their texts,
/// by slug.
///
/// # Errors
/// The database's.
pub fn written_with_text(
    conn: &mut AnyConnection,
    registry: Registry,
    slugs: &BTreeSet<String>,
) -> QueryResult<BTreeMap<String, WrittenEntry>> {
    if slugs.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(String, String, String, String)> = entries::table
        .filter(entries::kind.eq(registry.slug()))
        .filter(entries::slug.eq_any(slugs))
        .select((
            entries::slug,
            entries::name,
            entries::details,
            entries::html,
        ))
        .load(conn)?;
    let written = rows.into_iter().map(|(slug, name, details, html)| {
        let details = read(&details);
        let entry = WrittenEntry {
            name,
            details,
            html,
        };
        (slug, entry)
    });
    Ok(written.collect())
}

/// Details that an older version of the program wrote may lack what this one
/// asks for; the next import writes them anew.
fn read(details: &str) -> EntryDetails {
    serde_json::from_str(details).unwrap_or_default()
}
