//! Migrations, inside the program and applied at start.

use anyhow::{Context, anyhow};
use diesel::backend::Backend;
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
    conn.long_change(|conn| -> anyhow::Result<Vec<String>> {
        match conn {
            AnyConnection::Sqlite(conn) => apply(conn, SQLITE),
            #[cfg(feature = "postgres")]
            AnyConnection::Postgres(conn) => apply(conn, POSTGRES),
        }
        .map_err(|error| anyhow!(error))
        .context("the tables could not be brought up to date")
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

/// Applies what is missing and returns its names. Diesel itself tells only the
/// versions, which are the names without their words.
fn apply<B: Backend>(
    conn: &mut impl MigrationHarness<B>,
    source: EmbeddedMigrations,
) -> diesel::migration::Result<Vec<String>>
where
    EmbeddedMigrations: MigrationSource<B>,
{
    let pending = conn.pending_migrations(source)?;
    conn.run_migrations(&pending)?;
    Ok(pending.iter().map(|one| one.name().to_string()).collect())
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
