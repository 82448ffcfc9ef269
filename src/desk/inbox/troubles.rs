//! What an admin has to see to, besides cases; it is said above the inbox.

use diesel::QueryResult;

use crate::cases;
use crate::db::AnyConnection;
use crate::mail;
use crate::paths;
use crate::site::shell::Link;

/// Something that is not as it should be.
#[derive(Debug)]
pub(super) struct Trouble {
    /// A sentence.
    pub(super) words: String,
    /// Where it can be seen to.
    pub(super) link: Link,
}

/// All that is in trouble now.
pub(super) fn troubles(conn: &mut AnyConnection) -> QueryResult<Vec<Trouble>> {
    let mut found = Vec::new();
    let rules = cases::spam_rules(conn)?;
    let suspended = rules.iter().filter(|rule| rule.suspended_at.is_some());
    let words = match suspended.count() {
        0 => None,
        1 => Some("A rule against spam has no effect, because it caught too much.".to_owned()),
        count => Some(format!(
            "{count} rules against spam have no effect, because they caught too much."
        )),
    };
    found.extend(words.map(|words| Trouble {
        words,
        link: Link {
            href: paths::desk::SPAM.to_owned(),
            label: "See what was caught".to_owned(),
        },
    }));
    let words = match mail::undecided(conn)? {
        0 => None,
        1 => Some("A mail was not sent, or may not have arrived.".to_owned()),
        count => Some(format!(
            "{count} mails were not sent, or may not have arrived."
        )),
    };
    found.extend(words.map(|words| Trouble {
        words,
        link: Link {
            href: paths::desk::MAIL.to_owned(),
            label: "Look at the mail".to_owned(),
        },
    }));
    Ok(found)
}
