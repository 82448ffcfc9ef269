//! How many exports run at once.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How many clients get the whole site at the same time.
const AT_ONCE: usize = 2;
/// After so long a client that does not come to an end keeps nobody else out.
const LENT_FOR: Duration = Duration::from_secs(15 * 60);

/// The places for exports.
#[derive(Clone, Default)]
pub(in crate::api) struct Slots(Arc<Mutex<Taken>>);

#[derive(Default)]
struct Taken {
    number: u64,
    since: Vec<(u64, Instant)>,
}

/// One of them, given back when it is dropped.
pub(in crate::api) struct Slot {
    slots: Slots,
    number: u64,
}

impl Slots {
    /// A place, if one is free.
    pub(in crate::api) fn take(&self) -> Option<Slot> {
        let mut taken = self.taken();
        taken.since.retain(|(_, since)| since.elapsed() < LENT_FOR);
        if taken.since.len() >= AT_ONCE {
            return None;
        }
        taken.number += 1;
        let number = taken.number;
        taken.since.push((number, Instant::now()));
        Some(Slot {
            slots: self.clone(),
            number,
        })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let number = self.number;
        self.slots
            .taken()
            .since
            .retain(|(other, _)| *other != number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_when_an_export_has_ended() {
        let slots = Slots::default();
        let first = slots.take();
        let second = slots.take();
        assert!(first.is_some() && second.is_some());
        assert!(slots.take().is_none());
        drop(first);
        assert!(slots.take().is_some());
    }
}
