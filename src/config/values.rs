//! The types of single settings and the rules for reading them.

use std::fmt;
use std::net::{Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::str::FromStr;
use std::time::Duration;

use jiff::tz::TimeZone;
use url::Url;

use super::sources::nearest;
use crate::dates::DateStyle;

/// Where the server listens: a host name or an address, and a port.
///
/// A name is looked up only when it is bound, so that reading settings never
/// waits for the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListenAddress {
    /// A host name, an IPv4 address, or an IPv6 address without brackets.
    pub host: String,
    /// The port; 0 asks the system for a free one.
    pub port: u16,
}

/// The public address of the site: `http` or `https`, a host, perhaps a port,
/// and nothing after it. Prints without a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

/// Whether `serve` imports the content folder by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IngestMode {
    /// At start, and whenever a file changes.
    #[default]
    Auto,
    /// Never: another process or instance runs `daybook ingest`.
    Off,
}

/// Whether editors can apply a correction from the desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeskWrites {
    /// If files can be made in the content folder, and this instance imports it.
    #[default]
    Auto,
    /// Never: corrections leave the desk as patches.
    Off,
}

/// How often one client may ask the API, unless it is set: ten times a second.
pub(super) const API_REQUESTS_PER_MINUTE: u32 = 600;
/// A million times a minute is no limit any more.
const MOST_A_MINUTE: u32 = 1_000_000;

/// Reads how often something may be asked for within a minute.
pub(super) fn times_a_minute(text: &str) -> Result<u32, String> {
    let number: Option<u32> = text.trim().parse().ok();
    number
        .filter(|number| *number <= MOST_A_MINUTE)
        .ok_or_else(|| {
            format!("write a number from 0 (no limit) to {MOST_A_MINUTE}, such as \"600\"")
        })
}

/// What finished pages may take, unless it is set: ten thousand and more.
pub(super) const CACHE_BYTES: usize = 128 << 20;
/// A terabyte is more than anybody has pages for.
const MOST_CACHE_BYTES: usize = 1 << 40;

/// Reads an amount of memory: a number of bytes, with `k`, `M` or `G` for 1,024
/// of them and more.
pub(super) fn bytes(text: &str) -> Result<usize, String> {
    let text = text.trim();
    let (digits, unit) = match text.strip_suffix(['k', 'K', 'M', 'm', 'G', 'g']) {
        Some(digits) => (digits, text.chars().last()),
        None => (text, None),
    };
    let shift = match unit.map(|unit| unit.to_ascii_uppercase()) {
        Some('K') => 10,
        Some('M') => 20,
        Some('G') => 30,
        _ => 0,
    };
    let number: Option<usize> = digits.trim().parse().ok();
    number
        .and_then(|number| number.checked_mul(1 << shift))
        .filter(|number| *number <= MOST_CACHE_BYTES)
        .ok_or_else(|| "write a number of bytes, such as \"128M\", or 0 for none".to_owned())
}

/// The longest drain. With the ten seconds for requests under way and the eight
/// for a mail, a process has ended half a minute after SIGTERM, which is when
/// managers of services lose their patience.
const LONGEST_DRAIN: u32 = 10;

/// Reads for how long a server that is to stop goes on answering.
pub(super) fn drain_seconds(text: &str) -> Result<u32, String> {
    let number: Option<u32> = text.trim().parse().ok();
    number
        .filter(|number| *number <= LONGEST_DRAIN)
        .ok_or_else(|| {
            format!("write a number of seconds from 0 to {LONGEST_DRAIN}, such as \"5\"")
        })
}

/// Reads how many connections to the database answer requests.
pub(super) fn connections(text: &str) -> Result<usize, String> {
    let number: Option<usize> = text.trim().parse().ok();
    number
        .filter(|number| (1..=1000).contains(number))
        .ok_or_else(|| "write a number from 1 to 1000, such as \"8\"".to_owned())
}

/// Reads a time in milliseconds, from a tenth of a second to ten minutes.
pub(super) fn milliseconds(text: &str) -> Result<Duration, String> {
    let number: Option<u64> = text.trim().parse().ok();
    number
        .filter(|number| (100..=600_000).contains(number))
        .map(Duration::from_millis)
        .ok_or_else(|| {
            "write a number of milliseconds from 100 to 600000, such as \"2000\"".to_owned()
        })
}

impl Default for ListenAddress {
    fn default() -> Self {
        ListenAddress {
            host: "127.0.0.1".to_owned(),
            port: 8080,
        }
    }
}

impl FromStr for ListenAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "write HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080".to_owned();
        let (host, port) = text.trim().rsplit_once(':').ok_or_else(wrong)?;
        let port: u16 = port
            .parse()
            .map_err(|_| format!("{}; a port is a number from 0 to 65535", wrong()))?;
        let host = match host.strip_prefix('[') {
            Some(rest) => {
                let inner = rest.strip_suffix(']').ok_or_else(wrong)?;
                inner.parse::<Ipv6Addr>().map_err(|_| wrong())?.to_string()
            }
            None => host.to_owned(),
        };
        let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if host.is_empty() {
            return Err("the host is missing; 0.0.0.0:8080 listens on every address".to_owned());
        }
        if host.parse::<Ipv6Addr>().is_err() && !host.chars().all(named) {
            return Err(wrong());
        }
        if text.trim().starts_with('[') || !host.contains(':') {
            return Ok(ListenAddress { host, port });
        }
        Err(wrong())
    }
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

impl ToSocketAddrs for ListenAddress {
    type Iter = std::vec::IntoIter<SocketAddr>;

    fn to_socket_addrs(&self) -> std::io::Result<Self::Iter> {
        (self.host.as_str(), self.port).to_socket_addrs()
    }
}

impl BaseUrl {
    /// The address under which a listener is reached from the same machine.
    #[must_use]
    pub fn of_listener(listen: &ListenAddress) -> Self {
        let host = match listen.host.as_str() {
            "0.0.0.0" => "127.0.0.1",
            "::" => "::1",
            host => host,
        };
        let local = ListenAddress {
            host: host.to_owned(),
            port: listen.port,
        };
        BaseUrl(format!("http://{local}"))
    }

    /// The address without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Host and port as a browser puts them into the `Host` header.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, rest)| rest)
    }

    /// Whether readers come by TLS, so that cookies may be `Secure` and HSTS
    /// may be sent.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl FromStr for BaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let url = Url::parse(text.trim())
            .map_err(|error| format!("write an address such as https://example.org ({error})"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("the address must begin with http:// or https://".to_owned());
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("the address must not hold a user name or a password".to_owned());
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err("the address must end after the host: no ? and no #".to_owned());
        }
        if url.path() != "/" {
            return Err(
                "the address must end after the host: the site cannot live in a sub-folder"
                    .to_owned(),
            );
        }
        Ok(BaseUrl(url.as_str().trim_end_matches('/').to_owned()))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for IngestMode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(IngestMode::Auto),
            "off" => Ok(IngestMode::Off),
            _ => Err("write auto or off".to_owned()),
        }
    }
}

impl fmt::Display for IngestMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            IngestMode::Auto => "auto",
            IngestMode::Off => "off",
        })
    }
}

impl FromStr for DeskWrites {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(DeskWrites::Auto),
            "off" => Ok(DeskWrites::Off),
            _ => Err("write auto or off".to_owned()),
        }
    }
}

impl fmt::Display for DeskWrites {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DeskWrites::Auto => "auto",
            DeskWrites::Off => "off",
        })
    }
}

/// An IANA time zone by name, from the tables inside the binary if the system
/// has none.
pub(super) fn time_zone(name: &str) -> Result<TimeZone, String> {
    TimeZone::get(name).map_err(|_| {
        let zones: Vec<String> = jiff::tz::db()
            .available()
            .map(|zone| zone.to_string())
            .collect();
        let cities = zones.iter().filter_map(|zone| zone.rsplit('/').next());
        let meant = nearest(name, zones.iter().map(String::as_str)).map(str::to_owned);
        let meant = meant.or_else(|| {
            // Many write the city alone.
            let city = nearest(name, cities)?;
            let ends_so = |zone: &&String| zone.rsplit('/').next() == Some(city);
            zones.iter().find(ends_so).cloned()
        });
        match meant {
            Some(meant) => format!("there is no such time zone; did you mean {meant}?"),
            None => "write the IANA name of a time zone, such as UTC or Europe/Berlin".to_owned(),
        }
    })
}

/// A name that goes into titles and feeds: one line, 1 to 100 characters.
pub(super) fn name(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("write a name, or leave the setting out".to_owned());
    }
    if text.chars().count() > 100 || text.chars().any(char::is_control) {
        return Err("a name is one line of at most 100 characters".to_owned());
    }
    Ok(text.to_owned())
}

/// An address that can stand behind `mailto:`. Whether it takes mail is not
/// for a pattern to decide.
pub(super) fn email_address(text: &str) -> Result<String, String> {
    let text = text.trim();
    let wrong = || "write one e-mail address, such as editors@example.org".to_owned();
    let (local, domain) = text.rsplit_once('@').ok_or_else(wrong)?;
    let forbidden = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '@' | '<' | '>' | ',' | ';' | '"' | '?')
    };
    if local.is_empty() || domain.is_empty() || text.len() > 254 {
        return Err(wrong());
    }
    if local.chars().chain(domain.chars()).any(forbidden) {
        return Err(wrong());
    }
    Ok(text.to_owned())
}

pub(super) fn date_style(text: &str) -> Result<DateStyle, String> {
    text.parse()
        .map_err(|_| "write mdy for January 4, 1951 or dmy for 4 January 1951".to_owned())
}
