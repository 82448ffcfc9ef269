//! Where the places of the registry lie.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::articles::model::EntryDetails;
use crate::articles::model::Registry;
use crate::db::AnyConnection;
use crate::db::schema::entries;

/// What the file of a place says of where it is.
pub(super) struct Situation {
    pub(super) name: String,
    /// Degrees north and east.
    pub(super) coordinates: Option<(f64, f64)>,
    /// ISO 3166-1 alpha-2, as it was written.
    pub(super) country: Option<String>,
}

/// Every place that has a file, by its slug.
pub(super) fn situations(conn: &mut AnyConnection) -> QueryResult<BTreeMap<String, Situation>> {
    let rows: Vec<(String, String, String)> = entries::table
        .filter(entries::kind.eq(Registry::Places.slug()))
        .select((entries::slug, entries::name, entries::details))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(slug, name, details)| {
            // Details that an older version wrote may lack what this one asks for.
            let details: EntryDetails = serde_json::from_str(&details).unwrap_or_default();
            let situation = Situation {
                name,
                coordinates: details.lat.zip(details.lon),
                country: details.country,
            };
            (slug, situation)
        })
        .collect())
}
