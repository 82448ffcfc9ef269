//! The table `reports`.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::result::DatabaseErrorKind;
use diesel::result::Error as QueryError;
use serde::Serialize;

use crate::articles::Visibility;
use crate::articles::model::Slug;
use crate::articles::queries as articles;
use crate::content::{self, Catalogue};
use crate::db::AnyConnection;
use crate::db::schema::{articles as article_rows, pages, reports};
use crate::error::Gone;
use crate::paths;

/// A report as it is kept. `migrations/` says what each column holds.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = reports, treat_none_as_default_value = false)]
pub(super) struct Report {
    pub(super) id: String,
    #[serde(skip)]
    pub(super) token_hash: String,
    pub(super) received_at: i64,
    pub(super) state: String,
    pub(super) spam_reason: String,
    pub(super) article: Option<String>,
    pub(super) revision: Option<i64>,
    pub(super) paragraph: Option<i64>,
    pub(super) quote: String,
    pub(super) prefix: String,
    pub(super) suffix: String,
    pub(super) page: String,
    pub(super) category: String,
    pub(super) wrong: String,
    pub(super) correct: String,
    pub(super) source: String,
    pub(super) email: String,
    pub(super) client_hash: String,
    pub(super) case_id: Option<String>,
    #[serde(skip)]
    pub(super) confirm_hash: String,
    pub(super) confirmed_at: Option<i64>,
    pub(super) erased_at: Option<i64>,
}

/// The text that a report is about, in the revision that its reader saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reported {
    /// The slug under which the article stands now.
    pub(super) slug: String,
    /// Its headline now.
    pub(super) title: String,
    /// The revision of `paragraphs`.
    pub(super) revision: i64,
    /// Whether a newer revision stands on the site.
    pub(super) is_old: bool,
    /// Plain text; paragraph n at index n − 1.
    pub(super) paragraphs: Vec<String>,
}

/// What stands under a slug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// An article.
    Article(Reported),
    /// It stands under another slug now.
    Moved(String),
    /// It was removed.
    Gone(Gone),
    /// Nothing that may be seen.
    Nothing,
}

/// The text to report on. A revision that never was counts as the present one.
pub(super) fn reported(
    conn: &mut AnyConnection,
    slug: &Slug,
    revision: Option<i64>,
    visibility: Visibility,
) -> QueryResult<Found> {
    let Some(text) = articles::reported_text(conn, slug.as_str(), visibility)? else {
        if let Some(target) = articles::alias_target(conn, &paths::article(slug.as_str()))? {
            return Ok(Found::Moved(target));
        }
        let gone = articles::tombstone(conn, slug.as_str())?;
        return Ok(gone.map_or(Found::Nothing, Found::Gone));
    };
    let mut reported = Reported {
        slug: text.slug,
        title: text.title,
        revision: text.revision,
        is_old: false,
        paragraphs: text.paragraphs,
    };
    if let Some(old) = revision.filter(|old| *old < reported.revision)
        && let Some(source) = articles::revision_source(conn, &reported.slug, old)?
    {
        reported.revision = old;
        reported.is_old = true;
        reported.paragraphs = content::paragraphs_of(&source, |links| linked(conn, links))?;
    }
    Ok(Found::Article(reported))
}

/// The articles that wikilinks name, by their slugs or by old ones.
fn linked(conn: &mut AnyConnection, links: BTreeSet<String>) -> QueryResult<Catalogue> {
    let mut catalogue = Catalogue::default();
    for link in links {
        let target = articles::alias_target(conn, &paths::article(&link))?;
        let slug = target.unwrap_or_else(|| link.clone());
        let title = article_rows::table
            .filter(article_rows::slug.eq(&slug))
            .select(article_rows::title)
            .first(conn)
            .optional()?;
        if let Some(title) = title {
            catalogue.insert(slug, &link, title);
        }
    }
    Ok(catalogue)
}

/// The report behind a receipt.
pub(super) fn by_token_hash(conn: &mut AnyConnection, hash: &str) -> QueryResult<Option<Report>> {
    reports::table
        .filter(reports::token_hash.eq(hash))
        .select(Report::as_select())
        .first(conn)
        .optional()
}

/// The report that editors know by this number.
pub(super) fn by_id(conn: &mut AnyConnection, id: &str) -> QueryResult<Option<Report>> {
    reports::table
        .filter(reports::id.eq(id))
        .select(Report::as_select())
        .first(conn)
        .optional()
}

/// All reports, or those in one state, newest first.
pub(super) fn newest_first(
    conn: &mut AnyConnection,
    state: Option<&str>,
) -> QueryResult<Vec<Report>> {
    let mut query = reports::table.select(Report::as_select()).into_boxed();
    if let Some(state) = state {
        query = query.filter(reports::state.eq(state.to_owned()));
    }
    query
        .order((reports::received_at.desc(), reports::id.desc()))
        .load(conn)
}

/// Keeps a report once, however often it is sent: false if one with the same
/// receipt is there already. `ids` are tried in order until one is free.
pub(super) fn keep(
    conn: &mut AnyConnection,
    report: &Report,
    ids: impl IntoIterator<Item = String>,
) -> QueryResult<bool> {
    let mut report = report.clone();
    let mut outcome = Err(QueryError::NotFound);
    for id in ids {
        if by_token_hash(conn, &report.token_hash)?.is_some() {
            return Ok(false);
        }
        report.id = id;
        // In a savepoint of its own: PostgreSQL would otherwise refuse
        // everything that follows a refused insertion.
        outcome = conn.transaction(|conn| {
            diesel::insert_into(reports::table)
                .values(&report)
                .execute(conn)
        });
        match &outcome {
            Err(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {}
            _ => break,
        }
    }
    match outcome {
        // The last attempt may have lost to the same report, sent twice at once.
        Err(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _))
            if by_token_hash(conn, &report.token_hash)?.is_some() =>
        {
            Ok(false)
        }
        outcome => outcome.map(|_| true),
    }
}

/// What `content/pages/contact.md` says above the contact form.
pub(super) fn contact_words(conn: &mut AnyConnection) -> QueryResult<Option<String>> {
    pages::table
        .filter(pages::slug.eq("contact"))
        .select(pages::html)
        .first(conn)
        .optional()
}
