//! Imports beside the server, on a thread of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use crate::content::{ImportRequest, ImportRequests};
use crate::db::{Db, Lease};
use crate::ingest;
use crate::priority::give_way;

/// The thread that imports while the server runs.
pub(super) struct Importer {
    stop: Arc<AtomicBool>,
    /// Ends its waiting.
    wake: Option<Sender<ImportRequest>>,
    thread: Option<JoinHandle<()>>,
}

impl Importer {
    pub(super) fn start(
        db: Db,
        options: ingest::Options,
        imported: bool,
        requests: ImportRequests,
        (watch, lease): (bool, Lease),
    ) -> Importer {
        let wake = Some(requests.sender());
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            give_way();
            let (after_import, painter) = paint(db.clone(), lease.clone(), Arc::clone(&stopped));
            let report = |result: anyhow::Result<ingest::Outcome>| {
                match result {
                    Ok(outcome) => tell(&outcome),
                    Err(error) => tracing::error!("the import failed: {error:#}"),
                }
                let _ = after_import.send(()); // It ends only after this thread.
            };
            if !imported && !lease.holds() {
                tracing::info!("another instance imports the content folder; this one stands by");
            } else if !imported {
                report(ingest::run(&db, &options));
            }
            let options = ingest::Options {
                progress: false,
                ..options
            };
            let stopped = || stopped.load(Ordering::Relaxed);
            let on_duty = || lease.holds();
            ingest::watch(&db, &options, &requests, (watch, &on_duty), stopped, report);
            drop(after_import);
            if painter.join().is_err() {
                tracing::error!("the thread that makes renditions of pictures panicked");
            }
        });
        Importer {
            stop,
            wake,
            thread: Some(thread),
        }
    }

    pub(super) fn idle() -> Importer {
        Importer {
            stop: Arc::new(AtomicBool::new(true)),
            wake: None,
            thread: None,
        }
    }

    /// Waits for the import that is under way and starts no other.
    pub(super) fn stop(mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(wake) = &self.wake {
            // The thread may have ended by itself.
            let _ = wake.send(ImportRequest::unanswered());
        }
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the importing thread panicked");
        }
    }
}

/// Starts the thread that makes renditions: at once, and after each message,
/// while the lease holds. Whoever imports by hand on another instance leaves
/// them to the one that holds it.
fn paint(db: Db, lease: Lease, stopped: Arc<AtomicBool>) -> (Sender<()>, JoinHandle<()>) {
    let (send, receive) = channel();
    let work = move || {
        loop {
            let must_end = || stopped.load(Ordering::Relaxed) || !lease.holds();
            let made = if must_end() {
                Ok(0)
            } else {
                ingest::make_renditions(&db, false, must_end)
            };
            match made {
                Ok(0) => {}
                Ok(made) => tracing::info!(made, "made renditions of pictures"),
                Err(error) => tracing::error!("no renditions of pictures: {error:#}"),
            }
            if receive.recv().is_err() {
                break;
            }
            while receive.try_recv().is_ok() {}
        }
    };
    (send, std::thread::spawn(work))
}

/// Says in the log what an import did, if it did anything.
pub(super) fn tell(outcome: &ingest::Outcome) {
    let mut errors = outcome.diagnostics.iter().filter(|one| one.is_error());
    if let Some(first) = errors.next() {
        tracing::warn!("{first} (see daybook check)");
    }
    for one in errors {
        tracing::warn!("{one}");
    }
    if outcome.is_new {
        tracing::info!("{outcome}");
    }
}
