//! What stands under a slug: an article to be shared, or the answer that takes
//! its place.

use actix_web::{HttpRequest, HttpResponse};
use diesel::QueryResult;

use crate::articles::queries::{self, Whole};
use crate::articles::{self, Audience, Visibility};
use crate::config::Config;
use crate::db::{AnyConnection, Db};
use crate::error::{AppError, Gone};
use crate::paths;
use crate::site;

/// What was found of an article, or the finished answer that takes its place.
pub(super) type Standing<T> = Result<T, Box<Result<HttpResponse, AppError>>>;

enum Found<T> {
    Article(T),
    Moved(String),
    Gone(Gone),
    Nothing,
}

/// Looks an article up, and what else `ask` wants to know of it, in one
/// snapshot. `there` is the same page under another slug.
pub(super) async fn find<T: Send + 'static>(
    request: &HttpRequest,
    slug: String,
    there: impl FnOnce(&str) -> String,
    ask: impl FnOnce(&mut AnyConnection, Whole, Visibility) -> QueryResult<T> + Clone + Send + 'static,
) -> Standing<T> {
    let refused = |error: AppError| Box::new(Err(error));
    let db = site::given::<Db>(request).map_err(refused)?;
    let audience = site::given::<Audience>(request).map_err(refused)?;
    let config = site::given::<Config>(request).map_err(refused)?;
    let visibility = audience.now();
    let found = db
        .read_public(move |conn| {
            if let Some(article) = queries::by_slug(conn, &slug, visibility)? {
                return Ok(Found::Article(ask(conn, article, visibility)?));
            }
            if let Some(target) = queries::alias_target(conn, &paths::article(&slug))? {
                return Ok(Found::Moved(target));
            }
            Ok(queries::tombstone(conn, &slug)?.map_or(Found::Nothing, Found::Gone))
        })
        .await
        .map_err(|error| refused(error.into()))?;
    Err(Box::new(match found {
        Found::Article(found) => return Ok(found),
        Found::Moved(slug) => Ok(site::moved(&there(&slug))),
        Found::Gone(gone) => Err(articles::gone(gone, config.date_style)),
        Found::Nothing => Err(AppError::NotFound),
    }))
}
