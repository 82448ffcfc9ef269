//! What the API asks that no page asks.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;

use crate::articles::Visibility;
use crate::articles::model::{Details, EntryDetails, Registry};
use crate::articles::queries::{tag_counts, texts_withheld, visible, written_entries};
use crate::cases::{Kind, State};
use crate::db::AnyConnection;
use crate::db::schema::{articles, cases, claims, editions, standings, tags, tombstones};
use crate::error::Gone;
use crate::site::cursor::Cursor;

/// Which articles.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    /// Names that each must carry.
    pub(super) tags: Vec<(Registry, String)>,
    /// Astronomical years, both included, in one of which it must stand.
    pub(super) years: Option<(i64, i64)>,
}

/// Which claims.
#[derive(Clone, Debug, Default)]
pub(super) struct ClaimFilter {
    pub(super) subject: Option<String>,
    pub(super) property: Option<String>,
    pub(super) article: Option<String>,
}

/// A claim by its place, with what its article says.
pub(super) struct FoundClaim {
    /// Of its article.
    pub(super) slug: String,
    /// Of its article.
    pub(super) title: String,
    /// From 0.
    pub(super) position: i64,
    /// Of its article.
    pub(super) details: Details,
}

/// An entry of a registry, with its file or without.
pub(super) struct FoundEntry {
    pub(super) name: String,
    pub(super) details: EntryDetails,
    /// In how many articles it appears.
    pub(super) articles: i64,
}

/// The slugs of articles with their first days, in order of time; all of them
/// without a `limit`.
pub(super) fn slugs(
    conn: &mut AnyConnection,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: Option<usize>,
    visibility: Visibility,
) -> QueryResult<Vec<(String, i64)>> {
    let mut query = articles::table
        .filter(visible(visibility))
        .order((articles::first_day, articles::slug))
        .select((articles::slug, articles::first_day))
        .into_boxed();
    for (registry, entry) in &filter.tags {
        let carrying = tags::table
            .filter(tags::kind.eq(registry.slug()))
            .filter(tags::entry.eq(entry.clone()))
            .select(tags::slug);
        query = query.filter(articles::slug.eq_any(carrying));
    }
    if let Some((first, last)) = filter.years {
        let standing = standings::table
            .filter(standings::year.between(first, last))
            .select(standings::slug);
        query = query.filter(articles::slug.eq_any(standing));
    }
    if let Some(after) = after {
        // The bound on the day alone, which the rest implies, lets the database
        // walk its index from there.
        let later = articles::first_day
            .gt(after.number)
            .or(articles::slug.gt(after.text.clone()));
        query = query
            .filter(articles::first_day.ge(after.number))
            .filter(later);
    }
    if let Some(limit) = limit {
        query = query.limit(i64::try_from(limit).unwrap_or(i64::MAX));
    }
    query.load(conn)
}

/// The slugs of articles after one, by slug; for what reads all of them.
pub(super) fn slugs_after(
    conn: &mut AnyConnection,
    after: &str,
    limit: i64,
    visibility: Visibility,
) -> QueryResult<Vec<String>> {
    articles::table
        .filter(articles::slug.gt(after))
        .filter(visible(visibility))
        .order(articles::slug)
        .select(articles::slug)
        .limit(limit)
        .load(conn)
}

/// The revision that each of these articles shows, and the hash of its file.
pub(super) fn heads(
    conn: &mut AnyConnection,
    slugs: &[String],
) -> QueryResult<HashMap<String, (i64, String)>> {
    let rows: Vec<(String, i64, String)> = articles::table
        .filter(articles::slug.eq_any(slugs))
        .select((articles::slug, articles::revision, articles::hash))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(slug, revision, hash)| (slug, (revision, hash)))
        .collect())
}

/// Claims of articles that may be seen and whose text is not kept back, by
/// article, then in the order of its file.
pub(super) fn claims(
    conn: &mut AnyConnection,
    filter: &ClaimFilter,
    after: Option<&Cursor>,
    limit: usize,
    visibility: Visibility,
) -> QueryResult<Vec<FoundClaim>> {
    let withheld: Vec<String> = texts_withheld(conn)?.into_iter().collect();
    let mut query = claims::table
        .inner_join(articles::table)
        .filter(visible(visibility))
        .filter(claims::slug.ne_all(withheld))
        .order((claims::slug, claims::position))
        .select((
            claims::slug,
            articles::title,
            claims::position,
            articles::details,
        ))
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .into_boxed();
    if let Some(subject) = &filter.subject {
        query = query.filter(claims::subject.eq(subject));
    }
    if let Some(property) = &filter.property {
        query = query.filter(claims::property.eq(property));
    }
    if let Some(article) = &filter.article {
        query = query.filter(claims::slug.eq(article));
    }
    if let Some(after) = after {
        query = query.filter(claims::slug.ge(after.text.clone())).filter(
            claims::slug
                .gt(after.text.clone())
                .or(claims::position.gt(after.number)),
        );
    }
    let rows: Vec<(String, String, i64, String)> = query.load(conn)?;
    rows.into_iter()
        .map(|(slug, title, position, details)| {
            let details = serde_json::from_str(&details)
                .map_err(|error| diesel::result::Error::DeserializationError(Box::new(error)))?;
            Ok(FoundClaim {
                slug,
                title,
                position,
                details,
            })
        })
        .collect()
}

/// The subjects of claims, from one on, in their order.
pub(super) fn subjects(
    conn: &mut AnyConnection,
    from: &str,
    limit: i64,
) -> QueryResult<Vec<String>> {
    claims::table
        .filter(claims::subject.ge(from))
        .order(claims::subject)
        .select(claims::subject)
        .distinct()
        .limit(limit)
        .load(conn)
}

/// Every entry of a registry that has a page: those that have a file, and those
/// that an article names.
pub(super) fn entries(
    conn: &mut AnyConnection,
    registry: Registry,
    visibility: Visibility,
) -> QueryResult<BTreeMap<String, FoundEntry>> {
    let written = written_entries(conn, registry)?;
    let mut found: BTreeMap<String, FoundEntry> = written
        .into_iter()
        .map(|(slug, (name, details))| {
            let entry = FoundEntry {
                name,
                details,
                articles: 0,
            };
            (slug, entry)
        })
        .collect();
    for (slug, name, articles) in tag_counts(conn, registry, visibility)? {
        let entry = found.entry(slug).or_insert_with(|| FoundEntry {
            name,
            details: EntryDetails::default(),
            articles: 0,
        });
        entry.articles = articles;
    }
    Ok(found)
}

/// Editions as number, moment and articles, the latest first.
pub(super) fn editions(
    conn: &mut AnyConnection,
    before: Option<i64>,
    limit: usize,
) -> QueryResult<Vec<(i64, i64, i64)>> {
    editions::table
        .filter(editions::id.lt(before.unwrap_or(i64::MAX)))
        .order(editions::id.desc())
        .select((editions::id, editions::created_at, editions::articles))
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .load(conn)
}

/// Why articles were removed, by slug.
pub(super) fn removed_after(
    conn: &mut AnyConnection,
    after: &str,
    limit: i64,
) -> QueryResult<Vec<Gone>> {
    let rows: Vec<(String, String, String, Option<String>)> = tombstones::table
        .filter(tombstones::slug.gt(after))
        .order(tombstones::slug)
        .select((
            tombstones::slug,
            tombstones::removed_on,
            tombstones::reason,
            tombstones::see,
        ))
        .limit(limit)
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(slug, date, reason, see)| Gone {
            slug,
            date,
            reason,
            see,
        })
        .collect())
}

/// The id of a decided case, lower case, as its address has it.
pub(super) fn any_case(conn: &mut AnyConnection) -> QueryResult<Option<String>> {
    let id: Option<String> = cases::table
        .filter(cases::decided_at.is_not_null())
        .filter(cases::kind.ne(Kind::Letter.as_str()))
        .filter(cases::state.ne(State::Merged.as_str()))
        .order(cases::id)
        .select(cases::id)
        .first(conn)
        .optional()?;
    Ok(id.map(|id| id.to_ascii_lowercase()))
}
