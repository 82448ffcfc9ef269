//! What happened just before and just after an article: in time, in the same
//! story and in the same place.

use diesel::prelude::*;

use super::super::Visibility;
use super::super::model::{Registry, Tag};
use super::{LISTED, Listed, ListedRow, Whole, listed, visible};
use crate::db::AnyConnection;
use crate::db::schema::{articles, tags};

/// What stands on one side of an article in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// An article that comes before or after another.
#[derive(Clone, Debug)]
pub struct Near {
    /// The article.
    pub listed: Listed,
    /// In what it is the nearest; at least one, the closest bond first.
    pub bonds: Vec<Bond>,
}

/// In what an article is the nearest to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bond {
    /// Of those with this topic, named as the other article names it.
    Story(String),
    /// Of those at this place, named likewise.
    Place(String),
    /// Of all.
    Time,
}

/// The nearest articles before, and those after, each once: what comes next in
/// a story is often what comes next in time.
///
/// # Errors
/// The database's.
pub fn around(
    conn: &mut AnyConnection,
    article: &Whole,
    visibility: Visibility,
) -> QueryResult<[Vec<Near>; 2]> {
    let mut both = [Vec::new(), Vec::new()];
    for (side, found) in [Side::Before, Side::After].into_iter().zip(&mut both) {
        for registry in [Registry::Topics, Registry::Places] {
            if let Some((row, entry)) = with_same(conn, article, registry, side, visibility)? {
                let tags = &article.tags;
                let name = tags
                    .iter()
                    .find(|tag| tag.registry == registry && tag.entry == entry)
                    .map_or(entry.clone(), |tag| tag.name.clone());
                let bond = match registry {
                    Registry::Places => Bond::Place(name),
                    _ => Bond::Story(name),
                };
                add(found, row, bond);
            }
        }
        if let Some(row) = in_time(conn, article, side, visibility)? {
            add(found, row, Bond::Time);
        }
    }
    let [before, after] = both;
    let first_after = before.len();
    let (rows, bonds): (Vec<ListedRow>, Vec<Vec<Bond>>) = before.into_iter().chain(after).unzip();
    let mut before: Vec<Near> = listed(conn, rows, visibility)?
        .into_iter()
        .zip(bonds)
        .map(|(listed, bonds)| Near { listed, bonds })
        .collect();
    let after = before.split_off(first_after);
    Ok([before, after])
}

fn add(found: &mut Vec<(ListedRow, Vec<Bond>)>, row: ListedRow, bond: Bond) {
    match found.iter_mut().find(|(known, _)| known.0 == row.0) {
        Some((_, bonds)) => bonds.push(bond),
        None => found.push((row, vec![bond])),
    }
}

/// The nearest article that shares an entry of a registry, with the entry.
fn with_same(
    conn: &mut AnyConnection,
    article: &Whole,
    registry: Registry,
    side: Side,
    visibility: Visibility,
) -> QueryResult<Option<(ListedRow, String)>> {
    type Found = ((i64, String), String);
    let (day, slug) = (article.first_day, article.slug.as_str());
    let entries = article.tags.iter().filter(|tag| tag.registry == registry);
    let mut nearest: Option<Found> = None;
    for Tag { entry, .. } in entries {
        let seen = tags::table
            .inner_join(articles::table)
            .filter(tags::kind.eq(registry.slug()))
            .filter(tags::entry.eq(entry))
            .filter(visible(visibility));
        // As below, the bound on the day alone lets the index be walked.
        let found: Option<(i64, String)> = match side {
            Side::Before => seen
                .filter(tags::first_day.le(day))
                .filter(tags::first_day.lt(day).or(tags::slug.lt(slug)))
                .order((tags::first_day.desc(), tags::slug.desc()))
                .select((tags::first_day, tags::slug))
                .first(conn)
                .optional()?,
            Side::After => seen
                .filter(tags::first_day.ge(day))
                .filter(tags::first_day.gt(day).or(tags::slug.gt(slug)))
                .order((tags::first_day, tags::slug))
                .select((tags::first_day, tags::slug))
                .first(conn)
                .optional()?,
        };
        // Several shared entries tie on the article; the first of them stays.
        let Some(found) = found else { continue };
        let is_nearer = nearest.as_ref().is_none_or(|(known, _)| match side {
            Side::Before => found > *known,
            Side::After => found < *known,
        });
        if is_nearer {
            nearest = Some((found, entry.clone()));
        }
    }
    let Some(((_, slug), entry)) = nearest else {
        return Ok(None);
    };
    let row = articles::table
        .filter(articles::slug.eq(slug))
        .select(LISTED)
        .first(conn)?;
    Ok(Some((row, entry)))
}

/// The article just before or just after in order of time.
fn in_time(
    conn: &mut AnyConnection,
    article: &Whole,
    side: Side,
    visibility: Visibility,
) -> QueryResult<Option<ListedRow>> {
    let (day, slug) = (article.first_day, article.slug.as_str());
    let seen = articles::table.filter(visible(visibility));
    // The bound on the day alone, which the rest implies, lets the database
    // walk its index from there and stop at the first.
    match side {
        Side::Before => seen
            .filter(articles::first_day.le(day))
            .filter(articles::first_day.lt(day).or(articles::slug.lt(slug)))
            .order((articles::first_day.desc(), articles::slug.desc()))
            .select(LISTED)
            .first(conn)
            .optional(),
        Side::After => seen
            .filter(articles::first_day.ge(day))
            .filter(articles::first_day.gt(day).or(articles::slug.gt(slug)))
            .order((articles::first_day, articles::slug))
            .select(LISTED)
            .first(conn)
            .optional(),
    }
}
