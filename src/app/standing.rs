//! Whether this instance may be asked: it has something to show, and it is not
//! about to stop. And how it stops.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::dev::ServerHandle;

/// Where an instance stands between its start and its end; cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Standing {
    has_edition: Arc<AtomicBool>,
    is_draining: Arc<AtomicBool>,
}

impl Standing {
    /// Notes that there is an edition. It stays so, whatever becomes of the
    /// database.
    pub(super) fn saw_edition(&self) {
        self.has_edition.store(true, Ordering::Release);
    }

    /// Whether an edition was seen since the start.
    pub(super) fn has_edition(&self) -> bool {
        self.has_edition.load(Ordering::Acquire)
    }

    /// Is set once it is about to stop.
    pub(super) fn closing(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.is_draining)
    }

    /// Whether it is about to stop.
    pub(super) fn is_draining(&self) -> bool {
        self.is_draining.load(Ordering::Acquire)
    }
}

/// Waits until the process is told to stop, and stops the server. After SIGTERM
/// it first goes on to answer for `drain`, while it says that it is not ready;
/// Ctrl-C stops it at once, also during that time.
pub(super) async fn stop_when_told(
    mut told: Told,
    standing: Standing,
    drain: Duration,
    server: ServerHandle,
) {
    if told.wait().await == Way::Politely {
        standing.is_draining.store(true, Ordering::Release);
        if !drain.is_zero() {
            let seconds = drain.as_secs();
            tracing::info!(seconds, "stopping; requests are answered until then");
        }
        let hurry = async { while told.wait().await != Way::AtOnce {} };
        match tokio::time::timeout(drain, hurry).await {
            // The command goes out with the call; the future only waits.
            Ok(()) => drop(server.stop(false)),
            Err(_) => drop(server.stop(true)),
        }
    } else {
        drop(server.stop(false));
    }
    // A second Ctrl-C need not wait for what is under way.
    while told.wait().await != Way::AtOnce {}
    drop(server.stop(false));
}

/// How a process is told to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// By a manager of services.
    Politely,
    /// By a person at a terminal.
    AtOnce,
}

/// Hears how the process is told to stop, from when it is made.
#[cfg(unix)]
pub(super) struct Told {
    term: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
    quit: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Told {
    /// Begins to listen, in a runtime; until then a signal ends the process.
    pub(super) fn listen() -> std::io::Result<Told> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Told {
            term: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
        })
    }

    async fn wait(&mut self) -> Way {
        tokio::select! {
            _ = self.term.recv() => Way::Politely,
            _ = self.interrupt.recv() => Way::AtOnce,
            _ = self.quit.recv() => Way::AtOnce,
        }
    }
}

/// Hears how the process is told to stop.
#[cfg(not(unix))]
pub(super) struct Told;

#[cfg(not(unix))]
impl Told {
    /// Begins to listen, in a runtime; until then a signal ends the process.
    pub(super) fn listen() -> std::io::Result<Told> {
        Ok(Told)
    }

    async fn wait(&mut self) -> Way {
        // Without a way to be told, there is nothing to wait for.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Way::AtOnce
    }
}
