//! Counts the articles of each year, decade, century and name, so that no page
//! has to count all articles.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use diesel::dsl::{count, min};
use diesel::prelude::*;
use diesel::{QueryResult, delete, insert_into};

use super::super::changes::Changes;
use crate::articles::model::Registry;
use crate::articles::queries::{CENTURY, DECADE, PLACES_BY_CENTURY, YEAR};
use crate::dates::{Century, Decade, Year};
use crate::db::AnyConnection;
use crate::db::schema::{articles, standings, tags, tallies};

/// From how many articles on everything is counted again.
const FEW: usize = 500;

/// How many keys go into one statement.
const AT_ONCE: usize = 500;

/// What an import may change the number of.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Counted {
    years: BTreeSet<i64>,
    /// Registries and slugs of entries.
    entries: BTreeSet<(String, String)>,
    all_years: bool,
    all_entries: bool,
}

impl Counted {
    /// What the articles that will be written again or go away are counted
    /// under now.
    pub(in crate::ingest) fn before(
        conn: &mut AnyConnection,
        changes: &Changes,
    ) -> QueryResult<Counted> {
        let mut touched = Counted {
            all_entries: changes.names_changed,
            ..Counted::default()
        };
        let first: Option<String> = articles::table
            .select(articles::slug)
            .first(conn)
            .optional()?;
        if first.is_none() || changes.articles.len() + changes.removed_articles.len() > FEW {
            touched.all_years = true;
            touched.all_entries = true;
        }
        touched.add(conn, &slugs(changes))?;
        Ok(touched)
    }

    /// What they are counted under once they are written.
    pub(in crate::ingest) fn add_after(
        &mut self,
        conn: &mut AnyConnection,
        changes: &Changes,
    ) -> QueryResult<()> {
        self.add(conn, &slugs(changes))
    }

    /// Counts what was touched.
    pub(in crate::ingest) fn count(mut self, conn: &mut AnyConnection) -> QueryResult<()> {
        if self.all_years {
            delete(tallies::table.filter(tallies::kind.eq_any([YEAR, DECADE, CENTURY])))
                .execute(conn)?;
            let years: Vec<i64> = standings::table
                .select(standings::year)
                .distinct()
                .load(conn)?;
            self.years = years.into_iter().collect();
        }
        if self.all_entries {
            delete(tallies::table.filter(tallies::kind.ne_all([YEAR, DECADE, CENTURY])))
                .execute(conn)?;
            let entries: Vec<(String, String)> = tags::table
                .select((tags::kind, tags::entry))
                .distinct()
                .load(conn)?;
            self.entries = entries.into_iter().collect();
        }
        self.count_years(conn)?;
        for registry in Registry::ALL {
            let kind = registry.slug();
            let entries: Vec<&str> = self
                .entries
                .iter()
                .filter(|(of, _)| of == kind)
                .map(|(_, entry)| entry.as_str())
                .collect();
            for part in entries.chunks(AT_ONCE) {
                count_entries(conn, kind, part, self.all_entries)?;
                if registry == Registry::Places {
                    count_places_by_century(conn, part, self.all_entries)?;
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, conn: &mut AnyConnection, slugs: &[&str]) -> QueryResult<()> {
        for part in slugs.chunks(AT_ONCE) {
            if !self.all_years {
                let years: Vec<i64> = standings::table
                    .filter(standings::slug.eq_any(part))
                    .select(standings::year)
                    .load(conn)?;
                self.years.extend(years);
            }
            if !self.all_entries {
                let entries: Vec<(String, String)> = tags::table
                    .filter(tags::slug.eq_any(part))
                    .select((tags::kind, tags::entry))
                    .load(conn)?;
                self.entries.extend(entries);
            }
        }
        Ok(())
    }

    fn count_years(&self, conn: &mut AnyConnection) -> QueryResult<()> {
        let years: Vec<i64> = self.years.iter().copied().collect();
        for part in years.chunks(AT_ONCE) {
            if !self.all_years {
                delete(tallies::table.filter(tallies::kind.eq(YEAR)))
                    .filter(tallies::year.eq_any(part))
                    .execute(conn)?;
            }
            let rows: Vec<(i64, i64, i64)> = standings::table
                .filter(standings::year.eq_any(part))
                .group_by((standings::year, standings::span))
                .select((
                    standings::year,
                    standings::span,
                    count(standings::slug).aggregate_distinct(),
                ))
                .load(conn)?;
            for (year, span, articles) in rows {
                write(conn, (YEAR, "", year, span, ""), articles)?;
            }
        }
        let of = |year: &i64| Year::from_astronomical(*year);
        let decades: BTreeSet<Decade> = years.iter().map(|year| of(year).decade()).collect();
        for decade in decades {
            let ends = (decade.first(), decade.last());
            count_stretch(conn, DECADE, ends, 10, self.all_years)?;
        }
        let centuries: BTreeSet<Century> = years.iter().map(|year| of(year).century()).collect();
        for century in centuries {
            let ends = (century.first(), century.last());
            count_stretch(conn, CENTURY, ends, 100, self.all_years)?;
        }
        Ok(())
    }
}

fn slugs(changes: &Changes) -> Vec<&str> {
    let written = changes.articles.iter().map(|one| one.file.slug.as_str());
    let removed = changes.removed_articles.iter().map(String::as_str);
    written.chain(removed).collect()
}

/// A decade or a century, with what stands in its years and in it without a
/// year, but in nothing larger.
fn count_stretch(
    conn: &mut AnyConnection,
    kind: &str,
    (first, last): (Year, Year),
    span: i64,
    is_cleared: bool,
) -> QueryResult<()> {
    let (first, last) = (first.astronomical(), last.astronomical());
    if !is_cleared {
        delete(tallies::table.filter(tallies::kind.eq(kind)))
            .filter(tallies::year.eq(first))
            .execute(conn)?;
    }
    let articles: i64 = standings::table
        .filter(standings::year.between(first, last))
        .filter(standings::span.le(span))
        .select(count(standings::slug).aggregate_distinct())
        .first(conn)?;
    if articles == 0 {
        return Ok(());
    }
    write(conn, (kind, "", first, span, ""), articles)
}

fn count_entries(
    conn: &mut AnyConnection,
    kind: &str,
    entries: &[&str],
    is_cleared: bool,
) -> QueryResult<()> {
    if !is_cleared {
        delete(tallies::table.filter(tallies::kind.eq(kind)))
            .filter(tallies::entry.eq_any(entries))
            .execute(conn)?;
    }
    let rows: Vec<(String, Option<String>, i64)> = tags::table
        .filter(tags::kind.eq(kind))
        .filter(tags::entry.eq_any(entries))
        .group_by(tags::entry)
        .select((
            tags::entry,
            min(tags::name),
            count(tags::slug).aggregate_distinct(),
        ))
        .load(conn)?;
    for (entry, name, articles) in rows {
        let name = name.unwrap_or_default();
        write(conn, (kind, &entry, 0, 0, &name), articles)?;
    }
    Ok(())
}

fn count_places_by_century(
    conn: &mut AnyConnection,
    places: &[&str],
    is_cleared: bool,
) -> QueryResult<()> {
    if !is_cleared {
        delete(tallies::table.filter(tallies::kind.eq(PLACES_BY_CENTURY)))
            .filter(tallies::entry.eq_any(places))
            .execute(conn)?;
    }
    // One after the other, so that no more than the articles of one place are
    // in memory.
    for place in places {
        let rows: Vec<(String, i64)> = tags::table
            .inner_join(standings::table.on(standings::slug.eq(tags::slug)))
            .filter(tags::kind.eq(Registry::Places.slug()))
            .filter(tags::entry.eq(place))
            .select((tags::slug, standings::year))
            .load(conn)?;
        let mut told: BTreeMap<Century, HashSet<&str>> = BTreeMap::new();
        for (slug, year) in &rows {
            let century = Year::from_astronomical(*year).century();
            told.entry(century).or_default().insert(slug);
        }
        for (century, slugs) in told {
            let articles = i64::try_from(slugs.len()).unwrap_or(i64::MAX);
            let first = century.first().astronomical();
            write(conn, (PLACES_BY_CENTURY, place, first, 100, ""), articles)?;
        }
    }
    Ok(())
}

/// `of` is the key with the name before its last part.
fn write(
    conn: &mut AnyConnection,
    of: (&str, &str, i64, i64, &str),
    articles: i64,
) -> QueryResult<()> {
    let (kind, entry, year, span, name) = of;
    insert_into(tallies::table)
        .values((
            tallies::kind.eq(kind),
            tallies::entry.eq(entry),
            tallies::year.eq(year),
            tallies::span.eq(span),
            tallies::name.eq(name),
            tallies::articles.eq(articles),
        ))
        .execute(conn)?;
    Ok(())
}
