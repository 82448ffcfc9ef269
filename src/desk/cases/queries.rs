//! All that the screen of a case shows, read at once.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::articles::Visibility;
use crate::articles::model::Details;
use crate::articles::queries as articles;
use crate::cases::{self, Case, Hold, Note};
use crate::content;
use crate::db::AnyConnection;
use crate::db::schema::{articles as article_rows, audit, editors, reports, revisions};
use crate::desk::inbox;

/// How many similar cases are shown.
const SIMILAR: i64 = 8;

/// A case with all that belongs to it.
pub(super) struct Dossier {
    pub(super) case: Case,
    /// Those that are folded into it, oldest first.
    pub(super) reports: Vec<Told>,
    /// The article as it is now; `None` for letters, and where it is gone.
    pub(super) file: Option<File>,
    /// The paragraphs that the first report is about, where its revision is not
    /// the present one.
    pub(super) before: Option<Vec<String>>,
    pub(super) similar: Vec<Case>,
    pub(super) notes: Vec<Note>,
    pub(super) steps: Vec<Step>,
    /// What is on hold in the article, whichever case it comes from.
    pub(super) holds: Vec<Hold>,
    /// Names of editors, by id.
    pub(super) editors: HashMap<String, String>,
    /// To whom the case can be given, by name: id and name.
    pub(super) colleagues: Vec<(String, String)>,
    /// The file that the amended text was made from.
    pub(super) amended_from: Option<String>,
}

/// A report as editors see it: nothing of who sent it but whether an address
/// was given.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Told {
    pub(super) id: String,
    pub(super) received_at: i64,
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
    pub(super) has_address: bool,
    pub(super) confirmed_at: Option<i64>,
    pub(super) erased_at: Option<i64>,
}

/// The file of an article, as the last import read it.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) slug: String,
    pub(super) title: String,
    /// Below the content folder.
    pub(super) path: String,
    /// SHA-256, hexadecimal.
    pub(super) hash: String,
    pub(super) revision: i64,
    /// Its whole text.
    pub(super) source: String,
    pub(super) paragraphs: Vec<String>,
    pub(super) details: Details,
}

/// A line of the audit that is about the case or one of its reports.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Step {
    pub(super) at: i64,
    pub(super) actor: String,
    pub(super) subject: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) why: String,
}

/// Everything about a case.
pub(super) fn dossier(conn: &mut AnyConnection, id: &str) -> QueryResult<Option<Dossier>> {
    let Some(case) = cases::by_id(conn, id)? else {
        return Ok(None);
    };
    let reports = told(conn, &case.id)?;
    let file = file(conn, &case)?;
    let seen = reports.first().and_then(|report| report.revision);
    let before = match (&file, seen) {
        (Some(file), Some(seen)) if seen != file.revision => {
            match articles::revision_source(conn, &file.slug, seen)? {
                Some(source) => Some(paragraphs_of(conn, &source)?),
                None => None,
            }
        }
        _ => None,
    };
    let amended_from = match &case.article {
        Some(slug) if !case.amended_from.is_empty() => source_of(conn, slug, &case.amended_from)?,
        _ => None,
    };
    Ok(Some(Dossier {
        similar: cases::similar(conn, &case, SIMILAR)?,
        notes: cases::notes(conn, &case.id)?,
        steps: steps(conn, &case.id, &reports)?,
        holds: match &case.article {
            Some(slug) => cases::holds_on(conn, slug)?,
            None => Vec::new(),
        },
        editors: inbox::editors(conn)?,
        colleagues: colleagues(conn)?,
        reports,
        file,
        before,
        amended_from,
        case,
    }))
}

/// The editors who can enter the desk, by name: id and name.
pub(super) fn colleagues(conn: &mut AnyConnection) -> QueryResult<Vec<(String, String)>> {
    editors::table
        .filter(editors::disabled_at.is_null())
        .filter(editors::totp.ne(""))
        .order((editors::name, editors::id))
        .select((editors::id, editors::name))
        .load(conn)
}

/// The file of the article that a case is about.
pub(super) fn file(conn: &mut AnyConnection, case: &Case) -> QueryResult<Option<File>> {
    type Row = (String, String, String, String, i64, String);
    let Some(slug) = &case.article else {
        return Ok(None);
    };
    let row: Option<Row> = article_rows::table
        .filter(article_rows::slug.eq(slug))
        .select((
            article_rows::slug,
            article_rows::title,
            article_rows::path,
            article_rows::hash,
            article_rows::revision,
            article_rows::details,
        ))
        .first(conn)
        .optional()?;
    let Some((slug, title, path, hash, revision, details)) = row else {
        return Ok(None);
    };
    let Some(source) = articles::revision_source(conn, &slug, revision)? else {
        return Ok(None);
    };
    Ok(Some(File {
        slug,
        title,
        path,
        hash,
        revision,
        paragraphs: paragraphs_of(conn, &source)?,
        source,
        details: read_json(&details)?,
    }))
}

/// The numbered paragraphs of a revision, for somebody who may see everything.
fn paragraphs_of(conn: &mut AnyConnection, source: &str) -> QueryResult<Vec<String>> {
    content::paragraphs_of(source, |links| {
        articles::linked(conn, links, Visibility::EVERYTHING)
    })
}

/// The text of an article's file that has this SHA-256.
pub(super) fn source_of(
    conn: &mut AnyConnection,
    slug: &str,
    hash: &str,
) -> QueryResult<Option<String>> {
    revisions::table
        .filter(revisions::slug.eq(slug))
        .filter(revisions::hash.eq(hash))
        .select(revisions::source)
        .first(conn)
        .optional()
}

/// Whether a report is part of a case.
pub(super) fn is_part(conn: &mut AnyConnection, report: &str, case: &str) -> QueryResult<bool> {
    let count: i64 = reports::table
        .filter(reports::id.eq(report))
        .filter(reports::case_id.eq(case))
        .count()
        .get_result(conn)?;
    Ok(count > 0)
}

fn told(conn: &mut AnyConnection, case: &str) -> QueryResult<Vec<Told>> {
    reports::table
        .filter(reports::case_id.eq(case))
        .order((reports::received_at, reports::id))
        .select((
            reports::id,
            reports::received_at,
            reports::revision,
            reports::paragraph,
            reports::quote,
            reports::prefix,
            reports::suffix,
            reports::page,
            reports::category,
            reports::wrong,
            reports::correct,
            reports::source,
            reports::email.ne(""),
            reports::confirmed_at,
            reports::erased_at,
        ))
        .load(conn)
}

fn steps(conn: &mut AnyConnection, case: &str, reports: &[Told]) -> QueryResult<Vec<Step>> {
    let subjects: Vec<&str> = std::iter::once(case)
        .chain(reports.iter().map(|report| report.id.as_str()))
        .collect();
    audit::table
        .filter(audit::subject.eq_any(subjects))
        .order(audit::number)
        .select((
            audit::at,
            audit::actor,
            audit::subject,
            audit::from_state,
            audit::to_state,
            audit::why,
        ))
        .load(conn)
}

fn read_json<T: serde::de::DeserializeOwned>(text: &str) -> QueryResult<T> {
    serde_json::from_str(text)
        .map_err(|error| diesel::result::Error::DeserializationError(Box::new(error)))
}
