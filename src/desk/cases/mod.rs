//! One case on one screen: what readers said, the text they mean as it was and
//! as it is, what others decided on the like, and all that can be done.
//!
//! URLs: /desk/cases/{case} and what lies below it. Tables: none of its own;
//! changes are those of `cases`. Each form names the version of the case that
//! its editor saw, so that two editors cannot undo each other unawares.

mod bench;
mod decide;
mod pages;
mod passage;
mod queries;
mod record;
mod settle;
mod typed;
mod view;
mod ways;

use actix_web::web;

use crate::desk::gate;
use crate::paths;

/// Registers what this room answers. It needs `web::Data<content::Publisher>`.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(paths::desk::CASE_ROUTE).route(web::get().to(pages::show)))
        .service(web::resource(paths::desk::PATCH_ROUTE).route(web::get().to(pages::patch)))
        .service(
            web::resource(paths::desk::TAKE_ROUTE)
                .app_data(gate::form_limit())
                .route(web::post().to(decide::take)),
        )
        .service(
            web::resource(paths::desk::NOTE_ROUTE)
                .app_data(gate::form_limit())
                .route(web::post().to(decide::note)),
        )
        .service(
            web::resource(paths::desk::HOLD_ROUTE)
                .app_data(gate::form_limit())
                .route(web::post().to(decide::hold)),
        )
        .service(
            web::resource(paths::desk::CASE_SPAM_ROUTE)
                .app_data(gate::form_limit())
                .route(web::post().to(decide::spam)),
        )
        .service(
            web::resource(paths::desk::ACCEPT_ROUTE)
                .app_data(gate::form_limit())
                .route(web::post().to(settle::accept)),
        )
        .service(
            web::resource(paths::desk::APPLY_ROUTE)
                .app_data(gate::form_limit())
                .route(web::post().to(settle::apply)),
        )
        .service(
            web::resource(paths::desk::DECLINE_ROUTE)
                .app_data(gate::form_limit())
                .route(web::post().to(settle::decline)),
        )
        .service(
            web::resource(paths::desk::MERGE_ROUTE)
                .app_data(gate::form_limit())
                .route(web::post().to(settle::merge)),
        )
        .service(
            web::resource(paths::desk::REOPEN_ROUTE)
                .app_data(gate::form_limit())
                .route(web::post().to(settle::reopen)),
        );
}
