//! Everything at once.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, RETRY_AFTER};
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpResponse};
use futures_util::stream;

use super::{Asked, Parts};
use crate::api::export::{Export, Reader, Slot};
use crate::api::gate::OnlyHead;
use crate::db::{Db, DbError};
use crate::error::AppError;
use crate::paths::api;
use crate::site::CachePolicy;
use crate::site::document::{self, Problem};

/// An export on its way to a client.
struct Way {
    db: Db,
    export: Export,
    /// Held until the client has all of it, or has gone.
    _slot: Slot,
}

/// Everything that is public.
///
/// One JSON value on a line (NDJSON). The first line, of the `type`
/// `daybook-export`, names the edition. Each that follows has a `type` and
/// `data`: `place`, `person`, `organisation` and `topic` as single entries are
/// answered; `article` as a whole article is; `correction` as a case is;
/// `removed` with the reason. The last, of the `type` `end`, says how many
/// lines there are, and with `complete` whether all of it comes from one
/// edition; a file without that line was cut off. At most two clients get it
/// at the same time; others are told to wait.
#[utoipa::path(
    get,
    path = api::EXPORT,
    operation_id = "export",
    tag = "The whole",
    responses(
        (status = 200, description = "All lines.", body = String, content_type = "application/x-ndjson"),
        (status = 503, description = "Two exports are under way; `Retry-After` says when to try again.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(in crate::api) async fn export(parts: Parts) -> Result<HttpResponse, AppError> {
    let asked = Asked::from(parts);
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CACHE_CONTROL, CachePolicy::NoStore.header()))
        .insert_header((
            CONTENT_DISPOSITION,
            "attachment; filename=\"daybook.ndjson\"",
        ))
        .content_type("application/x-ndjson");
    if asked.request.extensions().contains::<OnlyHead>() {
        return Ok(response.finish());
    }
    let Some(slot) = asked.service.slots.take() else {
        let mut refusal = document::problem(
            StatusCode::SERVICE_UNAVAILABLE,
            "Not at the moment",
            "Two exports are under way, and there are no more at once. Try again in a minute.",
        );
        let wait = actix_web::http::header::HeaderValue::from_static("60");
        refusal.headers_mut().insert(RETRY_AFTER, wait);
        return Ok(refusal);
    };
    let terms = asked.library.terms;
    let reader = Reader {
        base_url: terms.base_url,
        site_name: asked.site.name.clone(),
        style: terms.style,
        visibility: terms.visibility,
        zone: terms.zone,
    };
    let way = Way {
        db: asked.db.get_ref().clone(),
        export: Export::new(reader, asked.service.parts.clone()),
        _slot: slot,
    };
    Ok(response.streaming(stream::try_unfold(way, go_on)))
}

/// Reads the next lines, each time in a transaction of its own. Where that
/// fails the answer is cut off, which a client knows by its missing last line.
async fn go_on(mut way: Way) -> Result<Option<(Bytes, Way)>, DbError> {
    let db = way.db.clone();
    let (way, lines) = db
        .read(move |conn| {
            let lines = way.export.next(conn)?;
            Ok((way, lines))
        })
        .await?;
    Ok(lines.map(|lines| (lines, way)))
}
