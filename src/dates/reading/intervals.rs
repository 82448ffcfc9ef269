//! How many years lie between two events, as a text says it.

use super::lexicon;
use super::tokens::{Kind, Text};
use std::ops::Range;

/// A number of years that a text puts between two events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearsApart {
    /// Where the phrase stands, in bytes of the text: "75 years later", "the
    /// centennial".
    pub range: Range<usize>,
    /// How many years.
    pub years: u32,
    /// Which way they are counted.
    pub direction: Direction,
    /// Whether "about" or the like stands before them, or they are counted in
    /// decades or centuries, which are mostly rounded.
    pub approximate: bool,
}

/// Which way years are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// "75 years later", "75 years after": from an earlier event.
    Later,
    /// "ten years earlier", "ten years before": back from a later one.
    Earlier,
    /// "75 years ago": back from the time of writing.
    Ago,
    /// "the 75th anniversary", "the centenary".
    Anniversary,
}

/// Every number of years that an English text puts between two events, in
/// digits or in words.
///
/// "A year later" is one. Spans that last ("for 75 years") are not read, nor
/// are months and days.
pub(super) fn intervals_of_years(text: &Text<'_>) -> Vec<YearsApart> {
    let mut intervals = Vec::new();
    // Most texts have none, and a look at their words is quicker.
    if !text.has_word(|word| length_of(word).is_some() || may_be_anniversary(word)) {
        return intervals;
    }
    let mut at = 0;
    while at < text.len() {
        let found = anniversary(text, at).or_else(|| years_apart(text, at));
        match found {
            Some((interval, last)) => {
                intervals.push(interval);
                at = last + 1;
            }
            None => at += 1,
        }
    }
    intervals
}

/// "75 years later", "two centuries ago", "a year before".
fn years_apart(text: &Text<'_>, at: usize) -> Option<(YearsApart, usize)> {
    let inside = text.is_glued(at) && text.kind(at.wrapping_sub(1)) == Kind::Hyphen;
    let number = matches!(text.kind(at), Kind::Number { .. })
        || text.is(at, &["a", "one", "half"])
        || lexicon::cardinal(text.word(at)).is_some();
    if inside || !number {
        return None;
    }
    let half = text.is(at, &["half"]) && text.is(at + 1, &["a"]);
    let (count, last) = if half {
        (1, at + 1)
    } else {
        match text.count_at(at) {
            Some(count) => count,
            None if text.is(at, &["a"]) => (1, at),
            None => return None,
        }
    };
    let unit = last + 1;
    let length = length_of(text.word(unit)).filter(|length| !half || *length > 1)?;
    let direction = match text.word(unit + 1) {
        "later" | "after" | "afterwards" | "afterward" | "on" => Direction::Later,
        "earlier" | "before" | "previously" => Direction::Earlier,
        "ago" => Direction::Ago,
        _ => return None,
    };
    // "went on for three years on the island": only at a pause.
    if text.word(unit + 1) == "on" && !matches!(text.kind(unit + 2), Kind::Comma) {
        return None;
    }
    let years = count.checked_mul(length)? / if half { 2 } else { 1 };
    let interval = YearsApart {
        range: text.range(at, unit + 1),
        years,
        direction,
        approximate: length > 1 || text.is_rough(at),
    };
    Some((interval, unit + 1))
}

/// "the 75th anniversary", "its hundredth birthday" not, "the bicentenary".
fn anniversary(text: &Text<'_>, at: usize) -> Option<(YearsApart, usize)> {
    let (years, last) = match named_anniversary(text.word(at)) {
        Some(years) => (years, at),
        None => {
            let (number, last) = match text.kind(at) {
                Kind::Ordinal(number) => (number, at),
                _ => text.ordinal_at(at)?,
            };
            // "the two hundredth anniversary", "the hundred and fiftieth".
            let (number, name) = (number, last + 1);
            if !text.is(name, &["anniversary"]) {
                return None;
            }
            let whole = hundreds_before(text, at, number)?;
            (whole, name)
        }
    };
    let first = first_of_ordinal(text, at);
    let interval = YearsApart {
        range: text.range(first, last),
        years: u32::try_from(years).ok()?,
        direction: Direction::Anniversary,
        approximate: false,
    };
    Some((interval, last))
}

/// The whole of an ordinal like "two hundredth" or "hundred and fiftieth", of
/// which this is the last word.
fn hundreds_before(text: &Text<'_>, at: usize, number: u64) -> Option<u64> {
    let first = first_of_ordinal(text, at);
    if first == at {
        return Some(number);
    }
    if number == 100 {
        let times = lexicon::cardinal(text.word(first))?;
        return Some(times * 100);
    }
    let times = if text.is(first, &["hundred"]) {
        1
    } else {
        lexicon::cardinal(text.word(first)).unwrap_or(1)
    };
    Some(times * 100 + number)
}

/// The first token of such an ordinal.
fn first_of_ordinal(text: &Text<'_>, at: usize) -> usize {
    if !matches!(text.kind(at), Kind::Word) {
        return at;
    }
    let step = |place: usize| {
        let before = place.wrapping_sub(1);
        if text.kind(before) == Kind::Hyphen {
            before.wrapping_sub(1)
        } else {
            before
        }
    };
    let times = |hundred: usize| {
        let times = step(hundred);
        if lexicon::cardinal(text.word(times)).is_some() {
            times
        } else {
            hundred
        }
    };
    if text.is(at, &["hundredth"]) {
        return times(at);
    }
    let before = step(at);
    let hundred = if text.is(before, &["and"]) {
        step(before)
    } else {
        before
    };
    if text.is(hundred, &["hundred"]) {
        times(hundred)
    } else {
        at
    }
}

fn named_anniversary(word: &str) -> Option<u64> {
    const NAMES: [(&str, u64); 15] = [
        ("centenary", 100),
        ("centennial", 100),
        ("sesquicentenary", 150),
        ("sesquicentennial", 150),
        ("bicentenary", 200),
        ("bicentennial", 200),
        ("tercentenary", 300),
        ("tricentenary", 300),
        ("tricentennial", 300),
        ("quatercentenary", 400),
        ("quadricentennial", 400),
        ("quincentenary", 500),
        ("quincentennial", 500),
        ("sexcentenary", 600),
        ("millennial", 1000),
    ];
    if !may_be_anniversary(word) {
        return None;
    }
    let name = NAMES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word));
    name.map(|(_, years)| *years)
}

/// Every word of a text is asked, so the length and the ending are looked at
/// first. "Anniversary" has both as well.
fn may_be_anniversary(word: &str) -> bool {
    word.len() >= 9 && word.ends_with(['y', 'l', 'Y', 'L'])
}

/// How many years the unit is long in which a text counts them.
fn length_of(unit: &str) -> Option<u32> {
    match unit {
        "year" | "years" => Some(1),
        "decade" | "decades" => Some(10),
        "century" | "centuries" => Some(100),
        _ => None,
    }
}
