//! The desk, where editors settle what readers report.
//!
//! URLs: /desk/…. Tables: editors, recovery_codes, sessions, editor_links,
//! login_failures; what becomes of reports is in those of `cases`.
//!
//! Rooms: `gate` says who is at the desk, `accounts` how one comes to be,
//! `inbox` lists what waits for them, `cases` is one screen for each case with
//! all that can be done about it, `spam` shows what was caught, `mail` what could
//! not be sent. `clock` and `plain` say how moments and what people wrote are shown in all of them.

mod accounts;
mod cases;
mod clock;
mod gate;
mod inbox;
mod mail;
mod plain;
mod spam;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY};
use actix_web::middleware::Next;
use actix_web::web;

pub use accounts::command;
pub use accounts::passwords::Passwords;
pub use accounts::{alert, keep_alerting};
pub use gate::Role;

/// Registers what this feature answers. It needs, as data of the application,
/// `Db`, `Config`, `SecretKey`, the site's `Identity` and [`Passwords`]; and
/// [`seclude`] around it.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .configure(accounts::routes)
        .configure(inbox::routes)
        .configure(cases::routes)
        .configure(spam::routes)
        .configure(mail::routes);
}

/// Keeps every answer of the desk, errors included, out of caches and search
/// engines, and its addresses out of what other sites learn. For
/// `middleware::from_fn`, outside the layer that dresses errors.
///
/// # Errors
/// Those of the inner service.
pub async fn seclude<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let first = request.path().split('/').find(|part| !part.is_empty());
    let is_desk = first.is_some_and(|part| part.eq_ignore_ascii_case("desk"));
    let mut response = next.call(request).await?;
    if is_desk {
        hide(response.headers_mut());
    }
    Ok(response)
}

fn hide(headers: &mut HeaderMap) {
    // Without any referrer a browser would send forms with `Origin: null`.
    for (name, value) in [
        (CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
        (REFERRER_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
