//! The headers that protect readers, on every answer, errors included.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;

/// Everything comes from this site; nothing is inlined, so no nonce is needed.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
    connect-src 'self'; manifest-src 'self'";

const ALWAYS: [(&str, &str); 7] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
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
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
];

/// Two years, as the preload lists ask. Not for sub-domains: they are not ours
/// to decide about.
const STRICT_TRANSPORT_SECURITY: (&str, &str) = ("strict-transport-security", "max-age=63072000");

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
            add(response.headers_mut(), secure);
            Ok(response)
        }
        Err(error) => {
            let mut response = error.error_response();
            add(response.headers_mut(), secure);
            Err(InternalError::from_response(error, response).into())
        }
    }
}

fn add(headers: &mut HeaderMap, secure: bool) {
    let transport = secure.then_some(STRICT_TRANSPORT_SECURITY);
    for (name, value) in ALWAYS.into_iter().chain(transport) {
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
        add(&mut headers, false);
        assert_eq!(headers.get("referrer-policy").unwrap(), "no-referrer");
        assert!(headers.contains_key("content-security-policy"));
    }

    #[test]
    fn only_a_site_on_https_promises_to_stay_there() {
        let mut headers = HeaderMap::new();
        add(&mut headers, false);
        assert!(!headers.contains_key("strict-transport-security"));
        add(&mut headers, true);
        assert!(headers.contains_key("strict-transport-security"));
    }

    #[test]
    fn the_policy_allows_nothing_inline() {
        assert!(!CONTENT_SECURITY_POLICY.contains("unsafe"));
        assert!(!CONTENT_SECURITY_POLICY.contains("data:"));
    }
}
