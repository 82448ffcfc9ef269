//! Whether so many reports come in that an attack is likelier than readers.
//!
//! Kept in memory: what one instance sees by itself. What all of them see
//! together is counted in the database (`everywhere`).

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// As many may come within [`WINDOW`] in peace. A site that is talked about has
/// a few an hour.
pub(super) const PEACEFUL: usize = 30;
/// The time that is looked back on.
pub(super) const WINDOW: Duration = Duration::from_secs(WINDOW_SECONDS);
/// The same in seconds.
pub(super) const WINDOW_SECONDS: u64 = 10 * 60;

/// When reports came in that no rule against spam had caught.
#[derive(Debug, Default)]
pub(super) struct Pressure {
    /// The newest of them, oldest first; never more than one above the peaceful
    /// number.
    arrivals: VecDeque<Instant>,
}

impl Pressure {
    /// Counts one that came in at `now`.
    pub(super) fn count(&mut self, now: Instant) {
        self.arrivals.push_back(now);
        if self.arrivals.len() > PEACEFUL + 1 {
            self.arrivals.pop_front();
        }
    }

    /// Whether there is an attack at `now`.
    pub(super) fn is_high(&self, now: Instant) -> bool {
        self.arrivals.len() > PEACEFUL
            && self
                .arrivals
                .front()
                .is_some_and(|first| now.duration_since(*first) < WINDOW)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_high_while_more_than_the_peaceful_number_came_within_the_window() {
        let start = Instant::now();
        let mut pressure = Pressure::default();
        for _ in 0..PEACEFUL {
            pressure.count(start);
        }
        assert!(!pressure.is_high(start));
        pressure.count(start + WINDOW / 2);
        assert!(pressure.is_high(start + WINDOW / 2));
        assert!(!pressure.is_high(start + WINDOW));
    }
}
