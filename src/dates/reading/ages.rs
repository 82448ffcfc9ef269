//! What a text says about the ages of people.

use super::lexicon;
use super::parts::Follow;
use super::tokens::{Kind, Text};
use std::ops::Range;

/// An age that a text states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgeClaim {
    /// Where the phrase stands, in bytes of the text: "aged 34", "at the age
    /// of 34", "34 years old".
    pub range: Range<usize>,
    /// Whole years, up to 130. "In his 34th year" is 33.
    pub age: u16,
    /// Whether "about", "nearly", "over" or the like stands before the number.
    pub approximate: bool,
    /// The words of the same sentence before the phrase, where the person's
    /// name or pronoun mostly stands. Empty at the start of a sentence.
    pub before: Range<usize>,
}

/// No person has been older.
const OLDEST: u32 = 130;

/// Every age that an English text states, in digits or in words up to
/// "ninety-nine".
///
/// "At 34" is an age only where a comma or the end follows ("He died at 34.",
/// "at 34, she"), so neither a time of day, a place nor a price is taken for
/// one. A "200-year-old" thing is too old to be a person. Ages of things up to
/// 130 years are found as well ("a 50-year-old ship"), because a text does not
/// tell who is meant without its sense.
pub(super) fn ages(text: &Text<'_>) -> Vec<AgeClaim> {
    let counts_years = text.has_word(|word| lexicon::is_one_of(word, YEARS));
    let mut ages = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match age_at(text, at, counts_years) {
            Some(found) => {
                ages.push(found.finish(text));
                at = found.last + 1;
            }
            None => at += 1,
        }
    }
    ages
}

#[derive(Clone, Copy)]
struct Found {
    first: usize,
    last: usize,
    age: u16,
    approximate: bool,
}

impl Found {
    fn finish(self, text: &Text<'_>) -> AgeClaim {
        let range = text.range(self.first, self.last);
        let sentence = text.sentence(self.first);
        let start = text.range(sentence, sentence).start.min(range.start);
        AgeClaim {
            before: start..range.start,
            range,
            age: self.age,
            approximate: self.approximate,
        }
    }
}

const YEARS: &[&str] = &["year", "years"];

/// `counts_years` says whether the text has one of these words at all: most have
/// not, and then there is less to look for.
fn age_at(text: &Text<'_>, at: usize, counts_years: bool) -> Option<Found> {
    match text.word(at) {
        "aged" | "Aged" => {
            let number = if text.is(at + 1, ROUGH) {
                at + 2
            } else {
                at + 1
            };
            let (age, last) = person_years(text, number)?;
            // "aged 34 months", "aged 18 to 34".
            let other = text.is(last + 1, &["months", "weeks", "days", "hours"])
                || text.is(last + 1, &["to", "or", "and"])
                || text.kind(last + 1) == Kind::Dash;
            (!other).then_some(found(text, (at, number), last, age))
        }
        "age" | "ages" => at_the_age(text, at),
        "at" | "At" => bare(text, at),
        _ if !counts_years => None,
        "in" | "In" => in_the_year(text, at),
        _ => years_old(text, at),
    }
}

const ROUGH: &[&str] = &[
    "about", "around", "only", "just", "nearly", "almost", "over", "barely",
];

/// `place` is the first token of the phrase, and that of its number.
fn found(text: &Text<'_>, place: (usize, usize), last: usize, age: u16) -> Found {
    Found {
        first: place.0,
        last,
        age,
        approximate: text.is_rough(place.1),
    }
}

/// "at the age of 34", "at age 34", "by the age of thirty-four".
fn at_the_age(text: &Text<'_>, at: usize) -> Option<Found> {
    let mut number = at + 1;
    if text.is(number, &["of"]) {
        number += 1;
    }
    if text.is(number, ROUGH) {
        number += 1;
    }
    let mut first = at;
    if text.is(first.wrapping_sub(1), &["the"]) {
        first -= 1;
    }
    let placed = text.is(
        first.wrapping_sub(1),
        &[
            "at", "by", "before", "since", "from", "until", "after", "reached", "reaching",
        ],
    );
    let (age, last) = person_years(text, number)?;
    // "the age of 34 tons of gold" and "the age of 18 to 34".
    let range = text.is(last + 1, &["to", "and", "or"]) || text.kind(last + 1) == Kind::Dash;
    if !placed || range {
        return None;
    }
    if text.is(first.wrapping_sub(1), &["at", "by"]) {
        first -= 1;
    }
    Some(found(text, (first, number), last, age))
}

/// "at 34", where nothing follows that 34 could count.
fn bare(text: &Text<'_>, at: usize) -> Option<Found> {
    let number = if text.is(at + 1, &["just", "only"]) {
        at + 2
    } else {
        at + 1
    };
    let (age, last) = person_years(text, number)?;
    let digits_or_word = matches!(text.kind(number), Kind::Number { digits: 1..=3, .. })
        || text.kind(number) == Kind::Word;
    // "shot at one" and "at 9, the guns began" are hours.
    let an_hour = age <= 12;
    let before = text.is(
        at.wrapping_sub(1),
        &[
            "put",
            "fixed",
            "estimated",
            "set",
            "stood",
            "stands",
            "began",
            "opened",
            "closed",
            "open",
            "close",
            "arrived",
            "priced",
            "valued",
            "sold",
            "reckoned",
            "measured",
            "score",
            "level",
            "counted",
            "morning",
            "evening",
            "afternoon",
            "kept",
            "is",
            "was",
            "were",
        ],
    );
    let followed = matches!(text.follow(last), Follow::End)
        && text.kind(last + 1) != Kind::Open
        && text.kind(last + 1) != Kind::Hyphen
        && text.kind(last + 1) != Kind::Slash
        && text.kind(last + 1) != Kind::Apostrophe;
    (digits_or_word && !an_hour && !before && followed).then_some(found(
        text,
        (at, number),
        last,
        age,
    ))
}

/// "in his 34th year", "in the thirty-fourth year of her age".
fn in_the_year(text: &Text<'_>, at: usize) -> Option<Found> {
    let own = text.is(at + 1, &["his", "her", "their"]);
    if !own && !text.is(at + 1, &["the"]) {
        return None;
    }
    let (number, last) = match text.kind(at + 2) {
        Kind::Ordinal(number) => (number, at + 2),
        _ => text.ordinal_at(at + 2)?,
    };
    if !text.is(last + 1, &["year"]) {
        return None;
    }
    let mut end = last + 1;
    let of_age = text.is(end + 1, &["of"])
        && text.is(end + 2, &["his", "her", "their"])
        && text.is(end + 3, &["age", "life"]);
    if of_age {
        end += 3;
    }
    // "in his 34th year as king", "in the 34th year of his reign".
    let of_life = if own {
        !text.is(end + 1, &["as", "of", "on", "at", "with", "in", "there"]) || of_age
    } else {
        of_age
    };
    let age = u16::try_from(number.checked_sub(1)?).ok()?;
    let long = own && age < 12 && !of_age;
    (of_life && !long && u32::from(age) <= OLDEST).then_some(found(text, (at, at + 2), end, age))
}

/// "34 years old", "34-year-old", "thirty-four years of age".
fn years_old(text: &Text<'_>, at: usize) -> Option<Found> {
    let number =
        matches!(text.kind(at), Kind::Number { .. }) || lexicon::cardinal(text.word(at)).is_some();
    // The tens of "thirty-four" are not read twice, as "four".
    let inside = text.is_glued(at) && text.kind(at.wrapping_sub(1)) == Kind::Hyphen;
    if !number || inside {
        return None;
    }
    let (age, last) = person_years(text, at)?;
    let hyphen = usize::from(text.kind(last + 1) == Kind::Hyphen);
    let years = last + 1 + hyphen;
    if !text.is(years, YEARS) {
        return None;
    }
    let hyphen = usize::from(text.kind(years + 1) == Kind::Hyphen);
    let old = years + 1 + hyphen;
    if text.is(old, &["old", "olds"]) {
        return Some(found(text, (at, at), old, age));
    }
    let of_age = text.is(old, &["of"]) && text.is(old + 1, &["age"]);
    of_age.then_some(found(text, (at, at), old + 1, age))
}

fn person_years(text: &Text<'_>, at: usize) -> Option<(u16, usize)> {
    let (age, last) = text.count_at(at)?;
    let age = u16::try_from(age).ok().filter(|_| age <= OLDEST)?;
    Some((age, last))
}
