//! The way back: from plain text that readers see to the Markdown it is
//! written in.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::problems::Problems;
use super::render::Placed;
use super::{Passage, PassageKind, depth, escape};

/// The smallest stretch of `source` that gives these bytes of the plain text
/// `plain` of a passage. Markup that the stretch would cut in two is taken in
/// whole. `None` where the two cannot be followed beside each other.
#[must_use]
pub fn origin(
    source: &str,
    passage: &Passage,
    plain: &str,
    range: Range<usize>,
) -> Option<Range<usize>> {
    // A control character is replaced before the text is read, and all bytes
    // after it move.
    if source.contains(escape::is_control) {
        return None;
    }
    let words = plain.get(range.clone())?;
    let last = range.start + words.char_indices().next_back()?.0;
    let mut problems = Problems::new(source);
    let events = depth::parse(source, &mut problems);
    if matches!(passage.kind, PassageKind::Table | PassageKind::Code) {
        return verbatim(source, passage, words, &events);
    }
    let marked: Vec<Range<usize>> = events.iter().filter_map(inline_markup).collect();
    let way = Way {
        source,
        passage,
        plain,
    };
    let start = match way.to(range.start) {
        Ok(place) => place.start,
        // Words that a link gave and that stand nowhere in the source.
        Err(lost) => next(&marked, lost)?.start,
    };
    let end = match way.to(last) {
        Ok(place) => place.end,
        Err(lost) => next(&marked, lost)?.end,
    };
    if start >= end {
        return None;
    }
    Some(whole(start..end, &marked))
}

/// The words as they stand in a table or in a block of code, of which only the
/// beginning is known; `None` if they stand there twice, or with markup.
fn verbatim(
    source: &str,
    passage: &Passage,
    words: &str,
    events: &[Placed],
) -> Option<Range<usize>> {
    let (_, start) = *passage.anchors.first()?;
    let (_, block) = events.iter().find(|(event, range)| {
        let is_block = matches!(event, Event::Start(Tag::Table(_) | Tag::CodeBlock(_)));
        is_block && range.start == start
    })?;
    let mut found = source[block.clone()].match_indices(words);
    let at = block.start + found.next()?.0;
    found.next().is_none().then(|| at..at + words.len())
}

/// The bytes of markup inside a line; `None` for words and for blocks.
fn inline_markup((event, range): &Placed) -> Option<Range<usize>> {
    let is_inline = matches!(
        event,
        Event::Start(
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. }
        ) | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
    );
    is_inline.then(|| range.clone())
}

/// The first markup that begins at a byte or after it.
fn next(marked: &[Range<usize>], from: usize) -> Option<Range<usize>> {
    let after = marked.iter().filter(|range| range.start >= from);
    after.min_by_key(|range| range.start).cloned()
}

/// The stretch with all markup that it would cut in two.
fn whole(mut stretch: Range<usize>, marked: &[Range<usize>]) -> Range<usize> {
    loop {
        let before = stretch.clone();
        for one in marked {
            let apart = one.end <= stretch.start || one.start >= stretch.end;
            let inside = one.start >= stretch.start && one.end <= stretch.end;
            let around = one.start < stretch.start && one.end > stretch.end;
            if !(apart || inside || around) {
                stretch = stretch.start.min(one.start)..stretch.end.max(one.end);
            }
        }
        if stretch == before {
            return stretch;
        }
    }
}

struct Way<'a> {
    source: &'a str,
    passage: &'a Passage,
    plain: &'a str,
}

impl Way<'_> {
    /// The bytes of the source for the character at a byte of the plain text;
    /// as an error, the byte of the source at which the way was lost.
    fn to(&self, at: usize) -> Result<Range<usize>, usize> {
        let anchors = &self.passage.anchors;
        let after = anchors.partition_point(|(plain, _)| *plain <= at);
        let (plain, start) = anchors[after.saturating_sub(1)];
        let mut place = start..start;
        for character in self.plain[plain..].char_indices() {
            let (offset, character) = character;
            let from = self.skip(place.end);
            let length = consumed(&self.source[from..], character).ok_or(from)?;
            place = from..from + length;
            if plain + offset >= at {
                // The backslash belongs to what it escapes.
                let escaped = self.source[..place.start].ends_with('\\')
                    && !self.source[..place.start].ends_with("\\\\");
                return Ok(place.start - usize::from(escaped)..place.end);
            }
        }
        Err(place.end)
    }

    /// Skips what begins a line inside a quote.
    fn skip(&self, at: usize) -> usize {
        if !self.source[..at].ends_with('\n') {
            return at;
        }
        at + self.source[at..].len() - self.source[at..].trim_start_matches([' ', '\t', '>']).len()
    }
}

/// How many bytes at the start of the source gave this character.
fn consumed(source: &str, character: char) -> Option<usize> {
    let first = source.chars().next()?;
    let typed: &[&str] = match character {
        '…' => &["..."],
        '–' => &["--", "-"],
        '—' => &["---"],
        '‘' | '’' => &["'"],
        '“' | '”' => &["\""],
        _ => &[],
    };
    if first == '&'
        && let Some(end) = source.char_indices().take(40).find(|(_, c)| *c == ';')
    {
        // An ampersand that stands for itself has no name of its own.
        let name = &source[1..end.0];
        if character != '&' || matches!(name, "amp" | "AMP" | "#38" | "#x26") {
            return Some(end.0 + 1);
        }
    }
    if first == character || (character == ' ' && first.is_whitespace()) {
        return Some(first.len_utf8());
    }
    let typed = typed.iter().find(|typed| source.starts_with(**typed))?;
    Some(typed.len())
}
