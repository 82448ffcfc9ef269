//! What an article said before: every revision, what changed between two, and
//! why.
//!
//! URLs: /articles/{slug}/history, /articles/{slug}/revisions/{n},
//! /articles/{slug}/compare/{n}..{m} (and /articles/{slug}/compare, where its
//! form is sent), /articles/{slug}.md. Tables: none of its own; it reads
//! revisions.
//!
//! Nothing is stored for these pages. A revision is its file; what it says is
//! read from that file each time, by today's reader.

mod comparison;
mod pages;
mod queries;
mod readable;
mod standing;
mod tally;

use actix_web::web;

use crate::paths::record;

/// Registers what this feature answers. It must come before the articles,
/// whose pattern would also take `/articles/{slug}.md`.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(record::HISTORY_ROUTE).get(pages::list))
        .service(web::resource(record::REVISION_ROUTE).get(pages::revision))
        .service(web::resource(record::COMPARISON_ROUTE).get(pages::compare))
        .service(web::resource(record::COMPARE_ROUTE).get(pages::choose))
        .service(web::resource(record::SOURCE_ROUTE).get(pages::source));
}
