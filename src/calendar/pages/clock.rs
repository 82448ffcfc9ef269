//! How long a page may be kept that depends on what day or year it is.

use jiff::{Zoned, civil};

use super::MAX_AGE;
use crate::site::CachePolicy;

/// How long the page of a day may be kept that is another one next year. Only
/// in the last hours of the year does that make a difference.
pub(super) fn until_new_year(now: &Zoned) -> CachePolicy {
    /// Longer than a stale page is ever shown.
    const TWO_DAYS: u32 = 2 * 86_400;
    let new_year = civil::Date::new(now.year().saturating_add(1), 1, 1).ok();
    match new_year.map(|new_year| seconds_until(now, new_year)) {
        Some(left) if left < TWO_DAYS => CachePolicy::UntilMidnight {
            seconds: left.min(MAX_AGE),
        },
        _ => CachePolicy::Public { max_age: MAX_AGE },
    }
}

/// How long a page may be kept that is another one tomorrow. An import in
/// between must show within minutes.
pub(super) fn until_tomorrow(now: &Zoned) -> CachePolicy {
    CachePolicy::until_tomorrow(now, MAX_AGE)
}

/// Seconds from now to the beginning of a day in the same zone.
fn seconds_until(now: &Zoned, day: civil::Date) -> u32 {
    let begins = day.to_zoned(now.time_zone().clone()).ok();
    let seconds = begins.map_or(0, |begins| {
        begins.timestamp().as_second() - now.timestamp().as_second()
    });
    u32::try_from(seconds.max(0)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_counts_years_is_not_kept_beyond_the_last_of_december() {
        let at = |time: &str| until_new_year(&time.parse::<Zoned>().unwrap());
        let public = CachePolicy::Public { max_age: 300 };
        let until = |seconds| CachePolicy::UntilMidnight { seconds };
        assert_eq!(at("2026-11-22T12:00[UTC]"), public);
        assert_eq!(at("2026-12-29T23:59[UTC]"), public);
        assert_eq!(at("2026-12-30T12:00[UTC]"), until(300));
        assert_eq!(at("2026-12-31T23:59:30[UTC]"), until(30));
        // It is the year of the site that counts: in Seoul it is 2027.
        assert_eq!(at("2027-01-01T00:00:10[Asia/Seoul]"), public);
    }

    #[test]
    fn a_page_that_marks_today_is_not_kept_beyond_midnight() {
        let at = |time: &str| until_tomorrow(&time.parse::<Zoned>().unwrap());
        let until = |seconds| CachePolicy::UntilMidnight { seconds };
        assert_eq!(at("2026-11-22T12:00[UTC]"), until(300));
        assert_eq!(at("2026-11-22T23:59:30[UTC]"), until(30));
    }
}
