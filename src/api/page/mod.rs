//! The description of the API for people: the OpenAPI document as a page.

mod reading;
mod sample;
mod view;

use actix_web::HttpResponse;
use askama::Template;

use super::answers::{Asked, Parts};
use super::described::Examples;
use crate::error::AppError;
use crate::paths::{self, api};
use crate::site::shell::{Link, Shell};
use crate::site::{self, CachePolicy};
use view::{GroupView, ShapeView, Words, groups, shapes, words};

#[derive(Template)]
#[template(path = "api/show.html")]
struct ApiPage {
    shell: Shell,
    /// The paragraphs that hold for all addresses.
    about: Vec<Words>,
    groups: Vec<GroupView>,
    shapes: Vec<ShapeView>,
    document: Link,
    export: Link,
    feeds: Link,
}

/// `GET /api`
pub(super) async fn show(parts: Parts) -> Result<HttpResponse, AppError> {
    let asked = Asked::from(parts);
    let visibility = asked.library.terms.visibility;
    let examples = asked
        .db
        .read_public(move |conn| Examples::find(conn, visibility))
        .await?;
    let document = asked.service.described.with(&examples);
    let link = |href: &str, label: &str| Link {
        href: href.to_owned(),
        label: label.to_owned(),
    };
    let page = ApiPage {
        shell: Shell::new(&asked.site, api::API)
            .title("API")
            .description("Every address at which programs can ask this site, what each takes and what it answers.")
            .alternate("application/json", api::OPENAPI, "OpenAPI 3.1"),
        about: words(document["info"]["description"].as_str().unwrap_or_default()),
        groups: groups(&document),
        shapes: shapes(&document),
        document: link(api::OPENAPI, "OpenAPI 3.1"),
        export: link(api::EXPORT, "Everything at once"),
        feeds: link(paths::feeds::FEEDS, "Feeds and calendars"),
    };
    site::page(&page, CachePolicy::Public { max_age: 300 })
}
