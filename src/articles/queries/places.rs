//! Where the places of the registry lie.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::Deserialize;

use crate::articles::model::Registry;
use crate::cartography::Marked;
use crate::db::AnyConnection;
use crate::db::schema::entries;

/// Every place that has coordinates, by its slug.
///
/// # Errors
/// The database's.
pub(in crate::articles) fn located(
    conn: &mut AnyConnection,
) -> QueryResult<BTreeMap<String, Marked>> {
    let rows: Vec<(String, String, String)> = entries::table
        .filter(entries::kind.eq(Registry::Places.slug()))
        .select((entries::slug, entries::name, entries::details))
        .load(conn)?;
    let located = rows.into_iter().filter_map(|(slug, name, details)| {
        let point: Point = serde_json::from_str(&details).ok()?;
        let (lat, lon) = point.lat.zip(point.lon)?;
        Some((slug, Marked { name, lat, lon }))
    });
    Ok(located.collect())
}

/// The part of an entry's details that is of use here.
#[derive(Deserialize)]
struct Point {
    lat: Option<f64>,
    lon: Option<f64>,
}
