//! What happened on a day, in the shape of Wikimedia's feed, so that programs
//! written for that need only another host. `docs/api.md` says what is the same
//! and what is not.
//!
//! The shape is that of `spec.yaml` and `lib/on-this-day.js` in
//! <https://github.com/wikimedia/mediawiki-services-wikifeeds> (version 0.5.0
//! of the profile); a member that is missing there is missing here.
//!
//! URLs: /api/rest_v1/feed/onthisday/{kind}/{month}/{day},
//! /feed/v1/wikipedia/{language}/onthisday/{kind}/{month}/{day}. Tables: none of its own.

mod answers;
mod model;
mod plain;
mod queries;
mod selection;
mod sheet;
mod summaries;

use actix_web::web;
use utoipa::OpenApi;

use crate::paths::api;

/// Registers what this feature answers.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(api::ON_THIS_DAY_ROUTE).get(answers::show))
        .service(web::resource(api::ON_THIS_DAY_OF_LANGUAGE_ROUTE).get(answers::show_in_language));
}

/// What this feature answers, in the words of OpenAPI, to be merged with the
/// description of the rest of the API.
#[must_use]
pub fn described() -> utoipa::openapi::OpenApi {
    Described::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(answers::show, answers::show_in_language),
    tags((
        name = "On this day",
        description = "A day in the shape of Wikimedia’s feed, for programs written for that."
    ))
)]
struct Described;
