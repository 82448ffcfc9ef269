//! What an ordinal without a month names: a century, or a day of a month that
//! was said before.

use super::draft::{Draft, Numbered, What};
use super::grammar::LONGEST_LIST;
use super::lexicon::Era;
use super::parts::{Follow, Joint};
use super::tokens::{Kind, Text};

/// The last century that has begun.
const LAST_CENTURY: u64 = 21;

/// "the 20th century", "fifth-century", "5th and 4th centuries BC".
pub(super) fn centuries(text: &Text<'_>, at: usize, found: &mut Vec<Draft>) -> Option<usize> {
    let mut numbers = Vec::new();
    let mut place = at;
    let mut joint = None;
    let (name, glued) = loop {
        let (number, last) = match text.kind(place) {
            Kind::Ordinal(number) => (number, place),
            _ => text.ordinal_at(place)?,
        };
        numbers.push((place, last, number, joint));
        let hyphen = text.kind(last + 1) == Kind::Hyphen;
        let name = if hyphen { last + 2 } else { last + 1 };
        if text.is(name, &["century", "centuries"]) {
            break (name, hyphen);
        }
        if numbers.len() == LONGEST_LIST {
            return None;
        }
        let (next_joint, next) = text.joint_at(last + 1)?;
        joint = Some(next_joint);
        place = text.behind_part(text.behind_article_and_weekday(next));
    };
    // "its third century" and "the first century of the empire" are counted
    // from elsewhere.
    let own = ["its", "their", "his", "her", "our", "my"];
    let counted = text.is(at.wrapping_sub(1), &own)
        || (!glued && text.is(at.wrapping_sub(1), &["a", "another"]))
        || text.is(name + 1, &["of"]);
    let era = text.era_after(name);
    let highest = if matches!(era, Some((Era::Bce, _))) {
        100
    } else {
        LAST_CENTURY
    };
    let known = numbers
        .iter()
        .all(|(_, _, number, _)| (1..=highest).contains(number));
    if counted || !known || joint == Some(Joint::Comma) {
        return None;
    }
    let last = era.map_or(name, |(_, last)| last);
    let count = numbers.len();
    for (place, (first, own_last, number, _)) in numbers.into_iter().enumerate() {
        let last = if place + 1 == count { last } else { own_last };
        let number = Numbered::new(number, era.map(|(era, _)| era));
        found.push(Draft::new(first, last, What::Century(number)));
    }
    Some(last + 1)
}

/// "on the 4th", "from the 5th to the 14th", "on Thursday the 4th".
pub(super) fn days_of_no_month(
    text: &Text<'_>,
    at: usize,
    found: &mut Vec<Draft>,
) -> Option<usize> {
    let article = at.checked_sub(1).filter(|the| text.is(*the, &["the"]))?;
    let before = article.wrapping_sub(1);
    let continues = found.last().is_some_and(|draft| {
        let dated = matches!(draft.what, What::Day(..) | What::DayOfMonth(_));
        dated
            && text
                .joint_at(draft.last + 1)
                .is_some_and(|(_, next)| next == article)
    });
    let after_comma = if text.kind(before) == Kind::Comma {
        before.wrapping_sub(1)
    } else {
        before
    };
    let weekday = text.weekday_at(after_comma).is_some();
    let timed = text.is(before, &["of"])
        && text.is(
            before.wrapping_sub(1),
            &[
                "night",
                "morning",
                "evening",
                "afternoon",
                "day",
                "dawn",
                "hours",
                "eve",
            ],
        );
    let placed = text.is(
        before,
        &[
            "on", "by", "until", "till", "from", "since", "before", "after", "between",
        ],
    );
    if !(continues || weekday || timed || placed) {
        return None;
    }
    let mut items = Vec::new();
    let mut place = at;
    let mut joint = None;
    while let Kind::Ordinal(number) = text.kind(place) {
        let day = u8::try_from(number)
            .ok()
            .filter(|day| (1..=31).contains(day))?;
        items.push((place, day, joint));
        let Some((next_joint, next)) = text.joint_at(place + 1) else {
            break;
        };
        if next_joint == Joint::To || items.len() == LONGEST_LIST {
            break;
        }
        joint = Some(next_joint);
        place = text.behind_article_and_weekday(next);
    }
    let last = items.last()?.0;
    let ends = match text.follow(last) {
        Follow::End | Follow::Function => true,
        Follow::CountVerb => match text.word(last + 1) {
            "of" => {
                text.is(last + 2, &["that", "this", "the"]) && text.is(last + 3, &["month", "same"])
            }
            _ => true,
        },
        _ => false,
    };
    if !ends {
        return None;
    }
    for (place, day, joint) in items {
        let mut draft = Draft::new(place, place, What::DayOfMonth(day));
        draft.approximate = joint == Some(Joint::Or);
        found.push(draft);
    }
    Some(last + 1)
}
