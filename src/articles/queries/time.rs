//! What stands on the pages of days, months and years.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::super::Visibility;
use super::{LISTED, Listed, ListedRow, STANDING, StandingRow, drafts, standing};
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
