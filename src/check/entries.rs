//! Entries of the registries: what one of them says for itself.

use super::names::{self, room};
use crate::content::{Diagnostic, EntryFile};
use crate::dates::{DateStyle, Day, DayNumber, HistoricalDate, Year};

/// The longest life that is proved: Jeanne Calment, 1875 to 1997, died at 122.
const LONGEST_LIFE: i64 = 122;

/// What is wrong with one entry, in the order of its file. `today` is the day
/// that it now is, UTC. What its Markdown holds is looked at where it is
/// rendered.
#[must_use]
pub fn entry(path: &str, file: &EntryFile, today: (Year, Day)) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    life(file, today, &mut found);
    unsourced(file, &mut found);
    names::of_entry(file, &mut found);
    found.into_iter().map(|one| one.in_file(path)).collect()
}

fn life(file: &EntryFile, (year, day): (Year, Day), found: &mut Vec<Diagnostic>) {
    let place = &file.name_place;
    let date = |date: &Option<_>| {
        date.as_ref()
            .and_then(crate::articles::model::LifeDate::date)
    };
    let (born, died) = (date(&file.details.born), date(&file.details.died));
    let today = DayNumber::from_gregorian(year.astronomical(), day.month(), day.day());
    for (key, date) in [("born", &born), ("died", &died)] {
        let Some(date) = date else { continue };
        // Somewhere on earth it may be tomorrow already.
        let future = date
            .first_day()
            .zip(today)
            .is_some_and(|(first, today)| first.0 > today.0 + 1);
        if future {
            let message = format!(
                "`{key}` lies in the future: {}",
                date.words(DateStyle::default())
            );
            found.push(Diagnostic::error_at(place, "N005", &message).help("correct the year"));
        }
    }
    let (Some(born), Some(died)) = (born, died) else {
        return;
    };
    let span = format!(
        "born {}, died {}",
        born.words_with_calendar(DateStyle::default()),
        died.words_with_calendar(DateStyle::default())
    );
    let help = "correct the dates by their source; years BCE are written with a minus sign and one less: -0043 is 44 BCE";
    let doubt = room(&born) + room(&died);
    let ends = |date: &HistoricalDate| (date.first_day(), date.last_day());
    let ((first_of_life, last_birthday), (first_of_death, last_of_life)) =
        (ends(&born), ends(&died));
    if let (Some(birth), Some(death)) = (first_of_life, last_of_life)
        && death.0 + doubt < birth.0
    {
        let message = format!("died before being born: {span}");
        found.push(Diagnostic::error_at(place, "N005", &message).help(help));
    } else if let (Some(birth), Some(death)) = (last_birthday, first_of_death) {
        let years = whole_years(death.0 - birth.0 - doubt);
        if years > LONGEST_LIFE {
            let message =
                format!("a life of at least {years} years, longer than any that is proved: {span}");
            found.push(Diagnostic::warning_at(place, "N005", &message).help(help));
        }
    }
}

fn whole_years(days: i64) -> i64 {
    // The Julian year; a day or two over a century does not matter here.
    days * 4 / 1_461
}

fn unsourced(file: &EntryFile, found: &mut Vec<Diagnostic>) {
    let dated = file.details.born.is_some() || file.details.died.is_some();
    if dated && file.details.sources.is_empty() {
        let message = "life dates without a source: ages and events are checked against them";
        let help = "list the work that gives them under `sources`, and cite it in the text";
        found.push(Diagnostic::warning_at(&file.name_place, "C006", message).help(help));
    }
}
