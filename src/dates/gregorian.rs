//! Dates as they leave the site: proleptic Gregorian, for machines.

use super::calendar::Calendar;
use super::day_number::DayNumber;
use super::extent::{End, Extent, Mark, Shape};

/// The Gregorian EDTF of a Julian date; `None` if it reads the same in both
/// calendars, because no month or day is named.
pub(super) fn from_julian(extent: &Extent) -> Option<String> {
    if !extent.marks().any(Mark::is_finer_than_season) {
        return None;
    }
    match *extent {
        Extent::Single(mark) => {
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
    let (year, month, day) = number.to_gregorian();
    let qualifier = match (mark.uncertain, mark.approximate) {
        (true, true) => "%",
        (true, false) => "?",
        (false, true) => "~",
        (false, false) => "",
    };
    if !(-9999..=9999).contains(&year) {
        return format!("Y{year}{qualifier}");
    }
    let sign = if year < 0 { "-" } else { "" };
    let year = year.unsigned_abs();
    format!("{sign}{year:04}-{month:02}-{day:02}{qualifier}")
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
            ("9999-12-31", "Y10000"),
            ("-9999-01-01", "Y-10000"),
        ] {
            let date = HistoricalDate::parse(julian, Calendar::Julian).unwrap();
            assert_eq!(date.gregorian_edtf(), gregorian, "{julian}");
            HistoricalDate::parse(gregorian, Calendar::Gregorian).unwrap();
        }
        let date = HistoricalDate::parse("1951-01-04?", Calendar::Gregorian).unwrap();
        assert_eq!(date.gregorian_edtf(), "1951-01-04?");
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
        ] {
            let date = HistoricalDate::parse(edtf, calendar).unwrap();
            assert_eq!(date.datetime_attribute().as_deref(), value, "{edtf}");
        }
    }
}
