//! Which articles claim something about a subject.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::super::Contradiction;
use super::super::Visibility;
use super::super::accounts::{
    Holder, contradictions as contradictions_about, disputed_dates, subjects_with_dates,
};
use super::{Listed, read_json, visible};
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
        .filter(visible(visibility))
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

/// What articles that may be seen, and whose text is not kept back, contradict
/// each other about on each of these subjects, in their order.
///
/// # Errors
/// The database's.
pub fn contradictions(
    conn: &mut AnyConnection,
    subjects: &[String],
    visibility: Visibility,
) -> QueryResult<Vec<Contradiction>> {
    let asked: BTreeSet<&str> = subjects.iter().map(String::as_str).collect();
    let withheld = super::texts_withheld(conn)?;
    let mut holders = holders(conn, &asked, visibility)?;
    holders.retain(|holder| !withheld.contains(&holder.slug));
    Ok(subjects
        .iter()
        .flat_map(|subject| {
            let speaks = |holder: &&Holder| {
                let mut claims = holder.details.claims.iter();
                claims.any(|claim| claim.subject.as_str() == subject)
            };
            let own: Vec<Holder> = holders.iter().filter(speaks).cloned().collect();
            contradictions_about(subject, &own)
        })
        .collect())
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

/// The same for lists that have little room: the slug and the EDTF of each
/// disputed date of these articles. One query where none of them claims
/// anything, else two.
pub(super) fn disputed_among(
    conn: &mut AnyConnection,
    slugs: &BTreeSet<&str>,
    visibility: Visibility,
) -> QueryResult<BTreeSet<(String, String)>> {
    let subjects: Vec<(String, String)> = claims::table
        .filter(claims::slug.eq_any(slugs))
        .select((claims::slug, claims::subject))
        .distinct()
        .load(conn)?;
    let subjects: BTreeSet<&str> = subjects
        .iter()
        .map(|(_, subject)| subject.as_str())
        .collect();
    let holders = holders(conn, &subjects, visibility)?;
    let listed = holders
        .iter()
        .filter(|one| slugs.contains(one.slug.as_str()));
    let mut found = BTreeSet::new();
    for one in listed {
        for index in disputed_dates(one.into(), &holders) {
            if let Some(date) = one.details.dates.get(index) {
                found.insert((one.slug.clone(), date.on.clone()));
            }
        }
    }
    Ok(found)
}
