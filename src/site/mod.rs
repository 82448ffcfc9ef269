//! The frame around every page: the shell that the layouts print, the static
//! files, the headers that protect readers, and the way a page becomes an
//! answer. Knows no feature and no table.

pub mod assets;
pub mod client;
pub mod coding;
pub mod cursor;
pub mod document;
pub mod errors;
pub mod feed;
pub mod headers;
pub mod preview;
pub mod qr;
pub mod shell;
pub mod spelling;
pub mod structured;
pub mod stylesheet;
pub mod turning;
pub mod uncoded;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, ETAG, EntityTag, IfNoneMatch,
    LOCATION, VARY,
};
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder, web};
use askama::Template;
use data_encoding::HEXLOWER;
use jiff::Zoned;
use sha2::{Digest, Sha256};

use crate::error::AppError;
use coding::Coding;
use uncoded::{Keeping, Uncoded};

/// The `Cache-Control` of what never changes under its address.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// How long it may be shown while a newer one is fetched, and while we cannot
/// answer at all.
const STALE: &str = "stale-while-revalidate=30, stale-if-error=86400";

/// Who may keep an answer, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// Shared caches, for so many seconds; a browser may keep a document as long
    /// and asks for a page each time. Half a minute more they may show it while
    /// they ask for a newer one, and a day more while we cannot answer.
    Public {
        /// Seconds, as shared caches count them.
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
    /// The value of `Cache-Control` for a document: programs that ask for one
    /// time and again may keep it as long as shared caches.
    #[must_use]
    pub fn header(self) -> String {
        match self {
            Self::Public { max_age } => {
                format!("public, max-age={max_age}, {STALE}")
            }
            Self::UntilMidnight { seconds } => format!("public, max-age={seconds}"),
            Self::Private => "private, no-cache".to_owned(),
            Self::NoStore => "no-store".to_owned(),
        }
    }

    /// The same for a page: a reader's browser asks each time, so that a
    /// correction shows when the page is opened again; to be told that nothing
    /// has changed costs 300 bytes (decision 0019).
    #[must_use]
    pub fn header_of_page(self) -> String {
        match self {
            Self::Public { max_age } => {
                format!("public, max-age=0, s-maxage={max_age}, {STALE}")
            }
            _ => self.header(),
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

/// Renders a page, for an answer with 200, or with 304 if the client already has
/// these very bytes. A template that cannot be rendered is a fault of ours.
///
/// # Errors
/// [`AppError::Internal`] if the template fails.
pub fn page<T: Template>(template: &T, cache: CachePolicy) -> Result<HttpResponse, AppError> {
    page_with_status(StatusCode::OK, template, cache)
}

/// Renders a page under another status, such as 404, or 422 for a form that
/// comes back with its errors. Only a 200 carries an `ETag`. The page is
/// [`Uncoded`]: its coding is chosen on its way out.
///
/// # Errors
/// [`AppError::Internal`] if the template fails.
pub fn page_with_status<T: Template>(
    status: StatusCode,
    template: &T,
    cache: CachePolicy,
) -> Result<HttpResponse, AppError> {
    let body = template.render().map_err(|error| {
        AppError::Internal(anyhow::Error::new(error).context("rendering a page"))
    })?;
    let uncoded = Uncoded::new(body, cache);
    let response = HttpResponse::build(status);
    Ok(uncoded.answer(
        response,
        "text/html; charset=utf-8",
        &cache.header_of_page(),
    ))
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
pub fn immutable(content_type: &str, bytes: Bytes) -> HttpResponse {
    let uncoded = Uncoded {
        tag: Some(entity_tag(&bytes)),
        body: bytes,
        changed: None,
        keeping: Keeping::UntilChange,
    };
    uncoded.answer(open_for_ever(), content_type, FOR_EVER)
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
    let tag = entity_tag(&bytes);
    let mut response = open_for_ever();
    response
        .insert_header((CACHE_CONTROL, FOR_EVER))
        .insert_header((VARY, "accept-encoding"))
        .insert_header((ETAG, tag.to_string()));
    if coding != Coding::Identity {
        response.insert_header((CONTENT_ENCODING, coding.name()));
    }
    if has_already(request, &tag) {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    response.content_type(content_type).body(bytes)
}

fn open_for_ever() -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header(("cross-origin-resource-policy", "cross-origin"));
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
        let public = CachePolicy::Public { max_age: 60 };
        assert!(public.header().contains("stale-if-error"));
        assert!(public.header_of_page().contains("stale-if-error"));
    }

    #[test]
    fn a_browser_asks_for_a_page_each_time_and_a_shared_cache_once_a_minute() {
        let public = CachePolicy::Public { max_age: 60 };
        assert!(
            public
                .header_of_page()
                .starts_with("public, max-age=0, s-maxage=60,")
        );
        assert!(public.header().starts_with("public, max-age=60,"));
        let until = CachePolicy::UntilMidnight { seconds: 90 };
        assert_eq!(until.header_of_page(), until.header());
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
