//! What a reader sees when there is no ordinary page.
//!
//! Handlers return [`AppError`]; the framework has errors of its own (a method
//! that is not allowed, a body that is too large). Both pass [`dress`], which
//! gives them the site's own page, and both are logged here.

use std::panic::AssertUnwindSafe;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use askama::Template;
use futures_util::FutureExt;

use super::document::{PROBLEM, Problem};
use super::shell::{Identity, Link, Shell};
use super::{CachePolicy, page_with_status};
use crate::error::AppError;
use crate::paths;

/// The page of an error.
#[derive(Template)]
#[template(path = "layouts/error.html")]
struct ErrorPage {
    shell: Shell,
    status: u16,
    heading: &'static str,
    sentence: String,
    reason: Option<String>,
    suggestions: Vec<Link>,
    home: Link,
}

/// The answer without its page, which [`dress`] adds.
impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status())
            .insert_header((CACHE_CONTROL, CachePolicy::NoStore.header()))
            .finish()
    }
}

/// Gives every error without a page of its own the site's page, for
/// `middleware::from_fn`. A handler that panics costs its own request a 500
/// and nobody else anything.
///
/// # Errors
/// Never: errors become answers here.
pub async fn dress<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let method = request.method().clone();
    let path = paths::without_secret(request.path());
    let result = AssertUnwindSafe(next.call(request)).catch_unwind().await;
    let response = match result {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => return Err(error),
        Err(_) => {
            tracing::error!(%method, path, "a handler panicked");
            let error = AppError::Internal(anyhow::anyhow!("a handler panicked"));
            return Err(error.into());
        }
    };
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    if is_error && paths::api::is_for_programs(&path) {
        return Ok(for_programs(response, &path));
    }
    let has_page = response.response().headers().contains_key(CONTENT_TYPE)
        && response.response().error().is_none();
    if !is_error || has_page {
        return Ok(response.map_into_boxed_body());
    }
    let (request, response) = response.into_parts();
    let known = response
        .error()
        .and_then(|error| error.as_error::<AppError>());
    if let Some(AppError::Internal(error)) = known {
        tracing::error!(%method, path, error = format!("{error:#}"), "a page failed");
    }
    let page = match known {
        Some(error) => page_of(&request, error),
        None => page_of_status(&request, status),
    };
    let page = page.unwrap_or_else(|_| HttpResponse::build(status).finish());
    Ok(ServiceResponse::new(request, page))
}

/// The same error as JSON (RFC 9457), with the path and with the headers that
/// say what to do.
fn for_programs<B: MessageBody + 'static>(
    response: ServiceResponse<B>,
    path: &str,
) -> ServiceResponse<BoxBody> {
    let kind = response.headers().get(CONTENT_TYPE);
    let is_problem = kind.is_some_and(|kind| kind.as_bytes() == PROBLEM.as_bytes());
    if is_problem && response.response().extensions().get::<Problem>().is_none() {
        // Where another site has set how its problems look.
        return response.map_into_boxed_body();
    }
    let (request, response) = response.into_parts();
    let status = response.status();
    let known = response
        .error()
        .and_then(|error| error.as_error::<AppError>());
    if let Some(AppError::Internal(error)) = known {
        tracing::error!(path, error = format!("{error:#}"), "an answer failed");
    }
    let told = response.extensions().get::<Problem>().cloned();
    let problem = told.unwrap_or_else(|| {
        let (title, detail) = words_for_programs(status);
        match known {
            Some(AppError::BadRequest(why) | AppError::Forbidden(why)) => {
                Problem::new(status, title, why)
            }
            Some(AppError::Gone(gone)) => {
                Problem::new(status, title, detail).removed(&gone.reason, &gone.date, None)
            }
            _ => Problem::new(status, title, detail),
        }
    });
    let mut answer = problem.at(path).answer();
    let wait = match known {
        Some(AppError::TooMany { retry_after } | AppError::Unavailable { retry_after }) => {
            retry_after.to_string().parse().ok()
        }
        _ => response.headers().get(RETRY_AFTER).cloned(),
    };
    let allowed = response.headers().get(ALLOW).cloned();
    for (name, value) in [(RETRY_AFTER, wait), (ALLOW, allowed)] {
        if let Some(value) = value {
            answer.headers_mut().insert(name, value);
        }
    }
    ServiceResponse::new(request, answer)
}

/// The page of one of our errors.
///
/// # Errors
/// The template fails.
pub fn page_of(request: &HttpRequest, error: &AppError) -> Result<HttpResponse, AppError> {
    let (heading, sentence) = words(error.status());
    let mut reason = None;
    let mut suggestions = Vec::new();
    let mut sentence = sentence.to_owned();
    match error {
        AppError::Gone(gone) => {
            if !gone.date.is_empty() {
                sentence = format!("An article stood here until {}.", gone.date);
            }
            reason = Some(gone.reason.clone());
            if let Some(see) = &gone.see {
                suggestions.push(Link {
                    href: paths::article(see),
                    label: "Read this article instead".to_owned(),
                });
            }
        }
        AppError::BadRequest(why) | AppError::Forbidden(why) => sentence.clone_from(why),
        _ => {}
    }
    let mut response = build(
        request,
        error.status(),
        heading,
        sentence,
        reason,
        suggestions,
    )?;
    if let AppError::TooMany { retry_after } | AppError::Unavailable { retry_after } = error
        && let Ok(value) = retry_after.to_string().parse()
    {
        response.headers_mut().insert(RETRY_AFTER, value);
    }
    Ok(response)
}

fn page_of_status(request: &HttpRequest, status: StatusCode) -> Result<HttpResponse, AppError> {
    let (heading, sentence) = words(status);
    build(
        request,
        status,
        heading,
        sentence.to_owned(),
        None,
        Vec::new(),
    )
}

fn build(
    request: &HttpRequest,
    status: StatusCode,
    heading: &'static str,
    sentence: String,
    reason: Option<String>,
    mut suggestions: Vec<Link>,
) -> Result<HttpResponse, AppError> {
    let Some(site) = request.app_data::<web::Data<Identity>>() else {
        return Ok(HttpResponse::build(status).finish());
    };
    if matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE) {
        for (href, label) in [
            (paths::month("january"), "The calendar"),
            (paths::registry("places"), "All places"),
            (paths::registry("people"), "All people"),
            (paths::registry("topics"), "All topics"),
        ] {
            suggestions.push(Link {
                href,
                label: label.to_owned(),
            });
        }
    }
    let page = ErrorPage {
        shell: Shell::new(site, request.path())
            .title(heading)
            .description(&sentence)
            .unlisted(),
        status: status.as_u16(),
        heading,
        sentence,
        reason,
        suggestions,
        home: Link {
            href: paths::HOME.to_owned(),
            label: "What happened today".to_owned(),
        },
    };
    page_with_status(status, &page, CachePolicy::NoStore)
}

/// What an error is called, and what a programmer can do about it.
fn words_for_programs(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::NOT_FOUND => (
            "Not found",
            "Nothing answers at this address. The page /api names every address that does.",
        ),
        StatusCode::GONE => ("Removed", "An article stood here once."),
        StatusCode::BAD_REQUEST => (
            "Bad request",
            "Something in the address is not as it should be. The page /api says what each parameter takes.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            "Method not allowed",
            "The API is only read: ask with GET or HEAD.",
        ),
        StatusCode::TOO_MANY_REQUESTS => (
            "Too many requests",
            "Wait for as many seconds as Retry-After says, and ask again.",
        ),
        StatusCode::SERVICE_UNAVAILABLE => (
            "Not at the moment",
            "The site cannot answer just now. Wait for as many seconds as Retry-After says, and ask again.",
        ),
        status if status.is_server_error() => (
            "Fault of the site",
            "This is a fault of the site, not yours. It has been noted; ask again later.",
        ),
        _ => ("Refused", "The site could not answer this request."),
    }
}

/// What an error is called, and what it means for the reader.
fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::NOT_FOUND => (
            "There is no page here",
            "The address may be mistyped, or a link may be wrong. If a link on this site led you here, please report it.",
        ),
        StatusCode::GONE => ("This article was removed", "An article stood here once."),
        StatusCode::BAD_REQUEST => (
            "This request was not understood",
            "Something in the address or in the form is not as it should be.",
        ),
        StatusCode::FORBIDDEN => (
            "This was not done",
            "You may not do this, or not from here.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            "This cannot be done here",
            "The page is there, but it does not take what was sent to it.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "That was too much at once",
            "What was sent is larger than this form takes. Go back in your browser, where your text still is, and shorten it.",
        ),
        StatusCode::TOO_MANY_REQUESTS => {
            ("Too many requests", "Please wait a minute and try again.")
        }
        StatusCode::SERVICE_UNAVAILABLE => (
            "Not at the moment",
            "The site cannot reach its records just now. Please try again in a few seconds.",
        ),
        status if status.is_server_error() => (
            "Something went wrong",
            "This is a fault of the site, not yours. It has been noted; please try again later.",
        ),
        _ => (
            "This did not work",
            "The site could not answer this request.",
        ),
    }
}
