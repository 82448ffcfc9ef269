//! Sends pictures, in the widths in which pages show them.

use std::time::Duration;

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpResponse, web};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::{inputs, queries};
use crate::db::Db;
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::pictures::{self, Format, Sources, Wanted};
use crate::site;

/// So many renditions at most are made for requests at the same time: each may
/// take 256 MiB.
static PLACES: Semaphore = Semaphore::const_new(1);

/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// `GET /media/{hash}.{width}.{extension}`, or `/media/{hash}.{extension}` as
/// pages had it once, which leads to the widest rendition.
///
/// The import makes renditions after its edition is there. What is asked for
/// before that is made here and kept by nobody, because no GET writes.
pub(super) async fn show(
    name: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, AppError> {
    let (hash, rest) = name.split_once('.').ok_or(AppError::NotFound)?;
    let hash = hash.to_owned();
    let Some((width, extension)) = rest.split_once('.') else {
        let wanted = pictures::media_type(rest).ok_or(AppError::NotFound)?;
        let (media_type, width) = {
            let hash = hash.clone();
            db.read_public(move |conn| queries::picture(conn, &hash))
                .await?
        }
        .ok_or(AppError::NotFound)?;
        return if media_type == wanted {
            Ok(site::moved(&Sources::widest(&hash, width)))
        } else {
            Err(AppError::NotFound)
        };
    };
    let wanted = wanted(width, extension).ok_or(AppError::NotFound)?;
    let media_type = wanted.format.media_type();
    if let Some(bytes) = stored(&db, &hash, wanted).await? {
        return Ok(shown(media_type, &hash, bytes));
    }
    let asked = hash.clone();
    db.read_public(move |conn| queries::picture(conn, &asked))
        .await?
        .filter(|(_, width)| pictures::wanted(*width).contains(&wanted))
        .ok_or(AppError::NotFound)?;
    let place = timeout(PATIENCE, PLACES.acquire()).await;
    let Ok(Ok(_place)) = place else {
        return Err(AppError::Unavailable { retry_after: 5 });
    };
    // It may have been kept while this waited.
    let bytes = match stored(&db, &hash, wanted).await? {
        Some(bytes) => bytes,
        None => made(&db, hash.clone(), wanted).await?,
    };
    Ok(shown(media_type, &hash, bytes))
}

/// Pictures may be shown on other sites: feed readers that live in a browser
/// show articles with them.
fn shown(media_type: &str, hash: &str, bytes: Vec<u8>) -> HttpResponse {
    let mut response = site::immutable(media_type, bytes.into());
    response.headers_mut().insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    depends_on(response, Inputs::of([inputs::picture(hash)]))
}

fn wanted(width: &str, extension: &str) -> Option<Wanted> {
    let width: u32 = width
        .parse()
        .ok()
        .filter(|one: &u32| one.to_string() == width)?;
    let format = Format::ALL
        .into_iter()
        .find(|format| format.extension() == extension)?;
    Some(Wanted { width, format })
}

async fn stored(db: &Db, hash: &str, wanted: Wanted) -> Result<Option<Vec<u8>>, AppError> {
    let hash = hash.to_owned();
    let found = db.read_public(move |conn| queries::rendition(conn, &hash, wanted));
    Ok(found.await?)
}

async fn made(db: &Db, hash: String, wanted: Wanted) -> Result<Vec<u8>, AppError> {
    let whole = db
        .read_public(move |conn| queries::picture_bytes(conn, &hash))
        .await?
        .ok_or(AppError::NotFound)?;
    web::block(move || pictures::render(&whole, &[wanted]))
        .await
        .map_err(|error| AppError::Internal(error.into()))?
        .map_err(|words| AppError::Internal(anyhow::anyhow!(words)))?
        .pop()
        .map(|one| one.bytes)
        .ok_or(AppError::NotFound)
}
