//! The public ledger
//!
//! URLs:  every decided case with its outcome, for people, feed readers and programs.:/corrections. Tables: none of its own.

use actix_web::web;

/// Registers what this feature answers.
pub fn routes(_config: &mut web::ServiceConfig) {}
