//! The addresses of the desk, where editors work. None of them is public, and
//! no cache keeps what they answer.

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
