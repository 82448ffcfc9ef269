//! Answers that are no pages: feeds, calendars and JSON, which scripts of other
//! sites may read as well.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, ETAG, EntityTag, HeaderName,
    HeaderValue, HttpDate, IF_NONE_MATCH, IfModifiedSince, LastModified, VARY,
};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::Serialize;
use utoipa::ToSchema;

use super::coding::{Coding, Effort};
use super::{CachePolicy, entity_tag, has_already, tag_in};
use crate::error::AppError;

/// The media type of errors for programs (RFC 9457).
pub const PROBLEM: &str = "application/problem+json";

/// What an error of the API says (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: what kind of problem it is, the status says.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    kind: &'static str,
    /// The problem in a few words, the same for each of its kind.
    #[schema(example = "Not found")]
    title: String,
    /// The HTTP status of the answer.
    #[schema(example = 404)]
    status: u16,
    /// A sentence that says what is wrong and what to do.
    #[schema(example = "There is no article with this slug.")]
    detail: String,
    /// The path that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/api/v1/articles/nothing-of-the-kind")]
    instance: Option<String>,
    /// Of a removed article: why it was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Of a removed article: the day of its removal, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-12-02")]
    removed: Option<String>,
    /// Of a removed article: the address of one to read instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    see: Option<String>,
}

/// 200 with a whole document, or 304 to a client that has it. It may be read by
/// scripts of any site (CORS), and shown there.
///
/// # Errors
/// [`AppError::Internal`] if it cannot be compressed.
pub fn answer(
    request: &HttpRequest,
    content_type: &'static str,
    body: String,
    cache: CachePolicy,
) -> Result<HttpResponse, AppError> {
    answer_since(request, content_type, body, cache, None)
}

/// As [`answer`], for a document of which it is known when anything in it may
/// last have changed: `changed_at`, in epoch milliseconds, UTC. It is compared
/// with `If-Modified-Since` only where the client names no `ETag` (RFC 9110
/// section 13.1.3), and left out in the first two seconds, in which the date of
/// a header could not tell two changes apart.
///
/// # Errors
/// As [`answer`].
pub fn answer_since(
    request: &HttpRequest,
    content_type: &'static str,
    body: String,
    cache: CachePolicy,
    changed_at: Option<i64>,
) -> Result<HttpResponse, AppError> {
    let tag = entity_tag(body.as_bytes());
    let changed = changed_at.and_then(|at| settled(at, SystemTime::now()));
    send(request, content_type, body, &cache.header(), tag, changed)
}

/// As [`answer`], with a tag and a `Cache-Control` of one's own, where another
/// site has set how they are to look. The tag is strong, so it must change with
/// each byte of the document; with the coding it is changed here.
///
/// # Errors
/// As [`answer`].
pub fn answer_tagged(
    request: &HttpRequest,
    content_type: &'static str,
    body: String,
    cache_control: &str,
    tag: EntityTag,
) -> Result<HttpResponse, AppError> {
    send(request, content_type, body, cache_control, tag, None)
}

fn send(
    request: &HttpRequest,
    content_type: &'static str,
    body: String,
    cache_control: &str,
    tag: EntityTag,
    changed: Option<SystemTime>,
) -> Result<HttpResponse, AppError> {
    let coding = Coding::of(request);
    let tag = tag_in(tag, coding);
    let mut response = open_to_all(StatusCode::OK);
    response
        .insert_header((CACHE_CONTROL, cache_control))
        .insert_header((VARY, "accept-encoding"))
        .insert_header((ETAG, tag.to_string()));
    if let Some(changed) = changed {
        response.insert_header(LastModified(HttpDate::from(changed)));
    }
    let has_it = match request.headers().contains_key(IF_NONE_MATCH) {
        true => has_already(request, &tag),
        false => changed.is_some_and(|changed| is_unmodified(request, changed)),
    };
    if has_it {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    response.content_type(content_type);
    if coding == Coding::Identity {
        return Ok(response.body(body));
    }
    let coded = coding
        .encode(body.as_bytes(), Effort::Quick)
        .map_err(|error| {
            AppError::Internal(anyhow::Error::new(error).context("compressing a document"))
        })?;
    response.insert_header((CONTENT_ENCODING, coding.name()));
    Ok(response.body(coded))
}

/// An error for programs (RFC 9457); `detail` says in a sentence what to do.
#[must_use]
pub fn problem(status: StatusCode, title: &'static str, detail: &str) -> HttpResponse {
    Problem::new(status, title, detail).answer()
}

impl Problem {
    /// A problem that is known by its status.
    #[must_use]
    pub fn new(status: StatusCode, title: impl Into<String>, detail: impl Into<String>) -> Problem {
        Problem {
            kind: "about:blank",
            title: title.into(),
            status: status.as_u16(),
            detail: detail.into(),
            instance: None,
            reason: None,
            removed: None,
            see: None,
        }
    }

    /// Says which path was asked for.
    #[must_use]
    pub fn at(mut self, path: &str) -> Problem {
        self.instance = Some(path.to_owned());
        self
    }

    /// Says what became of a removed article; `see` is an absolute address.
    #[must_use]
    pub fn removed(mut self, reason: &str, day: &str, see: Option<String>) -> Problem {
        self.reason = Some(reason.to_owned());
        self.removed = Some(day.to_owned()).filter(|day| !day.is_empty());
        self.see = see;
        self
    }

    /// The answer that tells it. It carries the problem along, so that
    /// [`errors::dress`](super::errors::dress) can add the path.
    #[must_use]
    pub fn answer(self) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = open_to_all(status)
            .insert_header((CACHE_CONTROL, CachePolicy::NoStore.header()))
            .content_type(PROBLEM)
            .body(serde_json::to_string(&self).unwrap_or_default());
        response.extensions_mut().insert(self);
        response
    }
}

/// A value as JSON.
///
/// # Errors
/// [`AppError::Internal`] if it has no form in JSON; none of ours is so.
pub fn as_json(value: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(value)
        .map_err(|error| AppError::Internal(anyhow::Error::new(error).context("writing JSON")))
}

/// An answer that pages of other sites may read too: what is public anyway.
#[must_use]
pub fn open_to_all(status: StatusCode) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")))
        .insert_header((
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        ));
    response
}

/// The moment to the second, as headers have it, once it is long enough ago.
fn settled(milliseconds: i64, now: SystemTime) -> Option<SystemTime> {
    let seconds = u64::try_from(milliseconds.div_euclid(1000)).ok()?;
    let moment = UNIX_EPOCH.checked_add(Duration::from_secs(seconds))?;
    let age = now.duration_since(moment).ok()?;
    (age >= Duration::from_secs(3)).then_some(moment)
}

/// Whether the client has what was there at that moment or later. A header
/// that cannot be read counts as absent.
fn is_unmodified(request: &HttpRequest, changed: SystemTime) -> bool {
    let since = request.get_header::<IfModifiedSince>();
    since.is_some_and(|IfModifiedSince(since)| SystemTime::from(since) >= changed)
}
