//! Articles that stay as they are and may have to do with a changed one.

use std::collections::{BTreeMap, HashSet};

use diesel::QueryResult;
use diesel::prelude::*;

use super::Changes;
use crate::articles::model::Slug;
use crate::content::{self, ArticleFile, Document, FileKind};
use crate::db::AnyConnection;
use crate::db::schema::{articles, claims, revisions};

/// With more changed articles than this they are only compared with each other:
/// `daybook check` then tells the rest.
const MOST_CHANGED: usize = 100;

/// So many articles of one fortnight are looked at; a site with more has its
/// doubles elsewhere.
const MOST_NEAR: i64 = 50;

/// Two articles further apart than this tell no single event, in days.
const NEAR_DAYS: i64 = 10;

/// The files of articles that do not change, but lie near a changed one in
/// time, or claim something about the same subject.
pub(in crate::ingest) fn beside(
    conn: &mut AnyConnection,
    changes: &Changes,
) -> QueryResult<Vec<(String, ArticleFile)>> {
    if changes.articles.is_empty() || changes.articles.len() > MOST_CHANGED {
        return Ok(Vec::new());
    }
    let mut found: BTreeMap<String, (String, i64)> = BTreeMap::new();
    let columns = (articles::slug, articles::path, articles::revision);
    for one in &changes.articles {
        let day = one.file.details.first_day();
        let rows: Vec<(String, String, i64)> = articles::table
            .filter(articles::first_day.between(day - NEAR_DAYS, day + NEAR_DAYS))
            .order((articles::first_day, articles::slug))
            .limit(MOST_NEAR)
            .select(columns)
            .load(conn)?;
        let subjects = one.file.details.claims.iter();
        let subjects: Vec<&str> = subjects.map(|claim| claim.subject.as_str()).collect();
        let holding = claims::table
            .filter(claims::subject.eq_any(&subjects))
            .select(claims::slug);
        let holders: Vec<(String, String, i64)> = articles::table
            .filter(articles::slug.eq_any(holding))
            .order(articles::slug)
            .limit(MOST_NEAR)
            .select(columns)
            .load(conn)?;
        for (slug, path, revision) in rows.into_iter().chain(holders) {
            found.insert(slug, (path, revision));
        }
    }
    let gone: HashSet<&str> = changes
        .articles
        .iter()
        .map(|one| one.file.slug.as_str())
        .chain(changes.removed_articles.iter().map(String::as_str))
        .collect();
    found.retain(|slug, _| !gone.contains(slug.as_str()));
    let mut files = Vec::new();
    for (slug, (path, revision)) in found {
        let source: Option<String> = revisions::table
            .find((&slug, revision))
            .select(revisions::source)
            .first(conn)
            .optional()?;
        let (Some(source), Ok(slug)) = (source, Slug::parse(&slug)) else {
            continue;
        };
        if let (Some(Document::Article(file)), _) =
            content::parse(&FileKind::Article(slug), source.as_bytes())
        {
            files.push((path, *file));
        }
    }
    Ok(files)
}
