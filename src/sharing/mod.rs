//! How an article goes elsewhere: links to share it and each sentence of it, and
//! words with which to cite it.
//!
//! URLs: /articles/{slug}/share, /articles/{slug}/cite, /articles/{slug}/cite/{format},
//! /articles/{slug}/qr.svg. Tables: none of its own.

use actix_web::web;

/// Registers what this feature answers.
pub fn routes(_config: &mut web::ServiceConfig) {}
