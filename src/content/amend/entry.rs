//! Where in the front matter an entry of `corrections:` goes.
//!
//! This looks at lines and brackets and does not understand all of YAML; where
//! it is mistaken, the caller sees it when it reads the result.

use std::ops::Range;

use super::end_of_line;
use crate::articles::model::Correction;

const KEY: &str = "corrections";

/// One line of the front matter.
struct Line<'a> {
    /// Bytes of the file, with the end of the line.
    range: Range<usize>,
    /// The same without it.
    text: &'a str,
}

impl Line<'_> {
    /// How many spaces it begins with.
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    fn is_comment(&self) -> bool {
        self.text.trim_start().starts_with('#')
    }

    /// Whether an item of a list begins here.
    fn is_item(&self) -> bool {
        let rest = self.text.trim_start_matches(' ').strip_prefix('-');
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    }
}

/// The text with the note as the last entry of its list, or in the place of the
/// entry with the index `known`. The error ends a sentence.
pub(super) fn write(
    source: &str,
    note: &Correction,
    known: Option<usize>,
) -> Result<String, &'static str> {
    let entry = flow(note);
    let lines = front_matter(source).ok_or("the file has no front matter")?;
    let end = end_of_line(source);
    let Some(key) = lines.iter().position(|line| value(line.text).is_some()) else {
        let at = lines.last().map_or(0, |fence| fence.range.start);
        let added = format!("{KEY}:{end}  - {entry}{end}");
        return Ok(replaced(source, at..at, &added));
    };
    let after_key = value(lines[key].text).unwrap_or_default();
    let first = lines[key + 1..lines.len() - 1]
        .iter()
        .position(|line| !line.is_empty() && !line.is_comment())
        .map(|at| key + 1 + at)
        .filter(|at| lines[*at].indent() > 0 || lines[*at].is_item());
    if without_comment(after_key).is_empty() {
        return match first {
            Some(first) if lines[first].is_item() => {
                Ok(in_block(source, &lines, first, &entry, known))
            }
            Some(first) if lines[first].text.trim_start().starts_with('[') => {
                in_flow(source, &lines, lines[first].range.start, &entry, known)
            }
            _ => Err("it is no list"),
        };
    }
    let value_at = lines[key].range.start + lines[key].text.len() - after_key.len();
    if without_comment(after_key) == "[]" {
        // A list in lines, one for each entry, shows best what a change adds.
        let at = value_at + after_key.len() - after_key.trim_start().len();
        let from = at - usize::from(source[..at].ends_with(' '));
        let emptied = replaced(source, from..at + 2, "");
        let line_end = lines[key].range.end - (at + 2 - from);
        let added = format!("  - {entry}{end}");
        return Ok(replaced(&emptied, line_end..line_end, &added));
    }
    if after_key.trim_start().starts_with('[') {
        return in_flow(source, &lines, value_at, &entry, known);
    }
    Err("it is no plain list")
}

/// The note as one line of YAML, without its dash. The words stand in double
/// quotation marks, in which everything can be said.
fn flow(note: &Correction) -> String {
    let kind = note.kind.as_str();
    let mut entry = format!("{{date: {}, kind: {kind}, text: \"", note.date);
    for character in note.text.chars() {
        match character {
            '"' | '\\' => {
                entry.push('\\');
                entry.push(character);
            }
            // What YAML takes for the end of a line, for a mark of its own, or
            // does not print at all.
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                entry.push_str(&format!("\\u{:04X}", u32::from(character)));
            }
            '\u{fffe}' | '\u{ffff}' => {
                entry.push_str(&format!("\\u{:04X}", u32::from(character)));
            }
            _ => entry.push(character),
        }
    }
    entry.push('"');
    if let Some(case) = &note.case {
        entry.push_str(&format!(", case: {case}"));
    }
    entry.push('}');
    entry
}

/// The lines after the first fence, the second fence included.
fn front_matter(source: &str) -> Option<Vec<Line<'_>>> {
    let mut lines = Vec::new();
    let mut start = source.len() - source.trim_start_matches('\u{feff}').len();
    let mut opened = false;
    while start < source.len() {
        let rest = &source[start..];
        let length = rest.find(['\r', '\n']).unwrap_or(rest.len());
        let end = if rest[length..].starts_with("\r\n") {
            length + 2
        } else {
            (length + 1).min(rest.len())
        };
        let line = Line {
            range: start..start + end,
            text: &rest[..length],
        };
        start += end;
        let is_fence = line.text == "---";
        if opened {
            lines.push(line);
            if is_fence {
                return Some(lines);
            }
        } else if is_fence {
            opened = true;
        } else {
            return None;
        }
    }
    None
}

/// What stands after the key, if this is its line.
fn value(line: &str) -> Option<&str> {
    let rest = [KEY, "\"corrections\"", "'corrections'"]
        .iter()
        .find_map(|key| line.strip_prefix(key))?;
    let rest = rest.trim_start_matches(' ').strip_prefix(':')?;
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then_some(rest)
}

fn without_comment(value: &str) -> &str {
    let comment = value
        .match_indices('#')
        .find(|(at, _)| *at == 0 || value[..*at].ends_with([' ', '\t']));
    value[..comment.map_or(value.len(), |(at, _)| at)].trim()
}

/// Into a list whose items have lines of their own; `first` is the first.
fn in_block(
    source: &str,
    lines: &[Line],
    first: usize,
    entry: &str,
    known: Option<usize>,
) -> String {
    let indent = lines[first].indent();
    // Where each item begins, and the line after its last.
    let mut items: Vec<(usize, usize)> = Vec::new();
    for (at, line) in lines.iter().enumerate().take(lines.len() - 1).skip(first) {
        if line.is_empty() {
            continue;
        }
        if line.indent() == indent && line.is_item() {
            items.push((at, at + 1));
        } else if line.indent() > indent {
            if let Some(last) = items.last_mut() {
                last.1 = at + 1;
            }
        } else if !line.is_comment() {
            break;
        }
    }
    let end = end_of_line(source);
    let written = format!("{}- {entry}{end}", &" ".repeat(indent));
    let range = match known.and_then(|at| items.get(at)) {
        Some((from, to)) => lines[*from].range.start..lines[to - 1].range.end,
        None => {
            let at = items.last().map_or(first, |(_, to)| to - 1);
            lines[at].range.end..lines[at].range.end
        }
    };
    replaced(source, range, &written)
}

/// Into a list in square brackets; the first of them comes after `from`.
fn in_flow(
    source: &str,
    lines: &[Line],
    from: usize,
    entry: &str,
    known: Option<usize>,
) -> Result<String, &'static str> {
    let to = lines.last().map_or(source.len(), |fence| fence.range.start);
    let (items, last_comma, close) =
        brackets(source, from..to).ok_or("its brackets cannot be followed")?;
    if let Some(item) = known.and_then(|at| items.get(at)) {
        return Ok(replaced(source, item.clone(), entry));
    }
    let (at, added) = match (items.last(), last_comma) {
        (None, _) => (close, entry.to_owned()),
        (Some(item), Some(comma)) if comma >= item.end => (comma + 1, format!(" {entry}")),
        (Some(item), _) => (item.end, format!(", {entry}")),
    };
    Ok(replaced(source, at..at, &added))
}

/// The items between the first bracket and its other half, the last comma
/// between them, and where the list closes.
fn brackets(
    source: &str,
    range: Range<usize>,
) -> Option<(Vec<Range<usize>>, Option<usize>, usize)> {
    let mut items = Vec::new();
    let mut item: Option<Range<usize>> = None;
    let mut comma = None;
    let open = range.start + source[range.clone()].find('[')? + 1;
    let range = open..range.end;
    let mut depth = 1_usize;
    // A quotation mark quotes only where a word could begin.
    let mut fresh = true;
    let mut characters = source[range.clone()].char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let at = range.start + at;
        let mut end = at + character.len_utf8();
        let spaced = source[..at].ends_with([' ', '\t', '\n', '\r']);
        match character {
            '#' if spaced => {
                while characters
                    .next_if(|(_, c)| !matches!(c, '\n' | '\r'))
                    .is_some()
                {}
                continue;
            }
            ' ' | '\t' | '\n' | '\r' => continue,
            '"' | '\'' if fresh => {
                let mut closed = false;
                while let Some((to, inner)) = characters.next() {
                    end = range.start + to + inner.len_utf8();
                    if character == '"' && inner == '\\' {
                        characters.next();
                    } else if inner == character {
                        let doubled = character == '\''
                            && characters.next_if(|(_, next)| *next == '\'').is_some();
                        if !doubled {
                            closed = true;
                            break;
                        }
                    }
                }
                if !closed {
                    return None;
                }
            }
            '[' | '{' => depth += 1,
            ']' | '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    items.extend(item.take());
                    return Some((items, comma, at));
                }
            }
            ',' if depth == 1 => {
                items.extend(item.take());
                comma = Some(at);
                fresh = true;
                continue;
            }
            _ => {}
        }
        match &mut item {
            Some(item) => item.end = end,
            None => item = Some(at..end),
        }
        fresh = matches!(character, '[' | '{' | ',' | ':');
    }
    None
}

fn replaced(source: &str, range: Range<usize>, with: &str) -> String {
    format!("{}{with}{}", &source[..range.start], &source[range.end..])
}
