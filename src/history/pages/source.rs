//! The file that an article is made from.

use actix_web::http::header::LINK;
use actix_web::{HttpResponse, web};

use crate::articles::{Audience, inputs};
use crate::config::Config;
use crate::db::Db;
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::history::standing;
use crate::paths::{self, record};
use crate::site::CachePolicy;
use crate::site::shell::Identity;
use crate::site::uncoded::Uncoded;

/// `GET /articles/{slug}.md`
pub(in crate::history) async fn source(
    slug: web::Path<String>,
    db: web::Data<Db>,
    audience: web::Data<Audience>,
    site: web::Data<Identity>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let slug = slug.into_inner();
    let (visibility, zone) = (audience.now(), audience.zone.clone());
    let found = db
        .read_public(move |conn| standing::find(conn, &slug, visibility, &zone))
        .await?;
    let found = match found.or_answer(config.date_style, record::source) {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let article = &found.article;
    let revisions = found.revisions.all();
    let now = revisions.iter().find(|one| one.number == article.revision);
    let text = now.ok_or(AppError::NotFound)?.source.clone();
    let page = paths::absolute(&site.base_url, &paths::article(&article.slug));
    // The terms go beside the file and not into it: its bytes are those that
    // the hash of the revision is of.
    let mut links = format!("<{page}>; rel=\"canonical\"");
    if let Some(licence) = &config.content_licence {
        links.push_str(&format!(", <{}>; rel=\"license\"", licence.url));
    }
    let mut answer = HttpResponse::Ok();
    answer.insert_header((LINK, links));
    let cache = CachePolicy::Public { max_age: 60 };
    let uncoded = Uncoded::new(text, cache);
    let answer = uncoded.answer(answer, "text/markdown; charset=utf-8", &cache.header());
    Ok(depends_on(
        answer,
        Inputs::of([inputs::article(&article.slug)]),
    ))
}
