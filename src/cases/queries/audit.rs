//! The table `audit`.

use diesel::prelude::*;

use crate::cases::audit::{Entry, Verdict, seal};
use crate::db::AnyConnection;
use crate::db::schema::audit;

type Row = (i64, i64, String, String, String, String, String, String);

/// Lines that are read at once when all are verified.
const PAGE: i64 = 1000;

/// Writes one line at the end, in the transaction of the change that it tells
/// of. Others who want to write one wait until that transaction ends.
///
/// # Errors
/// The database's.
pub fn append(conn: &mut AnyConnection, entry: &Entry<'_>) -> QueryResult<()> {
    conn.join_changes()?;
    let last: Option<(i64, String)> = audit::table
        .select((audit::number, audit::hash))
        .order(audit::number.desc())
        .first(conn)
        .optional()?;
    let (last, before) = last.unwrap_or_default();
    let number = last + 1;
    diesel::insert_into(audit::table)
        .values((
            audit::number.eq(number),
            audit::at.eq(entry.at),
            audit::actor.eq(entry.actor),
            audit::subject.eq(entry.subject),
            audit::from_state.eq(entry.from),
            audit::to_state.eq(entry.to),
            audit::why.eq(entry.why),
            audit::hash.eq(seal(&before, number, *entry)),
        ))
        .execute(conn)
        .map(drop)
}

/// When the last line was written, in epoch milliseconds; `None` before there
/// is any. No case, and nothing that a case keeps back, changes without one.
///
/// # Errors
/// The database's.
pub fn changed_at(conn: &mut AnyConnection) -> QueryResult<Option<i64>> {
    audit::table
        .select(audit::at)
        .order(audit::number.desc())
        .first(conn)
        .optional()
}

/// Reads every line and looks whether its seal is right. `asked` is a seal that
/// somebody noted earlier: lines that were cut off at the end are found only by
/// such a one.
///
/// # Errors
/// The database's.
pub fn verify(conn: &mut AnyConnection, asked: Option<&str>) -> QueryResult<Verdict> {
    let mut lines = 0;
    let mut head = String::new();
    let mut holds_asked = asked.is_none();
    loop {
        let page: Vec<Row> = audit::table
            .filter(audit::number.gt(lines))
            .order(audit::number)
            .limit(PAGE)
            .load(conn)?;
        if page.is_empty() {
            break;
        }
        for (number, at, actor, subject, from, to, why, hash) in page {
            let line = lines + 1;
            if number != line {
                let what = "a line is missing";
                return Ok(Verdict::Broken { line, what });
            }
            let entry = Entry {
                at,
                actor: &actor,
                subject: &subject,
                from: &from,
                to: &to,
                why: &why,
            };
            if seal(&head, number, entry) != hash {
                let what = "a line is not as it was written";
                return Ok(Verdict::Broken { line, what });
            }
            holds_asked |= asked == Some(hash.as_str());
            lines = number;
            head = hash;
        }
    }
    Ok(Verdict::Whole {
        lines,
        head,
        holds_asked,
    })
}
