//! The public ledger: every decided case with its outcome, for people, feed
//! readers and programs.
//!
//! One case is an [`Entry`](model::Entry), and all six forms of the ledger
//! (page, JSON-LD, Atom, RSS, JSON Feed, API) are written from it, so that they
//! agree. Of a case it holds what the editors wrote, and nothing of what
//! readers did.
//!
//! URLs: /corrections, /corrections/{case}, /corrections.atom,
//! /corrections.rss, /corrections.json, /api/v1/corrections,
//! /api/v1/corrections/{case}. Tables: cases, audit, and the titles of articles.

mod api;
mod choice;
mod feeds;
mod figures;
mod model;
mod pages;
mod queries;
mod register;
mod shapes;
mod structured;
mod views;

use actix_web::web;

pub use api::{described, exported};

use crate::paths::record;
use crate::site::CachePolicy;
use crate::site::feed::Format;

/// How long any form of the ledger may be kept: the same for all, so that they
/// agree within a minute of a decision. None is shown stale, because whoever
/// was just told of a decision comes to see it, and the page tells the age of
/// open cases.
const CACHE: CachePolicy = CachePolicy::UntilMidnight { seconds: 60 };

/// Registers what this feature answers.
pub fn routes(config: &mut web::ServiceConfig) {
    for format in Format::ALL {
        let path = record::ledger_feed(format.as_str());
        config.service(web::resource(path).get(move |given| feeds::show(format, given)));
    }
    config
        .service(web::resource(record::LEDGER).get(pages::index))
        .service(web::resource(record::LEDGER_API).get(api::index))
        .service(web::resource(record::CASE_API_ROUTE).get(api::show))
        .service(web::resource(record::CASE_ROUTE).get(pages::show));
}
