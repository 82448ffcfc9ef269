//! What stands on the pages of days and months.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::super::Visibility;
use super::tallies::hidden;
use super::{Listed, listed_at, outline_of_day};
use crate::db::AnyConnection;
use crate::db::schema::standings;

/// All that stands on a day of the year, by year, however much that is; a page
/// goes through [`outline_of_day`].
///
/// # Errors
/// The database's.
pub fn on_day(
    conn: &mut AnyConnection,
    month: i64,
    day: i64,
    visibility: Visibility,
) -> QueryResult<Vec<Listed>> {
    let spots = outline_of_day(conn, month, Some(day), visibility)?;
    listed_at(conn, &spots, visibility)
}

/// How many entries each day of a month has; with `days`, those of them alone.
///
/// # Errors
/// The database's.
pub fn days_of_month(
    conn: &mut AnyConnection,
    month: i64,
    days: Option<&[i64]>,
    visibility: Visibility,
) -> QueryResult<HashMap<i64, i64>> {
    let mut lines = standings::table
        .filter(standings::month.eq(month))
        .filter(standings::day.is_not_null())
        .filter(standings::slug.ne_all(hidden(visibility)))
        .group_by(standings::day)
        .select((standings::day, count_star()))
        .into_boxed();
    if let Some(days) = days {
        lines = lines.filter(standings::day.eq_any(days));
    }
    let rows: Vec<(Option<i64>, i64)> = lines.load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(day, count)| Some((day?, count)))
        .collect())
}

/// Every day of the year that has an entry, as month and day, in their order.
/// It asks for each day in turn, so that it costs the same however many
/// entries there are.
///
/// # Errors
/// The database's.
pub fn days_with_entries(
    conn: &mut AnyConnection,
    visibility: Visibility,
) -> QueryResult<Vec<(i64, i64)>> {
    let mut found = Vec::new();
    let (mut month, mut day) = (1, 0);
    while month <= 12 {
        let next: Option<Option<i64>> = standings::table
            .filter(standings::month.eq(month))
            .filter(standings::day.gt(day))
            .filter(standings::slug.ne_all(hidden(visibility)))
            .order(standings::day)
            .select(standings::day)
            .first(conn)
            .optional()?;
        match next.flatten() {
            Some(next) => {
                found.push((month, next));
                day = next;
            }
            None => (month, day) = (month + 1, 0),
        }
    }
    Ok(found)
}

/// Whether anything is known to have happened in a month, on a day that is not.
///
/// # Errors
/// The database's.
pub fn is_told_without_day(
    conn: &mut AnyConnection,
    month: i64,
    visibility: Visibility,
) -> QueryResult<bool> {
    let any: Option<String> = standings::table
        .filter(standings::month.eq(month))
        .filter(standings::day.is_null())
        .filter(standings::slug.ne_all(hidden(visibility)))
        .select(standings::slug)
        .first(conn)
        .optional()?;
    Ok(any.is_some())
}
