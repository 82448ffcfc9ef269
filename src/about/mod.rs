//! What the site says about itself: the pages in `content/pages/`.
//!
//! URLs: /about, /privacy, and whatever else lies in that folder. Table: pages.

mod pages;
pub mod queries;

use actix_web::web;

/// Registers what this feature answers. Its route takes any single word, so it
/// comes after all others.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/{page}").get(pages::show));
}
