//! Which articles claim something about a subject.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::super::Visibility;
use super::super::accounts::{Holder, disputed_dates, subjects_with_dates};
use super::{Listed, drafts, read_json};
use crate::db::AnyConnection;
use crate::db::schema::{articles, claims};

/// The articles that claim something about one of these subjects, by slug.
pub(in crate::articles) fn holders(
    conn: &mut AnyConnection,
    subjects: &BTreeSet<&str>,
    visibility: Visibility,
) -> QueryResult<Vec<Holder>> {
    if subjects.is_empty() {
        return Ok(Vec::new());
    }
    let holding = claims::table
        .filter(claims::subject.eq_any(subjects))
        .select(claims::slug);
    let rows: Vec<(String, String, String)> = articles::table
        .filter(articles::slug.eq_any(holding))
        .filter(articles::published.le(visibility.until))
        .filter(articles::draft.eq_any(drafts(visibility)))
        .order(articles::slug)
        .select((articles::slug, articles::title, articles::details))
        .load(conn)?;
    rows.into_iter()
        .map(|(slug, title, details)| {
            Ok(Holder {
                slug,
                title,
                details: read_json(&details)?,
            })
        })
        .collect()
}

/// Marks the disputed dates of a list, with one query for all of it, and with
/// none where no article claims a date.
pub(super) fn mark_disputed(
    conn: &mut AnyConnection,
    list: &mut [Listed],
    visibility: Visibility,
) -> QueryResult<()> {
    let subjects: BTreeSet<&str> = list
        .iter()
        .flat_map(|one| subjects_with_dates(&one.details))
        .collect();
    let holders = holders(conn, &subjects, visibility)?;
    for one in list {
        one.disputed_dates = disputed_dates((&*one).into(), &holders);
    }
    Ok(())
}
