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
    let form = |path: &str| web::resource(path).app_data(gate::limit());
    config
        .service(form(paths::desk::CASE_ROUTE).get(pages::show))
        .service(web::resource(paths::desk::PATCH_ROUTE).get(pages::patch))
        .service(form(paths::desk::TAKE_ROUTE).post(decide::take))
        .service(form(paths::desk::NOTE_ROUTE).post(decide::note))
        .service(form(paths::desk::HOLD_ROUTE).post(decide::hold))
        .service(form(paths::desk::CASE_SPAM_ROUTE).post(decide::spam))
        .service(form(paths::desk::ACCEPT_ROUTE).post(settle::accept))
        .service(form(paths::desk::APPLY_ROUTE).post(settle::apply))
        .service(form(paths::desk::DECLINE_ROUTE).post(settle::decline))
        .service(form(paths::desk::MERGE_ROUTE).post(settle::merge))
        .service(form(paths::desk::REOPEN_ROUTE).post(settle::reopen));
}
