//! The inside of a date: one mark in time, or two with a span between them.

use super::calendar::Calendar;
use super::day::Day;
use super::day_number::DayNumber;
use super::historical::{Point, Precision};
use super::year::Year;

/// What a date covers, in the calendar of its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Extent {
    Single(Mark),
    Interval {
        start: End,
        end: End,
    },
    /// Some time from the first day of `first` to the last day of `last`, as
    /// `[1340..1345]`. Both are plain: unmasked and without a qualifier.
    Between {
        first: Mark,
        last: Mark,
    },
}

/// One side of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum End {
    Dated(Mark),
    /// `..`: it has no bound on this side.
    Open,
    /// Empty: it has one, and nobody knows it.
    Unknown,
}

/// One date with how sure its source is of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Mark {
    pub(super) shape: Shape,
    /// `?` or `%`.
    pub(super) uncertain: bool,
    /// `~` or `%`.
    pub(super) approximate: bool,
    /// An `X` stands somewhere in it.
    pub(super) masked: bool,
}

/// How much of a date is known. All years are within [`Year::LIMIT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    /// A hundred years from this one, as `19XX`.
    Century(Year),
    /// Ten years from this one, as `134X`.
    Decade(Year),
    /// `1951`, also `1951-XX` and `1951-XX-XX`.
    Year(Year),
    Season(Year, Season),
    /// `1951-01`, also `1951-01-XX`; the month is 1 to 12.
    Month(Year, u8),
    Day(Year, Day),
}

/// The seasons of EDTF, wherever on earth they are felt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Extent {
    /// The dated sides: one or two.
    pub(super) fn marks(&self) -> impl Iterator<Item = Mark> {
        let (first, second) = match *self {
            Extent::Single(mark) => (Some(mark), None),
            Extent::Interval { start, end } => (start.mark(), end.mark()),
            Extent::Between { first, last } => (Some(first), Some(last)),
        };
        first.into_iter().chain(second)
    }

    /// The mark on which it begins; `None` if it is open or unknown there.
    pub(super) fn start(&self) -> Option<Mark> {
        match *self {
            Extent::Single(mark) | Extent::Between { first: mark, .. } => Some(mark),
            Extent::Interval { start, .. } => start.mark(),
        }
    }

    /// The mark on which it ends; otherwise as [`Extent::start`].
    pub(super) fn end(&self) -> Option<Mark> {
        match *self {
            Extent::Single(mark) | Extent::Between { last: mark, .. } => Some(mark),
            Extent::Interval { end, .. } => end.mark(),
        }
    }

    /// Where it begins, so far as that is known.
    pub(super) fn start_point(&self) -> Option<Point> {
        self.start().map(|mark| self.known(mark.start()))
    }

    /// Where it ends, so far as that is known.
    pub(super) fn end_point(&self) -> Option<Point> {
        self.end().map(|mark| self.known(mark.end()))
    }

    /// The point with nothing in it that is not known: of "between January 30
    /// and February 2, 1951" neither the month nor the day is.
    fn known(&self, point: Point) -> Point {
        let Extent::Between { first, last } = *self else {
            return point;
        };
        let one_year = first.year() == last.year();
        let one_month = one_year && first.month() == last.month();
        let one_day = one_month && first.day() == last.day();
        Point {
            year: point.year,
            month: point.month.filter(|_| one_month),
            day: point.day.filter(|_| one_day),
        }
    }
}

impl End {
    pub(super) fn mark(self) -> Option<Mark> {
        match self {
            End::Dated(mark) => Some(mark),
            End::Open | End::Unknown => None,
        }
    }
}

impl Mark {
    /// The first day that the mark may mean.
    pub(super) fn first_day(self, calendar: Calendar) -> Option<DayNumber> {
        let first_of =
            |year: Year, month| DayNumber::from_date(calendar, year.astronomical(), month, 1);
        match self.shape {
            Shape::Century(year) | Shape::Decade(year) | Shape::Year(year) => first_of(year, 1),
            Shape::Season(year, season) => first_of(year, season.first_month()),
            Shape::Month(year, month) => first_of(year, month),
            Shape::Day(year, day) => number(calendar, year, day),
        }
    }

    /// The last day that the mark may mean.
    pub(super) fn last_day(self, calendar: Calendar) -> Option<DayNumber> {
        let last_of = |year: i64, month| {
            let day = calendar.days_in_month(year, month)?;
            DayNumber::from_date(calendar, year, month, day)
        };
        match self.shape {
            Shape::Century(_) | Shape::Decade(_) | Shape::Year(_) => {
                last_of(self.last_year().astronomical(), 12)
            }
            // The winter of a year ends in the February of the next.
            Shape::Season(year, Season::Winter) => last_of(year.astronomical() + 1, 2),
            Shape::Season(year, season) => last_of(year.astronomical(), season.first_month() + 2),
            Shape::Month(year, month) => last_of(year.astronomical(), month),
            Shape::Day(year, day) => number(calendar, year, day),
        }
    }

    pub(super) fn precision(self) -> Precision {
        match self.shape {
            Shape::Century(_) => Precision::Century,
            Shape::Decade(_) => Precision::Decade,
            Shape::Year(_) => Precision::Year,
            Shape::Season(..) => Precision::Season,
            Shape::Month(..) => Precision::Month,
            Shape::Day(..) => Precision::Day,
        }
    }

    /// The finest precision at which both marks are the same. They have no
    /// masked digits, so both name a year.
    pub(super) fn shared_precision(self, other: Mark) -> Precision {
        let decade = |mark: Mark| mark.first_year().astronomical().div_euclid(10);
        if self.shape == other.shape {
            self.precision()
        } else if self.first_year() == other.first_year() {
            match self.month() {
                Some(month) if other.month() == Some(month) => Precision::Month,
                _ => Precision::Year,
            }
        } else if decade(self) == decade(other) {
            Precision::Decade
        } else {
            Precision::Century
        }
    }

    /// The year and the day of the year, if a day is named.
    pub(super) fn day(self) -> Option<(Year, Day)> {
        match self.shape {
            Shape::Day(year, day) => Some((year, day)),
            _ => None,
        }
    }

    /// The year, if exactly one is named.
    pub(super) fn year(self) -> Option<Year> {
        match self.shape {
            Shape::Century(_) | Shape::Decade(_) => None,
            _ => Some(self.first_year()),
        }
    }

    /// The month, 1 to 12, if one is named.
    pub(super) fn month(self) -> Option<u8> {
        match self.shape {
            Shape::Month(_, month) => Some(month),
            Shape::Day(_, day) => Some(day.month()),
            _ => None,
        }
    }

    pub(super) fn start(self) -> Point {
        self.point(self.first_year())
    }

    pub(super) fn end(self) -> Point {
        self.point(self.last_year())
    }

    pub(super) fn is_qualified(self) -> bool {
        self.uncertain || self.approximate
    }

    /// A month or a day is named, so the calendars differ by it.
    pub(super) fn is_finer_than_season(self) -> bool {
        matches!(self.shape, Shape::Month(..) | Shape::Day(..))
    }

    fn point(self, year: Year) -> Point {
        Point {
            year,
            month: self.month(),
            day: self.day().map(|(_, day)| day.day()),
        }
    }

    fn first_year(self) -> Year {
        match self.shape {
            Shape::Century(year)
            | Shape::Decade(year)
            | Shape::Year(year)
            | Shape::Season(year, _)
            | Shape::Month(year, _)
            | Shape::Day(year, _) => year,
        }
    }

    fn last_year(self) -> Year {
        let span = match self.shape {
            Shape::Century(_) => 99,
            Shape::Decade(_) => 9,
            _ => 0,
        };
        Year::from_astronomical(self.first_year().astronomical() + span)
    }
}

impl Season {
    /// The season with this EDTF code, 21 to 24.
    pub(super) fn from_code(code: u8) -> Option<Season> {
        match code {
            21 => Some(Season::Spring),
            22 => Some(Season::Summer),
            23 => Some(Season::Autumn),
            24 => Some(Season::Winter),
            _ => None,
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Season::Spring => "spring",
            Season::Summer => "summer",
            Season::Autumn => "autumn",
            Season::Winter => "winter",
        }
    }

    /// The first of its three months by the northern meteorological year; EDTF
    /// leaves it open, and bounds have to lie somewhere.
    fn first_month(self) -> u8 {
        match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
            Season::Winter => 12,
        }
    }
}

fn number(calendar: Calendar, year: Year, day: Day) -> Option<DayNumber> {
    DayNumber::from_date(calendar, year.astronomical(), day.month(), day.day())
}
