//! People, places, organisations and topics: an index of each, and a page for
//! every entry, whether it has a file of its own or is only named; for a person
//! with the life, and for a place with its history, as a line of events.
//!
//! URLs: /people, /people/{slug} and their like. Tables: entries, tags.

mod course;
mod line;
mod pages;
mod structured;

use actix_web::web;

use crate::articles::model::Registry;
use crate::paths;

/// Registers what this feature answers.
pub fn routes(config: &mut web::ServiceConfig) {
    for registry in Registry::ALL {
        let index = paths::registry(registry.slug());
        let entry = paths::entry(registry.slug(), "{slug}");
        config
            .service(web::resource(index).get(move |given| pages::index(registry, given)))
            .service(
                web::resource(entry).get(move |slug, given| pages::entry(registry, slug, given)),
            );
    }
}
