//! How often one client may ask. Nothing of it is stored: the counts live in
//! memory and are forgotten within a minute.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

/// The seconds that a quota is for.
pub(super) const WINDOW: u64 = 60;
/// How often clients that have kept still are forgotten,
const PRUNE_EVERY: Duration = Duration::from_secs(30);
/// and how often when they are very many.
const PRUNE_CROWD_EVERY: Duration = Duration::from_secs(1);
const CROWD: usize = 20_000;

type Clients =
    RateLimiter<IpAddr, DefaultKeyedStateStore<IpAddr>, DefaultClock, StateInformationMiddleware>;

/// The state of the limit, one for the whole process.
pub(super) struct Limits {
    clients: Option<(Clients, NonZeroU32)>,
    pruned: Mutex<Instant>,
}

/// What a client has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quotas {
    /// How many requests in a minute.
    pub(super) quota: u32,
    /// How many of them are left now.
    pub(super) left: u32,
    /// Seconds until all of them are there again, if the client keeps still.
    pub(super) full_in: u64,
    /// Seconds to wait, if this request was one too many.
    pub(super) wait: Option<u64>,
}

impl Limits {
    /// A limit of so many requests in a minute for each client; none with 0.
    pub(super) fn new(per_minute: u32) -> Limits {
        let clients = NonZeroU32::new(per_minute).map(|quota| {
            let limiter = RateLimiter::keyed(Quota::per_minute(quota));
            (limiter.with_middleware(), quota)
        });
        Limits {
            clients,
            pruned: Mutex::new(Instant::now()),
        }
    }

    /// Counts a request; `None` where there is no limit.
    pub(super) fn take(&self, client: IpAddr) -> Option<Quotas> {
        let (clients, quota) = self.clients.as_ref()?;
        self.prune(clients);
        let (left, wait) = match clients.check_key(&client) {
            Ok(state) => (state.remaining_burst_capacity(), None),
            Err(full) => {
                let wait = full.wait_time_from(DefaultClock::default().now());
                (0, Some(wait.as_secs() + 1))
            }
        };
        let used = u64::from(quota.get().saturating_sub(left));
        Some(Quotas {
            quota: quota.get(),
            left,
            full_in: (used * WINDOW).div_ceil(u64::from(quota.get())),
            wait,
        })
    }

    fn prune(&self, clients: &Clients) {
        // Whoever comes while another prunes need not wait for it.
        let Ok(mut pruned) = self.pruned.try_lock() else {
            return;
        };
        let since = pruned.elapsed();
        let is_due = since >= PRUNE_EVERY || since >= PRUNE_CROWD_EVERY && clients.len() > CROWD;
        if is_due {
            *pruned = Instant::now();
            clients.retain_recent();
            clients.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const ONE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    const OTHER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2));

    #[test]
    fn each_client_has_a_quota_of_its_own() {
        let limits = Limits::new(3);
        let lefts: Vec<u32> = (0..3).map(|_| limits.take(ONE).unwrap().left).collect();
        assert_eq!(lefts, [2, 1, 0]);
        let refused = limits.take(ONE).unwrap();
        assert!((1..=21).contains(&refused.wait.unwrap()), "{refused:?}");
        assert_eq!(refused.full_in, WINDOW);
        assert_eq!(limits.take(OTHER).unwrap().wait, None);
    }

    #[test]
    fn no_limit_counts_nothing() {
        assert_eq!(Limits::new(0).take(ONE), None);
    }

    #[test]
    fn clients_that_keep_still_are_forgotten() {
        let limits = Limits::new(60_000);
        for last in 0..=255 {
            limits.take(IpAddr::V4(Ipv4Addr::new(198, 51, 100, last)));
        }
        std::thread::sleep(Duration::from_millis(20));
        let earlier = Instant::now().checked_sub(PRUNE_EVERY).unwrap();
        *limits.pruned.lock().unwrap() = earlier;
        limits.take(ONE);
        let (clients, _) = limits.clients.as_ref().unwrap();
        assert!(clients.len() <= 1, "{}", clients.len());
    }
}
