//! The plain numbers of a written date, and whether its calendar has them.

use super::calendar::Calendar;
use super::error::DateError;

/// The numbers of a date that is written out to the month or the day.
pub(super) struct Numbers {
    /// Astronomical.
    year: i64,
    month: u8,
    pub(super) day: Option<u8>,
}

impl Numbers {
    /// `None` unless `part` is `YYYY-MM` or `YYYY-MM-DD`, signed or not,
    /// qualified as a whole or not.
    pub(super) fn of(part: &str) -> Option<Numbers> {
        let plain = without_qualifier(part);
        let (sign, plain) = match plain.strip_prefix('-') {
            Some(plain) => (-1, plain),
            None => (1, plain),
        };
        let mut pieces = plain.split('-');
        let year: i64 = digits(pieces.next()?, 4)?.parse().ok()?;
        let month = digits(pieces.next()?, 2)?.parse().ok()?;
        let day = match pieces.next() {
            Some(piece) => Some(digits(piece, 2)?.parse().ok()?),
            None => None,
        };
        let complete = pieces.next().is_none();
        complete.then_some(Numbers {
            year: sign * year,
            month,
            day,
        })
    }

    /// Whether `calendar` has such a month and day; errors show all of `text`.
    pub(super) fn check(&self, text: &str, calendar: Calendar) -> Result<(), DateError> {
        // A zero says that the number is not known, which EDTF says by
        // leaving it out.
        if self.month == 0 || self.day == Some(0) {
            return Err(DateError::not_edtf(text, String::new()));
        }
        match (calendar.days_in_month(self.year, self.month), self.day) {
            (Some(days), Some(day)) if day > days => Err(DateError::no_such_day(
                text,
                calendar,
                (self.year, self.month, day),
            )),
            (Some(_), _) => Ok(()),
            // The seasons of level 2 go on to 41 and are refused as such.
            (None, None) if (21..=41).contains(&self.month) => Ok(()),
            (None, _) => Err(DateError::no_such_month(text)),
        }
    }

    /// `part` as it is, but for its day.
    pub(super) fn with_first_of_month(&self, part: &str) -> String {
        let plain = without_qualifier(part);
        match (self.day, plain.rsplit_once('-')) {
            (Some(_), Some((year_and_month, _))) => {
                format!("{year_and_month}-01{}", &part[plain.len()..])
            }
            _ => part.to_owned(),
        }
    }
}

/// The text without the `?`, `~` or `%` at its end.
pub(super) fn without_qualifier(part: &str) -> &str {
    part.strip_suffix(['?', '~', '%']).unwrap_or(part)
}

/// The text, if it is just so many digits.
pub(super) fn digits(text: &str, count: usize) -> Option<&str> {
    let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then_some(text)
}
