//! One page is made once, however many ask for it at the same moment.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

/// The pages that are being made.
#[derive(Default)]
pub(super) struct Flights(Mutex<HashMap<Arc<str>, Arc<Notify>>>);

/// Held by the request that makes a page. When it goes, by whatever way, those
/// that wait are woken.
pub(super) struct Flight<'a> {
    flights: &'a Flights,
    key: Arc<str>,
}

impl Flights {
    /// Begins to make a page, or waits until whoever makes it already is done
    /// and then gives nothing: the page may be kept by then.
    pub(super) async fn join(&self, key: &Arc<str>) -> Option<Flight<'_>> {
        let under_way = {
            let mut flights = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match flights.get(key) {
                Some(notify) => Arc::clone(notify).notified_owned(),
                None => {
                    flights.insert(Arc::clone(key), Arc::default());
                    return Some(Flight {
                        flights: self,
                        key: Arc::clone(key),
                    });
                }
            }
        };
        under_way.await;
        None
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        let mut flights = self
            .flights
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(notify) = flights.remove(&self.key) {
            notify.notify_waiters();
        }
    }
}
