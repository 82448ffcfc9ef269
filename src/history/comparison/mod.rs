//! What changed from one text to another, part by part, passage by passage,
//! word by word. Pure but for the clock, which ends it.
//!
//! The cost is bounded: a text that is too long is not compared at all, and
//! after [`PATIENCE`] whatever is left counts as taken out and put in whole.

mod pairing;
mod words;

use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::readable::{NOTES_OF_CHANGES, Part, Readable};
use words::counted;

/// How long one comparison may take.
pub(super) const PATIENCE: Duration = Duration::from_millis(250);

/// The longest file that is compared, in bytes: some 60,000 words. The longest
/// article that anybody reads has a tenth of that.
pub(super) const LONGEST: usize = 400 * 1024;

/// How many unchanged passages stand on either side of a changed one.
const CONTEXT: usize = 1;

/// What changed from one text to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Comparison {
    /// The parts that changed.
    pub(super) parts: Vec<PartChange>,
    /// The names of those that both have and that did not.
    pub(super) unchanged: Vec<&'static str>,
    /// How many words were put in and taken out, notes of changes apart.
    pub(super) counts: Counts,
    /// False if time ran out.
    pub(super) is_finished: bool,
}

/// How many words were put in and taken out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) added: usize,
    pub(super) removed: usize,
}

/// What changed in one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PartChange {
    /// What readers call the part.
    pub(super) name: &'static str,
    /// In the order of the new text; what was taken out stands where it was.
    pub(super) passages: Vec<Passage>,
}

/// One passage, or several that did not change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Passage {
    /// Stands beside a changed one.
    Same(String),
    /// Far from any change.
    Folded(Vec<String>),
    /// Has other words now.
    Changed(Vec<Run>),
    /// Put in.
    Added(String),
    /// Taken out.
    Removed(String),
}

/// Words in a row that share one fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Run {
    Same(String),
    Added(String),
    Removed(String),
}

impl Comparison {
    /// Compares two revisions, within [`PATIENCE`].
    pub(super) fn new(old: &Readable, new: &Readable) -> Comparison {
        Comparison::until(old, new, Instant::now() + PATIENCE)
    }

    /// Compares until the deadline; what is left then is taken out and put in
    /// whole.
    pub(super) fn until(old: &Readable, new: &Readable, deadline: Instant) -> Comparison {
        let mut comparison = Comparison::default();
        let nothing: Vec<String> = Vec::new();
        let lines = |text: &'_ Readable, name: &str| -> Option<usize> {
            text.parts.iter().position(|part| part.name == name)
        };
        let of = |text: &Readable, at: Option<usize>| -> Vec<String> {
            at.map_or_else(|| nothing.clone(), |at| text.parts[at].lines.clone())
        };
        for name in names(old, new) {
            let before = of(old, lines(old, name));
            let after = of(new, lines(new, name));
            if before == after {
                if !after.is_empty() {
                    comparison.unchanged.push(name);
                }
                continue;
            }
            let passages = passages(&before, &after, deadline);
            // A note of a change is no change of what the article tells.
            if name != NOTES_OF_CHANGES {
                for passage in &passages {
                    comparison.counts.add(passage);
                }
            }
            comparison.parts.push(PartChange {
                name,
                passages: folded(passages),
            });
        }
        comparison.is_finished = Instant::now() < deadline;
        comparison
    }
}

impl Counts {
    fn add(&mut self, passage: &Passage) {
        match passage {
            Passage::Same(_) | Passage::Folded(_) => {}
            Passage::Added(text) => self.added += counted(text),
            Passage::Removed(text) => self.removed += counted(text),
            Passage::Changed(runs) => {
                for run in runs {
                    match run {
                        Run::Same(_) => {}
                        Run::Added(text) => self.added += counted(text),
                        Run::Removed(text) => self.removed += counted(text),
                    }
                }
            }
        }
    }
}

/// The parts of both, in the order of the new text; those that only the old one
/// has come last.
fn names(old: &Readable, new: &Readable) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = new.parts.iter().map(|part| part.name).collect();
    let only_old = |part: &&Part| !new.parts.iter().any(|other| other.name == part.name);
    names.extend(old.parts.iter().filter(only_old).map(|part| part.name));
    names
}

fn passages(old: &[String], new: &[String], deadline: Instant) -> Vec<Passage> {
    let mut found = Vec::new();
    let operations = capture_diff_slices_deadline(Algorithm::Myers, old, new, Some(deadline));
    for operation in operations {
        match operation {
            DiffOp::Equal { new_index, len, .. } => {
                let same = &new[new_index..new_index + len];
                found.extend(same.iter().cloned().map(Passage::Same));
            }
            DiffOp::Delete {
                old_index, old_len, ..
            } => {
                let gone = &old[old_index..old_index + old_len];
                found.extend(gone.iter().cloned().map(Passage::Removed));
            }
            DiffOp::Insert {
                new_index, new_len, ..
            } => {
                let come = &new[new_index..new_index + new_len];
                found.extend(come.iter().cloned().map(Passage::Added));
            }
            DiffOp::Replace {
                old_index,
                old_len,
                new_index,
                new_len,
            } => pairing::replaced(
                &old[old_index..old_index + old_len],
                &new[new_index..new_index + new_len],
                deadline,
                &mut found,
            ),
        }
    }
    found
}

/// Puts away the unchanged passages that stand beside no changed one.
fn folded(passages: Vec<Passage>) -> Vec<Passage> {
    let is_same = |passage: &Passage| matches!(passage, Passage::Same(_));
    let count = passages.len();
    let is_near = |at: usize| {
        let near = at.saturating_sub(CONTEXT)..(at + CONTEXT + 1).min(count);
        passages[near].iter().any(|one| !is_same(one))
    };
    let near: Vec<bool> = (0..count).map(is_near).collect();
    let mut shown = Vec::new();
    for (passage, is_near) in passages.into_iter().zip(near) {
        match (passage, shown.last_mut()) {
            (Passage::Same(text), Some(Passage::Folded(texts))) if !is_near => texts.push(text),
            (Passage::Same(text), _) if !is_near => shown.push(Passage::Folded(vec![text])),
            (passage, _) => shown.push(passage),
        }
    }
    // To open a fold for a single passage costs more than to read it.
    for passage in &mut shown {
        if let Passage::Folded(texts) = passage
            && let [text] = texts.as_mut_slice()
        {
            *passage = Passage::Same(std::mem::take(text));
        }
    }
    shown
}

#[cfg(test)]
mod tests;
