//! Every content that an article has had.

use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::db::schema::revisions;

/// One content of an article, whether or not it was ever to be seen: hold it
/// against [`Revisions`](crate::articles::Revisions) before it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct KeptRevision {
    /// From 1.
    pub number: i64,
    /// SHA-256 of the file, hexadecimal.
    pub hash: String,
    /// The whole file, UTF-8 with `\n` at the end of its lines.
    pub source: String,
    /// When it was imported: epoch milliseconds, UTC.
    pub created_at: i64,
}

/// All contents of an article, in the order of their numbers.
///
/// # Errors
/// The database's.
pub fn kept_revisions(conn: &mut AnyConnection, slug: &str) -> QueryResult<Vec<KeptRevision>> {
    revisions::table
        .filter(revisions::slug.eq(slug))
        .order(revisions::number)
        .select((
            revisions::number,
            revisions::hash,
            revisions::source,
            revisions::created_at,
        ))
        .load(conn)
}
