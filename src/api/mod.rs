//! The site for programs: JSON, described by OpenAPI, and everything at once.
//!
//! URLs: /api, /api/v1/… but for /api/v1/corrections, which the ledger answers.
//! Tables: articles, claims, editions, entries, standings, tags, tombstones,
//! all of them only read.

mod answers;
mod described;
mod export;
mod gate;
mod library;
mod limits;
mod model;
mod page;
mod queries;
mod query;
mod times;

use std::sync::Arc;

use actix_web::web;
use utoipa::openapi::OpenApi;

pub use export::{Export, Part, Read, Reader};
pub use gate::admit;

use crate::config::{Config, SecretKey};
use crate::db::Db;
use crate::paths::api as paths;
use answers::{articles, claims, days, editions, entries, revisions};
use described::Described;
use export::Slots;
use limits::Limits;
use times::Times;

/// What the API keeps while the process runs; one for all threads.
pub struct Service {
    limits: Limits,
    times: Arc<Times>,
    slots: Slots,
    parts: Arc<Vec<Part>>,
    described: Described,
}

impl Service {
    /// Takes what other features answer below `/api/` and add to an export.
    #[must_use]
    pub fn new(config: &Config, others: Vec<OpenApi>, parts: Vec<Part>) -> Service {
        Service {
            limits: Limits::new(config.api_requests_per_minute),
            times: Arc::default(),
            slots: Slots::default(),
            parts: Arc::new(parts),
            described: Described::new(config, others),
        }
    }

    /// Lets all instances over one database count a client's requests together,
    /// until it is dropped; runs beside the server.
    pub async fn keep_sharing(&self, db: Db, key: Arc<SecretKey>) {
        limits::share(&self.limits, &db, &key).await;
    }
}

/// Registers what this feature answers. It must come after whatever else
/// answers below `/api/v1/`, because its registries would take that too.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(paths::API).get(page::show))
        .service(web::resource(paths::OPENAPI).get(described::document))
        .service(web::resource(paths::EXPORT).get(answers::export::export))
        .service(web::resource(paths::ARTICLES).get(articles::index))
        .service(web::resource(paths::ARTICLE_ROUTE).get(articles::show))
        .service(web::resource(paths::REVISIONS_ROUTE).get(revisions::index))
        .service(web::resource(paths::REVISION_ROUTE).get(revisions::show))
        .service(web::resource(paths::DAYS).get(days::index))
        .service(web::resource(paths::DAY_ROUTE).get(days::show))
        .service(web::resource(paths::CLAIMS).get(claims::index))
        .service(web::resource(paths::DISPUTES).get(claims::disputes))
        .service(web::resource(paths::EDITIONS).get(editions::index))
        .service(web::resource(paths::REGISTRY_ROUTE).get(entries::index))
        .service(web::resource(paths::ENTRY_ROUTE).get(entries::show));
}
