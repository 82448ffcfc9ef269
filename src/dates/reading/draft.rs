//! A date while it is being read: some of it may still stand at the other end
//! of an interval.

use super::lexicon::Era;
use super::mention::{Mention, PartOfYear, Span, Stated};
use super::tokens::Text;
use crate::dates::calendar::Calendar;
use crate::dates::day::Day;
use crate::dates::year::Year;
use jiff::civil::Weekday;

/// A date that was found, by its first and last token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) what: What,
    pub(super) weekday: Option<Weekday>,
    pub(super) calendar: Option<Calendar>,
    pub(super) approximate: bool,
    pub(super) span: Option<Span>,
}

/// What is known of it so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Day(Day, Option<Numbered>),
    DayOfMonth(u8),
    Month(u8, Numbered),
    Year(Numbered),
    Part(Numbered, PartOfYear),
    /// A multiple of ten.
    Decade(Numbered),
    /// A multiple of a hundred.
    Hundred(Numbered),
    /// 20 for the years 1901 to 2000.
    Century(Numbered),
}

/// A number with the era that is named with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbered {
    pub(super) number: u64,
    pub(super) era: Option<Era>,
}

impl Draft {
    pub(super) fn new(first: usize, last: usize, what: What) -> Draft {
        Draft {
            first,
            last,
            what,
            weekday: None,
            calendar: None,
            approximate: false,
            span: None,
        }
    }

    /// `None` for a year that lies beyond the arithmetic of this site.
    pub(super) fn finish(self, text: &Text<'_>) -> Option<Mention> {
        let kind = match self.what {
            What::Day(day, None) => Stated::DayOfYear(day),
            What::Day(day, Some(year)) => Stated::Day {
                year: year.year()?,
                day,
            },
            What::DayOfMonth(day) => Stated::DayOfMonth(day),
            What::Month(month, year) => Stated::Month {
                year: year.year()?,
                month,
            },
            What::Year(year) => Stated::Year(year.year()?),
            What::Part(year, part) => Stated::PartOfYear {
                year: year.year()?,
                part,
            },
            What::Decade(number) => {
                let (first, last) = number.round(10)?;
                Stated::Decade { first, last }
            }
            What::Hundred(number) => {
                let (first, last) = number.round(100)?;
                Stated::Century { first, last }
            }
            What::Century(number) => {
                let (first, last) = number.century()?;
                Stated::Century { first, last }
            }
        };
        Some(Mention {
            range: text.range(self.first, self.last),
            kind,
            weekday: self.weekday,
            calendar: self.calendar,
            approximate: self.approximate,
            span: self.span,
        })
    }

    /// The year that is named, of whatever has one.
    pub(super) fn year(&self) -> Option<Numbered> {
        match self.what {
            What::Day(_, year) => year,
            What::Month(_, year) | What::Year(year) | What::Part(year, _) => Some(year),
            _ => None,
        }
    }

    /// The same with another year.
    pub(super) fn set_year(&mut self, year: Numbered) {
        match &mut self.what {
            What::Day(_, old) => *old = Some(year),
            What::Month(_, old) | What::Year(old) | What::Part(old, _) => *old = year,
            _ => {}
        }
    }
}

impl Numbered {
    pub(super) fn new(number: u64, era: Option<Era>) -> Numbered {
        Numbered { number, era }
    }

    pub(super) fn is_bce(self) -> bool {
        self.era == Some(Era::Bce)
    }

    /// There is no year 0 of an era.
    pub(super) fn year(self) -> Option<Year> {
        let number = i64::try_from(self.number)
            .ok()
            .filter(|number| *number > 0)?;
        let year = if self.is_bce() { 1 - number } else { number };
        Year::from_astronomical(year).within_limit()
    }

    /// The year before in time.
    pub(super) fn previous(self) -> Numbered {
        match (self.is_bce(), self.number) {
            (true, number) => Numbered::new(number + 1, self.era),
            (false, 1) => Numbered::new(1, Some(Era::Bce)),
            (false, number) => Numbered::new(number.saturating_sub(1), self.era),
        }
    }

    /// The year after in time.
    pub(super) fn next(self) -> Numbered {
        match (self.is_bce(), self.number) {
            (true, 1) => Numbered::new(1, Some(Era::Ce)),
            (true, number) => Numbered::new(number.saturating_sub(1), self.era),
            (false, number) => Numbered::new(number + 1, self.era),
        }
    }

    /// The years whose number begins as this one does, in the order of time:
    /// 1340 to 1349, 49 to 40 BCE. The first ten years lack the year 0.
    fn round(self, count: u64) -> Option<(Year, Year)> {
        let low = Numbered::new(self.number.max(1), self.era).year()?;
        let high = Numbered::new(self.number.checked_add(count - 1)?, self.era).year()?;
        Some((low.min(high), low.max(high)))
    }

    fn century(self) -> Option<(Year, Year)> {
        let last = self.number.checked_mul(100)?;
        let high = Numbered::new(last, self.era).year()?;
        let low = Numbered::new(last.checked_sub(99)?, self.era).year()?;
        Some((low.min(high), low.max(high)))
    }
}
