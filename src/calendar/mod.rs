//! Days, months and years: what happened on this day.
//!
//! URLs: /, /today, /on/{day}, /on/{month}, /year/{year}. Tables: standings,
//! through the queries of `articles`.

mod pages;

use actix_web::web;

use crate::paths;

/// Registers what this feature answers.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route(paths::HOME, web::get().to(pages::home))
        .route(paths::TODAY, web::get().to(pages::today))
        .route(paths::ON_ROUTE, web::get().to(pages::on))
        .route(paths::YEAR_ROUTE, web::get().to(pages::year));
}
