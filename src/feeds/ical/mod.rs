//! Calendars (RFC 5545): every day of the year with its events, or those of one
//! entry, for the reader's own calendar program.
//!
//! Each day on which an article stands is an event that returns each year. It
//! begins at its next anniversary, never in 1951 or in 44 BCE: programs drop
//! what lies before 1970, and no date of iCalendar lies before our era. The
//! true year is in the title.

mod calendar;
mod lines;

use actix_web::{HttpResponse, web};
use diesel::QueryResult;
use jiff::Timestamp;

use calendar::{Book, Cover};

use crate::articles::model::Registry;
use crate::articles::queries::{self, Stretch};
use crate::articles::{Audience, Gazetteer};
use crate::config::Config;
use crate::db::{AnyConnection, Db};
use crate::error::AppError;
use crate::paths::{self, feeds};
use crate::site::shell::Identity;
use crate::site::{CachePolicy, document};

/// The longest that a calendar is kept, in seconds: what editors keep back
/// should not stay with others until midnight.
const AN_HOUR: u32 = 3_600;

/// What both handlers work with.
type Given = (
    web::Data<Db>,
    web::Data<Audience>,
    web::Data<Identity>,
    web::Data<Config>,
    web::Data<Gazetteer>,
);

/// Registers the calendars.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource(feeds::CALENDAR).get(all));
    for registry in Registry::ALL {
        let path = feeds::of_entry(registry.slug(), "{slug}", "ics");
        config.service(web::resource(path).get(move |slug, given| of_entry(registry, slug, given)));
    }
}

/// `GET /calendar.ics`
async fn all(given: Given) -> Result<HttpResponse, AppError> {
    let site = given.2.clone();
    let cover = Cover {
        name: format!("{}: on this day", site.name),
        description: format!("What happened on each day of the year, from {}.", site.name),
        path: feeds::CALENDAR.to_owned(),
        page: paths::HOME.to_owned(),
    };
    answer(given, Stretch::default(), move |_| Ok(Some(cover))).await
}

/// `GET /topics/{slug}/feed.ics` and its like
async fn of_entry(
    registry: Registry,
    slug: web::Path<String>,
    given: Given,
) -> Result<HttpResponse, AppError> {
    let slug = slug.into_inner();
    let site = given.2.clone();
    let visibility = public(&given.1).now();
    let stretch = Stretch {
        about: Some((registry, slug.clone())),
        ..Stretch::default()
    };
    let cover = move |conn: &mut AnyConnection| {
        let written = queries::written_entry(conn, registry, &slug)?.map(|entry| entry.name);
        let name = match written {
            Some(name) => Some(name),
            // An entry that has no file is there as long as an article names it.
            None => queries::tag_counts(conn, registry, visibility)?
                .into_iter()
                .find(|(entry, ..)| *entry == slug)
                .map(|(_, name, _)| name),
        };
        Ok(name.map(|name| Cover {
            description: format!("{name} in the articles of {}, day by day.", site.name),
            name: format!("{name} – {}", site.name),
            path: feeds::of_entry(registry.slug(), &slug, "ics"),
            page: paths::entry(registry.slug(), &slug),
        }))
    };
    answer(given, stretch, cover).await
}

/// Writes the calendar of a stretch of articles, if `cover` finds that there is
/// one.
async fn answer(
    (db, audience, site, config, gazetteer): Given,
    stretch: Stretch,
    cover: impl FnOnce(&mut AnyConnection) -> QueryResult<Option<Cover>> + Clone + Send + 'static,
) -> Result<HttpResponse, AppError> {
    let now = Timestamp::now().to_zoned(audience.zone.clone());
    let visibility = public(&audience).now();
    let zone = audience.zone.clone();
    let style = config.date_style;
    let (today, base_url) = (now.date(), site.base_url.clone());
    let host = config.base_url.authority().to_owned();
    let (text, changed_at) = db
        .read_public(move |conn| {
            let Some(cover) = cover(conn)? else {
                return Ok(None);
            };
            let places = gazetteer.places(conn)?;
            let mut book = Book::new(&cover, &base_url, &host, today, style);
            queries::each_published(conn, &stretch, &zone, visibility, |article| {
                book.add(&article, &places);
            })?;
            Ok(Some((book.finish(), queries::changed_at(conn, &zone)?)))
        })
        .await?
        .ok_or(AppError::NotFound)?;
    Ok(document::answer_since(
        "text/calendar; charset=utf-8",
        text,
        CachePolicy::until_tomorrow(&now, AN_HOUR),
        // Each day begins with another next anniversary, which counts as a
        // change here too.
        Some(changed_at),
    ))
}

/// What leaves the site is what all may see, also where editors preview drafts.
fn public(audience: &Audience) -> Audience {
    Audience {
        drafts: false,
        zone: audience.zone.clone(),
    }
}
