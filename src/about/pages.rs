//! One page about the site.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::queries;
use crate::articles;
use crate::db::Db;
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::markdown::RenderedHtml;
use crate::paths;
use crate::site::shell::{Identity, Section, Shell};
use crate::site::{self, CachePolicy};

/// A page of `content/pages/`.
#[derive(Template)]
#[template(path = "about/show.html")]
struct AboutPage {
    shell: Shell,
    title: String,
    body: RenderedHtml,
}

/// `GET /{page}`. A word that is no page may be an old address of an article.
pub(super) async fn show(
    name: web::Path<String>,
    db: web::Data<Db>,
    site: web::Data<Identity>,
) -> Result<HttpResponse, AppError> {
    let name = name.into_inner();
    let path = paths::about(&name);
    let old = path.to_lowercase();
    let inputs = Inputs::of([articles::inputs::page(&name)]);
    let (found, moved) = db
        .read_public(move |conn| {
            let found = queries::by_slug(conn, &name)?;
            let moved = match found {
                Some(_) => None,
                None => articles::queries::alias_target(conn, &old)?,
            };
            Ok((found, moved))
        })
        .await?;
    if let Some(slug) = moved {
        return Ok(site::moved(&paths::article(&slug)));
    }
    let found = found.ok_or(AppError::NotFound)?;
    let page = AboutPage {
        shell: Shell::new(&site, &path)
            .title(&found.title)
            .description(&found.summary)
            .section(Section::About),
        title: found.title,
        body: RenderedHtml::from_stored(found.html),
    };
    Ok(depends_on(
        site::page(&page, CachePolicy::Public { max_age: 300 })?,
        inputs,
    ))
}
