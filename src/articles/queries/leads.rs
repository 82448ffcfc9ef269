//! What the rule of [`lead`] looks at, and what it chooses from the database.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use super::super::lead::{self, Candidate, Choice};
use super::super::model::{EntryDetails, Registry, Tag};
use super::super::{Visibility, years_since, years_since_spot};
use super::{Listed, Spot, outline_of_day, tags_of};
use crate::dates::{Day, Year};
use crate::db::AnyConnection;
use crate::db::schema::entries;

/// Which of a day's events leads as of `year`, by its place among `events`. An
/// article that is on hold leads no day.
///
/// # Errors
/// The database's.
pub fn lead_of(
    conn: &mut AnyConnection,
    events: &[Listed],
    year: Year,
    day: Day,
    visibility: Visibility,
) -> QueryResult<Option<Choice>> {
    let these = lead_candidates(conn, events, year)?;
    let choice: Option<Choice> = lead::choose(&these, year, day, || {
        leads_before(conn, year, day, visibility)
    })?;
    let mut free = (0..events.len()).filter(|index| !events[*index].is_held);
    Ok(choice.and_then(|choice| {
        let index = free.nth(choice.index)?;
        Some(Choice { index, ..choice })
    }))
}

/// The same of a day in outline, so that however many events it has only
/// those are looked at more closely which the rule can choose.
///
/// # Errors
/// The database's.
pub fn lead_among(
    conn: &mut AnyConnection,
    spots: &[Spot],
    year: Year,
    day: Day,
    visibility: Visibility,
) -> QueryResult<Option<Choice>> {
    let these = outlined_candidates(conn, spots, year)?;
    let choice: Option<Choice> = lead::choose(&these, year, day, || {
        leads_before(conn, year, day, visibility)
    })?;
    let mut free = (0..spots.len()).filter(|index| !spots[*index].is_held);
    Ok(choice.and_then(|choice| {
        let index = free.nth(choice.index)?;
        Some(Choice { index, ..choice })
    }))
}

/// The leads of the two days before another.
fn leads_before(
    conn: &mut AnyConnection,
    mut year: Year,
    mut day: Day,
    visibility: Visibility,
) -> QueryResult<Vec<Candidate>> {
    let mut leads = Vec::new();
    for _ in 0..2 {
        (year, day) = lead::day_before(year, day);
        let (month, date) = (i64::from(day.month()), i64::from(day.day()));
        let spots = outline_of_day(conn, month, Some(date), visibility)?;
        let mut those = outlined_candidates(conn, &spots, year)?;
        if let Some(index) = lead::lead_by_itself(&those, year, day) {
            leads.push(those.swap_remove(index));
        }
    }
    Ok(leads)
}

/// As [`lead_candidates`], but regions and subjects are only there of those
/// that the first rule leaves: no other rule looks at the rest.
fn outlined_candidates(
    conn: &mut AnyConnection,
    spots: &[Spot],
    this_year: Year,
) -> QueryResult<Vec<Candidate>> {
    let free = spots.iter().filter(|spot| !spot.is_held);
    let mut candidates: Vec<Candidate> = free
        .map(|spot| {
            let year = Year::from_astronomical(spot.year);
            Candidate {
                slug: spot.slug.clone(),
                year,
                years_ago: years_since_spot(&spot.edtf, year, this_year),
                region: None,
                subjects: BTreeSet::new(),
            }
        })
        .collect();
    let (left, _) = lead::foremost(&candidates);
    let slugs: Vec<String> = left
        .iter()
        .map(|index| candidates[*index].slug.clone())
        .collect();
    let tags = tags_of(conn, &slugs)?;
    let place = |slug: &str| entries_of(tags.get(slug)?, Registry::Places).next();
    let places: BTreeSet<String> = slugs.iter().filter_map(|slug| place(slug)).collect();
    let countries = countries(conn, &places)?;
    for index in left {
        let one = &mut candidates[index];
        one.region = place(&one.slug).map(|place| countries.get(&place).cloned().unwrap_or(place));
        if let Some(tags) = tags.get(&one.slug) {
            one.subjects = entries_of(tags, Registry::Topics).collect();
        }
    }
    Ok(candidates)
}

/// What the rule looks at, of those that may lead: all that are not on hold, in
/// their order.
///
/// # Errors
/// The database's.
pub fn lead_candidates(
    conn: &mut AnyConnection,
    events: &[Listed],
    this_year: Year,
) -> QueryResult<Vec<Candidate>> {
    let place = |one: &Listed| entries_of(&one.tags, Registry::Places).next();
    let places: BTreeSet<String> = events.iter().filter_map(place).collect();
    let countries = countries(conn, &places)?;
    let made = events.iter().filter(|one| !one.is_held).filter_map(|one| {
        let standing = one.standing.as_ref()?;
        Some(Candidate {
            slug: one.slug.clone(),
            year: Year::from_astronomical(standing.year),
            years_ago: years_since(one, this_year),
            region: place(one).map(|place| countries.get(&place).cloned().unwrap_or(place)),
            subjects: entries_of(&one.tags, Registry::Topics).collect(),
        })
    });
    Ok(made.collect())
}

/// The country of each of these places whose entry names one, by the slug of
/// the place.
fn countries(
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

fn entries_of(tags: &[Tag], registry: Registry) -> impl Iterator<Item = String> {
    let of_it = tags.iter().filter(move |tag| tag.registry == registry);
    of_it.map(|tag| tag.entry.clone())
}
