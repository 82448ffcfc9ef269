//! A database of one test's own, on the engine that the run is for.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use daybook::config::DatabaseUrl;
use daybook::db::{AnyConnection, Db};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

/// A database that no other test sees. On PostgreSQL it is dropped with this
/// value; on SQLite it goes with its folder.
pub(crate) struct TestDatabase {
    url: String,
    /// Where to drop it, and its name.
    server: Option<(String, String)>,
    /// A connection for what tests look up: to make one takes a server longer
    /// than most of that.
    kept: Mutex<Option<AnyConnection>>,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The tables that can be thrown away and made again from the files, with
/// what orders their rows.
const DERIVED: [&str; 15] = [
    "aliases",
    "articles",
    "claims",
    "entries",
    "life_days",
    "links",
    "pages",
    "picture_uses",
    "pictures",
    "problems",
    "renditions",
    "standings",
    "tags",
    "tallies",
    "tombstones",
];

impl TestDatabase {
    /// An empty database, without tables. A SQLite file lies in `folder`.
    pub(crate) fn create(folder: &Path) -> TestDatabase {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Some(server) = server() else {
            let url = format!("sqlite:{}", folder.join("daybook.db").display());
            return TestDatabase {
                url,
                server: None,
                kept: Mutex::default(),
            };
        };
        let name = format!(
            "daybook_test_{}_{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        run_on(&server, &format!("CREATE DATABASE {name}"));
        let (before, _) = server.rsplit_once('/').unwrap();
        TestDatabase {
            url: format!("{before}/{name}"),
            server: Some((server, name)),
            kept: Mutex::default(),
        }
    }

    /// As `DATABASE_URL` takes it.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.server.is_some()
    }

    pub(crate) fn open(&self) -> Db {
        Db::open(&DatabaseUrl::parse(&self.url).unwrap()).unwrap()
    }

    pub(crate) fn connect(&self) -> AnyConnection {
        self.open().connect().unwrap()
    }

    /// The first column of a query, which must be text and be called `line`.
    pub(crate) fn lines(&self, sql: &str) -> Vec<String> {
        self.ask(|conn| lines(conn, sql))
    }

    /// The one number that a query gives.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        let lines = self.lines(&format!("SELECT CAST(({sql}) AS TEXT) AS line"));
        lines.first().unwrap().parse().unwrap()
    }

    /// Runs statements as they are, and writes down that anything may have
    /// changed by them, as all that changes something does.
    pub(crate) fn execute(&self, sql: &str) {
        self.ask(|conn| {
            conn.batch_execute(sql).unwrap();
            // Before the migrations there is no such table.
            let _ = conn.change(|conn| {
                conn.batch_execute(
                    "INSERT INTO changes (number, made_at, tags)
                     SELECT COALESCE(MAX(number), 0) + 1, 0, '*' FROM changes",
                )
            });
        });
    }

    /// Does something by the connection that is kept, or by a new one where that
    /// has gone away or is in use.
    fn ask<T>(&self, work: impl FnOnce(&mut AnyConnection) -> T) -> T {
        let kept = self.kept.try_lock().ok().and_then(|mut kept| kept.take());
        let living = kept.and_then(|mut conn| conn.batch_execute("SELECT 1").ok().map(|()| conn));
        let mut conn = living.unwrap_or_else(|| self.connect());
        let done = work(&mut conn);
        // A file of SQLite is opened in no time, and may be replaced by a test.
        if self.is_postgres()
            && let Ok(mut kept) = self.kept.try_lock()
        {
            *kept = Some(conn);
        }
        done
    }

    /// Every row of every derived table, one line each, bytes included.
    pub(crate) fn derived(&self) -> Vec<String> {
        self.ask(|conn| self.derived_by(conn))
    }

    fn derived_by(&self, conn: &mut AnyConnection) -> Vec<String> {
        let mut all = Vec::new();
        for table in DERIVED {
            let columns: Vec<String> = columns(conn, table)
                .into_iter()
                .map(|column| match (column.as_str(), self.is_postgres()) {
                    ("bytes", true) => "encode(bytes, 'hex')".to_owned(),
                    ("bytes", false) => "lower(hex(bytes))".to_owned(),
                    _ => format!("COALESCE(CAST({column} AS TEXT), '(null)')"),
                })
                .collect();
            let row = columns.join(" || ' | ' || ");
            let mut rows = lines(conn, &format!("SELECT {row} AS line FROM {table}"));
            rows.sort();
            all.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
        }
        all
    }

    /// Throws away what can be made again, as if only the backup had survived.
    pub(crate) fn forget_derived(&self) {
        let mut statements = String::new();
        for table in ["picture_uses", "files"].into_iter().chain(DERIVED) {
            statements.push_str(&format!("DELETE FROM {table};"));
        }
        self.execute(&statements);
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.server {
            run_on(
                server,
                &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            );
        }
    }
}

/// The names of a table's columns, in their order.
pub(crate) fn columns(conn: &mut AnyConnection, table: &str) -> Vec<String> {
    let sql = match conn {
        AnyConnection::Sqlite(_) => {
            format!("SELECT name AS line FROM pragma_table_info('{table}') ORDER BY cid")
        }
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(_) => format!(
            "SELECT column_name::text AS line FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
        ),
    };
    lines(conn, &sql)
}

fn lines(conn: &mut AnyConnection, sql: &str) -> Vec<String> {
    let rows: Vec<Line> = diesel::sql_query(sql).load(conn).unwrap();
    rows.into_iter().map(|row| row.line).collect()
}

fn server() -> Option<String> {
    std::env::var("TEST_DATABASE_URL")
        .ok()
        .filter(|url| url.starts_with("postgres"))
}

#[cfg(feature = "postgres")]
fn run_on(server: &str, sql: &str) {
    let mut conn = diesel::pg::PgConnection::establish(server).unwrap();
    conn.batch_execute(sql).unwrap();
}

#[cfg(not(feature = "postgres"))]
fn run_on(_: &str, _: &str) {
    panic!("TEST_DATABASE_URL names PostgreSQL: run the tests with --features postgres");
}
