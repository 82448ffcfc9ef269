//! What an import changes, for the pages that readers are shown: read from the
//! tables before it writes and after, so that whatever it does between is told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use diesel::QueryResult;
use diesel::prelude::*;

use super::super::changes::Changes;
use crate::articles::inputs::{self, Sketch, Spot};
use crate::articles::locator::Places;
use crate::articles::model::Registry;
use crate::articles::{Gazetteer, Visibility, queries};
use crate::db::AnyConnection;
use crate::db::schema::{entries, life_days, tags};
use crate::editions::Change;

/// From so many articles on it is quicker to let every page go.
const MOST_ARTICLES: usize = 300;

/// From so many years and days on that are not counted one by one.
const MOST_SPOTS: usize = 200;

/// What the tables held before an import, of what it will change.
pub(in crate::ingest) enum Touched {
    /// So much that all pages go.
    Everything,
    /// This.
    Some(Box<Before>),
}

pub(in crate::ingest) struct Before {
    articles: BTreeMap<String, Sketch>,
    rest: Rest,
}

/// What hangs on the entries that change.
#[derive(Default)]
struct Rest {
    /// Which entry each name stands for, where that may change.
    names: BTreeSet<Meaning>,
    /// The ends of lives: year, month and day, of whom, and in which words.
    lives: BTreeSet<LifeRow>,
    /// Names and facts of entries.
    facts: BTreeMap<(Registry, String), (String, String)>,
    /// Where all places lie, if an entry of one changes.
    places: Option<Arc<Places>>,
}

/// Registry, name and slug of the entry.
type Meaning = (String, String, String);

type LifeRow = (i64, Option<i64>, Option<i64>, String, String);

impl Touched {
    /// Looks before anything is written. `is_whole` says that all files are
    /// read anew.
    pub(in crate::ingest) fn before(
        conn: &mut AnyConnection,
        changes: &Changes,
        is_whole: bool,
    ) -> QueryResult<Touched> {
        let number = changes.articles.len() + changes.removed_articles.len();
        if is_whole || number > MOST_ARTICLES {
            return Ok(Touched::Everything);
        }
        Ok(Touched::Some(Box::new(Before {
            articles: queries::sketches(conn, &slugs(changes))?,
            rest: Rest::read(conn, changes)?,
        })))
    }

    /// Looks again when all is written, and says what is another.
    pub(in crate::ingest) fn after(
        self,
        conn: &mut AnyConnection,
        changes: &Changes,
        visibility: Visibility,
    ) -> QueryResult<Change> {
        let Touched::Some(before) = self else {
            return Ok(Change::everything());
        };
        let mut change = Change::default();
        for slug in changes.pages.iter().map(|(_, file)| file.slug.as_str()) {
            change.tag(inputs::page(slug));
        }
        for slug in &changes.removed_pages {
            change.tag(inputs::page(slug));
        }
        for hash in changes.pictures.keys() {
            change.tag(inputs::picture(hash));
        }
        let after = queries::sketches(conn, &slugs(changes))?;
        let mut subjects = inputs::differences(&before.articles, &after, &mut change);
        for visibility in [visibility, Visibility::EVERYTHING] {
            let growth = inputs::growth(&before.articles, &after, visibility);
            tell_first_and_last(conn, growth, visibility, &mut change)?;
        }
        let others = before.rest.differences(conn, changes, &mut change)?;
        if others.len() > MOST_ARTICLES {
            return Ok(Change::everything());
        }
        for one in queries::sketches(conn, &others)?.into_values() {
            one.tell(&mut change);
            subjects.extend(one.subjects);
        }
        inputs::tell_holders(conn, &subjects, &mut change)?;
        Ok(change)
    }
}

impl Rest {
    fn read(conn: &mut AnyConnection, changes: &Changes) -> QueryResult<Rest> {
        let mut rest = Rest::default();
        if changes.names_changed {
            let names: Vec<Meaning> = tags::table
                .select((tags::kind, tags::name, tags::entry))
                .distinct()
                .load(conn)?;
            rest.names = names.into_iter().collect();
        }
        for (registry, slug) in entries_of(changes) {
            if registry == Registry::Places && rest.places.is_none() {
                rest.places = Some(Gazetteer::default().places(conn)?);
            }
            if registry == Registry::People {
                let lives: Vec<LifeRow> = life_days::table
                    .filter(life_days::slug.eq(&slug))
                    .select((
                        life_days::year,
                        life_days::month,
                        life_days::day,
                        life_days::slug,
                        life_days::words,
                    ))
                    .load(conn)?;
                rest.lives.extend(lives);
            }
            let facts = entries::table
                .filter(entries::kind.eq(registry.slug()))
                .filter(entries::slug.eq(&slug))
                .select((entries::name, entries::details))
                .first(conn)
                .optional()?;
            if let Some(facts) = facts {
                rest.facts.insert((registry, slug), facts);
            }
        }
        Ok(rest)
    }

    /// Says what of this is another now. Returns further articles of which a
    /// list may show something else.
    fn differences(
        self,
        conn: &mut AnyConnection,
        changes: &Changes,
        change: &mut Change,
    ) -> QueryResult<BTreeSet<String>> {
        let now = Rest::read(conn, changes)?;
        let mut others = BTreeSet::new();
        if self.places != now.places {
            change.tag(inputs::places());
        }
        for (kind, name, entry) in self.names.symmetric_difference(&now.names) {
            let Some(registry) = Registry::parse(kind) else {
                continue;
            };
            change.tag(inputs::named(registry, entry));
            let slugs: Vec<String> = tags::table
                .filter(tags::kind.eq(kind))
                .filter(tags::name.eq(name))
                .select(tags::slug)
                .distinct()
                .load(conn)?;
            others.extend(slugs);
        }
        // Whatever the file of a person says may stand beside the day.
        for (year, month, day, ..) in self.lives.union(&now.lives) {
            inputs::tell_life(change, *year, *month, *day);
        }
        for (registry, slug) in entries_of(changes) {
            change.tag(inputs::entry(registry, &slug));
            // By the country of its place the lead of a day is chosen.
            let key = (registry, slug);
            if registry == Registry::Places && self.facts.get(&key) != now.facts.get(&key) {
                others.extend(queries::all_naming(conn, registry, &key.1)?);
            }
        }
        Ok(others)
    }
}

/// Names the pages of time of which there are more, or fewer, than before.
fn tell_first_and_last(
    conn: &mut AnyConnection,
    growth: BTreeMap<Spot, i64>,
    visibility: Visibility,
    change: &mut Change,
) -> QueryResult<()> {
    let is_counted = growth.len() <= MOST_SPOTS;
    for (spot, more) in growth {
        let is_turn = if is_counted {
            let now = queries::standing_at(conn, spot, visibility)?;
            now == 0 || now == more
        } else {
            true
        };
        if is_turn {
            change.tag(match spot {
                Spot::Year(..) => inputs::told_years(),
                Spot::Day(..) => inputs::told_days(),
            });
        }
    }
    Ok(())
}

/// All slugs under which an article comes, goes or changes.
fn slugs(changes: &Changes) -> BTreeSet<String> {
    let planned = changes.articles.iter();
    let planned = planned.map(|planned| planned.file.slug.to_string());
    let renamed = changes.renames.iter();
    let renamed = renamed.flat_map(|(old, new)| [old.clone(), new.clone()]);
    let removed = changes.removed_articles.iter().cloned();
    planned.chain(removed).chain(renamed).collect()
}

fn entries_of(changes: &Changes) -> BTreeSet<(Registry, String)> {
    let written = changes.entries.iter();
    let written = written.map(|(_, file)| (file.registry, file.slug.to_string()));
    written
        .chain(changes.removed_entries.iter().cloned())
        .collect()
}
