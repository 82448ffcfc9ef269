//! The cases that corrections in files name.

use diesel::QueryResult;
use diesel::prelude::*;

use super::super::changes::PlannedArticle;
use crate::articles::model::{Correction, Slug};
use crate::cases::{self, Named};
use crate::content::{self, ArticleFile, Document, FileKind};
use crate::db::AnyConnection;
use crate::db::schema::{cases as cases_table, revisions};
use crate::mail::Letterhead;

/// Settles the cases that a new revision names, in the transaction that writes
/// it. Says in the log which of them are not known here, and which were settled
/// by a correction that this revision has no more.
pub(in crate::ingest) fn settle_named(
    conn: &mut AnyConnection,
    planned: &PlannedArticle,
    letterhead: &Letterhead,
    now: i64,
) -> QueryResult<()> {
    if !planned.is_new_revision {
        return Ok(());
    }
    let file = &planned.file;
    let present = &file.details.corrections;
    let named: Vec<Named> = present
        .iter()
        .filter_map(|correction| {
            Some(Named {
                case: correction.case.as_ref()?,
                kind: correction.kind.as_str(),
                text: &correction.text,
                date: &correction.date,
            })
        })
        .collect();
    if !named.is_empty() {
        let slug = file.slug.as_str();
        let unknown = cases::settle(conn, slug, planned.revision, &named, letterhead, now)?;
        for case in unknown {
            tracing::warn!(
                "{}: a correction names the case {case}, which is not known here",
                planned.path
            );
        }
    }
    for correction in corrections_before(conn, file, planned.revision)? {
        let Some(case) = correction.case else {
            continue;
        };
        let is_gone = !present.iter().any(|one| one.case.as_ref() == Some(&case));
        if is_gone && is_corrected(conn, &case)? {
            // What was decided stays decided, but an editor has to know of it.
            tracing::warn!(
                "{}: the correction that settled the case {case} was taken out; the case stays \
                 corrected, so put the correction back or reopen the case",
                planned.path
            );
        }
    }
    Ok(())
}

/// The corrections of the revision before this one.
fn corrections_before(
    conn: &mut AnyConnection,
    file: &ArticleFile,
    revision: i64,
) -> QueryResult<Vec<Correction>> {
    if revision <= 1 {
        return Ok(Vec::new());
    }
    let source: Option<String> = revisions::table
        .filter(revisions::slug.eq(file.slug.as_str()))
        .filter(revisions::number.eq(revision - 1))
        .select(revisions::source)
        .first(conn)
        .optional()?;
    Ok(source.map_or_else(Vec::new, |source| corrections_of(&file.slug, &source)))
}

/// None where today's reader refuses the file.
fn corrections_of(slug: &Slug, source: &str) -> Vec<Correction> {
    // Most files name no case, and need not be read.
    if !source.contains("case") {
        return Vec::new();
    }
    match content::parse(&FileKind::Article(slug.clone()), source.as_bytes()) {
        (Some(Document::Article(file)), _) => file.details.corrections,
        _ => Vec::new(),
    }
}

fn is_corrected(conn: &mut AnyConnection, case: &str) -> QueryResult<bool> {
    let count: i64 = cases_table::table
        .filter(cases_table::id.eq(case))
        .filter(cases_table::state.eq("corrected"))
        .count()
        .get_result(conn)?;
    Ok(count > 0)
}
