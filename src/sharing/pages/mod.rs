//! The pages that help to share and to cite an article, and its address as a
//! picture.

mod cite;
mod share;

use actix_web::{HttpRequest, HttpResponse, web};

use super::standing;
use crate::articles::inputs;
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::paths::{self, sharing};
use crate::site::CachePolicy;
use crate::site::qr::Squares;
use crate::site::shell::Identity;
use crate::site::uncoded::Uncoded;

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
        let path = sharing::shared(&article.slug, article.revision);
        Ok((article.slug, path))
    });
    let (slug, path) = match found.await {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let address = paths::absolute(&site.base_url, &path);
    let squares = Squares::of(&address).map_err(|error| AppError::Internal(error.into()))?;
    let svg = squares.svg();
    let cache = CachePolicy::Public { max_age: MAX_AGE };
    let uncoded = Uncoded::new(svg, cache);
    let answer = uncoded.answer(HttpResponse::Ok(), "image/svg+xml", &cache.header());
    Ok(depends_on(answer, Inputs::of([inputs::article(&slug)])))
}
