//! How often one may guess: five times, then after a wait that doubles from ten
//! minutes.
//!
//! Counted are the account that is guessed at, whether there is one or not, and
//! the address that guesses. A browser that the editor has signed in with
//! before is counted for itself alone, so that nobody can lock an editor out.

use std::net::IpAddr;

use super::DAY_MS;
use super::queries::failures;
use crate::config::SecretKey;
use crate::db::{Db, DbError};
use crate::desk::gate::{Known, seal};

/// How many guesses are free.
const FREE: i64 = 5;
/// The first wait.
const WAIT_MS: i64 = 10 * 60 * 1_000;

/// What a guess is counted for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counters(pub(super) Vec<String>);

/// What was counted so far for one account, address or browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count {
    /// Guesses since `since` that were not followed by a right one.
    pub(super) failures: i64,
    /// Epoch milliseconds, UTC, like the next.
    pub(super) since: i64,
    /// Until then nothing is looked at.
    pub(super) wait_until: i64,
}

impl Counters {
    /// For a guess at a password. `email` is in lower case, and need not be
    /// anybody's. `editor` is whose it is.
    pub(super) fn password(
        key: &SecretKey,
        email: &str,
        client: IpAddr,
        editor: Option<&str>,
        known: Option<&Known>,
    ) -> Counters {
        Counters::new(key, "password", email, client, editor, known)
    }

    /// For a guess at a second factor.
    pub(super) fn second_factor(
        key: &SecretKey,
        editor: &str,
        client: IpAddr,
        known: Option<&Known>,
    ) -> Counters {
        Counters::new(key, "second factor", editor, client, Some(editor), known)
    }

    /// For asking for a link: per address alone, because each account has its
    /// own limit of mails.
    pub(super) fn forgotten(key: &SecretKey, client: IpAddr) -> Counters {
        Counters(vec![seal::trace(
            key,
            "forgotten client",
            &[&client.to_string()],
        )])
    }

    fn new(
        key: &SecretKey,
        step: &str,
        account: &str,
        client: IpAddr,
        editor: Option<&str>,
        known: Option<&Known>,
    ) -> Counters {
        let trace = |label: &str, text: &str| seal::trace(key, label, &[step, text]);
        if let Some(known) = known.filter(|known| Some(known.editor.as_str()) == editor) {
            return Counters(vec![trace("throttle browser", &known.browser)]);
        }
        let mut traces = vec![
            trace("throttle account", account),
            trace("throttle client", &client.to_string()),
        ];
        // Always in one order, so that two guesses never wait for each other.
        traces.sort();
        Counters(traces)
    }
}

/// Counts one guess before it is looked at; `Err` is how many seconds to wait
/// instead, and then nothing is counted.
pub(super) async fn take(
    db: &Db,
    counters: &Counters,
    now: i64,
) -> Result<Result<(), u64>, DbError> {
    let mut attempts = 0;
    loop {
        let traces = counters.0.clone();
        let taken = db
            .write(move |conn| failures::take(conn, &traces, now))
            .await;
        attempts += 1;
        match taken {
            // Two first guesses at the same moment: the second finds the row.
            Err(DbError::Query(diesel::result::Error::DatabaseError(
                diesel::result::DatabaseErrorKind::UniqueViolation,
                _,
            ))) if attempts < 5 => {}
            Ok(Some(until)) => {
                let seconds = u64::try_from((until - now).div_euclid(1_000) + 1).unwrap_or(1);
                return Ok(Err(seconds));
            }
            other => return other.map(|_| Ok(())),
        }
    }
}

impl Count {
    /// Nothing yet.
    pub(super) fn new(now: i64) -> Count {
        Count {
            failures: 0,
            since: now,
            wait_until: 0,
        }
    }

    /// Until when to wait, if that is not over.
    pub(super) fn waits(self, now: i64) -> Option<i64> {
        (self.wait_until > now).then_some(self.wait_until)
    }

    /// With one guess more.
    pub(super) fn one_more(self, now: i64) -> Count {
        let is_old = now.saturating_sub(self.since) >= DAY_MS;
        let base = if is_old { Count::new(now) } else { self };
        let failures = base.failures + 1;
        let wait = match u32::try_from(failures - FREE) {
            Ok(doublings) => WAIT_MS.saturating_mul(1 << doublings.min(16)).min(DAY_MS),
            Err(_) => 0,
        };
        Count {
            failures,
            wait_until: if wait == 0 { 0 } else { now + wait },
            ..base
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Guesses as often as it is let, and gives the moments.
    fn guesses(days: i64) -> Vec<i64> {
        let mut count = Count::new(0);
        let mut moments = Vec::new();
        let mut now = 0;
        while now < days * DAY_MS {
            if count.waits(now).is_none() {
                count = count.one_more(now);
                moments.push(now);
            }
            now += 1_000;
        }
        moments
    }

    #[test]
    fn five_in_ten_minutes_and_few_in_a_day_are_looked_at() {
        let moments = guesses(3);
        for start in &moments {
            let within = |length| {
                let window = *start..start + length;
                moments.iter().filter(|one| window.contains(one)).count()
            };
            assert!(within(WAIT_MS) <= 5);
            assert!(within(DAY_MS) <= 50);
        }
        let minutes: Vec<i64> = moments
            .iter()
            .skip(5)
            .take(4)
            .map(|ms| ms / 60_000)
            .collect();
        assert_eq!(minutes, [10, 30, 70, 150]);
    }

    #[test]
    fn a_known_browser_is_counted_for_itself() {
        let key = SecretKey::from_bytes([7; 32]);
        let client: IpAddr = "192.0.2.1".parse().unwrap();
        let known = Known {
            editor: "E-1".to_owned(),
            browser: "b".to_owned(),
        };
        let counters = |editor, known| Counters::password(&key, "a@b.c", client, editor, known);
        let unknown = counters(Some("E-1"), None);
        assert_eq!(unknown.0.len(), 2);
        assert_eq!(counters(None, None), unknown);
        assert_eq!(counters(Some("E-2"), Some(&known)), unknown);
        let own = counters(Some("E-1"), Some(&known));
        assert!(own.0.len() == 1 && !unknown.0.contains(&own.0[0]));
    }
}
