//! Feeds and calendars: what is new, what happened today, and every day of the
//! year for the reader's own calendar.
//!
//! URLs: /feeds, /feed.{format}, /today.{format}, /calendar.ics,
//! /{registry}/{slug}/feed.{format}. Tables: none of its own.

mod article;
mod ical;
mod newest;
mod pages;
mod today;

use actix_web::{HttpRequest, web};

use crate::articles::Audience;
use crate::articles::model::Registry;
use crate::config::Config;
use crate::db::Db;
use crate::paths::feeds;
use crate::site::shell::Identity;

/// What every handler of a feed works with.
type Given = (
    HttpRequest,
    web::Data<Db>,
    web::Data<Audience>,
    web::Data<Identity>,
    web::Data<Config>,
);

/// Registers what this feature answers.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(feeds::FEEDS).get(pages::show))
        .service(web::resource(feeds::FEED_ROUTE).get(newest::of_site))
        .service(web::resource(feeds::TODAY_FEED_ROUTE).get(today::show));
    for registry in Registry::ALL {
        let route = feeds::of_entry(registry.slug(), "{slug}", "{format:atom|rss|json}");
        config.service(
            web::resource(route).get(move |path, given| newest::of_entry(registry, path, given)),
        );
    }
    ical::routes(config);
}
