//! How often one client may ask, over all instances.
//!
//! An answer waits for nothing: it is counted in memory, and [`share`] adds the
//! counts to the database once a second and learns what the client has asked of
//! other instances (`allowances`). So a client gets its quota, and before they
//! have heard of each other at most what each instance answers within a second.
//! While the database is away, each instance counts for itself.

use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::allowances::{self, Trace};
use crate::config::SecretKey;
use crate::db::Db;

/// The seconds that a quota is for.
pub(super) const WINDOW: u64 = 60;
/// How often instances tell each other,
const SHARE_EVERY: Duration = Duration::from_secs(1);
/// and how long one waits for the database before it drops what it had to tell.
const SHARE_PATIENCE: Duration = Duration::from_secs(5);
const SECOND: i64 = 1_000_000;
/// Nobody waits for longer, whatever another instance's clock says.
const LONGEST_WAIT: i64 = 10 * WINDOW as i64 * SECOND;

/// The state of the limit, one for the whole process.
pub(super) struct Limits {
    quota: Option<NonZeroU32>,
    clients: Mutex<HashMap<IpAddr, Client>>,
}

/// What is known of a client.
#[derive(Clone, Copy, Debug, Default)]
struct Client {
    /// When its whole quota is there again: epoch microseconds.
    whole_at: i64,
    /// How many of its requests the database has not heard of.
    untold: u32,
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

/// Tells the database once a second what was asked here, and learns what was
/// asked elsewhere, until it is dropped.
pub(super) async fn share(limits: &Limits, db: &Db, key: &Arc<SecretKey>) {
    let Some(quota) = limits.quota else {
        return;
    };
    let mut is_away = false;
    loop {
        tokio::time::sleep(SHARE_EVERY).await;
        let untold = limits.untold();
        if untold.is_empty() {
            continue;
        }
        let key = Arc::clone(key);
        let now = jiff::Timestamp::now().as_millisecond();
        let told = db.write(move |conn| {
            let mut traced: Vec<(Trace, i64, IpAddr)> = untold
                .into_iter()
                .map(|(client, requests)| {
                    let trace = Trace::of_client(&key, "api", client, now);
                    let grows_back = i64::from(requests) * every(quota) / 1_000;
                    (trace, grows_back.max(1), client)
                })
                .collect();
            traced.sort();
            let used: Vec<(Trace, i64)> = traced
                .iter()
                .map(|(trace, used, _)| (trace.clone(), *used))
                .collect();
            let totals = allowances::add(conn, &used, now)?;
            let clients = traced.into_iter();
            Ok(clients
                .filter_map(|(trace, _, client)| Some((client, *totals.get(&trace)?)))
                .collect::<Vec<_>>())
        });
        match tokio::time::timeout(SHARE_PATIENCE, told).await {
            Ok(Ok(totals)) => {
                limits.learn(&totals);
                is_away = false;
            }
            // What was not told is not told later: it would count requests
            // whose allowance has grown back long since.
            _ if is_away => {}
            _ => {
                tracing::warn!("the limit of the API is counted by this instance alone for now");
                is_away = true;
            }
        }
    }
}

impl Limits {
    /// A limit of so many requests in a minute for each client; none with 0.
    pub(super) fn new(per_minute: u32) -> Limits {
        Limits {
            quota: NonZeroU32::new(per_minute),
            clients: Mutex::default(),
        }
    }

    /// Counts a request; `None` where there is no limit.
    pub(super) fn take(&self, client: IpAddr) -> Option<Quotas> {
        self.take_at(client, now())
    }

    fn take_at(&self, client: IpAddr, now: i64) -> Option<Quotas> {
        let quota = self.quota?;
        let whole = i64::from(quota.get()) * every(quota);
        let mut clients = self.clients();
        let state = clients.entry(client).or_default();
        let mut used = (state.whole_at - now).clamp(0, LONGEST_WAIT);
        let too_much = used + every(quota) - whole;
        let wait = (too_much > 0).then(|| seconds(too_much));
        if wait.is_none() {
            used += every(quota);
            state.whole_at = now + used;
            state.untold += 1;
        }
        let left = (whole - used).max(0) / every(quota);
        Some(Quotas {
            quota: quota.get(),
            left: u32::try_from(left).unwrap_or(u32::MAX),
            full_in: seconds(used),
            wait,
        })
    }

    /// What the database has not heard of, which from now on it has. Clients
    /// that have kept still for long enough are forgotten.
    fn untold(&self) -> Vec<(IpAddr, u32)> {
        let now = now();
        let mut clients = self.clients();
        clients.retain(|_, state| state.untold > 0 || state.whole_at > now);
        if clients.capacity() > 4 * clients.len() + 1_000 {
            clients.shrink_to_fit();
        }
        let told = clients.iter_mut().filter(|(_, state)| state.untold > 0);
        told.map(|(client, state)| (*client, std::mem::take(&mut state.untold)))
            .collect()
    }

    /// Takes over when allowances are whole again by all that was asked
    /// anywhere, in epoch milliseconds.
    fn learn(&self, totals: &[(IpAddr, i64)]) {
        let Some(quota) = self.quota else {
            return;
        };
        let mut clients = self.clients();
        for (client, whole_at) in totals {
            let state = clients.entry(*client).or_default();
            let since = i64::from(state.untold) * every(quota);
            state.whole_at = state.whole_at.max(whole_at * 1_000 + since);
        }
    }

    fn clients(&self) -> MutexGuard<'_, HashMap<IpAddr, Client>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The microseconds in which one request grows back; at least 60, because a
/// quota is at most a million.
fn every(quota: NonZeroU32) -> i64 {
    (WINDOW as i64 * SECOND / i64::from(quota.get())).max(1)
}

/// Full seconds, rounded up.
fn seconds(microseconds: i64) -> u64 {
    u64::try_from(microseconds)
        .unwrap_or(0)
        .div_ceil(SECOND as u64)
}

fn now() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const ONE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    const OTHER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2));
    const NOON: i64 = 1_795_262_400_000_000;

    #[test]
    fn each_client_has_a_quota_of_its_own() {
        let limits = Limits::new(3);
        let take = |client, now| limits.take_at(client, now).unwrap();
        let lefts: Vec<u32> = (0..3).map(|_| take(ONE, NOON).left).collect();
        assert_eq!(lefts, [2, 1, 0]);
        let refused = take(ONE, NOON);
        assert_eq!((refused.wait, refused.full_in), (Some(20), WINDOW));
        assert_eq!(take(OTHER, NOON).wait, None);
        assert_eq!(take(ONE, NOON + 20 * SECOND).wait, None);
        assert_eq!(take(ONE, NOON + 20 * SECOND).wait, Some(20));
        // After a minute all three are there, and no more than three.
        let lefts: Vec<u32> = (0..3)
            .map(|_| take(ONE, NOON + 200 * SECOND).left)
            .collect();
        assert_eq!(lefts, [2, 1, 0]);
    }

    #[test]
    fn no_limit_counts_nothing() {
        assert_eq!(Limits::new(0).take(ONE), None);
    }

    #[test]
    fn what_was_asked_elsewhere_counts_with_what_was_asked_since() {
        let limits = Limits::new(60);
        limits.take_at(ONE, NOON);
        assert_eq!(limits.untold(), [(ONE, 1)]);
        assert_eq!(limits.untold(), []);
        limits.take_at(ONE, NOON);
        // Thirty of them, by all instances together.
        limits.learn(&[(ONE, NOON / 1_000 + 30_000)]);
        let quotas = limits.take_at(ONE, NOON).unwrap();
        assert_eq!((quotas.left, quotas.wait), (28, None));
        // A clock that is an hour ahead locks nobody out for an hour.
        limits.learn(&[(ONE, NOON / 1_000 + 3_600_000)]);
        let wait = limits.take_at(ONE, NOON).unwrap().wait.unwrap();
        assert!(wait <= 10 * WINDOW, "{wait}");
    }

    #[test]
    fn clients_that_keep_still_are_forgotten() {
        let limits = Limits::new(60_000);
        for last in 0..=255 {
            limits.take(IpAddr::V4(Ipv4Addr::new(198, 51, 100, last)));
        }
        assert_eq!(limits.untold().len(), 256);
        std::thread::sleep(Duration::from_millis(20));
        assert!(limits.untold().is_empty() && limits.clients().is_empty());
    }
}
