//! From the EDTF of a file to a date.
//!
//! The grammar is that of `edtf-core`, but the days of a month are counted
//! here: `edtf-core` knows the Gregorian calendar only and would refuse
//! February 29, 1500, which the Julian calendar has. So a complete date is
//! given to it with the first of the month in place of its day.

use super::calendar::Calendar;
use super::day::Day;
use super::error::DateError;
use super::extent::{End, Extent, Mark, Season, Shape};
use super::numbers::{Numbers, digits, without_qualifier};
use super::suggestion;
use super::year::Year;
use edtf_core::{Date, DateField, Edtf, YearKind};

/// The canonical text, and what it means in `calendar`.
pub(super) fn parse(text: &str, calendar: Calendar) -> Result<(String, Extent), DateError> {
    let text = text.trim();
    read(text, calendar).map_err(|error| match error {
        // Only what has not even the form of a date is worth a guess.
        DateError::NotEdtf { .. } => {
            let advice = suggestion::advice(text, |guess| read(guess, calendar).is_ok());
            DateError::not_edtf(text, advice)
        }
        other => other,
    })
}

/// As [`parse`], without a thought about what may have been meant.
fn read(text: &str, calendar: Calendar) -> Result<(String, Extent), DateError> {
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    if text.starts_with(['{', '[']) {
        return between(text, calendar);
    }
    if let Some((start, end)) = text.split_once('/') {
        return interval(text, start, end, calendar);
    }
    let (edtf, mark) = single(text, text, calendar)?;
    Ok((edtf, Extent::Single(mark)))
}

fn interval(
    text: &str,
    start: &str,
    end: &str,
    calendar: Calendar,
) -> Result<(String, Extent), DateError> {
    let (start_edtf, start) = side(text, start, calendar)?;
    let (end_edtf, end) = side(text, end, calendar)?;
    match (start.mark(), end.mark()) {
        (None, None) => return Err(DateError::no_ends(text)),
        (Some(start), Some(end)) if start.first_day(calendar) > end.last_day(calendar) => {
            return Err(DateError::end_before_start(text));
        }
        _ => {}
    }
    let edtf = format!("{start_edtf}/{end_edtf}");
    Ok((edtf, Extent::Interval { start, end }))
}

fn side(text: &str, part: &str, calendar: Calendar) -> Result<(String, End), DateError> {
    match part {
        "" => return Ok((String::new(), End::Unknown)),
        ".." => return Ok((part.to_owned(), End::Open)),
        _ => {}
    }
    if part.starts_with("..") || part.ends_with("..") {
        return Err(DateError::beyond_level_1(
            text,
            "write either a date or .. on each side of an interval",
        ));
    }
    let (edtf, mark) = single(text, part, calendar)?;
    if mark.masked {
        return Err(DateError::beyond_level_1(
            text,
            "write the sides of an interval without X",
        ));
    }
    Ok((edtf, End::Dated(mark)))
}

/// The one set that is understood: one day, month or year of those from the
/// first to the last, `[1340..1345]`.
fn between(text: &str, calendar: Calendar) -> Result<(String, Extent), DateError> {
    let ends = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .and_then(|inside| inside.split_once(".."))
        .filter(|(first, last)| !first.is_empty() && !last.is_empty() && !text.contains(','));
    let Some((first, last)) = ends else {
        return Err(DateError::beyond_level_1(
            text,
            "write one date, an interval like 1950/1951, or [1950..1951] for some time between, in place of a set",
        ));
    };
    let (first_edtf, first) = single(text, first, calendar)?;
    let (last_edtf, last) = single(text, last, calendar)?;
    for mark in [first, last] {
        if mark.masked || mark.is_qualified() {
            return Err(DateError::beyond_level_1(
                text,
                "write both ends of “some time between” without X, ?, ~ and %",
            ));
        }
    }
    if first.first_day(calendar) > last.last_day(calendar) {
        return Err(DateError::end_before_start(text));
    }
    let edtf = format!("[{first_edtf}..{last_edtf}]");
    Ok((edtf, Extent::Between { first, last }))
}

/// One date, which is `part` of what is written; errors show all of `text`.
fn single(text: &str, part: &str, calendar: Calendar) -> Result<(String, Mark), DateError> {
    if let Some((date, _)) = part.split_once('T')
        && Numbers::of(date).is_some_and(|numbers| numbers.day.is_some())
    {
        return Err(DateError::time_of_day(text, date));
    }
    if bce_with_x(part) {
        return Err(DateError::beyond_level_1(
            text,
            "write a year before 0000 in full, or an interval like -0049/-0040",
        ));
    }
    let numbers = Numbers::of(part);
    let mut date = match numbers.as_ref() {
        Some(numbers) => {
            numbers.check(text, calendar)?;
            grammar(text, &numbers.with_first_of_month(part))?
        }
        None => grammar(text, part)?,
    };
    if let Some(day) = numbers.and_then(|numbers| numbers.day)
        && let Some(field) = date.day.as_mut()
    {
        field.digits = [Some(day / 10), Some(day % 10)];
    }
    if Edtf::Date(date).level() > 1 {
        return Err(beyond_level_1(text, &date));
    }
    let shape = shape(&date).ok_or_else(|| DateError::year_too_far(text))?;
    let mark = Mark {
        shape,
        uncertain: date.is_uncertain(),
        approximate: date.is_approximate(),
        masked: date.has_unspecified(),
    };
    Ok((Edtf::Date(date).to_string(), mark))
}

fn grammar(text: &str, part: &str) -> Result<Date, DateError> {
    match Edtf::parse(part) {
        Ok(Edtf::Date(date)) => Ok(date),
        // edtf-core holds a year in 64 bits and refuses what is longer.
        Err(_) if is_long_year(part) => Err(DateError::year_too_far(text)),
        _ => Err(DateError::not_edtf(text, String::new())),
    }
}

/// What a date of level 0 or 1 names; `None` if its year is beyond
/// [`Year::LIMIT`].
fn shape(date: &Date) -> Option<Shape> {
    let year = match date.year.kind {
        YearKind::Standard { digits, .. } if date.year.has_unspecified() => {
            let first = digits.iter().fold(0, |year, digit| {
                year * 10 + i64::from(digit.unwrap_or_default())
            });
            let first = Year::from_astronomical(first);
            return Some(match digits[2] {
                Some(_) => Shape::Decade(first),
                None => Shape::Century(first),
            });
        }
        _ => Year::from_astronomical(date.year.value()?).within_limit()?,
    };
    let Some(month) = date.month.and_then(DateField::value) else {
        return Some(Shape::Year(year));
    };
    if let Some(season) = Season::from_code(month) {
        return Some(Shape::Season(year, season));
    }
    match date.day.and_then(DateField::value) {
        Some(day) => Day::new(month, day).map(|day| Shape::Day(year, day)),
        None => Some(Shape::Month(year, month)),
    }
}

/// What to write in place of a date of level 2.
fn beyond_level_1(text: &str, date: &Date) -> DateError {
    let year = date
        .year
        .value()
        .and_then(|year| Year::from_astronomical(year).within_limit());
    let Some(year) = year else {
        if !date.year.has_unspecified() {
            return DateError::year_too_far(text);
        }
        return DateError::beyond_level_1(text, ONLY_THESE_X);
    };
    if matches!(date.year.kind, YearKind::Exponential { .. }) {
        let advice = format!("write the year out, Y{}", year.astronomical());
        return DateError::beyond_level_1(text, advice);
    }
    let advice = if date.year.significant_digits.is_some() {
        "write the year without S, and ~ behind it if it is an estimate"
    } else if date.has_unspecified() {
        ONLY_THESE_X
    } else if date.month.and_then(DateField::value) > Some(24) {
        "write a season as 21 (spring) to 24 (winter), or the months as an interval"
    } else {
        "put ?, ~ or % at the end, where it speaks for the whole date"
    };
    DateError::beyond_level_1(text, advice)
}

const ONLY_THESE_X: &str = "write XX only for a day or month that is not known (1951-01-XX, 1951-XX, 1951-XX-XX), and X or XX at the end of a year that stands alone (195X, 19XX)";

/// edtf-core takes this for a slip; it deserves better advice.
fn bce_with_x(part: &str) -> bool {
    let year = without_qualifier(part).strip_prefix('-');
    year.is_some_and(|year| {
        year.len() == 4
            && year.contains('X')
            && year.bytes().all(|b| b.is_ascii_digit() || b == b'X')
    })
}

/// A `Y` year of so many digits that no number of ours holds it.
fn is_long_year(part: &str) -> bool {
    let year = without_qualifier(part).strip_prefix('Y');
    year.map(|year| year.strip_prefix('-').unwrap_or(year))
        .is_some_and(|year| {
            year.len() > 9 && !year.starts_with('0') && digits(year, year.len()).is_some()
        })
}

#[cfg(test)]
mod tests {
    use crate::dates::{Calendar, HistoricalDate};

    fn error(text: &str, calendar: Calendar) -> String {
        HistoricalDate::parse(text, calendar)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn levels_0_and_1_and_some_time_between_are_kept_as_written() {
        for edtf in [
            "1951-01-04",
            "1951-01",
            "1951",
            "0000",
            "-0043-03-15",
            "-0584~",
            "1951-01-04?",
            "1951-01%",
            "1951~",
            "201X",
            "20XX",
            "2004-XX",
            "1985-04-XX",
            "1985-XX-XX",
            "1985-04-XX~",
            "2001-21",
            "2001-24?",
            "Y170000002",
            "Y-170000002",
            "Y1000000000",
            "1950-12-31/1951-01-07",
            "1951-01/1951-03-04",
            "1951/..",
            "../1951",
            "1951/",
            "/1951",
            "1984~/2004-06",
            "1984?/2004%",
            "2001-24/2002-21",
            "1582-10-10",
            "[1340..1345]",
            "[-0489..-0478-09]",
            "[1951-01-04..1951-01-07]",
            "[1951-21..1951-23]",
            "[1951-01-04..1951-01-04]",
            "[Y-20000..Y-10000]",
        ] {
            for calendar in [Calendar::Gregorian, Calendar::Julian] {
                let date = HistoricalDate::parse(edtf, calendar).unwrap();
                assert_eq!(date.edtf(), edtf);
                assert_eq!(date.calendar(), calendar);
            }
        }
    }

    #[test]
    fn other_spellings_become_canonical() {
        for (text, edtf) in [
            (" 1951-01-04\n", "1951-01-04"),
            ("?1985-?04-?12", "1985-04-12?"),
            (" [1340..1345] ", "[1340..1345]"),
        ] {
            let date = HistoricalDate::parse(text, Calendar::Gregorian).unwrap();
            assert_eq!(date.edtf(), edtf);
        }
    }

    #[test]
    fn leap_days_are_those_of_the_calendar() {
        for edtf in [
            "1500-02-29",
            "0900-02-29~",
            "-0100-02-29",
            "1500-02-29/1500-03-01",
            "../1500-02-29?",
            "[1500-02-29..1501]",
        ] {
            let date = HistoricalDate::parse(edtf, Calendar::Julian).unwrap();
            assert_eq!(date.edtf(), edtf);
            assert!(HistoricalDate::parse(edtf, Calendar::Gregorian).is_err());
        }
        assert_eq!(
            error("1500-02-29", Calendar::Gregorian),
            "“1500-02-29” is no date: February 1500 has 28 days, but 29 in the Julian calendar, \
             for which calendar: julian must be set."
        );
        assert_eq!(
            error("1501-02-29", Calendar::Julian),
            "“1501-02-29” is no date: February 1501 has 28 days."
        );
    }

    #[test]
    fn dates_that_do_not_exist_say_why() {
        for (text, message) in [
            (
                "1951-02-30",
                "“1951-02-30” is no date: February 1951 has 28 days.",
            ),
            (
                "-0043-04-31",
                "“-0043-04-31” is no date: April 44 BCE has 30 days.",
            ),
            (
                "1951-01-04/1951-02-29~",
                "“1951-01-04/1951-02-29~” is no date: February 1951 has 28 days.",
            ),
            (
                "1951-13",
                "“1951-13” is no date: months run from 01 to 12, and seasons, which have no days, \
                 from 21 (spring) to 24 (winter).",
            ),
            (
                "1951-01-07/1951-01-04",
                "“1951-01-07/1951-01-04” ends before it begins: write the earlier date first.",
            ),
            (
                "[1345..1340]",
                "“[1345..1340]” ends before it begins: write the earlier date first.",
            ),
            (
                "[1951-01-04..1951-02-29]",
                "“[1951-01-04..1951-02-29]” is no date: February 1951 has 28 days.",
            ),
            (
                "../",
                "“../” has no date on either side: an interval needs one, as in 1951/.. or ../1951.",
            ),
            (
                "Y1000000001",
                "“Y1000000001” is too far away: years reach to a billion before and after year 0.",
            ),
            ("", "The date is empty: write it like 1951-01-04."),
            (" \t", "The date is empty: write it like 1951-01-04."),
        ] {
            assert_eq!(error(text, Calendar::Gregorian), message);
        }
        let season_with_day = error("2001-21-05", Calendar::Gregorian);
        assert!(season_with_day.contains("seasons, which have no days"));
        for far in [
            "Y-9999999999",
            "Y99999999999999999999",
            "Y17E9",
            "Y1E100000",
            "1951/Y99999999999999999999~",
        ] {
            assert!(
                error(far, Calendar::Julian).contains("too far away"),
                "{far}"
            );
        }
    }

    #[test]
    fn what_is_more_than_a_date_is_refused_with_advice() {
        for (text, advice) in [
            ("1951-01-04T10:00:00Z", "write the date alone, 1951-01-04."),
            ("1951-01-04T10:00", "write the date alone, 1951-01-04."),
            ("{1960,1961-12}", "in place of a set"),
            ("{1340..1345}", "[1950..1951] for some time between"),
            ("[1667,1668]", "in place of a set"),
            ("[1667,1670..1672]", "in place of a set"),
            ("[1667..]", "in place of a set"),
            ("[..1667]", "in place of a set"),
            ("[1667]", "in place of a set"),
            ("[1340..1345]/1350", "in place of a set"),
            ("{", "in place of a set"),
            ("[", "in place of a set"),
            ("[134X..1350]", "without X, ?, ~ and %"),
            ("[1340~..1350]", "without X, ?, ~ and %"),
            ("[1340-06..1350-XX]", "without X, ?, ~ and %"),
            (
                "[1951-01-04T10:00..1952]",
                "write the date alone, 1951-01-04.",
            ),
            ("1984-06~-02", "put ?, ~ or % at the end"),
            ("1984?-06-02", "put ?, ~ or % at the end"),
            ("156X-12-25", "write XX only for"),
            ("1XXX", "write XX only for"),
            ("1560-XX-25", "write XX only for"),
            ("1950S2", "without S"),
            ("2001-34", "write a season as 21"),
            ("Y-17E7", "write the year out, Y-170000000."),
            ("..1950/1951", "write either a date or .."),
            ("198X/199X", "without X"),
            ("-004X", "an interval like -0049/-0040"),
        ] {
            let message = error(text, Calendar::Gregorian);
            assert!(message.contains(advice), "{message}");
        }
    }
}
