//! The reports that were caught.

use diesel::dsl::{count_star, max};
use diesel::prelude::*;

use crate::cases;
use crate::db::AnyConnection;
use crate::db::schema::reports;
use crate::desk::clock::DAY;

/// How many a page shows.
pub(super) const PAGE: i64 = 50;

/// A report that was caught, without anything of who sent it.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Caught {
    pub(super) id: String,
    pub(super) received_at: i64,
    pub(super) rule: String,
    pub(super) article: Option<String>,
    pub(super) category: String,
    pub(super) quote: String,
    pub(super) wrong: String,
    pub(super) correct: String,
}

/// What the list shows.
pub(super) struct Listing {
    pub(super) caught: Vec<Caught>,
    pub(super) total: i64,
    /// The page, from 1; the last one if there are fewer.
    pub(super) page: i64,
    /// For each rule: all it caught, what it caught within a day and within
    /// seven days, and when it last did.
    pub(super) rules: Vec<Rule>,
    /// Rules that have no effect at present, and since when.
    pub(super) suspended: Vec<(String, i64)>,
}

/// What one rule has caught.
pub(super) struct Rule {
    pub(super) rule: String,
    pub(super) all: i64,
    pub(super) day: i64,
    pub(super) week: i64,
    /// Epoch milliseconds.
    pub(super) last: i64,
}

/// One page of what was caught, newest first; of one rule, if one is named.
pub(super) fn listing(
    conn: &mut AnyConnection,
    rule: Option<&str>,
    page: i64,
    now: i64,
) -> QueryResult<Listing> {
    let rules = rules(conn, now)?;
    let total = rules
        .iter()
        .filter(|one| rule.is_none_or(|rule| one.rule == rule))
        .map(|one| one.all)
        .sum::<i64>();
    let page = page.clamp(1, (total.max(1) + PAGE - 1) / PAGE);
    let mut query = reports::table
        .filter(reports::state.eq("spam"))
        .select((
            reports::id,
            reports::received_at,
            reports::spam_reason,
            reports::article,
            reports::category,
            reports::quote,
            reports::wrong,
            reports::correct,
        ))
        .into_boxed();
    if let Some(rule) = rule {
        query = query.filter(reports::spam_reason.eq(rule.to_owned()));
    }
    let caught = query
        .order((reports::received_at.desc(), reports::id.desc()))
        .limit(PAGE)
        .offset((page - 1) * PAGE)
        .load(conn)?;
    Ok(Listing {
        caught,
        total,
        page,
        rules,
        suspended: cases::spam_rules(conn)?
            .into_iter()
            .filter_map(|rule| Some((rule.name, rule.suspended_at?)))
            .collect(),
    })
}

fn rules(conn: &mut AnyConnection, now: i64) -> QueryResult<Vec<Rule>> {
    let rows: Vec<(String, i64, Option<i64>)> = reports::table
        .filter(reports::state.eq("spam"))
        .group_by(reports::spam_reason)
        .select((
            reports::spam_reason,
            count_star(),
            max(reports::received_at),
        ))
        .order(reports::spam_reason)
        .load(conn)?;
    let mut since = |from: i64| -> QueryResult<Vec<(String, i64)>> {
        reports::table
            .filter(reports::state.eq("spam"))
            .filter(reports::received_at.ge(from))
            .group_by(reports::spam_reason)
            .select((reports::spam_reason, count_star()))
            .load(conn)
    };
    let (day, week) = (since(now - DAY)?, since(now - 7 * DAY)?);
    let of = |counts: &[(String, i64)], rule: &str| {
        let found = counts.iter().find(|(known, _)| known == rule);
        found.map_or(0, |(_, count)| *count)
    };
    Ok(rows
        .into_iter()
        .map(|(rule, all, last)| Rule {
            day: of(&day, &rule),
            week: of(&week, &rule),
            all,
            last: last.unwrap_or(0),
            rule,
        })
        .collect())
}
