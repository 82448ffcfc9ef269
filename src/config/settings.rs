//! The list of settings: their names in each place, and what each is for.

use std::fmt;
use std::path::PathBuf;

/// One setting, by all its names.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// The key in `daybook.toml`.
    pub key: &'static str,
    /// The environment variable.
    pub variable: &'static str,
    /// The command line flag, if it has one.
    pub flag: Option<&'static str>,
    /// Whether the value is a secret as a whole and never shown.
    pub secret: bool,
    /// What it is for, in a few words.
    pub meaning: &'static str,
}

/// Where the value in force was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A command line flag, with its dashes.
    Flag(&'static str),
    /// An environment variable, by name.
    Variable(&'static str),
    /// A key in a settings file.
    File {
        /// The file as it was named.
        path: PathBuf,
        /// The line of the key, counted from 1.
        line: usize,
        /// The key.
        key: String,
    },
    /// Nowhere: the default.
    Default,
}

/// A setting as it is in force, in words: for people, never parsed again.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// Which setting.
    pub setting: &'static Setting,
    /// Its value; `None` where nothing is set and there is no default.
    /// Passwords in URLs are masked, secrets read `(hidden)`.
    pub value: Option<String>,
    /// Where the value was written.
    pub origin: Origin,
}

/// Every setting, in the order in which `daybook config` prints them.
pub const SETTINGS: [&Setting; 29] = [
    &LISTEN,
    &BASE_URL,
    &CONTENT,
    &DATA,
    &DATABASE_URL,
    &DATABASE_READER_URL,
    &DATABASE_CONNECTIONS,
    &DATABASE_WAIT_MS,
    &DATABASE_STATEMENT_MS,
    &TIME_ZONE,
    &SITE_NAME,
    &PUBLISHER,
    &CONTACT_EMAIL,
    &DATE_STYLE,
    &TRUSTED_PROXIES,
    &API_REQUESTS_PER_MINUTE,
    &CACHE_BYTES,
    &INGEST,
    &DESK_WRITES,
    &SMTP_URL,
    &MAIL_FROM,
    &DESK_EMAIL,
    &CONTENT_LICENCE,
    &INDEX_NOW_KEY,
    &INDEX_NOW_URL,
    &WEBSUB_HUB,
    &DRAIN_SECONDS,
    &METRICS_TOKEN,
    &SECRET_KEY,
];

pub(super) static LISTEN: Setting = Setting {
    key: "listen",
    variable: "DAYBOOK_LISTEN",
    flag: Some("--listen"),
    secret: false,
    meaning: "where the server listens, as HOST:PORT",
};

pub(super) static BASE_URL: Setting = Setting {
    key: "base_url",
    variable: "DAYBOOK_BASE_URL",
    flag: None,
    secret: false,
    meaning: "the public address of the site",
};

pub(super) static CONTENT: Setting = Setting {
    key: "content",
    variable: "DAYBOOK_CONTENT",
    flag: Some("--content"),
    secret: false,
    meaning: "the folder of Markdown files",
};

pub(super) static DATA: Setting = Setting {
    key: "data",
    variable: "DAYBOOK_DATA",
    flag: Some("--data"),
    secret: false,
    meaning: "the folder for all that the instance writes",
};

pub(super) static DATABASE_URL: Setting = Setting {
    key: "database_url",
    variable: "DATABASE_URL",
    flag: Some("--database-url"),
    secret: false,
    meaning: "the database: sqlite:PATH or postgres://…",
};

pub(super) static DATABASE_READER_URL: Setting = Setting {
    key: "database_reader_url",
    variable: "DAYBOOK_DATABASE_READER_URL",
    flag: None,
    secret: false,
    meaning: "a replica for reads that may be a little behind",
};

pub(super) static DATABASE_CONNECTIONS: Setting = Setting {
    key: "database_connections",
    variable: "DAYBOOK_DATABASE_CONNECTIONS",
    flag: None,
    secret: false,
    meaning: "how many connections answer requests",
};

pub(super) static DATABASE_WAIT_MS: Setting = Setting {
    key: "database_wait_ms",
    variable: "DAYBOOK_DATABASE_WAIT_MS",
    flag: None,
    secret: false,
    meaning: "how long a request waits for a free connection",
};

pub(super) static DATABASE_STATEMENT_MS: Setting = Setting {
    key: "database_statement_ms",
    variable: "DAYBOOK_DATABASE_STATEMENT_MS",
    flag: None,
    secret: false,
    meaning: "how long one statement of a request may take (PostgreSQL)",
};

pub(super) static TIME_ZONE: Setting = Setting {
    key: "time_zone",
    variable: "DAYBOOK_TIME_ZONE",
    flag: None,
    secret: false,
    meaning: "the zone in which today is reckoned",
};

pub(super) static SITE_NAME: Setting = Setting {
    key: "site_name",
    variable: "DAYBOOK_SITE_NAME",
    flag: None,
    secret: false,
    meaning: "the name of the site",
};

pub(super) static PUBLISHER: Setting = Setting {
    key: "publisher",
    variable: "DAYBOOK_PUBLISHER",
    flag: None,
    secret: false,
    meaning: "who publishes the site",
};

pub(super) static CONTACT_EMAIL: Setting = Setting {
    key: "contact_email",
    variable: "DAYBOOK_CONTACT_EMAIL",
    flag: None,
    secret: false,
    meaning: "an e-mail address for readers",
};

pub(super) static DATE_STYLE: Setting = Setting {
    key: "date_style",
    variable: "DAYBOOK_DATE_STYLE",
    flag: None,
    secret: false,
    meaning: "mdy (January 4, 1951) or dmy (4 January 1951)",
};

pub(super) static TRUSTED_PROXIES: Setting = Setting {
    key: "trusted_proxies",
    variable: "DAYBOOK_TRUSTED_PROXIES",
    flag: None,
    secret: false,
    meaning: "proxies whose X-Forwarded-For is believed",
};

pub(super) static API_REQUESTS_PER_MINUTE: Setting = Setting {
    key: "api_requests_per_minute",
    variable: "DAYBOOK_API_REQUESTS_PER_MINUTE",
    flag: None,
    secret: false,
    meaning: "how often one client may ask the API; 0 for no limit",
};

pub(super) static CACHE_BYTES: Setting = Setting {
    key: "cache_bytes",
    variable: "DAYBOOK_CACHE_BYTES",
    flag: None,
    secret: false,
    meaning: "how much memory finished pages may take",
};

pub(super) static INGEST: Setting = Setting {
    key: "ingest",
    variable: "DAYBOOK_INGEST",
    flag: None,
    secret: false,
    meaning: "auto or off: whether serve imports the content folder",
};

pub(super) static DESK_WRITES: Setting = Setting {
    key: "desk_writes",
    variable: "DAYBOOK_DESK_WRITES",
    flag: None,
    secret: false,
    meaning: "auto or off: whether the desk writes to the content folder",
};

pub(super) static SMTP_URL: Setting = Setting {
    key: "smtp_url",
    variable: "DAYBOOK_SMTP_URL",
    flag: None,
    secret: false,
    meaning: "the mail server: smtp://USER:PASSWORD@HOST:587 or smtps://…",
};

pub(super) static MAIL_FROM: Setting = Setting {
    key: "mail_from",
    variable: "DAYBOOK_MAIL_FROM",
    flag: None,
    secret: false,
    meaning: "who mail is from: an address, or Name <address>",
};

pub(super) static DESK_EMAIL: Setting = Setting {
    key: "desk_email",
    variable: "DAYBOOK_DESK_EMAIL",
    flag: None,
    secret: false,
    meaning: "where answers to mail go",
};

pub(super) static CONTENT_LICENCE: Setting = Setting {
    key: "content_licence",
    variable: "DAYBOOK_CONTENT_LICENCE",
    flag: None,
    secret: false,
    meaning: "the terms of the articles: CC-BY-4.0, or Name <https://…>",
};

pub(super) static INDEX_NOW_KEY: Setting = Setting {
    key: "index_now_key",
    variable: "DAYBOOK_INDEX_NOW_KEY",
    flag: None,
    secret: false,
    meaning: "tells search engines of changes (IndexNow) under this key",
};

pub(super) static INDEX_NOW_URL: Setting = Setting {
    key: "index_now_url",
    variable: "DAYBOOK_INDEX_NOW_URL",
    flag: None,
    secret: false,
    meaning: "which search engine is told, if there is a key",
};

pub(super) static WEBSUB_HUB: Setting = Setting {
    key: "websub_hub",
    variable: "DAYBOOK_WEBSUB_HUB",
    flag: None,
    secret: false,
    meaning: "the WebSub hub that is told when a feed changes",
};

pub(super) static DRAIN_SECONDS: Setting = Setting {
    key: "drain_seconds",
    variable: "DAYBOOK_DRAIN_SECONDS",
    flag: None,
    secret: false,
    meaning: "how long to go on answering after SIGTERM; 5 behind a balancer",
};

pub(super) static METRICS_TOKEN: Setting = Setting {
    key: "metrics_token",
    variable: "DAYBOOK_METRICS_TOKEN",
    flag: None,
    secret: true,
    meaning: "what opens /metrics from outside private networks",
};

pub(super) static SECRET_KEY: Setting = Setting {
    key: "secret_key",
    variable: "DAYBOOK_SECRET_KEY",
    flag: None,
    secret: true,
    meaning: "64 hexadecimal digits; else secret.key in the data folder",
};

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag(flag) => write!(f, "flag {flag}"),
            Origin::Variable(name) => write!(f, "environment variable {name}"),
            Origin::File { path, line, key } => write!(f, "{}:{line}: {key}", path.display()),
            Origin::Default => f.write_str("default"),
        }
    }
}
