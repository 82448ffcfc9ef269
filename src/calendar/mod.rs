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
        .service(web::resource(paths::HOME).get(pages::home))
        .service(web::resource(paths::TODAY).get(pages::today))
        .service(web::resource(paths::ON_ROUTE).get(pages::on))
        .service(web::resource(paths::YEAR_ROUTE).get(pages::year));
}
