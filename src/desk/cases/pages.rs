//! The screen of a case, and its patch as a file.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::{HttpRequest, HttpResponse, web};

use super::bench::{Bench, Done, case_id};
use super::record;
use super::typed::Errors;
use super::view::Notice;
use crate::desk::gate::Desk;
use crate::error::AppError;
use crate::site::{self, CachePolicy};

/// `GET /desk/cases/{case}`
pub(super) async fn show(
    request: HttpRequest,
    desk: Desk,
    id: web::Path<String>,
    bench: Bench,
) -> Result<HttpResponse, AppError> {
    let id = case_id(&id)?;
    let notice = Done::read(request.query_string()).map(Notice::Done);
    let page = bench
        .page(desk, &id, None, Errors::default(), notice)
        .await?;
    site::page(&request, &page, CachePolicy::NoStore)
}

/// `GET /desk/cases/{case}/patch`
pub(super) async fn patch(
    _desk: Desk,
    id: web::Path<String>,
    bench: Bench,
) -> Result<HttpResponse, AppError> {
    let id = case_id(&id)?;
    let dossier = bench.dossier(&id).await?;
    let patch = record::patch(&dossier, &bench.folder()).ok_or(AppError::NotFound)?;
    let name = format!("attachment; filename=\"{}.patch\"", id.to_ascii_lowercase());
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, CachePolicy::NoStore.header()))
        .insert_header((CONTENT_DISPOSITION, name))
        .content_type("text/x-diff; charset=utf-8")
        .body(patch))
}
