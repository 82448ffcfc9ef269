//! The newest articles, of the whole site or about one entry of a registry.

use actix_web::{HttpResponse, web};
use diesel::QueryResult;
use jiff::tz::TimeZone;

use super::{Given, article};
use crate::articles::model::Registry;
use crate::articles::queries::{self, SiteTimes, Whole};
use crate::articles::{Audience, Visibility};
use crate::db::AnyConnection;
use crate::error::AppError;
use crate::paths;
use crate::site::CachePolicy;
use crate::site::feed::{Content, Feed, Format, Item};

/// How many articles a feed holds.
const IN_A_FEED: usize = 50;

/// How many bytes of whole articles a feed holds; the rest are summaries.
/// Readers ask for it many times a day.
const MOST_BYTES: usize = 1_000_000;

/// An import shows within minutes.
const CACHE: CachePolicy = CachePolicy::Public { max_age: 300 };

/// What the database has for a feed.
struct Found {
    articles: Vec<(Whole, SiteTimes)>,
    /// Of the site's first edition, in epoch milliseconds.
    began_at: i64,
    changed_at: i64,
}

/// `GET /feed.{format}`
pub(super) async fn of_site(
    format: web::Path<String>,
    given: Given,
) -> Result<HttpResponse, AppError> {
    let format = Format::parse(&format).ok_or(AppError::NotFound)?;
    let (_, db, audience, site, _) = &given;
    let Audience { zone, .. } = &***audience;
    let (zone, visibility) = (zone.clone(), audience.now());
    let found = db
        .read_public(move |conn| {
            let newest = queries::newest(conn, None, IN_A_FEED, &zone, visibility)?;
            Found::load(conn, newest, &zone, visibility)
        })
        .await?;
    let feed = Feed {
        description: format!("The newest articles of {}.", site.name),
        ..Feed::new(site, paths::HOME, &paths::feeds::feed(format.as_str()))
    };
    answer(feed, found, format, &given)
}

/// `GET /people/{slug}/feed.{format}` and its like
pub(super) async fn of_entry(
    registry: Registry,
    path: web::Path<(String, String)>,
    given: Given,
) -> Result<HttpResponse, AppError> {
    let (slug, format) = path.into_inner();
    let format = Format::parse(&format).ok_or(AppError::NotFound)?;
    let (_, db, audience, site, _) = &given;
    let (zone, visibility) = (audience.zone.clone(), audience.now());
    let entry = slug.clone();
    let (name, found) = db
        .read_public(move |conn| {
            let name = match queries::written_entry(conn, registry, &entry)? {
                Some(written) => Some(written.name),
                None => {
                    let outline = queries::outline_of_entry(conn, registry, &entry, visibility)?;
                    queries::first_name(conn, registry, &entry, &outline)?
                }
            };
            let about = Some((registry, entry.as_str()));
            let newest = queries::newest(conn, about, IN_A_FEED, &zone, visibility)?;
            Ok((name, Found::load(conn, newest, &zone, visibility)?))
        })
        .await?;
    let name = name.ok_or(AppError::NotFound)?;
    let home = paths::entry(registry.slug(), &slug);
    let path = paths::feeds::of_entry(registry.slug(), &slug, format.as_str());
    let feed = Feed {
        title: format!("{}: {name}", site.name),
        description: format!("The newest articles of {} about {name}.", site.name),
        ..Feed::new(site, &home, &path)
    };
    answer(feed, found, format, &given)
}

fn answer(
    feed: Feed,
    found: Found,
    format: Format,
    (_, _, _, site, config): &Given,
) -> Result<HttpResponse, AppError> {
    let changed_at = found.changed_at;
    let newest = found.articles.iter().map(|(_, times)| times.updated_at);
    let updated = newest.max().unwrap_or(found.began_at);
    let mut items = Vec::with_capacity(found.articles.len());
    let mut bytes = 0;
    for (whole, times) in found.articles {
        let item = article::item(whole, times, site, config.date_style)?;
        bytes += item.content.len();
        items.push(if bytes > MOST_BYTES {
            brief(item)
        } else {
            item
        });
    }
    let feed = Feed {
        updated,
        hub: config.websub_hub.clone(),
        items,
        ..feed
    };
    feed.answer(format, CACHE, changed_at)
}

/// The same without its text.
fn brief(item: Item) -> Item {
    Item {
        content: Content::Text(item.summary.unwrap_or_default()),
        summary: None,
        ..item
    }
}

impl Found {
    fn load(
        conn: &mut AnyConnection,
        newest: Vec<(String, SiteTimes)>,
        zone: &TimeZone,
        visibility: Visibility,
    ) -> QueryResult<Found> {
        let mut articles = Vec::with_capacity(newest.len());
        for (slug, times) in newest {
            if let Some(whole) = queries::by_slug(conn, &slug, visibility)? {
                articles.push((whole, times));
            }
        }
        Ok(Found {
            articles,
            began_at: queries::began_at(conn)?,
            changed_at: queries::changed_at(conn, zone)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_for_a_feed_is_told_by_its_summary() {
        let item = Item {
            id: String::new(),
            url: String::new(),
            related: None,
            title: String::new(),
            summary: Some("In short.".to_owned()),
            content: Content::Html("<p>At length.</p>".to_owned()),
            published: 0,
            updated: 0,
            tags: Vec::new(),
            author: None,
            image: None,
        };
        let brief = brief(item);
        assert!(matches!(brief.content, Content::Text(text) if text == "In short."));
        assert_eq!(brief.summary, None);
    }
}
