//! The passage that a report is about, in its paragraph: as it was when the
//! reader saw it, and as it is now. Pure.

use super::queries::{Dossier, Told};
use crate::content::passages::{self, Anchor, Found, find_again};

/// What an editor has to compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comparison {
    /// The words as the reader saw them.
    pub(super) then: Vec<Paragraph>,
    /// The words as they are now, where those are others.
    pub(super) now: Vec<Paragraph>,
    /// What has become of them.
    pub(super) verdict: Verdict,
}

/// What has become of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It stands as it stood.
    Same,
    /// Other words stand in its place.
    Changed,
    /// Nothing like it is left.
    Gone,
}

/// A paragraph, cut where the passage begins and ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// From 1.
    pub(super) number: usize,
    /// Words, and whether they are part of the passage.
    pub(super) parts: Vec<(String, bool)>,
    /// It is there for its neighbour's sake.
    pub(super) is_aside: bool,
}

/// Compares what the first report is about with what stands there now; `None`
/// where it names no passage, or the text is not known.
pub(super) fn compare(dossier: &Dossier) -> Option<Comparison> {
    let report = dossier.reports.first()?;
    let now = dossier.file.as_ref()?.paragraphs.as_slice();
    let then = dossier.before.as_deref().unwrap_or(now);
    let anchor = anchor(report, then)?;
    let (Found::Same(seen) | Found::Changed(seen)) = find_again(then, &anchor) else {
        return None;
    };
    let (verdict, standing) = match find_again(now, &anchor) {
        Found::Same(_) => (Verdict::Same, Vec::new()),
        Found::Changed(pieces) => (Verdict::Changed, pieces),
        Found::Gone => (Verdict::Gone, Vec::new()),
    };
    Some(Comparison {
        then: excerpt(then, &seen),
        now: excerpt(now, &standing),
        verdict,
    })
}

/// What to look for: the passage, or the whole paragraph where none is named.
fn anchor(report: &Told, paragraphs: &[String]) -> Option<Anchor> {
    let paragraph = report
        .paragraph
        .and_then(|number| usize::try_from(number).ok());
    if !report.quote.trim().is_empty() {
        return Some(Anchor {
            quote: report.quote.clone(),
            prefix: report.prefix.clone(),
            suffix: report.suffix.clone(),
            paragraph: paragraph.unwrap_or(1),
        });
    }
    let number = paragraph?;
    let whole = paragraphs.get(number.checked_sub(1)?)?;
    passages::anchor(paragraphs, Some(number), whole)
}

/// The paragraphs that hold the pieces, and one on either side.
fn excerpt(paragraphs: &[String], pieces: &[passages::Piece]) -> Vec<Paragraph> {
    let numbers = || pieces.iter().map(|piece| piece.paragraph);
    let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else {
        return Vec::new();
    };
    let shown = first.saturating_sub(1).max(1)..=(last + 1).min(paragraphs.len());
    shown
        .filter_map(|number| {
            let text = paragraphs.get(number - 1)?;
            let mut parts = Vec::new();
            let mut at = 0;
            for piece in pieces.iter().filter(|piece| piece.paragraph == number) {
                let before = text.get(at..piece.range.start)?;
                let marked = text.get(piece.range.clone())?;
                parts.push((before.to_owned(), false));
                parts.push((marked.to_owned(), true));
                at = piece.range.end;
            }
            parts.push((text.get(at..)?.to_owned(), false));
            parts.retain(|(words, _)| !words.is_empty());
            Some(Paragraph {
                number,
                is_aside: !parts.iter().any(|(_, is_marked)| *is_marked),
                parts,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_marked_between_its_neighbours() {
        let paragraphs = ["One.", "Two three four.", "Five.", "Six."].map(str::to_owned);
        let anchor = passages::anchor(&paragraphs, Some(2), "three").unwrap();
        let Found::Same(pieces) = find_again(&paragraphs, &anchor) else {
            panic!("it is there");
        };
        let shown = excerpt(&paragraphs, &pieces);
        let numbers: Vec<usize> = shown.iter().map(|one| one.number).collect();
        assert_eq!(numbers, [1, 2, 3]);
        assert!(shown[0].is_aside && !shown[1].is_aside);
        let parts: Vec<(&str, bool)> = shown[1]
            .parts
            .iter()
            .map(|(words, is_marked)| (words.as_str(), *is_marked))
            .collect();
        assert_eq!(parts, [("Two ", false), ("three", true), (" four.", false)]);
    }
}
