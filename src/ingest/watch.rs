//! Imports again whenever something below the content folder changes.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::Context;
use notify::RecursiveMode;
use notify_debouncer_full::{DebounceEventResult, new_debouncer};

use super::{Options, Outcome, run};
use crate::db::Db;

/// Editors write a file in several steps, and some write another and rename
/// it; this long after the last step the run begins.
const SETTLE: Duration = Duration::from_millis(120);

/// Events can be lost (a full queue, a network drive): as often as this the
/// folder is looked through without one.
const RESCAN: Duration = Duration::from_secs(60);

/// Watches until the process ends or `stopped` says so; each run's outcome, or
/// the sentence why there is none, goes to `tell`. It blocks, so it runs on a
/// thread of its own.
///
/// # Errors
/// The folder cannot be watched.
pub fn watch(
    db: &Db,
    options: &Options,
    stopped: impl Fn() -> bool,
    tell: impl Fn(anyhow::Result<Outcome>),
) -> anyhow::Result<()> {
    let (send, receive) = channel::<()>();
    let mut debouncer = new_debouncer(SETTLE, None, move |events: DebounceEventResult| {
        let worth_a_look = match events {
            Ok(events) => events.iter().any(|event| !event.kind.is_access()),
            Err(_) => true, // Lost or garbled events: look.
        };
        if worth_a_look {
            // The receiver is gone only when the program ends.
            let _ = send.send(());
        }
    })
    .context("changes of files cannot be watched here")?;
    debouncer
        .watch(&options.content, RecursiveMode::Recursive)
        .with_context(|| format!("{} cannot be watched", options.content.display()))?;
    // What changed since the last run, while nobody watched yet, gives no event.
    match run(db, options) {
        Ok(outcome) if !outcome.is_new => {}
        result => tell(result),
    }
    let mut waited = Duration::ZERO;
    let pause = Duration::from_millis(500);
    while !stopped() {
        match receive.recv_timeout(pause) {
            Ok(()) => {
                while receive.try_recv().is_ok() {}
                tell(run(db, options));
                waited = Duration::ZERO;
            }
            Err(RecvTimeoutError::Timeout) => {
                waited += pause;
                if waited >= RESCAN {
                    tell(run(db, options));
                    waited = Duration::ZERO;
                }
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    Ok(())
}
