//! Whether one date lies before, within or beside another, so far as what is
//! known of both allows an answer.

use super::extent::{End, Extent, Mark, Shape};
use super::historical::HistoricalDate;

/// An answer about dates that are not known exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// It is so, whatever the dates turn out to be.
    Yes,
    /// It is not so, whatever the dates turn out to be.
    No,
    /// What is known of the dates allows both.
    Maybe,
}

impl Answer {
    /// Whether it is [`Answer::Yes`].
    #[must_use]
    pub fn is_yes(self) -> bool {
        self == Answer::Yes
    }

    /// Whether it is [`Answer::No`]: what a check should ask that must never
    /// blame an editor for a date that is merely vague.
    #[must_use]
    pub fn is_no(self) -> bool {
        self == Answer::No
    }

    /// "Yes" if both are, "no" if either is.
    fn and(self, other: Answer) -> Answer {
        match (self, other) {
            (Answer::No, _) | (_, Answer::No) => Answer::No,
            (Answer::Yes, Answer::Yes) => Answer::Yes,
            _ => Answer::Maybe,
        }
    }

    fn not(self) -> Answer {
        match self {
            Answer::Yes => Answer::No,
            Answer::No => Answer::Yes,
            Answer::Maybe => Answer::Maybe,
        }
    }
}

/// How sure dates are, as these three questions see it.
///
/// The bounds decide, in day numbers, so that both calendars meet. What is
/// known to the year happened at some time in that year; what is some time
/// between two dates, at any between; an interval went on from its start to
/// its end, each of which is as vague as it is written. An open end is
/// endless. An unknown one may be any day that does not turn the interval
/// around.
///
/// A date with `~` or `?` may lie outside its bounds, on either side, by:
///
/// | known to the | days | about |
/// |---|---|---|
/// | day | 31 | a month |
/// | month, season | 366 | a year |
/// | year, decade | 3,653 | ten years |
/// | century | 36,525 | a hundred years |
///
/// With `%` it is twice as much. For years of five digits and more it is a
/// hundredth of them, since nobody who writes "about 12,000 BCE" means ten
/// years. The tolerance is ours; EDTF gives none. It is there so that no such
/// date ever makes a certain "yes" or "no" that its source did not mean.
impl HistoricalDate {
    /// Whether all of this date is over before `other` begins.
    ///
    /// Two dates that are both "1951" are two events of one year, so the
    /// answer is `Maybe`, also for a date and itself; but a day is not before
    /// itself. `Yes` one way is `No` the other way.
    #[must_use]
    pub fn is_before(&self, other: &HistoricalDate) -> Answer {
        let (ours, theirs) = (self.spread(), other.spread());
        if ours.end.latest < theirs.begin.earliest {
            Answer::Yes
        } else if ours.end.earliest >= theirs.begin.latest {
            Answer::No
        } else {
            Answer::Maybe
        }
    }

    /// Whether there is a day on which both are going on. The same in both
    /// directions.
    #[must_use]
    pub fn overlaps(&self, other: &HistoricalDate) -> Answer {
        let before = self.is_before(other).not();
        before.and(other.is_before(self).not())
    }

    /// Whether `other` lies within the days that this date names: "1951"
    /// contains January 4, 1951, and a life contains what was lived.
    ///
    /// Other than for the two questions above, this date is taken as a frame:
    /// all days from its first to its last. It is the question whether a
    /// vaguer date ("in 1951") is right beside a more exact one.
    #[must_use]
    pub fn contains(&self, other: &HistoricalDate) -> Answer {
        let (frame, theirs) = (self.frame(), other.spread());
        if theirs.begin.latest < frame.begin.earliest || theirs.end.earliest > frame.end.latest {
            Answer::No
        } else if frame.begin.latest <= theirs.begin.earliest
            && theirs.end.latest <= frame.end.earliest
        {
            Answer::Yes
        } else {
            Answer::Maybe
        }
    }

    /// When the date may begin and end.
    pub(super) fn spread(&self) -> Spread {
        let (begin, end) = match self.extent {
            Extent::Single(mark) => (self.days(mark), self.days(mark)),
            Extent::Between { first, last } => {
                let days = Days {
                    earliest: self.days(first).earliest,
                    latest: self.days(last).latest,
                };
                (days, days)
            }
            Extent::Interval { start, end } => (
                self.side(start, Days::PAST_ALL),
                self.side(end, Days::AFTER_ALL),
            ),
        };
        // No interval ends before it begins, however vague its ends are.
        Spread {
            begin: Days {
                earliest: begin.earliest,
                latest: begin.latest.min(end.latest),
            },
            end: Days {
                earliest: end.earliest.max(begin.earliest),
                latest: end.latest,
            },
        }
    }

    /// The first and the last of the days that the date names, each as vague
    /// as `?` and `~` make it.
    fn frame(&self) -> Spread {
        let Spread { begin, end } = self.spread();
        let within = |mark: Option<Mark>, bound: Option<i64>, unknown: Days| {
            let (Some(mark), Some(bound)) = (mark, bound) else {
                return unknown;
            };
            let tolerance = mark.tolerance();
            Days {
                earliest: bound - tolerance,
                latest: bound + tolerance,
            }
        };
        let first = self.first_day().map(|day| day.0);
        let last = self.last_day().map(|day| day.0);
        Spread {
            begin: within(self.extent.start(), first, begin),
            end: within(self.extent.end(), last, end),
        }
    }

    /// The days on which something may have been that is dated by `mark`.
    fn days(&self, mark: Mark) -> Days {
        let tolerance = mark.tolerance();
        let first = mark.first_day(self.calendar).map(|day| day.0);
        let last = mark.last_day(self.calendar).map(|day| day.0);
        Days {
            earliest: first.map_or(i64::MIN, |day| day - tolerance),
            latest: last.map_or(i64::MAX, |day| day + tolerance),
        }
    }

    fn side(&self, end: End, open: Days) -> Days {
        match end {
            End::Dated(mark) => self.days(mark),
            End::Open => open,
            End::Unknown => Days {
                earliest: i64::MIN,
                latest: i64::MAX,
            },
        }
    }
}

/// When something may begin and when it may end.
#[derive(Clone, Copy)]
pub(super) struct Spread {
    pub(super) begin: Days,
    pub(super) end: Days,
}

/// Day numbers of which one is meant; the smallest and the largest number
/// there is stand for no bound.
#[derive(Clone, Copy)]
pub(super) struct Days {
    pub(super) earliest: i64,
    pub(super) latest: i64,
}

impl Days {
    const PAST_ALL: Days = Days {
        earliest: i64::MIN,
        latest: i64::MIN,
    };
    const AFTER_ALL: Days = Days {
        earliest: i64::MAX,
        latest: i64::MAX,
    };
}

impl Mark {
    /// By how many days what is marked so may lie outside the bounds.
    fn tolerance(self) -> i64 {
        const TEN_YEARS: i64 = 3_653;
        let once = match self.shape {
            Shape::Day(..) => 31,
            Shape::Month(..) | Shape::Season(..) => 366,
            Shape::Year(year) => match year.astronomical().abs() {
                0..10_000 => TEN_YEARS,
                years => years / 100 * 366,
            },
            Shape::Decade(_) => TEN_YEARS,
            Shape::Century(_) => 10 * TEN_YEARS,
        };
        once * (i64::from(self.uncertain) + i64::from(self.approximate))
    }
}

#[cfg(test)]
mod tests {
    use super::Answer::{self, Maybe, No, Yes};
    use crate::dates::{Calendar, HistoricalDate};

    fn date(edtf: &str) -> HistoricalDate {
        HistoricalDate::parse(edtf, Calendar::Gregorian).unwrap()
    }

    #[test]
    fn what_is_before_is_said_only_as_far_as_it_is_known() {
        for (one, other, before, after) in [
            ("1951-01-04", "1951-01-05", Yes, No),
            ("1951-01-04", "1951-01-04", No, No),
            ("1951", "1952", Yes, No),
            ("1951", "1951", Maybe, Maybe),
            ("1951-01", "1951", Maybe, Maybe),
            ("1951-12-31", "1951", No, Maybe),
            ("1951-01-01", "1951", Maybe, No),
            ("[1340..1345]", "1346", Yes, No),
            ("[1340..1345]", "1343", Maybe, Maybe),
            // A war is not over while it lasts.
            ("1939/1945", "1942", No, No),
            ("1939/1945", "1946", Yes, No),
            ("1939/1945", "1945", Maybe, No),
            ("1939/..", "2026", No, No),
            ("1939/..", "1938", No, Yes),
            ("1939/", "2026", Maybe, No),
            ("1939/", "1938", No, Yes),
            ("../1939", "0001", No, No),
            ("/1939", "0001", No, Maybe),
            ("/1939", "1940", Yes, No),
            ("-0043-03-15", "0014-08-19", Yes, No),
        ] {
            assert_eq!(date(one).is_before(&date(other)), before, "{one} {other}");
            assert_eq!(date(other).is_before(&date(one)), after, "{other} {one}");
        }
    }

    #[test]
    fn doubt_is_no_certain_answer_until_it_is_far_enough() {
        for (one, near, far) in [
            ("1951-01-04~", "1951-02-04", "1951-02-05"),
            ("1951-01-04?", "1951-02-04", "1951-02-05"),
            ("1951-01-04%", "1951-03-07", "1951-03-08"),
            ("1951-01~", "1952-02-01", "1952-02-02"),
            ("1951~", "1961", "1963"),
            ("1951%", "1971", "1973"),
            ("195X~", "1969", "1971"),
            ("19XX?", "2099", "2101"),
            ("Y-12000~", "Y-11900", "Y-11800"),
        ] {
            assert_eq!(date(one).is_before(&date(near)), Maybe, "{one} {near}");
            assert_eq!(date(one).is_before(&date(far)), Yes, "{one} {far}");
            assert_eq!(date(far).is_before(&date(one)), No, "{far} {one}");
        }
        // An end that is vague stays an end: the start before it is sure.
        assert_eq!(date("1951/1952~").is_before(&date("1950")), No);
        assert_eq!(
            date("1951-06-01/1951-06-02~").is_before(&date("1951-06-01")),
            No
        );
    }

    #[test]
    fn both_calendars_meet_in_their_days() {
        let julian = |edtf| HistoricalDate::parse(edtf, Calendar::Julian).unwrap();
        assert_eq!(julian("1642-12-25").is_before(&date("1643-01-04")), No);
        assert_eq!(julian("1642-12-25").overlaps(&date("1643-01-04")), Yes);
        assert_eq!(julian("1642-12-25").is_before(&date("1643-01-05")), Yes);
        assert_eq!(date("1643").contains(&julian("1642-12-25")), Yes);
    }

    #[test]
    fn frames_contain_what_lies_in_them() {
        let contains = |frame: &str, other: &str| -> Answer { date(frame).contains(&date(other)) };
        for (frame, other, answer) in [
            ("1951", "1951-01-04", Yes),
            ("1951", "1951", Yes),
            ("1951", "1950-12-31/1951-01-07", No),
            ("1951", "195X", Maybe),
            ("1951-01-04", "1951", Maybe),
            ("1951-01-04", "1952", No),
            ("195X", "1951", Yes),
            ("[1340..1345]", "1342-05", Yes),
            ("[1340..1345]", "1346", No),
            ("1895-03-03/1993-07-26", "1951", Yes),
            ("1895-03-03/1993-07-26", "1993", Maybe),
            ("1895-03-03/1993-07-26", "1994", No),
            ("1895-03-03/1993-07-26", "1895-03-02", No),
            ("1951/..", "2026-11-22", Yes),
            ("1951/", "2026-11-22", Maybe),
            ("1951/", "1950", No),
            ("/1951", "1951-06", Maybe),
            ("1951~", "1951-06", Maybe),
            ("1951~", "1958", Maybe),
            ("1951~", "1962", No),
            ("0940~/1020", "0985", Yes),
            ("1951", "1951-06-15~", Yes),
            ("1951", "1951-01-15~", Maybe),
        ] {
            assert_eq!(contains(frame, other), answer, "{frame} {other}");
        }
    }
}
