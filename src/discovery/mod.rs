//! How others find the site: what crawlers look for, and who is told of changes.
//!
//! URLs: /robots.txt, /sitemap.xml, /sitemaps/{name}.xml, /llms.txt,
//! /.well-known/security.txt, /{key}.txt if there is a key. Tables:
//! announcements; pages, to name them.
//!
//! There is no description for OpenSearch as long as there is no search.

mod announce;
mod llms;
mod queries;
mod security;
mod sitemaps;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, guard, web};

use crate::config::Config;
use crate::paths::{self, feeds};
use crate::site::shell::Identity;

pub use announce::{Herald, Targets, round};
pub use sitemaps::Sitemaps;

/// Registers what this feature answers.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(paths::ROBOTS).get(robots))
        .service(web::resource(feeds::SITEMAP).get(sitemaps::index))
        .service(web::resource(feeds::SITEMAP_ROUTE).get(sitemaps::part))
        .service(web::resource(feeds::SECURITY).get(security::show))
        .service(web::resource(feeds::LLMS).get(llms::show))
        .service(
            web::resource(feeds::INDEX_NOW_KEY_ROUTE)
                .guard(guard::fn_guard(is_key_file))
                .get(key_file),
        );
}

/// `GET /robots.txt`
async fn robots(site: web::Data<Identity>) -> HttpResponse {
    let mut rules = String::from("User-agent: *\n");
    for path in feeds::UNCRAWLED {
        rules.push_str(&format!("Disallow: {path}\n"));
    }
    let sitemap = paths::absolute(&site.base_url, feeds::SITEMAP);
    rules.push_str(&format!("\nSitemap: {sitemap}\n"));
    plain(rules)
}

/// The address of the key is only there where there is a key: others of its
/// form may be old addresses of articles.
fn is_key_file(context: &guard::GuardContext<'_>) -> bool {
    let config = context.app_data::<web::Data<Config>>();
    let key = config.and_then(|config| config.index_now_key.as_deref());
    key.is_some_and(|key| context.head().uri.path() == feeds::index_now_key(key))
}

/// `GET /{key}.txt`
async fn key_file(config: web::Data<Config>) -> HttpResponse {
    plain(config.index_now_key.clone().unwrap_or_default())
}

/// A short text that crawlers ask for again and again.
fn plain(text: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "public, max-age=86400"))
        .content_type("text/plain; charset=utf-8")
        .body(text)
}
