//! What the pages of time ask of places. What they ask of articles and of
//! lives is in `articles::queries`.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use crate::articles::model::{EntryDetails, Registry};
use crate::db::AnyConnection;
use crate::db::schema::entries;

/// The country of each of these places whose entry names one, by the slug of
/// the place.
pub(super) fn countries(
    conn: &mut AnyConnection,
    places: &BTreeSet<String>,
) -> QueryResult<HashMap<String, String>> {
    let rows: Vec<(String, String)> = entries::table
        .filter(entries::kind.eq(Registry::Places.slug()))
        .filter(entries::slug.eq_any(places))
        .select((entries::slug, entries::details))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(slug, details)| {
            let details: EntryDetails = serde_json::from_str(&details).ok()?;
            Some((slug, details.country?.trim().to_ascii_uppercase()))
        })
        .collect())
}
