//! Articles that must be looked at again because an entry that they name has
//! changed.

use std::collections::{BTreeMap, BTreeSet};

use diesel::QueryResult;
use diesel::prelude::*;

use super::Changes;
use super::state::KnownEntry;
use crate::articles::model::EntryDetails;
use crate::articles::model::{Registry, Slug};
use crate::db::AnyConnection;
use crate::db::schema::{articles, tags};

/// The files of articles that name an entry whose facts are other ones now:
/// what the linter says of them may have changed with it. `before` are the
/// entries as they were.
pub(in crate::ingest) fn naming(
    conn: &mut AnyConnection,
    changes: &Changes,
    before: &BTreeMap<(Registry, String), KnownEntry>,
) -> QueryResult<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let nothing = EntryDetails::default();
    let now = changes.entries.iter().map(|(_, file)| {
        let slug = file.slug.to_string();
        (file.registry, slug, Some((&file.name, &file.details)))
    });
    let removed = changes.removed_entries.iter();
    let removed = removed.map(|(registry, slug)| (*registry, slug.clone(), None));
    for (registry, slug, now) in now.chain(removed) {
        let old = before
            .get(&(registry, slug.clone()))
            .map(|old| (&old.name, &old.details));
        let (was, is) = (
            old.map_or(&nothing, |old| old.1),
            now.map_or(&nothing, |now| now.1),
        );
        let names = |entry: Option<(&String, &EntryDetails)>| -> BTreeSet<String> {
            entry
                .into_iter()
                .flat_map(|(name, details)| std::iter::once(name).chain(&details.also))
                .cloned()
                .collect()
        };
        let (old_names, new_names) = (names(old), names(now));
        let has_facts = is_known(was) || is_known(is);
        if !has_facts || (facts(was) == facts(is) && old_names == new_names) {
            continue;
        }
        // A name without an entry stands under the slug that it makes itself.
        let slugs: BTreeSet<String> = old_names
            .union(&new_names)
            .filter_map(|name| Slug::from_name(name))
            .map(|slug| slug.to_string())
            .chain([slug])
            .collect();
        let paths: Vec<String> = tags::table
            .inner_join(articles::table)
            .filter(tags::kind.eq(registry.slug()))
            .filter(tags::entry.eq_any(slugs))
            .select(articles::path)
            .distinct()
            .load(conn)?;
        found.extend(paths);
    }
    Ok(found)
}

/// What the linter holds articles against.
fn facts(details: &EntryDetails) -> impl PartialEq + use<'_> {
    (
        &details.born,
        &details.died,
        details.lat,
        details.lon,
        &details.country,
    )
}

fn is_known(details: &EntryDetails) -> bool {
    details.born.is_some()
        || details.died.is_some()
        || details.lat.is_some()
        || details.country.is_some()
}
