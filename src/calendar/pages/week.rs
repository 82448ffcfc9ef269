//! The week around a day, as a strip.

use std::collections::{BTreeSet, HashMap};

use diesel::QueryResult;

use super::super::model::articles_words;
use super::super::weeks::around;
use crate::articles::{Visibility, queries};
use crate::dates::{DateStyle, Day};
use crate::db::AnyConnection;
use crate::paths;

/// One day of the strip.
pub(super) struct WeekDay {
    pub(super) href: String,
    pub(super) number: u8,
    /// "Feb", on the first day of another month than that of the page.
    pub(super) month: Option<&'static str>,
    /// "January 4, 2 articles".
    pub(super) label: String,
    /// A dot for each article, three at most.
    pub(super) dots: usize,
    pub(super) is_current: bool,
}

/// How many articles the days around a day have; those without any are left
/// out.
pub(super) fn counts(
    conn: &mut AnyConnection,
    day: Day,
    visibility: Visibility,
) -> QueryResult<HashMap<Day, i64>> {
    let mut counts = HashMap::new();
    let months: BTreeSet<u8> = around(day).iter().map(|day| day.month()).collect();
    for month in months {
        let days: Vec<i64> = around(day)
            .iter()
            .filter(|day| day.month() == month)
            .map(|day| i64::from(day.day()))
            .collect();
        let of_month = queries::days_of_month(conn, i64::from(month), Some(&days), visibility)?;
        let days = of_month
            .into_iter()
            .filter_map(|(day, count)| Some((Day::new(month, u8::try_from(day).ok()?)?, count)));
        counts.extend(days);
    }
    Ok(counts)
}

/// The seven days around a day.
pub(super) fn strip(day: Day, counts: &HashMap<Day, i64>, style: DateStyle) -> Vec<WeekDay> {
    let mut month = day.month();
    let days = around(day).into_iter().enumerate();
    days.map(|(place, one)| {
        let count = counts.get(&one).copied().unwrap_or(0);
        // At the head of the strip the month is said where it is the last one.
        let is_turn = one.month() != month || (place == 0 && one.month() != day.month());
        let is_news = is_turn && !(place == 0 && one.month() == day.month());
        month = one.month();
        WeekDay {
            href: paths::day(&one.slug()),
            number: one.day(),
            month: is_news.then(|| &one.month_name()[..3]),
            label: match count {
                0 => format!("{}, nothing yet", one.words(style)),
                _ => format!("{}, {}", one.words(style), articles_words(count)),
            },
            dots: usize::try_from(count.min(3)).unwrap_or(0),
            is_current: one == day,
        }
    })
    .collect()
}
