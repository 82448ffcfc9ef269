//! Dates as people read them.

use super::calendar::{Calendar, DateStyle};
use super::day::Day;
use super::day_number::DayNumber;
use super::extent::{End, Extent, Mark, Shape};
use super::month;
use super::year::Year;

/// A year that stands alone says CE below this: "212" might be a number.
const BARE_YEAR: u64 = 1000;

/// What stands between two ends.
#[derive(Clone, Copy)]
enum Link {
    /// From the one to the other.
    Dash,
    /// Some time between the one and the other.
    And,
}

/// A date in the calendar of its source.
pub(super) fn words(extent: &Extent, style: DateStyle) -> String {
    match *extent {
        Extent::Single(mark) => qualified(mark, style),
        Extent::Interval { start, end } => interval(start, end, style),
        Extent::Between { first, last } => ends(first, last, style, Link::And),
    }
}

/// What to say of a Julian date beside its words: that it is one, and its
/// Gregorian days if all its days are known. `None` if it names no month or
/// day, so the calendar makes no difference that the words could show.
pub(super) fn julian_note(extent: &Extent, style: DateStyle) -> Option<String> {
    if !extent.marks().any(Mark::is_finer_than_season) {
        return None;
    }
    let sourced: Option<Vec<(Year, Day)>> = extent.marks().map(Mark::day).collect();
    let gregorian: Option<Vec<(Year, Day)>> = extent.marks().map(gregorian_day).collect();
    let (Some(sourced), Some(gregorian)) = (sourced, gregorian) else {
        return Some("Julian".to_owned());
    };
    if sourced == gregorian {
        return Some("Julian and Gregorian".to_owned());
    }
    let (Some(&start), Some(&end)) = (gregorian.first(), gregorian.last()) else {
        return Some("Julian".to_owned());
    };
    let same_year = sourced
        .iter()
        .chain(&gregorian)
        .all(|(year, _)| *year == start.0);
    let comma = match style {
        // The year of "January 6, 1067" is enclosed by commas.
        DateStyle::Mdy if !same_year => ",",
        _ => "",
    };
    let link = match extent {
        Extent::Between { .. } if start != end => Link::And,
        _ => Link::Dash,
    };
    let days = if same_year {
        days_of_one_year(start.1, end.1, style, link)
    } else {
        days(start, end, style, link)
    };
    let days = format!("{}{days}{comma}", link.before());
    let both_in_use = extent.marks().all(|mark| {
        let day = mark.first_day(Calendar::Julian);
        day.is_some_and(|day| day >= DayNumber::FIRST_GREGORIAN)
    });
    Some(if both_in_use {
        format!("Old Style; {days} New Style")
    } else {
        format!("Julian; {days} Gregorian")
    })
}

fn interval(start: End, end: End, style: DateStyle) -> String {
    match (start, end) {
        (End::Dated(start), End::Dated(end)) => ends(start, end, style, Link::Dash),
        (End::Dated(start), End::Open) => format!("from {} onwards", qualified(start, style)),
        (End::Dated(start), End::Unknown) => format!("{} – unknown", qualified(start, style)),
        (End::Open, End::Dated(end)) => format!("until {}", qualified(end, style)),
        (End::Unknown, End::Dated(end)) => format!("unknown – {}", qualified(end, style)),
        // The parser refuses an interval without a date.
        (End::Open | End::Unknown, End::Open | End::Unknown) => "unknown".to_owned(),
    }
}

/// Two dated ends, with what they share said once. A word like "about" belongs
/// to one end, so ends that have one share nothing.
fn ends(start: Mark, end: Mark, style: DateStyle, link: Link) -> String {
    if start == end {
        return qualified(start, style);
    }
    let before = link.before();
    if !start.is_qualified() && !end.is_qualified() {
        match (start.shape, end.shape) {
            (Shape::Day(start_year, start), Shape::Day(end_year, end)) => {
                let days = days((start_year, start), (end_year, end), style, link);
                return format!("{before}{days}");
            }
            (Shape::Month(start_year, start), Shape::Month(end_year, end))
                if start_year == end_year =>
            {
                let (start, end) = (month_name(start), month_name(end));
                let year = end_year.words();
                return format!("{before}{start}{}{end} {year}", link.as_str());
            }
            (Shape::Year(start), Shape::Year(end))
                if start.era_below(BARE_YEAR) == end.era_below(BARE_YEAR) =>
            {
                let start = start.number_words();
                let end = end.words_with_era_below(BARE_YEAR);
                return format!("{before}{start}{}{end}", link.as_str());
            }
            _ => {}
        }
    }
    let link = match start.shape {
        Shape::Day(..) => link.after_year(style),
        _ => link.as_str(),
    };
    let (start, end) = (qualified(start, style), qualified(end, style));
    format!("{before}{start}{link}{end}")
}

impl Link {
    /// What stands before both ends.
    fn before(self) -> &'static str {
        match self {
            Link::Dash => "",
            Link::And => "between ",
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Link::Dash => " – ",
            Link::And => " and ",
        }
    }

    /// The link behind a day with its year: the year of "December 31, 1950,
    /// and January 7, 1951" is enclosed by commas.
    fn after_year(self, style: DateStyle) -> &'static str {
        match (self, style) {
            (Link::And, DateStyle::Mdy) => ", and ",
            _ => self.as_str(),
        }
    }
}

fn qualified(mark: Mark, style: DateStyle) -> String {
    let words = plain(mark, style);
    match (mark.uncertain, mark.approximate) {
        (true, true) => format!("possibly about {words}"),
        (true, false) => format!("possibly {words}"),
        (false, true) => format!("about {words}"),
        (false, false) => words,
    }
}

fn plain(mark: Mark, style: DateStyle) -> String {
    match mark.shape {
        // Not "the 1900s", which might be ten years, and not "the 20th
        // century", which begins in 1901.
        Shape::Century(first) => {
            let last = Year::from_astronomical(first.astronomical() + 99);
            let first = first.words_with_era_below(BARE_YEAR);
            let last = last.words_with_era_below(BARE_YEAR);
            format!("between {first} and {last}")
        }
        // The ten years from year 0 begin in 1 BCE and have no name.
        Shape::Decade(first) if first.is_bce() => "between 1 BCE and 9 CE".to_owned(),
        Shape::Decade(first) => match first.era_below(BARE_YEAR) {
            Some(era) => format!("{}s {era}", first.number_words()),
            None => format!("{}s", first.number_words()),
        },
        Shape::Year(year) => year.words_with_era_below(BARE_YEAR),
        Shape::Season(year, season) => {
            let year = year.words_with_era_below(BARE_YEAR);
            format!("{} {year}", season.words())
        }
        Shape::Month(year, month) => format!("{} {}", month_name(month), year.words()),
        Shape::Day(year, day) => with_year(day.words(style), year, style),
    }
}

/// The days of an interval; a single day if both are the same.
fn days(start: (Year, Day), end: (Year, Day), style: DateStyle, link: Link) -> String {
    if start.0 == end.0 {
        let days = days_of_one_year(start.1, end.1, style, link);
        return with_year(days, start.0, style);
    }
    let start = with_year(start.1.words(style), start.0, style);
    let end = with_year(end.1.words(style), end.0, style);
    format!("{start}{}{end}", link.after_year(style))
}

/// The days of an interval without their year.
fn days_of_one_year(start: Day, end: Day, style: DateStyle, link: Link) -> String {
    if start == end {
        return start.words(style);
    }
    let link = link.as_str();
    if start.month() != end.month() {
        return format!("{}{link}{}", start.words(style), end.words(style));
    }
    match style {
        DateStyle::Mdy => format!("{}{link}{}", start.words(style), end.day()),
        DateStyle::Dmy => format!("{}{link}{}", start.day(), end.words(style)),
    }
}

fn with_year(days: String, year: Year, style: DateStyle) -> String {
    match style {
        DateStyle::Mdy => format!("{days}, {}", year.words()),
        DateStyle::Dmy => format!("{days} {}", year.words()),
    }
}

fn month_name(month: u8) -> &'static str {
    month::month_name(month).expect("a parsed month is one from 1 to 12")
}

fn gregorian_day(julian: Mark) -> Option<(Year, Day)> {
    julian.day()?;
    let (year, month, day) = julian.first_day(Calendar::Julian)?.to_gregorian();
    Some((Year::from_astronomical(year), Day::new(month, day)?))
}

#[cfg(test)]
mod tests {
    use crate::dates::{Calendar, DateStyle, HistoricalDate};

    fn date(edtf: &str, calendar: Calendar) -> HistoricalDate {
        HistoricalDate::parse(edtf, calendar).unwrap()
    }

    #[test]
    fn dates_read_as_people_write_them() {
        for (edtf, mdy, dmy) in [
            ("1951-01-04", "January 4, 1951", "4 January 1951"),
            ("-0043-03-15", "March 15, 44 BCE", "15 March 44 BCE"),
            ("0079-08-24", "August 24, 79 CE", "24 August 79 CE"),
            ("0410-08-24", "August 24, 410", "24 August 410"),
            (
                "1951-01-04%",
                "possibly about January 4, 1951",
                "possibly about 4 January 1951",
            ),
            (
                "1950-12-31/1951-01-07",
                "December 31, 1950 – January 7, 1951",
                "31 December 1950 – 7 January 1951",
            ),
            (
                "1951-01-04/1951-01-07",
                "January 4 – 7, 1951",
                "4 – 7 January 1951",
            ),
            (
                "1951-01-30/1951-02-02",
                "January 30 – February 2, 1951",
                "30 January – 2 February 1951",
            ),
            (
                "1951-01-04~/1951-01-07?",
                "about January 4, 1951 – possibly January 7, 1951",
                "about 4 January 1951 – possibly 7 January 1951",
            ),
            (
                "1951-01-04/..",
                "from January 4, 1951 onwards",
                "from 4 January 1951 onwards",
            ),
            (
                "1951-01/1951-03-04",
                "January 1951 – March 4, 1951",
                "January 1951 – 4 March 1951",
            ),
            (
                "[1951-01-04..1951-01-07]",
                "between January 4 and 7, 1951",
                "between 4 and 7 January 1951",
            ),
            (
                "[1951-01-30..1951-02-02]",
                "between January 30 and February 2, 1951",
                "between 30 January and 2 February 1951",
            ),
            (
                "[1950-12-31..1951-01-07]",
                "between December 31, 1950, and January 7, 1951",
                "between 31 December 1950 and 7 January 1951",
            ),
            (
                "[1951-01-04..1951-03]",
                "between January 4, 1951, and March 1951",
                "between 4 January 1951 and March 1951",
            ),
            (
                "[1951-01-04..1951-01-04]",
                "January 4, 1951",
                "4 January 1951",
            ),
        ] {
            let date = date(edtf, Calendar::Gregorian);
            assert_eq!(date.words(DateStyle::Mdy), mdy);
            assert_eq!(date.words(DateStyle::Dmy), dmy);
            assert_eq!(date.words_with_calendar(DateStyle::Mdy), mdy);
        }
    }

    #[test]
    fn dates_without_a_day_read_alike_in_both_styles() {
        for (edtf, words) in [
            ("1324-07", "July 1324"),
            ("1324-07-XX", "July 1324"),
            ("-0489-09~", "about September 490 BCE"),
            ("0105", "105 CE"),
            ("0212", "212 CE"),
            ("1951?", "possibly 1951"),
            ("1951-XX-XX", "1951"),
            ("134X", "1340s"),
            ("003X", "30s CE"),
            ("000X", "between 1 BCE and 9 CE"),
            ("19XX", "between 1900 and 1999"),
            ("00XX", "between 1 BCE and 99 CE"),
            ("2001-21", "spring 2001"),
            ("2001-24~", "about winter 2001"),
            ("Y-170000002", "170,000,003 BCE"),
            ("1337/1453", "1337 – 1453"),
            ("1951/1951", "1951"),
            ("-0489/-0478", "490 – 479 BCE"),
            ("0212/0217", "212 – 217 CE"),
            ("-0043/0014", "44 BCE – 14 CE"),
            ("1324-07/1324-09", "July – September 1324"),
            ("../1951", "until 1951"),
            ("/1951", "unknown – 1951"),
            ("1951~/", "about 1951 – unknown"),
            ("[1340..1345]", "between 1340 and 1345"),
            ("[1340..1340]", "1340"),
            ("[-0489..-0478]", "between 490 and 479 BCE"),
            ("[0212..0217]", "between 212 and 217 CE"),
            ("[-0043..0014]", "between 44 BCE and 14 CE"),
            ("[1324-07..1324-09]", "between July and September 1324"),
            ("[1324-07..1325]", "between July 1324 and 1325"),
            ("[1951-21..1952]", "between spring 1951 and 1952"),
            ("[Y-20000..Y-10000]", "between 20,001 and 10,001 BCE"),
        ] {
            let date = date(edtf, Calendar::Gregorian);
            assert_eq!(date.words(DateStyle::Mdy), words);
            assert_eq!(date.words(DateStyle::Dmy), words);
        }
    }

    #[test]
    fn julian_dates_say_so_and_give_the_gregorian_day() {
        for (edtf, mdy, dmy) in [
            (
                "1066-10-14",
                "October 14, 1066 (Julian; October 20 Gregorian)",
                "14 October 1066 (Julian; 20 October Gregorian)",
            ),
            (
                "1066-12-31~",
                "about December 31, 1066 (Julian; January 6, 1067, Gregorian)",
                "about 31 December 1066 (Julian; 6 January 1067 Gregorian)",
            ),
            (
                "1453-04-06/1453-05-29",
                "April 6 – May 29, 1453 (Julian; April 15 – June 7 Gregorian)",
                "6 April – 29 May 1453 (Julian; 15 April – 7 June Gregorian)",
            ),
            (
                "1066-10-14/..",
                "from October 14, 1066 onwards (Julian; October 20 Gregorian)",
                "from 14 October 1066 onwards (Julian; 20 October Gregorian)",
            ),
            // In the third century the two calendars agree.
            (
                "0212-07-11",
                "July 11, 212 (Julian and Gregorian)",
                "11 July 212 (Julian and Gregorian)",
            ),
            (
                "[1453-04-06..1453-04-09]",
                "between April 6 and 9, 1453 (Julian; between April 15 and 18 Gregorian)",
                "between 6 and 9 April 1453 (Julian; between 15 and 18 April Gregorian)",
            ),
            ("1324-07", "July 1324 (Julian)", "July 1324 (Julian)"),
            (
                "1642-12",
                "December 1642 (Julian)",
                "December 1642 (Julian)",
            ),
            (
                "[1324-07..1325]",
                "between July 1324 and 1325 (Julian)",
                "between July 1324 and 1325 (Julian)",
            ),
            (
                "1324-07/1324-08-02",
                "July 1324 – August 2, 1324 (Julian)",
                "July 1324 – 2 August 1324 (Julian)",
            ),
            ("1324", "1324", "1324"),
        ] {
            let date = date(edtf, Calendar::Julian);
            assert_eq!(date.words_with_calendar(DateStyle::Mdy), mdy);
            assert_eq!(date.words_with_calendar(DateStyle::Dmy), dmy);
        }
    }

    #[test]
    fn days_since_the_reform_are_old_style_and_new_style() {
        for (edtf, mdy, dmy) in [
            (
                "1642-12-25",
                "December 25, 1642 (Old Style; January 4, 1643, New Style)",
                "25 December 1642 (Old Style; 4 January 1643 New Style)",
            ),
            (
                "1732-02-11?",
                "possibly February 11, 1732 (Old Style; February 22 New Style)",
                "possibly 11 February 1732 (Old Style; 22 February New Style)",
            ),
            (
                "1582-10-04",
                "October 4, 1582 (Julian; October 14 Gregorian)",
                "4 October 1582 (Julian; 14 October Gregorian)",
            ),
            (
                "1582-10-05",
                "October 5, 1582 (Old Style; October 15 New Style)",
                "5 October 1582 (Old Style; 15 October New Style)",
            ),
            (
                "1582-10-04/1582-10-05",
                "October 4 – 5, 1582 (Julian; October 14 – 15 Gregorian)",
                "4 – 5 October 1582 (Julian; 14 – 15 October Gregorian)",
            ),
            (
                "[1642-12-20..1642-12-25]",
                "between December 20 and 25, 1642 \
                 (Old Style; between December 30, 1642, and January 4, 1643, New Style)",
                "between 20 and 25 December 1642 \
                 (Old Style; between 30 December 1642 and 4 January 1643 New Style)",
            ),
        ] {
            let date = date(edtf, Calendar::Julian);
            assert_eq!(date.words_with_calendar(DateStyle::Mdy), mdy);
            assert_eq!(date.words_with_calendar(DateStyle::Dmy), dmy);
        }
    }
}
