//! Which number is a year.

use super::bare::{LIKELY, continues, is_year};
use super::draft::{Draft, Numbered, What};
use super::lexicon::Era;
use super::mention::{PartOfYear, Span};
use super::parts::Follow;
use super::tokens::{Kind, Text};
use crate::dates::historical::Edge;

/// What a year stands behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind {
    Day,
    Month,
}

/// The year behind a day or a month, at this place or after a comma or "of",
/// and its last token.
pub(super) fn behind(text: &Text<'_>, at: usize, behind: Behind) -> Option<(Numbered, usize)> {
    let mut place = at;
    let mut distant = false;
    if text.kind(place) == Kind::Comma {
        place += 1;
    } else if text.is(place, &["of", "in"]) {
        place += 1;
        distant = true;
        if text.is(place, &["the"]) && text.is(place + 1, &["year"]) {
            place += 2;
            distant = false;
        }
    }
    if let Some((Era::Ce, last)) = text.era_at(place)
        && let Kind::Number { value, .. } = text.kind(last + 1)
        && value > 0
    {
        return Some((Numbered::new(value, Some(Era::Ce)), last + 1));
    }
    let Kind::Number {
        value,
        digits,
        grouped,
    } = text.kind(place)
    else {
        return None;
    };
    if value == 0 {
        return None;
    }
    if let Some((era, last)) = text.era_after(place) {
        return Some((Numbered::new(value, Some(era)), last));
    }
    if grouped || !(3..=4).contains(&digits) || value < 100 {
        return None;
    }
    // England's year once began in March: January of 1642/43 is in 1643.
    if let Some((second, last)) = second_of_double(text, place, value) {
        return Some((Numbered::new(second, None), last));
    }
    let likely = LIKELY.contains(&value);
    // "the end of July 762 were" is no count, "In July 300 were" may be.
    let behind_of = behind == Behind::Month && !text.is(at.wrapping_sub(2), &["in"]);
    let counts = if behind_of && text.follow(place) == Follow::CountVerb {
        value.is_multiple_of(50)
    } else {
        counts_behind_date(text, place, value, behind)
    };
    (!counts && (likely || !distant)).then_some((Numbered::new(value, None), place))
}

/// Whether the number behind a date counts what follows it.
fn counts_behind_date(text: &Text<'_>, last: usize, value: u64, behind: Behind) -> bool {
    let round = value.is_multiple_of(50);
    let crowd = round && text.counts_behind(last);
    match text.follow(last) {
        Follow::Unit => true,
        Follow::End | Follow::Function | Follow::Digits | Follow::Compound => false,
        Follow::CountVerb => round || (behind == Behind::Month && !LIKELY.contains(&value)),
        Follow::Counted | Follow::Plural => round || !LIKELY.contains(&value),
        Follow::Event => round && !LIKELY.contains(&value),
        Follow::Capital | Follow::Plain if LIKELY.contains(&value) => crowd,
        Follow::Capital | Follow::Plain => round || text.counts_behind(last),
    }
}

/// 1643 for "1642/43" and "1642/3".
fn second_of_double(text: &Text<'_>, at: usize, first: u64) -> Option<(u64, usize)> {
    let slash = text.kind(at + 1) == Kind::Slash && text.is_glued(at + 1);
    let Kind::Number {
        value,
        digits,
        grouped: false,
    } = text.kind(at + 2)
    else {
        return None;
    };
    let next = first + 1;
    let fits = slash && text.is_glued(at + 2) && digits <= 4 && value == tail(next, digits);
    fits.then_some((next, at + 2))
}

/// The last so many digits.
fn tail(value: u64, digits: u8) -> u64 {
    match 10_u64.checked_pow(u32::from(digits)) {
        Some(power) => value % power,
        None => value,
    }
}

/// The year, or the two years of "1950–53", at this place.
pub(super) fn at(text: &Text<'_>, at: usize, found: &mut Vec<Draft>) -> Option<usize> {
    let Kind::Number {
        value,
        digits,
        grouped,
    } = text.kind(at)
    else {
        return None;
    };
    let behind = found.last().map_or(0, |draft| draft.last + 1);
    let ad = text.ad_before(at).filter(|first| *first >= behind);
    if value == 0 || !(ad.is_some() || text.may_begin_year(at)) {
        return None;
    }
    let era = text.era_after(at);
    if let Some(last) = era.map(|(_, last)| last).or(ad.map(|_| at)) {
        let era = era.map_or(Era::Ce, |(era, _)| era);
        let first = ad.unwrap_or(at);
        let year = Numbered::new(value, Some(era));
        share_era(text, first, year, found);
        push(text, found, first, last, year);
        return Some(last + 1);
    }
    if grouped || !(1..=4).contains(&digits) || text.is_labelled(at) {
        return None;
    }
    if let Some(end) = pair(text, at, value, digits, found) {
        return Some(end + 1);
    }
    let year = Numbered::new(value, None);
    if is_year(text, at, value, digits) || continues(text, at, value, digits, found) {
        push(text, found, at, at, year);
        return Some(at + 1);
    }
    None
}

/// "the 1340s", "the 40s BCE", "the 1800s".
pub(super) fn decade(text: &Text<'_>, at: usize, found: &mut Vec<Draft>) -> Option<usize> {
    let Kind::Plural(value) = text.kind(at) else {
        return None;
    };
    let era = text.era_after(at);
    let placed = text.is(
        at.wrapping_sub(1),
        &["the", "early", "mid", "late", "in", "and", "to"],
    );
    let of = text.is(at + 1, &["of"]);
    let sure = era.is_some() || (LIKELY.contains(&value) && !of) || (value >= 100 && placed && !of);
    let alone = text.may_begin(at) || text.is(at.wrapping_sub(2), &["mid", "early", "late"]);
    if !value.is_multiple_of(10) || !sure || !alone || value > 9_990 {
        return None;
    }
    let last = era.map_or(at, |(_, last)| last);
    let number = Numbered::new(value, era.map(|(era, _)| era));
    let what = if value > 0 && value.is_multiple_of(100) {
        What::Hundred(number)
    } else {
        What::Decade(number)
    };
    found.push(Draft::new(at, last, what));
    Some(last + 1)
}

/// Adds a year, together with the season before it.
fn push(text: &Text<'_>, found: &mut Vec<Draft>, first: usize, last: usize, year: Numbered) {
    let behind = found.last().map_or(0, |draft| draft.last + 1);
    let (first, what) = match part_before(text, first).filter(|(first, _)| *first >= behind) {
        Some((first, part)) => (first, What::Part(year, part)),
        None => (first, What::Year(year)),
    };
    found.push(Draft::new(first, last, what));
}

/// "the autumn of", "early in", "mid-" before a year, and its first token.
fn part_before(text: &Text<'_>, year: usize) -> Option<(usize, PartOfYear)> {
    let mut place = year.checked_sub(1)?;
    let mut distant = false;
    if text.is(place, &["year"]) {
        place = place.checked_sub(1)?;
        if text.is(place, &["the"]) {
            place = place.checked_sub(1)?;
        }
    }
    if text.is(place, &["of", "in"]) || text.kind(place) == Kind::Hyphen {
        distant = !text.is(place, &["of"]);
        place = place.checked_sub(1)?;
    }
    let part = match text.word(place).to_lowercase().as_str() {
        "early" => PartOfYear::Early,
        "mid" => PartOfYear::Middle,
        "late" => PartOfYear::Late,
        "spring" if !distant => PartOfYear::Spring,
        "summer" if !distant => PartOfYear::Summer,
        "autumn" | "fall" if !distant => PartOfYear::Autumn,
        "winter" if !distant => PartOfYear::Winter,
        _ => return None,
    };
    Some((place, part))
}

/// Of "490 or 489 BCE" and "490–479 BCE" the first number, which has been
/// passed over, is a year too.
fn share_era(text: &Text<'_>, first: usize, year: Numbered, found: &mut Vec<Draft>) {
    let mut at = first;
    let mut end = year.number;
    let mut earlier = Vec::new();
    let behind = found.last().map_or(0, |draft| draft.last + 1);
    for _ in 0..4 {
        let Some(number) = number_joined_to(text, at) else {
            break;
        };
        let Kind::Number { value, .. } = text.kind(number) else {
            break;
        };
        let rises = if year.is_bce() {
            value > end
        } else {
            value < end
        };
        if number < behind || !rises || value == 0 || !text.may_begin_year(number) {
            break;
        }
        earlier.push((number, value));
        (at, end) = (number, value);
    }
    for (number, value) in earlier.into_iter().rev() {
        push(text, found, number, number, Numbered::new(value, year.era));
    }
}

/// The number that a dash or "and" joins to what begins at this place.
fn number_joined_to(text: &Text<'_>, at: usize) -> Option<usize> {
    let joint = at.checked_sub(1)?;
    text.joint_at(joint).filter(|(_, next)| *next == at)?;
    let before = joint.checked_sub(1)?;
    let place = if text.kind(before) == Kind::Comma {
        before.checked_sub(1)?
    } else {
        before
    };
    // "12 January, 44 BCE": the number before must stand alone.
    matches!(text.kind(place), Kind::Number { .. }).then_some(place)
}

/// "1950–53", "1950-1953", "1950/51".
fn pair(
    text: &Text<'_>,
    at: usize,
    value: u64,
    digits: u8,
    found: &mut Vec<Draft>,
) -> Option<usize> {
    let next = at + 1;
    let kind = text.kind(next);
    let Kind::Number {
        value: second,
        digits: second_digits,
        grouped: false,
    } = text.kind(next + 1)
    else {
        return None;
    };
    if !text.is_glued(next) || !text.is_glued(next + 1) || second_digits > digits {
        return None;
    }
    let power = 10_u64.checked_pow(u32::from(second_digits))?;
    let full = if second_digits == digits {
        second
    } else {
        value / power * power + second
    };
    let fits = match kind {
        Kind::Slash => {
            full == value + 1
                || (second_digits < digits && tail(value + 1, second_digits) == second)
        }
        // "1904-06" may be a month.
        Kind::Hyphen => full > value && (second_digits == digits || second > 12),
        Kind::Dash => full > value,
        _ => false,
    };
    let end = if kind == Kind::Slash { value + 1 } else { full };
    let last = next + 1;
    let longer = matches!(text.kind(last + 1), Kind::Hyphen | Kind::Slash | Kind::Dash)
        && text.is_glued(last + 1)
        && matches!(text.kind(last + 2), Kind::Number { .. });
    let placed = digits == 3 && has_strong_word(text, at);
    let likely = LIKELY.contains(&value) && LIKELY.contains(&end);
    let round = value.is_multiple_of(50) && end.is_multiple_of(50);
    let counts = match text.follow(last) {
        Follow::Unit | Follow::Counted => true,
        Follow::Plural | Follow::CountVerb => round,
        _ => false,
    };
    let alone = !round || has_strong_word(text, at) || text.kind(at.wrapping_sub(1)) == Kind::Open;
    if !fits || longer || counts || !alone || !(likely || placed) {
        return None;
    }
    push(text, found, at, at, Numbered::new(value, None));
    let start = found.last_mut()?;
    let id = start.first;
    let edge = Edge::First;
    start.span = Some(Span { id, edge });
    let mut draft = Draft::new(last, last, What::Year(Numbered::new(end, None)));
    let edge = Edge::Last;
    draft.span = Some(Span { id, edge });
    found.push(draft);
    Some(last)
}

/// Whether a word that is followed by a year stands before this place.
fn has_strong_word(text: &Text<'_>, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    text.is(before, &STRONG) || text.is(before, &["year", "years", "from", "between", "the"])
}

const STRONG: [&str; 10] = [
    "in",
    "since",
    "until",
    "till",
    "before",
    "after",
    "by",
    "during",
    "throughout",
    "circa",
];
