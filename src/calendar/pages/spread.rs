//! The events of a day as a spread: one leads, the others follow through the
//! centuries.

use diesel::QueryResult;

use super::century_link;
use crate::articles::lead::{Choice, Reason};
use crate::articles::queries::{self, Spot};
use crate::articles::{MapView, Teaser, Visibility};
use crate::dates::{Century, Day, Year};
use crate::db::AnyConnection;
use crate::paths;
use crate::site::shell::Link;
use crate::site::turning::Turn;

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

/// What stands on a day, by year, in outline.
pub(super) fn spots_on(
    conn: &mut AnyConnection,
    day: Day,
    visibility: Visibility,
) -> QueryResult<Vec<Spot>> {
    let (month, day) = (i64::from(day.month()), i64::from(day.day()));
    queries::outline_of_day(conn, month, Some(day), visibility)
}

/// What a page shows of a day. The lead stands on the first page, wherever it
/// stands among the years, and on no other; `choice` becomes its place among
/// what is shown.
pub(super) fn on_page(spots: &[Spot], choice: &mut Option<Choice>, turn: &Turn) -> Vec<Spot> {
    if turn.pages == 1 {
        return spots.to_vec();
    }
    let mut order: Vec<usize> = (0..spots.len()).collect();
    if let Some(choice) = choice {
        let lead = order.remove(choice.index);
        order.insert(0, lead);
    }
    let mut shown: Vec<usize> = order.drain(turn.range()).collect();
    shown.sort_unstable();
    *choice = choice.and_then(|choice| {
        let index = shown.iter().position(|index| *index == choice.index)?;
        Some(Choice { index, ..choice })
    });
    shown
        .into_iter()
        .map(|index| spots[index].clone())
        .collect()
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
