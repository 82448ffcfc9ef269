//! The articles that links in a text mean.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::super::Visibility;
use super::{alias_target, visible};
use crate::db::AnyConnection;
use crate::db::schema::articles;
use crate::paths;

/// An article that a wikilink names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The slug as the link has it; perhaps an old one.
    pub named: String,
    /// The slug of the article today.
    pub slug: String,
    /// Its headline, which a link without words of its own shows.
    pub title: String,
}

/// The articles that wikilinks name, by their slugs or by old ones. Those that
/// may not be seen are left out, because their headlines would show.
///
/// # Errors
/// The database's.
pub fn linked(
    conn: &mut AnyConnection,
    links: BTreeSet<String>,
    visibility: Visibility,
) -> QueryResult<Vec<Linked>> {
    let mut found = Vec::new();
    for named in links {
        let target = alias_target(conn, &paths::article(&named))?;
        let slug = target.unwrap_or_else(|| named.clone());
        let title: Option<String> = articles::table
            .filter(articles::slug.eq(&slug))
            .filter(visible(visibility))
            .select(articles::title)
            .first(conn)
            .optional()?;
        if let Some(title) = title {
            found.push(Linked { named, slug, title });
        }
    }
    Ok(found)
}
