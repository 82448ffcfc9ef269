//! The picture that stands for a page where its link is shared.
//!
//! URLs: /cards/{kind}/{name}. Tables: none of its own.

use actix_web::web;

/// Registers what this feature answers.
pub fn routes(_config: &mut web::ServiceConfig) {}
