//! A folder for mail that stays on this machine.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tokio::task::spawn_blocking;

use super::{Letter, Outcome, Verdict};

/// One file for each mail, `NAME.eml`, readable by its owner alone.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(path: PathBuf) -> Folder {
        Folder(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// A mail that is written again replaces the file that it left before.
    pub(super) async fn carry(&self, letter: Letter, name: &str) -> Verdict {
        let folder = self.0.clone();
        let file = format!("{name}.eml");
        let path = folder.join(&file);
        match spawn_blocking(move || write(&folder, &path, &letter.bytes)).await {
            Ok(Ok(())) => Verdict::new(Outcome::Sent, None, format!("written to {file}")),
            Ok(Err(error)) => Verdict::new(
                Outcome::Later,
                None,
                format!("the mail folder cannot be written to: {error}"),
            ),
            Err(_) => Verdict::new(Outcome::Unclear, None, "writing was interrupted"),
        }
    }
}

/// Whole or not at all: what reads the folder never sees half a mail.
fn write(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)?;
    // It is made with the mode 0600.
    let mut draft = tempfile::Builder::new()
        .prefix(".draft")
        .tempfile_in(folder)?;
    draft.write_all(bytes)?;
    draft.as_file().sync_all()?;
    draft.persist(path).map_err(|error| error.error)?;
    Ok(())
}
