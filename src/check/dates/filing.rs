//! Whether folder, front matter and text name the same dates.

use super::dating::{Dating, Declared, Fit, Part, number};
use super::statement::stands_in_place;
use crate::check::STYLE;
use crate::content::Diagnostic;
use crate::dates::reading::{Mention, Stated};
use crate::dates::{Day, DayNumber};

/// D004: the folder names another day than the front matter.
pub(super) fn folder(dating: &Dating, found: &mut Vec<Diagnostic>) {
    let folders: Vec<&str> = dating.subject.path.split('/').collect();
    let [_, between @ .., _] = folders.as_slice() else {
        return;
    };
    let number =
        |name: &str| -> Option<u8> { (name.len() == 2).then(|| name.parse().ok()).flatten() };
    let filed = match between {
        [month, day] => number(month).zip(number(day)).map(|(m, d)| (m, Some(d))),
        [month] => number(month).map(|month| (month, None)),
        _ => None,
    };
    let Some((month, day)) = filed else {
        return;
    };
    let Some(primary) = dating.declared.iter().find(|one| one.event.primary) else {
        return;
    };
    let fits = dating.declared.iter().any(|declared| match day {
        Some(of_month) => declared
            .days()
            .any(|(_, own)| (own.month(), own.day()) == (month, of_month)),
        None => [declared.date.start(), declared.date.end()]
            .into_iter()
            .flatten()
            .any(|point| point.month == Some(month)),
    });
    if fits {
        return;
    }
    let filed = match day {
        Some(of_month) => Day::new(month, of_month).map_or_else(
            || format!("{month:02}/{of_month:02}, which is no day"),
            |day| day.words(STYLE),
        ),
        None => crate::dates::month_name(month)
            .unwrap_or("no month")
            .to_owned(),
    };
    let message = format!(
        "the file lies in the folder of {filed}, but the front matter says {}",
        primary.words()
    );
    let home = home(primary);
    let help = format!("move it to articles/{home}, or mend the date");
    found.push(Diagnostic::error_at(primary.place, "D004", &message).help(&help));
}

/// The folder of a date.
fn home(declared: &Declared) -> String {
    if let Some((_, day)) = declared.days().next() {
        return format!("{:02}/{:02}/", day.month(), day.day());
    }
    match declared.date.start().and_then(|point| point.month) {
        Some(month) => format!("{month:02}/"),
        None => "undated/".to_owned(),
    }
}

/// D002: title, summary or lead states a full date that is not declared.
/// D013: they state a part of a date that fits none.
pub(super) fn stated_but_not_declared(dating: &Dating, found: &mut Vec<Diagnostic>) {
    if dating.declared.is_empty() {
        return;
    }
    for text in &dating.texts {
        if !matches!(text.part, Part::Title | Part::Summary | Part::Passage(0)) {
            continue;
        }
        for mention in &text.mentions {
            if mention.approximate
                || dating.fit(mention) != Fit::No
                || is_explained(dating, mention)
            {
                continue;
            }
            let full = matches!(mention.kind, Stated::Day { .. });
            // A lead may speak of days and years before and after; a headline
            // and a summary have room for the event alone.
            let counts = match mention.kind {
                Stated::Day { .. } => true,
                Stated::DayOfYear(_) => {
                    text.part == Part::Summary
                        || dating
                            .declared
                            .iter()
                            .any(|declared| stands_in_place(declared, mention))
                }
                kind => text.part == Part::Title && kind.years().is_some(),
            };
            if !counts {
                continue;
            }
            let place = dating.place(text, mention);
            let words = &text.words[mention.range.clone()];
            let part = text.part.words();
            let nearest = nearest(dating, mention);
            let message =
                format!("the {part} states {words}, which the front matter does not declare");
            let one = if full {
                Diagnostic::error_at(&place, "D002", &message)
            } else {
                Diagnostic::warning_at(&place, "D013", &message)
            };
            let declared = format!("the front matter says {}", nearest.words());
            let help = "mend the one that is wrong; a date that belongs to the event is declared \
                        under `dates` with its role, and `date_note` explains any other";
            found.push(one.note(&declared, Some(nearest.place.clone())).help(help));
        }
    }
}

/// Whether the note on dates speaks of it.
fn is_explained(dating: &Dating, mention: &Mention) -> bool {
    dating.note().is_some_and(|note| {
        note.mentions
            .iter()
            .any(|other| match (mention.kind, other.kind) {
                (Stated::Day { year, day }, Stated::Day { year: y, day: d }) => {
                    (year, day) == (y, d)
                }
                (Stated::Day { day, .. } | Stated::DayOfYear(day), other) => {
                    other.day() == Some(day)
                }
                (one, other) => one.years().is_some() && one.years() == other.years(),
            })
    })
}

/// The declared date that a stated one was most likely meant to be.
fn nearest<'d, 'a>(dating: &'d Dating<'a>, mention: &Mention) -> &'d Declared<'a> {
    let distance = |declared: &&Declared| {
        let own = declared.date.first_day().or(declared.date.last_day());
        own.zip(about(mention))
            .map_or(i64::MAX, |(own, stated)| (own.0 - stated.0).abs())
    };
    dating
        .declared
        .iter()
        .min_by_key(distance)
        .unwrap_or(&dating.declared[0])
}

/// About when a stated date lies.
fn about(mention: &Mention) -> Option<DayNumber> {
    let calendar = mention.calendar.unwrap_or_default();
    match mention.kind {
        Stated::Day { year, day } => number(calendar, year, day),
        Stated::Month { year, month } => number(calendar, year, Day::new(month, 1)?),
        kind => number(calendar, kind.years()?.0, Day::new(1, 1)?),
    }
}
