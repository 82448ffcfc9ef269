//! One request in two spellings: HEAD is GET without a body, and a path in upper
//! case or with a slash at its end is the path without. And one that nothing
//! has.

use actix_web::HttpResponse;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;

use crate::error::AppError;
use crate::paths;

/// Answers HEAD as GET; the server leaves the body out when it writes; for
/// `middleware::from_fn`.
///
/// # Errors
/// Those of the inner service.
pub async fn head_as_get<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    if *request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    next.call(request).await
}

/// Refuses a NUL in a path: nothing is named with one, and PostgreSQL takes
/// none in its texts, so it would be a fault of ours further down; for
/// `middleware::from_fn`. Query strings are read with more patience, by
/// whoever knows them.
///
/// # Errors
/// Those of the inner service.
pub async fn refuse_nul<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    if request.path().contains("%00") {
        let answer = HttpResponse::from_error(AppError::NotFound);
        return Ok(request.into_response(answer).map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}

/// Redirects other spellings of a path (upper case, a slash at the end) to the
/// one that answers; for `middleware::from_fn`.
///
/// # Errors
/// Those of the inner service.
pub async fn respell<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    if matches!(*request.method(), Method::GET | Method::HEAD)
        && let Some(mut path) = paths::canonical_spelling(request.path())
    {
        if !request.query_string().is_empty() {
            path.push('?');
            path.push_str(request.query_string());
        }
        let response = request.into_response(super::moved(&path));
        return Ok(response.map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}
