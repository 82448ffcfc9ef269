//! The desk, where editors settle what readers report.
//!
//! URLs: /desk/…. Tables: editors, recovery_codes, sessions, editor_links, login_failures.

mod gate;

use actix_web::web;

/// Registers what this feature answers.
pub fn routes(_config: &mut web::ServiceConfig) {}
