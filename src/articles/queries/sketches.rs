//! Which pages show what of an article, for those who must tell what changes.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::super::Visibility;
use super::super::inputs::{Sketch, Spot, Stand};
use super::super::model::Registry;
use super::{tags_of, visible};
use crate::db::AnyConnection;
use crate::db::schema::{aliases, articles, claims, picture_uses, standings, tags};

/// How many articles are asked for at once.
const AT_ONCE: usize = 200;

/// These articles so far as they are there, by slug, whoever may see them.
///
/// # Errors
/// The database's.
pub fn sketches(
    conn: &mut AnyConnection,
    slugs: &BTreeSet<String>,
) -> QueryResult<BTreeMap<String, Sketch>> {
    type Row = (String, (String, String, String), bool, i64, i64);
    type StandRow = (
        String,
        (i64, i64, Option<i64>, Option<i64>),
        (String, String),
    );
    let slugs: Vec<String> = slugs.iter().cloned().collect();
    let mut found = BTreeMap::new();
    for slugs in slugs.chunks(AT_ONCE) {
        let rows: Vec<Row> = articles::table
            .filter(articles::slug.eq_any(slugs))
            .select((
                articles::slug,
                (articles::title, articles::summary, articles::details),
                articles::draft,
                articles::published,
                articles::first_day,
            ))
            .load(conn)?;
        let mut names = tags_of(conn, slugs)?;
        for (slug, shown, is_draft, published, first_day) in rows {
            let sketch = Sketch {
                slug: slug.clone(),
                shown,
                is_draft,
                published,
                first_day,
                standings: Vec::new(),
                names: names.remove(&slug).unwrap_or_default(),
                pictures: BTreeSet::new(),
                subjects: BTreeSet::new(),
                old_slugs: BTreeSet::new(),
            };
            found.insert(slug, sketch);
        }
        let rows: Vec<StandRow> = standings::table
            .filter(standings::slug.eq_any(slugs))
            .order((standings::slug, standings::position))
            .select((
                standings::slug,
                (
                    standings::year,
                    standings::span,
                    standings::month,
                    standings::day,
                ),
                (standings::label, standings::words),
            ))
            .load(conn)?;
        for (slug, (year, span, month, day), words) in rows {
            if let Some(sketch) = found.get_mut(&slug) {
                sketch.standings.push(Stand {
                    year,
                    span,
                    month,
                    day,
                    words,
                });
            }
        }
        let rows: Vec<(String, String, String)> = picture_uses::table
            .filter(picture_uses::slug.eq_any(slugs))
            .select((picture_uses::slug, picture_uses::file, picture_uses::hash))
            .load(conn)?;
        for (slug, file, hash) in rows {
            if let Some(sketch) = found.get_mut(&slug) {
                sketch.pictures.insert((file, hash));
            }
        }
        let rows: Vec<(String, String)> = claims::table
            .filter(claims::slug.eq_any(slugs))
            .select((claims::slug, claims::subject))
            .load(conn)?;
        for (slug, subject) in rows {
            if let Some(sketch) = found.get_mut(&slug) {
                sketch.subjects.insert(subject);
            }
        }
        let rows: Vec<(String, String)> = aliases::table
            .filter(aliases::slug.eq_any(slugs))
            .select((aliases::slug, aliases::path))
            .load(conn)?;
        for (slug, path) in rows {
            let old = path.strip_prefix("/articles/").map(str::to_owned);
            if let (Some(sketch), Some(old)) = (found.get_mut(&slug), old) {
                sketch.old_slugs.insert(old);
            }
        }
    }
    Ok(found)
}

/// The articles that claim something of one of these subjects.
///
/// # Errors
/// The database's.
pub fn holding(
    conn: &mut AnyConnection,
    subjects: &BTreeSet<String>,
) -> QueryResult<BTreeSet<String>> {
    if subjects.is_empty() {
        return Ok(BTreeSet::new());
    }
    let slugs: Vec<String> = claims::table
        .filter(claims::subject.eq_any(subjects))
        .select(claims::slug)
        .distinct()
        .load(conn)?;
    Ok(slugs.into_iter().collect())
}

/// The articles that name this entry, whoever may see them.
///
/// # Errors
/// The database's.
pub fn all_naming(
    conn: &mut AnyConnection,
    registry: Registry,
    entry: &str,
) -> QueryResult<BTreeSet<String>> {
    let slugs: Vec<String> = tags::table
        .filter(tags::kind.eq(registry.slug()))
        .filter(tags::entry.eq(entry))
        .select(tags::slug)
        .distinct()
        .load(conn)?;
    Ok(slugs.into_iter().collect())
}

/// The articles that were to be published after one day number and until
/// another, included.
///
/// # Errors
/// The database's.
pub fn due(conn: &mut AnyConnection, after: i64, until: i64) -> QueryResult<BTreeSet<String>> {
    let slugs: Vec<String> = articles::table
        .filter(articles::published.gt(after))
        .filter(articles::published.le(until))
        .select(articles::slug)
        .load(conn)?;
    Ok(slugs.into_iter().collect())
}

/// How often any article stands on a page of time.
///
/// # Errors
/// The database's.
pub fn standing_at(
    conn: &mut AnyConnection,
    spot: Spot,
    visibility: Visibility,
) -> QueryResult<i64> {
    let all = standings::table
        .inner_join(articles::table)
        .filter(visible(visibility));
    match spot {
        Spot::Year(year, span) => all
            .filter(standings::year.eq(year))
            .filter(standings::span.eq(span))
            .count()
            .get_result(conn),
        Spot::Day(month, day) => all
            .filter(standings::month.eq(month))
            .filter(standings::day.eq(day))
            .count()
            .get_result(conn),
    }
}
