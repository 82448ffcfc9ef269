//! Findings as people read them: the line of the file, what is meant in it
//! underlined, what that rests on, and how to mend it.
//!
//! What files hold may be hostile or only unprintable, so all of it is cleaned
//! here, one character for one, before it is laid out.

use std::io::{self, IsTerminal};
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use unicode_width::UnicodeWidthChar;

use super::sources::Sources;
use crate::content::{Diagnostic, Note, Place, printable};

/// Columns; a narrower terminal gets less. Long lines are cut around what is
/// meant.
const WIDEST: usize = 100;

/// Columns that are underlined at most, so that a value of many lines' length
/// leaves room for the words before it.
const LONGEST_SPAN: usize = 60;

/// Characters of a line. A place further on is told and not shown: no hand has
/// written such a line, and laying it out takes long.
const LONGEST_LINE: usize = 10_000;

/// Columns that the layout keeps free on either side of what is meant.
const MARGIN: usize = 6;

/// All findings, with colours. `prefix` stands before the paths of files.
pub(super) fn all(findings: &[Diagnostic], sources: &mut Sources, prefix: &str) -> String {
    let width = width();
    let renderer = Renderer::styled().term_width(width);
    let mut layout = Layout {
        sources,
        prefix,
        width,
    };
    let mut text = String::new();
    for one in findings {
        text.push_str(&renderer.render(&layout.report(one)));
        text.push_str("\n\n");
    }
    text
}

fn width() -> usize {
    let out = io::stdout();
    let terminal = out
        .is_terminal()
        .then(|| terminal_size::terminal_size_of(&out))
        .flatten();
    terminal.map_or(WIDEST, |(width, _)| usize::from(width.0).min(WIDEST))
}

struct Layout<'a, 'b> {
    sources: &'a mut Sources<'b>,
    prefix: &'a str,
    width: usize,
}

/// Some words of a line, with what is said of them.
struct Mark {
    /// Line of the file, from 1.
    line: usize,
    /// The line, cleaned.
    text: String,
    /// Bytes of `text`.
    span: Range<usize>,
    kind: AnnotationKind,
    label: Option<String>,
}

impl Layout<'_, '_> {
    fn report(&mut self, one: &Diagnostic) -> Vec<Group<'static>> {
        let place = Place {
            file: one.file.clone(),
            line: one.line,
            column: one.column,
            width: one.advice.width,
        };
        let level = if one.is_error() {
            Level::ERROR
        } else {
            Level::WARNING
        };
        let title = level
            .primary_title(clean(&one.message))
            .id(one.code.clone());
        let (shown, apart) = self.share_out(&place, &one.advice.notes);
        let mut first = match shown {
            Some(marks) => title.element(self.snippet(&one.file, &marks)),
            None => title.element(self.origin(&place)),
        };
        for note in one.advice.notes.iter().filter(|note| note.place.is_none()) {
            first = first.element(Level::NOTE.message(clean(&note.message)));
        }
        let help = one.advice.help.as_deref().map(clean);
        if apart.is_empty() {
            let help = help.map(|help| Level::HELP.message(help));
            return vec![first.elements(help)];
        }
        let mut groups = vec![first];
        for (note, place) in apart {
            groups.push(self.note(note, &place));
        }
        groups.extend(help.map(|help| Group::with_title(Level::HELP.secondary_title(help))));
        groups
    }

    /// What is underlined together with the place of the finding, and the notes
    /// that need a view of their own: those on other files, and those that
    /// would make this one too wide.
    fn share_out<'n>(
        &mut self,
        place: &Place,
        notes: &'n [Note],
    ) -> (Option<Vec<Mark>>, Vec<(&'n Note, Place)>) {
        let mut marks: Option<Vec<Mark>> = self
            .mark(place, AnnotationKind::Primary)
            .map(|mark| vec![mark]);
        let mut apart = Vec::new();
        for note in notes {
            let Some(at) = &note.place else {
                continue;
            };
            let mut at = at.clone();
            if at.file.is_empty() {
                at.file.clone_from(&place.file);
            }
            let mark = self
                .mark(&at, AnnotationKind::Context)
                .filter(|_| at.file == place.file);
            if let (Some(marks), Some(mut mark)) = (&mut marks, mark) {
                mark.label = Some(clean(&note.message));
                marks.push(mark);
                if fits(marks, self.width) {
                    continue;
                }
                marks.pop();
            }
            apart.push((note, at));
        }
        (marks, apart)
    }

    fn note(&mut self, note: &Note, place: &Place) -> Group<'static> {
        let title = Level::NOTE.secondary_title(clean(&note.message));
        match self.mark(place, AnnotationKind::Primary) {
            Some(mark) => title.element(self.snippet(&place.file, &[mark])),
            None => title.element(self.origin(place)),
        }
    }

    fn path(&self, file: &str) -> String {
        clean(&format!("{}{file}", self.prefix))
    }

    fn origin(&self, place: &Place) -> Origin<'static> {
        Origin::path(self.path(&place.file))
            .line(place.line)
            .char_column(place.column)
    }

    fn mark(&mut self, place: &Place, kind: AnnotationKind) -> Option<Mark> {
        // One that is said to go on beyond the text has no width that is known.
        let end = self.sources.end(&place.file, place);
        let width = end.map_or(0, |_| place.width);
        let text = self.sources.text(&place.file)?;
        let line = text.split('\n').nth(place.line.checked_sub(1)?)?;
        let skipped = place.column.checked_sub(1)?;
        if skipped > LONGEST_LINE {
            return None;
        }
        let text: String = line.chars().map(printable).take(LONGEST_LINE).collect();
        let start = text
            .char_indices()
            .nth(skipped)
            .map_or(text.len(), |(at, _)| at);
        let mut columns = 0;
        let long: usize = text[start..]
            .chars()
            .take(width)
            .take_while(|character| {
                columns += columns_of(*character);
                columns <= LONGEST_SPAN
            })
            .map(char::len_utf8)
            .sum();
        Some(Mark {
            line: place.line,
            span: start..start + long,
            text,
            kind,
            label: None,
        })
    }

    /// The lines of the marks, and a line that stands between two of them.
    fn snippet(&mut self, file: &str, marks: &[Mark]) -> Snippet<'static, Annotation<'static>> {
        let path = self.path(file);
        let has = |line: usize| marks.iter().any(|mark| mark.line == line);
        let first = marks.iter().map(|mark| mark.line).min().unwrap_or(1);
        let last = marks.iter().map(|mark| mark.line).max().unwrap_or(1);
        let lines = self.sources.text(file).unwrap_or_default().split('\n');
        let mut source = String::new();
        let mut annotations = Vec::new();
        for (number, line) in (1..=last).zip(lines).skip(first - 1) {
            for mark in marks.iter().filter(|mark| mark.line == number) {
                let span = source.len() + mark.span.start..source.len() + mark.span.end;
                annotations.push(mark.kind.span(span).label(mark.label.clone()));
            }
            // The others are left out of the view, however long they are.
            if has(number) || (has(number - 1) && has(number + 1)) {
                source.extend(line.chars().map(printable).take(LONGEST_LINE));
            }
            source.push('\n');
        }
        Snippet::source(source)
            .line_start(first)
            .path(path)
            .annotations(annotations)
    }
}

/// Whether the marks and their labels can be seen together in this width.
fn fits(marks: &[Mark], width: usize) -> bool {
    let last = marks.iter().map(|mark| mark.line).max().unwrap_or(0);
    let room = width.saturating_sub(last.to_string().len() + 3);
    let (mut left, mut right, mut longest) = (usize::MAX, 0, 0);
    for mark in marks {
        let label = mark.label.as_ref().map_or(0, |label| columns(label) + 1);
        let start = columns(&mark.text[..mark.span.start]);
        let marked = columns(&mark.text[mark.span.clone()]).max(1);
        left = left.min(start);
        right = right.max(start + marked + label);
        longest = longest.max(columns(&mark.text));
    }
    right <= room || (longest > room && right + 2 * MARGIN <= left + room)
}

fn columns(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}

fn columns_of(character: char) -> usize {
    match character {
        '\t' => 4,
        character => character.width().unwrap_or(1),
    }
}

/// Words from a file or about one, in one line that does nothing to a terminal.
fn clean(text: &str) -> String {
    let spaced = text.chars().map(|character| match character {
        '\n' | '\t' => ' ',
        character => printable(character),
    });
    spaced.collect()
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;

    const HEAD: &str = "---\ntitle: Seoul falls\nsummary: It fell on January 7, 1951.\ndate: 1951-01-04\nplace: Seoul\n---\n";

    fn place(file: &str, line: usize, column: usize, width: usize) -> Place {
        Place {
            file: file.to_owned(),
            line,
            column,
            width,
        }
    }

    fn shown(files: &[(&str, &str)], one: &Diagnostic) -> String {
        let mut layout = Layout {
            sources: &mut Sources::holding(files),
            prefix: "content/",
            width: WIDEST,
        };
        let renderer = Renderer::plain().term_width(WIDEST);
        renderer.render(&layout.report(one))
    }

    fn wrong_day() -> Diagnostic {
        let message = "January 7, 1951 is no date of this article";
        Diagnostic::error_at(&place("", 3, 21, 15), "D002", message).in_file("a.md")
    }

    #[test]
    fn a_note_on_the_same_file_stands_in_the_same_view() {
        let one = wrong_day()
            .note("the date is given here", Some(place("", 4, 7, 10)))
            .note("the calendar is Gregorian", None)
            .help("correct the one that is wrong");
        assert_snapshot!(shown(&[("a.md", HEAD)], &one), @r"
        error[D002]: January 7, 1951 is no date of this article
         --> content/a.md:3:21
          |
        3 | summary: It fell on January 7, 1951.
          |                     ^^^^^^^^^^^^^^^
        4 | date: 1951-01-04
          |       ---------- the date is given here
          |
          = note: the calendar is Gregorian
          = help: correct the one that is wrong
        ");
    }

    #[test]
    fn a_note_on_another_file_has_a_view_of_its_own() {
        let one = wrong_day()
            .note("that was in the spring", Some(place("b.md", 2, 8, 5)))
            .note("and this is a folder", Some(place("people", 1, 1, 0)))
            .help("correct the one that is wrong");
        assert_snapshot!(shown(&[("a.md", HEAD), ("b.md", HEAD)], &one), @r"
        error[D002]: January 7, 1951 is no date of this article
         --> content/a.md:3:21
          |
        3 | summary: It fell on January 7, 1951.
          |                     ^^^^^^^^^^^^^^^
          |
        note: that was in the spring
         --> content/b.md:2:8
          |
        2 | title: Seoul falls
          |        ^^^^^
        note: and this is a folder
         --> content/people:1:1
        help: correct the one that is wrong
        ");
    }

    #[test]
    fn a_long_line_is_cut_around_what_is_meant_and_the_column_stays_true() {
        let long = HEAD.replace("It fell", &"Wide words that go on. ".repeat(30));
        let one = Diagnostic::error_at(&place("", 3, 321, 300), "D002", "too long")
            .in_file("a.md")
            .note("far away", Some(place("", 3, 21, 4)));
        assert_snapshot!(shown(&[("a.md", &long)], &one), @r"
        error[D002]: too long
         --> content/a.md:3:321
          |
        3 | ...n. Wide words that go on. Wide words that go on. Wide words that go on. Wide words that go...
          |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
        note: far away
         --> content/a.md:3:21
          |
        3 | summary: Wide words that go on. Wide words that go on. Wide words that go on. Wide words that...
          |                     ^^^^
        ");
    }

    #[test]
    fn wide_combining_and_unprintable_characters_are_underlined_rightly() {
        let body = "\t日本語 e\u{301}t\u{e9} \u{202e}with\u{1b}[31m \u{9b}31m words\n";
        let one = |column, width| {
            Diagnostic::error_at(&place("", 1, column, width), "T001", "one").in_file("a.md")
        };
        let files = [("a.md", body)];
        // The two letters with their accents are four characters, three wide.
        assert_snapshot!(shown(&files, &one(6, 4)), @r"
        error[T001]: one
         --> content/a.md:1:6
          |
        1 |     日本語 été �with�[31m �31m words
          |            ^^^
        ");
        assert_snapshot!(shown(&files, &one(12, 4)), @r"
        error[T001]: one
         --> content/a.md:1:12
          |
        1 |     日本語 été �with�[31m �31m words
          |                 ^^^^
        ");
    }

    #[test]
    fn a_place_that_does_not_lie_in_the_text_is_told() {
        let far = Diagnostic::error(99, 3, "D002", "beyond").in_file("a.md");
        assert_snapshot!(shown(&[("a.md", HEAD)], &far), @r"
        error[D002]: beyond
        --> content/a.md:99:3
        ");
        let wide = place("", 4, 7, usize::MAX);
        let wide = Diagnostic::error_at(&wide, "D002", "too wide").in_file("a.md");
        assert_snapshot!(shown(&[("a.md", HEAD)], &wide), @r"
        error[D002]: too wide
         --> content/a.md:4:7
          |
        4 | date: 1951-01-04
          |       ^
        ");
        let endless = "x".repeat(3 * LONGEST_LINE);
        let far = Diagnostic::error(1, LONGEST_LINE + 2, "D002", "beyond").in_file("a.md");
        assert_snapshot!(shown(&[("a.md", &endless)], &far), @r"
        error[D002]: beyond
        --> content/a.md:1:10002
        ");
    }

    fn any_place() -> impl Strategy<Value = Place> {
        let file = prop_oneof![Just(""), Just("a.md"), Just("b.md"), Just("none.md")];
        let wide = prop_oneof![0..12_usize, 0..400_usize];
        (file, 0..8_usize, wide.clone(), wide)
            .prop_map(|(file, line, column, width)| place(file, line, column, width))
    }

    fn any_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("\n".to_owned()),
            Just("\t".to_owned()),
            Just("日本".to_owned()),
            Just("e\u{301}".to_owned()),
            Just("👩\u{200d}🚀".to_owned()),
            Just("\u{202e}\u{1b}[2J".to_owned()),
            Just("many words ".repeat(20)),
            "[ -~]{0,30}",
            any::<String>(),
        ];
        prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn nothing_panics_runs_wide_or_steers_the_terminal(
            text in any_text(),
            at in any_place(),
            notes in prop::collection::vec((any_text(), any_place()), 0..4),
        ) {
            let mut one = Diagnostic::error_at(&at, "D002", &text).in_file("a.md");
            for (message, place) in notes {
                one = one.note(&message, Some(place));
            }
            let lines = shown(&[("a.md", &text), ("b.md", HEAD)], &one);
            for line in lines.lines() {
                prop_assert_eq!(line.find(|c: char| c.is_control() || c == '\u{202e}'), None);
                let is_source = line.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '|');
                // What is cut may leave half of a wide character's columns.
                prop_assert!(!is_source || columns(line) <= WIDEST + 2, "{}: {}", columns(line), line);
            }
        }
    }
}
