//! The line in the log that each request leaves, and its mark in the numbers.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{RequestHead, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;

use crate::metrics::Meter;
use crate::paths;

/// One line for each request: no addresses of clients, no query strings, and
/// no secret of a receipt.
pub(super) async fn log<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let started = Instant::now();
    let method = request.method().clone();
    let path = paths::without_secret(request.path());
    let meter = request.app_data::<Meter>().cloned();
    let result = next.call(request).await;
    let status = match &result {
        Ok(response) => response.status(),
        Err(error) => error.as_response_error().status_code(),
    };
    let took = started.elapsed();
    if let (Some(meter), Ok(response)) = (&meter, &result) {
        let route = response.request().match_pattern();
        meter.note(route, method.as_str(), status.as_u16(), took);
    }
    let milliseconds = took.as_secs_f64() * 1000.0;
    tracing::info!(
        %method,
        path,
        status = status.as_u16(),
        ms = format!("{milliseconds:.1}"),
        "request"
    );
    result
}

/// As [`log`], for an answer that was kept, which takes microseconds.
pub(super) fn kept(request: &RequestHead, status: StatusCode) {
    if !tracing::enabled!(tracing::Level::INFO) {
        return;
    }
    tracing::info!(
        method = %request.method,
        path = paths::without_secret(request.uri.path()),
        status = status.as_u16(),
        ms = "0.0",
        kept = true,
        "request"
    );
}
