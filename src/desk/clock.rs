//! Moments as the desk writes them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::articles::model::site_moment;
use crate::config::Config;
use crate::dates::DateStyle;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// A day in milliseconds.
pub(super) const DAY: i64 = 24 * HOUR;

/// The time of one request, in the zone of the site.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    /// Epoch milliseconds.
    pub(super) now: i64,
    zone: TimeZone,
    pub(super) style: DateStyle,
}

/// A moment, ready to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct When {
    /// `November 22, 2026, 08:45 KST`
    pub(super) words: String,
    /// As machines read it.
    pub(super) iso: String,
    /// How long ago, `3 days`.
    pub(super) age: String,
}

impl Clock {
    /// Reads the time.
    pub(super) fn read(config: &Config) -> Clock {
        Clock {
            now: Timestamp::now().as_millisecond(),
            zone: config.time_zone.clone(),
            style: config.date_style,
        }
    }

    /// A moment in epoch milliseconds.
    pub(super) fn when(&self, milliseconds: i64) -> When {
        let (words, iso) = site_moment(milliseconds, &self.zone, self.style);
        When {
            words,
            iso,
            age: age(self.now - milliseconds),
        }
    }

    /// The day of now in the zone of the site, `2026-12-02`.
    pub(super) fn today(&self) -> String {
        self.day(self.now)
    }

    /// The day of a moment in the zone of the site, `2026-12-02`.
    pub(super) fn day(&self, milliseconds: i64) -> String {
        let moment = Timestamp::from_millisecond(milliseconds).unwrap_or_default();
        moment.to_zoned(self.zone.clone()).date().to_string()
    }
}

/// So many milliseconds in the largest unit that fits, rounded down.
fn age(milliseconds: i64) -> String {
    let of = |count: i64, unit: &str| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {unit}{plural}")
    };
    match milliseconds {
        ..MINUTE => "just now".to_owned(),
        MINUTE..HOUR => of(milliseconds / MINUTE, "minute"),
        HOUR..DAY => of(milliseconds / HOUR, "hour"),
        _ => match milliseconds / DAY {
            days @ ..14 => of(days, "day"),
            days @ 14..61 => of(days / 7, "week"),
            days @ 61..730 => of(days * 12 / 365, "month"),
            days => of(days / 365, "year"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_said_in_the_largest_unit_that_fits() {
        for (milliseconds, words) in [
            (-5, "just now"),
            (MINUTE - 1, "just now"),
            (MINUTE, "1 minute"),
            (HOUR - 1, "59 minutes"),
            (DAY - 1, "23 hours"),
            (DAY, "1 day"),
            (13 * DAY, "13 days"),
            (14 * DAY, "2 weeks"),
            (61 * DAY, "2 months"),
            (365 * DAY, "12 months"),
            (730 * DAY, "2 years"),
        ] {
            assert_eq!(age(milliseconds), words);
        }
    }
}
