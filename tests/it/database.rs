//! The database itself: its tables, the way to them and back, and how it is
//! opened.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use daybook::config::DatabaseUrl;
use daybook::db::migrate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

use crate::harness::{Corpus, TestDatabase};

/// A table as text: each column with its type, whether it may be null, and
/// which columns are its key.
type Tables = BTreeMap<String, Vec<String>>;

#[test]
fn migrations_run_up_down_and_up_again_and_leave_nothing_behind() {
    let corpus = Corpus::empty();
    let db = corpus.database.open();
    let mut conn = db.connect().unwrap();
    let applied = migrate::run(&mut conn).unwrap();
    assert_eq!(applied, migrate::names().unwrap());
    assert!(applied.len() >= 2, "{applied:?}");
    let first = tables(&corpus.database);
    assert!(migrate::run(&mut conn).unwrap().is_empty());

    migrate::revert_all(&mut conn).unwrap();
    assert_eq!(tables(&corpus.database), Tables::new());
    assert_eq!(indexes(&corpus.database), Vec::<String>::new());

    assert_eq!(migrate::run(&mut conn).unwrap(), applied);
    assert_eq!(tables(&corpus.database), first);
}

#[test]
fn the_migrated_tables_are_those_of_the_schema_in_the_code() {
    // The same on both engines, so the two are also like each other.
    let corpus = Corpus::empty();
    corpus.migrated();
    let written = schema_in_code();
    let migrated = tables(&corpus.database);
    assert!(written.len() >= 15, "{written:?}");
    assert_eq!(
        migrated.keys().collect::<Vec<_>>(),
        written.keys().collect::<Vec<_>>()
    );
    for (table, columns) in &written {
        assert_eq!(migrated[table], *columns, "{table}");
    }
}

#[test]
fn every_reference_says_what_happens_when_its_target_goes() {
    let corpus = Corpus::empty();
    corpus.migrated();
    let sql = if corpus.database.is_postgres() {
        "SELECT conrelid::regclass::text || ' -> ' || confrelid::regclass::text || ': ' || \
         CASE confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'r' THEN 'RESTRICT' \
         WHEN 'n' THEN 'SET NULL' ELSE 'nothing' END AS line \
         FROM pg_constraint WHERE contype = 'f'"
    } else {
        "SELECT m.name || ' -> ' || f.\"table\" || ': ' || f.on_delete AS line \
         FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
    };
    let mut found = corpus.database.lines(sql);
    found.sort();
    assert!(found.len() >= 5, "{found:?}");
    for reference in &found {
        let says = ["CASCADE", "RESTRICT", "SET NULL"];
        assert!(
            says.iter().any(|one| reference.ends_with(one)),
            "{reference}"
        );
    }
    assert!(
        found.contains(&"tags -> articles: CASCADE".to_owned()),
        "{found:?}"
    );
}

#[test]
fn a_url_of_another_kind_is_refused_with_the_allowed_ones_named() {
    for (url, word) in [
        ("mysql://root:sesame@localhost/daybook", "mysql"),
        ("postgre://root:sesame@localhost/daybook", "postgre"),
        ("file:daybook.db", "file"),
        ("daybook.db", "no scheme"),
        ("", "no scheme"),
    ] {
        let error = DatabaseUrl::parse(url).unwrap_err();
        assert!(error.contains(word), "{url}: {error}");
        assert!(
            error.contains("sqlite:PATH") && error.contains("postgres://"),
            "{url}: {error}"
        );
        assert!(!error.contains("sesame"), "{url}: {error}");
    }
}

#[derive(QueryableByName)]
struct Pragmas {
    #[diesel(sql_type = Integer)]
    synchronous: i32,
    #[diesel(sql_type = Integer)]
    foreign_keys: i32,
    #[diesel(sql_type = Text)]
    journal_mode: String,
    #[diesel(sql_type = Integer)]
    query_only: i32,
    #[diesel(sql_type = BigInt)]
    timeout: i64,
}

const PRAGMAS: &str = "SELECT synchronous, foreign_keys, journal_mode, query_only, timeout \
    FROM pragma_synchronous, pragma_foreign_keys, pragma_journal_mode, pragma_query_only, \
    pragma_busy_timeout";

#[tokio::test]
async fn what_is_written_is_durable_and_references_are_kept() {
    let corpus = Corpus::empty();
    let db = corpus.migrated();
    if corpus.database.is_postgres() {
        let asked = "SELECT current_setting('synchronous_commit') AS line";
        assert_eq!(corpus.database.lines(asked), ["on"]);
    } else {
        let full = 2;
        let writer: Pragmas = db
            .write(|conn| diesel::sql_query(PRAGMAS).get_result(conn))
            .await
            .unwrap();
        assert_eq!((writer.synchronous, writer.foreign_keys), (full, 1));
        assert_eq!(
            (writer.journal_mode.as_str(), writer.query_only),
            ("wal", 0)
        );
        assert!(writer.timeout >= 1000);
        let outside: Pragmas = diesel::sql_query(PRAGMAS)
            .get_result(&mut db.connect().unwrap())
            .unwrap();
        assert_eq!((outside.synchronous, outside.foreign_keys), (full, 1));
        let reader: Pragmas = db
            .read(|conn| diesel::sql_query(PRAGMAS).get_result(conn))
            .await
            .unwrap();
        assert_eq!((reader.query_only, reader.foreign_keys), (1, 1));
    }
    let orphan = "INSERT INTO aliases (path, slug) VALUES ('/old', 'nobody')";
    let refused = db
        .write(move |conn| diesel::sql_query(orphan).execute(conn))
        .await;
    assert!(refused.is_err());
    assert_eq!(corpus.database.number("SELECT COUNT(*) FROM aliases"), 0);
}

#[tokio::test]
async fn a_read_sees_one_state_and_cannot_write() {
    let corpus = Corpus::fixtures();
    corpus.ingest();
    let db = corpus.migrated();
    let refused = db
        .read(|conn| diesel::sql_query("DELETE FROM aliases").execute(conn))
        .await;
    assert!(refused.is_err());
    assert!(corpus.database.number("SELECT COUNT(*) FROM aliases") > 0);
}

#[tokio::test]
async fn a_failed_write_leaves_nothing() {
    let corpus = Corpus::empty();
    let db = corpus.migrated();
    let result: Result<(), _> = db
        .write(|conn| {
            diesel::sql_query("INSERT INTO editions (id, created_at, articles) VALUES (1, 0, 0)")
                .execute(conn)?;
            Err(diesel::result::Error::NotFound)
        })
        .await;
    assert!(result.is_err());
    assert_eq!(corpus.database.number("SELECT COUNT(*) FROM editions"), 0);
}

/// What `src/db/schema.rs` says, in the words of [`tables`].
fn schema_in_code() -> Tables {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/db/schema.rs");
    let text = fs::read_to_string(path).unwrap();
    let mut tables = Tables::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("diesel::table! {") {
        rest = &rest[at + "diesel::table! {".len()..];
        let (head, after) = rest.split_once('{').unwrap();
        let (body, after) = after.split_once('}').unwrap();
        rest = after;
        let (name, keys) = head.trim().split_once('(').unwrap();
        let keys: Vec<&str> = keys.trim().trim_end_matches(')').split(", ").collect();
        let columns = body
            .split(',')
            .map(str::trim)
            .filter(|column| !column.is_empty())
            .map(|column| {
                let (column, kind) = column.split_once(" -> ").unwrap();
                let inner = kind
                    .strip_prefix("Nullable<")
                    .map(|kind| kind.trim_end_matches('>'));
                let null = if inner.is_some() { " null" } else { "" };
                let key = match keys.iter().position(|key| *key == column) {
                    Some(place) => format!(" key {}", place + 1),
                    None => String::new(),
                };
                format!("{column} {}{null}{key}", inner.unwrap_or(kind))
            })
            .collect();
        tables.insert(name.trim().to_owned(), columns);
    }
    tables
}

/// The tables of a database, but for the one in which Diesel keeps count.
fn tables(database: &TestDatabase) -> Tables {
    let sql = if database.is_postgres() {
        "SELECT c.table_name || '|' || c.column_name || ' ' || CASE c.data_type \
           WHEN 'bigint' THEN 'BigInt' WHEN 'text' THEN 'Text' WHEN 'boolean' THEN 'Bool' \
           WHEN 'bytea' THEN 'Binary' ELSE c.data_type END || \
         CASE c.is_nullable WHEN 'YES' THEN ' null' ELSE '' END || \
         COALESCE(' key ' || k.ordinal_position, '') AS line \
         FROM information_schema.columns c \
         LEFT JOIN information_schema.table_constraints p ON p.table_schema = c.table_schema \
           AND p.table_name = c.table_name AND p.constraint_type = 'PRIMARY KEY' \
         LEFT JOIN information_schema.key_column_usage k ON k.constraint_name = p.constraint_name \
           AND k.table_schema = p.table_schema AND k.column_name = c.column_name \
         WHERE c.table_schema = 'public' AND c.table_name <> '__diesel_schema_migrations' \
         ORDER BY c.table_name, c.ordinal_position"
    } else {
        "SELECT m.name || '|' || c.name || ' ' || CASE c.type \
           WHEN 'BIGINT' THEN 'BigInt' WHEN 'TEXT' THEN 'Text' WHEN 'BOOLEAN' THEN 'Bool' \
           WHEN 'BLOB' THEN 'Binary' ELSE c.type END || \
         CASE c.\"notnull\" WHEN 1 THEN '' ELSE ' null' END || \
         CASE c.pk WHEN 0 THEN '' ELSE ' key ' || c.pk END AS line \
         FROM sqlite_master m, pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND m.name <> '__diesel_schema_migrations' \
         AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid"
    };
    let mut tables = Tables::new();
    for line in database.lines(sql) {
        let (table, column) = line.split_once('|').unwrap();
        tables
            .entry(table.to_owned())
            .or_default()
            .push(column.to_owned());
    }
    tables
}

fn indexes(database: &TestDatabase) -> Vec<String> {
    database.lines(if database.is_postgres() {
        "SELECT indexname::text AS line FROM pg_indexes WHERE schemaname = 'public' \
         AND tablename <> '__diesel_schema_migrations'"
    } else {
        "SELECT name AS line FROM sqlite_master WHERE type = 'index' \
         AND tbl_name <> '__diesel_schema_migrations'"
    })
}
