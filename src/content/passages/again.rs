//! Finds a passage again after the text around it, or the passage itself, was
//! changed.

use std::collections::HashMap;
use std::ops::Range;

use super::{Anchor, fold, is_invisible, plain, sentences};

/// What has become of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It stands there in the same words; typography alone may differ.
    Same(Vec<Piece>),
    /// Its words were changed, and this is what most likely stands in their
    /// place now.
    Changed(Vec<Piece>),
    /// Neither it nor anything like it is there.
    Gone,
}

/// A stretch of one paragraph. A passage that runs over several paragraphs has
/// a piece in each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The paragraph, numbered from 1.
    pub paragraph: usize,
    /// Bytes of that paragraph as it was given.
    pub range: Range<usize>,
}

/// So much of the context must match for it to prove a place, in characters,
/// where that much was kept.
const PROOF: usize = 24;
/// A sentence that shares less than this part of its words with the passage is
/// another sentence.
const ALIKE: f64 = 0.5;

/// Finds a passage in the paragraphs that a text has now. Words that stand
/// twice are told apart by what stood around them; and where what stood around
/// the passage now stands around other words, the passage was changed, even if
/// its words still stand elsewhere.
#[must_use]
pub fn find_again(paragraphs: &[String], anchor: &Anchor) -> Found {
    let text = Text::of(paragraphs);
    let [quote, prefix, suffix] =
        [&anchor.quote, &anchor.prefix, &anchor.suffix].map(|part| fold(part));
    let quote = plain(&quote);
    if quote.is_empty() {
        return Found::Gone;
    }
    let all = prefix.chars().count() + suffix.chars().count();
    let standing = text
        .line
        .match_indices(&quote)
        .map(|(at, _)| {
            let end = at + quote.len();
            let score = text.before(at, &prefix) + text.after(end, &suffix);
            let far = text.paragraph(at).abs_diff(anchor.paragraph);
            (score, std::cmp::Reverse(far), at..end)
        })
        .max_by_key(|(score, far, _)| (*score, *far));
    let replaced = text
        .replaced(&quote, &prefix, &suffix)
        .max_by_key(|(score, _)| *score);
    match (standing, replaced) {
        (Some((score, _, range)), Some((other, between))) => {
            // The passage itself proves something, too, but not against a
            // context that is there in full.
            let bonus = quote.chars().count().min(PROOF);
            if score >= all || (other < all && score + bonus >= other) {
                Found::Same(text.pieces(range))
            } else {
                Found::Changed(text.pieces(between))
            }
        }
        (Some((_, _, range)), None) => Found::Same(text.pieces(range)),
        (None, Some((_, between))) => Found::Changed(text.pieces(between)),
        (None, None) => match nearest(paragraphs, &quote, anchor.paragraph) {
            Some(piece) => Found::Changed(vec![piece]),
            None => Found::Gone,
        },
    }
}

/// The paragraphs as one folded line, and where each character comes from.
struct Text {
    line: String,
    /// For each character of the line: its byte in the line, its paragraph from
    /// 1, and its bytes there.
    places: Vec<(usize, usize, Range<usize>)>,
}

impl Text {
    fn of(paragraphs: &[String]) -> Text {
        let mut text = Text {
            line: String::new(),
            places: Vec::new(),
        };
        for (number, paragraph) in (1..).zip(paragraphs) {
            let mut space = (!text.line.is_empty()).then_some(0..0);
            for (at, character) in paragraph.char_indices() {
                let here = at..at + character.len_utf8();
                if character.is_whitespace() {
                    if !text.line.is_empty() && space.is_none() {
                        space = Some(here);
                    }
                } else if !is_invisible(character) {
                    if let Some(before) = space.take() {
                        text.push(' ', number, before);
                    }
                    text.push(character, number, here);
                }
            }
        }
        text
    }

    fn push(&mut self, character: char, paragraph: usize, range: Range<usize>) {
        self.places.push((self.line.len(), paragraph, range));
        self.line
            .push_str(&fold(character.encode_utf8(&mut [0; 4])));
    }

    /// How many characters before a byte are those at the end of `prefix`.
    fn before(&self, at: usize, prefix: &str) -> usize {
        let here = self.line[..at].chars().rev();
        here.zip(prefix.chars().rev())
            .take_while(|(here, there)| here == there)
            .count()
    }

    /// How many characters from a byte on are those at the start of `suffix`.
    fn after(&self, at: usize, suffix: &str) -> usize {
        let here = self.line[at..].chars();
        here.zip(suffix.chars())
            .take_while(|(here, there)| here == there)
            .count()
    }

    /// The paragraph in which a byte of the line lies.
    fn paragraph(&self, at: usize) -> usize {
        let after = self.places.partition_point(|(start, _, _)| *start <= at);
        self.places
            .get(after.saturating_sub(1))
            .map_or(1, |(_, paragraph, _)| *paragraph)
    }

    /// Stretches of other words between what stood before the passage and what
    /// stood after it, and how much of both is still there.
    fn replaced(
        &self,
        quote: &str,
        prefix: &str,
        suffix: &str,
    ) -> impl Iterator<Item = (usize, Range<usize>)> {
        let tail = last(prefix, PROOF);
        let head = first(suffix, PROOF);
        let longest = quote.len() * 4 + 400;
        let starts: Vec<usize> = if tail.is_empty() {
            vec![0]
        } else {
            let found = self.line.match_indices(tail);
            found.map(|(at, _)| at + tail.len()).collect()
        };
        starts.into_iter().filter_map(move |start| {
            let limit = self.line.floor_char_boundary(start + longest);
            let end = if head.is_empty() {
                (limit == self.line.len()).then_some(limit)?
            } else {
                start + self.line[start..limit].find(head)?
            };
            let between = self.line[start..end].trim();
            if between.is_empty() || between.contains(quote) {
                return None;
            }
            let from = start + self.line[start..end].find(between)?;
            let score = self.before(start, prefix) + self.after(end, suffix);
            Some((score, from..from + between.len()))
        })
    }

    /// Where bytes of the line stand in the paragraphs.
    fn pieces(&self, range: Range<usize>) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let first = self
            .places
            .partition_point(|(start, _, _)| *start < range.start);
        for (start, paragraph, bytes) in &self.places[first..] {
            if *start >= range.end {
                break;
            }
            match pieces.last_mut() {
                Some(last) if last.paragraph == *paragraph => last.range.end = bytes.end,
                // The space between two paragraphs is in neither.
                _ if bytes.is_empty() => {}
                _ => pieces.push(Piece {
                    paragraph: *paragraph,
                    range: bytes.clone(),
                }),
            }
        }
        pieces
    }
}

/// The sentence that shares most words with the passage, if it shares enough;
/// of two the one nearer to where the passage stood.
fn nearest(paragraphs: &[String], quote: &str, home: usize) -> Option<Piece> {
    let wanted = words(quote);
    let mut best: Option<(f64, usize, Piece)> = None;
    for (number, paragraph) in (1_usize..).zip(paragraphs) {
        let mut from = 0;
        for sentence in sentences(paragraph) {
            let at = from + paragraph[from..].find(sentence).unwrap_or(0);
            from = at + sentence.len();
            let alike = likeness(&wanted, &words(&fold(sentence)));
            let far = number.abs_diff(home);
            let better = best
                .as_ref()
                .is_none_or(|(most, least, _)| alike > *most || (alike == *most && far < *least));
            if alike >= ALIKE && better {
                let piece = Piece {
                    paragraph: number,
                    range: at..from,
                };
                best = Some((alike, far, piece));
            }
        }
    }
    best.map(|(_, _, piece)| piece)
}

fn words(text: &str) -> Vec<String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Which part of their words two texts share; of a few words out of a long
/// sentence, which part of those few is in it.
fn likeness(quote: &[String], sentence: &[String]) -> f64 {
    if quote.is_empty() || sentence.is_empty() {
        return 0.0;
    }
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in sentence {
        *left.entry(word).or_default() += 1;
    }
    let mut shared = 0_u32;
    for word in quote {
        if let Some(count) = left.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    let of = |total: usize| f64::from(shared) / f64::from(u32::try_from(total).unwrap_or(u32::MAX));
    let both = 2.0 * of(quote.len() + sentence.len());
    if quote.len() >= 4 {
        both.max(0.75 * of(quote.len()))
    } else {
        both
    }
}

fn last(text: &str, characters: usize) -> &str {
    let start = text.char_indices().rev().take(characters).last();
    &text[start.map_or(text.len(), |(at, _)| at)..]
}

fn first(text: &str, characters: usize) -> &str {
    &text[..super::nth(text, characters)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::anchor;
    use super::*;

    fn texts(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    fn words_of(now: &[String], pieces: &[Piece]) -> String {
        let parts: Vec<&str> = pieces
            .iter()
            .map(|piece| &now[piece.paragraph - 1][piece.range.clone()])
            .collect();
        parts.join(" ")
    }

    fn seen(before: &[&str], paragraph: usize, quote: &str, after: &[&str]) -> (char, String) {
        let anchor = anchor(&texts(before), Some(paragraph), quote).unwrap();
        let now = texts(after);
        match find_again(&now, &anchor) {
            Found::Same(pieces) => ('s', words_of(&now, &pieces)),
            Found::Changed(pieces) => ('c', words_of(&now, &pieces)),
            Found::Gone => ('g', String::new()),
        }
    }

    const BEFORE: [&str; 4] = [
        "The battle began on 31 December 1950.",
        "On 7 January the city fell to Chinese forces. It was cold.",
        "The army crossed the river Han. It was cold.",
        "A counter-attack followed in March.",
    ];

    #[test]
    fn a_passage_is_the_same_whatever_happens_elsewhere() {
        let quote = "On 7 January the city fell to Chinese forces.";
        for after in [
            BEFORE.to_vec(),
            vec![BEFORE[1]],
            vec!["New.", BEFORE[3], BEFORE[1], BEFORE[0]],
            vec![
                "Words. Then on 7 January came snow.",
                "Before dawn. On 7  January the city\nfell to Chinese forces. Warm.",
            ],
        ] {
            let (kind, words) = seen(&BEFORE, 2, quote, &after);
            assert_eq!((kind, plain(&words)), ('s', quote.to_owned()), "{after:?}");
        }
    }

    #[test]
    fn a_changed_passage_is_shown_as_it_stands_now() {
        let mut after = BEFORE;
        after[1] = "On 4 January the city fell to Chinese and Korean forces. It was cold.";
        let quote = "On 7 January the city fell to Chinese forces.";
        let expected = "On 4 January the city fell to Chinese and Korean forces.";
        assert_eq!(seen(&BEFORE, 2, quote, &after), ('c', expected.to_owned()));
        // A part of a sentence, and what has nothing in common with it.
        assert_eq!(seen(&BEFORE, 2, "7", &after), ('c', "4".to_owned()));
        // Nothing around it is what it was.
        let rewritten = [
            "A new beginning.",
            "At night on 4 January the city fell to the Chinese forces, it is said.",
        ];
        let (kind, words) = seen(&BEFORE, 2, quote, &rewritten);
        assert_eq!((kind, words.as_str()), ('c', rewritten[1]));
        assert_eq!(seen(&BEFORE, 2, quote, &["Other words."]).0, 'g');
        assert_eq!(seen(&BEFORE, 2, quote, &[]).0, 'g');
    }

    #[test]
    fn the_same_words_elsewhere_do_not_hide_a_change() {
        let mut after = BEFORE;
        after[1] = "On 7 January the city fell to Chinese forces. It was mild.";
        assert_eq!(
            seen(&BEFORE, 2, "It was cold.", &after),
            ('c', "It was mild.".to_owned())
        );
        // The other one has not changed.
        let anchor = anchor(&texts(&BEFORE), Some(3), "It was cold.").unwrap();
        let Found::Same(pieces) = find_again(&texts(&after), &anchor) else {
            panic!("not the same")
        };
        assert_eq!(pieces[0].paragraph, 3);
    }

    #[test]
    fn a_passage_over_two_paragraphs_has_a_piece_in_each() {
        let anchor = anchor(&texts(&BEFORE), None, "It was cold. The army").unwrap();
        let now = texts(&BEFORE);
        let Found::Same(pieces) = find_again(&now, &anchor) else {
            panic!("not the same")
        };
        assert_eq!(pieces.len(), 2);
        assert_eq!(words_of(&now, &pieces), "It was cold. The army");
    }

    fn text() -> impl Strategy<Value = Vec<Vec<String>>> {
        let word = "[a-z]{2,6}|[0-9]{1,4}";
        let sentence =
            prop::collection::vec(word, 3..9).prop_map(|words| format!("{}.", words.join(" ")));
        prop::collection::vec(prop::collection::vec(sentence, 1..5), 1..6)
    }

    fn joined(text: &[Vec<String>]) -> Vec<String> {
        text.iter().map(|sentences| sentences.join(" ")).collect()
    }

    proptest! {
        #[test]
        fn an_edit_elsewhere_never_loses_a_passage(
            text in text(),
            at in any::<(prop::sample::Index, prop::sample::Index)>(),
            edited in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 0..4),
            new in "[A-Z]{1,12}( [A-Z]{1,12}){0,6}\\.",
        ) {
            let paragraph = at.0.index(text.len());
            let sentence = at.1.index(text[paragraph].len());
            let quote = text[paragraph][sentence].clone();
            let anchor = anchor(&joined(&text), Some(paragraph + 1), &quote).unwrap();
            let mut now = text.clone();
            for (p, s) in edited {
                let p = p.index(now.len());
                let s = s.index(now[p].len());
                if (p, s) != (paragraph, sentence) {
                    now[p][s].clone_from(&new);
                }
            }
            let now = joined(&now);
            let Found::Same(pieces) = find_again(&now, &anchor) else {
                return Err(TestCaseError::fail("lost"));
            };
            prop_assert_eq!(words_of(&now, &pieces), quote);
        }

        #[test]
        fn an_edit_inside_is_never_called_the_same(
            text in text(),
            twice in any::<bool>(),
            at in any::<(prop::sample::Index, prop::sample::Index, prop::sample::Index)>(),
            new in "[A-Z]{1,8}",
        ) {
            let mut text = text;
            let paragraph = at.0.index(text.len());
            let sentence = at.1.index(text[paragraph].len());
            let quote = text[paragraph][sentence].clone();
            if twice {
                text.push(vec!["An end.".to_owned(), quote.clone(), "Really.".to_owned()]);
            }
            let anchor = anchor(&joined(&text), Some(paragraph + 1), &quote).unwrap();
            prop_assume!(anchor.paragraph == paragraph + 1);
            let mut words: Vec<&str> = quote.split(' ').collect();
            let word = at.2.index(words.len() - 1);
            words[word] = &new;
            let edited = words.join(" ");
            let mut now = text.clone();
            now[paragraph][sentence].clone_from(&edited);
            let now = joined(&now);
            match find_again(&now, &anchor) {
                Found::Changed(pieces) => prop_assert_eq!(words_of(&now, &pieces), edited),
                other => prop_assert!(false, "{:?}", other),
            }
        }

        #[test]
        fn nothing_breaks_it(
            now in prop::collection::vec("\\PC{0,30}|[ab ’'\u{ad}\n]{0,20}", 0..4),
            parts in prop::collection::vec("\\PC{0,12}|[ab ’']{0,6}", 3),
        ) {
            let anchor = Anchor {
                quote: parts[0].clone(),
                prefix: parts[1].clone(),
                suffix: parts[2].clone(),
                paragraph: 1,
            };
            if let Found::Same(pieces) | Found::Changed(pieces) = find_again(&now, &anchor) {
                prop_assert!(!pieces.is_empty());
                for piece in pieces {
                    prop_assert!(now[piece.paragraph - 1].get(piece.range).is_some());
                }
            }
        }
    }
}
