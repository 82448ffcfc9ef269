//! An answer whose body is whole and not yet in any coding. Handlers give these
//! out; the outermost layer, the page cache, finishes them: it chooses the
//! coding, knows who has them already, and keeps those that may be kept.

use std::time::{Duration, SystemTime};

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, EntityTag, HeaderValue, VARY};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder};

use super::{CachePolicy, entity_tag};

/// The body of an answer and what must be known to finish it, among the
/// extensions of a response whose own body is empty.
#[derive(Clone, Debug)]
pub struct Uncoded {
    /// The document as it is, in no coding.
    pub body: Bytes,
    /// The tag of these bytes; another one belongs to each coding. `None` for
    /// what nobody may keep.
    pub tag: Option<EntityTag>,
    /// When anything in it may last have changed, to the second.
    pub changed: Option<SystemTime>,
    /// How long this program may keep it.
    pub keeping: Keeping,
}

/// How long the program itself may keep an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// Until something that it depends on changes.
    UntilChange,
    /// So long, and no longer than something that it depends on stays the same:
    /// it depends on the time of day as well.
    For(Duration),
    /// Not at all: it is for one person.
    Not,
}

impl Uncoded {
    /// A document under its policy. It gets a tag of its bytes unless nobody may
    /// keep it.
    #[must_use]
    pub fn new(body: impl Into<Bytes>, cache: CachePolicy) -> Uncoded {
        let body = body.into();
        let tag = (cache != CachePolicy::NoStore).then(|| entity_tag(&body));
        Uncoded {
            body,
            tag,
            changed: None,
            keeping: Keeping::under(cache),
        }
    }

    /// The response that carries it. The header `Cache-Control` is that of the
    /// policy.
    #[must_use]
    pub fn answer(
        self,
        mut response: HttpResponseBuilder,
        content_type: &str,
        cache_control: &str,
    ) -> HttpResponse {
        response
            .insert_header((CACHE_CONTROL, cache_control))
            .content_type(content_type);
        let mut response = response.finish();
        if super::coding::is_worth_coding(content_type) {
            let headers = response.headers_mut();
            headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        if response.status() != StatusCode::OK {
            let unkept = Uncoded {
                tag: None,
                keeping: Keeping::Not,
                ..self
            };
            response.extensions_mut().insert(unkept);
            return response;
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl Keeping {
    /// What a policy for others means for us.
    #[must_use]
    pub fn under(cache: CachePolicy) -> Keeping {
        match cache {
            CachePolicy::Public { .. } => Keeping::UntilChange,
            CachePolicy::UntilMidnight { seconds } => {
                Keeping::For(Duration::from_secs(u64::from(seconds)))
            }
            CachePolicy::Private | CachePolicy::NoStore => Keeping::Not,
        }
    }
}
