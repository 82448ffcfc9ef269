//! What the site published last, and when anything on it last changed.

use std::cmp::Reverse;

use diesel::dsl::{max, min};
use diesel::prelude::*;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::super::Visibility;
use super::super::model::Registry;
use super::{SiteTimes, site_times, visible};
use crate::cases;
use crate::db::AnyConnection;
use crate::db::schema::{articles, editions, revisions, tags};

/// The slugs of the `limit` articles that the site published last, the newest
/// first and those of one moment by their slugs: of all articles, or of those
/// that carry the name `about`. It reads no more articles than it needs,
/// however many there are. `zone` is the one of the site.
///
/// # Errors
/// The database's.
pub fn newest(
    conn: &mut AnyConnection,
    about: Option<(Registry, &str)>,
    limit: usize,
    zone: &TimeZone,
    visibility: Visibility,
) -> QueryResult<Vec<(String, SiteTimes)>> {
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let named = about.map(|(registry, entry)| {
        tags::table
            .filter(tags::kind.eq(registry.slug()))
            .filter(tags::entry.eq(entry.to_owned()))
            .select(tags::slug)
    });
    // A file that names its day has that as a day number; of any other the
    // column is 0, and its first import counts.
    let mut dated = articles::table
        .filter(articles::published.gt(0))
        .filter(visible(visibility))
        .order((articles::published.desc(), articles::slug))
        .limit(most)
        .select(articles::slug)
        .into_boxed();
    let mut imported = articles::table
        .inner_join(revisions::table.on(revisions::slug.eq(articles::slug)))
        .filter(revisions::number.eq(1))
        .filter(articles::published.le(0))
        .filter(visible(visibility))
        .order((revisions::created_at.desc(), articles::slug))
        .limit(most)
        .select(articles::slug)
        .into_boxed();
    if let Some(named) = named {
        dated = dated.filter(articles::slug.eq_any(named.clone()));
        imported = imported.filter(articles::slug.eq_any(named));
    }
    let mut slugs: Vec<String> = dated.load(conn)?;
    slugs.extend(imported.load::<String>(conn)?);
    let times = site_times(conn, Some(&slugs), zone, visibility)?;
    let mut all: Vec<(String, SiteTimes)> = times.into_iter().collect();
    all.sort_by(|(one, its), (other, theirs)| {
        let key = |times: &SiteTimes| Reverse(times.published_at);
        (key(its), one).cmp(&(key(theirs), other))
    });
    all.truncate(limit);
    Ok(all)
}

/// When anything that readers see may last have changed, in epoch milliseconds:
/// the last import or decision, or the beginning of today in `zone`, because a
/// day can bring what was to be published on it. 0 where nothing ever was.
///
/// # Errors
/// The database's.
pub fn changed_at(conn: &mut AnyConnection, zone: &TimeZone) -> QueryResult<i64> {
    let edition: Option<i64> = editions::table
        .select(max(editions::created_at))
        .first(conn)?;
    let decision = cases::changed_at(conn)?;
    let today = Timestamp::now().to_zoned(zone.clone()).start_of_day().ok();
    let today = today.map(|start| start.timestamp().as_millisecond());
    Ok([edition, decision, today]
        .into_iter()
        .flatten()
        .max()
        .unwrap_or(0))
}

/// When the last import that changed something ended, in epoch milliseconds. 0
/// before the first.
///
/// # Errors
/// The database's.
pub fn imported_at(conn: &mut AnyConnection) -> QueryResult<i64> {
    let latest: Option<i64> = editions::table
        .select(max(editions::created_at))
        .first(conn)?;
    Ok(latest.unwrap_or(0))
}

/// When the site began, in epoch milliseconds: its first edition. 0 before it.
///
/// # Errors
/// The database's.
pub fn began_at(conn: &mut AnyConnection) -> QueryResult<i64> {
    let first: Option<i64> = editions::table
        .select(min(editions::created_at))
        .first(conn)?;
    Ok(first.unwrap_or(0))
}
