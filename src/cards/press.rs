//! Who may have a card drawn, and when: two at once, a short queue, each card
//! drawn once for all who ask for it meanwhile. What is drawn is kept with all
//! other answers (`editions`).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::web::{self, Bytes};
use tokio::sync::{OnceCell, Semaphore};

use crate::error::AppError;

/// So many cards are drawn at the same time.
const PLACES: usize = 2;
/// So many more may wait for a place.
const QUEUE: usize = 32;
/// Seconds, for who finds the queue full.
const RETRY_AFTER: u64 = 2;

/// Draws cards, within bounds. One for each process.
pub struct Press {
    under_way: Mutex<HashMap<String, Arc<OnceCell<Bytes>>>>,
    admitted: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

impl Default for Press {
    fn default() -> Press {
        Press::new()
    }
}

impl Press {
    /// With nothing drawn yet.
    #[must_use]
    pub fn new() -> Press {
        Press {
            under_way: Mutex::default(),
            admitted: Arc::new(Semaphore::new(PLACES + QUEUE)),
            places: Arc::new(Semaphore::new(PLACES)),
        }
    }

    /// The card of which `key` is the hash of all that it shows, drawn by `draw`
    /// on a thread that may be blocked.
    pub(super) async fn card(
        &self,
        key: String,
        draw: impl FnOnce() -> Option<Vec<u8>> + Send + 'static,
    ) -> Result<Bytes, AppError> {
        let cell = {
            let mut under_way = self.under_way();
            // Those whose askers have all gone away.
            under_way.retain(|_, cell| Arc::strong_count(cell) > 1);
            Arc::clone(under_way.entry(key.clone()).or_default())
        };
        let bytes = cell.get_or_try_init(|| self.print(draw)).await?.clone();
        self.under_way().remove(&key);
        Ok(bytes)
    }

    async fn print(
        &self,
        draw: impl FnOnce() -> Option<Vec<u8>> + Send + 'static,
    ) -> Result<Bytes, AppError> {
        let full = |_| AppError::Unavailable {
            retry_after: RETRY_AFTER,
        };
        let admitted = Arc::clone(&self.admitted).try_acquire_owned();
        let admitted = admitted.map_err(full)?;
        let place = Arc::clone(&self.places).acquire_owned().await;
        let place = place.map_err(|error| AppError::Internal(anyhow::Error::new(error)))?;
        let work = move || {
            // Who asked may go away; the place is taken until this is done.
            let _held = (admitted, place);
            draw()
        };
        let bytes = web::block(work)
            .await
            .map_err(|error| AppError::Internal(anyhow::Error::new(error)))?;
        bytes
            .map(Bytes::from)
            .ok_or_else(|| AppError::Internal(anyhow::anyhow!("a card could not be drawn")))
    }

    fn under_way(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<OnceCell<Bytes>>>> {
        self.under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::channel;

    use futures_util::future::join_all;

    use super::*;

    #[actix_web::test]
    async fn two_are_drawn_at_once_a_few_wait_and_the_next_is_sent_away() {
        let press = Arc::new(Press::new());
        let (at_once, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let mut gates = Vec::new();
        let mut asked = Vec::new();
        for number in 0..PLACES + QUEUE {
            let (open, gate) = channel::<()>();
            gates.push(open);
            let (press, at_once, most) =
                (Arc::clone(&press), Arc::clone(&at_once), Arc::clone(&most));
            asked.push(actix_web::rt::spawn(async move {
                let draw = move || {
                    let now = at_once.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(now, Ordering::SeqCst);
                    // Opened, or dropped, which is as good.
                    let _ = gate.recv();
                    at_once.fetch_sub(1, Ordering::SeqCst);
                    Some(vec![1])
                };
                press.card(number.to_string(), draw).await.is_ok()
            }));
        }
        // Let all of them come to where they wait, or draw.
        let drawing = || at_once.load(Ordering::SeqCst);
        while press.admitted.available_permits() > 0 || drawing() < PLACES {
            actix_web::rt::task::yield_now().await;
        }
        let refused = press.card("one more".to_owned(), || Some(vec![1])).await;
        assert!(matches!(refused, Err(AppError::Unavailable { .. })));
        drop(gates);
        assert!(join_all(asked).await.into_iter().all(|done| done.unwrap()));
        assert_eq!(most.load(Ordering::SeqCst), PLACES);
        assert!(
            press
                .card("one more".to_owned(), || Some(vec![1]))
                .await
                .is_ok()
        );
    }

    #[actix_web::test]
    async fn a_card_is_drawn_once_for_all_who_ask() {
        let press = Press::new();
        let times = Arc::new(AtomicUsize::new(0));
        let ask = || {
            let times = Arc::clone(&times);
            press.card("a".to_owned(), move || {
                times.fetch_add(1, Ordering::SeqCst);
                Some(vec![7])
            })
        };
        let all = join_all([ask(), ask(), ask()]).await;
        assert!(all.into_iter().all(|one| one.unwrap() == [7].as_slice()));
        assert_eq!(times.load(Ordering::SeqCst), 1);
        assert!(press.under_way().is_empty());
    }
}
