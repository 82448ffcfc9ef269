//! What happened on a day, in the shape of Wikimedia's feed, so that programs
//! written for that need only another host.
//!
//! URLs: /api/rest_v1/feed/onthisday/{kind}/{month}/{day},
//! /feed/v1/wikipedia/{language}/onthisday/{kind}/{month}/{day}. Tables: none of its own.

use actix_web::web;

/// Registers what this feature answers.
pub fn routes(_config: &mut web::ServiceConfig) {}
