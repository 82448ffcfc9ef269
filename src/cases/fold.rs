//! Whether two reports say the same of the same sentence. What is not sure is
//! not folded: an editor merges two cases with one press, and cannot part one.

use std::collections::BTreeSet;

/// What a report says, as far as folding looks at it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told<'a> {
    pub(super) category: &'a str,
    pub(super) quote: &'a str,
    pub(super) wrong: &'a str,
    pub(super) correct: &'a str,
}

/// How much of their words two reports must share, as a part of all words that
/// either of them uses (Jaccard).
const ENOUGH: f64 = 0.3;

/// Below this length a passage inside another one proves nothing.
const TELLING: usize = 16;

/// Words that every report has.
const EMPTY_WORDS: [&str; 30] = [
    "a", "an", "and", "as", "at", "be", "but", "by", "for", "from", "he", "in", "is", "it", "not",
    "of", "on", "or", "she", "should", "that", "the", "this", "to", "was", "were", "wrong", "with",
    "text", "says",
];

/// Same category, same sentence, same claim.
pub(super) fn is_same(one: Told<'_>, other: Told<'_>) -> bool {
    if one.category != other.category {
        return false;
    }
    let quotes = (plain(one.quote), plain(other.quote));
    let claims = (plain(&claim(one)), plain(&claim(other)));
    if quotes.0 == quotes.1 && claims.0 == claims.1 {
        return true;
    }
    // Without a passage only the very same words are the same report.
    !quotes.0.is_empty() && is_same_passage(&quotes.0, &quotes.1) && is_same_claim(one, other)
}

fn claim(told: Told<'_>) -> String {
    format!("{} {}", told.wrong, told.correct)
}

fn is_same_passage(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short == long || (short.chars().count() >= TELLING && long.contains(short))
}

/// Two that name other numbers (a year, a day) claim unlike things, however
/// alike their words; two that name the same ones claim the same.
fn is_same_claim(one: Told<'_>, other: Told<'_>) -> bool {
    let (a, b) = (numbers(one.correct), numbers(other.correct));
    if !a.is_empty() && !b.is_empty() {
        return a == b;
    }
    let (a, b) = (words(&claim(one)), words(&claim(other)));
    let shared = a.intersection(&b).count();
    let all = a.union(&b).count();
    all > 0 && shared as f64 >= ENOUGH * all as f64
}

fn numbers(text: &str) -> BTreeSet<String> {
    text.split(|character: char| !character.is_numeric())
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

fn words(text: &str) -> BTreeSet<String> {
    plain(text)
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty() && !EMPTY_WORDS.contains(word))
        .map(str::to_owned)
        .collect()
}

/// Lower case, typed marks for printed ones, one space for all white space.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        for character in word.chars() {
            match character {
                '‘' | '’' | '‛' | '′' => plain.push('\''),
                '“' | '”' | '„' | '″' => plain.push('"'),
                '‐' | '‑' | '–' | '—' | '−' => plain.push('-'),
                '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                other => plain.extend(other.to_lowercase()),
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SENTENCE: &str = "The city’s garrison withdrew on 7 January.";

    fn told<'a>(wrong: &'a str, correct: &'a str) -> Told<'a> {
        Told {
            category: "date",
            quote: SENTENCE,
            wrong,
            correct,
        }
    }

    #[test]
    fn two_readers_with_one_claim_are_one_case() {
        let first = told("It was the fourth.", "4 January 1951");
        assert!(is_same(first, told("Wrong day!", "January 4, 1951")));
        assert!(is_same(
            told("The garrison left on the fourth", ""),
            told("On the fourth the garrison left.", "")
        ));
        // A part of the sentence is the same sentence.
        let part = Told {
            quote: "The city's garrison withdrew",
            ..first
        };
        assert!(is_same(first, part));
    }

    #[test]
    fn unlike_claims_stay_apart() {
        let first = told("It was the fourth.", "4 January 1951");
        assert!(!is_same(first, told("It was the fifth.", "5 January 1951")));
        assert!(!is_same(first, told("The name is misspelt.", "")));
        let other_kind = Told {
            category: "person",
            ..first
        };
        assert!(!is_same(first, other_kind));
        let elsewhere = Told {
            quote: "It was cold.",
            ..first
        };
        assert!(!is_same(first, elsewhere));
        // "on 7" stands in many a sentence.
        let short = Told {
            quote: "on 7",
            ..first
        };
        assert!(!is_same(first, short));
    }

    #[test]
    fn without_a_passage_only_the_same_words_are_the_same() {
        let letter = |wrong| Told {
            quote: "",
            ..told(wrong, "")
        };
        assert!(is_same(letter("Buy  now"), letter("buy now")));
        assert!(!is_same(letter("Buy now here"), letter("Buy now there")));
    }

    proptest! {
        #[test]
        fn the_order_of_two_reports_does_not_matter(
            a in "[a-d0-2 ]{0,12}", b in "[a-d0-2 ]{0,12}", c in "[a-d ]{0,24}", d in "[a-d ]{0,24}",
        ) {
            let one = Told { category: "date", quote: &c, wrong: &a, correct: &b };
            let other = Told { category: "date", quote: &d, wrong: &b, correct: &a };
            prop_assert_eq!(is_same(one, other), is_same(other, one));
            prop_assert!(is_same(one, one));
        }
    }
}
