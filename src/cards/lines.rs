//! Words broken into lines that are about as long as each other, in the
//! largest of a few sizes in which they fit.

use super::fonts::{self, Face};
use super::runs::{self, Run};
use super::spelling::{self, Choice};

/// What stands where words had to be left out.
const ELLIPSIS: char = '…';

/// A part of a word that is longer than this may be broken anywhere.
const LONGEST_WORD: usize = 28;

/// How wide a space is, in ems.
const SPACE: f64 = 0.25;

/// One size that may be tried.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// Pixels to the em.
    pub(super) size: f64,
    /// How many lines there is room for at that size.
    pub(super) lines: usize,
}

/// Lines that are set, not yet placed.
#[derive(Clone, Debug, Default)]
pub(super) struct Setting {
    pub(super) lines: Vec<Line>,
    /// Pixels to the em.
    pub(super) size: f64,
    /// It reads from right to left, and is set from the right.
    pub(super) leftwards: bool,
}

/// One line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// From left to right, with the width of each in ems.
    pub(super) runs: Vec<(Run, f64)>,
}

/// What a line cannot be broken within.
struct Unit {
    words: String,
    /// A space follows, unless the line ends there.
    is_spaced: bool,
    /// In ems.
    width: f64,
}

impl Line {
    /// In ems.
    pub(super) fn width(&self) -> f64 {
        self.runs.iter().map(|(_, width)| width).sum()
    }
}

/// Sets a text in lines of at most `width` pixels, in the first of `steps` in
/// which it fits; where it fits in none, the last, with an ellipsis at the end.
/// An empty text has no lines.
pub(super) fn set(text: &str, face: Face, width: f64, steps: &[Step]) -> Setting {
    let text = spelling::drawable(face, text);
    let choice = Choice::of(face, &text);
    let units = units(&text, choice);
    let (Some(last), false) = (steps.last(), units.is_empty()) else {
        return Setting::default();
    };
    let fits = |step: &&Step| {
        let wide = width / step.size;
        units.iter().all(|unit| unit.width <= wide) && greedy(&units, wide).len() <= step.lines
    };
    let step = steps.iter().find(fits).unwrap_or(last);
    let wide = width / step.size;
    let mut lines = balanced(&units, wide);
    if lines.len() > step.lines {
        lines = cut(greedy(&units, wide), step.lines);
    }
    let leftwards = runs::reads_leftwards(&text);
    let lines = measured(&lines, choice, leftwards);
    let widest = lines.iter().map(Line::width).fold(0.0, f64::max);
    // A word that is wider than the line makes everything smaller.
    let size = if widest * step.size > width {
        width / widest
    } else {
        step.size
    };
    Setting {
        lines,
        size,
        leftwards,
    }
}

/// Where lines may be broken, and how wide each part is.
fn units(text: &str, choice: Choice) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut start = 0;
    for (end, _) in unicode_linebreak::linebreaks(text) {
        let part = text.get(start..end).unwrap_or("");
        start = end;
        let words = part.trim_end();
        let mut pieces = broken(words);
        let last = pieces.pop();
        units.extend(pieces.into_iter().map(|piece| (piece, false)));
        units.extend(last.map(|piece| (piece, words.len() < part.len())));
    }
    let runs: Vec<(usize, Run)> = (0..)
        .zip(&units)
        .flat_map(|(number, (words, _))| {
            let runs = runs::runs(words, choice, false);
            runs.into_iter().map(move |run| (number, run))
        })
        .collect();
    let words: Vec<(Face, &str)> = runs
        .iter()
        .map(|(_, run)| (run.face, run.words.as_str()))
        .collect();
    let mut widths = vec![0.0; units.len()];
    for ((number, _), wide) in runs.iter().zip(fonts::widths(&words)) {
        if let Some(width) = widths.get_mut(*number) {
            *width += wide;
        }
    }
    let made = units.into_iter().zip(widths);
    made.map(|((words, is_spaced), width)| Unit {
        words,
        is_spaced,
        width,
    })
    .collect()
}

/// A word that is too long for any line, in pieces.
fn broken(word: &str) -> Vec<String> {
    if word.is_empty() {
        return Vec::new();
    }
    let mut pieces = vec![String::new()];
    let mut length = 0;
    let is_long = word.chars().count() > LONGEST_WORD;
    for one in word.chars() {
        if is_long && length >= LONGEST_WORD * 2 / 3 && !spelling::is_mark(one) {
            pieces.push(String::new());
            length = 0;
        }
        length += 1;
        if let Some(piece) = pieces.last_mut() {
            piece.push(one);
        }
    }
    pieces
}

/// Lines that are filled one after the other.
fn greedy(units: &[Unit], wide: f64) -> Vec<&[Unit]> {
    let mut lines = Vec::new();
    let (mut start, mut used) = (0, 0.0);
    for (index, unit) in units.iter().enumerate() {
        if index > start && used + unit.width > wide {
            lines.extend(units.get(start..index));
            (start, used) = (index, 0.0);
        }
        used += unit.width + if unit.is_spaced { SPACE } else { 0.0 };
    }
    lines.extend(units.get(start..).filter(|rest| !rest.is_empty()));
    lines
}

/// As many lines as [`greedy`] makes, as even as they can be.
fn balanced(units: &[Unit], wide: f64) -> Vec<String> {
    let count = greedy(units, wide).len();
    let (mut least, mut most) = (0.0, wide);
    for _ in 0..24 {
        let middle = f64::midpoint(least, most);
        if greedy(units, middle).len() <= count {
            most = middle;
        } else {
            least = middle;
        }
    }
    greedy(units, most).into_iter().map(joined).collect()
}

/// The first `count` lines, with an ellipsis in the place of the rest.
fn cut(mut lines: Vec<&[Unit]>, count: usize) -> Vec<String> {
    lines.truncate(count);
    let mut words: Vec<String> = lines.into_iter().map(joined).collect();
    if let Some(last) = words.last_mut() {
        // Room for the ellipsis.
        let end = last.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
        let shorter = last.get(..end).unwrap_or("");
        let shorter = match shorter.rfind(' ') {
            Some(space) if space * 2 > shorter.len() => &shorter[..space],
            _ => shorter,
        };
        let stops = |one: char| one.is_whitespace() || ",;:–—-".contains(one);
        *last = format!("{}{ELLIPSIS}", shorter.trim_end_matches(stops));
    }
    words
}

fn joined(units: &[Unit]) -> String {
    let mut line = String::new();
    for unit in units {
        line.push_str(&unit.words);
        if unit.is_spaced {
            line.push(' ');
        }
    }
    line.trim_end().to_owned()
}

fn measured(lines: &[String], choice: Choice, leftwards: bool) -> Vec<Line> {
    let lines: Vec<Vec<Run>> = lines
        .iter()
        .map(|line| runs::runs(line, choice, leftwards))
        .collect();
    let all = lines.iter().flatten();
    let words: Vec<(Face, &str)> = all.map(|run| (run.face, run.words.as_str())).collect();
    let mut widths = fonts::widths(&words).into_iter();
    let lines = lines.into_iter().map(|runs| Line {
        runs: runs
            .into_iter()
            .map(|run| {
                let measured = widths.next().unwrap_or(0.0);
                // Of spaces alone nothing is measured.
                let is_blank = run.words.trim().is_empty();
                (run, if is_blank { SPACE } else { measured })
            })
            .collect(),
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [Step; 3] = [
        Step {
            size: 60.0,
            lines: 1,
        },
        Step {
            size: 50.0,
            lines: 2,
        },
        Step {
            size: 30.0,
            lines: 4,
        },
    ];

    fn words(setting: &Setting) -> Vec<String> {
        let line = |line: &Line| {
            line.runs
                .iter()
                .map(|(run, _)| run.words.as_str())
                .collect()
        };
        setting.lines.iter().map(line).collect()
    }

    #[test]
    fn a_title_is_as_large_as_it_fits_and_its_lines_are_even() {
        let short = set("Seoul falls", Face::Serif, 600.0, &STEPS);
        assert_eq!((short.size, short.lines.len()), (60.0, 1));
        let text = "Chinese and North Korean forces capture";
        let two = set(text, Face::Serif, 700.0, &STEPS);
        assert_eq!(words(&two), ["Chinese and North", "Korean forces capture"]);
        assert_eq!(two.size, 50.0);
        assert!(set("", Face::Serif, 600.0, &STEPS).lines.is_empty());
        assert!(set("🚀", Face::Serif, 600.0, &STEPS).lines.is_empty());
    }

    #[test]
    fn what_is_too_long_is_cut_at_the_end_of_all_and_nothing_sticks_out() {
        for text in [
            "a long title that goes on ".repeat(30),
            "W".repeat(600),
            "关东大地震".repeat(100),
            "القسطنطينية ".repeat(60),
        ] {
            let set = set(&text, Face::Serif, 520.0, &STEPS);
            assert_eq!(set.lines.len(), 4, "{text}");
            for line in &set.lines {
                assert!(line.width() * set.size <= 520.5, "{text}");
            }
            let words = words(&set);
            assert!(words[3].contains(ELLIPSIS) && !words[2].contains(ELLIPSIS));
        }
    }
}
