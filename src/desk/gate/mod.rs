//! Who is at the desk: the session behind a request, and the proof that a form
//! is one of ours.
//!
//! The cookie holds 256 secret bits and nothing else; the table `sessions`
//! holds their SHA-256, and is asked at each request, so that a session that is
//! ended is over at once. Before anybody has signed in there is a cookie too,
//! but no row: it only ties a form to the browser that opened it.

mod cookies;
mod extract;
mod fields;
pub(super) mod queries;
pub(super) mod seal;

use std::sync::Arc;

use crate::paths;
use crate::site::shell::{Identity, NavItem, Shell};

pub(super) use cookies::{Cookies, Known};
pub(super) use extract::Visitor;
pub(super) use fields::{Fields, limit as form_limit};
pub(super) use queries::{Present, Stage};

/// How long an editor may do nothing before the session is over (ASVS 5.0,
/// 7.3.1).
pub(super) const IDLE_MS: i64 = 30 * 60 * 1_000;
/// How long a session lasts whatever happens (ASVS 5.0, 7.3.2).
pub(super) const ABSOLUTE_MS: i64 = 8 * 60 * 60 * 1_000;
/// How long the second step may take after the first: long enough to find a
/// telephone and install an authenticator on it.
pub(super) const HALFWAY_MS: i64 = 15 * 60 * 1_000;

/// A request from an editor who has signed in with both factors. As a parameter
/// of a handler it lets nobody else in: whoever is not signed in is led to
/// sign in, and comes back here afterwards. Templates that extend
/// `layouts/desk.html` hold it as `desk`, beside `shell`.
pub(super) struct Desk {
    /// Who it is.
    pub(super) editor: Editor,
    /// Goes into each form as the hidden field `csrf`.
    pub(super) csrf: String,
    /// The session, by the id under which it is listed.
    pub(super) session: String,
    site: Arc<Identity>,
}

/// As [`Desk`], for what only admins may do; an editor gets 403.
pub(super) struct Admin(pub(super) Desk);

/// Somebody who has given the right password, and not yet the second factor.
pub(super) struct Halfway {
    /// The session and its editor.
    pub(super) present: Present,
    /// The secret in the cookie.
    pub(super) visitor: Visitor,
}

/// An editor, as pages need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Editor {
    /// `E-7K3Q2M`
    pub(super) id: String,
    pub(super) name: String,
    pub(super) role: Role,
}

/// What an editor may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Settles cases.
    Editor,
    /// Settles cases, and decides who else may; sees the mail that failed.
    Admin,
}

impl Desk {
    /// The frame of a page of the desk: unlisted, with the reports about it
    /// going to the contact form.
    pub(super) fn shell(&self, path: &str, title: &str) -> Shell {
        Shell::new(&self.site, path)
            .title(title)
            .report(paths::CONTACT)
            .unlisted()
    }

    /// The rooms of the desk that this editor may enter, with the place of the
    /// page in them.
    pub(super) fn nav(&self, shell: &Shell) -> Vec<NavItem> {
        let rooms = [
            (paths::desk::INBOX, "Inbox", false),
            (paths::desk::SPAM, "Spam", false),
            (paths::desk::EDITORS, "Editors", true),
            (paths::desk::MAIL, "Mail", true),
        ];
        rooms
            .into_iter()
            .filter(|(.., for_admins)| !for_admins || self.editor.role == Role::Admin)
            .map(|(path, label, _)| NavItem {
                href: path.to_owned(),
                label,
                is_here: shell.canonical == paths::absolute(&self.site.base_url, path),
                is_section: false,
            })
            .collect()
    }

    /// The editor's own page.
    pub(super) fn account_href(&self) -> &'static str {
        paths::desk::ACCOUNT
    }

    /// Where the session is ended, by POST.
    pub(super) fn sign_out_href(&self) -> &'static str {
        paths::desk::SIGN_OUT
    }
}

impl Role {
    /// The word in the table and in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Editor => "editor",
            Role::Admin => "admin",
        }
    }

    /// Reads the word; `None` for any other.
    #[must_use]
    pub fn parse(text: &str) -> Option<Role> {
        [Role::Editor, Role::Admin]
            .into_iter()
            .find(|role| role.as_str() == text)
    }
}

/// Now, as the tables hold it: epoch milliseconds, UTC.
pub(super) fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}
