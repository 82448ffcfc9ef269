//! What an article said before
//!
//! URLs:  every revision, what changed between two, and why.:/articles/{slug}/history, /articles/{slug}/revisions/{n}, /articles/{slug}/compare/{n}..{m}, /articles/{slug}.md. Tables: none of its own.

use actix_web::web;

/// Registers what this feature answers.
pub fn routes(_config: &mut web::ServiceConfig) {}
