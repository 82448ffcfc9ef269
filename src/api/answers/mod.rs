//! Each address of the API: what it is asked, and what it answers. The comments
//! on the handlers are the words of the OpenAPI document.

pub(super) mod articles;
pub(super) mod claims;
pub(super) mod days;
pub(super) mod editions;
pub(super) mod entries;
pub(super) mod export;
pub(super) mod revisions;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::Service;
use super::library::Library;
use super::model::Terms;
use crate::articles::{Audience, Gazetteer};
use crate::config::Config;
use crate::db::Db;
use crate::error::Gone;
use crate::paths;
use crate::site::document::{self, Problem};
use crate::site::shell::Identity;

/// What handlers work with.
pub(super) type Parts = (
    HttpRequest,
    web::Data<Db>,
    web::Data<Audience>,
    web::Data<Identity>,
    web::Data<Config>,
    web::Data<Gazetteer>,
    web::Data<Service>,
);

/// The same under its names.
pub(super) struct Asked {
    pub(super) request: HttpRequest,
    pub(super) db: web::Data<Db>,
    pub(super) library: Library,
    pub(super) service: web::Data<Service>,
    pub(super) site: web::Data<Identity>,
}

impl From<Parts> for Asked {
    fn from((request, db, audience, site, config, gazetteer, service): Parts) -> Asked {
        Asked {
            request,
            db,
            library: Library {
                gazetteer: gazetteer.into_inner(),
                times: service.times.clone(),
                terms: Terms {
                    base_url: site.base_url.clone(),
                    style: config.date_style,
                    visibility: audience.now(),
                    zone: audience.zone.clone(),
                },
            },
            service,
            site,
        }
    }
}

/// What stands under a slug.
enum Standing<T> {
    Here(T),
    /// Under another slug now.
    Moved(String),
    Gone(Gone),
    /// Its text is kept back, and its past with it.
    Withheld,
    Nothing,
}

impl<T> Standing<T> {
    /// What was found, or the answer in its place. `there` is the same under
    /// another slug.
    fn or_answer(
        self,
        terms: &Terms,
        there: impl FnOnce(&str) -> String,
    ) -> Result<T, Box<HttpResponse>> {
        Err(Box::new(match self {
            Standing::Here(found) => return Ok(found),
            Standing::Moved(slug) => crate::site::moved(&there(&slug)),
            Standing::Gone(gone) => removed(&gone, terms),
            Standing::Withheld => document::problem(
                StatusCode::FORBIDDEN,
                "Kept back",
                "The text of this article, and with it its past, is not shown while the editors examine a request about it.",
            ),
            Standing::Nothing => nothing("There is no article with this slug."),
        }))
    }
}

/// The answer for a removed article.
fn removed(gone: &Gone, terms: &Terms) -> HttpResponse {
    let see = gone
        .see
        .as_deref()
        .map(|slug| terms.url(&paths::article(slug)));
    Problem::new(
        StatusCode::GONE,
        "Removed",
        "An article stood here once. “reason” says why it was removed.",
    )
    .removed(&gone.reason, &gone.date, see)
    .answer()
}

fn nothing(detail: &str) -> HttpResponse {
    document::problem(StatusCode::NOT_FOUND, "Not found", detail)
}
