//! How others find the site: what crawlers look for, and who is told of changes.
//!
//! URLs: /robots.txt, /sitemap.xml, /sitemaps/{name}.xml, /llms.txt,
//! /.well-known/security.txt. Tables: none of its own.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};

use crate::paths;

/// Registers what this feature answers.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource(paths::ROBOTS).get(robots));
}

async fn robots() -> HttpResponse {
    // Forms and receipts say `noindex` themselves; crawlers need not come at all.
    let rules = format!(
        "User-agent: *\nDisallow: {}\nDisallow: /reports/\nDisallow: /articles/*/report\nDisallow: /desk\n",
        paths::RANDOM
    );
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "public, max-age=86400"))
        .content_type("text/plain; charset=utf-8")
        .body(rules)
}
