//! Days, months, years and longer: what happened on this day, and when.
//!
//! URLs: /, /today, /on/{day}, /on/{month}, /year/{year}, /decade/{decade},
//! /century/{century}, /timeline. Tables: none of its own; standings
//! and life_days, through the queries of `articles`.

mod density;
mod model;
mod pages;
mod structured;
mod weeks;

use actix_web::web;

use crate::paths;

/// Registers what this feature answers.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(paths::HOME).get(pages::home))
        .service(web::resource(paths::TODAY).get(pages::today))
        .service(web::resource(paths::ON_ROUTE).get(pages::on))
        .service(web::resource(paths::YEAR_ROUTE).get(pages::year))
        .service(web::resource(paths::DECADE_ROUTE).get(pages::decade))
        .service(web::resource(paths::CENTURY_ROUTE).get(pages::century))
        .service(web::resource(paths::TIMELINE).get(pages::timeline));
}
