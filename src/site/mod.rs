//! The frame around every page: the shell that the layouts print, the static
//! files, the headers that protect readers, and the way a page becomes an
//! answer. Knows no feature and no table.

pub mod assets;
pub mod client;
pub mod coding;
pub mod cursor;
pub mod document;
pub mod drawn;
pub mod errors;
pub mod feed;
pub mod headers;
pub mod preview;
pub mod qr;
pub mod shell;
pub mod spelling;
pub mod structured;
pub mod stylesheet;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, ETAG, EntityTag, HeaderValue,
    IfNoneMatch, LOCATION, VARY,
};
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use askama::Template;
use data_encoding::HEXLOWER;
use jiff::Zoned;
use sha2::{Digest, Sha256};

use crate::error::AppError;
use coding::{Coding, Effort};

/// Who may keep an answer, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// Browsers and shared caches, for so many seconds. For a day more they may
    /// show it while they ask for a newer one, or while we cannot answer.
    Public {
        /// Seconds.
        max_age: u32,
    },
    /// As [`Public`](Self::Public), but never shown stale: the page depends on
    /// today's date, and is wrong after midnight.
    UntilMidnight {
        /// Seconds that are left of the day in the zone of the page.
        seconds: u32,
    },
    /// The reader's own browser, which must ask each time whether it still holds.
    Private,
    /// Nobody: the page holds what one person wrote, or the answer is an error.
    NoStore,
}

impl CachePolicy {
    /// The value of `Cache-Control`.
    #[must_use]
    pub fn header(self) -> String {
        match self {
            Self::Public { max_age } => format!(
                "public, max-age={max_age}, stale-while-revalidate=86400, stale-if-error=86400"
            ),
            Self::UntilMidnight { seconds } => format!("public, max-age={seconds}"),
            Self::Private => "private, no-cache".to_owned(),
            Self::NoStore => "no-store".to_owned(),
        }
    }

    /// For what is another thing tomorrow, by the clock and in the zone of
    /// `now`; `at_most` seconds, so that an import in between shows.
    #[must_use]
    pub fn until_tomorrow(now: &Zoned, at_most: u32) -> Self {
        let tomorrow = now.date().tomorrow().ok();
        let begins = tomorrow.and_then(|day| day.to_zoned(now.time_zone().clone()).ok());
        let left = begins.map_or(0, |begins| {
            begins.timestamp().as_second() - now.timestamp().as_second()
        });
        let left = u32::try_from(left.max(0)).unwrap_or(u32::MAX);
        Self::UntilMidnight {
            seconds: left.min(at_most),
        }
    }
}

/// Renders a page and answers 200, or 304 if the client already has these very
/// bytes. A template that cannot be rendered is a fault of ours.
///
/// # Errors
/// [`AppError::Internal`] if the template fails.
pub fn page<T: Template>(
    request: &HttpRequest,
    template: &T,
    cache: CachePolicy,
) -> Result<HttpResponse, AppError> {
    page_with_status(request, StatusCode::OK, template, cache)
}

/// Renders a page under another status, such as 404, or 422 for a form that
/// comes back with its errors. Only a 200 carries an `ETag`. The page goes out
/// in the coding that the client likes best.
///
/// # Errors
/// [`AppError::Internal`] if the template fails.
pub fn page_with_status<T: Template>(
    request: &HttpRequest,
    status: StatusCode,
    template: &T,
    cache: CachePolicy,
) -> Result<HttpResponse, AppError> {
    let body = template.render().map_err(|error| {
        AppError::Internal(anyhow::Error::new(error).context("rendering a page"))
    })?;
    let coding = Coding::of(request);
    let mut response = HttpResponse::build(status);
    response
        .insert_header((CACHE_CONTROL, cache.header()))
        .insert_header((VARY, "accept-encoding"));
    if status == StatusCode::OK && cache != CachePolicy::NoStore {
        let tag = coded_tag(body.as_bytes(), coding);
        response.insert_header((ETAG, tag.to_string()));
        if has_already(request, &tag) {
            response.status(StatusCode::NOT_MODIFIED);
            return Ok(response.finish());
        }
    }
    response.content_type("text/html; charset=utf-8");
    if coding == Coding::Identity {
        return Ok(response.body(body));
    }
    let coded = coding
        .encode(body.as_bytes(), Effort::Quick)
        .map_err(|error| {
            AppError::Internal(anyhow::Error::new(error).context("compressing a page"))
        })?;
    response.insert_header((CONTENT_ENCODING, coding.name()));
    Ok(response.body(coded))
}

/// Answers that a page lives at another path of this site, for ever.
#[must_use]
pub fn moved(path: &str) -> HttpResponse {
    HttpResponse::MovedPermanently()
        .insert_header((LOCATION, path))
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .finish()
}

/// Leads from a form that was taken to the page that shows what came of it.
#[must_use]
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, path))
        .insert_header((CACHE_CONTROL, CachePolicy::NoStore.header()))
        .finish()
}

/// How long somebody has to wait, as a page says it; rounded up.
#[must_use]
pub fn wait_words(seconds: u64) -> String {
    match seconds {
        0..=1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        91..=5_400 => format!("{} minutes", seconds.div_ceil(60)),
        _ => format!("{} hours", seconds.div_ceil(3_600)),
    }
}

/// Data that the application was given, for extractors that need more than one.
///
/// # Errors
/// [`AppError::Internal`] if the routes were registered without it.
pub fn given<T: 'static>(request: &HttpRequest) -> Result<web::Data<T>, AppError> {
    request.app_data().cloned().ok_or_else(|| {
        let kind = std::any::type_name::<T>();
        anyhow::anyhow!("the routes were registered without {kind}").into()
    })
}

/// Answers with bytes whose address changes with them, so that every cache may
/// keep them for ever. Other sites may show them: what travels in a feed, a
/// preview or a frame needs its pictures, and in a sandboxed frame, which
/// belongs to no site, its styles and fonts too.
#[must_use]
pub fn immutable(request: &HttpRequest, content_type: &str, bytes: Bytes) -> HttpResponse {
    let tag = entity_tag(&bytes);
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header(("cross-origin-resource-policy", "cross-origin"))
        .insert_header((ETAG, tag.to_string()));
    if has_already(request, &tag) {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    response.content_type(content_type).body(bytes)
}

/// As [`immutable`], for text that is already in `coding`, chosen for this
/// client: other clients get the same address in other codings.
#[must_use]
pub fn immutable_coded(
    request: &HttpRequest,
    content_type: &str,
    bytes: Bytes,
    coding: Coding,
) -> HttpResponse {
    let mut response = immutable(request, content_type, bytes);
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if coding != Coding::Identity {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    response
}

/// A strong tag: the same bytes always have the same one, on every instance.
#[must_use]
pub fn entity_tag(body: &[u8]) -> EntityTag {
    EntityTag::new_strong(HEXLOWER.encode(&Sha256::digest(body)[..16]))
}

/// The tag of bytes that travel in a coding. It is another one for each
/// (RFC 9110 section 8.8.3.3), and known before the bytes are compressed.
#[must_use]
pub fn coded_tag(body: &[u8], coding: Coding) -> EntityTag {
    tag_in(entity_tag(body), coding)
}

/// The tag of a document that travels in a coding, from the one that it has
/// without.
#[must_use]
pub fn tag_in(tag: EntityTag, coding: Coding) -> EntityTag {
    match coding {
        Coding::Identity => tag,
        _ => EntityTag::new_strong(format!("{}-{}", tag.tag(), coding.name())),
    }
}

/// True if the client says with `If-None-Match` that it has this version.
/// Compared weakly, as RFC 9110 section 13.1.2 asks. A header that cannot be
/// read counts as absent.
#[must_use]
pub fn has_already(request: &HttpRequest, tag: &EntityTag) -> bool {
    match request.get_header::<IfNoneMatch>() {
        Some(IfNoneMatch::Any) => true,
        Some(IfNoneMatch::Items(known)) => known.iter().any(|one| one.weak_eq(tag)),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_page_of_today_is_never_shown_stale() {
        let header = CachePolicy::UntilMidnight { seconds: 90 }.header();
        assert_eq!(header, "public, max-age=90");
        assert!(
            CachePolicy::Public { max_age: 60 }
                .header()
                .contains("stale-if-error")
        );
    }

    #[test]
    fn a_client_has_only_the_version_it_names() {
        let tag = entity_tag(b"one");
        let asks = |value: &str| {
            TestRequest::get()
                .insert_header(("If-None-Match", value))
                .to_http_request()
        };
        assert!(has_already(&asks(&tag.to_string()), &tag));
        assert!(has_already(&asks(&format!("\"x\", W/{tag}")), &tag));
        assert!(has_already(&asks("*"), &tag));
        assert!(!has_already(&asks(&entity_tag(b"two").to_string()), &tag));
        assert!(!has_already(&asks("nonsense"), &tag));
        assert!(!has_already(
            &asks(&coded_tag(b"one", Coding::Gzip).to_string()),
            &tag
        ));
        assert!(!has_already(&TestRequest::get().to_http_request(), &tag));
    }
}
