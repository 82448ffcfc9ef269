//! What waits for an editor: all cases through filters, at first those that are
//! open, urgent ones first and then the oldest.
//!
//! URLs: /desk. Tables: none of its own; it reads those of `cases`.

mod filter;
mod pages;
mod queries;
mod troubles;

use actix_web::web;

pub(super) use queries::editors;

use crate::paths;

/// Registers what this room answers.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource(paths::desk::INBOX).route(web::get().to(pages::show)));
}
