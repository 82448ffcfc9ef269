//! Whether a database server is there at all.
//!
//! One request that finds it away is enough: from then on nobody is sent there
//! to wait, and a thread of our own tries a new connection several times a
//! second until one is answered.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::time::timeout;

use super::connection::{Access, AnyConnection};
use crate::config::DatabaseUrl;

/// How long after a try the next one is made.
const PAUSE: Duration = Duration::from_millis(250);

/// How many tries may be without an answer at once. Each is a thread, and ends
/// with the time-out of the connection at the latest (two seconds).
const TRIES: usize = 4;

/// What one statement of a try may take.
const STATEMENT: Duration = Duration::from_secs(1);

/// The pulse of one server, felt only when there is doubt.
pub(super) struct Pulse {
    url: Arc<DatabaseUrl>,
    /// The pool's name, for the log.
    name: &'static str,
    state: watch::Sender<State>,
    tries: AtomicUsize,
}

#[derive(Clone, Debug, Default)]
struct State {
    /// Why the server counts as away, if it does, and since when.
    away: Option<(String, Instant)>,
    /// How many tries have been answered.
    beats: u64,
}

impl Pulse {
    pub(super) fn new(url: &Arc<DatabaseUrl>, name: &'static str) -> Arc<Pulse> {
        Arc::new(Pulse {
            url: Arc::clone(url),
            name,
            state: watch::channel(State::default()).0,
            tries: AtomicUsize::new(0),
        })
    }

    pub(super) fn is_away(&self) -> bool {
        self.state.borrow().away.is_some()
    }

    /// Ends when the server counts as away, with the reason.
    pub(super) async fn away(&self) -> String {
        let mut state = self.state.subscribe();
        let found = state.wait_for(|state| state.away.is_some()).await;
        match found.ok().and_then(|state| state.away.clone()) {
            Some((reason, _)) => reason,
            None => "the program stops".to_owned(),
        }
    }

    /// Something went wrong that a server which is there would not do: it counts
    /// as away until a new connection is answered.
    pub(super) fn suspect(self: &Arc<Pulse>, reason: &str) {
        let mut is_news = false;
        self.state.send_if_modified(|state| {
            is_news = state.away.is_none();
            if is_news {
                state.away = Some((reason.to_owned(), Instant::now()));
            }
            is_news
        });
        if is_news {
            tracing::warn!(pool = self.name, reason, "the database server is away");
            let pulse = Arc::downgrade(self);
            in_thread(move || feel(&pulse));
        }
    }

    /// Tries a new connection; whether that (or another's try) is answered in
    /// this time.
    pub(super) async fn beats_within(self: &Arc<Pulse>, time: Duration) -> bool {
        let mut state = self.state.subscribe();
        let before = state.borrow().beats;
        self.attempt();
        let beat = state.wait_for(|state| state.beats > before);
        matches!(timeout(time, beat).await, Ok(Ok(_)))
    }

    /// Tries one connection on a thread of its own, unless too many hang there
    /// already.
    fn attempt(self: &Arc<Pulse>) {
        if self.tries.fetch_add(1, Ordering::Relaxed) >= TRIES {
            self.tries.fetch_sub(1, Ordering::Relaxed);
            return;
        }
        let pulse = Arc::clone(self);
        in_thread(move || {
            match AnyConnection::open(&pulse.url, Access::Write, STATEMENT) {
                Ok(conn) => {
                    drop(conn);
                    pulse.beat();
                }
                // Whoever waits for the beat says what is to be said.
                Err(error) => tracing::debug!(pool = pulse.name, error, "no answer"),
            }
            pulse.tries.fetch_sub(1, Ordering::Relaxed);
        });
    }

    fn beat(&self) {
        let mut since = None;
        self.state.send_modify(|state| {
            state.beats += 1;
            since = state.away.take().map(|(_, since)| since);
        });
        if let Some(since) = since {
            let seconds = format!("{:.1}", since.elapsed().as_secs_f64());
            tracing::info!(pool = self.name, seconds, "the database server is back");
        }
    }
}

/// Goes on until the server answers, or nobody is left who wants to know.
fn feel(pulse: &Weak<Pulse>) {
    loop {
        match pulse.upgrade() {
            Some(pulse) if pulse.is_away() => pulse.attempt(),
            _ => return,
        }
        thread::sleep(PAUSE);
    }
}

/// A thread that nobody waits for: one that hangs must not keep the program
/// from stopping.
fn in_thread(work: impl FnOnce() + Send + 'static) {
    let name = "database-pulse".to_owned();
    if let Err(error) = thread::Builder::new().name(name).spawn(work) {
        tracing::error!("no thread to look for the database: {error}");
    }
}
