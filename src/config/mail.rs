//! How mail leaves the machine: the server that takes it, and the names that
//! it bears.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use url::{Url, form_urlencoded};

use super::values::BaseUrl;

/// The server that takes our mail and carries it on. Prints with its password
/// masked, in `Debug` as well.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl {
    host: String,
    port: u16,
    security: SmtpSecurity,
    login: Option<(String, String)>,
}

/// How the way to the server is kept from others. There is no way that begins
/// encrypted if the server happens to like it, and none that falls back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// `smtp://`: the first words are clear, then STARTTLS, or no mail at all.
    Starttls,
    /// `smtps://`: TLS from the first byte.
    Tls,
    /// `smtp://…?tls=none`: clear text, which never leaves this machine.
    None,
}

/// An address as it stands in a header, perhaps with a name:
/// `Daybook <daybook@history.example>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox(lettre::message::Mailbox);

impl SmtpUrl {
    /// A name, or an address without brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// 587 for `smtp://` and 465 for `smtps://`, if none was written.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// How the way there is protected.
    #[must_use]
    pub fn security(&self) -> SmtpSecurity {
        self.security
    }

    /// The user and the password: for the server, never for a log or a page.
    #[must_use]
    pub fn login(&self) -> Option<(&str, &str)> {
        let (user, password) = self.login.as_ref()?;
        Some((user, password))
    }
}

impl FromStr for SmtpUrl {
    type Err = String;

    /// Reads `smtp://USER:PASSWORD@HOST:PORT` or `smtps://…`. The sentence of
    /// an error repeats nothing of the text, because a password may be in it.
    fn from_str(text: &str) -> Result<Self, String> {
        const FORM: &str = "write smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465";
        let Ok(url) = Url::parse(text.trim()) else {
            return Err(format!(
                "this is no address of a mail server; {FORM}, with @ as %40, / as %2F, : as %3A \
                 and % as %25 in user and password"
            ));
        };
        let (mut security, port) = match url.scheme() {
            "smtp" => (SmtpSecurity::Starttls, 587),
            "smtps" => (SmtpSecurity::Tls, 465),
            _ => return Err(format!("the address must begin with smtp or smtps; {FORM}")),
        };
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(format!("nothing may follow the port; {FORM}"));
        }
        let host = url.host_str().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if host.is_empty() || host.parse::<IpAddr>().is_err() && !host.chars().all(named) {
            return Err(format!("the host is missing or is no name; {FORM}"));
        }
        match (url.query(), security) {
            (None, _) => {}
            (Some("tls=none"), SmtpSecurity::Starttls) if is_loopback(host) => {
                security = SmtpSecurity::None;
            }
            (Some("tls=none"), SmtpSecurity::Starttls) => {
                return Err(
                    "?tls=none sends mail and password in clear text, so it is only for a server \
                     on this machine (localhost, 127.0.0.1, [::1]); leave it out"
                        .to_owned(),
                );
            }
            (Some("tls=none"), _) => {
                return Err("smtps is TLS from the start, so ?tls=none contradicts it".to_owned());
            }
            _ => {
                return Err(format!(
                    "the only thing that may follow a ? is tls=none; {FORM}"
                ));
            }
        }
        let user = decoded(url.username());
        let login = match (user.is_empty(), url.password()) {
            (true, None) => None,
            (false, Some(password)) => Some((user, decoded(password))),
            _ => return Err(format!("a user needs a password, and the reverse; {FORM}")),
        };
        Ok(SmtpUrl {
            host: host.to_ascii_lowercase(),
            port: url.port().unwrap_or(port),
            security,
            login,
        })
    }
}

impl fmt::Display for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.security {
            SmtpSecurity::Tls => "smtps://",
            SmtpSecurity::Starttls | SmtpSecurity::None => "smtp://",
        })?;
        if let Some((user, _)) = &self.login {
            write!(f, "{user}:***@")?;
        }
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)?;
        } else {
            write!(f, "{}:{}", self.host, self.port)?;
        }
        match self.security {
            SmtpSecurity::None => f.write_str("?tls=none"),
            SmtpSecurity::Starttls | SmtpSecurity::Tls => Ok(()),
        }
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpUrl({self})")
    }
}

impl Mailbox {
    /// What stands in `From` if nothing is set: the name of the site, and
    /// `daybook` at the host of its public address.
    #[must_use]
    pub fn of_site(site_name: &str, base_url: &BaseUrl) -> Mailbox {
        let address = lettre::Address::new("daybook", mail_domain(base_url))
            // A host that no mail can come from, such as `my_host`.
            .unwrap_or_else(|_| lettre::Address::new_dangerous("daybook", "localhost"));
        Mailbox(lettre::message::Mailbox::new(
            Some(site_name.to_owned()),
            address,
        ))
    }

    /// As the builder of messages takes it.
    #[must_use]
    pub fn as_header(&self) -> &lettre::message::Mailbox {
        &self.0
    }
}

impl FromStr for Mailbox {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let wrong =
            || "write an address such as daybook@example.org, or Name <daybook@example.org>";
        let (name, address) = match text
            .strip_suffix('>')
            .and_then(|rest| rest.rsplit_once('<'))
        {
            Some((name, address)) => (name.trim().trim_matches('"').trim(), address),
            None => ("", text),
        };
        if text.chars().any(char::is_control) || name.chars().count() > 100 || text.len() > 500 {
            return Err(wrong().to_owned());
        }
        let address = address.trim().parse().map_err(|_| wrong().to_owned())?;
        let name = Some(name.to_owned()).filter(|name| !name.is_empty());
        Ok(Mailbox(lettre::message::Mailbox::new(name, address)))
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.name {
            Some(name) => write!(f, "{name} <{}>", self.0.email),
            None => self.0.email.fmt(f),
        }
    }
}

/// The right side of our addresses and Message-IDs: the host of the site, or
/// `localhost` where that is no name.
pub(super) fn mail_domain(base_url: &BaseUrl) -> String {
    let parsed = Url::parse(base_url.as_str());
    match parsed.as_ref().ok().and_then(Url::domain) {
        Some(domain) => domain.to_owned(),
        None => "localhost".to_owned(),
    }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.to_canonical().is_loopback())
}

/// Undoes `%40` and the like. The reader of forms does that too, if it is kept
/// from taking `+` and `&` for more than themselves.
fn decoded(text: &str) -> String {
    let text = text.replace('+', "%2B").replace('&', "%26");
    form_urlencoded::parse(format!("={text}").as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}
