//! What a reader can choose from as the passage that a report is about.

use crate::content::passages::{anchor, plain, sentences};

/// A longer paragraph is not offered for choice; it could not be sent back
/// within the limit of the form.
pub(super) const LONGEST_CHOICE: usize = 4000;
/// More sentences than this are a list to search and not to choose from.
const MOST_CHOICES: usize = 60;

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
        fn nothing_that_is_sent_breaks_it(
            texts in prop::collection::vec("\\PC{0,30}", 0..4),
            passage in "\\PC{0,30}",
            paragraph in prop::option::of(any::<usize>()),
        ) {
            let offer = offer(&texts, paragraph, &passage, false);
            prop_assert!(offer.choices.iter().filter(|choice| choice.selected).count() <= 1);
        }
    }
}
