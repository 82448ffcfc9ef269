//! What the site says about itself: the pages in `content/pages/`, and the
//! colophon, which the program writes.
//!
//! URLs: /about, /privacy, and whatever else lies in that folder;
//! /about/colophon. Table: pages.

mod colophon;
mod pages;
pub mod queries;

use actix_web::web;

use crate::paths;

/// Registers what this feature answers. Its route takes any single word, so it
/// comes after all others.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(paths::COLOPHON).get(colophon::show))
        .service(web::resource("/{page}").get(pages::show));
}
