//! Who was born and who died on a day or in a year.

use crate::articles::model::Registry;
use crate::articles::queries::{LifeDay, LifeEvent};
use crate::dates::{DateStyle, Day, HistoricalDate};
use crate::paths;

/// Births or deaths under their heading.
pub(super) struct LivesView {
    pub(super) heading: String,
    pub(super) lives: Vec<LifeView>,
}

/// One person.
pub(super) struct LifeView {
    pub(super) href: String,
    pub(super) name: String,
    /// The year of a day's page.
    pub(super) year_words: String,
    /// On a day, the calendar where it is the Julian one: "Old Style; January
    /// 4, 1643, New Style". In a year, the date so far as it is known.
    pub(super) note: Option<String>,
}

/// Births, then deaths, of one day, each with its year; empty lists are left
/// out. `on` names the day if it is not the one of the page.
pub(super) fn of_day(lives: Vec<LifeDay>, on: Option<Day>, style: DateStyle) -> Vec<LivesView> {
    let on = on.map_or_else(
        || "this day".to_owned(),
        |day| format!("on {}", day.words(style)),
    );
    let view = |life: &LifeDay| LifeView::new(life, of_calendar(life, style));
    both(&lives, view, |word| format!("{word} {on}"))
}

/// The same of one year, each with its day.
pub(super) fn of_year(lives: Vec<LifeDay>, style: DateStyle) -> Vec<LivesView> {
    let view = |life: &LifeDay| LifeView::new(life, within_year(life, style));
    both(&lives, view, str::to_owned)
}

fn both(
    lives: &[LifeDay],
    view: impl Fn(&LifeDay) -> LifeView,
    heading: impl Fn(&str) -> String,
) -> Vec<LivesView> {
    [(LifeEvent::Birth, "Born"), (LifeEvent::Death, "Died")]
        .into_iter()
        .map(|(event, word)| LivesView {
            heading: heading(word),
            lives: lives
                .iter()
                .filter(|life| life.event == event)
                .map(&view)
                .collect(),
        })
        .filter(|list| !list.lives.is_empty())
        .collect()
}

impl LifeView {
    fn new(life: &LifeDay, note: Option<String>) -> LifeView {
        LifeView {
            href: paths::entry(Registry::People.slug(), &life.slug),
            name: life.name.clone(),
            year_words: life.year.words(),
            note,
        }
    }
}

fn date(life: &LifeDay) -> Option<HistoricalDate> {
    HistoricalDate::parse(&life.edtf, life.calendar).ok()
}

/// What a date says of its calendar, if it says something.
fn of_calendar(life: &LifeDay, style: DateStyle) -> Option<String> {
    let date = date(life)?;
    let whole = date.words_with_calendar(style);
    let note = whole.strip_prefix(&date.words(style))?.trim();
    let note = note.trim_start_matches('(').trim_end_matches(')');
    (!note.is_empty()).then(|| note.to_owned())
}

/// The date without its year: "February 12", "July"; `None` of a year.
fn within_year(life: &LifeDay, style: DateStyle) -> Option<String> {
    let date = date(life)?;
    let note = of_calendar(life, style).map(|note| format!(" ({note})"));
    let day = date.standings().first().map(|one| one.day.words(style));
    let month = date.start().and_then(|start| start.month);
    let words = day.or(month.and_then(crate::dates::month_name).map(str::to_owned))?;
    Some(words + &note.unwrap_or_default())
}
