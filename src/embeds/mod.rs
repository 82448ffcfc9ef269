//! What other sites show of this one in a frame, and how they learn of it.
//!
//! URLs: /oembed, /embed/…. Tables: none of its own.

use actix_web::web;

/// Registers what this feature answers.
pub fn routes(_config: &mut web::ServiceConfig) {}
