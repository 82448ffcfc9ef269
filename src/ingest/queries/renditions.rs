//! Which renditions there are, and which there should be.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::{QueryResult, delete, insert_into};

use crate::db::AnyConnection;
use crate::db::schema::{pictures, renditions};
use crate::pictures::{Rendition, Wanted, wanted};

/// A row of the table by its key: hash, width, type.
pub(in crate::ingest) type Key = (String, i64, String);

/// What is to be done.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Plan {
    /// By the hash of the picture.
    pub(in crate::ingest) missing: BTreeMap<String, Vec<Wanted>>,
    pub(in crate::ingest) unwanted: Vec<Key>,
}

pub(in crate::ingest) fn plan(conn: &mut AnyConnection) -> QueryResult<Plan> {
    let widths: Vec<(String, i64)> = pictures::table
        .select((pictures::hash, pictures::width))
        .load(conn)?;
    let there: Vec<Key> = renditions::table
        .select((renditions::hash, renditions::width, renditions::media_type))
        .load(conn)?;
    let mut missing: BTreeMap<String, Vec<Wanted>> = widths
        .into_iter()
        .map(|(hash, width)| (hash, wanted(u32::try_from(width).unwrap_or(1))))
        .collect();
    let mut unwanted = Vec::new();
    for key in there {
        let (hash, width, media_type) = &key;
        let found = missing.get_mut(hash).and_then(|list| {
            let at = list.iter().position(|one| {
                i64::from(one.width) == *width && one.format.media_type() == media_type
            })?;
            Some(list.swap_remove(at))
        });
        if found.is_none() {
            unwanted.push(key);
        }
    }
    missing.retain(|_, list| !list.is_empty());
    Ok(Plan { missing, unwanted })
}

pub(in crate::ingest) fn remove(conn: &mut AnyConnection, keys: &[Key]) -> QueryResult<()> {
    for (hash, width, media_type) in keys {
        delete(renditions::table.find((hash, width, media_type))).execute(conn)?;
    }
    Ok(())
}

/// Returns how many were written: none of a picture that has gone, or of which
/// another process has written them.
pub(in crate::ingest) fn write(
    conn: &mut AnyConnection,
    hash: &str,
    made: &[Rendition],
) -> QueryResult<usize> {
    let picture: i64 = pictures::table.find(hash).count().get_result(conn)?;
    if picture == 0 {
        return Ok(0);
    }
    let mut written = 0;
    for Rendition { wanted, bytes } in made {
        let (width, media_type) = (i64::from(wanted.width), wanted.format.media_type());
        let key = renditions::table.find((hash, width, media_type));
        let there: i64 = key.count().get_result(conn)?;
        if there == 0 {
            written += insert_into(renditions::table)
                .values((
                    renditions::hash.eq(hash),
                    renditions::width.eq(width),
                    renditions::media_type.eq(media_type),
                    renditions::bytes.eq(bytes),
                ))
                .execute(conn)?;
        }
    }
    Ok(written)
}
