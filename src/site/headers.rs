//! The headers that protect readers, on every answer, errors included.

use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;

/// Everything comes from this site; nothing is inlined, so no nonce is needed.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
    connect-src 'self'; manifest-src 'self'";

/// Of what other sites may show in a frame: no script at all, no form, and
/// nothing but styles, fonts and pictures of this site.
pub const FRAMED_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
    font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *";

const ALWAYS: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    (
        "permissions-policy",
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), \
         fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), \
         payment=(), picture-in-picture=(), publickey-credentials-get=(), \
         screen-wake-lock=(), usb=(), xr-spatial-tracking=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
];

/// Of every answer but those that [`may_be_framed`] has marked.
const UNFRAMED: [(&str, &str); 3] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
];

/// Of those that it has marked. `X-Frame-Options` knows no way to allow all.
const FRAMED: [(&str, &str); 2] = [
    ("content-security-policy", FRAMED_SECURITY_POLICY),
    ("cross-origin-resource-policy", "cross-origin"),
];

/// Two years, as the preload lists ask. Not for sub-domains: they are not ours
/// to decide about.
const STRICT_TRANSPORT_SECURITY: (&str, &str) = ("strict-transport-security", "max-age=63072000");

/// The mark of an answer that other sites may show in a frame.
struct MayBeFramed;

/// Lets every site show this answer in a frame, which is else forbidden. A 304
/// must be marked as well, because its headers replace those that were kept.
#[must_use]
pub fn may_be_framed(mut response: HttpResponse) -> HttpResponse {
    response.extensions_mut().insert(MayBeFramed);
    response
}

/// Adds the headers to whatever comes back, for `middleware::from_fn`; it must
/// be the outermost layer. A header that a page has set itself stays, so that a
/// receipt can send `Referrer-Policy: no-referrer`.
///
/// `secure` says that readers reach the site by https; only then may it promise
/// to be reached no other way.
///
/// # Errors
/// Those of the inner service, whose answers then carry the headers too.
pub async fn protect<B: MessageBody + 'static>(
    secure: bool,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    match next.call(request).await {
        Ok(mut response) => {
            let extensions = response.response().extensions();
            let framed = extensions.contains::<MayBeFramed>();
            drop(extensions);
            add(response.headers_mut(), secure, framed);
            Ok(response)
        }
        Err(error) => {
            let mut response = error.error_response();
            add(response.headers_mut(), secure, false);
            Err(InternalError::from_response(error, response).into())
        }
    }
}

fn add(headers: &mut HeaderMap, secure: bool, framed: bool) {
    let transport = secure.then_some(STRICT_TRANSPORT_SECURITY);
    let framing: &[_] = if framed { &FRAMED } else { &UNFRAMED };
    let framing = framing.iter().copied();
    for (name, value) in ALWAYS.into_iter().chain(framing).chain(transport) {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_may_be_stricter_about_referrers() {
        let mut headers = HeaderMap::new();
        headers.insert(
            HeaderName::from_static("referrer-policy"),
            HeaderValue::from_static("no-referrer"),
        );
        add(&mut headers, false, false);
        assert_eq!(headers.get("referrer-policy").unwrap(), "no-referrer");
        assert!(headers.contains_key("content-security-policy"));
    }

    #[test]
    fn only_a_site_on_https_promises_to_stay_there() {
        let mut headers = HeaderMap::new();
        add(&mut headers, false, false);
        assert!(!headers.contains_key("strict-transport-security"));
        add(&mut headers, true, false);
        assert!(headers.contains_key("strict-transport-security"));
    }

    #[test]
    fn only_what_is_marked_may_be_framed_and_it_runs_no_script() {
        let [mut framed, mut plain] = [HeaderMap::new(), HeaderMap::new()];
        add(&mut framed, false, true);
        add(&mut plain, false, false);
        assert!(!framed.contains_key("x-frame-options"));
        assert_eq!(plain.get("x-frame-options").unwrap(), "DENY");
        let policy = framed.get("content-security-policy").unwrap();
        assert_eq!(policy, FRAMED_SECURITY_POLICY);
        assert!(!FRAMED_SECURITY_POLICY.contains("script-src"));
        assert!(FRAMED_SECURITY_POLICY.starts_with("default-src 'none'"));
    }

    #[test]
    fn the_policies_allow_nothing_inline() {
        for policy in [CONTENT_SECURITY_POLICY, FRAMED_SECURITY_POLICY] {
            assert!(!policy.contains("unsafe"));
            assert!(!policy.contains("data:"));
        }
    }
}
