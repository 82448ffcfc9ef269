//! The addresses of the desk, where editors work. None of them is public, and
//! no cache keeps what they answer.

use url::form_urlencoded::byte_serialize;

/// What waits for an editor; the first page after signing in.
pub const INBOX: &str = "/desk";
/// Name and password.
pub const SIGN_IN: &str = "/desk/sign-in";
/// The second step: a code of the authenticator, or a recovery code.
pub const SECOND_FACTOR: &str = "/desk/sign-in/code";
/// Ends the session (POST).
pub const SIGN_OUT: &str = "/desk/sign-out";
/// Asks for a link to choose a new password.
pub const FORGOTTEN: &str = "/desk/password";
/// Chooses a password; `token` is the secret of an invitation or a reset.
pub const PASSWORD_ROUTE: &str = "/desk/password/{token}";
/// The editor's own account: password, authenticator, sessions, alerts.
pub const ACCOUNT: &str = "/desk/account";
/// All editors, for admins.
pub const EDITORS: &str = "/desk/editors";
/// One case.
pub const CASE_ROUTE: &str = "/desk/cases/{case}";
/// What was caught as spam.
pub const SPAM: &str = "/desk/spam";
/// Mail that needs somebody: failed, or of unknown fate; for admins.
pub const MAIL: &str = "/desk/mail";

/// Where an editor signs in who wanted the page `next` of the desk.
#[must_use]
pub fn sign_in(next: &str) -> String {
    let next: String = byte_serialize(next.as_bytes()).collect();
    format!("{SIGN_IN}?next={next}")
}

/// Where an editor signs in whose session ended before a form was sent.
#[must_use]
pub fn sign_in_again() -> String {
    format!("{SIGN_IN}?ended=1")
}

/// A page of the desk after something was done; `done` is a word that the
/// page knows a sentence for.
#[must_use]
pub fn after(page: &str, done: &str) -> String {
    format!("{page}?done={done}")
}

/// Whether a path, perhaps with a query, is one of the desk, so that signing in
/// may lead there and nowhere else.
#[must_use]
pub fn is_inside(path: &str) -> bool {
    let rest = path.strip_prefix(INBOX);
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        && !path.contains("//")
        && path.bytes().all(plain)
}

/// Chooses a password; `token` is the secret of an invitation or a reset.
#[must_use]
pub fn password(token: &str) -> String {
    format!("/desk/password/{token}")
}

/// One case, by its public id.
#[must_use]
pub fn case(id: &str) -> String {
    format!("/desk/cases/{}", id.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_to_the_desk_alone() {
        for inside in [
            "/desk",
            "/desk/spam",
            "/desk/cases/c-7k3q2m",
            "/desk?state=open&q=a",
        ] {
            assert!(is_inside(inside), "{inside}");
        }
        for outside in [
            "",
            "/",
            "/desktop",
            "//desk",
            "/desk//evil.example",
            "/desk\\x",
            "/desk/\r\nx",
            "https://evil.example/desk",
        ] {
            assert!(!is_inside(outside), "{outside}");
        }
    }
}
