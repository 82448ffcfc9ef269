//! Every setting of an instance, read once at start and passed down.
//!
//! A value comes from a command line flag, else from an environment variable,
//! else from `daybook.toml`, else it is the default; [`SETTINGS`] lists them
//! and `docs/configuration.md` explains them. Wrong values are reported all
//! together, each with the place where it was written. Nothing outside this
//! folder reads the environment, but for the log filter (`logging`).

mod data;
mod database;
mod file;
mod licence;
mod mail;
mod outward;
mod proxies;
mod secret;
mod settings;
mod sources;
mod token;
mod values;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::tz::TimeZone;

use crate::dates::DateStyle;

pub use data::DataFolderError;
pub use database::{DATABASE_STATEMENT, DATABASE_WAIT, DatabaseUrl, PostgresUrl};
pub use licence::Licence;
pub use mail::{Mailbox, SmtpSecurity, SmtpUrl};
pub use proxies::{Network, TrustedProxies};
pub use secret::{SecretKey, SecretKeyError};
pub use settings::{Origin, Resolved, SETTINGS, Setting};
pub use sources::{ConfigProblem, misspelt_variables};
pub use token::MetricsToken;
pub use values::{BaseUrl, DeskWrites, IngestMode, ListenAddress};

use sources::{Sources, Value};

/// The name of the settings file that is read from the current folder when no
/// other is named.
pub const FILE_NAME: &str = "daybook.toml";

/// What was given on the command line. `None` leaves a setting to the
/// environment, the file and the default.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `--listen HOST:PORT`
    pub listen: Option<String>,
    /// `--content FOLDER`
    pub content: Option<String>,
    /// `--data FOLDER`
    pub data: Option<String>,
    /// `--database-url URL`
    pub database_url: Option<String>,
}

/// The settings that are in force.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the server listens. Port 0 asks the system for a free one.
    pub listen: ListenAddress,
    /// The public address of the site: scheme and host, without a trailing
    /// slash. Absolute URLs (canonical links, feeds, mails) are built from this
    /// and never from a request's `Host` header. Not set, it is the listen
    /// address with `http://`.
    pub base_url: BaseUrl,
    /// The folder of Markdown files. Only what ingests needs it; whether it is
    /// there is not checked here.
    pub content: PathBuf,
    /// The folder for everything that this instance writes. May not exist yet.
    pub data: PathBuf,
    /// Which database, chosen by the scheme of the URL and never by trying.
    pub database_url: DatabaseUrl,
    /// A replica of that database, for reads that may lag by a moment.
    pub database_reader_url: Option<DatabaseUrl>,
    /// How many connections answer requests, to each database. Not set, twice
    /// as many as there are cores.
    pub database_connections: Option<usize>,
    /// How long a request waits for one of them to become free.
    pub database_wait: Duration,
    /// How long PostgreSQL lets one statement of a request take.
    pub database_statement: Duration,
    /// The zone in which "today" is reckoned, and which the pages name.
    pub time_zone: TimeZone,
    /// The name of the site, as in the title of every page.
    pub site_name: String,
    /// Who publishes the site, for imprint, feeds and structured data.
    pub publisher: Option<String>,
    /// An address for readers who would rather write a mail than use the form.
    pub contact_email: Option<String>,
    /// How dates are written in words: `January 4, 1951` or `4 January 1951`.
    pub date_style: DateStyle,
    /// The proxies whose `X-Forwarded-For` is believed. None by default: the
    /// client is then whoever holds the other end of the connection.
    pub trusted_proxies: TrustedProxies,
    /// How often one client may ask the API within a minute; 0 for no limit.
    pub api_requests_per_minute: u32,
    /// How many bytes finished pages may take in memory; 0 keeps none.
    pub cache_bytes: usize,
    /// Whether `serve` imports and watches the content folder.
    pub ingest: IngestMode,
    /// Whether editors can apply a correction from the desk.
    pub desk_writes: DeskWrites,
    /// The server that takes our mail. Without one, mail is written to
    /// [`Config::mail_folder`] and goes nowhere.
    pub smtp_url: Option<SmtpUrl>,
    /// Who our mail is from. Not set, it is the name of the site and `daybook`
    /// at the host of its public address.
    pub mail_from: Mailbox,
    /// Where answers to our mail go, if not to `mail_from`.
    pub desk_email: Option<Mailbox>,
    /// The terms under which the articles may be used, as the operator says. What
    /// pages say is [`Config::licence`].
    pub content_licence: Option<Licence>,
    /// The key under which a search engine is told of changes. Without one, none
    /// is.
    pub index_now_key: Option<String>,
    /// Where such changes are told; an absolute address.
    pub index_now_url: String,
    /// The WebSub hub that feeds name, and that is told when they change; an
    /// absolute address. Without one, none is.
    pub websub_hub: Option<String>,
    /// How many seconds the server goes on to answer after SIGTERM, from 0 to 10.
    /// Meanwhile it says that it is not ready, so that a balancer lets it go.
    pub drain_seconds: u32,
    /// What opens `/metrics` from outside private networks. Without one, nothing
    /// does.
    pub metrics_token: Option<MetricsToken>,
    /// The key given as a setting. What the program works with is
    /// [`SecretKey::load_or_create`], which falls back on a file.
    pub secret_key: Option<SecretKey>,
    resolved: Vec<Resolved>,
}

impl Config {
    /// Settles every setting: flags over environment over file over default.
    ///
    /// `env` answers for the environment (an empty variable counts as not set),
    /// `file` is the settings file if there is one. Relative paths in the file
    /// count from the folder it lies in, all others from the current folder.
    ///
    /// # Errors
    /// Everything that is wrong: first the faults of the file, its unknown keys
    /// included, then the values that would be in force, in the order of
    /// [`SETTINGS`]. Secrets are not in the messages.
    pub fn resolve(
        flags: Overrides,
        env: impl Fn(&str) -> Option<String>,
        file: Option<&Path>,
    ) -> Result<Config, Vec<ConfigProblem>> {
        let mut from = Sources::new(flags, &env, file);
        let listen: ListenAddress = from
            .take(&settings::LISTEN, |value| value.text.parse())
            .unwrap_or_default();
        let base_url = from
            .take(&settings::BASE_URL, |value| value.text.parse())
            .unwrap_or_else(|| BaseUrl::of_listener(&listen));
        let content = from
            .take(&settings::CONTENT, Value::path)
            .unwrap_or_else(|| PathBuf::from("content"));
        let data = from
            .take(&settings::DATA, Value::path)
            .unwrap_or_else(|| PathBuf::from("data"));
        let database_url = from
            .take(&settings::DATABASE_URL, DatabaseUrl::read)
            .unwrap_or_else(|| DatabaseUrl::Sqlite(data.join("daybook.db")));
        let database_reader_url = from.take(&settings::DATABASE_READER_URL, DatabaseUrl::read);
        let database_connections = from.take(&settings::DATABASE_CONNECTIONS, |value| {
            values::connections(&value.text)
        });
        let database_wait = from
            .take(&settings::DATABASE_WAIT_MS, |value| {
                values::milliseconds(&value.text)
            })
            .unwrap_or(database::DATABASE_WAIT);
        let database_statement = from
            .take(&settings::DATABASE_STATEMENT_MS, |value| {
                values::milliseconds(&value.text)
            })
            .unwrap_or(database::DATABASE_STATEMENT);
        let time_zone = from
            .take(&settings::TIME_ZONE, |value| values::time_zone(&value.text))
            .unwrap_or(TimeZone::UTC);
        let site_name = from
            .take(&settings::SITE_NAME, |value| values::name(&value.text))
            .unwrap_or_else(|| "Daybook".to_owned());
        let publisher = from.take(&settings::PUBLISHER, |value| values::name(&value.text));
        let contact_email = from.take(&settings::CONTACT_EMAIL, |value| {
            values::email_address(&value.text)
        });
        let date_style = from
            .take(&settings::DATE_STYLE, |value| {
                values::date_style(&value.text)
            })
            .unwrap_or(DateStyle::Mdy);
        let trusted_proxies = from
            .take(&settings::TRUSTED_PROXIES, |value| value.text.parse())
            .unwrap_or_default();
        let api_requests_per_minute = from
            .take(&settings::API_REQUESTS_PER_MINUTE, |value| {
                values::times_a_minute(&value.text)
            })
            .unwrap_or(values::API_REQUESTS_PER_MINUTE);
        let cache_bytes = from
            .take(&settings::CACHE_BYTES, |value| values::bytes(&value.text))
            .unwrap_or(values::CACHE_BYTES);
        let ingest = from
            .take(&settings::INGEST, |value| value.text.parse())
            .unwrap_or_default();
        let desk_writes = from
            .take(&settings::DESK_WRITES, |value| value.text.parse())
            .unwrap_or_default();
        let smtp_url = from.take(&settings::SMTP_URL, |value| value.text.parse());
        let mail_from = from
            .take(&settings::MAIL_FROM, |value| value.text.parse())
            .unwrap_or_else(|| Mailbox::of_site(&site_name, &base_url));
        let desk_email = from.take(&settings::DESK_EMAIL, |value| value.text.parse());
        let content_licence = from.take(&settings::CONTENT_LICENCE, |value| value.text.parse());
        let index_now_key = from.take(&settings::INDEX_NOW_KEY, |value| {
            outward::index_now_key(&value.text)
        });
        let index_now_url = from
            .take(&settings::INDEX_NOW_URL, |value| {
                outward::address(&value.text)
            })
            .unwrap_or_else(|| outward::INDEX_NOW.to_owned());
        let websub_hub = from.take(&settings::WEBSUB_HUB, |value| outward::address(&value.text));
        let drain_seconds = from
            .take(&settings::DRAIN_SECONDS, |value| {
                values::drain_seconds(&value.text)
            })
            .unwrap_or(0);
        let metrics_token = from.take(&settings::METRICS_TOKEN, |value| value.text.parse());
        let secret_key = from.take(&settings::SECRET_KEY, |value| value.text.parse());

        from.problems_or(|origin_of| {
            let mut config = Config {
                listen,
                base_url,
                content,
                data,
                database_url,
                database_reader_url,
                database_connections,
                database_wait,
                database_statement,
                time_zone,
                site_name,
                publisher,
                contact_email,
                date_style,
                trusted_proxies,
                api_requests_per_minute,
                cache_bytes,
                ingest,
                desk_writes,
                smtp_url,
                mail_from,
                desk_email,
                content_licence,
                index_now_key,
                index_now_url,
                websub_hub,
                drain_seconds,
                metrics_token,
                secret_key,
                resolved: Vec::new(),
            };
            config.resolved = SETTINGS
                .iter()
                .map(|setting| Resolved {
                    setting,
                    value: config.shown(setting),
                    origin: origin_of(setting),
                })
                .collect();
            config
        })
    }

    /// Every setting with its value in words and where that came from, in the
    /// order of [`SETTINGS`]. Secrets read `(hidden)`.
    #[must_use]
    pub fn settings(&self) -> &[Resolved] {
        &self.resolved
    }

    /// Where the secret key lies when it is not given as a setting.
    #[must_use]
    pub fn secret_key_file(&self) -> PathBuf {
        self.data.join("secret.key")
    }

    /// Where mail lies when no server is set to take it.
    #[must_use]
    pub fn mail_folder(&self) -> PathBuf {
        self.data.join("mail")
    }

    /// The right side of the Message-IDs of our mail: the host of the public
    /// address, or `localhost` where that has no name.
    #[must_use]
    pub fn mail_domain(&self) -> String {
        mail::mail_domain(&self.base_url)
    }

    /// The terms under which the articles may be used: what the operator says,
    /// else the Creative Commons licence that the file `LICENSE` in the content
    /// folder names. Reads that file.
    #[must_use]
    pub fn licence(&self) -> Option<Licence> {
        self.content_licence
            .clone()
            .or_else(|| Licence::of_folder(&self.content))
    }

    fn shown(&self, setting: &Setting) -> Option<String> {
        match setting.key {
            "listen" => Some(self.listen.to_string()),
            "base_url" => Some(self.base_url.to_string()),
            "content" => Some(self.content.display().to_string()),
            "data" => Some(self.data.display().to_string()),
            "database_url" => Some(self.database_url.to_string()),
            "database_reader_url" => self.database_reader_url.as_ref().map(ToString::to_string),
            "database_connections" => Some(match self.database_connections {
                Some(number) => number.to_string(),
                None => "(two for each core)".to_owned(),
            }),
            "database_wait_ms" => Some(self.database_wait.as_millis().to_string()),
            "database_statement_ms" => Some(self.database_statement.as_millis().to_string()),
            "time_zone" => self.time_zone.iana_name().map(str::to_owned),
            "site_name" => Some(self.site_name.clone()),
            "publisher" => self.publisher.clone(),
            "contact_email" => self.contact_email.clone(),
            "date_style" => Some(
                match self.date_style {
                    DateStyle::Mdy => "mdy",
                    DateStyle::Dmy => "dmy",
                }
                .to_owned(),
            ),
            "trusted_proxies" => Some(self.trusted_proxies.to_string()).filter(|s| !s.is_empty()),
            "api_requests_per_minute" => Some(self.api_requests_per_minute.to_string()),
            "cache_bytes" => Some(self.cache_bytes.to_string()),
            "ingest" => Some(self.ingest.to_string()),
            "desk_writes" => Some(self.desk_writes.to_string()),
            "smtp_url" => Some(match &self.smtp_url {
                Some(url) => url.to_string(),
                None => format!("(none: mail stays in {})", self.mail_folder().display()),
            }),
            "mail_from" => Some(self.mail_from.to_string()),
            "desk_email" => self.desk_email.as_ref().map(ToString::to_string),
            "content_licence" => self.content_licence.as_ref().map(ToString::to_string),
            "index_now_key" => self.index_now_key.clone(),
            "index_now_url" => Some(self.index_now_url.clone()),
            "websub_hub" => self.websub_hub.clone(),
            "drain_seconds" => Some(self.drain_seconds.to_string()),
            "metrics_token" => self.metrics_token.as_ref().map(|_| "(hidden)".to_owned()),
            "secret_key" => Some(match self.secret_key {
                Some(_) => "(hidden)".to_owned(),
                None => format!("(in {})", self.secret_key_file().display()),
            }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_mail;
#[cfg(test)]
mod tests_outward;
