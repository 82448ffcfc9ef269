//! A line of words as runs of one font and one direction, in the order in which
//! they stand from left to right.
//!
//! Direction is the short form of the Unicode algorithm that a headline needs:
//! the first letter with a direction gives the line its own; stretches of the
//! other one keep their order within. A stretch from right to left is one run,
//! figures and stops in it included, and is turned by who draws it.

use super::fonts::Face;
use super::spelling::{Choice, is_right_to_left};

/// Makes what stands beside it in a stretch from right to left part of it.
const RIGHT_TO_LEFT_MARK: char = '\u{200F}';

/// Words in one font.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) face: Face,
    pub(super) words: String,
}

/// Whether a text reads from right to left.
pub(super) fn reads_leftwards(text: &str) -> bool {
    let mut letters = text.chars().filter(|one| one.is_alphabetic());
    letters.next().is_some_and(is_right_to_left)
}

/// The runs of a line of a text that reads `leftwards`, the leftmost first. The
/// words have passed [`super::spelling::drawable`].
pub(super) fn runs(line: &str, choice: Choice, leftwards: bool) -> Vec<Run> {
    let mut found = Vec::new();
    for (stretch, turned) in stretches(line, leftwards) {
        let mut within = by_face(stretch, choice, turned);
        if turned && within.len() > 1 {
            within.reverse();
        }
        if leftwards {
            within.extend(found);
            found = within;
        } else {
            found.extend(within);
        }
    }
    found
}

/// The line cut where its direction changes; with each part, whether it is
/// turned. White space and stops belong to both sides if these are alike, else
/// to the direction of the line; figures belong to the letters before them.
fn stretches(line: &str, leftwards: bool) -> Vec<(&str, bool)> {
    let mut directions: Vec<(usize, bool)> = Vec::new();
    // Where what has no direction of its own began.
    let mut waiting = 0;
    let mut strong = leftwards;
    for (at, one) in line.char_indices() {
        let own = if is_right_to_left(one) {
            Some(true)
        } else if one.is_alphabetic() {
            Some(false)
        } else {
            one.is_numeric().then_some(strong)
        };
        if let Some(own) = own {
            let between = if own == strong { own } else { leftwards };
            for (_, direction) in directions.iter_mut().skip(waiting) {
                *direction = between;
            }
            strong = own;
            waiting = directions.len() + 1;
        }
        directions.push((at, own.unwrap_or(leftwards)));
    }
    let alike = directions.chunk_by(|one, next| one.1 == next.1);
    let starts: Vec<(usize, bool)> = alike.filter_map(|part| part.first().copied()).collect();
    let ends = starts.iter().skip(1).map(|start| start.0);
    starts
        .iter()
        .zip(ends.chain([line.len()]))
        .filter_map(|(start, end)| Some((line.get(start.0..end)?, start.1)))
        .collect()
}

/// A stretch cut where its font changes. White space and stops keep the font
/// before them if that has them.
fn by_face(stretch: &str, choice: Choice, turned: bool) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for one in stretch.chars() {
        let before = runs.last().map(|run| run.face);
        let kept = before.filter(|face| !one.is_alphabetic() && face.has(one));
        // In a stretch that is turned, a stop that comes first waits for the
        // font of the letters.
        let first = stretch.chars().find(|one| is_right_to_left(*one));
        let ahead = (turned && !one.is_alphabetic())
            .then(|| choice.face(first?, None))
            .flatten()
            .filter(|face| face.has(one));
        let Some(face) = kept.or(ahead).or_else(|| choice.face(one, before)) else {
            continue;
        };
        match runs.last_mut() {
            Some(run) if run.face == face => run.words.push(one),
            _ => runs.push(Run {
                face,
                words: one.to_string(),
            }),
        }
    }
    if turned {
        for run in &mut runs {
            if run.face.has(RIGHT_TO_LEFT_MARK) {
                run.words.insert(0, RIGHT_TO_LEFT_MARK);
                run.words.push(RIGHT_TO_LEFT_MARK);
            }
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(line: &str) -> Vec<String> {
        let choice = Choice::of(Face::Serif, line);
        runs(line, choice, reads_leftwards(line))
            .into_iter()
            .map(|run| {
                let words = run.words.replace(RIGHT_TO_LEFT_MARK, "");
                format!("{:?} {words}", run.face)
            })
            .collect()
    }

    #[test]
    fn a_line_is_cut_by_font_and_keeps_its_order() {
        assert_eq!(set("Capture of Seoul"), ["Serif Capture of Seoul"]);
        assert_eq!(
            set("Seoul (서울) falls"),
            ["Serif Seoul (", "Hangul 서울", "Serif ) falls"]
        );
        assert_eq!(set("“1951”, 4"), ["Serif “1951”, 4"]);
    }

    #[test]
    fn what_is_read_from_the_right_begins_there() {
        assert_eq!(set("سقوط القسطنطينية"), ["Arabic سقوط القسطنطينية"]);
        assert_eq!(set("חורבן הבית, 70!"), ["Hebrew חורבן הבית, 70!"]);
        assert_eq!(
            set("The word שלום means peace"),
            ["Serif The word ", "Hebrew שלום", "Serif  means peace"]
        );
        let turned = set("שלום World שוב");
        assert_eq!(turned, ["Hebrew  שוב", "Serif World", "Hebrew שלום "]);
        assert_eq!(set("(שלום)"), ["Hebrew (שלום)"]);
        assert_eq!(set("… ! "), ["Serif … ! "]);
    }
}
