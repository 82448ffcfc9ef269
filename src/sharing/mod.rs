//! How an article goes elsewhere: links to share it and each sentence of it, and
//! words with which to cite it.
//!
//! URLs: /articles/{slug}/share (with ?p=7 the sentences of the seventh
//! passage), /articles/{slug}/cite, /articles/{slug}/cite/{bibtex|ris|csl},
//! /articles/{slug}/qr.svg. Tables: none of its own.
//!
//! Every shared address says which revision its sharer saw (`?r=3`), so that
//! the article can tell who follows it what has been corrected since; that is
//! `history::pages::since`.

mod citation;
mod fragment;
mod pages;
mod standing;

use actix_web::web;

use crate::paths::sharing;

/// Registers what this feature answers.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(sharing::SHARE_ROUTE).get(pages::share))
        .service(web::resource(sharing::CITE_ROUTE).get(pages::cite))
        .service(web::resource(sharing::CITATION_ROUTE).get(pages::citation))
        .service(web::resource(sharing::QR_ROUTE).get(pages::qr));
}
