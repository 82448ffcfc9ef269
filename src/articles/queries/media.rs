//! Pictures and their renditions, by the hash of the picture's bytes. One that
//! an open case keeps back is as if it were not there.

use diesel::QueryResult;
use diesel::prelude::*;

use super::withheld::is_picture_withheld;
use crate::db::AnyConnection;
use crate::db::schema::{pictures, renditions};
use crate::pictures::Wanted;

/// A picture's own type, and how many pixels wide it is the right way up.
///
/// # Errors
/// The database's.
pub fn picture(conn: &mut AnyConnection, hash: &str) -> QueryResult<Option<(String, u32)>> {
    if is_picture_withheld(conn, hash)? {
        return Ok(None);
    }
    let row: Option<(String, i64)> = pictures::table
        .filter(pictures::hash.eq(hash))
        .select((pictures::media_type, pictures::width))
        .first(conn)
        .optional()?;
    Ok(row.and_then(|(media_type, width)| Some((media_type, u32::try_from(width).ok()?))))
}

/// A picture's bytes, as its file has them: never to be sent, because they may
/// tell where it was taken.
///
/// # Errors
/// The database's.
pub fn picture_bytes(conn: &mut AnyConnection, hash: &str) -> QueryResult<Option<Vec<u8>>> {
    pictures::table
        .filter(pictures::hash.eq(hash))
        .select(pictures::bytes)
        .first(conn)
        .optional()
}

/// The bytes of a rendition, if it has been made.
///
/// # Errors
/// The database's.
pub fn rendition(
    conn: &mut AnyConnection,
    hash: &str,
    wanted: Wanted,
) -> QueryResult<Option<Vec<u8>>> {
    if is_picture_withheld(conn, hash)? {
        return Ok(None);
    }
    renditions::table
        .filter(renditions::hash.eq(hash))
        .filter(renditions::width.eq(i64::from(wanted.width)))
        .filter(renditions::media_type.eq(wanted.format.media_type()))
        .select(renditions::bytes)
        .first(conn)
        .optional()
}
