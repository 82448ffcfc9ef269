//! Makes the data folder ready to be written to.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::{Config, DatabaseUrl};

/// A folder that the instance must write to cannot be written to.
#[derive(Debug, Error)]
#[error(
    "the folder {} cannot be written to: {reason}; make it writable, or name another one with \
     --data or DAYBOOK_DATA",
    path.display()
)]
pub struct DataFolderError {
    /// The folder.
    pub path: PathBuf,
    /// What the system says.
    pub reason: io::Error,
}

impl Config {
    /// Makes the data folder, and the folder of the SQLite file if that lies
    /// elsewhere, and tries that files can be made in them. Commands that
    /// write call this first, so that the operator gets this sentence and not
    /// one about a lock or a journal.
    ///
    /// # Errors
    /// The first folder that cannot be made or written to.
    pub fn prepare_data(&self) -> Result<(), DataFolderError> {
        try_writing(&self.data)?;
        match &self.database_url {
            DatabaseUrl::Sqlite(file) => match file.parent() {
                Some(folder) if folder != self.data && folder != Path::new("") => {
                    try_writing(folder)
                }
                _ => Ok(()),
            },
            DatabaseUrl::Postgres(_) => Ok(()),
        }
    }
}

fn try_writing(folder: &Path) -> Result<(), DataFolderError> {
    let probe = folder.join(format!(".writable.{:016x}", rand::random::<u64>()));
    make(folder)
        .and_then(|()| fs::write(&probe, ""))
        .and_then(|()| fs::remove_file(&probe))
        .map_err(|reason| DataFolderError {
            path: folder.to_owned(),
            reason,
        })
}

/// Makes a folder that only its owner can look into: the reports in it are
/// nobody else's business. One that is there keeps its mode.
fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}
