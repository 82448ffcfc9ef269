//! What stands beside a date: its weekday, its calendar, and how sure it is.

use super::draft::{Draft, What};
use super::lexicon;
use super::parts::Follow;
use super::tokens::{Kind, Text};
use crate::dates::calendar::Calendar;
use crate::dates::historical::Edge;
use jiff::civil::Weekday;

/// Adds to each date what is said of it right before and behind it.
pub(super) fn look(text: &Text<'_>, found: &mut [Draft]) {
    for place in 0..found.len() {
        if matches!(found[place].what, What::Day(..) | What::DayOfMonth(_)) {
            weekdays(text, &mut found[place..]);
        }
        let draft = &mut found[place];
        draft.calendar = calendar_behind(text, draft.last + 1);
        // "about the 1951 battle" is said of the battle.
        let named =
            matches!(draft.what, What::Year(_)) && text.is(draft.first.wrapping_sub(1), &["the"]);
        let about = !named && is_about(text, draft.first);
        draft.approximate |= about || is_or_so(text, draft.last);
        let ends_span = draft.span.is_some_and(|span| span.edge == Edge::Last);
        let calendar = draft.calendar;
        if ends_span && place > 0 {
            let start = &mut found[place - 1];
            start.calendar = start.calendar.or(calendar);
        }
    }
}

/// The weekday of the first of these dates, and of the second where two
/// weekdays stand before two dates.
fn weekdays(text: &Text<'_>, found: &mut [Draft]) {
    let Some(draft) = found.first().copied() else {
        return;
    };
    if draft.weekday.is_some() {
        return;
    }
    let Some(before) = weekday_before(text, draft.first) else {
        if let Some(draft) = found.first_mut() {
            draft.weekday = weekday_behind(text, draft.last);
        }
        return;
    };
    if let Some((other, place)) = weekday_joined_to(text, before.place) {
        // "Thursday and Friday, 4 and 5 January".
        if let [first, second, ..] = found
            && text.joint_at(first.last + 1).is_some()
            && second.first <= first.last + 4
            && weekday_before(text, second.first).is_none()
        {
            first.weekday = Some(other);
            first.first = place;
            second.weekday = Some(before.weekday);
        }
        return;
    }
    if let Some(draft) = found.first_mut() {
        draft.weekday = Some(before.weekday);
        if !before.bracket {
            draft.first = before.place;
        }
    }
}

struct Before {
    weekday: Weekday,
    place: usize,
    /// A bracket opens between the weekday and the day.
    bracket: bool,
}

/// "Thursday, ", "Thursday the ", "Thurs. ", "Thursday (".
fn weekday_before(text: &Text<'_>, first: usize) -> Option<Before> {
    let mut at = first.checked_sub(1)?;
    if text.is(at, &["the"]) {
        at = at.checked_sub(1)?;
    }
    let bracket = text.kind(at) == Kind::Open;
    if bracket || text.kind(at) == Kind::Comma {
        at = at.checked_sub(1)?;
    }
    if text.kind(at) == Kind::Dot {
        at = at.checked_sub(1)?;
        let (weekday, last) = text.weekday_at(at)?;
        let place = at;
        return (last > at).then_some(Before {
            weekday,
            place,
            bracket,
        });
    }
    let (weekday, _) = text.weekday_at(at)?;
    Some(Before {
        weekday,
        place: at,
        bracket,
    })
}

fn weekday_joined_to(text: &Text<'_>, second: usize) -> Option<(Weekday, usize)> {
    let joint = second.checked_sub(1)?;
    let first = joint.checked_sub(1)?;
    text.joint_at(joint)?;
    let (weekday, _) = text.weekday_at(first)?;
    Some((weekday, first))
}

/// ", a Thursday", "(Thursday)", "was a Thursday", "fell on a Thursday".
fn weekday_behind(text: &Text<'_>, last: usize) -> Option<Weekday> {
    let mut at = last + 1;
    let sign = matches!(text.kind(at), Kind::Comma | Kind::Open);
    if sign {
        at += 1;
    }
    if text.is(at, &["which", "that", "it", "being"]) {
        at += 1;
    }
    let verb = text.is(at, &["was", "is", "fell"]);
    if verb {
        at += 1;
    }
    if verb && text.is(at, &["on"]) {
        at += 1;
    }
    let article = text.is(at, &["a"]);
    if article {
        at += 1;
    }
    let (weekday, end) = text.weekday_at(at)?;
    let follow = text.follow(end);
    let ends = follow == Follow::End || (article && follow == Follow::Function);
    ((sign || verb || article) && ends).then_some(weekday)
}

/// The calendar that is named at this place.
fn calendar_behind(text: &Text<'_>, at: usize) -> Option<Calendar> {
    let open = text.kind(at) == Kind::Open;
    let sign = open || text.kind(at) == Kind::Comma;
    let place = if sign { at + 1 } else { at };
    if let Some(calendar) = style_at(text, place, open) {
        return Some(calendar);
    }
    if let Some(calendar) = named_at(text, place) {
        let next = place + 1;
        let closes = text.kind(next) == Kind::Close
            || text.is(next, &["calendar", "style", "date", "reckoning"]);
        // Julian was also an emperor, so the name alone is not enough.
        let noted = open && (text.kind(next) == Kind::Mark || text.is(next, &["and"]));
        return (closes || noted).then_some(calendar);
    }
    let mut place = place;
    if !text.is(
        place,
        &["by", "in", "of", "under", "on", "according", "using"],
    ) {
        return None;
    }
    place += 1;
    if text.is(place, &["to"]) {
        place += 1;
    }
    if text.is(place, &["the"]) {
        place += 1;
    }
    let calendar = named_at(text, place).or_else(|| {
        let old = text.is(place, &["old"]).then_some(Calendar::Julian);
        old.or_else(|| text.is(place, &["new"]).then_some(Calendar::Gregorian))
    })?;
    let named = text.is(place + 1, &["calendar", "style", "reckoning"])
        || (named_at(text, place).is_some() && text.follow(place) == Follow::End);
    named.then_some(calendar)
}

fn named_at(text: &Text<'_>, at: usize) -> Option<Calendar> {
    match text.word(at) {
        "Julian" => Some(Calendar::Julian),
        "Gregorian" => Some(Calendar::Gregorian),
        _ => None,
    }
}

/// "Old Style", "O.S.", and in brackets "OS".
fn style_at(text: &Text<'_>, at: usize, open: bool) -> Option<Calendar> {
    let dotted = |letter: &str| {
        text.word(at) == letter
            && text.kind(at + 1) == Kind::Dot
            && text.is_glued(at + 2)
            && text.word(at + 2) == "S"
    };
    let spelled = |word: &[&str]| text.is(at, word) && text.is(at + 1, &["style"]);
    if spelled(&["old"]) || dotted("O") || (open && text.word(at) == "OS") {
        Some(Calendar::Julian)
    } else if spelled(&["new"]) || dotted("N") || (open && text.word(at) == "NS") {
        Some(Calendar::Gregorian)
    } else {
        None
    }
}

/// "about", "possibly on", "perhaps in the year" before a date.
fn is_about(text: &Text<'_>, first: usize) -> bool {
    let mut at = first;
    for _ in 0..4 {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        at = before;
        match text.kind(at) {
            Kind::Dot => {
                return text.is(at.wrapping_sub(1), &["c", "ca"]);
            }
            Kind::Word if text.is_among(at, &lexicon::ABOUT) || text.is(at, &["sometime"]) => {
                return true;
            }
            Kind::Word if text.is(at, &["time"]) => return text.is(at.wrapping_sub(1), &["some"]),
            Kind::Word
                if text.is(
                    at,
                    &["the", "on", "in", "year", "of", "night", "early", "late"],
                ) => {}
            _ => return false,
        }
    }
    false
}

fn is_or_so(text: &Text<'_>, last: usize) -> bool {
    text.is(last + 1, &["or"]) && text.is(last + 2, &["so", "thereabouts"])
}
