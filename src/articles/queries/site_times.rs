//! When the site itself published an article, and when it last changed what the
//! article says. Not to be taken for the dates of the event.

use std::collections::{BTreeSet, HashMap};

use diesel::dsl::{max, min};
use diesel::prelude::*;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::super::Visibility;
use super::super::model::{Details, Registry};
use super::read_json;
use super::visible;
use crate::db::AnyConnection;
use crate::db::schema::{articles, revisions, tags};

/// Two moments in the life of an article on the site: epoch milliseconds, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SiteTimes {
    /// The start of its day of publication, if the file names one; else when
    /// it was first imported.
    pub published_at: i64,
    /// The start of the day of its latest correction or clarification, and
    /// never before `published_at`. A minor edit does not move it, so that no
    /// feed reader shows an article as new for a comma.
    pub updated_at: i64,
}

/// The times of these articles, or of all if `slugs` is `None`, as far as they
/// may be seen. `zone` is the one of the site, in which the days of its files
/// are meant.
///
/// # Errors
/// The database's.
pub fn site_times(
    conn: &mut AnyConnection,
    slugs: Option<&[String]>,
    zone: &TimeZone,
    visibility: Visibility,
) -> QueryResult<HashMap<String, SiteTimes>> {
    let mut seen = articles::table
        .filter(visible(visibility))
        .select((articles::slug, articles::details))
        .into_boxed();
    let mut first = revisions::table
        .group_by(revisions::slug)
        .select((revisions::slug, min(revisions::created_at)))
        .into_boxed();
    if let Some(slugs) = slugs {
        seen = seen.filter(articles::slug.eq_any(slugs));
        first = first.filter(revisions::slug.eq_any(slugs));
    }
    let rows: Vec<(String, String)> = seen.load(conn)?;
    let imported: Vec<(String, Option<i64>)> = first.load(conn)?;
    let imported: HashMap<String, Option<i64>> = imported.into_iter().collect();
    rows.into_iter()
        .map(|(slug, details)| {
            let details: Details = read_json(&details)?;
            let imported = imported.get(&slug).copied().flatten().unwrap_or(0);
            let times = SiteTimes::new(&details, imported, zone);
            Ok((slug, times))
        })
        .collect()
}

/// When an article that names one of these entries was last imported anew, by
/// the slug of the entry, in epoch milliseconds (UTC): entries have no history
/// of their own. One that no article names is left out.
///
/// # Errors
/// The database's.
pub fn entry_times(
    conn: &mut AnyConnection,
    registry: Registry,
    slugs: &BTreeSet<String>,
    visibility: Visibility,
) -> QueryResult<HashMap<String, i64>> {
    if slugs.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, Option<i64>)> = tags::table
        .inner_join(articles::table)
        .inner_join(revisions::table.on(revisions::slug.eq(tags::slug)))
        .filter(tags::kind.eq(registry.slug()))
        .filter(tags::entry.eq_any(slugs))
        .filter(visible(visibility))
        .group_by(tags::entry)
        .select((tags::entry, max(revisions::created_at)))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(entry, time)| Some((entry, time?)))
        .collect())
}

impl SiteTimes {
    /// `imported` is when the first revision came.
    pub(super) fn new(details: &Details, imported: i64, zone: &TimeZone) -> SiteTimes {
        let start = |day: &str| start_of(day, zone);
        let published_at = details
            .published
            .as_deref()
            .and_then(start)
            .unwrap_or(imported);
        let updated_at = details.updated().and_then(start).unwrap_or(published_at);
        SiteTimes {
            published_at,
            updated_at: updated_at.max(published_at),
        }
    }
}

fn start_of(day: &str, zone: &TimeZone) -> Option<i64> {
    let day: Date = day.trim().parse().ok()?;
    let start = day.to_zoned(zone.clone()).ok()?;
    Some(start.timestamp().as_millisecond())
}
