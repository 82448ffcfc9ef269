//! The pages that help to share and to cite an article, and its address as a
//! picture.

mod cite;
mod share;

use actix_web::http::header::{CACHE_CONTROL, ETAG};
use actix_web::{HttpRequest, HttpResponse, web};

use super::standing;
use crate::error::AppError;
use crate::paths::{self, sharing};
use crate::site::qr::Squares;
use crate::site::shell::Identity;
use crate::site::{CachePolicy, entity_tag, has_already};

pub(super) use cite::{citation, cite};
pub(super) use share::share;

/// How long others may keep what is said of an article as it is now.
const MAX_AGE: u32 = 60;

/// `GET /articles/{slug}/qr.svg`
pub(super) async fn qr(
    request: HttpRequest,
    slug: web::Path<String>,
    site: web::Data<Identity>,
) -> Result<HttpResponse, AppError> {
    let found = standing::find(&request, slug.into_inner(), sharing::qr, |_, article, _| {
        Ok(sharing::shared(&article.slug, article.revision))
    });
    let path = match found.await {
        Ok(path) => path,
        Err(answer) => return *answer,
    };
    let address = paths::absolute(&site.base_url, &path);
    let squares = Squares::of(&address).map_err(|error| AppError::Internal(error.into()))?;
    let svg = squares.svg();
    let tag = entity_tag(svg.as_bytes());
    let cache = CachePolicy::Public { max_age: MAX_AGE }.header();
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CACHE_CONTROL, cache))
        .insert_header((ETAG, tag.to_string()));
    if has_already(&request, &tag) {
        return Ok(HttpResponse::NotModified()
            .insert_header((ETAG, tag.to_string()))
            .finish());
    }
    Ok(response.content_type("image/svg+xml").body(svg))
}
