//! The text of a page as a browser searches it for a directive: in runs, within
//! which words must lie, because no match reaches over the edge of a block or
//! over the mark of a note.

use std::ops::Range;

use super::Directive;

/// All that a browser would search, in the order of the page.
#[derive(Clone, Debug, Default)]
pub(in crate::sharing) struct Text {
    runs: Vec<Run>,
    /// The runs of each passage, by its number from 0.
    passages: Vec<Vec<usize>>,
}

/// Words in a row, with single spaces.
#[derive(Clone, Debug)]
struct Run {
    characters: Vec<char>,
    /// The same without difference of case; as many.
    folded: Vec<char>,
    /// Where each word stands.
    words: Vec<Range<usize>>,
    /// For each character, the byte of the passage that it comes from.
    origins: Vec<usize>,
}

/// Words of a text: from one character to before another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sharing) struct Place {
    from: Position,
    to: Position,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Position {
    run: usize,
    character: usize,
}

impl Place {
    pub(super) fn is_in_one_run(&self) -> bool {
        self.from.run == self.to.run
    }
}

impl Text {
    /// Adds words that can be found but not shared, such as a heading.
    pub(in crate::sharing) fn add_beside(&mut self, words: &str) {
        for line in words.lines() {
            self.runs.extend(Run::new(line, 0));
        }
    }

    /// Adds a passage; `marks` are the bytes of it before which a browser
    /// stops: where the mark of a note stands, or another cell begins.
    pub(in crate::sharing) fn add(&mut self, passage: &str, marks: &[usize]) {
        let mut own = Vec::new();
        let mut cuts: Vec<usize> = marks.to_vec();
        cuts.extend(passage.match_indices('\n').map(|(at, _)| at));
        cuts.push(passage.len());
        cuts.sort_unstable();
        let mut from = 0;
        for cut in cuts {
            if let Some(run) = passage.get(from..cut).and_then(|text| Run::new(text, from)) {
                own.push(self.runs.len());
                self.runs.push(run);
            }
            from = from.max(cut);
        }
        self.passages.push(own);
    }

    /// Where some bytes of a passage stand, without the space around them;
    /// `passage` counts from 0. `None` if they hold no word, and if they begin
    /// or end within one: a browser finds whole words only.
    pub(in crate::sharing) fn place(&self, passage: usize, bytes: Range<usize>) -> Option<Place> {
        let own = self.passages.get(passage)?;
        let mut ends: Option<(Position, Position)> = None;
        for run in own.iter().copied() {
            let Run {
                characters,
                origins,
                ..
            } = &self.runs[run];
            let held = |at: &usize| bytes.contains(&origins[*at]) && characters[*at] != ' ';
            let held: Vec<usize> = (0..characters.len()).filter(held).collect();
            // The full stop after a mark is nothing to look for.
            if !held.iter().any(|at| characters[*at].is_alphanumeric()) {
                continue;
            }
            if let (Some(first), Some(last)) = (held.first(), held.last()) {
                let at = |character: usize| Position { run, character };
                let from = ends.map_or(at(*first), |(from, _)| from);
                ends = Some((from, at(*last)));
            }
        }
        let (from, last) = ends?;
        let to = Position {
            character: last.character + 1,
            ..last
        };
        let is_whole = self.is_edge(from) && self.is_edge(to);
        is_whole.then_some(Place { from, to })
    }

    /// How many characters a place has, if it lies in one run.
    pub(super) fn length(&self, place: &Place) -> usize {
        place.to.character.saturating_sub(place.from.character)
    }

    /// A directive of all words of a place in one run, with so many words from
    /// before and after it. `None` if there are not so many.
    pub(super) fn whole(&self, place: &Place, before: usize, after: usize) -> Option<Directive> {
        if !place.is_in_one_run() {
            return None;
        }
        let run = &self.runs[place.from.run];
        Some(Directive {
            prefix: self.before(place, before)?,
            start: run.text(place.from.character..place.to.character),
            end: None,
            suffix: self.after(place, after)?,
        })
    }

    /// A directive of so many words at each end of a place, or fewer where a
    /// run has fewer. `None` if they would meet.
    pub(super) fn ends(
        &self,
        place: &Place,
        words: usize,
        before: usize,
        after: usize,
    ) -> Option<Directive> {
        let (first, last) = (&self.runs[place.from.run], &self.runs[place.to.run]);
        let is_one = place.is_in_one_run();
        let until = if is_one {
            place.to.character
        } else {
            first.characters.len()
        };
        let begin = if is_one { place.from.character } else { 0 };
        let head: Vec<&Range<usize>> = first.within(place.from.character..until).collect();
        let tail: Vec<&Range<usize>> = last.within(begin..place.to.character).collect();
        let start_to = head.get(words.min(head.len()).checked_sub(1)?)?.end;
        let end_from = tail.get(tail.len().saturating_sub(words))?.start;
        if is_one && start_to >= end_from {
            return None;
        }
        Some(Directive {
            prefix: self.before(place, before)?,
            start: first.text(place.from.character..start_to),
            end: Some(last.text(end_from..place.to.character)),
            suffix: self.after(place, after)?,
        })
    }

    /// The first place that a browser would take for a directive.
    pub(super) fn first(&self, directive: &Directive) -> Option<Place> {
        let start = folded(&directive.start);
        let prefix = directive.prefix.as_deref().map(folded);
        let suffix = directive.suffix.as_deref().map(folded);
        let beginning = Position {
            run: 0,
            character: 0,
        };
        for from in self.matches(&start, beginning) {
            let until = Position {
                character: from.character + start.len(),
                ..from
            };
            if !prefix
                .as_ref()
                .is_none_or(|words| self.precedes(words, from))
            {
                continue;
            }
            let is_followed =
                |at: Position| suffix.as_ref().is_none_or(|words| self.follows(words, at));
            let to = match directive.end.as_deref().map(folded) {
                None => Some(until).filter(|at| is_followed(*at)),
                Some(end) => self
                    .matches(&end, until)
                    .map(|at| Position {
                        character: at.character + end.len(),
                        ..at
                    })
                    .find(|at| is_followed(*at)),
            };
            if let Some(to) = to {
                return Some(Place { from, to });
            }
        }
        None
    }

    /// Where some words stand as whole words, from a position on.
    fn matches<'a>(
        &'a self,
        words: &'a [char],
        from: Position,
    ) -> impl Iterator<Item = Position> + 'a {
        let runs = self.runs.iter().enumerate().skip(from.run);
        runs.flat_map(move |(run, one)| {
            let first = if run == from.run { from.character } else { 0 };
            let last = (one.folded.len() + 1).saturating_sub(words.len());
            (first..last).filter_map(move |character| {
                let end = character + words.len();
                let (from, to) = (
                    Position { run, character },
                    Position {
                        run,
                        character: end,
                    },
                );
                let is_here = one.folded.get(character..end) == Some(words);
                (is_here && self.is_edge(from) && self.is_edge(to)).then_some(from)
            })
        })
    }

    /// Whether some words stand right before a position, perhaps with a space.
    fn precedes(&self, words: &[char], at: Position) -> bool {
        let before = &self.runs[at.run].folded[..at.character];
        let before = before.strip_suffix(&[' ']).unwrap_or(before);
        before.ends_with(words)
            && self.is_edge(Position {
                character: before.len() - words.len(),
                ..at
            })
    }

    /// Whether some words stand right after a position, perhaps with a space.
    fn follows(&self, words: &[char], at: Position) -> bool {
        let folded = &self.runs[at.run].folded;
        let after = &folded[at.character..];
        let after = after.strip_prefix(&[' ']).unwrap_or(after);
        after.starts_with(words)
            && self.is_edge(Position {
                character: folded.len() - after.len() + words.len(),
                ..at
            })
    }

    /// Whether a word may begin or end here.
    fn is_edge(&self, at: Position) -> bool {
        let characters = &self.runs[at.run].characters;
        let is_letter = |at: usize| characters.get(at).is_some_and(|one| one.is_alphanumeric());
        !(at.character.checked_sub(1).is_some_and(is_letter) && is_letter(at.character))
    }

    /// So many words before a place; `Some(None)` for none.
    fn before(&self, place: &Place, words: usize) -> Option<Option<String>> {
        if words == 0 {
            return Some(None);
        }
        let run = &self.runs[place.from.run];
        let all: Vec<&Range<usize>> = run.within(0..place.from.character).collect();
        let (first, last) = (all.get(all.len().checked_sub(words)?)?, all.last()?);
        run.words_between(first.start..last.end).map(Some)
    }

    /// So many words after a place.
    fn after(&self, place: &Place, words: usize) -> Option<Option<String>> {
        if words == 0 {
            return Some(None);
        }
        let run = &self.runs[place.to.run];
        let all: Vec<&Range<usize>> = run
            .within(place.to.character..run.characters.len())
            .collect();
        let (first, last) = (all.first()?, all.get(words - 1)?);
        run.words_between(first.start..last.end).map(Some)
    }
}

impl Run {
    /// `None` where there is no letter and no digit: a full stop between two
    /// marks is nothing to look for. `offset` is where the text begins in its
    /// passage.
    fn new(text: &str, offset: usize) -> Option<Run> {
        let mut characters = Vec::new();
        let mut origins = Vec::new();
        let mut words: Vec<Range<usize>> = Vec::new();
        let mut is_after_space = true;
        for (at, character) in text.char_indices() {
            if character.is_whitespace() {
                is_after_space = true;
                continue;
            }
            if is_after_space {
                if !characters.is_empty() {
                    characters.push(' ');
                    origins.push(offset + at);
                }
                words.push(characters.len()..characters.len());
                is_after_space = false;
            }
            characters.push(character);
            origins.push(offset + at);
            if let Some(word) = words.last_mut() {
                word.end = characters.len();
            }
        }
        let has_word = characters.iter().any(|one: &char| one.is_alphanumeric());
        has_word.then(|| Run {
            folded: characters.iter().copied().map(fold).collect(),
            characters,
            words,
            origins,
        })
    }

    fn text(&self, characters: Range<usize>) -> String {
        self.characters[characters].iter().collect()
    }

    /// The same, if there is more in it than punctuation.
    fn words_between(&self, characters: Range<usize>) -> Option<String> {
        let text = self.text(characters);
        text.chars().any(char::is_alphanumeric).then_some(text)
    }

    /// The words that lie wholly between two characters.
    fn within(&self, range: Range<usize>) -> impl Iterator<Item = &Range<usize>> {
        let words = self.words.iter();
        words.filter(move |word| word.start >= range.start && word.end <= range.end)
    }
}

fn folded(text: &str) -> Vec<char> {
    text.chars().map(fold).collect()
}

/// Browsers make no difference of case. One character for one.
fn fold(character: char) -> char {
    character.to_lowercase().next().unwrap_or(character)
}
