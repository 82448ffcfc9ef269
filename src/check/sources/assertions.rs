//! Words that a reader may want to check: figures, dates, quotations,
//! superlatives.

use std::ops::Range;

use super::super::words::words;
use crate::dates::parse_month_loose;

/// Words of a text that need a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Assertion {
    pub(super) kind: Kind,
    /// Bytes of the text.
    pub(super) range: Range<usize>,
}

/// What sort of words need a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Figure,
    Date,
    Quotation,
    Superlative,
}

/// A word with the byte at which it begins.
type Word<'a> = Option<(usize, &'a str)>;

impl Kind {
    pub(super) fn words(self) -> &'static str {
        match self {
            Kind::Figure => "the figure",
            Kind::Date => "the date",
            Kind::Quotation => "the quotation",
            Kind::Superlative => "the superlative",
        }
    }
}

/// The first words of a text that need a source.
pub(super) fn first(text: &str) -> Option<Assertion> {
    let found = [quotation(text), superlative(text), figure(text)];
    found
        .into_iter()
        .flatten()
        .min_by_key(|one| one.range.start)
}

/// At least four words between the printer's quotation marks. Words that all
/// begin with a capital are a title.
fn quotation(text: &str) -> Option<Assertion> {
    let mut from = 0;
    while let Some(open) = text[from..].find('“').map(|at| from + at) {
        let inside = open + '“'.len_utf8();
        let close = inside + text[inside..].find('”')?;
        let quoted = &text[inside..close];
        let small = |word: &str| {
            word.len() > 3 && word.starts_with(char::is_lowercase) && !IN_TITLES.contains(&word)
        };
        if words(quoted).count() >= 4 && words(quoted).any(|(_, word)| small(word)) {
            return Some(Assertion {
                kind: Kind::Quotation,
                range: open..close + '”'.len_utf8(),
            });
        }
        from = close;
    }
    None
}

/// Longer words that stand in titles without a capital.
const IN_TITLES: [&str; 8] = [
    "after", "before", "from", "into", "over", "under", "upon", "with",
];

/// "the largest ship in the world", "the world’s first", "the worst fire ever".
fn superlative(text: &str) -> Option<Assertion> {
    /// No clause is longer between the superlative and its scope.
    const REACH: usize = 9;
    let list: Vec<(usize, &str)> = words(text).collect();
    for (index, (at, word)) in list.iter().enumerate() {
        if !is_superlative(word) {
            continue;
        }
        let before = index.checked_sub(1).map(|before| list[before].1);
        let owned = before.is_some_and(|before| {
            ["world’s", "history’s", "mankind’s", "humanity’s"]
                .iter()
                .any(|owner| before.eq_ignore_ascii_case(owner))
        });
        let end_of_word = at + word.len();
        if owned {
            let start = list[index - 1].0;
            return Some(Assertion {
                kind: Kind::Superlative,
                range: start..end_of_word,
            });
        }
        if !before.is_some_and(|before| before.eq_ignore_ascii_case("the")) {
            continue;
        }
        let clause = text[end_of_word..]
            .find(['.', ';', ':', '!', '?', '—', ','])
            .map_or(text.len(), |stop| end_of_word + stop);
        let last = list.get(index + REACH).map_or(text.len(), |(at, _)| *at);
        let near = &text[end_of_word..clause.min(last)];
        let scope = SCOPES.iter().find_map(|scope| {
            let at = near.find(scope)?;
            let after = near[at + scope.len()..].chars().next();
            (!after.is_some_and(char::is_alphanumeric)).then_some(at + scope.len())
        });
        if let Some(scope) = scope {
            return Some(Assertion {
                kind: Kind::Superlative,
                range: list[index - 1].0..end_of_word + scope,
            });
        }
    }
    None
}

/// Which superlatives are worth a doubt; each reaches as far as it says.
const SCOPES: [&str; 17] = [
    " in the world",
    " in the whole world",
    " in history",
    " in recorded history",
    " in human history",
    " in the history of",
    " in the ancient world",
    " of all time",
    " of its kind",
    " of their kind",
    " of its time",
    " of the century",
    " of the war",
    " on earth",
    " on Earth",
    " ever",
    " to date",
];

fn is_superlative(word: &str) -> bool {
    const OTHERS: [&str; 7] = ["first", "last", "most", "least", "best", "worst", "only"];
    const NONE: [&str; 12] = [
        "forest", "interest", "request", "protest", "conquest", "harvest", "priest", "guest",
        "honest", "tempest", "modest", "contest",
    ];
    let ends = word.len() > 4 && word.ends_with("est");
    OTHERS.contains(&word) || (ends && !NONE.contains(&word))
}

/// A number of two digits or more, one that words put at twenty or more, a
/// share, a sum of money, or a date.
fn figure(text: &str) -> Option<Assertion> {
    let mut before: Word = None;
    let mut second_before: Word = None;
    let mut read = 0;
    for (at, word) in words(text) {
        if at < read {
            continue; // The "000" of "4,000".
        }
        let mut end = at + word.len();
        if let Some(number_end) = number_end(text, at, word) {
            (end, read) = (number_end, number_end);
            let month = |word: Word| word.filter(|(_, word)| is_month(word)).map(|(at, _)| at);
            let day = |word: Word| word.filter(|(_, word)| is_day(word)).map(|(at, _)| at);
            let next = words(&text[end..]).next().map(|(_, word)| word);
            if is_day(word) && (month(before).is_some() || next.is_some_and(is_month)) {
                // It is told with the year, if one follows.
            } else if let Some(month) = month(before) {
                let start = day(second_before).unwrap_or(month);
                return Some(date(start..end));
            } else if let (Some(start), Some(_)) = (month(second_before), day(before)) {
                return Some(date(start..end));
            } else if !names_a_thing(text, before) {
                return Some(Assertion {
                    kind: Kind::Figure,
                    range: sign_before(text, at)..end,
                });
            }
        } else if is_large_in_words(text, at, word) {
            return Some(Assertion {
                kind: Kind::Figure,
                range: at..end,
            });
        }
        second_before = before;
        before = Some((at, word));
    }
    None
}

fn date(range: Range<usize>) -> Assertion {
    Assertion {
        kind: Kind::Date,
        range,
    }
}

/// "Apollo 11" and "Boeing 747" are names: a capital, though no sentence begins.
fn names_a_thing(text: &str, before: Word) -> bool {
    before
        .is_some_and(|(at, word)| word.starts_with(char::is_uppercase) && !opens_sentence(text, at))
}

/// The end of a number that counts, which begins with this word: two digits or
/// more, or any with a sign of money or a share. Ordinals, decades and names
/// such as "B-29" are none.
fn number_end(text: &str, at: usize, word: &str) -> Option<usize> {
    const UNITS: [&str; 10] = ["", "m", "km", "cm", "mm", "kg", "ft", "bn", "mph", "nm"];
    let bytes = text.as_bytes();
    if !word.as_bytes().first()?.is_ascii_digit() {
        return None;
    }
    let mut end = at;
    let mut digits = 0;
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'0'..=b'9' => digits += 1,
            b',' | b'.' if bytes.get(end + 1).is_some_and(u8::is_ascii_digit) => {}
            _ => break,
        }
        end += 1;
    }
    let rest = &text[end..];
    let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_alphanumeric()).len();
    if !UNITS.contains(&&rest[..letters]) {
        return None;
    }
    let end = end + letters;
    let after = text[end..].trim_start_matches([' ', '\u{a0}']);
    let share =
        after.starts_with('%') || after.starts_with("percent") || after.starts_with("per cent");
    let money = sign_before(text, at) < at;
    (digits > 1 || share || money).then_some(end)
}

/// Where a sign of money stands before a number, or the number itself.
fn sign_before(text: &str, at: usize) -> usize {
    let before = text[..at].chars().next_back();
    match before {
        Some(sign @ ('$' | '£' | '€' | '¥' | '₩' | '₹')) => at - sign.len_utf8(),
        _ => at,
    }
}

fn is_large_in_words(text: &str, at: usize, word: &str) -> bool {
    const LARGE: [&str; 13] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred",
        "thousand", "million", "billion", "trillion",
    ];
    const MANY: [&str; 4] = ["hundreds", "thousands", "millions", "billions"];
    let after = &text[at + word.len()..];
    if MANY.contains(&word) {
        return after.starts_with(" of ");
    }
    let first = word.split('-').next().unwrap_or(word);
    let number = if opens_sentence(text, at) {
        LARGE.iter().any(|large| large.eq_ignore_ascii_case(first))
    } else {
        LARGE.contains(&first)
    };
    // "Thirty Years’ War" and "thirty-fifth" count nothing.
    let name = words(after)
        .next()
        .is_some_and(|(_, next)| next.starts_with(char::is_uppercase))
        && opens_sentence(text, at);
    let ordinal = word.split_once('-').is_some_and(|(_, rest)| {
        ["st", "nd", "rd", "th"]
            .iter()
            .any(|end| rest.ends_with(end))
            || ["first", "second", "third"].contains(&rest)
            || rest.starts_with("year")
    });
    number && !name && !ordinal
}

fn opens_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(['“', '‘', '(', ' ']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '”'])
}

fn is_month(word: &str) -> bool {
    word.len() >= 3
        && word.starts_with(char::is_uppercase)
        && word.bytes().all(|b| b.is_ascii_alphabetic())
        && parse_month_loose(word).is_some()
}

/// One or two digits.
fn is_day(word: &str) -> bool {
    word.len() < 3 && word.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(Kind, &str)> {
        first(text).map(|one| (one.kind, &text[one.range]))
    }

    #[test]
    fn figures_are_found() {
        for (text, words) in [
            ("It had 828 rooms.", "828"),
            ("In 1951 it fell.", "1951"),
            ("About 4,000 men died.", "4,000"),
            ("It cost $5.", "$5"),
            ("Some 5 percent left.", "5"),
            ("It rose by 7%.", "7"),
            ("It is 300km away.", "300km"),
            ("For sixty-four years", "sixty-four"),
            ("Thirty men stayed.", "Thirty"),
            ("a hundred men", "hundred"),
            ("Then thousands of people fled.", "thousands"),
            ("It took 3.5 hours.", "3.5"),
        ] {
            assert_eq!(found(text), Some((Kind::Figure, words)), "{text}");
        }
    }

    #[test]
    fn dates_are_found_whole() {
        for (text, words) in [
            ("On January 4, 1951 it fell.", "January 4, 1951"),
            ("on 15 March 1945", "15 March 1945"),
            ("in July 1324", "July 1324"),
            ("On January 14, 1951 it fell.", "January 14, 1951"),
        ] {
            assert_eq!(found(text), Some((Kind::Date, words)), "{text}");
        }
    }

    #[test]
    fn quotations_and_superlatives_are_found() {
        for (text, kind, words) in [
            (
                "It “was all but dead” then.",
                Kind::Quotation,
                "“was all but dead”",
            ),
            (
                "It was the largest ship in the world.",
                Kind::Superlative,
                "the largest ship in the world",
            ),
            ("the world’s first bank", Kind::Superlative, "world’s first"),
            (
                "the worst fire ever seen",
                Kind::Superlative,
                "the worst fire ever",
            ),
            (
                "the oldest book of its kind",
                Kind::Superlative,
                "the oldest book of its kind",
            ),
            (
                "the deadliest eruption in recorded history",
                Kind::Superlative,
                "the deadliest eruption in recorded history",
            ),
        ] {
            assert_eq!(found(text), Some((kind, words)), "{text}");
        }
    }

    #[test]
    fn ordinary_words_need_no_source() {
        for text in [
            "The 38th parallel and the 1950s.",
            "They flew Apollo 11 and a B-29 under Article 36.",
            "He was the first to come, on the 4th.",
            "The largest of the three ships sailed.",
            "After the Thirty Years’ War it was over.",
            "Hundred Days is a name.",
            "She read “The Old Man and the Sea” twice, and “Gone with the Wind”.",
            "It was “all but dead” then.",
            "Three of them had two each, and it cost them dear.",
            "the forest in the world of plants",
            "thousands died",
            "the thirty-fifth day, for the twenty-first time",
            "Two people, a 30th birthday, January 14.",
            "On 15 March it fell.",
            "",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
