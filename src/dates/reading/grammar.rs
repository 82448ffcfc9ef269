//! Finds the dates of a text, from left to right.
//!
//! Every rule looks at a bounded number of tokens, so the whole takes linear
//! time. What lies between two dates is left to [`links`](super::links), what
//! lies beside them to [`beside`](super::beside).

use super::draft::{Draft, Numbered, What};
use super::lexicon;
use super::mention::Span;
use super::parts::{Follow, Form, Joint};
use super::tokens::{Kind, Text};
use super::{ordinals, years};
use crate::dates::day::Day;
use crate::dates::historical::Edge;

/// More days than this are not listed before one month.
pub(super) const LONGEST_LIST: usize = 8;

/// All dates of the text, in order.
pub(super) fn find(text: &Text<'_>) -> Vec<Draft> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        at = date_at(text, at, &mut found).unwrap_or(at + 1);
    }
    found
}

/// Adds what begins at this place, and gives the place behind it.
fn date_at(text: &Text<'_>, at: usize, found: &mut Vec<Draft>) -> Option<usize> {
    match text.kind(at) {
        Kind::Number { .. } => iso(text, at, found)
            .or_else(|| days_before_month(text, at, found))
            .or_else(|| year_first(text, at, found))
            .or_else(|| years::at(text, at, found)),
        Kind::Ordinal(_) => days_before_month(text, at, found)
            .or_else(|| ordinals::centuries(text, at, found))
            .or_else(|| ordinals::days_of_no_month(text, at, found)),
        Kind::Plural(_) => years::decade(text, at, found),
        // Nearly all words are none of a date, and two bytes show it.
        Kind::Word => match text.word(at).as_bytes() {
            [
                b'J' | b'F' | b'M' | b'A' | b'S' | b'O' | b'N' | b'D',
                _,
                _,
                ..,
            ] if text.month_at(at).is_some() => {
                month_before_days(text, at, found).or_else(|| months(text, at, found))
            }
            [.., b't' | b'T', b'h' | b'H' | b'y' | b'Y']
            | [.., b's' | b'S', b't' | b'T']
            | [.., b'n' | b'N' | b'r' | b'R', b'd' | b'D'] => {
                days_before_month(text, at, found).or_else(|| ordinals::centuries(text, at, found))
            }
            [b'i' | b'I', ..] => ides(text, at, found),
            _ => None,
        },
        _ => None,
    }
}

/// "1951-01-04".
fn iso(text: &Text<'_>, at: usize, found: &mut Vec<Draft>) -> Option<usize> {
    let part = |place: usize, length: u8| match text.kind(place) {
        Kind::Number {
            value,
            digits,
            grouped: false,
        } if digits == length => Some(value),
        _ => None,
    };
    let hyphen = |place| text.kind(place) == Kind::Hyphen && text.is_glued(place);
    let glued = hyphen(at + 1) && text.is_glued(at + 2) && hyphen(at + 3) && text.is_glued(at + 4);
    let (year, month, day) = (part(at, 4)?, part(at + 2, 2)?, part(at + 4, 2)?);
    let longer = hyphen(at + 5) && matches!(text.kind(at + 6), Kind::Number { .. });
    // Behind a slash it is the end of an interval.
    let slash = text.kind(at.wrapping_sub(1)) == Kind::Slash
        && matches!(text.kind(at.wrapping_sub(2)), Kind::Number { .. });
    let begins = slash || text.may_begin(at);
    if !glued || longer || !begins || year == 0 {
        return None;
    }
    let day = Day::new(u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    let what = What::Day(day, Some(Numbered::new(year, None)));
    found.push(Draft::new(at, at + 4, what));
    Some(at + 5)
}

/// One day of a list, and what stands before it.
struct Item {
    first: usize,
    last: usize,
    day: u8,
    joint: Option<Joint>,
}

/// "4 January 1951", "the 4th of January", "4–7 January 1951", "4, 5 and 7
/// January".
fn days_before_month(text: &Text<'_>, at: usize, found: &mut Vec<Draft>) -> Option<usize> {
    if !text.may_begin(at) {
        return None;
    }
    let mut items: Vec<Item> = Vec::new();
    let mut place = at;
    let mut joint = None;
    let (month, mut last) = loop {
        let (day, last, form) = text.day_at(place)?;
        let ordinal = form != Form::Digits;
        items.push(Item {
            first: place,
            last,
            day,
            joint,
        });
        if let Some(month) = month_behind(text, last + 1, form) {
            break month;
        }
        if items.len() == LONGEST_LIST || (text.is(last + 1, &["day"]) && ordinal) {
            return None;
        }
        let (next_joint, next) = text.joint_at(last + 1)?;
        joint = Some(next_joint);
        place = text.behind_article_and_weekday(next);
    };
    // "12, 4 January" is no list of days.
    if joint == Some(Joint::Comma) || is_may_day(text, last, month) {
        return None;
    }
    let year = years::behind(text, last + 1, years::Behind::Day);
    let sure = year.is_some_and(|(year, _)| year.number >= 1000);
    if !sure && text.is_labelled(at) {
        return None;
    }
    if let Some((_, end)) = year {
        last = end;
    }
    let year = year.map(|(year, _)| year);
    let between = text.is(at.wrapping_sub(1), &["between"])
        || (text.is(at.wrapping_sub(1), &["the"]) && text.is(at.wrapping_sub(2), &["between"]));
    let whole = items.last()?.first;
    add_days(found, &items, (month, year), between, (whole, last));
    Some(last + 1)
}

/// The month behind a day, with "of" and "day of" between them.
fn month_behind(text: &Text<'_>, at: usize, form: Form) -> Option<(u8, usize)> {
    let mut place = at;
    let mut of = false;
    if form != Form::Digits && text.is(place, &["day"]) && text.is(place + 1, &["of"]) {
        place += 1;
    }
    if text.is(place, &["of"]) {
        place += 1;
        of = true;
    }
    let fits = match form {
        Form::Digits => !of,
        Form::Ordinal => true,
        // "the third August in a row" is no day.
        Form::Words => of,
    };
    if !fits {
        return None;
    }
    text.month_at(place)
}

/// "1 May Day march".
fn is_may_day(text: &Text<'_>, last: usize, month: u8) -> bool {
    month == 5 && text.word(last + 1) == "Day"
}

/// Adds the days of a list, which share month and year. The one from the token
/// `whole.0` to `whole.1` has the month and the year with it.
fn add_days(
    found: &mut Vec<Draft>,
    items: &[Item],
    (month, year): (u8, Option<Numbered>),
    between: bool,
    whole: (usize, usize),
) {
    let mut joined: Option<(usize, Joint)> = None;
    for item in items {
        let Some(day) = Day::new(month, item.day) else {
            joined = None;
            continue;
        };
        let last = if item.first == whole.0 {
            whole.1
        } else {
            item.last
        };
        let mut draft = Draft::new(item.first, last, What::Day(day, year));
        if let (Some((before, _)), Some(joint)) = (joined, item.joint)
            && let Some(start) = found.get_mut(before)
        {
            let to = matches!(joint, Joint::To | Joint::Slash) || (joint == Joint::And && between);
            let rises = matches!(start.what, What::Day(first, _) if first < day);
            if to && rises && start.span.is_none() {
                let id = start.first;
                start.span = Some(Span {
                    id,
                    edge: Edge::First,
                });
                draft.span = Some(Span {
                    id,
                    edge: Edge::Last,
                });
            } else if joint == Joint::Or {
                start.approximate = true;
                draft.approximate = true;
            }
        }
        joined = Some((found.len(), item.joint.unwrap_or(Joint::Comma)));
        found.push(draft);
    }
}

/// "January 4, 1951", "January the 4th", "January 4–7, 1951", "January 4, 5
/// and 7".
fn month_before_days(text: &Text<'_>, at: usize, found: &mut Vec<Draft>) -> Option<usize> {
    let (month, month_last) = text.month_at(at)?;
    let mut place = month_last + 1;
    let article = text.is(place, &["the"]);
    if article {
        place += 1;
    }
    let (day, day_last, form) = text.day_at(place)?;
    let first = Item {
        first: at,
        last: day_last,
        day,
        joint: None,
    };
    let is_day = match form {
        // "10 BC" is a year, and in "January 4 February" the day belongs to
        // the month behind it.
        Form::Digits => {
            text.era_after(day_last).is_none()
                && text.month_at(day_last + 1).is_none()
                && !counts(text, at, month, day_last)
        }
        Form::Ordinal => !names_something_numbered(text, at, day_last),
        Form::Words => article || text.is_capital(place),
    };
    Day::new(month, day).filter(|_| is_day)?;
    let mut items = vec![first];
    more_days(text, &mut items);
    let end = items.last()?.last;
    let year = years::behind(text, end + 1, years::Behind::Day);
    let last = year.map_or(end, |(_, last)| last);
    let whole = items.last()?.first;
    let between = text.is(at.wrapping_sub(1), &["between"]);
    let year = year.map(|(year, _)| year);
    add_days(found, &items, (month, year), between, (whole, last));
    Some(last + 1)
}

/// Whether the number behind a month counts something: "In May 15 men".
fn counts(text: &Text<'_>, at: usize, month: u8, day_last: usize) -> bool {
    let before = at.wrapping_sub(1);
    let placed = text.is(
        before,
        &[
            "on", "by", "until", "till", "since", "before", "after", "from", "to", "of", "the",
            "through",
        ],
    );
    let is_word = matches!(month, 3 | 5 | 8);
    match text.follow(day_last) {
        Follow::Unit | Follow::Counted => text.is(before, &["in"]) || (is_word && !placed),
        Follow::Plural => text.is(before, &["in"]),
        _ => false,
    }
}

/// "the May 5th Regiment".
fn names_something_numbered(text: &Text<'_>, at: usize, day_last: usize) -> bool {
    text.is_capital(day_last + 1)
        && text.is_among(day_last + 1, &lexicon::NUMBERED)
        && !text.is(
            at.wrapping_sub(1),
            &["on", "by", "until", "since", "before", "after", "from"],
        )
}

/// The further days of a list that begins with "January 4".
fn more_days(text: &Text<'_>, items: &mut Vec<Item>) {
    let mut sure = items.len();
    while items.len() < LONGEST_LIST {
        let Some(last) = items.last().map(|item| item.last) else {
            break;
        };
        let Some((joint, next)) = text.joint_at(last + 1) else {
            break;
        };
        let place = text.behind_article_and_weekday(next);
        let Some((day, last, form)) = text.day_at(place) else {
            break;
        };
        // Of "January 4 and 7 February" the second day is another month's, and
        // in "January 4 and 5 men" it counts.
        let other = month_behind(text, last + 1, form).is_some() || form == Form::Words;
        let counted = form == Form::Digits
            && (text.era_after(last).is_some()
                || matches!(
                    text.follow(last),
                    Follow::Unit
                        | Follow::Counted
                        | Follow::Plural
                        | Follow::CountVerb
                        | Follow::Compound
                ));
        if other || counted {
            break;
        }
        items.push(Item {
            first: place,
            last,
            day,
            joint: Some(joint),
        });
        if joint != Joint::Comma {
            sure = items.len();
        }
    }
    // A list ends with "and", or what its commas separate are other things.
    items.truncate(sure);
}

/// "January 1951", "July to September 1324", "March and April 1951".
fn months(text: &Text<'_>, at: usize, found: &mut Vec<Draft>) -> Option<usize> {
    let mut names = Vec::new();
    let mut place = at;
    let mut joint = None;
    let (year, last) = loop {
        let (month, last) = text.month_at(place)?;
        names.push((place, last, month, joint));
        if let Some(year) = years::behind(text, last + 1, years::Behind::Month) {
            break year;
        }
        if names.len() == LONGEST_LIST {
            return None;
        }
        let (next_joint, next) = text.joint_at(last + 1)?;
        joint = Some(next_joint);
        place = next;
    };
    let end = names.last()?.2;
    let between = text.is(at.wrapping_sub(1), &["between"]);
    let mut before: Option<usize> = None;
    let count = names.len();
    for (number, (first, own_last, month, joint)) in names.into_iter().enumerate() {
        let is_last = number + 1 == count;
        // "December to January 1951" begins in 1950.
        let year = if month > end { year.previous() } else { year };
        let last = if is_last { last } else { own_last };
        let mut draft = Draft::new(first, last, What::Month(month, year));
        let to = joint == Some(Joint::To) || (joint == Some(Joint::And) && between);
        if to && let Some(start) = before.and_then(|before| found.get_mut(before)) {
            if start.span.is_none() {
                let id = start.first;
                let edge = Edge::First;
                start.span = Some(Span { id, edge });
                let edge = Edge::Last;
                draft.span = Some(Span { id, edge });
            }
        } else if joint == Some(Joint::Or) {
            draft.approximate = true;
        }
        before = Some(found.len());
        found.push(draft);
    }
    Some(last + 1)
}

/// "1951 January 4", as astronomers write.
fn year_first(text: &Text<'_>, at: usize, found: &mut Vec<Draft>) -> Option<usize> {
    let Kind::Number {
        value: value @ 1000..=2100,
        grouped: false,
        ..
    } = text.kind(at)
    else {
        return None;
    };
    let (month, last) = text.month_at(at + 1)?;
    let (day, day_last, form) = text.day_at(last + 1)?;
    let other_year = years::behind(text, day_last + 1, years::Behind::Day).is_some();
    if !text.may_begin(at) || form == Form::Words || other_year {
        return None;
    }
    let what = What::Day(Day::new(month, day)?, Some(Numbered::new(value, None)));
    found.push(Draft::new(at, day_last, what));
    Some(day_last + 1)
}

/// "the Ides of March, 44 BCE".
fn ides(text: &Text<'_>, at: usize, found: &mut Vec<Draft>) -> Option<usize> {
    if !text.is(at, &["ides"]) || !text.is(at + 1, &["of"]) {
        return None;
    }
    let (month, last) = text.month_at(at + 2).filter(|(month, _)| *month == 3)?;
    let day = Day::new(month, 15)?;
    let year = years::behind(text, last + 1, years::Behind::Day);
    let last = year.map_or(last, |(_, last)| last);
    let what = What::Day(day, year.map(|(year, _)| year));
    found.push(Draft::new(at, last, what));
    Some(last + 1)
}
