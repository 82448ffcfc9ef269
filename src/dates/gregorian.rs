//! Dates as they leave the site: proleptic Gregorian, for machines.

use super::calendar::Calendar;
use super::day_number::DayNumber;
use super::extent::{End, Extent, Mark, Shape};
use super::year::Year;

/// The Gregorian EDTF of a date; `None` if that is what it is written as.
pub(super) fn edtf(extent: &Extent, calendar: Calendar) -> Option<String> {
    match *extent {
        Extent::Between { first, last } => between(first, last, calendar),
        Extent::Single(_) | Extent::Interval { .. } => match calendar {
            Calendar::Gregorian => None,
            Calendar::Julian => from_julian(extent),
        },
    }
}

/// The Gregorian EDTF of a Julian date; `None` if it reads the same in both
/// calendars, because no month or day is named.
fn from_julian(extent: &Extent) -> Option<String> {
    if !extent.marks().any(Mark::is_finer_than_season) {
        return None;
    }
    match *extent {
        Extent::Single(mark) | Extent::Between { first: mark, .. } => {
            let first = mark.first_day(Calendar::Julian)?;
            let last = mark.last_day(Calendar::Julian)?;
            Some(if first == last {
                day(first, mark)
            } else {
                format!("{}/{}", day(first, mark), day(last, mark))
            })
        }
        // As soon as one end names its days, both do: a year beside the
        // moved days of that year could seem to end before it begins.
        Extent::Interval { start, end } => {
            let start = side(start, |mark| mark.first_day(Calendar::Julian))?;
            let end = side(end, |mark| mark.last_day(Calendar::Julian))?;
            Some(format!("{start}/{end}"))
        }
    }
}

/// Some time between two marks. Others read such a text only if both ends are
/// as exact as each other and no season, so what is not becomes days. They are
/// years if EDTF has no days there.
fn between(first: Mark, last: Mark, calendar: Calendar) -> Option<String> {
    let alike = match (first.shape, last.shape) {
        (Shape::Year(_), Shape::Year(_)) => true,
        (Shape::Month(..), Shape::Month(..)) | (Shape::Day(..), Shape::Day(..)) => {
            calendar == Calendar::Gregorian
        }
        _ => false,
    };
    if alike {
        return None;
    }
    let ends = [first.first_day(calendar)?, last.last_day(calendar)?].map(DayNumber::to_gregorian);
    let with_days = ends.iter().all(|(year, ..)| has_days(*year));
    let [first, last] = ends.map(|date| {
        if with_days {
            written(date)
        } else {
            year(date.0)
        }
    });
    Some(format!("[{first}..{last}]"))
}

/// The value of `<time datetime>`, if HTML has one for this.
pub(super) fn datetime_attribute(mark: Mark, calendar: Calendar) -> Option<String> {
    let (year, value) = match mark.shape {
        _ if mark.masked => return None,
        Shape::Day(..) => {
            let (year, month, day) = mark.first_day(calendar)?.to_gregorian();
            (year, format!("{year:04}-{month:02}-{day:02}"))
        }
        Shape::Month(year, month) if calendar == Calendar::Gregorian => {
            let year = year.astronomical();
            (year, format!("{year:04}-{month:02}"))
        }
        Shape::Year(year) => {
            let year = year.astronomical();
            (year, format!("{year:04}"))
        }
        _ => return None,
    };
    (1..=9999).contains(&year).then_some(value)
}

fn side(end: End, bound: impl Fn(Mark) -> Option<DayNumber>) -> Option<String> {
    match end {
        End::Open => Some("..".to_owned()),
        End::Unknown => Some(String::new()),
        End::Dated(mark) => bound(mark).map(|number| day(number, mark)),
    }
}

/// A day in EDTF, as sure as `mark` is.
fn day(number: DayNumber, mark: Mark) -> String {
    let date = number.to_gregorian();
    let qualifier = match (mark.uncertain, mark.approximate) {
        (true, true) => "%",
        (true, false) => "?",
        (false, true) => "~",
        (false, false) => "",
    };
    if has_days(date.0) {
        format!("{}{qualifier}", written(date))
    } else {
        format!("{}{qualifier}", year(date.0))
    }
}

/// Whether EDTF can write the days of a year.
fn has_days(year: i64) -> bool {
    (-9999..=9999).contains(&year)
}

fn written((number, month, day): (i64, u8, u8)) -> String {
    format!("{}-{month:02}-{day:02}", year(number))
}

fn year(number: i64) -> String {
    Year::from_astronomical(number).edtf()
}

#[cfg(test)]
mod tests {
    use crate::dates::{Calendar, HistoricalDate};

    #[test]
    fn what_leaves_is_gregorian() {
        for (julian, gregorian) in [
            ("1066-10-14", "1066-10-20"),
            ("1500-02-29", "1500-03-10"),
            ("-0043-03-15", "-0043-03-13"),
            ("0000-01-01", "-0001-12-30"),
            ("0212-07-11", "0212-07-11"),
            ("1324-07", "1324-07-09/1324-08-08"),
            ("1324-07-XX", "1324-07-09/1324-08-08"),
            ("-0489-09~", "-0489-08-27~/-0489-09-25~"),
            ("1066-10-14%", "1066-10-20%"),
            ("1324", "1324"),
            ("134X", "134X"),
            ("1066-22?", "1066-22?"),
            ("1324/1325", "1324/1325"),
            ("1324-12-30/1324", "1325-01-07/1325-01-08"),
            ("1066-09-25/..", "1066-10-01/.."),
            ("/1066-10-14", "/1066-10-20"),
            ("[1066-09-25..1066-10-14]", "[1066-10-01..1066-10-20]"),
            ("[1324-07..1325]", "[1324-07-09..1326-01-08]"),
            ("[1340..1345]", "[1340..1345]"),
            ("[9999-10-01..9999-12-31]", "[9999..Y10000]"),
            ("9999-12-31", "Y10000"),
            ("-9999-01-01", "Y-10000"),
        ] {
            let date = HistoricalDate::parse(julian, Calendar::Julian).unwrap();
            assert_eq!(date.gregorian_edtf(), gregorian, "{julian}");
            HistoricalDate::parse(gregorian, Calendar::Gregorian).unwrap();
        }
        for (sourced, leaves) in [
            ("1951-01-04?", "1951-01-04?"),
            ("[1951-01-04..1951-01-07]", "[1951-01-04..1951-01-07]"),
            ("[1951-01..1951-03]", "[1951-01..1951-03]"),
            // Others read no mixed ends and no seasons in a set.
            ("[1951-01-04..1951-03]", "[1951-01-04..1951-03-31]"),
            ("[1340..1345-09]", "[1340-01-01..1345-09-30]"),
            ("[1951-21..1951-23]", "[1951-03-01..1951-11-30]"),
            ("[Y-10000..0000-09]", "[Y-10000..0000]"),
            ("[Y-20000..Y-10000]", "[Y-20000..Y-10000]"),
        ] {
            let date = HistoricalDate::parse(sourced, Calendar::Gregorian).unwrap();
            assert_eq!(date.gregorian_edtf(), leaves);
        }
    }

    #[test]
    fn a_time_element_gets_what_html_allows() {
        use Calendar::{Gregorian, Julian};
        for (edtf, calendar, value) in [
            ("1951-01-04", Gregorian, Some("1951-01-04")),
            ("1951-01-04~", Gregorian, Some("1951-01-04")),
            ("1951-01", Gregorian, Some("1951-01")),
            ("0079", Gregorian, Some("0079")),
            ("0001-01-01", Gregorian, Some("0001-01-01")),
            ("1066-10-14", Julian, Some("1066-10-20")),
            ("1066", Julian, Some("1066")),
            ("1324-07", Julian, None),
            // Julian January 1 of the year 1 is still 1 BCE for Gregory.
            ("0001-01-01", Julian, None),
            ("9999-12-31", Julian, None),
            ("0000", Gregorian, None),
            ("-0043-03-15", Gregorian, None),
            ("1951-01-XX", Gregorian, None),
            ("1951-XX", Gregorian, None),
            ("195X", Gregorian, None),
            ("1951-21", Gregorian, None),
            ("Y10000", Gregorian, None),
            ("1950-12-31/1951-01-07", Gregorian, None),
            ("1951-01-04/1951-01-04", Gregorian, None),
            ("[1951-01-04..1951-01-04]", Gregorian, None),
        ] {
            let date = HistoricalDate::parse(edtf, calendar).unwrap();
            assert_eq!(date.datetime_attribute().as_deref(), value, "{edtf}");
        }
    }
}
