//! Passages of a text, pure: the words around one by which it is found again,
//! and what has become of it after the text was changed.
//!
//! A passage is known by its words and by up to 64 characters on either side
//! ([`Anchor`]), never by a position, because positions move with every edit.

mod again;
mod sentences;

pub use again::{Found, Piece, find_again};
pub use sentences::sentences;

/// How many characters are kept from before and from after a passage.
const CONTEXT: usize = 64;

/// A passage as it stands in the text, and its surroundings. White space is
/// one space everywhere, as in a text that a browser shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The passage.
    pub quote: String,
    /// At most 64 characters before it.
    pub prefix: String,
    /// At most 64 characters after it.
    pub suffix: String,
    /// The paragraph in which it begins, numbered from 1.
    pub paragraph: usize,
}

/// Finds a passage in the paragraphs of a text: in the paragraph that the
/// reader came from if it stands there, else where it stands first. Typed
/// quotation marks and dashes match the printed ones.
#[must_use]
pub fn anchor(paragraphs: &[String], paragraph: Option<usize>, passage: &str) -> Option<Anchor> {
    let passage = plain(passage);
    if passage.is_empty() {
        return None;
    }
    let (joined, starts) = join(paragraphs);
    let place = |text: &str, wanted: &str, starts: &[usize]| {
        let preferred = paragraph.and_then(|number| {
            let from = *starts.get(number.checked_sub(1)?)?;
            let to = starts.get(number).map_or(text.len(), |next| *next);
            text.get(from..to)?.find(wanted).map(|at| from + at)
        });
        preferred.or_else(|| text.find(wanted))
    };
    let (at, end) = match place(&joined, &passage, &starts) {
        Some(at) => (at, at + passage.len()),
        None => {
            // Folding keeps the number of characters, so that places carry over.
            let folded = fold(&joined);
            let starts: Vec<usize> = starts
                .iter()
                .map(|start| fold(&joined[..*start]).len())
                .collect();
            let wanted = fold(&passage);
            let found = place(&folded, &wanted, &starts)?;
            let first = folded[..found].chars().count();
            let at = nth(&joined, first);
            (at, at + nth(&joined[at..], wanted.chars().count()))
        }
    };
    let before = &joined[..at];
    let after = &joined[end..];
    let from = before
        .char_indices()
        .rev()
        .take(CONTEXT)
        .last()
        .map_or(at, |(index, _)| index);
    Some(Anchor {
        quote: joined[at..end].to_owned(),
        prefix: before[from..].to_owned(),
        suffix: after[..nth(after, CONTEXT)].to_owned(),
        paragraph: starts.partition_point(|start| *start <= at),
    })
}

/// Text as a browser shows it: one space for all white space, no marks that
/// print nothing, and without the flag that links a paragraph to its form.
#[must_use]
pub fn plain(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|character| !is_invisible(*character))
        .collect();
    let mut plain = String::with_capacity(visible.len());
    for word in visible.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}

/// Marks that print nothing, and the flag.
fn is_invisible(character: char) -> bool {
    matches!(character, '⚑' | '\u{ad}' | '\u{200b}' | '\u{feff}')
}

/// The paragraphs as one line, and where each begins in it, in bytes.
fn join(paragraphs: &[String]) -> (String, Vec<usize>) {
    let mut joined = String::new();
    let mut starts = Vec::with_capacity(paragraphs.len());
    for paragraph in paragraphs {
        let paragraph = plain(paragraph);
        if !joined.is_empty() && !paragraph.is_empty() {
            joined.push(' ');
        }
        starts.push(joined.len());
        joined.push_str(&paragraph);
    }
    (joined, starts)
}

/// What a keyboard types for what is printed, one character for one.
fn fold(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '‘' | '’' | '‛' | '′' => '\'',
            '“' | '”' | '„' | '″' => '"',
            '‐' | '‑' | '–' | '—' | '−' => '-',
            other => other,
        })
        .collect()
}

/// Where the character with this number begins, in bytes; the end of the text
/// where it has fewer.
fn nth(text: &str, number: usize) -> usize {
    text.char_indices()
        .nth(number)
        .map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn paragraphs() -> Vec<String> {
        [
            "The battle began on 31 December. The city’s people fled.",
            "On 4 January the city fell. It was cold.",
            "It was cold.",
        ]
        .map(str::to_owned)
        .to_vec()
    }

    #[test]
    fn a_passage_is_kept_with_the_words_around_it() {
        let anchor = anchor(&paragraphs(), None, " the\n city  fell. ").unwrap();
        assert_eq!(anchor.quote, "the city fell.");
        assert!(anchor.prefix.ends_with("people fled. On 4 January "));
        assert_eq!(anchor.suffix, " It was cold. It was cold.");
        assert_eq!(anchor.prefix.chars().count(), 64);
        assert_eq!(anchor.paragraph, 2);
    }

    #[test]
    fn words_that_stand_twice_are_found_where_the_reader_was() {
        let found = |paragraph| {
            anchor(&paragraphs(), paragraph, "It was cold.")
                .unwrap()
                .paragraph
        };
        assert_eq!(found(None), 2);
        assert_eq!(found(Some(3)), 3);
        assert_eq!(found(Some(1)), 2);
        assert_eq!(found(Some(0)), 2);
        assert_eq!(found(Some(usize::MAX)), 2);
    }

    #[test]
    fn typed_marks_match_printed_ones_and_the_printed_ones_are_kept() {
        let anchor = anchor(&paragraphs(), None, "The city's people").unwrap();
        assert_eq!(anchor.quote, "The city’s people");
        assert_eq!(anchor.suffix.chars().next(), Some(' '));
        assert_eq!(super::anchor(&paragraphs(), None, "Not there"), None);
    }

    proptest! {
        #[test]
        fn whatever_stands_in_the_text_is_found(
            texts in prop::collection::vec("[a-z’“” \n\u{a0}é漢.]{0,40}", 1..5),
            from in 0usize..100,
            length in 1usize..60,
            paragraph in prop::option::of(0usize..8),
        ) {
            let joined = plain(&texts.join(" "));
            let quote: String = joined.chars().skip(from).take(length).collect();
            let quote = quote.trim();
            if quote.is_empty() {
                prop_assert_eq!(anchor(&texts, paragraph, quote), None);
                return Ok(());
            }
            let anchor = anchor(&texts, paragraph, quote).unwrap();
            prop_assert_eq!(&anchor.quote, quote);
            prop_assert!(anchor.paragraph >= 1 && anchor.paragraph <= texts.len());
            let (whole, _) = join(&texts);
            let around = format!("{}{}{}", anchor.prefix, anchor.quote, anchor.suffix);
            prop_assert!(whole.contains(&around));
        }
    }
}
