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
    /// sent to. Of what is accepted, the part after the `@` is in lower case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Address> {
        let text = text.trim();
        if text.len() > 254 || text.contains(char::is_control) {
            return None;
        }
        let (local, domain) = text.rsplit_once('@')?;
        let address = format!("{local}@{}", domain.to_lowercase());
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
