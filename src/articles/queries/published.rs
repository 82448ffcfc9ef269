//! All articles in turn, for what must name each of them: sitemaps, calendars.

use std::collections::HashMap;

use diesel::dsl::min;
use diesel::prelude::*;
use jiff::tz::TimeZone;

use super::super::Visibility;
use super::super::model::{Details, Registry, Tag};
use super::{
    SiteTimes, StoredPicture, file_of, pictures_of, read_json, tags_of, visible, withheld,
};
use crate::cases::HoldKind;
use crate::db::AnyConnection;
use crate::db::schema::{articles, revisions, tags};

/// How many articles are in memory at once.
const AT_ONCE: i64 = 500;

/// An article without its text.
#[derive(Clone, Debug)]
pub struct Published {
    /// Its permanent name.
    pub slug: String,
    /// Headline.
    pub title: String,
    /// One or two sentences; empty while the text is kept back.
    pub summary: String,
    /// The number of the revision that is shown.
    pub revision: i64,
    /// Dates and the rest of the front matter.
    pub details: Details,
    /// The names it carries.
    pub tags: Vec<Tag>,
    /// The picture at its head, unless it is kept back.
    pub picture: Option<StoredPicture>,
    /// When the site published and changed it.
    pub times: SiteTimes,
    /// What open cases mark in it or keep back.
    pub held: Vec<HoldKind>,
}

/// Some of the articles, in the order of their slugs.
#[derive(Clone, Debug, Default)]
pub struct Stretch {
    /// Only those that carry this name: a registry, and the slug of an entry.
    pub about: Option<(Registry, String)>,
    /// Leaves out so many at the beginning.
    pub skip: i64,
    /// Ends after so many; `None` goes to the end.
    pub at_most: Option<i64>,
}

/// Gives the articles of a stretch to `each`, one after the other. Only some
/// hundred are held at a time, however many there are.
///
/// # Errors
/// The database's.
pub fn each_published(
    conn: &mut AnyConnection,
    stretch: &Stretch,
    zone: &TimeZone,
    visibility: Visibility,
    mut each: impl FnMut(Published),
) -> QueryResult<()> {
    type Row = (String, String, String, i64, String);
    let held = withheld::on_articles(conn)?;
    let mut left = stretch.at_most.unwrap_or(i64::MAX);
    let mut last: Option<String> = None;
    while left > 0 {
        let mut query = articles::table
            .filter(visible(visibility))
            .order(articles::slug)
            .select((
                articles::slug,
                articles::title,
                articles::summary,
                articles::revision,
                articles::details,
            ))
            .limit(left.min(AT_ONCE))
            .into_boxed();
        if let Some((registry, entry)) = &stretch.about {
            let named = tags::table
                .filter(tags::kind.eq(registry.slug()))
                .filter(tags::entry.eq(entry))
                .select(tags::slug);
            query = query.filter(articles::slug.eq_any(named));
        }
        query = match &last {
            Some(last) => query.filter(articles::slug.gt(last.clone())),
            None => query.offset(stretch.skip),
        };
        let rows: Vec<Row> = query.load(conn)?;
        let is_end = i64::try_from(rows.len()).unwrap_or(0) < left.min(AT_ONCE);
        left -= AT_ONCE;
        last = rows.last().map(|row| row.0.clone());
        let slugs: Vec<String> = rows.iter().map(|row| row.0.clone()).collect();
        let mut tags = tags_of(conn, &slugs)?;
        let imported: Vec<(String, Option<i64>)> = revisions::table
            .filter(revisions::slug.eq_any(&slugs))
            .group_by(revisions::slug)
            .select((revisions::slug, min(revisions::created_at)))
            .load(conn)?;
        let imported: HashMap<String, Option<i64>> = imported.into_iter().collect();
        let mut list = Vec::with_capacity(rows.len());
        for (slug, title, summary, revision, details) in rows {
            let details: Details = read_json(&details)?;
            let first = imported.get(&slug).copied().flatten().unwrap_or(0);
            list.push(Published {
                title,
                summary,
                revision,
                tags: tags.remove(&slug).unwrap_or_default(),
                picture: None,
                times: SiteTimes::new(&details, first, zone),
                held: held.get(&slug).cloned().unwrap_or_default(),
                details,
                slug,
            });
        }
        let files: Vec<(String, Option<String>)> = list
            .iter()
            .map(|one| (one.slug.clone(), file_of(&one.details)))
            .collect();
        let mut pictures = pictures_of(conn, &files)?;
        for mut one in list {
            let has = |kind| one.held.contains(&kind);
            let (text, picture) = (has(HoldKind::Text), has(HoldKind::Picture));
            if text {
                one.summary.clear();
            }
            one.picture = pictures.remove(&one.slug).filter(|_| !text && !picture);
            each(one);
        }
        if is_end {
            break;
        }
    }
    Ok(())
}
