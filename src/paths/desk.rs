//! The addresses of the desk, where editors work. None of them is public, and
//! no cache keeps what they answer.

use url::form_urlencoded::{Serializer, byte_serialize};

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
/// The patch that an accepted case leads to, as a file.
pub const PATCH_ROUTE: &str = "/desk/cases/{case}/patch";
/// Gives a case to an editor, or to nobody (POST, like all that follow up to
/// the list of spam).
pub const TAKE_ROUTE: &str = "/desk/cases/{case}/take";
/// Finds a report right.
pub const ACCEPT_ROUTE: &str = "/desk/cases/{case}/accept";
/// Writes the file that an accepted case leads to.
pub const APPLY_ROUTE: &str = "/desk/cases/{case}/apply";
/// Finds that the article can stay as it is.
pub const DECLINE_ROUTE: &str = "/desk/cases/{case}/decline";
/// Lets another case answer this one.
pub const MERGE_ROUTE: &str = "/desk/cases/{case}/merge";
/// Takes a decision back.
pub const REOPEN_ROUTE: &str = "/desk/cases/{case}/reopen";
/// Begins or ends a hold.
pub const HOLD_ROUTE: &str = "/desk/cases/{case}/hold";
/// Writes a note for the other editors.
pub const NOTE_ROUTE: &str = "/desk/cases/{case}/note";
/// Marks one report of a case as spam.
pub const CASE_SPAM_ROUTE: &str = "/desk/cases/{case}/spam";
/// What was caught as spam; a POST says that something is none.
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

/// What can be done with a case; each has an address that takes a POST.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is told at its route")]
pub enum Deed {
    Take,
    Accept,
    Apply,
    Decline,
    Merge,
    Reopen,
    Hold,
    Note,
    Spam,
}

impl Deed {
    /// The last part of its address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Deed::Take => "take",
            Deed::Accept => "accept",
            Deed::Apply => "apply",
            Deed::Decline => "decline",
            Deed::Merge => "merge",
            Deed::Reopen => "reopen",
            Deed::Hold => "hold",
            Deed::Note => "note",
            Deed::Spam => "spam",
        }
    }
}

/// The inbox with filters, as pairs of a name and a value.
#[must_use]
pub fn inbox(pairs: &[(&str, &str)]) -> String {
    with_query(INBOX, pairs)
}

/// The list of spam, with the page that is meant and what was just done.
#[must_use]
pub fn spam(pairs: &[(&str, &str)]) -> String {
    with_query(SPAM, pairs)
}

/// The list of mail in trouble, after one was let go again.
#[must_use]
pub fn mail_done() -> String {
    with_query(MAIL, &[("done", "again")])
}

/// One case, after something was done with it; `done` is a word that the page
/// turns into a sentence.
#[must_use]
pub fn case_after(id: &str, done: &str) -> String {
    with_query(&case(id), &[("done", done)])
}

/// Where a form about a case is sent.
#[must_use]
pub fn deed(id: &str, deed: Deed) -> String {
    format!("{}/{}", case(id), deed.as_str())
}

/// The patch that an accepted case leads to.
#[must_use]
pub fn patch(id: &str) -> String {
    format!("{}/patch", case(id))
}

fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    if pairs.is_empty() {
        return path.to_owned();
    }
    let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{path}?{query}")
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
