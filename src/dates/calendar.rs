//! The two calendars that sources use, and the two ways to write a date out.

use super::error::DateError;
use std::fmt;
use std::str::FromStr;

/// The calendar in which a source gives its dates.
///
/// Both run without end in both directions: a Gregorian date before October
/// 1582 is proleptic, a Julian one before its reform under Augustus too. The
/// ten days that Rome dropped in 1582 are dates in both, because countries
/// changed over in different years; which calendar a source meant is for the
/// editor to say.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Calendar {
    /// The civil calendar of today. Leap years: those that four divides, but
    /// of the centuries only those that 400 divides.
    #[default]
    Gregorian,
    /// The calendar of Europe until 1582, and in places until the twentieth
    /// century. Leap years: all that four divides.
    Julian,
}

impl Calendar {
    /// Whether February has 29 days in the year with this astronomical number
    /// (0 is 1 BCE, and a leap year in both calendars).
    #[must_use]
    pub const fn is_leap(self, year: i64) -> bool {
        match self {
            Calendar::Gregorian => {
                year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
            }
            Calendar::Julian => year.rem_euclid(4) == 0,
        }
    }

    /// How many days a month has in an astronomical year; `None` if there is
    /// no such month (they run from 1 to 12).
    #[must_use]
    pub const fn days_in_month(self, year: i64, month: u8) -> Option<u8> {
        match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
            4 | 6 | 9 | 11 => Some(30),
            2 if self.is_leap(year) => Some(29),
            2 => Some(28),
            _ => None,
        }
    }

    /// The word of the front matter: `gregorian` or `julian`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Calendar::Gregorian => "gregorian",
            Calendar::Julian => "julian",
        }
    }
}

impl fmt::Display for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Calendar {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        match text {
            "gregorian" => Ok(Calendar::Gregorian),
            "julian" => Ok(Calendar::Julian),
            _ => Err(DateError::unknown_calendar(text)),
        }
    }
}

/// The order in which people read a date: a setting of the site, never of an
/// article.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum DateStyle {
    /// "January 4, 1951".
    #[default]
    Mdy,
    /// "4 January 1951".
    Dmy,
}

impl DateStyle {
    /// The word of the configuration: `mdy` or `dmy`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            DateStyle::Mdy => "mdy",
            DateStyle::Dmy => "dmy",
        }
    }
}

impl fmt::Display for DateStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for DateStyle {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        match text {
            "mdy" => Ok(DateStyle::Mdy),
            "dmy" => Ok(DateStyle::Dmy),
            _ => Err(DateError::unknown_style(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn centuries_are_leap_years_in_one_calendar_only() {
        for (year, gregorian, julian) in [
            (1900, false, true),
            (2000, true, true),
            (2024, true, true),
            (2023, false, false),
            (0, true, true),
            (-4, true, true),
            (-99, false, false),
            (-100, false, true),
            (-400, true, true),
            (i64::MIN, true, true),
        ] {
            assert_eq!(Calendar::Gregorian.is_leap(year), gregorian, "{year}");
            assert_eq!(Calendar::Julian.is_leap(year), julian, "{year}");
        }
    }

    #[test]
    fn words_of_the_front_matter_come_back() {
        for calendar in [Calendar::Gregorian, Calendar::Julian] {
            assert_eq!(calendar.to_string().parse::<Calendar>().unwrap(), calendar);
        }
        for style in [DateStyle::Mdy, DateStyle::Dmy] {
            assert_eq!(style.to_string().parse::<DateStyle>().unwrap(), style);
        }
        assert_eq!(
            "Mayan".parse::<Calendar>().unwrap_err().to_string(),
            "“Mayan” is no calendar that is known here: write gregorian or julian."
        );
        assert_eq!(
            "ymd".parse::<DateStyle>().unwrap_err().to_string(),
            "“ymd” is no date style: write mdy (January 4, 1951) or dmy (4 January 1951)."
        );
    }
}
