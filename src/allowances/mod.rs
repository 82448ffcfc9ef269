//! What clients may take of what is limited, counted in the database, so that
//! a limit holds over all instances and not once for each.
//!
//! Table: allowances. A row holds one moment: when the whole allowance is there
//! again. Each use moves it on by the time in which one use grows back; if it
//! would then lie too far in the future, there is no room (the generic cell
//! rate algorithm, as ITU-T I.371 describes it). So a row needs no list of uses,
//! and the uses of several instances simply add up. The instances' clocks must
//! agree to about a second.

mod queries;

use std::net::IpAddr;

use data_encoding::HEXLOWER;

use crate::config::SecretKey;

pub use queries::{add, note, sweep, take, whole_at};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// How much is allowed: so many uses at once, and then one after each span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    burst: i64,
    every_ms: i64,
}

/// Under what a use is counted: 32 hexadecimal digits, from which nobody
/// without the site's key finds an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Trace(String);

/// An allowance that is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full {
    /// Which of those that were asked for, counted from 0.
    pub which: usize,
    /// Milliseconds until there is room for one use; at least 1.
    pub wait_ms: i64,
}

impl Rate {
    /// `burst` uses at once, at least 1, and one more after each `every_ms`
    /// milliseconds, at least 1.
    #[must_use]
    pub const fn new(burst: u32, every_ms: u32) -> Rate {
        Rate {
            burst: if burst == 0 { 1 } else { burst as i64 },
            every_ms: if every_ms == 0 { 1 } else { every_ms as i64 },
        }
    }

    /// `Some` is how many milliseconds to wait for room, where `whole_at` was
    /// read at `now`, both in epoch milliseconds.
    #[must_use]
    pub fn wait(self, whole_at: i64, now: i64) -> Option<i64> {
        let room_at = whole_at.saturating_sub((self.burst - 1) * self.every_ms);
        (room_at > now).then(|| room_at - now)
    }

    /// When the allowance is whole again after one more use at `now`, in epoch
    /// milliseconds.
    #[must_use]
    pub fn after_one(self, whole_at: i64, now: i64) -> i64 {
        whole_at.max(now) + self.every_ms
    }
}

impl Trace {
    /// A client's, for one limited thing (`what`) on the day of `now` (epoch
    /// milliseconds): the next day it is another.
    #[must_use]
    pub fn of_client(key: &SecretKey, what: &str, client: IpAddr, now: i64) -> Trace {
        let day = now.div_euclid(DAY_MS).to_string();
        Trace::sealed(key, &[what, &day, &client.to_string()])
    }

    /// That of all clients together, for one limited thing.
    #[must_use]
    pub fn of_all(key: &SecretKey, what: &str) -> Trace {
        Trace::sealed(key, &[what])
    }

    fn sealed(key: &SecretKey, parts: &[&str]) -> Trace {
        let label = if parts.len() == 1 { "all" } else { "client" };
        Trace(HEXLOWER.encode(&key.seal("allowances", label, parts)[..16]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_795_262_400_000;

    #[test]
    fn a_burst_is_there_at_once_and_then_grows_back_one_by_one() {
        let rate = Rate::new(3, 1_000);
        let mut whole_at = 0;
        for _ in 0..3 {
            assert_eq!(rate.wait(whole_at, NOON), None);
            whole_at = rate.after_one(whole_at, NOON);
        }
        assert_eq!(whole_at, NOON + 3_000);
        assert_eq!(rate.wait(whole_at, NOON), Some(1_000));
        assert_eq!(rate.wait(whole_at, NOON + 999), Some(1));
        assert_eq!(rate.wait(whole_at, NOON + 1_000), None);
        // Whoever keeps still for long has a burst again, and no more.
        assert_eq!(rate.after_one(whole_at, NOON + 60_000), NOON + 61_000);
    }

    #[test]
    fn a_client_has_another_trace_for_each_thing_and_day() {
        let key = SecretKey::from_bytes([7; 32]);
        let client = "192.0.2.1".parse().unwrap();
        let trace = |what, now| Trace::of_client(&key, what, client, now);
        assert_eq!(trace("api", NOON), trace("api", NOON + 1));
        assert_ne!(trace("api", NOON), trace("reports", NOON));
        assert_ne!(trace("api", NOON), trace("api", NOON + DAY_MS));
        assert_ne!(trace("api", NOON), Trace::of_all(&key, "api"));
        assert!(!trace("api", NOON).0.contains("192"));
    }
}
