//! The same event told twice, with unlike dates.

use std::collections::BTreeSet;

use super::dating::{Dating, Text};
use super::deeds;
use crate::content::Diagnostic;
use crate::dates::reading::{Mention, Stated};

/// So many words of substance must two sentences have before they can be the
/// same one told twice.
const FEWEST_WORDS: usize = 4;

/// Of the words of both sentences, so many in a hundred are in each.
const ALIKE_PERCENT: usize = 60;

/// A text of more sentences with a full date than this is a chronicle, whose
/// sentences are alike by nature; comparing them all would take too long too.
const MOST_SENTENCES: usize = 60;

/// D012: two sentences that say nearly the same, each with one full date, and
/// the dates differ.
pub(super) fn lint(dating: &Dating, found: &mut Vec<Diagnostic>) {
    let sentences: Vec<Sentence> = dating.texts.iter().flat_map(sentences).collect();
    if sentences.len() > MOST_SENTENCES {
        return;
    }
    for (index, one) in sentences.iter().enumerate() {
        for other in &sentences[..index] {
            if one.mention.kind == other.mention.kind || !alike(&one.words, &other.words) {
                continue;
            }
            let message = format!(
                "the same seems to be told with another date: {}",
                one.date()
            );
            let note = format!("here it is {}", other.date());
            let help = "mend the one that is wrong, or say what happened on each day";
            let place = dating.place(one.text, one.mention);
            found.push(
                Diagnostic::warning_at(&place, "D012", &message)
                    .note(&note, Some(dating.place(other.text, other.mention)))
                    .help(help),
            );
            break;
        }
    }
}

/// A sentence with one full date.
struct Sentence<'d> {
    text: &'d Text<'d>,
    mention: &'d Mention,
    /// Its words of substance, without the date.
    words: BTreeSet<String>,
}

impl Sentence<'_> {
    fn date(&self) -> &str {
        &self.text.words[self.mention.range.clone()]
    }
}

fn sentences<'d>(text: &'d Text<'d>) -> Vec<Sentence<'d>> {
    let is_full =
        |mention: &Mention| matches!(mention.kind, Stated::Day { .. }) && mention.span.is_none();
    if !text.mentions.iter().any(is_full) {
        return Vec::new();
    }
    deeds::sentences(text)
        .filter_map(|range| {
            let mut mentions = text
                .mentions
                .iter()
                .filter(|mention| range.contains(&mention.range.start));
            let mention = mentions.next()?;
            let alone = mentions.next().is_none();
            let before = text.words.get(range.start..mention.range.start)?;
            let after = text.words.get(mention.range.end..range.end)?;
            let words = words(before).chain(words(after)).collect();
            (is_full(mention) && alone).then_some(Sentence {
                text,
                mention,
                words,
            })
        })
        .collect()
}

/// Words that carry meaning: four letters or more, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().count() >= 4)
        .map(str::to_lowercase)
}

fn alike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let shared = one.intersection(other).count();
    let all = one.union(other).count();
    shared >= FEWEST_WORDS && shared * 100 >= all * ALIKE_PERCENT
}
