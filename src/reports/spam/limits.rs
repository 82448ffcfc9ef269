//! How many reports one instance takes in: from one client, and from all
//! together. It is quick and stands before `everywhere`, which counts for all
//! instances.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::everywhere::Verdict;
use super::pressure::Pressure;

/// Nobody writes five reports a minute for long.
const PER_CLIENT: Quota = per_minute(5, 1);
/// All clients together.
const IN_TOTAL: Quota = per_minute(100, 60);
/// All that is marked as spam has a budget of its own, so that a flood of it
/// neither uses up the one of people nor fills the disk.
const SPAM_IN_TOTAL: Quota = per_minute(100, 10);
/// Under attack, those who wait instead of calculating have a budget of their
/// own, because a patient program can do so too: all of them together,
const WAITING_IN_TOTAL: Quota = per_minute(40, 20);
/// and each of them, in five minutes.
const WAITING_PER_CLIENT: usize = 2;
const WAITING_WINDOW: Duration = Duration::from_secs(5 * 60);
/// How often clients that have kept still are forgotten.
const PRUNE_EVERY: Duration = Duration::from_secs(60);

/// The state of the limits, one for the whole process.
pub struct Limits {
    clients: DefaultKeyedRateLimiter<IpAddr>,
    people: DefaultDirectRateLimiter,
    spam: DefaultDirectRateLimiter,
    patient: DefaultDirectRateLimiter,
    /// Who came in by waiting of late, oldest first. Not a limiter like the
    /// others: whoever finds no room in the total must not have used up their
    /// own, or a flood would shut out those who come again when they are told.
    patient_clients: Mutex<VecDeque<(Instant, IpAddr)>>,
    /// Whose attempts count for the pressure, so that no single client can
    /// bring the extra step upon all others.
    knocks: DefaultKeyedRateLimiter<IpAddr>,
    pressure: Mutex<Pressure>,
    /// Until when all instances together see an attack, as far as this one has
    /// heard: epoch milliseconds.
    attack_until: AtomicI64,
    pruned: Mutex<Instant>,
}

/// What a form is, as far as limits look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reports) enum Sort {
    /// A rule against spam has caught it.
    Spam,
    /// Nothing speaks against it.
    Plain,
    /// It also brings the answer to its challenge.
    Worked,
    /// It also was open for as long as takes the place of an answer.
    Waited,
}

/// Why a form is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reports) enum Refusal {
    /// A limit was reached.
    Full(Wait),
    /// There is an attack, and it brings neither an answer nor patience.
    Step,
}

/// How a form came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reports) struct Admitted {
    /// There is an attack, so the form must not come in a second time.
    pub(in crate::reports) once: bool,
}

/// Which limit was reached, and how long until there is room again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reports) struct Wait {
    /// The client's own limit, not that of all together.
    pub(in crate::reports) own: bool,
    /// Full seconds, at least 1.
    pub(in crate::reports) seconds: u64,
}

impl Limits {
    /// Limits of which nothing is used up yet.
    #[must_use]
    pub fn new() -> Limits {
        Limits {
            clients: RateLimiter::keyed(PER_CLIENT),
            people: RateLimiter::direct(IN_TOTAL),
            spam: RateLimiter::direct(SPAM_IN_TOTAL),
            patient: RateLimiter::direct(WAITING_IN_TOTAL),
            patient_clients: Mutex::default(),
            knocks: RateLimiter::keyed(PER_CLIENT),
            pressure: Mutex::default(),
            attack_until: AtomicI64::new(0),
            pruned: Mutex::new(Instant::now()),
        }
    }

    /// Whether forms ask for the extra step now.
    pub(in crate::reports) fn is_attack(&self) -> bool {
        self.pressure().is_high(Instant::now()) || self.is_attack_elsewhere()
    }

    /// Learns what all instances together said of a form that this one had let
    /// in: until when there is an attack, in epoch milliseconds; and where they
    /// refuse it, whoever has waited keeps their turn.
    pub(in crate::reports) fn learn(&self, client: IpAddr, verdict: Verdict) {
        self.attack_until
            .fetch_max(verdict.attack_until, Ordering::Relaxed);
        if verdict.outcome.is_err() {
            let mut recent = self
                .patient_clients
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if let Some(at) = recent.iter().rposition(|(_, other)| *other == client) {
                recent.remove(at);
            }
        }
    }

    /// Takes the place of one report, or says what stands in its way.
    pub(in crate::reports) fn take(&self, client: IpAddr, sort: Sort) -> Result<Admitted, Refusal> {
        self.prune();
        let is_attack = sort != Sort::Spam && self.knock(client);
        let (own, total) = match (sort, is_attack) {
            (Sort::Spam, _) => (&self.clients, &self.spam),
            (Sort::Plain, true) => return Err(Refusal::Step),
            (Sort::Waited, true) => return self.take_patient(client),
            _ => (&self.clients, &self.people),
        };
        let now = DefaultClock::default().now();
        own.check_key(&client)
            .map_err(|full| Refusal::full(true, full.wait_time_from(now)))?;
        total
            .check()
            .map_err(|full| Refusal::full(false, full.wait_time_from(now)))?;
        Ok(Admitted { once: is_attack })
    }

    /// As [`take`](Self::take), under attack, for those who wait.
    fn take_patient(&self, client: IpAddr) -> Result<Admitted, Refusal> {
        let now = Instant::now();
        let mut recent = self
            .patient_clients
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        while let Some((at, _)) = recent.front()
            && now.duration_since(*at) >= WAITING_WINDOW
        {
            recent.pop_front();
        }
        let mut own = recent.iter().filter(|(_, other)| *other == client);
        if let Some((first, _)) = own.clone().next()
            && own.by_ref().count() >= WAITING_PER_CLIENT
        {
            let left = WAITING_WINDOW.saturating_sub(now.duration_since(*first));
            return Err(Refusal::full(true, left));
        }
        let clock = DefaultClock::default().now();
        self.patient
            .check()
            .map_err(|full| Refusal::full(false, full.wait_time_from(clock)))?;
        recent.push_back((now, client));
        Ok(Admitted { once: true })
    }

    /// Counts an attempt, and says whether there is an attack.
    fn knock(&self, client: IpAddr) -> bool {
        let counts = self.knocks.check_key(&client).is_ok();
        let now = Instant::now();
        let mut pressure = self.pressure();
        let before = pressure.is_high(now);
        if counts {
            pressure.count(now);
        }
        let after = pressure.is_high(now);
        if after && !before {
            tracing::warn!("very many reports are coming in; forms ask for an extra step now");
        }
        after || self.is_attack_elsewhere()
    }

    fn is_attack_elsewhere(&self) -> bool {
        self.attack_until.load(Ordering::Relaxed) > jiff::Timestamp::now().as_millisecond()
    }

    fn pressure(&self) -> std::sync::MutexGuard<'_, Pressure> {
        self.pressure.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn prune(&self) {
        // Whoever comes while another prunes need not wait for it.
        if let Ok(mut pruned) = self.pruned.try_lock()
            && pruned.elapsed() >= PRUNE_EVERY
        {
            *pruned = Instant::now();
            for clients in [&self.clients, &self.knocks] {
                clients.retain_recent();
                clients.shrink_to_fit();
            }
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits::new()
    }
}

impl Refusal {
    fn full(own: bool, wait: Duration) -> Refusal {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        Refusal::Full(Wait {
            own,
            seconds: seconds.max(1),
        })
    }
}

const fn per_minute(burst: u32, then: u32) -> Quota {
    Quota::per_minute(at_least_one(then)).allow_burst(at_least_one(burst))
}

const fn at_least_one(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::spam::pressure::PEACEFUL;

    fn client(number: u32) -> IpAddr {
        IpAddr::V4(number.into())
    }

    fn kept(limits: &Limits, clients: std::ops::Range<u32>, sort: Sort) -> usize {
        clients
            .filter(|number| limits.take(client(*number), sort).is_ok())
            .count()
    }

    fn wait(refused: Result<Admitted, Refusal>) -> Wait {
        match refused {
            Err(Refusal::Full(wait)) => wait,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn one_client_has_five_and_then_waits_up_to_a_minute() {
        let limits = Limits::new();
        for _ in 0..5 {
            assert!(limits.take(client(1), Sort::Plain).is_ok());
        }
        let wait = wait(limits.take(client(1), Sort::Plain));
        assert!(wait.own);
        assert!((50..=60).contains(&wait.seconds), "{wait:?}");
        assert!(limits.take(client(2), Sort::Plain).is_ok());
    }

    #[test]
    fn a_flood_of_spam_leaves_room_for_people() {
        let limits = Limits::new();
        let kept = kept(&limits, 0..1000, Sort::Spam);
        assert!((100..=101).contains(&kept), "{kept}");
        assert!(!wait(limits.take(client(5000), Sort::Spam)).own);
        assert_eq!(
            limits.take(client(5001), Sort::Plain),
            Ok(Admitted { once: false })
        );
    }

    #[test]
    fn under_attack_only_those_who_work_or_wait_come_in_and_once_each() {
        let limits = Limits::new();
        assert_eq!(kept(&limits, 0..1000, Sort::Plain), PEACEFUL);
        assert!(limits.is_attack());
        assert_eq!(limits.take(client(2000), Sort::Plain), Err(Refusal::Step));
        for sort in [Sort::Worked, Sort::Waited] {
            assert_eq!(limits.take(client(2000), sort), Ok(Admitted { once: true }));
        }
        // Whoever waits has two, and their flood leaves room for who works.
        assert!(limits.take(client(2000), Sort::Waited).is_ok());
        assert!(wait(limits.take(client(2000), Sort::Waited)).own);
        assert!(kept(&limits, 3000..4000, Sort::Waited) < 41);
        // Whoever is sent away because all is full has used up nothing.
        for _ in 0..5 {
            assert!(!wait(limits.take(client(6000), Sort::Waited)).own);
        }
        let worked = kept(&limits, 4000..5000, Sort::Worked);
        assert!((60..=75).contains(&worked), "{worked}");
    }

    #[test]
    fn one_client_alone_makes_no_attack() {
        let limits = Limits::new();
        for _ in 0..1000 {
            let _ = limits.take(client(1), Sort::Plain);
        }
        assert!(!limits.is_attack());
    }
}
