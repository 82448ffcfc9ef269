//! How many reports are taken in: from one client, and from all together.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Nobody writes five reports a minute for long.
const PER_CLIENT: Quota = per_minute(5, 1);
/// All clients together.
const IN_TOTAL: Quota = per_minute(100, 60);
/// All that is marked as spam has a budget of its own, so that a flood of it
/// neither uses up the one of people nor fills the disk.
const SPAM_IN_TOTAL: Quota = per_minute(100, 10);
/// How often clients that have kept still are forgotten.
const PRUNE_EVERY: Duration = Duration::from_secs(60);

/// The state of the limits, one for the whole process.
pub struct Limits {
    clients: DefaultKeyedRateLimiter<IpAddr>,
    people: DefaultDirectRateLimiter,
    spam: DefaultDirectRateLimiter,
    pruned: Mutex<Instant>,
}

/// Which limit was reached, and how long until there is room again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wait {
    /// The client's own limit, not that of all together.
    pub(super) own: bool,
    /// Full seconds, at least 1.
    pub(super) seconds: u64,
}

impl Limits {
    /// Limits of which nothing is used up yet.
    #[must_use]
    pub fn new() -> Limits {
        Limits {
            clients: RateLimiter::keyed(PER_CLIENT),
            people: RateLimiter::direct(IN_TOTAL),
            spam: RateLimiter::direct(SPAM_IN_TOTAL),
            pruned: Mutex::new(Instant::now()),
        }
    }

    /// Takes the place of one report, or says when there will be one.
    pub(super) fn take(&self, client: IpAddr, is_spam: bool) -> Result<(), Wait> {
        self.prune();
        let now = DefaultClock::default().now();
        self.clients
            .check_key(&client)
            .map_err(|full| Wait::new(true, full.wait_time_from(now)))?;
        let total = if is_spam { &self.spam } else { &self.people };
        total
            .check()
            .map_err(|full| Wait::new(false, full.wait_time_from(now)))
    }

    fn prune(&self) {
        // Whoever comes while another prunes need not wait for it.
        if let Ok(mut pruned) = self.pruned.try_lock()
            && pruned.elapsed() >= PRUNE_EVERY
        {
            *pruned = Instant::now();
            self.clients.retain_recent();
            self.clients.shrink_to_fit();
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits::new()
    }
}

impl Wait {
    fn new(own: bool, wait: Duration) -> Wait {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        Wait {
            own,
            seconds: seconds.max(1),
        }
    }
}

const fn per_minute(burst: u32, then: u32) -> Quota {
    const fn at_least_one(number: u32) -> NonZeroU32 {
        match NonZeroU32::new(number) {
            Some(number) => number,
            None => NonZeroU32::MIN,
        }
    }
    Quota::per_minute(at_least_one(then)).allow_burst(at_least_one(burst))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(number: u32) -> IpAddr {
        IpAddr::V4(number.into())
    }

    #[test]
    fn one_client_has_five_and_then_waits_up_to_a_minute() {
        let limits = Limits::new();
        for _ in 0..5 {
            assert_eq!(limits.take(client(1), false), Ok(()));
        }
        let wait = limits.take(client(1), false).unwrap_err();
        assert!(wait.own);
        assert!((50..=60).contains(&wait.seconds), "{wait:?}");
        assert_eq!(limits.take(client(2), false), Ok(()));
    }

    #[test]
    fn a_flood_of_spam_leaves_room_for_people() {
        let limits = Limits::new();
        let kept = (0..1000)
            .filter(|n| limits.take(client(*n), true).is_ok())
            .count();
        assert!((100..=101).contains(&kept), "{kept}");
        assert!(!limits.take(client(5000), true).unwrap_err().own);
        assert_eq!(limits.take(client(5001), false), Ok(()));
    }

    #[test]
    fn all_together_have_a_limit_too() {
        let limits = Limits::new();
        let kept = (0..1000)
            .filter(|n| limits.take(client(*n), false).is_ok())
            .count();
        assert!((100..=102).contains(&kept), "{kept}");
    }
}
