//! Tells articles from the database: in short, many at once, and whole.

use std::sync::Arc;

use diesel::QueryResult;

use super::model::{Article, Entry, EntryText, Given, Summary, Terms};
use super::queries;
use super::times::Times;
use crate::articles::Gazetteer;
use crate::articles::model::Registry;
use crate::articles::queries::{self as articles, Listed};
use crate::db::AnyConnection;

/// What answers are told from, beside the database.
#[derive(Clone)]
pub(super) struct Library {
    pub(super) gazetteer: Arc<Gazetteer>,
    pub(super) times: Arc<Times>,
    pub(super) terms: Terms,
}

impl Library {
    /// These articles, in their order.
    pub(super) fn summaries(
        &self,
        conn: &mut AnyConnection,
        slugs: &[String],
    ) -> QueryResult<Vec<Summary>> {
        let listed = articles::listed_of(conn, slugs, self.terms.visibility)?;
        self.of_list(conn, &listed)
    }

    /// The same, of what was read already.
    pub(super) fn of_list(
        &self,
        conn: &mut AnyConnection,
        listed: &[Listed],
    ) -> QueryResult<Vec<Summary>> {
        let terms = &self.terms;
        let slugs: Vec<String> = listed.iter().map(|one| one.slug.clone()).collect();
        let heads = queries::heads(conn, &slugs)?;
        let times = articles::site_times(conn, Some(&slugs), &terms.zone, terms.visibility)?;
        let places = self.gazetteer.places(conn)?;
        Ok(listed
            .iter()
            .filter_map(|one| {
                let (revision, hash) = heads.get(&one.slug)?;
                let given = Given {
                    revision: *revision,
                    hash,
                    times: *times.get(&one.slug)?,
                    places: &places,
                    terms,
                };
                Some(Summary::new(one, given))
            })
            .collect())
    }

    /// These articles, whole, in their order; those that cannot be read are
    /// left out.
    pub(super) fn whole(
        &self,
        conn: &mut AnyConnection,
        slugs: &[String],
    ) -> QueryResult<Vec<Article>> {
        let mut found = Vec::with_capacity(slugs.len());
        for summary in self.summaries(conn, slugs)? {
            let whole = articles::by_slug(conn, &summary.slug, self.terms.visibility)?;
            if let Some(whole) = whole {
                found.push(Article::new(summary, whole, &self.terms));
            }
        }
        Ok(found)
    }

    /// An entry with its text; `None` where it has no page.
    pub(super) fn entry(
        &self,
        conn: &mut AnyConnection,
        registry: Registry,
        slug: &str,
        found: &queries::FoundEntry,
    ) -> QueryResult<EntryText> {
        let written = articles::written_entry(conn, registry, slug)?;
        let html = written.map(|written| written.html).unwrap_or_default();
        let head = (found.name.clone(), &found.details);
        let entry = Entry::new(registry, slug, head, found.articles, &self.terms);
        Ok(EntryText::new(entry, html, &found.details))
    }
}
