//! Mail that needs somebody: what could not be sent, and what may or may not
//! have arrived. The program never sends such a mail again by itself.
//!
//! URLs: /desk/mail. Tables: none of its own; the outbox is that of `mail`.

mod pages;

use actix_web::web;

use crate::desk::gate;
use crate::paths;

/// Registers what this room answers.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::resource(paths::desk::MAIL)
            .app_data(gate::form_limit())
            .route(web::get().to(pages::show))
            .route(web::post().to(pages::again)),
    );
}
