//! One connection to either engine, opened as that engine needs it.

use std::time::Duration;

use diesel::QueryResult;
use diesel::connection::{
    AnsiTransactionManager, Connection, LoadConnection, SimpleConnection, TransactionManager,
};
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use diesel::sqlite::SqliteConnection;

use crate::config::DatabaseUrl;

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// A request that only looks.
    Read,
    /// A request that looks and changes.
    Write,
    /// Work that may take long, on a thread of its own: imports, migrations.
    Work,
}

/// The kinds of transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begin {
    /// Sees one unchanging state and changes nothing.
    Snapshot,
    /// Changes something, durably. One at a time, on either engine: each has to
    /// see the line of the audit before its own, and rows that two transactions
    /// took in another order would be a deadlock.
    Change,
    /// Changes much: an import, a migration. One at a time of these; beside
    /// them, on PostgreSQL, readers go on reporting.
    LongChange,
}

/// The lines in which transactions stand on PostgreSQL. Any numbers would do:
/// these are "daybook" in ASCII, and the one after it.
#[cfg(feature = "postgres")]
const LINE_OF_LONG_CHANGES: i64 = 28_254_574_889_135_979;
#[cfg(feature = "postgres")]
const LINE_OF_CHANGES: i64 = LINE_OF_LONG_CHANGES + 1;

/// A connection to one of the engines that this program was built with.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    /// Embedded SQLite.
    Sqlite(SqliteConnection),
    /// A PostgreSQL server.
    #[cfg(feature = "postgres")]
    Postgres(diesel::pg::PgConnection),
}

/// How long a lock is waited for, set before all else, which may need it. A
/// reader waits less, since WAL never makes it wait for the writer.
const SQLITE_WRITER_WAITS: &str = "PRAGMA busy_timeout = 5000";
const SQLITE_READER_WAITS: &str = "PRAGMA busy_timeout = 2000";

/// `FULL` makes every acknowledged write survive a power failure, and
/// `secure_delete` leaves nothing of an erased address in the file.
const SQLITE_WRITER: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -16000;
    PRAGMA mmap_size = 0;
    PRAGMA journal_size_limit = 67108864;
";

/// How often a file that another process is opening is tried again.
const OPENING_TRIES: usize = 10;
const OPENING_PAUSE: Duration = Duration::from_millis(50);

/// A reader can change nothing. The file is not mapped: each connection would
/// count what it has touched of it as memory of its own, and reading is no
/// slower. A page touches some hundred kilobytes, so a few megabytes are cache
/// enough for one of many connections.
const SQLITE_READER: &str = "
    PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -4000;
    PRAGMA mmap_size = 0;
    PRAGMA query_only = ON;
";

impl AnyConnection {
    /// Opens the engine that the URL names; the error is a sentence.
    /// `statement` is how long PostgreSQL lets one statement of a request take;
    /// [`Access::Work`] has a time of its own.
    pub(super) fn open(
        url: &DatabaseUrl,
        access: Access,
        statement: Duration,
    ) -> Result<AnyConnection, String> {
        match url {
            DatabaseUrl::Sqlite(path) => {
                let name = path.to_string_lossy();
                let pragmas = match access {
                    Access::Read => [SQLITE_READER_WAITS, SQLITE_READER],
                    Access::Write | Access::Work => [SQLITE_WRITER_WAITS, SQLITE_WRITER],
                };
                let open = || -> Result<SqliteConnection, String> {
                    let mut conn =
                        SqliteConnection::establish(&name).map_err(|error| error.to_string())?;
                    for one in pragmas {
                        conn.batch_execute(one).map_err(|error| error.to_string())?;
                    }
                    Ok(conn)
                };
                // Two that put a new file into WAL at once get an error and no
                // wait, whatever the busy timeout.
                let mut opened = open();
                for _ in 0..OPENING_TRIES {
                    if !matches!(&opened, Err(error) if error.contains("locked")) {
                        break;
                    }
                    std::thread::sleep(OPENING_PAUSE);
                    opened = open();
                }
                opened
                    .map(AnyConnection::Sqlite)
                    .map_err(|error| format!("the SQLite file {name} cannot be opened: {error}"))
            }
            #[cfg(feature = "postgres")]
            DatabaseUrl::Postgres(secret) => {
                super::server::open(secret, access, statement).map(AnyConnection::Postgres)
            }
            #[cfg(not(feature = "postgres"))]
            DatabaseUrl::Postgres(_) => {
                let _ = statement;
                Err(format!(
                    "{url} is a PostgreSQL database, and this program was built without the feature `postgres`"
                ))
            }
        }
    }

    /// Runs `work` against one unchanging state of the data.
    pub(crate) fn snapshot<T>(
        &mut self,
        work: impl FnOnce(&mut AnyConnection) -> QueryResult<T>,
    ) -> QueryResult<T> {
        self.begin(Begin::Snapshot)?;
        self.finish(Begin::Snapshot, work)
    }

    /// Runs `work` as one change, when all that stood in line before it have
    /// ended.
    ///
    /// # Errors
    /// The database's, or those of `work`; then nothing of it remains.
    pub fn change<T, E>(
        &mut self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<QueryError>,
    {
        self.begin(Begin::Change)?;
        self.finish(Begin::Change, work)
    }

    /// As [`change`](Self::change), for what may take long and should hold up
    /// nobody's report: it stands in a line of its own. Before it touches what
    /// others change as well, it must [join](Self::join_changes) them.
    pub(crate) fn long_change<T, E>(
        &mut self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<QueryError>,
    {
        self.begin(Begin::LongChange)?;
        self.finish(Begin::LongChange, work)
    }

    /// As [`long_change`](Self::long_change), for the one that fills a database
    /// in which there is nothing to read yet. A write-ahead log is there for
    /// readers, and costs that every page is written twice; so where nobody else
    /// has the SQLite file open, this change does without. It is as durable: a
    /// rollback journal holds the few pages that were there before.
    pub(crate) fn filling_change<T, E>(
        &mut self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<QueryError>,
    {
        let is_alone = self.leave_log()?;
        let result = self.long_change(work);
        if is_alone {
            // If somebody has come meanwhile, it is for the next who writes:
            // every writer asks for the log when it opens the file.
            let _ = self.return_to_log();
        }
        result
    }

    /// Ends the use of a write-ahead log; false where there is none, and where
    /// others have the file open.
    fn leave_log(&mut self) -> QueryResult<bool> {
        match self {
            AnyConnection::Sqlite(conn) => {
                // Whoever is there will not be gone in a moment.
                conn.batch_execute("PRAGMA busy_timeout = 0")?;
                let is_alone = conn.batch_execute("PRAGMA journal_mode = DELETE").is_ok();
                conn.batch_execute(SQLITE_WRITER_WAITS)?;
                Ok(is_alone)
            }
            #[cfg(feature = "postgres")]
            AnyConnection::Postgres(_) => Ok(false),
        }
    }

    fn return_to_log(&mut self) -> QueryResult<()> {
        match self {
            AnyConnection::Sqlite(conn) => conn.batch_execute("PRAGMA journal_mode = WAL"),
            #[cfg(feature = "postgres")]
            AnyConnection::Postgres(_) => Ok(()),
        }
    }

    /// Lets a long change go on as one of the changes, to its end. It is late in
    /// line, so it must hold no row that one of them may want; in a change it
    /// does nothing.
    pub(crate) fn join_changes(&mut self) -> QueryResult<()> {
        self.stand_in_line(Begin::Change)
    }

    /// Begins a transaction. On SQLite a change takes the write lock at once: a
    /// transaction that begins by reading and is then upgraded fails when
    /// another has written, whatever the busy timeout.
    pub(super) fn begin(&mut self, how: Begin) -> QueryResult<()> {
        match self {
            AnyConnection::Sqlite(conn) => {
                let sql = match how {
                    Begin::Snapshot => "BEGIN DEFERRED",
                    Begin::Change | Begin::LongChange => "BEGIN IMMEDIATE",
                };
                AnsiTransactionManager::begin_transaction_sql(conn, sql)
            }
            #[cfg(feature = "postgres")]
            AnyConnection::Postgres(conn) => {
                let sql = match how {
                    Begin::Snapshot => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                    Begin::Change | Begin::LongChange => "BEGIN",
                };
                AnsiTransactionManager::begin_transaction_sql(conn, sql)
            }
        }
    }

    /// Takes what was erased out of the files as well, outside any transaction.
    /// SQLite overwrites it in the database, and keeps it in the write-ahead log
    /// until that is emptied; if a reader holds on to the log for longer than
    /// the busy timeout, that waits for the next time. PostgreSQL clears up by
    /// itself.
    pub(crate) fn scrub(&mut self) -> QueryResult<()> {
        match self {
            AnyConnection::Sqlite(conn) => conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)"),
            #[cfg(feature = "postgres")]
            AnyConnection::Postgres(_) => Ok(()),
        }
    }

    /// Waits for its turn. SQLite's write lock, taken by [`begin`](Self::begin),
    /// is a line already.
    fn stand_in_line(&mut self, _which: Begin) -> QueryResult<()> {
        match self {
            AnyConnection::Sqlite(_) => Ok(()),
            #[cfg(feature = "postgres")]
            AnyConnection::Postgres(conn) => {
                use diesel::RunQueryDsl;
                let line = match _which {
                    Begin::Snapshot => return Ok(()),
                    Begin::Change => LINE_OF_CHANGES,
                    Begin::LongChange => LINE_OF_LONG_CHANGES,
                };
                diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
                    .bind::<diesel::sql_types::BigInt, _>(line)
                    .execute(conn)
                    .map(|_| ())
            }
        }
    }

    /// Runs `work` in the transaction that was begun, when it is its turn, and
    /// ends it.
    pub(super) fn finish<T, E>(
        &mut self,
        begun: Begin,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<QueryError>,
    {
        type Manager = <AnyConnection as Connection>::TransactionManager;
        let result = match self.stand_in_line(begun) {
            Ok(()) => work(self),
            Err(error) => Err(error.into()),
        };
        match result {
            Ok(value) => {
                Manager::commit_transaction(self)?;
                Ok(value)
            }
            Err(error) => {
                // The first error says what happened; a failed rollback only
                // breaks the connection, which the pool then replaces.
                let _ = Manager::rollback_transaction(self);
                Err(error)
            }
        }
    }

    /// Whether no transaction was left half done on it.
    pub(super) fn can_be_used_again(&mut self) -> bool {
        type Manager = <AnyConnection as Connection>::TransactionManager;
        !Manager::is_broken_transaction_manager(self)
    }

    /// Whether it leads somewhere that can go away without a word.
    pub(super) fn may_be_lost(&self) -> bool {
        !matches!(self, AnyConnection::Sqlite(_))
    }
}

/// Whether an error means that there is no server any more at the other end.
pub(super) fn is_lost(error: &QueryError) -> bool {
    const WORDS: [&str; 8] = [
        "terminating connection",
        "server closed the connection",
        "connection has been closed unexpectedly",
        "no connection to the server",
        "could not receive data from server",
        "could not send data to server",
        "the database system is",
        "connection not open",
    ];
    match error {
        QueryError::DatabaseError(DatabaseErrorKind::ClosedConnection, _) => true,
        QueryError::DatabaseError(_, information) => {
            let message = information.message();
            WORDS.iter().any(|words| message.contains(words))
        }
        QueryError::BrokenTransactionManager => true,
        QueryError::RollbackErrorOnCommit { commit_error, .. } => is_lost(commit_error),
        _ => false,
    }
}

/// Whether an error comes from the state of the database (locked, full,
/// read-only, away) and not from the query. SQLite reports these as text only:
/// the words are those of `sqlite3_errstr`.
pub(super) fn is_passing(error: &QueryError) -> bool {
    const WORDS: [&str; 9] = [
        "database is locked",
        "database table is locked",
        "database or disk is full",
        "attempt to write a readonly database",
        "disk I/O error",
        "unable to open database file",
        "canceling statement due to",
        "could not connect",
        "deadlock detected",
    ];
    match error {
        // Another changed the same; the next try may find it changed.
        QueryError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        error if is_lost(error) => true,
        QueryError::DatabaseError(_, information) => {
            let message = information.message();
            WORDS.iter().any(|words| message.contains(words))
        }
        QueryError::RollbackErrorOnCommit { commit_error, .. } => is_passing(commit_error),
        _ => false,
    }
}
