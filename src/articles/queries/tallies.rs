//! How many articles there are of a time or a name: counted by the import, so
//! that no page reads all articles. The tallies count every article; what may
//! not be seen is little, and only what it touches is counted again here.

use std::collections::{BTreeMap, BTreeSet};

use diesel::dsl::{count, min, sql};
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::super::Visibility;
use super::super::model::Registry;
use super::{Range, Told, visible};
use crate::dates::Century;
use crate::db::AnyConnection;
use crate::db::schema::{articles, editions, standings, tags, tallies};

/// The kind of a tally: of a year, or of a decade or century without a year.
pub(crate) const YEAR: &str = "year";
/// The kind of a tally: of all that stands in the years of a decade, or in it.
pub(crate) const DECADE: &str = "decade";
/// The kind of a tally: of all that stands in a century, in whatever way.
pub(crate) const CENTURY: &str = "century";
/// The kind of a tally: of a place in a century. That of a name is the slug of
/// its registry.
pub(crate) const PLACES_BY_CENTURY: &str = "places by century";

/// The articles that may not be seen. The condition on drafts is the one of
/// their index, to the letter: a bound value would not show that it is.
#[diesel::dsl::auto_type]
pub(super) fn hidden(visibility: Visibility) -> _ {
    let until: i64 = visibility.until;
    let drafts: SqlLiteral<Bool> = hidden_drafts(visibility);
    articles::table
        .filter(articles::published.gt(until).or(drafts))
        .select(articles::slug)
}

/// How many articles there are.
///
/// # Errors
/// The database's.
pub fn number_of_articles(conn: &mut AnyConnection, visibility: Visibility) -> QueryResult<i64> {
    let all: Option<i64> = editions::table
        .order(editions::id.desc())
        .select(editions::articles)
        .first(conn)
        .optional()?;
    let unseen: i64 = hidden(visibility).count().get_result(conn)?;
    Ok(all.unwrap_or(0) - unseen)
}

/// How many articles each year has, in order of time; years without any are
/// left out.
///
/// # Errors
/// The database's.
pub fn told_in(
    conn: &mut AnyConnection,
    range: Range,
    visibility: Visibility,
) -> QueryResult<Vec<Told>> {
    let rows: Vec<(i64, i64, i64)> = tallies::table
        .filter(tallies::kind.eq(YEAR))
        .filter(tallies::entry.eq(""))
        .filter(tallies::year.between(range.first, range.last))
        .filter(tallies::span.between(range.spans.0, range.spans.1))
        .order((tallies::year, tallies::span))
        .select((tallies::year, tallies::span, tallies::articles))
        .load(conn)?;
    let touched: BTreeSet<i64> = standings::table
        .filter(standings::slug.eq_any(hidden(visibility)))
        .filter(standings::year.between(range.first, range.last))
        .select(standings::year)
        .distinct()
        .load(conn)?
        .into_iter()
        .collect();
    let mut told: BTreeMap<(i64, i64), i64> = rows
        .into_iter()
        .filter(|(year, ..)| !touched.contains(year))
        .map(|(year, span, articles)| ((year, span), articles))
        .collect();
    if !touched.is_empty() {
        let rows: Vec<(i64, i64, i64)> = standings::table
            .filter(standings::year.eq_any(&touched))
            .filter(standings::span.between(range.spans.0, range.spans.1))
            .filter(standings::slug.ne_all(hidden(visibility)))
            .group_by((standings::year, standings::span))
            .select((
                standings::year,
                standings::span,
                count(standings::slug).aggregate_distinct(),
            ))
            .load(conn)?;
        told.extend(rows.into_iter().map(|(year, span, n)| ((year, span), n)));
    }
    Ok(told
        .into_iter()
        .map(|((year, span), articles)| Told {
            year,
            span,
            articles,
        })
        .collect())
}

/// How many articles a stretch of time has, each once. That of a whole decade
/// or century is known; of any other it is counted.
///
/// # Errors
/// The database's.
pub fn number_in(
    conn: &mut AnyConnection,
    range: Range,
    visibility: Visibility,
) -> QueryResult<i64> {
    let unseen: Option<String> = standings::table
        .filter(standings::slug.eq_any(hidden(visibility)))
        .filter(standings::year.between(range.first, range.last))
        .select(standings::slug)
        .first(conn)
        .optional()?;
    let kind = match (range.spans, range.last - range.first) {
        ((1, 100), 99) => CENTURY,
        // The decades beside the turn of the era have nine years.
        ((1, 10), 9) => DECADE,
        ((1, 10), 8) if range.first == 1 || range.last == 0 => DECADE,
        _ => "",
    };
    if unseen.is_none() && !kind.is_empty() {
        let known: Option<i64> = tallies::table
            .filter(tallies::kind.eq(kind))
            .filter(tallies::entry.eq(""))
            .filter(tallies::year.eq(range.first))
            .select(tallies::articles)
            .first(conn)
            .optional()?;
        return Ok(known.unwrap_or(0));
    }
    standings::table
        .filter(standings::year.between(range.first, range.last))
        .filter(standings::span.between(range.spans.0, range.spans.1))
        .filter(standings::slug.ne_all(hidden(visibility)))
        .select(count(standings::slug).aggregate_distinct())
        .first(conn)
}

/// Every entry of a registry that an article names: its slug, a name, and the
/// number of articles.
///
/// # Errors
/// The database's.
pub fn tag_counts(
    conn: &mut AnyConnection,
    registry: Registry,
    visibility: Visibility,
) -> QueryResult<Vec<(String, String, i64)>> {
    let mut rows: Vec<(String, String, i64)> = tallies::table
        .filter(tallies::kind.eq(registry.slug()))
        .order(tallies::entry)
        .select((tallies::entry, tallies::name, tallies::articles))
        .load(conn)?;
    let touched = touched(conn, registry, visibility)?;
    if !touched.is_empty() {
        rows.retain(|(entry, ..)| !touched.contains(entry));
        let again: Vec<(String, Option<String>, i64)> = tags::table
            .inner_join(articles::table)
            .filter(tags::kind.eq(registry.slug()))
            .filter(tags::entry.eq_any(&touched))
            .filter(visible(visibility))
            .group_by(tags::entry)
            .select((
                tags::entry,
                min(tags::name),
                count(tags::slug).aggregate_distinct(),
            ))
            .load(conn)?;
        rows.extend(again.into_iter().map(|(entry, name, articles)| {
            let name = name.unwrap_or_else(|| entry.clone());
            (entry, name, articles)
        }));
        rows.sort();
    }
    Ok(rows)
}

/// How many articles each place has in each century of which something is told
/// there, by the slug of the place.
///
/// # Errors
/// The database's.
pub fn places_by_century(
    conn: &mut AnyConnection,
    visibility: Visibility,
) -> QueryResult<Vec<(String, Century, i64)>> {
    let century = |year: i64| crate::dates::Year::from_astronomical(year).century();
    let rows: Vec<(String, i64, i64)> = tallies::table
        .filter(tallies::kind.eq(PLACES_BY_CENTURY))
        .order((tallies::entry, tallies::year))
        .select((tallies::entry, tallies::year, tallies::articles))
        .load(conn)?;
    let touched = touched(conn, Registry::Places, visibility)?;
    let mut told: BTreeMap<(String, Century), i64> = rows
        .into_iter()
        .filter(|(place, ..)| !touched.contains(place))
        .map(|(place, year, articles)| ((place, century(year)), articles))
        .collect();
    if !touched.is_empty() {
        let rows: Vec<(String, String, i64)> = tags::table
            .inner_join(standings::table.on(standings::slug.eq(tags::slug)))
            .filter(tags::kind.eq(Registry::Places.slug()))
            .filter(tags::entry.eq_any(&touched))
            .filter(tags::slug.ne_all(hidden(visibility)))
            .select((tags::entry, tags::slug, standings::year))
            .load(conn)?;
        let each: BTreeSet<(String, Century, String)> = rows
            .into_iter()
            .map(|(place, slug, year)| (place, century(year), slug))
            .collect();
        for (place, century, _) in each {
            *told.entry((place, century)).or_default() += 1;
        }
    }
    Ok(told
        .into_iter()
        .map(|((place, century), articles)| (place, century, articles))
        .collect())
}

/// The entries that an article names which may not be seen.
fn touched(
    conn: &mut AnyConnection,
    registry: Registry,
    visibility: Visibility,
) -> QueryResult<BTreeSet<String>> {
    // By the article alone: with the registry, the database would go through
    // all names of it.
    let named: Vec<(String, String)> = tags::table
        .filter(tags::slug.eq_any(hidden(visibility)))
        .select((tags::kind, tags::entry))
        .load(conn)?;
    let of_it = named
        .into_iter()
        .filter(|(kind, _)| kind == registry.slug());
    Ok(of_it.map(|(_, entry)| entry).collect())
}

fn hidden_drafts(visibility: Visibility) -> SqlLiteral<Bool> {
    sql(match visibility.drafts {
        true => "FALSE",
        false => "articles.draft = TRUE",
    })
}
