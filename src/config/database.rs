//! The database URL: which engine, and where.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::sources::{Value, excerpt};

/// How long a request waits for a free connection, unless it is set.
pub const DATABASE_WAIT: Duration = Duration::from_secs(2);

/// How long one statement of a request may take, unless it is set.
pub const DATABASE_STATEMENT: Duration = Duration::from_secs(10);

/// The database of an instance. Its scheme alone decides on the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// `sqlite:PATH`: a file, made when it is missing.
    Sqlite(PathBuf),
    /// `postgres://…` or `postgresql://…`, handed to libpq as it is.
    Postgres(PostgresUrl),
}

/// A PostgreSQL connection URL. It may hold a password, so what it prints has
/// that masked; the whole is had by [`PostgresUrl::expose`] alone.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresUrl(String);

impl DatabaseUrl {
    /// Reads `sqlite:PATH`, `postgres://…` or `postgresql://…`; a relative
    /// PATH counts from the current folder.
    ///
    /// # Errors
    /// A sentence that names the allowed schemes. It never repeats more of the
    /// value than its scheme or a path.
    pub fn parse(text: &str) -> Result<Self, String> {
        DatabaseUrl::read(&Value {
            text: text.to_owned(),
            origin: super::Origin::Default,
        })
    }

    /// Whether it is a PostgreSQL server, and not a file.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        matches!(self, DatabaseUrl::Postgres(_))
    }

    pub(super) fn read(value: &Value) -> Result<Self, String> {
        const ALLOWED: &str = "write sqlite:PATH or postgres://USER@HOST/DATABASE";
        let text = value.text.trim();
        let Some((scheme, rest)) = text.split_once(':') else {
            return Err(format!("the value has no scheme; {ALLOWED}"));
        };
        match scheme.to_ascii_lowercase().as_str() {
            "sqlite" => sqlite_path(rest).map(|path| {
                // In the settings file it counts from there, as every path
                // in it does.
                DatabaseUrl::Sqlite(value.resolve_path(path))
            }),
            "postgres" | "postgresql" => {
                if !cfg!(feature = "postgres") {
                    return Err(
                        "this daybook was built without PostgreSQL; build it with `cargo build \
                         --release --features postgres` (which needs libpq), or write sqlite:PATH"
                            .to_owned(),
                    );
                }
                if !rest.starts_with("//") {
                    return Err(format!(
                        "after {scheme}: there must be two slashes; {ALLOWED}"
                    ));
                }
                if rest.chars().any(|c| c.is_whitespace() || c.is_control()) {
                    return Err("a URL holds no spaces; write them as %20".to_owned());
                }
                if !rest.contains('@') && !ports_are_numbers(rest) {
                    // What follows the colon is then a password, most likely.
                    return Err(format!("the @ before the host is missing; {ALLOWED}"));
                }
                Ok(DatabaseUrl::Postgres(PostgresUrl(text.to_owned())))
            }
            other if is_scheme(other) => Err(format!(
                "a database of the kind {}: cannot be used; {ALLOWED}",
                excerpt(other)
            )),
            _ => Err(format!("the value has no scheme; {ALLOWED}")),
        }
    }
}

/// A scheme as RFC 3986 has it, so that what is repeated to the operator is no
/// part of a password.
fn is_scheme(text: &str) -> bool {
    text.len() <= 20
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// Whether every host in `//host:port,host:port/…` has a number for a port.
fn ports_are_numbers(rest: &str) -> bool {
    let rest = rest.trim_start_matches('/');
    let hosts = rest.split(['/', '?']).next().unwrap_or("");
    hosts.split(',').all(|host| {
        let port = match host.rsplit_once(']') {
            Some((_, after)) => after.strip_prefix(':'),
            None => host.split_once(':').map(|(_, port)| port),
        };
        port.is_none_or(|port| port.chars().all(|c| c.is_ascii_digit()))
    })
}

fn sqlite_path(rest: &str) -> Result<&str, String> {
    // Others write sqlite:///absolute and sqlite://relative.
    let path = rest.strip_prefix("//").unwrap_or(rest);
    if path.is_empty() {
        return Err("after sqlite: there must be the path of a file".to_owned());
    }
    if path.starts_with(":memory:") {
        return Err(
            "a database in memory cannot be shared by readers and writer; name a file".to_owned(),
        );
    }
    if path.starts_with("file:") || path.contains('?') {
        return Err("after sqlite: there must be a plain path, without file: and ?".to_owned());
    }
    Ok(path)
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseUrl::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            DatabaseUrl::Postgres(url) => url.fmt(f),
        }
    }
}

impl PostgresUrl {
    /// The URL as it was given, password and all: for the driver, never for a
    /// log or a page.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PostgresUrl {
    /// Masks the password. Where it is unclear how far that reaches (an `@` or
    /// a `/` in it that should have been encoded), more is masked, not less.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, rest) = self.0.split_once("://").unwrap_or(("postgres", ""));
        write!(f, "{scheme}://")?;
        let after_user = match rest.rsplit_once('@') {
            Some((user, after)) => {
                match user.split_once(':') {
                    Some((name, _)) => write!(f, "{name}:***@")?,
                    None => write!(f, "{user}@")?,
                }
                after
            }
            None => rest,
        };
        let Some((place, query)) = after_user.split_once('?') else {
            return f.write_str(after_user);
        };
        write!(f, "{place}?")?;
        for (index, pair) in query.split('&').enumerate() {
            let separator = if index == 0 { "" } else { "&" };
            let key = pair.split_once('=').map_or(pair, |(key, _)| key);
            if key.to_ascii_lowercase().contains("pass") || key.contains('%') {
                write!(f, "{separator}{key}=***")?;
            } else {
                write!(f, "{separator}{pair}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgresUrl({self})")
    }
}
