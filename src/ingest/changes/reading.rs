//! Which files are opened, and what they hold.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::ProgressBar;
use sha2::{Digest, Sha256};

use super::super::Read;
use super::super::queries::{KnownFile, Stamp, State};
use super::{Changes, folder};
use crate::content::{self, Diagnostic, Document, FileKind, FoundFile};

/// A file that was modified so shortly before it was read that its time cannot
/// tell whether it has changed since: its content decides.
const TOO_CLOSE_MS: i64 = 2_000;

/// So many bytes of articles are kept from reading to rendering; the texts of
/// those beyond are read again.
const MOST_TEXT: usize = 96 * 1024 * 1024;

impl Changes {
    /// Opens and parses files on all cores.
    pub(super) fn open(
        &mut self,
        root: &Path,
        wanted: &[&FoundFile],
        state: &State,
        changed_pictures: &BTreeSet<String>,
        full: bool,
        bar: &ProgressBar,
    ) -> Vec<Read> {
        let (next, kept) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        let mut opened: Vec<(usize, Opened)> = std::thread::scope(|scope| {
            let handles: Vec<_> = (0..workers.min(wanted.len()))
                .map(|_| {
                    let (next, kept) = (&next, &kept);
                    scope.spawn(move || {
                        let mut mine = Vec::new();
                        while let Some((at, file)) = {
                            let at = next.fetch_add(1, Ordering::Relaxed);
                            wanted.get(at).map(|file| (at, *file))
                        } {
                            let known = state.files.get(&file.path).filter(|known| {
                                !known.held
                                    && !full
                                    && !changed_pictures.contains(folder(&file.path))
                                    && !state.is_stale(&file.path)
                            });
                            let known = known.map(|known| known.hash.as_str());
                            let mut opened = Opened::open(root, file, known);
                            opened.forget_text(kept, MOST_TEXT);
                            mine.push((at, opened));
                            bar.inc(1);
                        }
                        mine
                    })
                })
                .collect();
            handles
                .into_iter()
                .flat_map(|handle| handle.join().unwrap_or_default())
                .collect()
        });
        opened.sort_by_key(|(at, _)| *at);
        self.read += opened.len();
        let mut reads = Vec::new();
        for (at, opened) in opened {
            let file = wanted[at];
            let known = state.files.get(&file.path);
            for diagnostic in opened.diagnostics {
                self.diagnostics.push(diagnostic.in_file(&file.path));
            }
            let held = opened.document.is_none() && !opened.is_same;
            let mut stamp = Stamp::new(file, opened.hash, held, known);
            stamp.is_same = opened.is_same;
            self.stamps.push(stamp);
            if let Some(document) = opened.document {
                let path = file.path.clone();
                reads.push(Read { path, document });
            }
        }
        reads
    }
}

/// The files that must be opened, in the order of their paths.
pub(super) fn wanted<'a>(
    files: &'a [FoundFile],
    state: &State,
    changed_pictures: &BTreeSet<String>,
    full: bool,
) -> Vec<&'a FoundFile> {
    // A file that lost an address to one that has now gone gets its turn,
    // because files that are held back are always read again.
    files
        .iter()
        .filter(|file| file.kind != FileKind::Picture)
        .filter(|file| {
            full || state.is_stale(&file.path)
                || (matches!(file.kind, FileKind::Article(_))
                    && changed_pictures.contains(folder(&file.path)))
                || state
                    .files
                    .get(&file.path)
                    .is_none_or(|known| known.held || !known.is_same(file))
        })
        .collect()
}

/// A file as it was when it was opened.
#[derive(Debug, Default)]
pub(super) struct Opened {
    pub(super) hash: String,
    /// It holds what the database already knows.
    is_same: bool,
    pub(super) document: Option<Document>,
    diagnostics: Vec<Diagnostic>,
}

impl Opened {
    pub(super) fn open(root: &Path, file: &FoundFile, known_hash: Option<&str>) -> Opened {
        let bytes = match fs::read(root.join(&file.path)) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("the file cannot be read: {error}");
                return Opened {
                    diagnostics: vec![Diagnostic::error(1, 1, "S007", &message)],
                    ..Opened::default()
                };
            }
        };
        let hash = hash(&bytes);
        if known_hash == Some(hash.as_str()) {
            return Opened {
                hash,
                is_same: true,
                ..Opened::default()
            };
        }
        let (document, diagnostics) = content::parse(&file.kind, &bytes);
        Opened {
            hash,
            is_same: false,
            document,
            diagnostics,
        }
    }
}

impl Opened {
    /// Lets go of an article's text once more than `most` bytes of them have
    /// been `kept`.
    fn forget_text(&mut self, kept: &AtomicUsize, most: usize) {
        if let Some(Document::Article(article)) = &mut self.document {
            let length = article.source.len();
            if kept.fetch_add(length, Ordering::Relaxed) + length > most {
                article.source = String::new();
            }
        }
    }
}

impl KnownFile {
    /// Whether size, time and number of the file say that it is unchanged.
    pub(in crate::ingest) fn is_same(&self, file: &FoundFile) -> bool {
        self.size == file.size
            && self.modified_ns == file.modified_ns
            && self.inode == file.inode
            && file.modified_ns / 1_000_000 < self.read_at - TOO_CLOSE_MS
    }
}

impl State {
    /// Whether an article was rendered by an older renderer.
    fn is_stale(&self, path: &str) -> bool {
        self.stale.contains(path)
    }
}

pub(in crate::ingest) fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::articles::model::Slug;

    #[test]
    fn what_is_beyond_the_room_for_texts_is_let_go() {
        let text = "---\ntitle: A bell\nsummary: It rings.\ndates: [{on: 1900-01-02}]\nplace: Rome, Italy\nsources: [{id: book, kind: book, title: Bells, author: An Author}]\nauthor: Ada Writer\npublished: 2026-11-22\n---\nIt rang.[^book]\n";
        let kept = AtomicUsize::new(0);
        let source_of = || {
            let kind = FileKind::Article(Slug::parse("a-bell").unwrap());
            let (document, found) = content::parse(&kind, text.as_bytes());
            assert!(document.is_some(), "{found:?}");
            let mut opened = Opened {
                document,
                ..Opened::default()
            };
            opened.forget_text(&kept, text.len() * 3 / 2);
            match opened.document {
                Some(Document::Article(article)) => article.source,
                _ => String::new(),
            }
        };
        assert_eq!(source_of(), text);
        assert_eq!(source_of(), "");
    }
}
