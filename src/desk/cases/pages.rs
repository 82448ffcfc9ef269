//! The screen of a case, and its patch as a file.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};

use super::bench::{Bench, Done};
use super::record;
use super::typed::Errors;
use super::view::Notice;
use crate::desk::gate::Desk;
use crate::error::AppError;
use crate::site::{self, CachePolicy};

/// `GET /desk/cases/{case}`
pub(super) async fn show(desk: Desk, bench: Bench) -> Result<HttpResponse, AppError> {
    let notice = Done::read(bench.request.query_string()).map(Notice::Done);
    let page = bench.page(desk, None, Errors::default(), notice).await?;
    site::page(&page, CachePolicy::NoStore)
}

/// `GET /desk/cases/{case}/patch`
pub(super) async fn patch(_desk: Desk, bench: Bench) -> Result<HttpResponse, AppError> {
    let dossier = bench.dossier().await?;
    let patch = record::patch(&dossier, &bench.folder()).ok_or(AppError::NotFound)?;
    let name = format!(
        "attachment; filename=\"{}.patch\"",
        bench.id.to_ascii_lowercase()
    );
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, CachePolicy::NoStore.header()))
        .insert_header((CONTENT_DISPOSITION, name))
        .content_type("text/x-diff; charset=utf-8")
        .body(patch))
}
