//! What the system says of changes below the content folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use notify::event::{AccessKind, AccessMode, ModifyKind, RemoveKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::content::ImportRequest;

/// Sees changes until it is dropped.
pub(super) struct Sight {
    root: PathBuf,
    open: Open,
    _watcher: RecommendedWatcher,
}

/// Files that were written to and not yet closed. Only Linux tells of the
/// closing, so elsewhere there are none.
type Open = Arc<Mutex<BTreeSet<PathBuf>>>;

impl Sight {
    pub(super) fn of(content: &Path, changed: Sender<ImportRequest>) -> anyhow::Result<Sight> {
        let root = std::path::absolute(content)
            .with_context(|| format!("{} cannot be watched", content.display()))?;
        let open = Open::default();
        let written = Arc::clone(&open);
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Ok(event) = &event {
                follow(event, &written);
            }
            if let Some(request) = request(event) {
                // The receiver is gone only when the program ends.
                let _ = changed.send(request);
            }
        })
        .context("changes of files cannot be watched here")?;
        watcher
            .watch(&root, RecursiveMode::Recursive)
            .with_context(|| format!("{} cannot be watched", content.display()))?;
        Ok(Sight {
            root,
            open,
            _watcher: watcher,
        })
    }

    /// Whether somebody is writing this file just now.
    pub(super) fn is_open(&self, file: &Path) -> bool {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.contains(file)
    }

    /// The path below the content folder, with `/` between names; `None` for
    /// what lies elsewhere or is not UTF-8.
    pub(super) fn below(&self, file: &Path) -> Option<String> {
        let names = file.strip_prefix(&self.root).ok()?.iter();
        let names: Vec<&str> = names.map(|name| name.to_str()).collect::<Option<_>>()?;
        (!names.is_empty()).then(|| names.join("/"))
    }
}

/// Keeps account of who is writing.
fn follow(event: &Event, open: &Open) {
    if !cfg!(target_os = "linux") {
        return;
    }
    let mut open = open.lock().unwrap_or_else(PoisonError::into_inner);
    for path in &event.paths {
        match event.kind {
            EventKind::Modify(ModifyKind::Data(_)) => {
                open.insert(path.clone());
            }
            EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Remove(_)
            | EventKind::Modify(ModifyKind::Name(_)) => {
                open.remove(path);
            }
            _ => {}
        }
    }
}

/// What must be looked at for an event; `None` for nothing. Where it is not
/// said of which file it tells, where something was lost, and where a folder
/// went, that is the whole folder.
fn request(event: notify::Result<Event>) -> Option<ImportRequest> {
    let Ok(event) = event else {
        return Some(ImportRequest::unanswered());
    };
    let is_closed = event.kind == EventKind::Access(AccessKind::Close(AccessMode::Write));
    if event.kind.is_access() && !is_closed {
        return None;
    }
    let is_text = |path: &PathBuf| path.extension().is_some_and(|end| end == "md");
    let is_vague = match event.kind {
        EventKind::Any | EventKind::Other => true,
        EventKind::Remove(kind) => kind != RemoveKind::File,
        // Also a folder's: what lay in it has other addresses now.
        EventKind::Modify(ModifyKind::Name(RenameMode::From | RenameMode::Any)) => !event
            .paths
            .iter()
            .all(|path| is_text(path) || is_spare(path)),
        _ => false,
    };
    Some(
        if is_vague || event.need_rescan() || event.paths.is_empty() {
            ImportRequest::unanswered()
        } else {
            ImportRequest::seen(event.paths)
        },
    )
}

/// Whether an editor keeps this beside a file; no run looks at it.
fn is_spare(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.starts_with('.') || name.ends_with('~'))
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, Flag};

    use super::*;

    fn seen(kind: EventKind, path: &str) -> Option<Option<Vec<PathBuf>>> {
        let event = Event::new(kind).add_path(path.into());
        request(Ok(event)).map(|request| request.files().map(<[PathBuf]>::to_vec))
    }

    #[test]
    fn a_file_is_looked_at_alone_and_for_what_was_lost_the_whole_folder() {
        let file = "/c/articles/01/01/a.md";
        let alone = Some(Some(vec![PathBuf::from(file)]));
        let data = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        assert_eq!(seen(data, file), alone);
        assert_eq!(seen(EventKind::Create(CreateKind::File), file), alone);
        let from = EventKind::Modify(ModifyKind::Name(RenameMode::From));
        assert_eq!(seen(from, file), alone);
        assert_eq!(seen(EventKind::Remove(RemoveKind::File), file), alone);
        let read = EventKind::Access(AccessKind::Open(AccessMode::Read));
        assert_eq!(seen(read, file), None);

        let all = Some(None);
        assert_eq!(seen(from, "/c/articles/01"), all);
        assert_eq!(seen(EventKind::Remove(RemoveKind::Folder), "/c/x"), all);
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(request(Ok(lost)).is_some_and(|request| request.files().is_none()));
        let garbled = Err(notify::Error::generic("an error"));
        assert!(request(garbled).is_some_and(|request| request.files().is_none()));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_file_is_open_from_the_first_write_until_it_is_closed() {
        let (open, path) = (Open::default(), PathBuf::from("/c/a.md"));
        let is_open = || open.lock().unwrap().contains(&path);
        let tell = |kind| follow(&Event::new(kind).add_path(path.clone()), &open);
        tell(EventKind::Modify(ModifyKind::Data(DataChange::Any)));
        assert!(is_open());
        tell(EventKind::Access(AccessKind::Close(AccessMode::Write)));
        assert!(!is_open());
    }
}
