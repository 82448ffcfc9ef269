//! How the thread that imports is asked to, and what it answers.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use thiserror::Error;
use tokio::sync::oneshot;

use super::Diagnostic;

/// Where requests to import arrive; for the thread that imports. Once it is
/// dropped, every request is refused.
#[derive(Debug)]
pub struct ImportRequests {
    arriving: Receiver<ImportRequest>,
    sender: Sender<ImportRequest>,
}

/// A wish that an import begins after this moment.
#[derive(Debug, Default)]
pub struct ImportRequest {
    asked: Option<oneshot::Sender<Result<Imported, NotImported>>>,
    seen: Option<Vec<PathBuf>>,
}

/// What an import that was asked for came to.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// The edition that readers see now.
    pub edition: i64,
    /// What was found wrong, as `daybook ingest` tells it: with an error in it,
    /// a file is held back, and readers see its last good version.
    pub diagnostics: Vec<Diagnostic>,
}

/// No import came of it. What was written stays written, and the next import
/// finds it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotImported {
    /// This instance does not import, or is about to stop.
    #[error("This instance is not importing; the change shows after the next import.")]
    NoImporter,
    /// The import failed; why is in the log.
    #[error("The import failed; the change shows after the next one. The log says more.")]
    Failed,
}

impl ImportRequests {
    pub(super) fn new() -> ImportRequests {
        let (sender, arriving) = channel();
        ImportRequests { arriving, sender }
    }

    /// For what sees by itself that an import is due, as the watch does.
    #[must_use]
    pub fn sender(&self) -> Sender<ImportRequest> {
        self.sender.clone()
    }

    /// All requests that have arrived, once there is one; empty after this time
    /// without any.
    #[must_use]
    pub fn wait(&self, longest: Duration) -> Vec<ImportRequest> {
        match self.arriving.recv_timeout(longest) {
            Ok(first) => std::iter::once(first)
                .chain(self.arriving.try_iter())
                .collect(),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Vec::new(),
        }
    }
}

impl ImportRequest {
    /// A request whose sender waits for no answer.
    #[must_use]
    pub fn unanswered() -> ImportRequest {
        ImportRequest::default()
    }

    /// A change that was seen of these files and of no other; nobody waits for
    /// an answer. They may lie anywhere, and need not be there any more.
    #[must_use]
    pub fn seen(files: Vec<PathBuf>) -> ImportRequest {
        ImportRequest {
            asked: None,
            seen: Some(files),
        }
    }

    pub(super) fn answered(asked: oneshot::Sender<Result<Imported, NotImported>>) -> ImportRequest {
        ImportRequest {
            asked: Some(asked),
            seen: None,
        }
    }

    /// The files to which the wish is confined; `None` for the whole folder.
    #[must_use]
    pub fn files(&self) -> Option<&[PathBuf]> {
        self.seen.as_deref()
    }

    /// Whether somebody asked and waits for the answer; else a watch or a stop
    /// sent it.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.asked.is_some()
    }

    /// Tells the one who asked, if anybody did and still waits.
    pub fn answer(self, result: Result<Imported, NotImported>) {
        if let Some(asked) = self.asked {
            let _ = asked.send(result);
        }
    }
}
