//! Answers that are no pages: feeds, calendars and JSON, which scripts of other
//! sites may read as well.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, EntityTag, HeaderName, HeaderValue,
};
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::Serialize;
use utoipa::ToSchema;

use super::CachePolicy;
use super::uncoded::{Keeping, Uncoded};
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
#[must_use]
pub fn answer(content_type: &'static str, body: String, cache: CachePolicy) -> HttpResponse {
    answer_since(content_type, body, cache, None)
}

/// As [`answer`], for a document of which it is known when anything in it may
/// last have changed: `changed_at`, in epoch milliseconds, UTC. It is compared
/// with `If-Modified-Since` only where the client names no `ETag` (RFC 9110
/// section 13.1.3), and left out in the first seconds, in which the date of a
/// header could not tell two changes apart.
#[must_use]
pub fn answer_since(
    content_type: &'static str,
    body: String,
    cache: CachePolicy,
    changed_at: Option<i64>,
) -> HttpResponse {
    let uncoded = Uncoded {
        changed: changed_at.and_then(to_the_second),
        ..Uncoded::new(body, cache)
    };
    uncoded.answer(open_to_all(StatusCode::OK), content_type, &cache.header())
}

/// As [`answer`], with a tag and a `Cache-Control` of one's own, where another
/// site has set how they are to look. The tag is strong, so it must change with
/// each byte of the document; with the coding it is changed here.
#[must_use]
pub fn answer_tagged(
    content_type: &'static str,
    body: String,
    cache_control: &str,
    tag: EntityTag,
) -> HttpResponse {
    let uncoded = Uncoded {
        body: body.into(),
        tag: Some(tag),
        changed: None,
        keeping: Keeping::UntilChange,
    };
    uncoded.answer(open_to_all(StatusCode::OK), content_type, cache_control)
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

/// The moment to the second, as headers have it.
fn to_the_second(milliseconds: i64) -> Option<SystemTime> {
    let seconds = u64::try_from(milliseconds.div_euclid(1000)).ok()?;
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}
