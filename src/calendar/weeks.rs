//! Days in their weeks: the sheet of a month, and the days around a day. No
//! I/O.

use crate::dates::{Calendar, DateStyle, Day, DayNumber, Weekday, Year};

/// How many days the strip around a day shows on either side.
const REACH: u16 = 3;

/// The day on which a week begins where people write dates in this style:
/// Sunday in America, Monday by ISO 8601 and nearly everywhere else.
pub(super) fn first_weekday(style: DateStyle) -> Weekday {
    match style {
        DateStyle::Mdy => Weekday::Sunday,
        DateStyle::Dmy => Weekday::Monday,
    }
}

/// The seven days of a week from `first` on.
pub(super) fn weekdays(first: Weekday) -> Vec<Weekday> {
    first.cycle_forward().take(7).collect()
}

/// The weeks of a month as they fall in one Gregorian year, each of seven
/// places from `first` on; a place without a day belongs to another month.
/// Empty if there is no such month.
pub(super) fn weeks(year: Year, month: u8, first: Weekday) -> Vec<Vec<Option<Day>>> {
    let year = year.astronomical();
    let last = Calendar::Gregorian.days_in_month(year, month).unwrap_or(0);
    let Some(begins) = DayNumber::from_gregorian(year, month, 1) else {
        return Vec::new();
    };
    let before = usize::try_from(begins.weekday().since(first)).unwrap_or(0);
    let days = (1..=last).map(|day| Day::new(month, day));
    let mut places: Vec<Option<Day>> = vec![None; before];
    places.extend(days);
    while !places.len().is_multiple_of(7) {
        places.push(None);
    }
    places.chunks(7).map(<[_]>::to_vec).collect()
}

/// The seven days around a day, which is the fourth. February 29 is one of the
/// days of a year, as everywhere.
pub(super) fn around(day: Day) -> Vec<Day> {
    let first = (0..REACH).fold(day, |day, _| day.previous());
    std::iter::successors(Some(first), |day| Some(day.next()))
        .take(usize::from(2 * REACH + 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(year: i64, month: u8, style: DateStyle) -> Vec<String> {
        weeks(Year::from_astronomical(year), month, first_weekday(style))
            .iter()
            .map(|week| {
                let day =
                    |day: &Option<Day>| day.map_or("-".to_owned(), |day| day.day().to_string());
                week.iter().map(day).collect::<Vec<_>>().join(" ")
            })
            .collect()
    }

    #[test]
    fn a_month_falls_on_its_weekdays() {
        assert_eq!(
            sheet(2026, 11, DateStyle::Mdy),
            [
                "1 2 3 4 5 6 7",
                "8 9 10 11 12 13 14",
                "15 16 17 18 19 20 21",
                "22 23 24 25 26 27 28",
                "29 30 - - - - -",
            ]
        );
        assert_eq!(
            sheet(2026, 11, DateStyle::Dmy),
            [
                "- - - - - - 1",
                "2 3 4 5 6 7 8",
                "9 10 11 12 13 14 15",
                "16 17 18 19 20 21 22",
                "23 24 25 26 27 28 29",
                "30 - - - - - -",
            ]
        );
        assert_eq!(sheet(2026, 2, DateStyle::Mdy).len(), 4);
        assert_eq!(sheet(2024, 2, DateStyle::Mdy)[4], "25 26 27 28 29 - -");
        assert!(sheet(2026, 13, DateStyle::Mdy).is_empty());
    }

    #[test]
    fn every_month_of_every_year_of_the_cycle_is_whole() {
        for year in 2000..2400 {
            for month in 1..=12 {
                for first in [Weekday::Sunday, Weekday::Monday] {
                    let weeks = weeks(Year::from_astronomical(year), month, first);
                    assert!(weeks.iter().all(|week| week.len() == 7));
                    let days: Vec<u8> = weeks
                        .iter()
                        .flatten()
                        .flatten()
                        .map(|day| day.day())
                        .collect();
                    let last = Calendar::Gregorian.days_in_month(year, month).unwrap();
                    assert!(days.into_iter().eq(1..=last), "{year}-{month}");
                    assert!(weeks.first().unwrap().iter().any(Option::is_some));
                    assert!(weeks.last().unwrap().iter().any(Option::is_some));
                }
            }
        }
    }

    #[test]
    fn the_days_around_a_day_go_on_across_months_and_years() {
        let slugs = |month, day| -> Vec<String> {
            let days = around(Day::new(month, day).unwrap());
            days.iter().map(|day| day.slug()).collect()
        };
        assert_eq!(
            slugs(12, 31),
            [
                "december-28",
                "december-29",
                "december-30",
                "december-31",
                "january-1",
                "january-2",
                "january-3"
            ]
        );
        assert_eq!(slugs(3, 1)[2], "february-29");
        assert_eq!(slugs(1, 1)[0], "december-29");
    }
}
