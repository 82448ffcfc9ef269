//! The days and years of a life, for the pages of time.

use diesel::prelude::*;
use diesel::{QueryResult, delete, insert_into};

use crate::content::EntryFile;
use crate::dates::{HistoricalDate, Year};
use crate::db::AnyConnection;
use crate::db::schema::life_days;

/// Writes what is sure of when a person was born and died. Nothing of the
/// person may be there yet.
pub(super) fn write(conn: &mut AnyConnection, person: &EntryFile) -> QueryResult<()> {
    let ends = [
        ("born", &person.details.born),
        ("died", &person.details.died),
    ];
    for (event, sourced) in ends {
        let date = sourced.as_ref().and_then(|sourced| sourced.date());
        let Some((place, date)) = date.and_then(|date| Some((stands(&date)?, date))) else {
            continue;
        };
        insert_into(life_days::table)
            .values((
                life_days::slug.eq(person.slug.as_str()),
                life_days::event.eq(event),
                life_days::name.eq(&person.name),
                life_days::year.eq(place.year.astronomical()),
                life_days::month.eq(place.month.map(i64::from)),
                life_days::day.eq(place.day.map(i64::from)),
                life_days::first_day.eq(date.first_day().map_or(0, |day| day.0)),
                life_days::words.eq(date.edtf()),
                life_days::calendar.eq(date.calendar().as_str()),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Takes out what is there of a person.
pub(super) fn delete_of(conn: &mut AnyConnection, slug: &str) -> QueryResult<()> {
    delete(life_days::table.filter(life_days::slug.eq(slug))).execute(conn)?;
    Ok(())
}

/// The pages on which the end of a life stands.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    year: Year,
    month: Option<u8>,
    day: Option<u8>,
}

/// Where a date of a life stands. Nobody is born for a week or on two days, so
/// unlike an event's, an interval stands nowhere, nor does what is not sure.
fn stands(date: &HistoricalDate) -> Option<Place> {
    let is_sure = !date.is_uncertain() && !date.is_approximate();
    if !is_sure || date.is_interval() || date.is_between() {
        return None;
    }
    if let Some(standing) = date.standings().first() {
        return Some(Place {
            year: standing.year,
            month: Some(standing.day.month()),
            day: Some(standing.day.day()),
        });
    }
    let (year, month) = *date.dayless_places().first()?;
    Some(Place {
        year,
        month,
        day: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::Calendar;

    #[test]
    fn only_what_is_sure_of_a_life_stands_on_a_page_of_time() {
        let place = |edtf: &str| {
            let date = HistoricalDate::parse(edtf, Calendar::Julian).unwrap();
            stands(&date).map(|place| (place.year.astronomical(), place.month, place.day))
        };
        assert_eq!(place("-0099-07-12"), Some((-99, Some(7), Some(12))));
        assert_eq!(place("1500-02-29"), Some((1500, Some(2), Some(29))));
        assert_eq!(place("1324-07"), Some((1324, Some(7), None)));
        assert_eq!(place("1809"), Some((1809, None, None)));
        for unsure in [
            "1451~",
            "1642-12-25?",
            "1642-12-25~",
            "134X",
            "13XX",
            "1340/1345",
            "1340-01-01/1340-01-01",
            "[1340..1345]",
            "[1340-01-01..1340-01-01]",
        ] {
            assert_eq!(place(unsure), None, "{unsure}");
        }
    }
}
