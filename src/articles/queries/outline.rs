//! Long lists in outline: all their lines in order, each with no more than
//! what decides where it stands. It is read from an index alone, so that a page
//! which shows a part of a list loads that part and nothing else.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use super::super::Visibility;
use super::super::model::Registry;
use super::{LISTED, Listed, ListedRow, Standing, listed, listed_of, visible, withheld};
use crate::db::AnyConnection;
use crate::db::schema::{articles, standings, tags};

/// A line in the list of a day, a month or a year, before it is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The article.
    pub slug: String,
    /// Which of its places in time this is; the lines of one article differ in
    /// it.
    pub position: i64,
    /// Astronomical.
    pub year: i64,
    /// EDTF of the date that stands there.
    pub edtf: String,
    /// An open case marks the article, or keeps something of it back.
    pub is_held: bool,
}

/// What stands on a day of the year, by year; with no day, what is known to
/// have happened in the month, on a day that is not.
///
/// # Errors
/// The database's.
pub fn outline_of_day(
    conn: &mut AnyConnection,
    month: i64,
    day: Option<i64>,
    visibility: Visibility,
) -> QueryResult<Vec<Spot>> {
    let mut lines = standings::table
        .filter(standings::month.eq(month))
        .filter(standings::slug.ne_all(super::tallies::hidden(visibility)))
        .order((standings::year, standings::slug, standings::position))
        .select((
            standings::slug,
            standings::position,
            standings::year,
            standings::words,
        ))
        .into_boxed();
    lines = match day {
        Some(day) => lines.filter(standings::day.eq(day)),
        None => lines.filter(standings::day.is_null()),
    };
    let rows: Vec<(String, i64, i64, String)> = lines.load(conn)?;
    let held = withheld::on_articles(conn)?;
    Ok(rows
        .into_iter()
        .map(|(slug, position, year, edtf)| Spot {
            is_held: held.contains_key(&slug),
            slug,
            position,
            year,
            edtf,
        })
        .collect())
}

/// The slugs of the articles that stand in a year, in the order in which its
/// page has them: by month and day, and what is not known to the month or the
/// day after what is. An article that stands there twice is given once, where
/// it stands first in time.
///
/// # Errors
/// The database's.
pub fn outline_of_year(
    conn: &mut AnyConnection,
    year: i64,
    visibility: Visibility,
) -> QueryResult<Vec<(String, i64)>> {
    let rows: Vec<(String, i64, Option<i64>, Option<i64>)> = standings::table
        .filter(standings::year.eq(year))
        .filter(standings::span.eq(1))
        .filter(standings::slug.ne_all(super::tallies::hidden(visibility)))
        .order((standings::first_day, standings::slug, standings::position))
        .select((
            standings::slug,
            standings::position,
            standings::month,
            standings::day,
        ))
        .load(conn)?;
    let mut told = BTreeSet::new();
    let mut lines: Vec<_> = rows
        .iter()
        .filter(|(slug, ..)| told.insert(slug.as_str()))
        .collect();
    // The sort is stable: on one day the order of time stays.
    let last = i64::MAX;
    lines.sort_by_key(|(_, _, month, day)| (month.unwrap_or(last), day.unwrap_or(last)));
    Ok(lines
        .into_iter()
        .map(|(slug, position, ..)| (slug.clone(), *position))
        .collect())
}

/// The articles that carry a name, in order of time: the slug of each, and the
/// day number by which it is ordered.
///
/// # Errors
/// The database's.
pub fn outline_of_entry(
    conn: &mut AnyConnection,
    registry: Registry,
    entry: &str,
    visibility: Visibility,
) -> QueryResult<Vec<(String, i64)>> {
    let mut rows: Vec<(String, i64)> = tags::table
        .filter(tags::kind.eq(registry.slug()))
        .filter(tags::entry.eq(entry))
        .filter(tags::slug.ne_all(super::tallies::hidden(visibility)))
        .order((tags::first_day, tags::slug))
        .select((tags::slug, tags::first_day))
        .load(conn)?;
    // Two names of one article can stand for one entry.
    rows.dedup();
    Ok(rows)
}

/// Some lines of the list of a day or a month, in their order.
///
/// # Errors
/// The database's.
pub fn listed_at(
    conn: &mut AnyConnection,
    spots: &[Spot],
    visibility: Visibility,
) -> QueryResult<Vec<Listed>> {
    let slugs: BTreeSet<&str> = spots.iter().map(|spot| spot.slug.as_str()).collect();
    let rows: Vec<ListedRow> = articles::table
        .filter(articles::slug.eq_any(&slugs))
        .filter(visible(visibility))
        .select(LISTED)
        .load(conn)?;
    let labels: Vec<(String, i64, String)> = standings::table
        .filter(standings::slug.eq_any(&slugs))
        .select((standings::slug, standings::position, standings::label))
        .load(conn)?;
    let mut labels: HashMap<(String, i64), String> = labels
        .into_iter()
        .map(|(slug, position, label)| ((slug, position), label))
        .collect();
    let articles: HashMap<String, Listed> = listed(conn, rows, visibility)?
        .into_iter()
        .map(|one| (one.slug.clone(), one))
        .collect();
    Ok(spots
        .iter()
        .filter_map(|spot| {
            let mut one = articles.get(&spot.slug)?.clone();
            one.standing = Some(Standing {
                year: spot.year,
                label: labels
                    .remove(&(spot.slug.clone(), spot.position))
                    .unwrap_or_default(),
                edtf: spot.edtf.clone(),
            });
            Some(one)
        })
        .collect())
}

/// At most so many of a day's lines, from the first to the last and evenly
/// between, none of them on hold: for what shows a few of many.
///
/// # Errors
/// The database's.
pub fn some_of_day(
    conn: &mut AnyConnection,
    spots: &[Spot],
    most: usize,
    visibility: Visibility,
) -> QueryResult<Vec<Listed>> {
    let free: Vec<&Spot> = spots.iter().filter(|spot| !spot.is_held).collect();
    let some: Vec<Spot> = evenly(&free, most).map(|spot| (*spot).clone()).collect();
    listed_at(conn, &some, visibility)
}

/// The same of the articles that carry a name.
///
/// # Errors
/// The database's.
pub fn some_of_entry(
    conn: &mut AnyConnection,
    outline: &[(String, i64)],
    most: usize,
    visibility: Visibility,
) -> QueryResult<Vec<Listed>> {
    let held = withheld::on_articles(conn)?;
    let free: Vec<&str> = outline
        .iter()
        .map(|(slug, _)| slug.as_str())
        .filter(|slug| !held.contains_key(*slug))
        .collect();
    let some: Vec<String> = evenly(&free, most).map(|slug| (*slug).to_owned()).collect();
    listed_of(conn, &some, visibility)
}

/// What the first article of an outline calls an entry that has no file.
///
/// # Errors
/// The database's.
pub fn first_name(
    conn: &mut AnyConnection,
    registry: Registry,
    entry: &str,
    outline: &[(String, i64)],
) -> QueryResult<Option<String>> {
    let Some((slug, _)) = outline.first() else {
        return Ok(None);
    };
    tags::table
        .filter(tags::slug.eq(slug))
        .filter(tags::kind.eq(registry.slug()))
        .filter(tags::entry.eq(entry))
        .order(tags::position)
        .select(tags::name)
        .first(conn)
        .optional()
}

/// At most so many of a list, the first and the last among them.
pub(in crate::articles) fn evenly<T>(all: &[T], most: usize) -> impl Iterator<Item = &T> {
    let last = all.len().saturating_sub(1);
    let mut places: Vec<usize> = (0..most)
        .map(|part| part * last / most.saturating_sub(1).max(1))
        .collect();
    places.dedup();
    places.into_iter().filter_map(|place| all.get(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_of_a_list_reach_from_its_first_to_its_last() {
        let some = |count: usize, most: usize| -> Vec<usize> {
            let all: Vec<usize> = (0..count).collect();
            evenly(&all, most).copied().collect()
        };
        assert_eq!(some(0, 3), [0; 0]);
        assert_eq!(some(1, 3), [0]);
        assert_eq!(some(2, 3), [0, 1]);
        assert_eq!(some(3, 3), [0, 1, 2]);
        assert_eq!(some(308, 3), [0, 153, 307]);
        assert_eq!(some(9, 1), [0]);
    }
}
