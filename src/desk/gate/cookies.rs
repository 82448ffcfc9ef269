//! The two cookies of the desk: the session's, and one by which a browser is
//! known that an editor has signed in with before.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use super::seal;
use crate::config::{BaseUrl, SecretKey};

/// How long a browser stays known.
const KNOWN_DAYS: i64 = 180;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// How cookies are called and guarded on this site. With https their names
/// begin with `__Host-`, so that no sub-domain and nobody on the line can set
/// them; over plain http, which is for one's own machine, browsers would refuse
/// that.
#[derive(Clone, Copy, Debug)]
pub(in crate::desk) struct Cookies {
    is_https: bool,
}

/// A browser that an editor has signed in with before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Known {
    /// Whose it is.
    pub(in crate::desk) editor: String,
    /// What tells it from other browsers of the same editor.
    pub(in crate::desk) browser: String,
}

impl Cookies {
    /// As the public address of the site asks for.
    pub(in crate::desk) fn of(base_url: &BaseUrl) -> Cookies {
        Cookies {
            is_https: base_url.is_https(),
        }
    }

    /// The secret that the browser sent, if it has the form of one.
    pub(in crate::desk) fn secret(self, request: &HttpRequest) -> Option<String> {
        let cookie = request.cookie(self.session_name())?;
        seal::is_secret(cookie.value()).then(|| cookie.value().to_owned())
    }

    /// The cookie of a session, until the browser is closed. `Lax`, so that a
    /// link in a mail finds its reader signed in; forms of other sites are sent
    /// without it.
    pub(in crate::desk) fn session(self, secret: &str) -> Cookie<'static> {
        self.guarded(self.session_name(), secret.to_owned())
    }

    /// Whose browser this is, by its cookie of [`Cookies::known`].
    pub(in crate::desk) fn is_known(
        self,
        request: &HttpRequest,
        key: &SecretKey,
        now: i64,
    ) -> Option<Known> {
        let cookie = request.cookie(self.known_name())?;
        let (text, signature) = cookie.value().rsplit_once('.')?;
        let mut parts = text.split('.');
        let (editor, browser, since) = (parts.next()?, parts.next()?, parts.next()?);
        let age = now.saturating_sub(since.parse().ok()?);
        let is_good = seal::is_signed(key, "known", text, signature)
            && (0..KNOWN_DAYS * DAY_MS).contains(&age);
        is_good.then(|| Known {
            editor: editor.to_owned(),
            browser: browser.to_owned(),
        })
    }

    /// The cookie by which this browser is known from now on.
    pub(in crate::desk) fn known(self, key: &SecretKey, editor: &str, now: i64) -> Cookie<'static> {
        let text = format!("{editor}.{}.{now}", seal::new_secret());
        let signature = seal::sign(key, "known", &text);
        let mut cookie = self.guarded(self.known_name(), format!("{text}.{signature}"));
        cookie.set_same_site(SameSite::Strict);
        cookie.set_max_age(Duration::days(KNOWN_DAYS));
        cookie
    }

    fn guarded(self, name: &'static str, value: String) -> Cookie<'static> {
        Cookie::build(name, value)
            .path("/")
            .http_only(true)
            .secure(self.is_https)
            .same_site(SameSite::Lax)
            .finish()
    }

    fn session_name(self) -> &'static str {
        if self.is_https { "__Host-desk" } else { "desk" }
    }

    fn known_name(self) -> &'static str {
        if self.is_https {
            "__Host-desk-known"
        } else {
            "desk-known"
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn with_https_nobody_else_can_set_or_read_the_cookies() {
        let cookies = Cookies { is_https: true };
        let cookie = cookies.session(&seal::new_secret()).to_string();
        assert!(cookie.starts_with("__Host-desk="), "{cookie}");
        for guard in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(guard), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }

    #[test]
    fn a_browser_is_known_for_half_a_year_by_our_signature() {
        let cookies = Cookies { is_https: false };
        let key = SecretKey::from_bytes([7; 32]);
        let made = cookies.known(&key, "E-7K3Q2M", 1_000);
        let asks = |value: &str, now| {
            let request = TestRequest::get()
                .cookie(Cookie::new("desk-known", value.to_owned()))
                .to_http_request();
            cookies.is_known(&request, &key, now)
        };
        let known = asks(made.value(), 2_000).unwrap();
        assert_eq!(known.editor, "E-7K3Q2M");
        assert_eq!(asks(made.value(), 1_000 + KNOWN_DAYS * DAY_MS), None);
        assert_eq!(
            asks(&made.value().replace("E-7K3Q2M", "E-111111"), 2_000),
            None
        );
        assert_eq!(asks("", 2_000), None);
    }
}
