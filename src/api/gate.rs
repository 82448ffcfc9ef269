//! What every request for the API passes first: who may ask (all), from where
//! (everywhere), how often, and how long a question may be.

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW, HeaderMap, HeaderName,
    HeaderValue, RETRY_AFTER,
};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpResponse, web};

use super::Service;
use super::limits::{Quotas, WINDOW};
use crate::config::Config;
use crate::paths;
use crate::site::client;
use crate::site::document::Problem;

/// The longest query string, in bytes. No question of ours needs a tenth of it.
const LONGEST_QUERY: usize = 4_096;
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");
const EXPOSED: HeaderValue =
    HeaderValue::from_static("ETag, Link, RateLimit, RateLimit-Policy, Retry-After");

/// Marks a request whose answer needs no body.
pub(super) struct OnlyHead;

/// Lets scripts of other sites read what is for programs (feeds too), and
/// refuses what asks too often or too much; for `middleware::from_fn`. It must
/// see a request before HEAD is made GET.
///
/// # Errors
/// Those of the inner service on other paths; below `/api/` they become JSON.
pub async fn admit<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, actix_web::Error> {
    let path = paths::without_secret(request.path());
    if !paths::api::is_open(&path) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    if *request.method() == Method::OPTIONS {
        return Ok(request.into_response(preflight()).map_into_right_body());
    }
    let is_for_programs = paths::api::is_for_programs(&path);
    let quotas = if is_for_programs {
        count(&request)
    } else {
        None
    };
    if let Some(refusal) = refusal(&request, is_for_programs, quotas) {
        let mut answer = refusal.at(&path).answer();
        open(answer.headers_mut(), quotas);
        return Ok(request.into_response(answer).map_into_right_body());
    }
    if *request.method() == Method::HEAD {
        request.extensions_mut().insert(OnlyHead);
    }
    match next.call(request).await {
        Ok(mut response) => {
            if response.status() == StatusCode::METHOD_NOT_ALLOWED {
                response.headers_mut().insert(ALLOW, METHODS);
            }
            open(response.headers_mut(), quotas);
            Ok(response.map_into_left_body())
        }
        Err(error) if is_for_programs => {
            let status = error.as_response_error().status_code();
            let problem = Problem::new(
                status,
                "Fault of the site",
                "This is a fault of the site, not yours. It has been noted; ask again later.",
            );
            let mut answer = problem.at(&path).answer();
            open(answer.headers_mut(), quotas);
            Err(InternalError::from_response(error, answer).into())
        }
        Err(error) => Err(error),
    }
}

fn count(request: &ServiceRequest) -> Option<Quotas> {
    let service = request.app_data::<web::Data<Service>>()?;
    let config = request.app_data::<web::Data<Config>>()?;
    let client = client::of(request.request(), &config.trusted_proxies);
    service.limits.take(client)
}

fn refusal(
    request: &ServiceRequest,
    is_for_programs: bool,
    quotas: Option<Quotas>,
) -> Option<Problem> {
    if let Some(wait) = quotas.and_then(|quotas| quotas.wait) {
        return Some(Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            "Too many requests",
            format!(
                "This client asks more often than this site answers. Wait {wait} seconds, or take everything at once from {}.",
                paths::api::EXPORT
            ),
        ));
    }
    let length = request.query_string().len();
    (is_for_programs && length > LONGEST_QUERY).then(|| {
        Problem::new(
            StatusCode::BAD_REQUEST,
            "Bad request",
            format!("The query string has {length} bytes; at most {LONGEST_QUERY} are read."),
        )
    })
}

/// What a browser wants to know before it lets a script of another site ask.
fn preflight() -> HttpResponse {
    let mut answer = HttpResponse::NoContent();
    answer
        .insert_header((ALLOW, METHODS))
        .insert_header((ACCESS_CONTROL_ALLOW_METHODS, METHODS))
        .insert_header((ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*")))
        .insert_header((ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400")));
    let mut answer = answer.finish();
    open(answer.headers_mut(), None);
    answer
}

/// Adds what tells scripts that they may read, and how often.
fn open(headers: &mut HeaderMap, quotas: Option<Quotas>) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    let Some(quotas) = quotas else {
        return;
    };
    // draft-ietf-httpapi-ratelimit-headers, as structured fields.
    let Quotas {
        quota,
        left,
        full_in,
        wait,
    } = quotas;
    let full_in = wait.unwrap_or(full_in);
    let fields = [
        (
            "ratelimit-policy",
            format!("\"client\";q={quota};w={WINDOW}"),
        ),
        ("ratelimit", format!("\"client\";r={left};t={full_in}")),
    ];
    for (name, value) in fields {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    if let Some(value) = wait.and_then(|wait| HeaderValue::from_str(&wait.to_string()).ok()) {
        headers.insert(RETRY_AFTER, value);
    }
}
