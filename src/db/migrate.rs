//! Migrations, inside the program and applied at start.

use anyhow::{Context, anyhow};
use diesel::migration::{Migration, MigrationSource};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::AnyConnection;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
#[cfg(feature = "postgres")]
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Brings the tables up to date and returns the names of the migrations that
/// were applied. Processes that start together wait for each other.
///
/// # Errors
/// The database refused one; it is left as it was before.
pub fn run(conn: &mut AnyConnection) -> anyhow::Result<Vec<String>> {
    conn.change(|conn| -> anyhow::Result<Vec<String>> {
        conn.exclude_others()?;
        let applied = match conn {
            AnyConnection::Sqlite(conn) => conn.run_pending_migrations(SQLITE),
            #[cfg(feature = "postgres")]
            AnyConnection::Postgres(conn) => conn.run_pending_migrations(POSTGRES),
        }
        .map_err(|error| anyhow!(error))
        .context("the tables could not be brought up to date")?;
        Ok(applied.iter().map(ToString::to_string).collect())
    })
}

/// Takes every migration back, newest first. Only tests do this.
///
/// # Errors
/// The database refused one.
#[doc(hidden)]
pub fn revert_all(conn: &mut AnyConnection) -> anyhow::Result<()> {
    match conn {
        AnyConnection::Sqlite(conn) => conn.revert_all_migrations(SQLITE),
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(conn) => conn.revert_all_migrations(POSTGRES),
    }
    .map(|_| ())
    .map_err(|error| anyhow!(error))
}

/// The migrations that this program holds, oldest first.
///
/// # Errors
/// Never, unless the program was built from a damaged tree.
pub fn names() -> anyhow::Result<Vec<String>> {
    let all: Vec<Box<dyn Migration<diesel::sqlite::Sqlite>>> =
        SQLITE.migrations().map_err(|error| anyhow!(error))?;
    Ok(all.iter().map(|one| one.name().to_string()).collect())
}
