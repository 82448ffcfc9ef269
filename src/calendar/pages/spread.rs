//! The events of a day as a spread: one leads, the others follow through the
//! centuries.

use std::collections::BTreeSet;

use diesel::QueryResult;

use super::super::lead::{self, Candidate, Choice, Reason};
use super::super::queries::countries;
use super::century_link;
use crate::articles::model::{Registry, Tag};
use crate::articles::queries::{self, Listed};
use crate::articles::{MapView, Teaser, Visibility, years_since};
use crate::dates::{Century, Day, Year};
use crate::db::AnyConnection;
use crate::paths;
use crate::site::shell::Link;

/// From how many events on those that follow the lead are parted into
/// centuries.
const PARTED_FROM: usize = 7;

/// The event that leads the page.
pub(super) struct Lead {
    pub(super) teaser: Teaser,
    /// Where it happened, if it has no picture of its own.
    pub(super) map: Option<MapView>,
    /// Why it leads, if there was a choice.
    pub(super) reason: Option<String>,
    /// Where the rule stands.
    pub(super) rule_href: String,
}

/// The events of one century, or all of them.
pub(super) struct Stretch {
    pub(super) century: Option<Link>,
    pub(super) teasers: Vec<Teaser>,
}

/// What stands on a day, by year.
pub(super) fn events_on(
    conn: &mut AnyConnection,
    day: Day,
    visibility: Visibility,
) -> QueryResult<Vec<Listed>> {
    let (month, day) = (i64::from(day.month()), i64::from(day.day()));
    queries::on_day(conn, month, day, visibility)
}

/// Which of a day's events leads as of `year`. An article that is on hold leads
/// no day.
pub(super) fn choose(
    conn: &mut AnyConnection,
    events: &[Listed],
    year: Year,
    day: Day,
    visibility: Visibility,
) -> QueryResult<Option<Choice>> {
    let free: Vec<usize> = (0..events.len())
        .filter(|index| !events[*index].is_held)
        .collect();
    let these = candidates(conn, events, year)?;
    let choice: Option<Choice> = lead::choose(&these, year, day, || -> QueryResult<_> {
        let mut leads = Vec::new();
        let (mut year, mut day) = (year, day);
        for _ in 0..2 {
            (year, day) = lead::day_before(year, day);
            let events = events_on(conn, day, visibility)?;
            let mut those = candidates(conn, &events, year)?;
            if let Some(index) = lead::lead_by_itself(&those, year, day) {
                leads.push(those.swap_remove(index));
            }
        }
        Ok(leads)
    })?;
    Ok(choice.and_then(|choice| {
        let index = *free.get(choice.index)?;
        Some(Choice { index, ..choice })
    }))
}

/// Puts the lead apart, and the others in their centuries if they are many.
pub(super) fn lay_out(
    mut events: Vec<Teaser>,
    choice: Option<Choice>,
    map: Option<MapView>,
    is_today: bool,
) -> (Option<Lead>, Vec<Stretch>) {
    let choice = choice.filter(|choice| choice.index < events.len());
    let lead = choice.map(|choice| {
        let teaser = events.remove(choice.index);
        Lead {
            reason: reason_words(choice.reason, &teaser, is_today),
            rule_href: paths::lead_rule(),
            teaser,
            map,
        }
    });
    let is_parted = events.len() >= PARTED_FROM;
    let mut stretches: Vec<Stretch> = Vec::new();
    for teaser in events {
        let century = Year::parse_slug(teaser.year_href.rsplit('/').next().unwrap_or_default());
        let century = century
            .filter(|_| is_parted)
            .map(|year| century_link(Century::of(year)));
        match stretches.last_mut() {
            Some(last) if last.century == century => last.teasers.push(teaser),
            _ => stretches.push(Stretch {
                century,
                teasers: vec![teaser],
            }),
        }
    }
    (lead, stretches)
}

fn reason_words(reason: Reason, teaser: &Teaser, is_today: bool) -> Option<String> {
    match reason {
        Reason::Only => None,
        Reason::Anniversary => {
            let ago = teaser.years_ago.as_ref()?;
            Some(format!("Chosen because it was {}.", ago.words))
        }
        Reason::Variety => {
            Some("Chosen because it is least like what led the two days before.".to_owned())
        }
        Reason::Turn if is_today => Some("Today’s turn among the events of this day.".to_owned()),
        Reason::Turn => Some("This year’s turn among the events of this day.".to_owned()),
    }
}

/// What the rule looks at, of those that may lead.
fn candidates(
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

fn entries_of(tags: &[Tag], registry: Registry) -> impl Iterator<Item = String> {
    let of_it = tags.iter().filter(move |tag| tag.registry == registry);
    of_it.map(|tag| tag.entry.clone())
}
