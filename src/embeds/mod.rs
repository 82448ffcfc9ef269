//! What other sites show of this one in a frame, and how they learn of it.
//!
//! A frame holds no script, sets no cookie and needs none; it is the only kind
//! of page that other sites may frame. It is no page of its own for search
//! engines: its canonical address is that of the page it stands for.
//!
//! URLs: /oembed, /embed/on/{day}, /embed/today, /embed/articles/{slug}.
//! Tables: none of its own.

mod oembed;
mod pages;

use actix_web::web;

use crate::paths::sharing;

/// Registers what this feature answers.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(sharing::OEMBED).get(oembed::show))
        .service(web::resource(sharing::EMBED_TODAY).get(pages::today))
        .service(web::resource(sharing::EMBED_DAY_ROUTE).get(pages::day))
        .service(web::resource(sharing::EMBED_ARTICLE_ROUTE).get(pages::article));
}
