//! The passage that a report is about: what a reader can choose from, and the
//! words around it by which it is found again after the text has moved.

use super::sentences::sentences;

/// How many characters are kept from before and from after a passage.
const CONTEXT: usize = 64;
/// A longer paragraph is not offered for choice; it could not be sent back
/// within the limit of the form.
pub(super) const LONGEST_CHOICE: usize = 4000;
/// More sentences than this are a list to search and not to choose from.
const MOST_CHOICES: usize = 60;

/// A passage as it stands in the text, and its surroundings. White space is
/// one space everywhere, as in a text that a browser shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    /// The passage.
    pub(super) quote: String,
    /// At most 64 characters before it.
    pub(super) prefix: String,
    /// At most 64 characters after it.
    pub(super) suffix: String,
    /// The paragraph in which it begins, numbered from 1.
    pub(super) paragraph: usize,
}

/// One passage of a paragraph, to be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Passage {
    /// What is sent: the words themselves, so that a form which comes back
    /// without the database still holds them.
    pub(super) value: String,
    /// What is shown.
    pub(super) text: String,
    /// Chosen already.
    pub(super) selected: bool,
}

/// What the form offers for a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Offer {
    /// The paragraph it is about, numbered from 1.
    pub(super) paragraph: Option<usize>,
    /// Choices; empty where the reader writes the passage instead.
    pub(super) choices: Vec<Passage>,
}

/// Finds a passage in the paragraphs of a text: in the paragraph that the
/// reader came from if it stands there, else where it stands first. Typed
/// quotation marks and dashes match the printed ones.
pub(super) fn anchor(
    paragraphs: &[String],
    paragraph: Option<usize>,
    passage: &str,
) -> Option<Anchor> {
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

/// What to offer for a link to `paragraph`, with `passage` as the words that
/// the reader has selected or sent before. `fresh` says that nothing was sent
/// yet: then the whole paragraph is chosen if nothing else is.
pub(super) fn offer(
    paragraphs: &[String],
    paragraph: Option<usize>,
    passage: &str,
    fresh: bool,
) -> Offer {
    let exists = |number: &usize| *number >= 1 && *number <= paragraphs.len();
    let paragraph = paragraph.filter(exists);
    let wanted = plain(passage);
    let within = |number: usize| {
        paragraphs
            .get(number - 1)
            .filter(|text| text.chars().count() <= LONGEST_CHOICE)
            .filter(|text| wanted.is_empty() || plain(text).contains(&wanted))
    };
    let home = if wanted.is_empty() {
        paragraph
    } else {
        // Where the words stand, which need not be where the link was.
        anchor(paragraphs, paragraph, passage).map(|anchor| anchor.paragraph)
    };
    let choices = home
        .and_then(within)
        .and_then(|text| choices(text, &wanted, fresh));
    match choices {
        Some(choices) => Offer {
            paragraph: home,
            choices,
        },
        None => Offer {
            paragraph: paragraph.or(home),
            choices: Vec::new(),
        },
    }
}

/// Text as a browser shows it: one space for all white space, no marks that
/// print nothing, and without the flag that links a paragraph to its form.
pub(super) fn plain(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|character| !matches!(character, '⚑' | '\u{ad}' | '\u{200b}' | '\u{feff}'))
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

fn choices(text: &str, wanted: &str, fresh: bool) -> Option<Vec<Passage>> {
    let sentences = sentences(text);
    if sentences.len() > MOST_CHOICES || sentences.is_empty() {
        return None;
    }
    let choice = |value: &str, shown: &str| Passage {
        value: value.to_owned(),
        text: shown.to_owned(),
        selected: !wanted.is_empty() && plain(value) == wanted,
    };
    let mut choices = vec![choice(text, "The whole paragraph")];
    if sentences.len() > 1 {
        choices.extend(sentences.iter().map(|sentence| choice(sentence, sentence)));
    }
    if wanted.is_empty() {
        choices[0].selected = fresh;
    } else if let Some(first) = choices.iter().position(|choice| choice.selected) {
        // A sentence that stands twice is chosen once.
        for choice in &mut choices[first + 1..] {
            choice.selected = false;
        }
    } else {
        choices.insert(1, choice(wanted, wanted));
    }
    Some(choices)
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

    #[test]
    fn a_paragraph_offers_itself_and_then_its_sentences() {
        let offer = offer(&paragraphs(), Some(2), "", true);
        let texts: Vec<&str> = offer
            .choices
            .iter()
            .map(|choice| choice.text.as_str())
            .collect();
        assert_eq!(
            texts,
            [
                "The whole paragraph",
                "On 4 January the city fell.",
                "It was cold."
            ]
        );
        assert_eq!(offer.choices[0].value, paragraphs()[1]);
        assert!(offer.choices[0].selected);
    }

    #[test]
    fn selected_words_are_chosen_whether_or_not_they_are_a_sentence() {
        let chosen = |passage: &str| {
            let offer = offer(&paragraphs(), None, passage, true);
            let chosen: Vec<_> = offer
                .choices
                .into_iter()
                .filter(|one| one.selected)
                .collect();
            (
                offer.paragraph,
                chosen.into_iter().map(|one| one.value).collect::<Vec<_>>(),
            )
        };
        assert_eq!(
            chosen("It  was cold."),
            (Some(2), vec!["It was cold.".to_owned()])
        );
        assert_eq!(chosen("city fell"), (Some(2), vec!["city fell".to_owned()]));
        assert_eq!(chosen("invented"), (None, Vec::new()));
        // Across two paragraphs there is nothing to choose from.
        assert_eq!(chosen("people fled. On 4 January"), (Some(1), Vec::new()));
    }

    #[test]
    fn a_paragraph_that_is_not_there_offers_nothing() {
        assert_eq!(offer(&paragraphs(), Some(9), "", true), Offer::default());
        assert_eq!(offer(&paragraphs(), Some(0), "", true), Offer::default());
        assert_eq!(offer(&[], Some(1), "x", true), Offer::default());
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

        #[test]
        fn nothing_that_is_sent_breaks_it(
            texts in prop::collection::vec("\\PC{0,30}", 0..4),
            passage in "\\PC{0,30}",
            paragraph in prop::option::of(any::<usize>()),
        ) {
            anchor(&texts, paragraph, &passage);
            let offer = offer(&texts, paragraph, &passage, false);
            prop_assert!(offer.choices.iter().filter(|choice| choice.selected).count() <= 1);
        }
    }
}
