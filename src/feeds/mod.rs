//! Feeds and calendars: what is new, what happened today, and every day of the
//! year for the reader's own calendar.
//!
//! URLs: /feeds, /feed.{format}, /today.{format}, /calendar.ics,
//! /{registry}/{slug}/feed.{format}. Tables: none of its own.

use actix_web::web;

/// Registers what this feature answers.
pub fn routes(_config: &mut web::ServiceConfig) {}
