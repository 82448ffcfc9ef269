//! What was caught as spam, and the way back for what is none.
//!
//! URLs: /desk/spam. Tables: none of its own; it reads `reports`.

mod pages;
mod queries;

use actix_web::web;

use crate::desk::gate;
use crate::paths;

/// Registers what this room answers.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::resource(paths::desk::SPAM)
            .app_data(gate::form_limit())
            .route(web::get().to(pages::show))
            .route(web::post().to(pages::restore)),
    );
}
