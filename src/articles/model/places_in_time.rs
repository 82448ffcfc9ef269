//! The rule of standing: on which pages of time an article stands.

use super::{Details, EventDate};
use crate::dates::{DayNumber, Edge, HistoricalDate, Period};

/// One page on which an article stands: a day, a month (day unknown), a year,
/// a decade or a century.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceInTime {
    /// Astronomical year: 0 is 1 BCE. Where `span` is more than 1, one of the
    /// years of the decade or century, and no more.
    pub year: i64,
    /// 1 to 12, if the date has a month.
    pub month: Option<i64>,
    /// 1 to 31, if the date has a day.
    pub day: Option<i64>,
    /// Years of the smallest page: 1 if a year is named, 10 for a decade, 100
    /// for a century.
    pub span: i64,
    /// Orders what stands on one page.
    pub first_day: i64,
    /// What happened then, in words; empty if the article has one plain date.
    pub label: String,
    /// The EDTF text of the date that stands there.
    pub edtf: String,
}

impl Details {
    /// Every page on which the article stands.
    ///
    /// A date stands on the day as it is conventionally cited, that is, as
    /// sourced; an interval on its first and its last day and not between; a
    /// date without a day on no day page, but on its month's and its year's; a
    /// date without a year on its decade's or century's. A page also shows what
    /// stands on the smaller ones within it, so these need no places.
    #[must_use]
    pub fn places_in_time(&self) -> Vec<PlaceInTime> {
        let dates = self.dates.iter();
        let mut places: Vec<PlaceInTime> = dates.flat_map(EventDate::places_in_time).collect();
        // Two dates of one article on one day are one entry of that day: the
        // first that the file names, which is most often the primary one.
        let mut seen = Vec::new();
        places.retain(|place| {
            let key = (place.year, place.month, place.day, place.span);
            let fresh = !seen.contains(&key);
            seen.push(key);
            fresh
        });
        places
    }
}

impl EventDate {
    fn places_in_time(&self) -> Vec<PlaceInTime> {
        let Ok(date) = self.date() else {
            return Vec::new();
        };
        let days = date.standings().into_iter().map(|standing| PlaceInTime {
            year: standing.year.astronomical(),
            month: Some(i64::from(standing.day.month())),
            day: Some(i64::from(standing.day.day())),
            span: 1,
            first_day: number(match standing.edge {
                Edge::Last => date.last_day(),
                Edge::Whole | Edge::First => date.first_day(),
            }),
            label: self.edge_words(standing.edge),
            edtf: self.on.clone(),
        });
        let dayless = date
            .dayless_places()
            .into_iter()
            .map(|(year, month)| self.place(&date, year.astronomical(), month, 1));
        let periods = date.periods().into_iter().map(|period| match period {
            Period::Decade(decade) => self.place(&date, decade.middle().astronomical(), None, 10),
            Period::Century(century) => {
                self.place(&date, century.first().astronomical(), None, 100)
            }
        });
        days.chain(dayless).chain(periods).collect()
    }

    /// A place without a day.
    fn place(&self, date: &HistoricalDate, year: i64, month: Option<u8>, span: i64) -> PlaceInTime {
        PlaceInTime {
            year,
            month: month.map(i64::from),
            day: None,
            span,
            first_day: number(date.first_day().or(date.last_day())),
            label: self.words().to_owned(),
            edtf: self.on.clone(),
        }
    }
}

fn number(day: Option<DayNumber>) -> i64 {
    day.map_or(0, |day| day.0)
}

#[cfg(test)]
mod tests {
    use super::super::Role;
    use super::*;
    use crate::dates::Calendar;

    fn places(edtf: &[&str]) -> Vec<PlaceInTime> {
        let dates = edtf.iter().map(|on| EventDate {
            on: (*on).to_owned(),
            calendar: Calendar::Gregorian,
            role: Some(Role::Battle),
            label: None,
            primary: false,
        });
        Details {
            dates: dates.collect(),
            date_note: None,
            sources: Vec::new(),
            claims: Vec::new(),
            corrections: Vec::new(),
            illustration: None,
            points: Vec::new(),
            author: None,
            reviewer: None,
            published: None,
        }
        .places_in_time()
    }

    #[test]
    fn an_interval_stands_on_its_first_and_last_day_and_not_between() {
        let places = places(&["1950-12-31/1951-01-07"]);
        let days: Vec<_> = places.iter().map(|p| (p.year, p.month, p.day)).collect();
        assert_eq!(days, [(1950, Some(12), Some(31)), (1951, Some(1), Some(7))]);
        assert_eq!(places[0].label, "the battle, first day");
        assert_eq!(places[1].label, "the battle, last day");
    }

    #[test]
    fn what_is_known_less_exactly_than_to_the_day_stands_on_larger_pages() {
        for (edtf, expected) in [
            ("1324-07", vec![(1324, Some(7), 1)]),
            ("1324", vec![(1324, None, 1)]),
            (
                "1951-03/1952-05",
                vec![(1951, Some(3), 1), (1952, Some(5), 1)],
            ),
            ("[1951-03..1951-05]", vec![(1951, None, 1)]),
            ("134X", vec![(1344, None, 10)]),
            ("13XX", vec![(1301, None, 100)]),
            ("[1295..1305]", vec![(1201, None, 100), (1301, None, 100)]),
        ] {
            let places = places(&[edtf]);
            let found: Vec<_> = places.iter().map(|p| (p.year, p.month, p.span)).collect();
            assert_eq!(found, expected, "{edtf}");
            assert!(places.iter().all(|place| place.day.is_none()), "{edtf}");
        }
        // One side is known to the day, the other to the month.
        let mixed = places(&["1951-12-31/1952-02"]);
        assert_eq!(mixed.len(), 2);
        assert_eq!(
            (mixed[1].year, mixed[1].month, mixed[1].day),
            (1952, Some(2), None)
        );
    }

    #[test]
    fn two_dates_on_one_page_are_one_entry_of_it() {
        assert_eq!(places(&["1951-01-04", "1951-01-04"]).len(), 1);
        assert_eq!(places(&["1951-01-04", "1951"]).len(), 2);
    }
}
