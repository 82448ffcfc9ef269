//! The limits of `limits` and the pressure of `pressure` once more, counted in
//! the database, so that several instances take in no more than one would.
//!
//! What one instance refuses by what it has seen itself never gets here, so a
//! flood does not become a flood of writes.

use std::net::IpAddr;

use diesel::QueryResult;

use super::limits::{Admitted, Refusal, Sort, Wait};
use super::pressure::{PEACEFUL, WINDOW_SECONDS};
use crate::allowances::{self, Rate, Trace};
use crate::config::SecretKey;
use crate::db::AnyConnection;

/// As `limits` has them: the burst, and the milliseconds until there is one more.
const PER_CLIENT: Rate = Rate::new(5, 60_000);
const IN_TOTAL: Rate = Rate::new(100, 1_000);
const SPAM_IN_TOTAL: Rate = Rate::new(100, 6_000);
const WAITING_IN_TOTAL: Rate = Rate::new(40, 3_000);
const WAITING_PER_CLIENT: Rate = Rate::new(2, 150_000);
/// What comes in in peace: so many at once, and as many again spread over the
/// time that is looked back on.
const PEACE: Rate = Rate::new(
    PEACEFUL as u32,
    WINDOW_SECONDS as u32 * 1_000 / PEACEFUL as u32,
);

/// What all instances together say of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reports) struct Verdict {
    /// As `Limits::take` gives it.
    pub(in crate::reports) outcome: Result<Admitted, Refusal>,
    /// Until when forms ask for the extra step; epoch milliseconds, and 0 if
    /// they do not.
    pub(in crate::reports) attack_until: i64,
}

/// Takes the place of one report, or says what stands in its way, exactly, at
/// `now` (epoch milliseconds). The transaction must be committed also where it
/// refuses.
pub(in crate::reports) fn take(
    conn: &mut AnyConnection,
    key: &SecretKey,
    client: IpAddr,
    sort: Sort,
    now: i64,
) -> QueryResult<Verdict> {
    let attack_until = match sort {
        Sort::Spam => 0,
        _ => knock(conn, key, client, now)?,
    };
    let is_attack = attack_until > now;
    let of_client = |what| Trace::of_client(key, what, client, now);
    let of_all = |what| Trace::of_all(key, what);
    let reports = (of_client("reports"), PER_CLIENT);
    let wanted = match (sort, is_attack) {
        (Sort::Plain, true) => {
            return Ok(Verdict {
                outcome: Err(Refusal::Step),
                attack_until,
            });
        }
        (Sort::Spam, _) => [reports, (of_all("spam"), SPAM_IN_TOTAL)],
        (Sort::Waited, true) => [
            (of_client("patience"), WAITING_PER_CLIENT),
            (of_all("patience"), WAITING_IN_TOTAL),
        ],
        _ => [reports, (of_all("reports"), IN_TOTAL)],
    };
    let outcome = match allowances::take(conn, &wanted, now)? {
        Ok(()) => Ok(Admitted { once: is_attack }),
        Err(full) => Err(Refusal::Full(Wait {
            own: full.which == 0,
            seconds: u64::try_from(full.wait_ms).unwrap_or(1).div_ceil(1_000),
        })),
    };
    Ok(Verdict {
        outcome,
        attack_until,
    })
}

/// Counts an attempt, and gives until when there is an attack. A client counts
/// only as often as it may report, so that none can bring it upon all others.
fn knock(conn: &mut AnyConnection, key: &SecretKey, client: IpAddr, now: i64) -> QueryResult<i64> {
    let attack = Trace::of_all(key, "attack");
    let attack_until = allowances::whole_at(conn, &attack)?;
    let own = (Trace::of_client(key, "knocks", client, now), PER_CLIENT);
    if allowances::take(conn, &[own], now)?.is_err() {
        return Ok(attack_until);
    }
    let all = (Trace::of_all(key, "knocks"), PEACE);
    if allowances::take(conn, &[all], now)?.is_ok() {
        return Ok(attack_until);
    }
    let until = now + WINDOW_SECONDS as i64 * 1_000;
    allowances::note(conn, &attack, until)?;
    if attack_until <= now {
        tracing::warn!("very many reports come in over all instances; forms ask for an extra step");
    }
    Ok(until)
}
