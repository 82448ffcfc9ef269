//! What an old file names, as far as it is still there.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::articles::model::{Registry, Tag};
use crate::cases::{self, HoldKind};
use crate::content::PictureFile;
use crate::db::AnyConnection;
use crate::db::schema::{entries, picture_uses, pictures, tags};

/// The pictures that lie beside an article today, by their file names; none
/// while an open case keeps them back.
pub(super) fn pictures_beside(
    conn: &mut AnyConnection,
    slug: &str,
) -> QueryResult<BTreeMap<String, PictureFile>> {
    let holds = cases::holds_on(conn, slug)?;
    if holds.iter().any(|hold| hold.kind == HoldKind::Picture) {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(String, String, i64, i64, String)> = picture_uses::table
        .inner_join(pictures::table)
        .filter(picture_uses::slug.eq(slug))
        .select((
            picture_uses::file,
            pictures::hash,
            pictures::width,
            pictures::height,
            pictures::tone,
        ))
        .load(conn)?;
    let pixels = |number: i64| u32::try_from(number).unwrap_or(1);
    Ok(rows
        .into_iter()
        .map(|(file, hash, width, height, tone)| {
            let picture = PictureFile {
                hash,
                width: pixels(width),
                height: pixels(height),
                tone,
            };
            (file, picture)
        })
        .collect())
}

/// The names of an old file with the entries that they stand for today. One
/// that no article and no entry bears any more gets an empty entry.
pub(super) fn tags_of(
    conn: &mut AnyConnection,
    names: &[(Registry, String)],
) -> QueryResult<Vec<Tag>> {
    let mut found = Vec::with_capacity(names.len());
    for (registry, name) in names {
        let borne: Option<String> = tags::table
            .filter(tags::kind.eq(registry.slug()))
            .filter(tags::name.eq(name))
            .select(tags::entry)
            .first(conn)
            .optional()?;
        let entry = match borne {
            Some(entry) => Some(entry),
            None => entries::table
                .filter(entries::kind.eq(registry.slug()))
                .filter(entries::name.eq(name))
                .select(entries::slug)
                .first(conn)
                .optional()?,
        };
        found.push(Tag {
            registry: *registry,
            name: name.clone(),
            entry: entry.unwrap_or_default(),
        });
    }
    Ok(found)
}
