//! When people of the registry were born and died, as far as it is sure.

use diesel::prelude::*;

use crate::dates::{Calendar, Day, Year};
use crate::db::AnyConnection;
use crate::db::schema::life_days;

/// The sure date of a birth or a death.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifeDay {
    /// The person's entry.
    pub slug: String,
    /// The name of the entry.
    pub name: String,
    /// Which of the two.
    pub event: LifeEvent,
    /// In the calendar as sourced.
    pub year: Year,
    /// EDTF, in the calendar as sourced.
    pub edtf: String,
    /// The calendar of the source.
    pub calendar: Calendar,
}

/// Which end of a life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LifeEvent {
    /// The day a person was born.
    Birth,
    /// The day a person died.
    Death,
}

type LifeRow = (String, String, String, i64, String, String);

const LIFE: (
    life_days::slug,
    life_days::name,
    life_days::event,
    life_days::year,
    life_days::words,
    life_days::calendar,
) = (
    life_days::slug,
    life_days::name,
    life_days::event,
    life_days::year,
    life_days::words,
    life_days::calendar,
);

/// Who was born or died on a day of the year, by the calendar as sourced, in
/// order of the years.
///
/// # Errors
/// The database's.
pub fn lives_on(conn: &mut AnyConnection, day: Day) -> QueryResult<Vec<LifeDay>> {
    let rows: Vec<LifeRow> = life_days::table
        .filter(life_days::month.eq(i64::from(day.month())))
        .filter(life_days::day.eq(i64::from(day.day())))
        .order((life_days::year, life_days::slug, life_days::event))
        .select(LIFE)
        .load(conn)?;
    Ok(rows.into_iter().map(life).collect())
}

/// Who was born or died in a year, in order of time; those of whom no more
/// than the year is known come first.
///
/// # Errors
/// The database's.
pub fn lives_in(conn: &mut AnyConnection, year: Year) -> QueryResult<Vec<LifeDay>> {
    let rows: Vec<LifeRow> = life_days::table
        .filter(life_days::year.eq(year.astronomical()))
        .order((life_days::first_day, life_days::slug, life_days::event))
        .select(LIFE)
        .load(conn)?;
    Ok(rows.into_iter().map(life).collect())
}

fn life((slug, name, event, year, edtf, calendar): LifeRow) -> LifeDay {
    LifeDay {
        slug,
        name,
        event: if event == "born" {
            LifeEvent::Birth
        } else {
            LifeEvent::Death
        },
        year: Year::from_astronomical(year),
        edtf,
        // Ingest writes one of the two words.
        calendar: calendar.parse().unwrap_or_default(),
    }
}
