//! Which pictures are looked at, and what they turn out to be.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::sync::RwLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::queries::{Stamp, State};
use super::reading::hash;
use super::{Changes, folder};
use crate::content::{Diagnostic, FileKind, FoundFile, PictureFile};
use crate::pictures::{self, Examined};

/// A picture that needs more than this to be unpacked is unpacked while no other
/// is: it may take all the memory that an import is allowed.
const LARGE: u64 = 24 * 1024 * 1024;

/// A picture that was opened.
struct Looked {
    hash: String,
    picture: PictureFile,
    /// With its bytes, if the database does not have it.
    new: Option<(Examined, Vec<u8>)>,
}

impl Changes {
    /// Looks at pictures that are new or changed, on all cores; returns the
    /// folders they lie in. One that the database knows by its hash is not
    /// unpacked again.
    pub(super) fn take_pictures(
        &mut self,
        root: &Path,
        files: &[FoundFile],
        state: &mut State,
        full: bool,
    ) -> BTreeSet<String> {
        let mut folders = BTreeSet::new();
        for path in &self.removed_files {
            if state.picture_of_file.contains_key(path) {
                folders.insert(folder(path).to_owned());
            }
        }
        let mut wanted = Vec::new();
        for file in files.iter().filter(|file| file.kind == FileKind::Picture) {
            let known = state.files.get(&file.path);
            let same = !full && known.is_some_and(|known| known.is_same(file));
            // One that no article uses yet is not kept, so it is read again.
            match state.picture_of_file.remove(&file.path) {
                Some(picture) if same => self.put_beside(&file.path, picture),
                _ => wanted.push(file),
            }
        }
        self.read += wanted.len();
        let looked = look_at_all(root, &wanted, &state.pictures);
        for (file, result) in wanted.into_iter().zip(looked) {
            let known = state.files.get(&file.path);
            match result {
                Ok(Looked { hash, picture, new }) => {
                    let is_news = known.is_none_or(|known| known.held || known.hash != hash);
                    if full || is_news || !state.pictures.contains_key(&hash) {
                        folders.insert(folder(&file.path).to_owned());
                    }
                    self.stamps
                        .push(Stamp::new(file, hash.clone(), false, known));
                    self.put_beside(&file.path, picture);
                    if let Some(new) = new {
                        self.pictures.insert(hash, new);
                    }
                }
                Err(message) => {
                    if full || known.is_none_or(|known| !known.held) {
                        folders.insert(folder(&file.path).to_owned());
                    }
                    let diagnostic = Diagnostic::error(1, 1, "P001", &message);
                    self.diagnostics.push(diagnostic.in_file(&file.path));
                    self.stamps
                        .push(Stamp::new(file, String::new(), true, known));
                }
            }
        }
        folders
    }

    pub(super) fn put_beside(&mut self, path: &str, picture: PictureFile) {
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        self.picture_files
            .entry(folder(path).to_owned())
            .or_default()
            .insert(name, picture);
    }
}

/// In the order of the files.
fn look_at_all(
    root: &Path,
    files: &[&FoundFile],
    known: &HashMap<String, PictureFile>,
) -> Vec<Result<Looked, String>> {
    let (next, turns) = (AtomicUsize::new(0), RwLock::new(()));
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let mut looked: Vec<(usize, Result<Looked, String>)> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..workers.min(files.len()))
            .map(|_| {
                scope.spawn(|| {
                    let mut mine = Vec::new();
                    while let Some((at, file)) = {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        files.get(at).map(|file| (at, *file))
                    } {
                        mine.push((at, look_at(&root.join(&file.path), known, &turns)));
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
    looked.sort_by_key(|(at, _)| *at);
    looked.into_iter().map(|(_, result)| result).collect()
}

fn look_at(
    path: &Path,
    known: &HashMap<String, PictureFile>,
    turns: &RwLock<()>,
) -> Result<Looked, String> {
    let unreadable = |error: std::io::Error| format!("the picture cannot be read: {error}");
    if fs::metadata(path).map_err(unreadable)?.len() > pictures::MAX_BYTES {
        return Err("the picture is larger than 20 MiB: save a smaller one".to_owned());
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    let hash = hash(&bytes);
    if let Some(picture) = known.get(&hash) {
        return Ok(Looked {
            hash,
            picture: picture.clone(),
            new: None,
        });
    }
    let examined = if pictures::unpacked(&bytes) > LARGE {
        let _alone = turns.write();
        pictures::examine(&bytes)?
    } else {
        let _with_others = turns.read();
        pictures::examine(&bytes)?
    };
    let picture = PictureFile {
        hash: hash.clone(),
        width: examined.width,
        height: examined.height,
        tone: examined.tone.to_owned(),
    };
    Ok(Looked {
        hash,
        picture,
        new: Some((examined, bytes)),
    })
}
