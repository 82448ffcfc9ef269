//! The table `outbox`.

use data_encoding::HEXLOWER;
use diesel::prelude::*;

use super::Message;
use crate::db::AnyConnection;
use crate::db::schema::outbox;

/// Writes a message to the outbox, in the transaction that its cause is part
/// of. False if one with the same cause was written before: then nothing is.
///
/// # Errors
/// The database's.
pub fn queue(conn: &mut AnyConnection, message: &Message, now: i64) -> QueryResult<bool> {
    let known: i64 = outbox::table
        .filter(outbox::cause.eq(&message.cause))
        .count()
        .get_result(conn)?;
    if known > 0 {
        return Ok(false);
    }
    diesel::insert_into(outbox::table)
        .values((
            outbox::id.eq(HEXLOWER.encode(&rand::random::<[u8; 16]>())),
            outbox::cause.eq(&message.cause),
            outbox::kind.eq(message.kind.as_str()),
            outbox::recipient.eq(message.recipient.as_str()),
            outbox::subject.eq(&message.subject),
            outbox::text.eq(&message.text),
            outbox::html.eq(&message.html),
            outbox::state.eq("waiting"),
            outbox::attempts.eq(0),
            outbox::created_at.eq(now),
            outbox::due_at.eq(now),
            outbox::changed_at.eq(now),
            outbox::answer.eq(""),
        ))
        .execute(conn)?;
    Ok(true)
}
