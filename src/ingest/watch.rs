//! Imports again whenever something below the content folder changes, and
//! whenever somebody asks for it.

use std::sync::mpsc::Sender;
use std::time::Duration;

use anyhow::Context;
use notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use super::{Options, Outcome, run};
use crate::content::{ImportRequest, ImportRequests, Imported, NotImported};
use crate::db::Db;

/// Editors write a file in several steps, and some write another and rename
/// it; this long after the last step the run begins.
const SETTLE: Duration = Duration::from_millis(120);

/// Events can be lost (a full queue, a network drive): as often as this the
/// folder is looked through without one.
const RESCAN: Duration = Duration::from_secs(60);

/// Imports for each of the `requests`, and with `watches` whenever the folder
/// changes, until `stopped` says so; it is asked twice a second and after each
/// request. Each run's outcome, or the sentence why there is none, goes to
/// `tell`. It blocks, so it runs on a thread of its own.
///
/// What asks and what the watch sees go through one queue: a run that is under
/// way when a request comes may have read the folder before, so the request is
/// answered by the next one.
pub fn watch(
    db: &Db,
    options: &Options,
    requests: &ImportRequests,
    watches: bool,
    stopped: impl Fn() -> bool,
    tell: impl Fn(anyhow::Result<Outcome>),
) {
    let mut watcher = None;
    if watches {
        match watch_folder(options, requests.sender()) {
            Ok(started) => watcher = Some(started),
            Err(error) => tracing::error!("{error:#}; changes show after a restart"),
        }
    }
    if watcher.is_some() {
        // What changed since the last run, while nobody watched yet, gives no
        // event.
        match run(db, options) {
            Ok(outcome) if !outcome.is_new => {}
            result => tell(result),
        }
    }
    let mut waited = Duration::ZERO;
    let pause = Duration::from_millis(500);
    while !stopped() {
        let asked = requests.wait(pause);
        if asked.is_empty() {
            waited += pause;
            if watcher.is_none() || waited < RESCAN {
                continue;
            }
        }
        if stopped() {
            break;
        }
        let result = run(db, options);
        for request in asked {
            request.answer(match &result {
                Ok(outcome) => Ok(Imported {
                    edition: outcome.edition,
                    diagnostics: outcome.diagnostics.clone(),
                }),
                Err(_) => Err(NotImported::Failed),
            });
        }
        tell(result);
        waited = Duration::ZERO;
    }
}

/// Watches until it is dropped.
fn watch_folder(
    options: &Options,
    changed: Sender<ImportRequest>,
) -> anyhow::Result<Debouncer<RecommendedWatcher, RecommendedCache>> {
    let mut debouncer = new_debouncer(SETTLE, None, move |events: DebounceEventResult| {
        let worth_a_look = match events {
            Ok(events) => events.iter().any(|event| !event.kind.is_access()),
            Err(_) => true, // Lost or garbled events: look.
        };
        if worth_a_look {
            // The receiver is gone only when the program ends.
            let _ = changed.send(ImportRequest::unanswered());
        }
    })
    .context("changes of files cannot be watched here")?;
    debouncer
        .watch(&options.content, RecursiveMode::Recursive)
        .with_context(|| format!("{} cannot be watched", options.content.display()))?;
    Ok(debouncer)
}
