//! Where the places of the registry lie, and how much is told of them.

use std::collections::BTreeMap;

use diesel::dsl::{count, min};
use diesel::prelude::*;

use crate::articles::Visibility;
use crate::articles::model::EntryDetails;
use crate::articles::model::Registry;
use crate::db::AnyConnection;
use crate::db::schema::{articles, entries, standings, tags};

/// What the file of a place says of where it is.
pub(super) struct Situation {
    pub(super) name: String,
    /// Degrees north and east.
    pub(super) coordinates: Option<(f64, f64)>,
    /// ISO 3166-1 alpha-2, as it was written.
    pub(super) country: Option<String>,
}

/// The years of which articles tell of a place.
pub(super) struct Year {
    /// Slug of the place.
    pub(super) place: String,
    /// Astronomical.
    pub(super) year: i64,
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

/// The places that articles name, as slug, a name, and the number of articles;
/// only those that stand in the years from `first` to `last`, if any are given.
pub(super) fn told(
    conn: &mut AnyConnection,
    years: Option<(i64, i64)>,
    visibility: Visibility,
) -> QueryResult<Vec<(String, String, i64)>> {
    let (first, last) = years.unwrap_or((i64::MIN, i64::MAX));
    let standing = standings::table
        .filter(standings::year.between(first, last))
        .select(standings::slug);
    let rows: Vec<(String, Option<String>, i64)> = tags::table
        .inner_join(articles::table)
        .filter(tags::kind.eq(Registry::Places.slug()))
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(shown_drafts(visibility)))
        .filter(tags::slug.eq_any(standing))
        .group_by(tags::entry)
        .order(tags::entry)
        .select((
            tags::entry,
            min(tags::name),
            count(tags::slug).aggregate_distinct(),
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(slug, name, articles)| (slug.clone(), name.unwrap_or(slug), articles))
        .collect())
}

/// In which years articles tell of which places, each once.
pub(super) fn years(conn: &mut AnyConnection, visibility: Visibility) -> QueryResult<Vec<Year>> {
    let rows: Vec<(String, i64)> = articles::table
        .inner_join(tags::table)
        .inner_join(standings::table)
        .filter(tags::kind.eq(Registry::Places.slug()))
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(shown_drafts(visibility)))
        .select((tags::entry, standings::year))
        .distinct()
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(place, year)| Year { place, year })
        .collect())
}

/// The values of `draft` that are let through.
fn shown_drafts(visibility: Visibility) -> Vec<bool> {
    if visibility.drafts {
        vec![false, true]
    } else {
        vec![false]
    }
}
