//! Imports again whenever something below the content folder changes, and
//! whenever somebody asks for it.

mod sight;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::few::run_on;
use super::{Options, Outcome, run};
use crate::content::{ImportRequest, ImportRequests, Imported, NotImported};
use crate::db::Db;
use sight::Sight;

/// Editors write a file in several steps, and some write another and rename
/// it: the run begins when nothing has happened for so long.
const QUIET: Duration = Duration::from_millis(20);

/// Where something happens all the time, it begins after this nevertheless.
const LONGEST: Duration = Duration::from_millis(60);

/// A file that somebody has open and is writing is waited for as long as this.
/// Whoever takes longer is shown as far as they have come.
const WRITING: Duration = Duration::from_secs(2);

/// Events can be lost (a full queue, a network drive): as often as this the
/// whole folder is looked through, whatever was seen.
const RESCAN: Duration = Duration::from_secs(60);

/// Imports for each of the `requests`, and with `watches` whenever the folder
/// changes, until `stopped` says so; it is asked twice a second and after each
/// request. By itself it imports only while `on_duty` says so, and at once when
/// it has begun to say so; what somebody asks for is always done. Each run's
/// outcome, or the sentence why there is none, goes to `tell`. It blocks, so it
/// runs on a thread of its own.
///
/// What asks and what the watch sees go through one queue: a run that is under
/// way when a request comes may have read the folder before, so the request is
/// answered by the next one.
pub fn watch(
    db: &Db,
    options: &Options,
    requests: &ImportRequests,
    (watches, on_duty): (bool, &dyn Fn() -> bool),
    stopped: impl Fn() -> bool,
    tell: impl Fn(anyhow::Result<Outcome>),
) {
    let mut sight = None;
    if watches {
        match Sight::of(&options.content, requests.sender()) {
            Ok(started) => sight = Some(started),
            Err(error) => tracing::error!("{error:#}; changes show after a restart"),
        }
    }
    let mut was_on_duty = on_duty();
    if sight.is_some() && was_on_duty {
        // What changed since the last run, while nobody watched yet, gives no
        // event.
        match run(db, options) {
            Ok(outcome) if !outcome.is_new => {}
            result => tell(result),
        }
    }
    let mut looked_through = Instant::now();
    while !stopped() {
        let mut asked = requests.wait(Duration::from_millis(500));
        let is_on_duty = on_duty();
        let has_begun = is_on_duty && !std::mem::replace(&mut was_on_duty, is_on_duty);
        let is_time = has_begun || (sight.is_some() && looked_through.elapsed() >= RESCAN);
        let is_asked = asked.iter().any(ImportRequest::is_asked);
        let is_due = is_on_duty && (is_time || !asked.is_empty());
        if !is_asked && !is_due {
            continue;
        }
        if has_begun {
            tracing::info!("this instance imports the content folder from now on");
        }
        settle(requests, &mut asked, sight.as_ref());
        if stopped() {
            break;
        }
        let named = sight.as_ref().and_then(|sight| named(&asked, sight));
        let result = match named.filter(|_| !is_time) {
            Some(paths) => run_on(db, options, &paths),
            None => {
                looked_through = Instant::now();
                run(db, options)
            }
        };
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
    }
}

/// Waits until whoever writes files has come to an end. What somebody asked
/// for does not wait.
fn settle(requests: &ImportRequests, asked: &mut Vec<ImportRequest>, sight: Option<&Sight>) {
    let began = Instant::now();
    while asked.iter().all(|request| request.files().is_some()) {
        let more = requests.wait(QUIET);
        let is_quiet = more.is_empty();
        asked.extend(more);
        let waited = began.elapsed();
        let mut files = asked.iter().filter_map(ImportRequest::files).flatten();
        let is_written = files.any(|file| sight.is_some_and(|sight| sight.is_open(file)));
        let is_ready = (is_quiet || waited >= LONGEST) && !is_written;
        if is_ready || waited >= WRITING {
            break;
        }
    }
}

/// The files that all requests are confined to, below the content folder;
/// `None` if one of them is about more.
fn named(asked: &[ImportRequest], sight: &Sight) -> Option<BTreeSet<String>> {
    let mut named = BTreeSet::new();
    for request in asked {
        for file in request.files()? {
            named.insert(sight.below(file)?);
        }
    }
    (!asked.is_empty()).then_some(named)
}
