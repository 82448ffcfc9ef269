//! What the pages of time ask of people and places. What they ask of articles
//! is in `articles::queries`.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use crate::articles::model::Registry;
use crate::content::EntryDetails;
use crate::dates::{Calendar, Day, Year};
use crate::db::AnyConnection;
use crate::db::schema::{entries, life_days};

/// The sure date of a birth or a death.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LifeDay {
    /// The person's entry.
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) event: LifeEvent,
    pub(super) year: Year,
    /// EDTF, in the calendar as sourced.
    pub(super) edtf: String,
    pub(super) calendar: Calendar,
}

/// Which end of a life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LifeEvent {
    Birth,
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
pub(super) fn lives_on(conn: &mut AnyConnection, day: Day) -> QueryResult<Vec<LifeDay>> {
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
pub(super) fn lives_in(conn: &mut AnyConnection, year: Year) -> QueryResult<Vec<LifeDay>> {
    let rows: Vec<LifeRow> = life_days::table
        .filter(life_days::year.eq(year.astronomical()))
        .order((life_days::first_day, life_days::slug, life_days::event))
        .select(LIFE)
        .load(conn)?;
    Ok(rows.into_iter().map(life).collect())
}

/// The country of each of these places whose entry names one, by the slug of
/// the place.
pub(super) fn countries(
    conn: &mut AnyConnection,
    places: &BTreeSet<String>,
) -> QueryResult<HashMap<String, String>> {
    let rows: Vec<(String, String)> = entries::table
        .filter(entries::kind.eq(Registry::Places.slug()))
        .filter(entries::slug.eq_any(places))
        .select((entries::slug, entries::details))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(slug, details)| {
            let details: EntryDetails = serde_json::from_str(&details).ok()?;
            Some((slug, details.country?.trim().to_ascii_uppercase()))
        })
        .collect())
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
