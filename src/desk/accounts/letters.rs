//! The mails to editors: an invitation, a link to a new password, and word that
//! something about the account was changed.

use askama::Template;
use diesel::QueryResult;

use super::queries::Row;
use super::queries::links::{self, Purpose};
use crate::db::AnyConnection;
use crate::desk::gate::seal;
use crate::mail::{self, Address, Kind, Letterhead, Message};
use crate::paths;

/// A mail of a few sentences, perhaps with a link.
#[derive(Template)]
#[template(path = "desk/mail/letter.html")]
struct Letter<'a> {
    letterhead: &'a Letterhead,
    heading: String,
    sentences: Vec<String>,
    link: Option<(String, &'static str)>,
    closing: &'a str,
}

/// What was changed about an account that its editor shall hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Another password.
    Password,
    /// Another authenticator.
    Authenticator,
    /// Other recovery codes.
    RecoveryCodes,
    /// One of them was used to sign in; so many are left.
    RecoveryCodeUsed(i64),
}

/// Makes a link to choose a password, queues the mail with it, and gives its
/// address.
pub(super) fn invite(
    conn: &mut AnyConnection,
    head: &Letterhead,
    editor: &Row,
    now: i64,
) -> QueryResult<String> {
    let secret = links::make(conn, &editor.id, Purpose::Invitation, now)?;
    let url = paths::absolute(&head.base_url, &paths::desk::password(&secret));
    let letter = Letter {
        letterhead: head,
        heading: format!("You are invited to the desk of {}", head.site_name),
        sentences: vec![
            format!(
                "You have been made an editor of {}. Follow this link to choose a password, and \
                 have a telephone or a password manager at hand that shows codes for signing in.",
                head.site_name
            ),
            "The link can be used once, within 48 hours. Ask for another one if it is too late."
                .to_owned(),
        ],
        link: Some((url.clone(), "Choose a password")),
        closing: "If you do not know what this is about, you need do nothing.",
    };
    let subject = format!("Your invitation to the desk of {}", head.site_name);
    let cause = format!("invitation:{}", &seal::hash(&secret)[..16]);
    send(conn, editor, Kind::Invitation, cause, subject, &letter, now)?;
    Ok(url)
}

/// Makes a link to another password and queues the mail with it.
pub(super) fn reset(
    conn: &mut AnyConnection,
    head: &Letterhead,
    editor: &Row,
    now: i64,
) -> QueryResult<()> {
    let secret = links::make(conn, &editor.id, Purpose::Reset, now)?;
    let url = paths::absolute(&head.base_url, &paths::desk::password(&secret));
    let letter = Letter {
        letterhead: head,
        heading: "Choose a new password".to_owned(),
        sentences: vec![
            format!(
                "Somebody asked for a new password for your account at {}.",
                head.site_name
            ),
            "The link can be used once, within an hour. Signing in still takes a code of your \
             authenticator."
                .to_owned(),
        ],
        link: Some((url, "Choose a new password")),
        closing: "If it was not you, you need do nothing: your password stays as it is.",
    };
    let subject = format!("A new password for {}", head.site_name);
    let cause = format!("reset:{}", &seal::hash(&secret)[..16]);
    send(conn, editor, Kind::Reset, cause, subject, &letter, now)
}

/// Tells an editor that something about the account was changed.
pub(super) fn tell(
    conn: &mut AnyConnection,
    head: &Letterhead,
    editor: &Row,
    change: Change,
    now: i64,
) -> QueryResult<()> {
    let (word, subject, sentence) = match change {
        Change::Password => (
            "password",
            "Your password was changed",
            "The password of your account was changed just now, and all other sessions have ended."
                .to_owned(),
        ),
        Change::Authenticator => (
            "authenticator",
            "Your authenticator was changed",
            "Another authenticator was set up for your account just now. The old one shows no \
             good codes any more."
                .to_owned(),
        ),
        Change::RecoveryCodes => (
            "codes",
            "Your recovery codes were renewed",
            "New recovery codes were made for your account just now. The old ones are void."
                .to_owned(),
        ),
        Change::RecoveryCodeUsed(left) => (
            "code",
            "A recovery code was used",
            format!(
                "Somebody signed in to your account just now with a recovery code. {left} are left."
            ),
        ),
    };
    let letter = Letter {
        letterhead: head,
        heading: subject.to_owned(),
        sentences: vec![sentence],
        link: None,
        closing: "If it was not you, tell an admin of the site at once: your account can be \
            closed in a moment.",
    };
    let subject = format!("{subject} ({})", head.site_name);
    let cause = format!("account:{}:{word}:{now}", editor.id);
    send(conn, editor, Kind::Alert, cause, subject, &letter, now)
}

/// Tells an editor how many cases wait; nothing that reporters wrote.
pub(super) fn digest(
    conn: &mut AnyConnection,
    head: &Letterhead,
    editor: &Row,
    (waiting, new): (i64, i64),
    now: i64,
) -> QueryResult<()> {
    let count = |number: i64| match number {
        1 => "1 case".to_owned(),
        number => format!("{number} cases"),
    };
    let letter = Letter {
        letterhead: head,
        heading: format!("{} at the desk", count(waiting)),
        sentences: vec![format!(
            "{} for an editor, {} of them new since you were last told.",
            if waiting == 1 {
                "1 case waits".to_owned()
            } else {
                format!("{waiting} cases wait")
            },
            new
        )],
        link: Some((
            paths::absolute(&head.base_url, paths::desk::INBOX),
            "Open the inbox",
        )),
        closing: "You get at most one of these in an hour. Your account at the desk has a switch \
            for them.",
    };
    let subject = format!("Reports are waiting ({})", head.site_name);
    let cause = format!("alert:{}:{now}", editor.id);
    send(conn, editor, Kind::Alert, cause, subject, &letter, now)
}

fn send(
    conn: &mut AnyConnection,
    editor: &Row,
    kind: Kind,
    cause: String,
    subject: String,
    letter: &Letter<'_>,
    now: i64,
) -> QueryResult<()> {
    let Some(recipient) = Address::parse(&editor.email) else {
        // It was checked when the editor was added.
        tracing::error!(editor = editor.id, "no mail can be sent to this editor");
        return Ok(());
    };
    let html = match letter.render() {
        Ok(html) => html,
        Err(error) => return Err(diesel::result::Error::SerializationError(error.into())),
    };
    let message = Message {
        cause,
        kind,
        recipient,
        subject,
        text: letter.text(),
        html,
    };
    mail::queue(conn, &message, now)?;
    Ok(())
}

impl Letter<'_> {
    /// The same in plain text.
    fn text(&self) -> String {
        let mut parts = vec![self.heading.clone()];
        parts.extend(self.sentences.clone());
        parts.extend(
            self.link
                .as_ref()
                .map(|(url, words)| format!("{words}:\n{url}")),
        );
        parts.push(self.closing.to_owned());
        let head = self.letterhead;
        parts.push(format!("-- \n{}\n{}", head.site_name, head.base_url));
        parts.join("\n\n") + "\n"
    }
}
