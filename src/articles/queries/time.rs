//! What stands on the pages of days, months and years.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::super::Visibility;
use super::{LISTED, Listed, ListedRow, STANDING, StandingRow, Whole, drafts, listed, standing};
use crate::db::AnyConnection;
use crate::db::schema::{articles, standings};

/// What stands on a day page, by year.
///
/// # Errors
/// The database's.
pub fn on_day(
    conn: &mut AnyConnection,
    month: i64,
    day: i64,
    visibility: Visibility,
) -> QueryResult<Vec<Listed>> {
    let rows: Vec<(ListedRow, StandingRow)> = standings::table
        .inner_join(articles::table)
        .filter(standings::month.eq(month))
        .filter(standings::day.eq(day))
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(drafts(visibility)))
        .order((standings::year, articles::slug))
        .select((LISTED, STANDING))
        .load(conn)?;
    standing(conn, rows, visibility)
}

/// What is known to have happened in a month, on a day that is not.
///
/// # Errors
/// The database's.
pub fn in_month(
    conn: &mut AnyConnection,
    month: i64,
    visibility: Visibility,
) -> QueryResult<Vec<Listed>> {
    let rows: Vec<(ListedRow, StandingRow)> = standings::table
        .inner_join(articles::table)
        .filter(standings::month.eq(month))
        .filter(standings::day.is_null())
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(drafts(visibility)))
        .order((standings::year, articles::slug))
        .select((LISTED, STANDING))
        .load(conn)?;
    standing(conn, rows, visibility)
}

/// What stands on a year page, in order of time, each article once.
///
/// # Errors
/// The database's.
pub fn in_year(
    conn: &mut AnyConnection,
    year: i64,
    visibility: Visibility,
) -> QueryResult<Vec<Listed>> {
    let mut rows: Vec<(ListedRow, StandingRow)> = standings::table
        .inner_join(articles::table)
        .filter(standings::year.eq(year))
        .filter(standings::span.eq(1))
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(drafts(visibility)))
        .order((standings::first_day, articles::slug))
        .select((LISTED, STANDING))
        .load(conn)?;
    let mut seen = Vec::new();
    rows.retain(|(listed, _)| {
        let fresh = !seen.contains(&listed.0);
        seen.push(listed.0.clone());
        fresh
    });
    standing(conn, rows, visibility)
}

/// How many entries each day of a month has.
///
/// # Errors
/// The database's.
pub fn days_of_month(
    conn: &mut AnyConnection,
    month: i64,
    visibility: Visibility,
) -> QueryResult<HashMap<i64, i64>> {
    let rows: Vec<(Option<i64>, i64)> = standings::table
        .inner_join(articles::table)
        .filter(standings::month.eq(month))
        .filter(standings::day.is_not_null())
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(drafts(visibility)))
        .group_by(standings::day)
        .select((standings::day, count_star()))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(day, count)| Some((day?, count)))
        .collect())
}

/// Every day of the year that has an entry, as month and day.
///
/// # Errors
/// The database's.
pub fn days_with_entries(
    conn: &mut AnyConnection,
    visibility: Visibility,
) -> QueryResult<Vec<(i64, i64)>> {
    let rows: Vec<(Option<i64>, Option<i64>)> = standings::table
        .inner_join(articles::table)
        .filter(standings::day.is_not_null())
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(drafts(visibility)))
        .select((standings::month, standings::day))
        .distinct()
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(month, day)| Some((month?, day?)))
        .collect())
}

/// The articles just before and just after one in order of time.
///
/// # Errors
/// The database's.
pub fn neighbours(
    conn: &mut AnyConnection,
    article: &Whole,
    visibility: Visibility,
) -> QueryResult<(Option<Listed>, Option<Listed>)> {
    let (day, slug) = (article.first_day, article.slug.as_str());
    // The bound on the day alone, which the rest implies, lets the database
    // walk its index from there and stop at the first.
    let earlier = articles::first_day
        .le(day)
        .and(articles::first_day.lt(day).or(articles::slug.lt(slug)));
    let later = articles::first_day
        .ge(day)
        .and(articles::first_day.gt(day).or(articles::slug.gt(slug)));
    let before: Option<ListedRow> = articles::table
        .filter(earlier)
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(drafts(visibility)))
        .order((articles::first_day.desc(), articles::slug.desc()))
        .select(LISTED)
        .first(conn)
        .optional()?;
    let after: Option<ListedRow> = articles::table
        .filter(later)
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(drafts(visibility)))
        .order((articles::first_day, articles::slug))
        .select(LISTED)
        .first(conn)
        .optional()?;
    let before = before
        .map(|row| listed(conn, vec![row], visibility))
        .transpose()?;
    let after = after
        .map(|row| listed(conn, vec![row], visibility))
        .transpose()?;
    let one = |list: Option<Vec<Listed>>| list.and_then(|mut list| list.pop());
    Ok((one(before), one(after)))
}
