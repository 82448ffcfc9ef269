//! The lists of one day: what each item says, and in which order they stand.

use diesel::QueryResult;

use super::model::{Answer, Item, Kind};
use super::summaries::{Pages, Told};
use super::{plain, selection};
use crate::articles::model::{EventDate, LifeDate, Registry};
use crate::articles::queries::{self, LifeDay, LifeEvent, Listed, WrittenEntry};
use crate::articles::{Gazetteer, inputs};
use crate::dates::{DateStyle, Day, Year};
use crate::db::AnyConnection;
use crate::editions::Inputs;

/// Reads what is asked of a day, and says what it was made from. `this_year`
/// decides what is selected.
pub(super) fn read(
    conn: &mut AnyConnection,
    told: &Told,
    gazetteer: &Gazetteer,
    (kind, day, this_year): (Kind, Day, Year),
) -> QueryResult<(Answer, Inputs)> {
    let (month, date) = (i64::from(day.month()), i64::from(day.day()));
    let mut events = Vec::new();
    if kind.has(Kind::Events) || kind.has(Kind::Selected) {
        events = queries::on_day(conn, month, date, told.visibility)?;
    }
    let mut lives = Vec::new();
    if kind.has(Kind::Births) || kind.has(Kind::Deaths) {
        lives = queries::lives_on(conn, day)?;
    }
    let selected = if kind.has(Kind::Selected) {
        selected(conn, told, &events, this_year, day)?
    } else {
        Vec::new()
    };
    let people: Vec<String> = lives.iter().map(|life| life.slug.clone()).collect();
    let pages = Pages::load(conn, told, gazetteer, &events, &people)?;
    let of_events = |chosen: Vec<&Listed>| {
        let items = chosen
            .into_iter()
            .map(|event| of_event(event, &pages, told));
        newest_first(items.flatten().collect())
    };
    let of_lives = |wanted: LifeEvent| {
        let lives = lives.iter().filter(|life| life.event == wanted);
        newest_first(lives.filter_map(|life| of_life(life, &pages)).collect())
    };
    let answer = Answer {
        selected: kind
            .has(Kind::Selected)
            .then(|| of_events(selected.iter().map(|index| &events[*index]).collect())),
        events: kind
            .has(Kind::Events)
            .then(|| of_events(events.iter().collect())),
        births: kind.has(Kind::Births).then(|| of_lives(LifeEvent::Birth)),
        deaths: kind.has(Kind::Deaths).then(|| of_lives(LifeEvent::Death)),
        holidays: kind.has(Kind::Holidays).then(Vec::new),
    };
    Ok((answer, made_from(day, &events, &people)))
}

/// The day and those before it, at which the choice of the lead looks back; and
/// each page that an item may name, with the time at which it changed.
fn made_from(day: Day, events: &[Listed], people: &[String]) -> Inputs {
    let back = std::iter::successors(Some(day), |day| Some(day.previous()));
    let inputs = Inputs::of(back.take(4).map(inputs::on_day));
    let named = events.iter().flat_map(|event| &event.tags);
    let named = named.map(|tag| (tag.registry, tag.entry.as_str()));
    let people = people.iter().map(|slug| (Registry::People, slug.as_str()));
    inputs
        .and([inputs::places(), inputs::this_year()])
        .and(events.iter().map(|event| inputs::article(&event.slug)))
        .and(named.chain(people).flat_map(|(registry, slug)| {
            [
                inputs::entry(registry, slug),
                inputs::revised(registry, slug),
            ]
        }))
}

/// Which of a day's events are selected, by their places. What is on hold is
/// not, unless there is nothing else: clients take the first without looking.
fn selected(
    conn: &mut AnyConnection,
    told: &Told,
    events: &[Listed],
    this_year: Year,
    day: Day,
) -> QueryResult<Vec<usize>> {
    let free: Vec<usize> = (0..events.len())
        .filter(|index| !events[*index].is_held)
        .collect();
    if free.is_empty() {
        return Ok((0..events.len().min(1)).collect());
    }
    let candidates = queries::lead_candidates(conn, events, this_year)?;
    let lead = queries::lead_of(conn, events, this_year, day, told.visibility)?;
    let lead = lead.and_then(|choice| free.iter().position(|index| *index == choice.index));
    let chosen = selection::select(&candidates, lead, this_year, day);
    Ok(chosen
        .into_iter()
        .filter_map(|index| free.get(index).copied())
        .collect())
}

fn of_event(event: &Listed, pages: &Pages, told: &Told) -> Option<Item> {
    let standing = event.standing.as_ref()?;
    Some(Item {
        text: text_of_event(event, told.style),
        pages: pages.of_event(event),
        year: year_of(Year::from_astronomical(standing.year)),
    })
}

fn of_life(life: &LifeDay, pages: &Pages) -> Option<Item> {
    let (written, summary) = pages.person(&life.slug)?;
    Some(Item {
        text: text_of_life(life, written, &summary.extract),
        pages: vec![summary.clone()],
        year: year_of(life.year),
    })
}

/// The title is the sentence of the day by which the article is known. On
/// another day it would be wrong, so what happened on that day comes first:
/// "The radio fell silent, in the story of “Sputnik 1 falls back to Earth”
/// (January 4, 1958)."
fn text_of_event(event: &Listed, style: DateStyle) -> String {
    let title = event.title.trim();
    let standing = event.standing.as_ref();
    let words = |date: &EventDate| Some(date.date().ok()?.words(style));
    let mut dates = event.details.dates.iter();
    let here = dates.find(|date| standing.is_some_and(|standing| standing.edtf == date.on));
    if let Some(date) = here.filter(|date| date.primary)
        && let Ok(value) = date.date()
        && !value.is_interval()
    {
        let is_sure = !value.is_approximate() && !value.is_uncertain();
        return match words(date).filter(|_| !is_sure) {
            Some(words) => format!("{} ({words}).", title.trim_end_matches('.')),
            None => closed(title.to_owned()),
        };
    }
    let label = standing.map_or("", |standing| standing.label.as_str());
    let story = format!("in the story of “{title}”");
    let told = match label {
        "" => story,
        label => format!("{label}, {story}"),
    };
    let known = event.details.primary().and_then(words);
    let known = known.map_or_else(String::new, |words| format!(" ({words})"));
    plain::capitalised(&format!("{told}{known}."))
}

/// "John Landy, Australian runner (d. 2022)".
fn text_of_life(life: &LifeDay, written: &WrittenEntry, text: &str) -> String {
    let mut line = life.name.clone();
    let who = plain::first_sentence(text);
    if !who.is_empty() {
        line.push_str(", ");
        line.push_str(&who);
    }
    let (word, other) = match life.event {
        LifeEvent::Birth => ("d.", written.details.died.as_ref()),
        LifeEvent::Death => ("b.", written.details.born.as_ref()),
    };
    if let Some(year) = other.and_then(year_words) {
        line.push_str(&format!(" ({word} {year})"));
    }
    line
}

/// The year of a birth or death as an encyclopedia has it in brackets; `None`
/// where no one year is known.
fn year_words(date: &LifeDate) -> Option<String> {
    let date = date.date()?;
    let about = if date.is_approximate() { "c. " } else { "" };
    let perhaps = if date.is_uncertain() { "?" } else { "" };
    let years = date.years();
    let [year] = years.as_slice() else {
        return None;
    };
    Some(format!("{about}{}{perhaps}", year.words()))
}

/// Wikimedia counts as people do: there is no year 0, and 1 BCE is -1.
fn year_of(year: Year) -> i64 {
    let number = i64::try_from(year.of_era()).unwrap_or(i64::MAX);
    if year.is_bce() { -number } else { number }
}

/// A sentence ends with a full stop, unless it ends already.
fn closed(mut sentence: String) -> String {
    if !sentence.ends_with(['.', '!', '?', '…', '”', '’']) {
        sentence.push('.');
    }
    sentence
}

/// Items of one year stay in the order in which they were.
fn newest_first(mut items: Vec<Item>) -> Vec<Item> {
    items.sort_by_key(|item| std::cmp::Reverse(item.year));
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::Calendar;

    #[test]
    fn there_is_no_year_zero() {
        let year = |astronomical| year_of(Year::from_astronomical(astronomical));
        assert_eq!(year(1951), 1951);
        assert_eq!(year(1), 1);
        assert_eq!(year(0), -1);
        assert_eq!(year(-398), -399);
    }

    #[test]
    fn years_in_brackets_say_how_sure_they_are() {
        let words = |on: &str| {
            year_words(&LifeDate {
                on: on.to_owned(),
                calendar: Calendar::Julian,
            })
        };
        assert_eq!(words("2022-02-24").as_deref(), Some("2022"));
        assert_eq!(words("-0043-03-15").as_deref(), Some("44 BCE"));
        assert_eq!(words("0483~").as_deref(), Some("c. 483"));
        assert_eq!(words("0483?").as_deref(), Some("483?"));
        assert_eq!(words("048X"), None);
    }

    #[test]
    fn a_title_becomes_a_sentence_once() {
        assert_eq!(closed("Seoul falls".to_owned()), "Seoul falls.");
        assert_eq!(closed("Who took it?".to_owned()), "Who took it?");
    }
}
