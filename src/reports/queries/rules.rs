//! The tables `spam_rules` and `spent_challenges`.

use diesel::prelude::*;
use diesel::result::DatabaseErrorKind;
use diesel::result::Error as QueryError;

use crate::db::AnyConnection;
use crate::db::schema::{reports, spam_rules, spent_challenges};
use crate::reports::model::SpamRule;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// How long a rule that was changed is watched.
const WATCHED_FOR: i64 = DAY;
/// Fewer reports than this in a day prove nothing about a rule.
const TELLING: i64 = 20;
/// A new rule that takes more than one report in so many is taken back.
const AT_MOST_ONE_IN: i64 = 20;

/// Notes the rules with their versions, as this program has them. One that is
/// not the same as before is watched from `now` on, and has its effect again;
/// those of the first start are not.
pub(in crate::reports) fn register(conn: &mut AnyConnection, now: i64) -> QueryResult<()> {
    let known: Vec<(String, i64)> = spam_rules::table
        .select((spam_rules::rule, spam_rules::version))
        .load(conn)?;
    let since = if known.is_empty() { 0 } else { now };
    for rule in SpamRule::ALL {
        let version = known.iter().find(|(name, _)| name == rule.as_str());
        match version {
            Some((_, version)) if *version == rule.version() => {}
            Some(_) => {
                diesel::update(spam_rules::table.find(rule.as_str()))
                    .set((
                        spam_rules::version.eq(rule.version()),
                        spam_rules::changed_at.eq(now),
                        spam_rules::suspended_at.eq(None::<i64>),
                    ))
                    .execute(conn)?;
            }
            None => {
                diesel::insert_into(spam_rules::table)
                    .values((
                        spam_rules::rule.eq(rule.as_str()),
                        spam_rules::version.eq(rule.version()),
                        spam_rules::changed_at.eq(since),
                        spam_rules::suspended_at.eq(None::<i64>),
                    ))
                    .execute(conn)?;
            }
        }
    }
    Ok(())
}

/// Whether what a rule has just caught is spam, or the rule itself is what is
/// wrong: one that was changed within a day and catches more than 5 % of all
/// reports loses its effect until it is changed again.
pub(in crate::reports) fn holds(
    conn: &mut AnyConnection,
    rule: SpamRule,
    now: i64,
) -> QueryResult<bool> {
    let row: Option<(i64, Option<i64>)> = spam_rules::table
        .find(rule.as_str())
        .select((spam_rules::changed_at, spam_rules::suspended_at))
        .first(conn)
        .optional()?;
    let Some((changed_at, suspended_at)) = row else {
        return Ok(true);
    };
    if suspended_at.is_some() {
        return Ok(false);
    }
    if changed_at + WATCHED_FOR < now {
        return Ok(true);
    }
    let recent = reports::table.filter(reports::received_at.gt(now - DAY));
    // With the one that has just come.
    let all: i64 = recent.count().get_result::<i64>(conn)? + 1;
    let caught: i64 = recent
        .filter(reports::spam_reason.eq(rule.as_str()))
        .count()
        .get_result::<i64>(conn)?
        + 1;
    if all < TELLING || caught * AT_MOST_ONE_IN <= all {
        return Ok(true);
    }
    diesel::update(spam_rules::table.find(rule.as_str()))
        .set(spam_rules::suspended_at.eq(Some(now)))
        .execute(conn)?;
    tracing::error!(
        rule = rule.as_str(),
        caught,
        all,
        "a rule against spam that was changed within a day catches too much, and has no effect now"
    );
    Ok(false)
}

/// Uses up a form that may come in once; false if it was used before.
pub(in crate::reports) fn spend(
    conn: &mut AnyConnection,
    nonce: &str,
    expires_at: i64,
) -> QueryResult<bool> {
    let known: i64 = spent_challenges::table
        .find(nonce)
        .count()
        .get_result(conn)?;
    if known > 0 {
        return Ok(false);
    }
    // In a savepoint, because another may be quicker.
    let spent = conn.transaction(|conn| {
        diesel::insert_into(spent_challenges::table)
            .values((
                spent_challenges::id.eq(nonce),
                spent_challenges::expires_at.eq(expires_at),
            ))
            .execute(conn)
    });
    match spent {
        Err(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Ok(false),
        spent => spent.map(|_| true),
    }
}
