//! A few open connections, shared by requests.
//!
//! Each closure runs on a blocking thread to its end even when the request that
//! asked for it has gone away or was told to come back, so that a transaction
//! is never left half done. What a request is spared is the wait: it has an
//! answer in time also when the server behind a connection has none.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use deadpool::Runtime;
use deadpool::managed::{self, Metrics, PoolConfig, PoolError, Timeouts};
use diesel::QueryResult;
use diesel::result::Error as QueryError;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::sleep;

use super::connection::{self, Access, AnyConnection, Begin};
use super::pulse::Pulse;
use super::{DbError, PoolStats};
use crate::config::DatabaseUrl;

/// How long a server may leave a request without the first sign of life, and
/// how often it is asked for another during long work; for an instance whose
/// requests wait so long for a connection. Of two seconds it is 850 ms, so that
/// a request is answered within one. Whoever lets requests wait for longer,
/// because the machine is busy, is in no hurry to call the server away either.
pub(super) fn patience(wait: Duration) -> Duration {
    wait * 17 / 40
}

/// How the connections of a pool are opened and waited for.
#[derive(Clone)]
pub(super) struct Terms {
    /// The pool's name in [`PoolStats`].
    pub(super) name: &'static str,
    pub(super) access: Access,
    /// How many connections at most.
    pub(super) size: usize,
    /// How long a request waits for one.
    pub(super) wait: Duration,
    /// How long one statement of a request may take.
    pub(super) statement: Duration,
    /// As [`patience`] has it.
    pub(super) patience: Duration,
}

#[derive(Clone)]
pub(super) struct Pool(Arc<Shared>);

struct Shared {
    url: Arc<DatabaseUrl>,
    terms: Terms,
    places: managed::Pool<Places>,
    /// Only for a server, which can be away; a file cannot.
    pulse: Option<Arc<Pulse>>,
    tally: Tally,
}

#[derive(Default)]
struct Tally {
    taken: AtomicU64,
    waited_micros: AtomicU64,
    time_outs: AtomicU64,
    hanging: AtomicUsize,
}

/// Hands out places. The connection itself is opened on the thread that works
/// with it, so that nothing waits for it but the request that needs it.
struct Places;

/// A place in the pool, with the connection that the last one left there.
struct Place(Option<AnyConnection>);

type Taken = managed::Object<Places>;

/// The stay of a closure at its place. Whoever comes first has the place back:
/// the closure at its end, or the request that no longer waits for it, and then
/// the connection is closed at that end.
struct Stay {
    place: Arc<Mutex<Option<Taken>>>,
    shared: Arc<Shared>,
}

enum Failure {
    /// There is no connection to be had, for the reason given.
    Unreachable(String),
    Query(QueryError),
}

impl Pool {
    pub(super) fn new(url: &Arc<DatabaseUrl>, terms: Terms) -> anyhow::Result<Pool> {
        let mut config = PoolConfig::new(terms.size);
        config.timeouts = Timeouts {
            wait: Some(terms.wait),
            create: None,
            recycle: None,
        };
        let places = managed::Pool::builder(Places)
            .config(config)
            .runtime(Runtime::Tokio1)
            .build()?;
        let pulse = match url.as_ref() {
            DatabaseUrl::Sqlite(_) => None,
            DatabaseUrl::Postgres(_) => Some(Pulse::new(url, terms.name)),
        };
        Ok(Pool(Arc::new(Shared {
            url: Arc::clone(url),
            terms,
            places,
            pulse,
            tally: Tally::default(),
        })))
    }

    /// Closes what is open and opens no more.
    pub(super) fn close(&self) {
        self.0.places.close();
    }

    /// Runs `work` in a transaction of the kind that `how` names.
    pub(super) async fn run<T, F>(&self, how: Begin, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> QueryResult<T> + Send + 'static,
    {
        let mut place = self.take().await?;
        let conn = place.0.take();
        let place = Arc::new(Mutex::new(Some(place)));
        let begun = Arc::new(AtomicBool::new(false));
        let stay = Stay {
            place: Arc::clone(&place),
            shared: Arc::clone(&self.0),
        };
        let at_work = Arc::clone(&begun);
        let task = spawn_blocking(move || stay.work(conn, how, &at_work, work));
        let result = match &self.0.pulse {
            None => join(task).await,
            Some(pulse) => self.watch(task, pulse, &begun, &place).await,
        };
        match result? {
            Ok(value) => Ok(value),
            Err(Failure::Unreachable(reason)) => {
                self.suspect(&reason);
                Err(DbError::Unavailable(reason))
            }
            Err(Failure::Query(error)) => {
                if connection::is_lost(&error) {
                    self.suspect(&error.to_string());
                }
                Err(error.into())
            }
        }
    }

    pub(super) fn stats(&self) -> PoolStats {
        let Shared {
            terms,
            places,
            tally,
            pulse,
            ..
        } = self.0.as_ref();
        let status = places.status();
        PoolStats {
            name: terms.name,
            size: terms.size,
            in_use: status.size.saturating_sub(status.available),
            waiting: status.waiting,
            taken: tally.taken.load(Ordering::Relaxed),
            waited: Duration::from_micros(tally.waited_micros.load(Ordering::Relaxed)),
            time_outs: tally.time_outs.load(Ordering::Relaxed),
            hanging: tally.hanging.load(Ordering::Relaxed),
            is_away: pulse.as_ref().is_some_and(|pulse| pulse.is_away()),
        }
    }

    /// Waits for a place, but not for one at a server that is away.
    async fn take(&self) -> Result<Taken, DbError> {
        let Shared {
            terms,
            places,
            tally,
            pulse,
            ..
        } = self.0.as_ref();
        let hanging = tally.hanging.load(Ordering::Relaxed);
        if hanging >= 2 * terms.size {
            return Err(DbError::Unavailable(format!(
                "{hanging} connections have had no answer for long"
            )));
        }
        let began = Instant::now();
        let taken = match pulse {
            None => places.get().await,
            Some(pulse) => tokio::select! {
                // A server that is known to be away is not asked.
                biased;
                reason = pulse.away() => return Err(DbError::Unavailable(reason)),
                taken = places.get() => taken,
            },
        };
        let waited = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
        tally.waited_micros.fetch_add(waited, Ordering::Relaxed);
        tally.taken.fetch_add(1, Ordering::Relaxed);
        taken.map_err(|error| {
            if !matches!(error, PoolError::Timeout(_)) {
                return DbError::Unavailable("the program stops".to_owned());
            }
            tally.time_outs.fetch_add(1, Ordering::Relaxed);
            DbError::Unavailable(format!(
                "none of the {} connections became free within {} ms (DAYBOOK_DATABASE_CONNECTIONS)",
                terms.size,
                terms.wait.as_millis()
            ))
        })
    }

    /// Waits for the end of the task as long as there is hope: at first for the
    /// connection itself, then for as long as the server answers others, since
    /// a query may be slow and its server well.
    async fn watch<T>(
        &self,
        mut task: JoinHandle<Result<T, Failure>>,
        pulse: &Arc<Pulse>,
        begun: &AtomicBool,
        place: &Mutex<Option<Taken>>,
    ) -> Result<Result<T, Failure>, DbError> {
        let terms = &self.0.terms;
        // One statement can take this long by itself, and work of several ends
        // here too: nobody waits for more.
        let end = Instant::now() + terms.statement + terms.wait;
        // The larger part is for the other connection, which has to be opened.
        let alone = terms.patience * 3 / 10;
        let rest = terms.patience - alone;
        loop {
            tokio::select! {
                biased;
                done = &mut task => return ended(done),
                () = sleep(alone) => {}
            }
            let is_well = async {
                if begun.load(Ordering::Relaxed) {
                    return pulse.beats_within(rest).await;
                }
                sleep(rest).await;
                begun.load(Ordering::Relaxed)
            };
            let is_well = tokio::select! {
                biased;
                done = &mut task => return ended(done),
                is_well = is_well => is_well,
            };
            if is_well && Instant::now() < end {
                continue;
            }
            // The place is free again at once; whoever works there closes
            // the connection at the end. Counted first, for it may end now.
            let hanging = &self.0.tally.hanging;
            hanging.fetch_add(1, Ordering::Relaxed);
            let taken = place.lock().unwrap_or_else(PoisonError::into_inner).take();
            if taken.is_none() {
                hanging.fetch_sub(1, Ordering::Relaxed);
                return join(task).await;
            }
            drop(taken);
            let reason = "the server has not answered in time".to_owned();
            if !is_well {
                self.suspect(&reason);
            }
            return Err(DbError::Unavailable(reason));
        }
    }

    fn suspect(&self, reason: &str) {
        if let Some(pulse) = &self.0.pulse {
            pulse.suspect(reason);
        }
    }
}

impl Stay {
    /// On a thread that may block. A connection that has lain idle may be dead
    /// without our knowing: its `BEGIN` tells, and as nothing has been done by
    /// then, a new one takes its place.
    fn work<T>(
        self,
        idle: Option<AnyConnection>,
        how: Begin,
        begun: &AtomicBool,
        work: impl FnOnce(&mut AnyConnection) -> QueryResult<T>,
    ) -> Result<T, Failure> {
        let open = || {
            let Shared { url, terms, .. } = self.shared.as_ref();
            AnyConnection::open(url, terms.access, terms.statement).map_err(Failure::Unreachable)
        };
        let (mut conn, is_new) = match idle {
            Some(conn) => (conn, false),
            None => (open()?, true),
        };
        if let Err(error) = conn.begin(how) {
            if is_new || !conn.may_be_lost() {
                self.give_back(conn);
                return Err(Failure::Query(error));
            }
            conn = open()?;
            conn.begin(how).map_err(Failure::Query)?;
        }
        begun.store(true, Ordering::Relaxed);
        let result = conn.finish(how, work);
        match &result {
            Err(error) if connection::is_lost(error) => drop(conn),
            _ => self.give_back(conn),
        }
        result.map_err(Failure::Query)
    }

    fn give_back(&self, mut conn: AnyConnection) {
        if !conn.can_be_used_again() {
            return;
        }
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = place.as_mut() {
            place.0 = Some(conn);
        }
    }
}

impl Drop for Stay {
    fn drop(&mut self) {
        let place = self
            .place
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if place.is_none() {
            self.shared.tally.hanging.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

impl managed::Manager for Places {
    type Type = Place;
    type Error = std::convert::Infallible;

    async fn create(&self) -> Result<Place, Self::Error> {
        Ok(Place(None))
    }

    async fn recycle(&self, _: &mut Place, _: &Metrics) -> managed::RecycleResult<Self::Error> {
        Ok(())
    }
}

async fn join<T>(task: JoinHandle<Result<T, Failure>>) -> Result<Result<T, Failure>, DbError> {
    ended(task.await)
}

fn ended<T>(
    result: Result<Result<T, Failure>, tokio::task::JoinError>,
) -> Result<Result<T, Failure>, DbError> {
    result.map_err(|error| {
        DbError::Unavailable(if error.is_panic() {
            "a query panicked; its connection is closed".to_owned()
        } else {
            "a query was cancelled while the server stops".to_owned()
        })
    })
}
