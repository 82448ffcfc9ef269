//! What readers report: the form about an article, the letter to the editors,
//! the receipt.
//!
//! URLs: /articles/{slug}/report, /contact, /reports/{token},
//! /reports/confirm/{token}. Tables: reports, asked_addresses, spam_rules,
//! spent_challenges.
//!
//! A form carries a nonce and the sealed time at which it was opened, and
//! nothing of it is kept until it is sent; so opening one writes nothing. What
//! is sent is kept before it is answered, spam too, and answered alike. The
//! secret in the receipt's address is derived from the key of the site, the
//! nonce and the words, so that sending the same form twice gives one report.
//! What is kept as a report is part of a case in the same transaction (`cases`),
//! and so is the mail that asks whether the address in it is the sender's.

mod answers;
mod command;
mod confirmation;
mod form;
mod intake;
mod model;
mod pages;
mod passages;
mod privacy;
mod queries;
mod receipt;
mod spam;
mod subject;
mod token;

use actix_web::web;

use crate::paths;

pub use command::{ListedReport, ShownReport, find, list};
pub use privacy::keeper::{Keeper, prepare};
pub use privacy::{Export, erase, export};
pub use queries::erasing::{Erased, Swept, sweep};
pub use spam::limits::Limits;

/// Registers what this feature answers. It needs, as data of the application,
/// `Db`, `Config`, `SecretKey`, `articles::Audience`, the site's `Identity` and
/// [`Limits`].
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource(paths::ARTICLE_REPORT_ROUTE)
                .app_data(web::FormConfig::default().limit(form::BODY_LIMIT))
                .route(web::get().to(intake::open_for_article))
                .route(web::post().to(intake::send_for_article)),
        )
        .service(
            web::resource(paths::CONTACT)
                .app_data(web::FormConfig::default().limit(form::BODY_LIMIT))
                .route(web::get().to(intake::open_contact))
                .route(web::post().to(intake::send_contact)),
        )
        .service(
            web::resource(paths::record::CONFIRMATION_ROUTE)
                .route(web::get().to(confirmation::show))
                .route(web::post().to(confirmation::confirm)),
        )
        .service(web::resource(paths::RECEIPT_ROUTE).route(web::get().to(receipt::show)));
}
