//! The files of maps.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderValue, LOCATION};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};

use crate::articles::{Audience, Gazetteer, inputs, locator, queries};
use crate::cartography::Locator;
use crate::db::Db;
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::{paths, site};

/// A map loads nothing and runs nothing, also where it is opened by itself.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// What both handlers work with.
type Given = (
    HttpRequest,
    web::Data<Db>,
    web::Data<Audience>,
    web::Data<Gazetteer>,
);

/// `GET /maps/{slug}.{hash}.svg`
pub(super) async fn article(
    name: web::Path<String>,
    (_, db, audience, gazetteer): Given,
) -> Result<HttpResponse, AppError> {
    let (slug, hash) = parts(&name)?;
    let (wanted, visibility) = (slug.clone(), audience.now());
    let locator = db
        .read_public(move |conn| {
            let article = queries::by_slug(conn, &wanted, visibility)?;
            let Some(article) = article.filter(|article| article.picture.is_none()) else {
                return Ok(None);
            };
            let places = gazetteer.places(conn)?;
            Ok(locator::of_article(
                &article.details,
                &article.tags,
                &places,
            ))
        })
        .await?
        .ok_or(AppError::NotFound)?;
    let now = locator.hash();
    if now != hash {
        return Ok(elsewhere(&paths::map(&slug, &now)));
    }
    let inputs = Inputs::of([inputs::article(&slug), inputs::places()]);
    answer(locator, inputs).await
}

/// `GET /maps/places/{slug}.{hash}.svg`
pub(super) async fn place(
    name: web::Path<String>,
    (_, db, _, gazetteer): Given,
) -> Result<HttpResponse, AppError> {
    let (slug, hash) = parts(&name)?;
    let wanted = slug.clone();
    let locator = db
        .read_public(move |conn| Ok(locator::of_place(&wanted, &*gazetteer.places(conn)?)))
        .await?
        .ok_or(AppError::NotFound)?;
    let now = locator.hash();
    if now != hash {
        return Ok(elsewhere(&paths::place_map(&slug, &now)));
    }
    answer(locator, Inputs::of([inputs::places()])).await
}

/// Draws a map and sends it. It is kept with the other answers.
async fn answer(locator: Locator, inputs: Inputs) -> Result<HttpResponse, AppError> {
    let map = web::block(move || Bytes::from(locator.svg()))
        .await
        .map_err(|error| AppError::Internal(anyhow::Error::new(error).context("drawing a map")))?;
    let mut response = site::immutable("image/svg+xml", map);
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, POLICY);
    Ok(depends_on(response, inputs))
}

/// The map was drawn anew since that address was written down.
fn elsewhere(path: &str) -> HttpResponse {
    HttpResponse::Found()
        .insert_header((LOCATION, path))
        .insert_header((CACHE_CONTROL, "public, max-age=60"))
        .finish()
}

/// The slug and the hash in the name of a file.
fn parts(name: &str) -> Result<(String, String), AppError> {
    let stem = name.strip_suffix(".svg").ok_or(AppError::NotFound)?;
    let (slug, hash) = stem.rsplit_once('.').ok_or(AppError::NotFound)?;
    Ok((slug.to_owned(), hash.to_owned()))
}
