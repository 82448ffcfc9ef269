//! The site for programs: JSON, described by OpenAPI.
//!
//! URLs: /api, /api/v1/…. Tables: none of its own.

use actix_web::web;

/// Registers what this feature answers.
pub fn routes(_config: &mut web::ServiceConfig) {}
