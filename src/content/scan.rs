//! Which files there are below the content folder, without opening any.
//!
//! Links are not followed: a link could lead out of the tree, and whoever may
//! add a file to `content/` must not be able to publish one that lies outside.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::Diagnostic;
use crate::articles::model::{Registry, Slug};

/// A text file may be this large; pictures have a limit of their own.
pub(super) const MAX_TEXT_BYTES: u64 = 2 * 1024 * 1024;

/// How deep folders may lie in each other.
const MAX_DEPTH: usize = 12;

/// What a file is, told by where it lies and how it is named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// `articles/**/slug.md`.
    Article(Slug),
    /// `people/slug.md` and its like.
    Entry(Registry, Slug),
    /// `pages/slug.md`.
    Page(Slug),
    /// `removed.yaml`.
    Removed,
    /// A picture, below `articles/`.
    Picture,
}

/// One file, as the file system describes it.
#[derive(Clone, Debug)]
pub struct FoundFile {
    /// Below the content folder, with `/` between folders.
    pub path: String,
    /// What it is.
    pub kind: FileKind,
    /// Bytes.
    pub size: i64,
    /// Nanoseconds since 1970.
    pub modified_ns: i64,
    /// Which file it is on its disk; 0 where the system has no such number.
    pub inode: i64,
    /// When the folder was looked through, in milliseconds since 1970: before
    /// the file was opened, so that a later change has a later time.
    pub seen_at: i64,
}

/// All that lies below a content folder.
#[derive(Debug, Default)]
pub struct Scan {
    /// The files that mean something, ordered by path.
    pub files: Vec<FoundFile>,
    /// What lies where it must not.
    pub diagnostics: Vec<Diagnostic>,
    /// Only some files were looked at: what is not among them may be there all
    /// the same.
    pub is_partial: bool,
    began_at: i64,
}

/// Looks through a content folder.
///
/// # Errors
/// The folder itself cannot be read.
pub fn scan(root: &Path) -> std::io::Result<Scan> {
    let mut found = Scan {
        began_at: jiff::Timestamp::now().as_millisecond(),
        ..Scan::default()
    };
    let mut folders: Vec<(PathBuf, String, usize)> = vec![(root.to_owned(), String::new(), 0)];
    // The root must be readable; a folder below it that is not costs only
    // what lies in it.
    fs::read_dir(root)?;
    while let Some((folder, name, depth)) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                found.note(
                    &name,
                    "S001",
                    &format!("this folder cannot be read: {error}"),
                );
                continue;
            }
        };
        for entry in entries.flatten() {
            let Ok(file_name) = entry.file_name().into_string() else {
                let lossy = entry.file_name().to_string_lossy().into_owned();
                let path = join(&name, &lossy);
                found.note(&path, "S002", "the name of this file is not UTF-8");
                continue;
            };
            if file_name.starts_with('.') || file_name.ends_with('~') {
                continue;
            }
            let path = join(&name, &file_name);
            let Ok(metadata) = entry.path().symlink_metadata() else {
                continue; // It went away while we looked: an editor's own file.
            };
            if metadata.is_symlink() {
                found.note(
                    &path,
                    "S003",
                    "this is a link; links are not followed: put the file itself here",
                );
            } else if metadata.is_dir() {
                if file_name.to_ascii_lowercase().ends_with(".md") {
                    found.note(
                        &path,
                        "S004",
                        "this is a folder, though its name ends in .md",
                    );
                } else if depth >= MAX_DEPTH {
                    found.note(&path, "S005", "folders lie too deep in each other here");
                } else {
                    folders.push((entry.path(), path, depth + 1));
                }
            } else if metadata.is_file() {
                found.take(path, &metadata);
            }
        }
    }
    found.files.sort_by(|a, b| a.path.cmp(&b.path));
    found.diagnostics.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(found)
}

/// Looks at these text files alone, by their paths below the folder with `/`
/// between names. What an editor keeps beside a file and what means nothing is
/// passed over. `None` where only [`scan`] can tell what has happened: one is
/// gone, is a picture, a folder or a link, or lies where it must not.
#[must_use]
pub fn look_at<'a>(root: &Path, paths: impl IntoIterator<Item = &'a str>) -> Option<Scan> {
    let mut found = Scan {
        began_at: jiff::Timestamp::now().as_millisecond(),
        is_partial: true,
        ..Scan::default()
    };
    for path in paths {
        if path
            .split('/')
            .any(|name| name.starts_with('.') || name.ends_with('~'))
        {
            continue;
        }
        match kind(path) {
            Ok(None) if !root.join(path).is_dir() => continue,
            Ok(None | Some(FileKind::Picture)) | Err(_) => return None,
            Ok(Some(_)) => {}
        }
        let mut at = root.to_owned();
        let folders = path.split('/').count() - 1;
        for (depth, name) in path.split('/').enumerate() {
            at.push(name);
            let metadata = at.symlink_metadata().ok()?;
            if depth < folders {
                // `is_dir` is false for a link, wherever it leads.
                if !metadata.is_dir() || depth >= MAX_DEPTH {
                    return None;
                }
            } else if metadata.is_file() {
                found.take(path.to_owned(), &metadata);
            } else {
                return None;
            }
        }
    }
    found.files.sort_by(|a, b| a.path.cmp(&b.path));
    found.files.dedup_by(|a, b| a.path == b.path);
    Some(found)
}

impl Scan {
    fn note(&mut self, path: &str, code: &str, message: &str) {
        let diagnostic = Diagnostic::error(1, 1, code, message).in_file(path);
        self.diagnostics.push(diagnostic);
    }

    fn take(&mut self, path: String, metadata: &fs::Metadata) {
        match kind(&path) {
            Ok(Some(kind)) => {
                let modified = metadata
                    .modified()
                    .ok()
                    .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
                    .and_then(|since| i64::try_from(since.as_nanos()).ok())
                    .unwrap_or(0);
                self.files.push(FoundFile {
                    path,
                    kind,
                    size: i64::try_from(metadata.len()).unwrap_or(i64::MAX),
                    modified_ns: modified,
                    inode: inode(metadata),
                    seen_at: self.began_at,
                });
            }
            Ok(None) => {}
            Err(message) => self.note(&path, "S006", &message),
        }
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// `None` for a file that means nothing here, such as a licence.
fn kind(path: &str) -> Result<Option<FileKind>, String> {
    if path == "removed.yaml" {
        return Ok(Some(FileKind::Removed));
    }
    let Some((folder, rest)) = path.split_once('/') else {
        return Ok(None);
    };
    let name = rest.rsplit('/').next().unwrap_or(rest);
    let lower = name.to_ascii_lowercase();
    if folder == "articles"
        && [".jpg", ".jpeg", ".png", ".webp", ".svg", ".gif"]
            .iter()
            .any(|end| lower.ends_with(end))
    {
        return Ok(Some(FileKind::Picture));
    }
    let Some(stem) = name.strip_suffix(".md") else {
        return Ok(None);
    };
    let slug = || {
        Slug::parse(stem).map_err(|_| {
            format!("the file name “{name}” gives no address: use lower-case letters, digits and single hyphens before .md")
        })
    };
    let flat = !rest.contains('/');
    match (folder, Registry::parse(folder)) {
        ("articles", _) => Ok(Some(FileKind::Article(slug()?))),
        ("pages", _) if flat => Ok(Some(FileKind::Page(slug()?))),
        (_, Some(registry)) if flat => Ok(Some(FileKind::Entry(registry, slug()?))),
        _ => Ok(None),
    }
}

#[cfg(unix)]
fn inode(metadata: &fs::Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    i64::from_ne_bytes(metadata.ino().to_ne_bytes())
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> i64 {
    0
}
