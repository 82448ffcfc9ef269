//! What the desk shows of the rules against spam. Table: spam_rules, which
//! `reports` keeps.

use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::db::schema::spam_rules;

/// A rule against spam, as this database knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpamRule {
    /// The word that stands in `reports.spam_reason`.
    pub name: String,
    /// When what it catches was last changed, in epoch milliseconds; 0 where it
    /// is as it was at the first start.
    pub changed_at: i64,
    /// Since when it has no effect, because it caught too much after a change.
    pub suspended_at: Option<i64>,
}

/// All rules against spam, by name.
///
/// # Errors
/// The database's.
pub fn spam_rules(conn: &mut AnyConnection) -> QueryResult<Vec<SpamRule>> {
    let rows: Vec<(String, i64, Option<i64>)> = spam_rules::table
        .order(spam_rules::rule)
        .select((
            spam_rules::rule,
            spam_rules::changed_at,
            spam_rules::suspended_at,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(name, changed_at, suspended_at)| SpamRule {
            name,
            changed_at,
            suspended_at,
        })
        .collect())
}
