//! What an article said before: every revision, what changed between two, and
//! why.
//!
//! URLs: /articles/{slug}/history, /articles/{slug}/revisions/{n},
//! /articles/{slug}/compare/{n}..{m} (and /articles/{slug}/compare, where its
//! form is sent), /articles/{slug}.md, and /articles/{slug}?r={n}, the article
//! with what was changed since revision n. Tables: none of its own; it reads
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

use actix_web::guard::fn_guard;
use actix_web::web;

use crate::paths::{self, record};

/// Registers what this feature answers. It must come before the articles,
/// whose pattern would also take `/articles/{slug}.md`.
pub fn routes(config: &mut web::ServiceConfig) {
    let remembers = fn_guard(|context| {
        let query = context.head().uri.query();
        query.is_some_and(pages::names_revision)
    });
    config
        .service(web::resource(record::HISTORY_ROUTE).get(pages::list))
        .service(web::resource(record::REVISION_ROUTE).get(pages::revision))
        .service(web::resource(record::COMPARISON_ROUTE).get(pages::compare))
        .service(web::resource(record::COMPARE_ROUTE).get(pages::choose))
        .service(web::resource(record::SOURCE_ROUTE).get(pages::source))
        .service(
            web::resource(paths::ARTICLE_ROUTE)
                .guard(remembers)
                .get(pages::since),
        );
}
