//! What the server answers by itself: whether it lives and is ready, its numbers
//! (`numbers`), its icons, and whatever no feature answers.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};

use super::numbers;
use super::standing::Standing;
use crate::articles;
use crate::db::Db;
use crate::error::AppError;
use crate::paths;
use crate::site;
use crate::site::assets::Assets;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(paths::HEALTH).get(health))
        .service(web::resource(paths::READY).get(ready))
        .service(web::resource(paths::METRICS).get(numbers::show))
        .service(web::resource(paths::FAVICON).get(favicon))
        .service(web::resource(paths::TOUCH_ICON).get(touch_icon));
}

async fn health() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type("text/plain; charset=utf-8")
        .body("alive\n")
}

/// Whether a balancer may send readers here: an edition was seen since the
/// start, and the instance is not about to stop. A database that is away does
/// not count: it is away for all instances, and to take out all of them at once
/// would leave readers with nothing, where each still answers much by itself.
async fn ready(db: web::Data<Db>, standing: web::Data<Standing>) -> Result<HttpResponse, AppError> {
    if !standing.has_edition() && db.read(articles::queries::edition).await.unwrap_or(0) > 0 {
        standing.saw_edition();
    }
    let (status, words) = match (standing.is_draining(), standing.has_edition()) {
        (true, _) => (StatusCode::SERVICE_UNAVAILABLE, "stopping\n"),
        (false, true) => (StatusCode::OK, "ready\n"),
        (false, false) => (StatusCode::SERVICE_UNAVAILABLE, "no edition yet\n"),
    };
    Ok(HttpResponse::build(status)
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type("text/plain; charset=utf-8")
        .body(words))
}

async fn favicon(assets: web::Data<Assets>) -> Result<HttpResponse, AppError> {
    icon(&assets, "images/favicon-32.png")
}

async fn touch_icon(assets: web::Data<Assets>) -> Result<HttpResponse, AppError> {
    icon(&assets, "images/apple-touch-icon.png")
}

fn icon(assets: &Assets, name: &str) -> Result<HttpResponse, AppError> {
    let asset = assets.by_name(name).ok_or(AppError::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "public, max-age=86400"))
        .insert_header((CONTENT_TYPE, asset.content_type.as_str()))
        .body(asset.bytes.clone()))
}

/// Whatever no feature answers: an old address of an article, or nothing.
pub(super) async fn elsewhere(
    request: HttpRequest,
    db: web::Data<Db>,
) -> Result<HttpResponse, AppError> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(AppError::NotFound);
    }
    let path = request.path().to_ascii_lowercase();
    let slug = db
        .read(move |conn| articles::queries::alias_target(conn, &path))
        .await?
        .ok_or(AppError::NotFound)?;
    Ok(site::moved(&paths::article(&slug)))
}
