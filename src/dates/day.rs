//! The days of the year, without a year: what the site is arranged by.

use super::calendar::{Calendar, DateStyle};
use super::month::{self, MONTHS};
use super::year::Year;

/// One of the 366 days of a year, February 29 always among them, because a
/// history site has a page for it every year.
///
/// Ordered as they follow each other from January 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    month: u8,
    day: u8,
}

/// Any leap year: it has all the days there are.
const LEAP_YEAR: i64 = 2000;

impl Day {
    /// How many days there are.
    pub const COUNT: u16 = 366;

    /// February 29.
    pub const LEAP: Day = Day { month: 2, day: 29 };

    /// The day with this month (1 to 12) and day of the month; `None` if no
    /// year has it, as February 30.
    #[must_use]
    pub fn new(month: u8, day: u8) -> Option<Day> {
        let last = Calendar::Gregorian.days_in_month(LEAP_YEAR, month)?;
        (1..=last).contains(&day).then_some(Day { month, day })
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// "January".
    #[must_use]
    pub fn month_name(self) -> &'static str {
        MONTHS[usize::from(self.month) - 1]
    }

    /// "january-4", as in `/on/january-4`.
    #[must_use]
    pub fn slug(self) -> String {
        format!("{}-{}", self.month_name().to_ascii_lowercase(), self.day)
    }

    /// The day with this slug. Only the canonical spelling; see
    /// [`Day::parse_loose`].
    #[must_use]
    pub fn parse_slug(slug: &str) -> Option<Day> {
        Day::parse_loose(slug).filter(|day| day.slug() == slug)
    }

    /// "january-4", "JANUARY-04", "jan-4", "01-04" and "1-4" (month first):
    /// whatever a person may type where a day's slug belongs, to be answered
    /// with a redirect to it.
    #[must_use]
    pub fn parse_loose(text: &str) -> Option<Day> {
        let (month, day) = text.split_once('-')?;
        Day::new(
            month::parse_month_loose(month)?,
            month::parse_two_digits(day)?,
        )
    }

    /// "January 4" or "4 January".
    #[must_use]
    pub fn words(self, style: DateStyle) -> String {
        match style {
            DateStyle::Mdy => format!("{} {}", self.month_name(), self.day),
            DateStyle::Dmy => format!("{} {}", self.day, self.month_name()),
        }
    }

    /// The day before; before January 1 comes December 31.
    #[must_use]
    pub fn previous(self) -> Day {
        Day::wrapped(self.ordinal() + Day::COUNT - 1)
    }

    /// The day after; after February 28 comes February 29, after December 31
    /// January 1.
    #[must_use]
    pub fn next(self) -> Day {
        Day::wrapped(self.ordinal() + 1)
    }

    /// Whether it is February 29.
    #[must_use]
    pub fn is_leap_day(self) -> bool {
        self == Day::LEAP
    }

    /// The other day that is remembered on this day in a (Gregorian) year: on
    /// February 28 of a common year, also February 29, which would otherwise
    /// have no day for three years of four.
    ///
    /// This is a rule for remembering only. A birthday that fell on February
    /// 29 is completed on March 1; see [`age_at`](super::age_at).
    #[must_use]
    pub fn also_remembered(self, year: Year) -> Option<Day> {
        let eve = self.next() == Day::LEAP;
        (eve && !year.is_leap(Calendar::Gregorian)).then_some(Day::LEAP)
    }

    /// The place among the 366: January 1 is 1, March 1 always 61, December 31
    /// always 366. It is not the day of a common year.
    #[must_use]
    pub fn ordinal(self) -> u16 {
        let before: u16 = (1..self.month).map(days_in).sum();
        before + u16::from(self.day)
    }

    /// The day with this place (1 to 366), the reverse of [`Day::ordinal`].
    #[must_use]
    pub fn from_ordinal(ordinal: u16) -> Option<Day> {
        let mut rest = ordinal;
        for month in 1..=12 {
            if rest <= days_in(month) {
                return Day::new(month, u8::try_from(rest).ok()?);
            }
            rest -= days_in(month);
        }
        None
    }

    /// All 366, January 1 first.
    pub fn all() -> impl DoubleEndedIterator<Item = Day> {
        (1..=Day::COUNT).filter_map(Day::from_ordinal)
    }

    /// The days of one month, 1 to 12; none for any other number. February has
    /// 29.
    pub fn of_month(month: u8) -> impl DoubleEndedIterator<Item = Day> {
        (1..=31).filter_map(move |day| Day::new(month, day))
    }

    /// The day with this place, counted on past the end of the year.
    fn wrapped(ordinal: u16) -> Day {
        Day::from_ordinal((ordinal - 1) % Day::COUNT + 1)
            .expect("the remainder is a place from 1 to 366")
    }
}

fn days_in(month: u8) -> u16 {
    Calendar::Gregorian
        .days_in_month(LEAP_YEAR, month)
        .map_or(0, u16::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u8, day: u8) -> Day {
        Day::new(month, day).unwrap()
    }

    #[test]
    fn there_are_366_and_each_comes_back_from_slug_and_ordinal() {
        let all: Vec<Day> = Day::all().collect();
        assert_eq!(all.len(), usize::from(Day::COUNT));
        assert!(all.is_sorted_by(|a, b| a < b));
        for (place, day) in (1..).zip(all) {
            assert_eq!(Day::parse_slug(&day.slug()), Some(day));
            assert_eq!(day.ordinal(), place);
            assert_eq!(Day::from_ordinal(place), Some(day));
            assert_eq!(day.next().previous(), day);
            assert_eq!(day.next().ordinal(), place % Day::COUNT + 1);
        }
        assert_eq!((Day::from_ordinal(0), Day::from_ordinal(367)), (None, None));
    }

    #[test]
    fn the_year_closes_and_february_29_is_in_it() {
        assert_eq!(day(12, 31).next(), day(1, 1));
        assert_eq!(day(1, 1).previous(), day(12, 31));
        assert_eq!(day(2, 28).next(), day(2, 29));
        assert_eq!(day(3, 1).previous(), day(2, 29));
        assert_eq!(Day::of_month(2).count(), 29);
        assert_eq!(Day::of_month(13).count(), 0);
    }

    #[test]
    fn february_29_is_kept_on_the_day_before_in_common_years() {
        let also = |month, of_month, year| {
            day(month, of_month).also_remembered(Year::from_astronomical(year))
        };
        for (year, other) in [
            (2023, Some(Day::LEAP)),
            (2024, None),
            (1900, Some(Day::LEAP)),
            (2000, None),
            (0, None),
            (-1, Some(Day::LEAP)),
        ] {
            assert_eq!(also(2, 28, year), other, "{year}");
        }
        assert_eq!((also(2, 27, 2023), also(3, 1, 2023)), (None, None));
        assert_eq!(also(2, 29, 2023), None);
        let leap: Vec<Day> = Day::all().filter(|day| day.is_leap_day()).collect();
        assert_eq!(leap, [Day::LEAP]);
    }

    #[test]
    fn days_that_no_year_has_are_none() {
        for (month, of_month) in [(2, 30), (4, 31), (0, 1), (13, 1), (1, 0), (1, 32)] {
            assert_eq!(Day::new(month, of_month), None);
        }
    }

    #[test]
    fn loose_spellings_lead_to_the_day_and_are_no_slugs() {
        for text in [
            "01-04",
            "1-4",
            "JANUARY-4",
            "jan-4",
            "January-04",
            "january-04",
        ] {
            assert_eq!(Day::parse_loose(text), Some(day(1, 4)), "{text}");
            assert_eq!(Day::parse_slug(text), None, "{text}");
        }
        for text in [
            "",
            "-",
            "january",
            "january-",
            "january-004",
            "1-4-5",
            "february-30",
            "4-january",
            "jänner-4",
        ] {
            assert_eq!(Day::parse_loose(text), None, "{text}");
        }
    }

    #[test]
    fn words_follow_the_style() {
        assert_eq!(day(1, 4).words(DateStyle::Mdy), "January 4");
        assert_eq!(day(1, 4).words(DateStyle::Dmy), "4 January");
    }
}
