//! Parses, and stops where a text nests too deep. Each level costs stack or
//! time in some parser, browser or reader; no honest text comes near the limit.

use pulldown_cmark::{Event, Options, Parser, TagEnd};

use super::problems::Problems;
use super::render::Placed;

/// How deep quotes, lists and emphasis may nest.
const DEEPEST: usize = 64;

/// How far a line may be indented, in columns: a list nests by its indent.
const WIDEST: usize = 512;

/// The parser's events, cut off (with everything closed) where they nest too
/// deep.
pub(super) fn parse<'a>(text: &'a str, problems: &mut Problems) -> Vec<Placed<'a>> {
    // The older footnotes make a reference of `[^x]` even if nothing defines
    // it, which is how sources are cited; and their labels may run over the end
    // of a line.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_OLD_FOOTNOTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_WIKILINKS;
    let shallow = shallow(text);
    if shallow.len() < text.len() {
        report(shallow.len(), problems);
    }
    // Prose has about one in twenty bytes.
    let mut events = Vec::with_capacity(shallow.len() / 16);
    let mut open: Vec<TagEnd> = Vec::new();
    for (event, range) in Parser::new_ext(shallow, options).into_offset_iter() {
        match &event {
            Event::Start(_) if open.len() == DEEPEST => {
                report(range.start, problems);
                let closing = open.drain(..).rev().map(Event::End);
                events.extend(closing.map(|event| (event, range.start..range.start)));
                break;
            }
            Event::Start(tag) => open.push(tag.to_end()),
            Event::End(_) => {
                open.pop();
            }
            _ => {}
        }
        events.push((event, range));
    }
    events
}

fn report(offset: usize, problems: &mut Problems) {
    problems.error(offset, "M001", || {
        format!(
            "Quotes, lists or emphasis nest more than {DEEPEST} deep here; the text is left out \
             from here on. Write it with fewer levels."
        )
    });
}

/// The text before the first line that opens too many quotes and lists at once.
/// The parser looks at every open one again for each line that follows, so such
/// a line must not reach it: a megabyte of them would take minutes.
fn shallow(text: &str) -> &str {
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        if is_too_deep(line.trim_end()) {
            return &text[..start];
        }
        start += line.len();
    }
    text
}

fn is_too_deep(line: &str) -> bool {
    let mut rest = line;
    let mut levels = 0;
    let mut columns = 0;
    loop {
        let inner = rest.trim_start_matches([' ', '\t']);
        columns += rest[..rest.len() - inner.len()]
            .bytes()
            .map(|byte| if byte == b'\t' { 4 } else { 1 })
            .sum::<usize>();
        if columns > WIDEST || levels > DEEPEST {
            return !is_rule(inner);
        }
        let Some(length) = marker(inner) else {
            return false;
        };
        levels += 1;
        rest = &inner[length..];
    }
}

/// A line of many hyphens or stars is a rule and no list.
fn is_rule(line: &str) -> bool {
    ["-", "*"].iter().any(|mark| {
        line.starts_with(mark)
            && line
                .split([' ', '\t'])
                .all(|part| part.replace(mark, "").is_empty())
    })
}

/// Length of the mark of a quote, a list item or a note that `line` begins with.
fn marker(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let ends = |length: usize| matches!(bytes.get(length), None | Some(b' ' | b'\t'));
    match bytes.first()? {
        b'>' => Some(1),
        b'-' | b'*' | b'+' => ends(1).then_some(1),
        b'0'..=b'9' => {
            let digits = bytes
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            let closed = matches!(bytes.get(digits), Some(b'.' | b')'));
            (digits <= 9 && closed && ends(digits + 1)).then_some(digits + 1)
        }
        b'[' if bytes.get(1) == Some(&b'^') => {
            let end = line.find(']')?;
            (bytes.get(end + 1) == Some(&b':')).then_some(end + 2)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_lines_never_reach_the_parser() {
        for marker in [
            ">",
            "> ",
            "- ",
            "* ",
            "+ ",
            "12) ",
            "> - ",
            "[^a]: > ",
            "          - ",
        ] {
            let deep = format!("a\n\n{}b\n\nc\n", marker.repeat(70));
            assert_eq!(shallow(&deep), "a\n\n", "{marker:?}");
        }
        assert_eq!(shallow(&format!("a\r{}b", " ".repeat(600))), "a\r");
    }

    #[test]
    fn honest_lines_do() {
        for line in [
            "- ".repeat(100),
            format!("> {}", "*".repeat(100)),
            "-".repeat(100),
            format!("{}a", "> ".repeat(60)),
            " ".repeat(600),
            format!("|{}", "-|".repeat(100)),
            "1914. 1918. ".repeat(10),
            "words > words ".repeat(100),
        ] {
            assert_eq!(shallow(&line), line);
        }
    }
}
