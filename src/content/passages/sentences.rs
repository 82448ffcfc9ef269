//! Splits a paragraph into the sentences that a reader can choose from.
//!
//! A wrong cut leaves half a sentence to choose, a missed one only a longer
//! choice; so where a full stop can be read both ways, nothing is cut.

/// Shortened words that do not end a sentence, whatever follows. Single
/// letters (initials, "c.", "p.m.") never do and are not listed.
const ABBREVIATIONS: [&str; 42] = [
    "adm", "al", "approx", "bros", "bt", "ca", "capt", "cdr", "cf", "col", "comdr", "dr", "esp",
    "fr", "ft", "gen", "gov", "hon", "jr", "lt", "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms",
    "mt", "ph", "pres", "prof", "rep", "rev", "rt", "sen", "sgt", "sr", "st", "ste", "sts", "viz",
    "vs",
];

/// Shortened words that belong to a number, and end a sentence where none
/// follows ("Jan. 4", "No. 10", "pp. 58").
const BEFORE_NUMBERS: [&str; 27] = [
    "apr", "art", "aug", "bk", "ch", "chap", "dec", "ed", "feb", "fig", "fol", "jan", "jul", "jun",
    "mar", "no", "nos", "nov", "oct", "op", "par", "pp", "sec", "sep", "sept", "vol", "vols",
];

/// The sentences of a paragraph, in order, without the space around them.
/// Together they hold all of its words. A line break ends a sentence, because
/// only tables and blocks of code hold one.
#[must_use]
pub fn sentences(paragraph: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    for line in paragraph.lines() {
        let mut rest = line.trim();
        while let Some(end) = first_end(rest) {
            let (sentence, more) = rest.split_at(end);
            sentences.push(sentence);
            rest = more.trim_start();
        }
        if !rest.is_empty() {
            sentences.push(rest);
        }
    }
    sentences
}

/// Where the first sentence ends, if another one follows it; in bytes.
fn first_end(text: &str) -> Option<usize> {
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if !is_terminator(character) {
            continue;
        }
        let mut last = character;
        let mut wide = is_wide(character);
        while let Some(&(_, next)) = characters.peek() {
            if !is_terminator(next) && !is_closer(next) {
                break;
            }
            wide |= is_wide(next);
            last = next;
            characters.next();
        }
        let end = characters.peek().map(|&(at, _)| at)?;
        let after = &text[end..];
        let begins = after.trim_start();
        if begins.is_empty() {
            return None;
        }
        let spaced = begins.len() < after.len();
        let plain_stop = character == '.' && last == '.';
        let cut = wide
            || (spaced
                && !begins_in_lower_case(begins)
                && !(plain_stop && is_shortened(&text[..at], begins)));
        if cut {
            return Some(end);
        }
    }
    None
}

fn is_terminator(character: char) -> bool {
    matches!(character, '.' | '!' | '?' | '…' | '‽' | '؟' | '۔' | '।') || is_wide(character)
}

/// Terminators of scripts that put no space between sentences.
fn is_wide(character: char) -> bool {
    matches!(character, '。' | '．' | '！' | '？' | '｡')
}

fn is_closer(character: char) -> bool {
    matches!(
        character,
        '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '」' | '』' | '）' | '】'
    )
}

/// "“Who?” he asked" and "in 1951 (?) the city" go on.
fn begins_in_lower_case(text: &str) -> bool {
    text.chars()
        .find(|character| character.is_alphanumeric())
        .is_some_and(char::is_lowercase)
}

/// Whether the full stop after `before` belongs to its last word.
fn is_shortened(before: &str, after: &str) -> bool {
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, character)| character.is_alphanumeric())
        .last()
        .map_or(before.len(), |(at, _)| at);
    let word = &before[start..];
    let mut letters = word.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        return only.is_alphabetic();
    }
    let word = word.to_lowercase();
    ABBREVIATIONS.contains(&word.as_str())
        || (BEFORE_NUMBERS.contains(&word.as_str())
            && after.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sentences_end_where_a_reader_hears_them_end() {
        assert_eq!(
            sentences("The city fell on 4 January. Who took it? “Nobody knows.” So it stood!"),
            [
                "The city fell on 4 January.",
                "Who took it?",
                "“Nobody knows.”",
                "So it stood!",
            ]
        );
    }

    #[test]
    fn shortened_words_initials_and_numbers_are_not_cut() {
        for whole in [
            "He died c. 1100 in St. Albans, as Gen. J. R. R. Smith wrote.",
            "It cost 3.5 million at 5 p.m. UTC on Jan. 4, 1951.",
            "See No. 10, pp. 58–60, by Martin Luther King Jr. Day.",
            "“Who goes there?” he asked, and waited … until dawn.",
            "The mass was 83.6 kg",
        ] {
            assert_eq!(sentences(whole), [whole]);
        }
        assert_eq!(
            sentences("He said no. Then it ended in Jan. They left."),
            ["He said no.", "Then it ended in Jan.", "They left."]
        );
        assert_eq!(
            sentences("It was 1951. 200 died."),
            ["It was 1951.", "200 died."]
        );
    }

    #[test]
    fn other_scripts_and_lines_of_a_table_are_cut_too() {
        assert_eq!(
            sentences("首尔陷落。他们撤退了！"),
            ["首尔陷落。", "他们撤退了！"]
        );
        assert_eq!(
            sentences("Year Name\n1951 Seoul"),
            ["Year Name", "1951 Seoul"]
        );
        assert!(sentences(" \n ").is_empty());
    }

    proptest! {
        #[test]
        fn no_word_is_lost(text in "\\PC{0,80}|[a-zA-Z0-9 .!?…”’()。\n]{0,120}") {
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&sentences(&text).concat()), bare(&text));
        }
    }
}
