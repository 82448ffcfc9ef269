//! Writes a changed article into the content folder, and asks for the import
//! that shows it.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use tempfile::Builder;
use thiserror::Error;
use tokio::sync::oneshot;

use super::requests::{ImportRequest, ImportRequests, Imported, NotImported};
use super::scan::MAX_TEXT_BYTES;

/// The way into the content folder, for the one place in the program that
/// writes there: the desk. Shared by all workers as `web::Data`.
///
/// A crash at any moment leaves the old file or the new one and never a part,
/// and whatever was written before it is found by the next import.
#[derive(Debug)]
pub struct Publisher {
    folder: PathBuf,
    may_write: bool,
    /// Two editors of one instance write one after the other.
    writing: Mutex<()>,
    ask: Sender<ImportRequest>,
}

/// A file as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresentFile {
    /// Its text, byte for byte, with whatever ends of lines it has.
    pub text: String,
    /// SHA-256 of its bytes, hexadecimal: what [`Publisher::write`] expects, and
    /// what the table `articles` calls `hash`.
    pub hash: String,
}

/// Why a file could not be read or written. Prints as a sentence for the
/// editor.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The settings, or the folder, do not allow it.
    #[error(
        "This instance may not write to the content folder: download the patch and apply it there."
    )]
    NotAllowed,
    /// The path leads elsewhere, over a link, or to no Markdown file.
    #[error("“{0}” is no file of the content folder that can be written.")]
    Outside(String),
    /// The file is not there any more.
    #[error("The file “{0}” is not there any more: look at the article again.")]
    Missing(String),
    /// Somebody was quicker.
    #[error("The file has changed since you saw it: look at it again, and decide again.")]
    Changed,
    /// It is no text that an import would read.
    #[error("The file would not be UTF-8, or larger than 2 MiB: nothing was written.")]
    NoText,
    /// The disk or the system refuses.
    #[error("The file could not be written: {0}. Nothing has changed.")]
    Io(#[from] io::Error),
}

/// SHA-256 of a text, hexadecimal, as [`PresentFile::hash`] has it.
#[must_use]
pub fn hash_of(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

impl Publisher {
    /// A publisher for a content folder. With `wants_to_write` it tries at once
    /// whether a file can be made there; without, it never writes.
    #[must_use]
    pub fn new(folder: &Path, wants_to_write: bool) -> (Publisher, ImportRequests) {
        let requests = ImportRequests::new();
        let publisher = Publisher {
            folder: folder.to_owned(),
            may_write: wants_to_write && temporary(folder).is_ok(),
            writing: Mutex::new(()),
            ask: requests.sender(),
        };
        (publisher, requests)
    }

    /// Whether the desk offers to apply a change, or only its patch.
    #[must_use]
    pub fn may_write(&self) -> bool {
        self.may_write
    }

    /// A file of the content folder as it is now; `path` is below the folder,
    /// with `/` between folders, as the table `articles` has it. It blocks.
    ///
    /// # Errors
    /// There is no such file, or it is none that may be written.
    pub fn read(&self, path: &str) -> Result<PresentFile, WriteError> {
        let bytes = self.bytes(&self.find(path)?, path)?;
        let text = String::from_utf8(bytes).map_err(|_| WriteError::NoText)?;
        let hash = hash_of(&text);
        Ok(PresentFile { text, hash })
    }

    /// Puts `text` in the place of a file that is still the one with the hash
    /// `expected`. The file is whole at every moment, keeps its mode, and is on
    /// the disk when this returns. It blocks. Call [`import`](Self::import)
    /// afterwards.
    ///
    /// # Errors
    /// Then the file is what it was, but for an error of the system after the
    /// new file has taken its place; an import then shows what is there.
    pub fn write(&self, path: &str, expected: &str, text: &str) -> Result<(), WriteError> {
        if !self.may_write {
            return Err(WriteError::NotAllowed);
        }
        if text.len() as u64 > MAX_TEXT_BYTES {
            return Err(WriteError::NoText);
        }
        // A panic of another writer leaves nothing half done either.
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let target = self.find(path)?;
        let folder = target.parent().unwrap_or(&self.folder);
        let is_expected = || -> Result<bool, WriteError> {
            let bytes = self.bytes(&target, path)?;
            Ok(HEXLOWER.encode(&Sha256::digest(&bytes)) == expected)
        };
        if !is_expected()? {
            return Err(WriteError::Changed);
        }
        let mut new = temporary(folder)?;
        new.write_all(text.as_bytes())?;
        keep_owner_and_mode(new.as_file(), &fs::metadata(&target)?)?;
        new.as_file().sync_all()?;
        // Others write here too: as late as can be, look once more.
        if !is_expected()? {
            return Err(WriteError::Changed);
        }
        new.persist(&target).map_err(|error| error.error)?;
        sync_folder(folder)?;
        Ok(())
    }

    /// Asks for an import that begins from now on, and waits for its end. The
    /// watch may import the same change at the same time; that does no harm.
    ///
    /// # Errors
    /// There was none. The change is found by the next.
    pub async fn import(&self) -> Result<Imported, NotImported> {
        let (send, receive) = oneshot::channel();
        self.ask
            .send(ImportRequest::answered(send))
            .map_err(|_| NotImported::NoImporter)?;
        receive.await.unwrap_or(Err(NotImported::NoImporter))
    }

    /// Where the file lies, if each part of its path is what it should be.
    fn find(&self, path: &str) -> Result<PathBuf, WriteError> {
        let outside = || WriteError::Outside(path.to_owned());
        let is_plain =
            |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0']);
        if !path.ends_with(".md") || !path.split('/').all(is_plain) {
            return Err(outside());
        }
        let mut at = self.folder.clone();
        for part in Path::new(path).components() {
            let Component::Normal(part) = part else {
                return Err(outside());
            };
            at.push(part);
            match fs::symlink_metadata(&at) {
                Ok(found) if found.is_symlink() => return Err(outside()),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    return Err(WriteError::Missing(path.to_owned()));
                }
                Err(error) => return Err(error.into()),
            }
        }
        if fs::symlink_metadata(&at)?.is_file() {
            Ok(at)
        } else {
            Err(outside())
        }
    }

    fn bytes(&self, file: &Path, path: &str) -> Result<Vec<u8>, WriteError> {
        match fs::read(file) {
            Ok(bytes) if bytes.len() as u64 > MAX_TEXT_BYTES => Err(WriteError::NoText),
            Ok(bytes) => Ok(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(WriteError::Missing(path.to_owned()))
            }
            Err(error) => Err(error.into()),
        }
    }
}

const TEMPORARY: (&str, &str) = (".daybook.", ".tmp");

/// What a program that was killed while it wrote has left behind is older than
/// any writing takes.
const FORSAKEN: Duration = Duration::from_secs(600);

/// A file that no import looks at, and that goes away by itself.
fn temporary(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    clear_forsaken(folder);
    Builder::new()
        .prefix(TEMPORARY.0)
        .suffix(TEMPORARY.1)
        .tempfile_in(folder)
}

/// Takes away files of ours that nobody writes any more. If that fails, they
/// lie there until the next time, and do no harm.
fn clear_forsaken(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_ours = name
            .to_str()
            .is_some_and(|name| name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1));
        let age = entry
            .metadata()
            .and_then(|about| about.modified())
            .ok()
            .and_then(|then| then.elapsed().ok());
        if is_ours && age.is_some_and(|age| age > FORSAKEN) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(unix)]
fn keep_owner_and_mode(file: &fs::File, old: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    // Only root may give files away; for everybody else they stay their own.
    let _ = fchown(file, Some(old.uid()), Some(old.gid()));
    file.set_permissions(old.permissions())
}

#[cfg(not(unix))]
fn keep_owner_and_mode(_: &fs::File, _: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

/// The name of a new file is on the disk only when its folder is.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::TempDir::new().unwrap();
        fs::create_dir(folder.path().join("articles")).unwrap();
        fs::write(folder.path().join("articles/a.md"), "old\r\n").unwrap();
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|one| one.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_a_killed_program_left_goes_with_the_next_change() {
        let folder = folder();
        let articles = folder.path().join("articles");
        let (old, young, other) = (".daybook.a.tmp", ".daybook.b.tmp", ".other.tmp");
        for name in [old, young, other] {
            fs::write(articles.join(name), "half").unwrap();
        }
        let long_ago = std::time::SystemTime::now() - 2 * FORSAKEN;
        for name in [old, other] {
            let file = fs::File::options().write(true).open(articles.join(name));
            file.unwrap().set_modified(long_ago).unwrap();
        }
        let (publisher, _requests) = Publisher::new(folder.path(), true);
        let seen = publisher.read("articles/a.md").unwrap();
        publisher
            .write("articles/a.md", &seen.hash, "new\n")
            .unwrap();
        assert_eq!(names(&articles), [young, other, "a.md"]);
    }

    #[test]
    fn a_file_is_written_if_it_is_still_the_one_that_was_seen() {
        let folder = folder();
        let (publisher, _requests) = Publisher::new(folder.path(), true);
        assert!(publisher.may_write());
        let seen = publisher.read("articles/a.md").unwrap();
        assert_eq!(seen.text, "old\r\n");
        publisher
            .write("articles/a.md", &seen.hash, "new\n")
            .unwrap();
        let again = publisher.write("articles/a.md", &seen.hash, "newer\n");
        assert!(matches!(again, Err(WriteError::Changed)));
        assert_eq!(publisher.read("articles/a.md").unwrap().text, "new\n");
        assert_eq!(names(&folder.path().join("articles")), ["a.md"]);
        assert_eq!(names(folder.path()), ["articles"]);
    }

    #[cfg(unix)]
    #[test]
    fn the_mode_of_a_file_stays() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder();
        let file = folder.path().join("articles/a.md");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let (publisher, _requests) = Publisher::new(folder.path(), true);
        let hash = hash_of("old\r\n");
        publisher.write("articles/a.md", &hash, "new").unwrap();
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o640
        );
    }

    #[cfg(unix)]
    #[test]
    fn no_path_and_no_link_leads_out_of_the_folder() {
        use std::os::unix::fs::symlink;
        let folder = folder();
        let outside = tempfile::TempDir::new().unwrap();
        fs::write(outside.path().join("b.md"), "old\r\n").unwrap();
        symlink(outside.path(), folder.path().join("linked")).unwrap();
        symlink(
            outside.path().join("b.md"),
            folder.path().join("articles/b.md"),
        )
        .unwrap();
        fs::create_dir(folder.path().join("articles/c.md")).unwrap();
        fs::write(folder.path().join("articles/d.txt"), "old\r\n").unwrap();
        fs::write(folder.path().join(".e.md"), "old\r\n").unwrap();
        let (publisher, _requests) = Publisher::new(folder.path(), true);
        let absolute = outside.path().join("b.md").display().to_string();
        let up = format!("../{}/b.md", outside.path().file_name().unwrap().display());
        for path in [
            "linked/b.md",
            "articles/b.md",
            "articles/c.md",
            "articles/d.txt",
            ".e.md",
            "articles/./a.md",
            "articles//a.md",
            "articles/../articles/a.md",
            &absolute,
            &up,
            "",
        ] {
            let hash = hash_of("old\r\n");
            let result = publisher.write(path, &hash, "new");
            assert!(matches!(result, Err(WriteError::Outside(_))), "{path}");
            assert!(publisher.read(path).is_err(), "{path}");
        }
        let missing = publisher.write("articles/x.md", "", "new");
        assert!(matches!(missing, Err(WriteError::Missing(_))));
        assert_eq!(
            fs::read_to_string(outside.path().join("b.md")).unwrap(),
            "old\r\n"
        );
    }

    #[test]
    fn what_may_not_be_written_is_not() {
        let folder = folder();
        let hash = hash_of("old\r\n");
        let (publisher, _requests) = Publisher::new(folder.path(), false);
        assert!(!publisher.may_write());
        let result = publisher.write("articles/a.md", &hash, "new");
        assert!(matches!(result, Err(WriteError::NotAllowed)));
        let (publisher, _requests) = Publisher::new(&folder.path().join("nowhere"), true);
        assert!(!publisher.may_write());
        let (publisher, _requests) = Publisher::new(folder.path(), true);
        let large = "x".repeat(2 * 1024 * 1024 + 1);
        let result = publisher.write("articles/a.md", &hash, &large);
        assert!(matches!(result, Err(WriteError::NoText)));
        assert_eq!(publisher.read("articles/a.md").unwrap().hash, hash);
    }

    #[tokio::test]
    async fn whoever_asks_for_an_import_gets_an_answer() {
        let folder = folder();
        let (publisher, requests) = Publisher::new(folder.path(), true);
        let worker = std::thread::spawn(move || {
            for request in requests.wait(Duration::from_secs(10)) {
                request.answer(Ok(Imported {
                    edition: 7,
                    diagnostics: Vec::new(),
                }));
            }
        });
        assert_eq!(publisher.import().await.unwrap().edition, 7);
        worker.join().unwrap();
        // The thread has ended, and the requests with it.
        let refused = publisher.import().await.unwrap_err();
        assert_eq!(refused, NotImported::NoImporter);
    }
}
