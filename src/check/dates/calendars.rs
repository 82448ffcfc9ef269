//! Dates that no source can have given, and calendars that do not fit.

use super::dating::{Dating, Declared, Fit, Part, number, twin};
use crate::content::Diagnostic;
use crate::dates::reading::{Mention, Stated};
use crate::dates::{Calendar, Day, DayNumber, Year};

/// The oldest writing is of about 3200 BCE; no day is known from before.
const FIRST_WRITING: i64 = -3199;

/// Greece was the last state to leave the Julian calendar, in 1923.
const LAST_JULIAN_YEAR: i64 = 1923;

/// D008 to D011.
pub(super) fn lint(dating: &Dating, found: &mut Vec<Diagnostic>) {
    for declared in &dating.declared {
        future_or_prehistoric(dating, declared, found);
        gap(declared, found);
        calendar_needs_a_word(dating, declared, found);
        if other_calendar(dating, declared, found) {
            return;
        }
    }
    note_on_calendar(dating, found);
}

/// D008.
fn future_or_prehistoric(dating: &Dating, declared: &Declared, found: &mut Vec<Diagnostic>) {
    let (year, day) = dating.subject.today;
    // Somewhere on earth it may already be tomorrow.
    let today = number(Calendar::Gregorian, year, day).map(|today| DayNumber(today.0 + 1));
    let future = declared
        .date
        .first_day()
        .zip(today)
        .is_some_and(|(first, today)| first > today);
    if future {
        let message = format!("{} has not come yet", declared.words());
        let help = "an article tells what has happened: mend the date";
        found.push(Diagnostic::error_at(declared.place, "D008", &message).help(help));
    }
    let sure = !declared.date.is_approximate() && !declared.date.is_uncertain();
    let prehistoric = declared
        .days()
        .any(|(year, _)| year.astronomical() < FIRST_WRITING);
    if sure && prehistoric {
        let message = format!(
            "{} is a day before there was writing: no source can have kept it",
            declared.words()
        );
        let help = "write the year, with ~ behind it if it is an estimate";
        found.push(Diagnostic::error_at(declared.place, "D008", &message).help(help));
    }
}

/// D010.
fn gap(declared: &Declared, found: &mut Vec<Diagnostic>) {
    if declared.date.calendar() == Calendar::Gregorian && declared.date.in_gap_of_1582() {
        let message = format!(
            "{} lies in the ten days that the Gregorian calendar left out when it began",
            declared.words()
        );
        let help = "in October 1582 the 15th followed the 4th; where the old calendar went on, \
                    write calendar: julian";
        found.push(Diagnostic::warning_at(declared.place, "D010", &message).help(help));
    }
}

/// D009: a calendar that was not in use then, without a word on it.
fn calendar_needs_a_word(dating: &Dating, declared: &Declared, found: &mut Vec<Diagnostic>) {
    if declared.days().next().is_none() || dating.names_a_calendar() {
        return;
    }
    let year = declared.date.year().map_or(0, Year::astronomical);
    let (what, help) = match declared.date.calendar() {
        Calendar::Gregorian if declared.date.is_before_gregorian_calendar() => (
            "is older than the Gregorian calendar, but is not marked Julian",
            "write calendar: julian if the source means that; if it has reckoned back, say so in \
             date_note",
        ),
        Calendar::Julian if year > LAST_JULIAN_YEAR => (
            "is marked Julian, but no country kept that calendar then",
            "take out calendar: julian, or say in date_note whose date it is",
        ),
        Calendar::Julian if declared.date.first_day() >= Some(DayNumber::FIRST_GREGORIAN) => (
            "is marked Julian at a time when both calendars were in use",
            "say in the text or in date_note that the date is Old Style",
        ),
        _ => return,
    };
    let message = format!("{} {what}", declared.date.words(crate::check::STYLE));
    found.push(Diagnostic::warning_at(declared.place, "D009", &message).help(help));
}

/// D011: the text says beside the date which calendar it is in, and the front
/// matter says the other. True if that was found.
fn other_calendar(dating: &Dating, declared: &Declared, found: &mut Vec<Diagnostic>) -> bool {
    let own = declared.date.calendar();
    for text in &dating.texts {
        for mention in &text.mentions {
            let Some(said) = text.calendar_of(mention).filter(|said| *said != own) else {
                continue;
            };
            // In the third century the two calendars agree.
            let same_words = declared.days().any(|(year, day)| {
                is_this_day(mention, year, day) && twin(own, year, day) != Some((year, day))
            });
            // A date given in both calendars names each beside its own day.
            let given_in_own = dating.texts.iter().any(|text| {
                text.mentions.iter().any(|other| {
                    text.calendar_of(other) == Some(own)
                        && declared
                            .days()
                            .any(|(year, day)| is_this_day(other, year, day))
                })
            });
            if !same_words || given_in_own {
                continue;
            }
            let place = dating.place(text, mention);
            let part = if text.part == Part::Note {
                "note on dates"
            } else {
                "text"
            };
            let message = format!(
                "the {part} gives {} in the {} calendar, the front matter in the {}",
                &text.words[mention.range.clone()],
                title(said),
                title(own)
            );
            let help = format!("write calendar: {said}, or mend the text");
            let note = format!("the front matter says {}", declared.words());
            found.push(
                Diagnostic::error_at(&place, "D011", &message)
                    .note(&note, Some(declared.place.clone()))
                    .help(&help),
            );
            return true;
        }
    }
    false
}

/// D011 again: the note says in general that the dates are in one calendar
/// ("The dates are Julian"), and all are declared in the other.
fn note_on_calendar(dating: &Dating, found: &mut Vec<Diagnostic>) {
    let Some(note) = dating.note() else {
        return;
    };
    let names = |names: &[&str]| names.iter().any(|name| note.words.contains(name));
    let said = match (
        names(&["Julian", "Old Style"]),
        names(&["Gregorian", "New Style"]),
    ) {
        (true, false) => Calendar::Julian,
        (false, true) => Calendar::Gregorian,
        // It tells the two apart, each beside its day.
        _ => return,
    };
    let Some(primary) = dating.declared.iter().find(|one| one.event.primary) else {
        return;
    };
    if dating
        .declared
        .iter()
        .any(|one| one.date.calendar() == said)
    {
        return;
    }
    // "25 March in the Julian calendar" beside a declared 6 April is the same
    // day; and what is said of another day is no word on this one.
    let speaks_of_another_day = note.mentions.iter().any(|mention| {
        let fit = dating.fit(mention);
        fit == Fit::Twin || (note.calendar_of(mention) == Some(said) && fit != Fit::Same)
    });
    if speaks_of_another_day || primary.days().next().is_none() {
        return;
    }
    let message = format!(
        "the note on dates speaks of the {} calendar, but the front matter gives {} in the {}",
        title(said),
        primary.date.words(crate::check::STYLE),
        title(primary.date.calendar())
    );
    let help = format!("write calendar: {said}, or let the note say which day that is in each");
    let at = dating
        .subject
        .file
        .whereabouts
        .date_note
        .clone()
        .unwrap_or_default();
    found.push(
        Diagnostic::error_at(primary.place, "D011", &message)
            .note("the note stands here", Some(at))
            .help(&help),
    );
}

fn is_this_day(mention: &Mention, year: Year, day: Day) -> bool {
    match mention.kind {
        Stated::Day { year: y, day: d } => (y, d) == (year, day),
        Stated::DayOfYear(d) => d == day,
        _ => false,
    }
}

fn title(calendar: Calendar) -> &'static str {
    match calendar {
        Calendar::Gregorian => "Gregorian",
        Calendar::Julian => "Julian",
    }
}
