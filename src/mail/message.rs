//! A mail before it is sent.

use std::fmt;

use jiff::tz::TimeZone;

use crate::config::Config;
use crate::dates::DateStyle;

/// One mail to one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What it tells of, such as `outcome:R-7K3Q2M:corrected`. A second message
    /// with the same cause is never written, so a cause that happens twice
    /// needs a number or a time in it.
    pub cause: String,
    /// What sort of mail it is.
    pub kind: Kind,
    /// To whom.
    pub recipient: Address,
    /// One line of fixed words: nothing that people typed.
    pub subject: String,
    /// The whole message in plain text.
    pub text: String,
    /// The whole message as an HTML document without anything from elsewhere.
    pub html: String,
}

/// The sorts of mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Asks whether an address belongs to the person who gave it.
    Confirm,
    /// Tells a reporter what became of the report.
    Outcome,
    /// Lets a new editor choose a password.
    Invitation,
    /// Lets an editor choose a new password.
    Reset,
    /// Tells an editor of something: reports that arrived, a changed password.
    Alert,
}

/// One address that can stand in a header: `reader@example.org`.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(String);

/// What every mail says of the site that sends it.
#[derive(Clone, Debug)]
pub struct Letterhead {
    /// The name of the site.
    pub site_name: String,
    /// Scheme and host, without a slash at the end.
    pub base_url: String,
    /// How dates are written.
    pub date_style: DateStyle,
    /// The zone of the times in it.
    pub time_zone: TimeZone,
}

impl Kind {
    /// The word in the table.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Confirm => "confirm",
            Kind::Outcome => "outcome",
            Kind::Invitation => "invitation",
            Kind::Reset => "reset",
            Kind::Alert => "alert",
        }
    }
}

impl Address {
    /// Takes what people typed for one address; `None` for what no mail can be
    /// sent to. Of what is accepted, the part after the `@` is in lower case,
    /// and in the letters of ASCII if it held others (`bücher.example` is
    /// `xn--bcher-kva.example`): each server understands that. A part before
    /// the `@` in quotation marks is not taken; hardly anybody has one, and it
    /// may hold whatever headers are made of.
    #[must_use]
    pub fn parse(text: &str) -> Option<Address> {
        let text = text.trim();
        if text.len() > 254 || text.contains(char::is_control) {
            return None;
        }
        let (local, domain) = text.rsplit_once('@')?;
        if local.contains('"') {
            return None;
        }
        let domain = if domain.is_ascii() {
            domain.to_ascii_lowercase()
        } else {
            match url::Host::parse(domain).ok()? {
                url::Host::Domain(domain) => domain,
                url::Host::Ipv4(_) | url::Host::Ipv6(_) => return None,
            }
        };
        let address = format!("{local}@{domain}");
        if address.len() > 254 {
            return None;
        }
        address.parse::<lettre::Address>().ok()?;
        Some(Address(address))
    }

    /// The address itself. It is somebody's: not for a log, not for a page.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(hidden)")
    }
}

impl Letterhead {
    /// What the settings say.
    #[must_use]
    pub fn of(config: &Config) -> Letterhead {
        Letterhead {
            site_name: config.site_name.clone(),
            base_url: config.base_url.as_str().trim_end_matches('/').to_owned(),
            date_style: config.date_style,
            time_zone: config.time_zone.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use askama::Template;

    use super::*;

    #[derive(Template)]
    #[template(path = "mail/layout.html")]
    struct Frame {
        letterhead: Letterhead,
    }

    #[derive(Template)]
    #[template(
        ext = "html",
        source = r#"{% extends "mail/layout.html" %}{% block words %}<p>{{ word }}</p>{% endblock %}"#
    )]
    struct Filled {
        letterhead: Letterhead,
        word: &'static str,
    }

    #[derive(Template)]
    #[template(
        ext = "txt",
        source = "Words.\n\n{%+ include \"mail/_signature.txt\" %}"
    )]
    struct Plain {
        letterhead: Letterhead,
    }

    fn letterhead() -> Letterhead {
        let env = |name: &str| match name {
            "DAYBOOK_SITE_NAME" => Some("Dates & <Days>".to_owned()),
            "DAYBOOK_BASE_URL" => Some("https://history.example/".to_owned()),
            _ => None,
        };
        Letterhead::of(&Config::resolve(Default::default(), env, None).unwrap())
    }

    #[test]
    fn the_frame_of_a_mail_loads_nothing_and_escapes_what_it_prints() {
        let letterhead = letterhead();
        let html = Filled {
            letterhead,
            word: "<b>",
        }
        .render()
        .unwrap();
        assert!(html.contains("Dates &#38; &#60;Days&#62;"), "{html}");
        assert!(html.contains("<p>&#60;b&#62;</p>"), "{html}");
        for remote in ["src=", "<link", "url(", "<script", "@import"] {
            assert!(!html.contains(remote), "{remote}");
        }
        let letterhead = self::letterhead();
        let empty = Frame { letterhead }.render().unwrap();
        assert!(empty.starts_with("<!doctype html>"), "{empty}");
    }

    #[test]
    fn the_signature_begins_as_programs_know_it() {
        let letterhead = letterhead();
        let text = Plain { letterhead }.render().unwrap();
        assert_eq!(
            text,
            "Words.\n\n-- \nDates & <Days>\nhttps://history.example"
        );
    }

    #[test]
    fn addresses_are_taken_as_people_write_them() {
        for (typed, kept) in [
            (" Reader@Example.ORG ", Some("Reader@example.org")),
            ("a+b@bücher.example", Some("a+b@xn--bcher-kva.example")),
            ("a@example.org\r\nBcc: b@example.org", None),
            ("a@example.org, b@example.org", None),
            ("\"a b\"@example.org", None),
            ("reader", None),
            ("@example.org", None),
            ("a@", None),
            ("", None),
        ] {
            let address = Address::parse(typed);
            assert_eq!(address.as_ref().map(Address::as_str), kept, "{typed:?}");
        }
        let shown = format!("{:?}", Address::parse("reader@example.org"));
        assert!(!shown.contains("reader"), "{shown}");
    }
}
