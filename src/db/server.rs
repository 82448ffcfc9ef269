//! How a PostgreSQL server is connected to: with time-outs, so that one that
//! has gone without a word is noticed, and with what TLS the URL asks for. And
//! the one statement that only this engine is asked.

use std::time::Duration;

use diesel::connection::{Connection, SimpleConnection};
use diesel::pg::PgConnection;
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryResult, RunQueryDsl};

use super::connection::Access;
use crate::config::PostgresUrl;

/// How libpq is told to notice a server that is gone. Each holds unless the
/// URL says otherwise: `connect_timeout` is in seconds, and two is the least
/// that libpq takes; `tcp_user_timeout`, in milliseconds, ends a connection
/// whose packets nobody confirms; the keepalives do so where none are sent.
const PARAMETERS: [(&str, &str); 6] = [
    ("connect_timeout", "2"),
    ("tcp_user_timeout", "5000"),
    ("keepalives_idle", "10"),
    ("keepalives_interval", "3"),
    ("keepalives_count", "3"),
    ("application_name", "daybook"),
];

/// How long a statement of an import, a migration or a sweep may take.
const WORK: Duration = Duration::from_secs(30 * 60);

/// Opens a connection; the error is a sentence without the password.
pub(super) fn open(
    url: &PostgresUrl,
    access: Access,
    statement: Duration,
) -> Result<PgConnection, String> {
    let mut conn = PgConnection::establish(&with_parameters(url.expose()))
        .map_err(|error| why(url, &error.to_string()))?;
    let (statement, lock, idle) = match access {
        Access::Read | Access::Write => (statement, statement.min(Duration::from_secs(5)), 60),
        // An import may wait for another to end.
        Access::Work => (WORK, Duration::from_secs(60), 600),
    };
    let settings = format!(
        "SET synchronous_commit = on; SET statement_timeout = {}; SET lock_timeout = {}; \
         SET idle_in_transaction_session_timeout = '{idle}s';",
        statement.as_millis(),
        lock.as_millis(),
    );
    conn.batch_execute(&settings).map_err(|error| {
        format!(
            "{url} cannot be set up: {}",
            in_one_line(&error.to_string())
        )
    })?;
    Ok(conn)
}

/// Takes a lease, or renews it, in one statement; false if another holds it.
/// The server's clock decides: those of the instances may differ.
pub(super) fn take_lease(
    conn: &mut PgConnection,
    name: &str,
    holder: &str,
    life: Duration,
) -> QueryResult<bool> {
    let changed = diesel::sql_query(
        "INSERT INTO leases (name, holder, until) \
         VALUES ($1, $2, CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT) + $3) \
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until \
         WHERE leases.holder = excluded.holder \
         OR leases.until <= CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)",
    )
    .bind::<Text, _>(name)
    .bind::<Text, _>(holder)
    .bind::<BigInt, _>(i64::try_from(life.as_millis()).unwrap_or(i64::MAX))
    .execute(conn)?;
    Ok(changed > 0)
}

/// The URL with those of our parameters that it does not have itself.
fn with_parameters(url: &str) -> String {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let has = |name: &str| {
        let mut pairs = query.split('&');
        pairs.any(|pair| pair.split('=').next() == Some(name))
    };
    let mut text = url.to_owned();
    for (name, value) in PARAMETERS {
        if !has(name) {
            let separator = match text.find('?') {
                None => "?",
                Some(_) if text.ends_with(['?', '&']) => "",
                Some(_) => "&",
            };
            text.push_str(&format!("{separator}{name}={value}"));
        }
    }
    text
}

fn why(url: &PostgresUrl, error: &str) -> String {
    let said = in_one_line(error);
    let advice = if said.contains("certificate verify failed") || said.contains("root certificate")
    {
        "; sslrootcert in the URL must name the file of the authority that signed the server's \
         certificate"
    } else if said.contains("does not match host name") {
        "; the host in the URL must be one that the server's certificate names"
    } else if said.contains("does not support SSL") {
        "; turn TLS on at the server, or take sslmode out of the URL"
    } else {
        ""
    };
    format!("{url} cannot be reached: {said}{advice}")
}

/// libpq tells of each address in a line of its own.
fn in_one_line(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.join(" ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::with_parameters;

    #[test]
    fn time_outs_are_added_unless_the_url_has_them() {
        let plain = with_parameters("postgres://a@b/c");
        assert!(plain.starts_with("postgres://a@b/c?connect_timeout=2&tcp_user_timeout="));
        let own = with_parameters("postgres://a@b/c?sslmode=require&connect_timeout=30");
        assert!(
            own.starts_with("postgres://a@b/c?sslmode=require&connect_timeout=30&tcp"),
            "{own}"
        );
        assert_eq!(own.matches("connect_timeout").count(), 1);
        assert!(with_parameters("postgres://a@b/c?").contains("/c?connect_timeout"));
    }
}
