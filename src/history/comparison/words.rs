//! Two forms of one passage, word by word.

use std::time::Instant;

use similar::{DiffOp, TextDiff};

use super::Run;

/// The words of a text: what stands between blanks and has a letter or a digit.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|word| has_word(word))
}

/// How many words a text has.
pub(super) fn counted(text: &str) -> usize {
    words(text).count()
}

/// What became of the words of a passage. `None` if so few of them stayed that
/// the two forms are better read one after the other.
pub(super) fn compared(old: &str, new: &str, deadline: Instant) -> Option<Vec<Run>> {
    let mut configuration = TextDiff::configure();
    let difference = configuration
        .deadline(deadline)
        .diff_unicode_words(old, new);
    let (old_words, new_words) = (difference.old_slices(), difference.new_slices());
    let operations = difference.ops();
    let mut runs = Runs::default();
    let mut stayed = 0;
    for (at, operation) in operations.iter().enumerate() {
        let gone: String = old_words[operation.old_range()].concat();
        let come: String = new_words[operation.new_range()].concat();
        if !matches!(operation, DiffOp::Equal { .. }) {
            runs.change(&gone, &come);
            continue;
        }
        stayed += counted(&come);
        // A blank or a comma between two changes is no rest for the eye.
        if !has_word(&come) && runs.is_changing() && at + 1 < operations.len() {
            runs.change(&gone, &come);
        } else {
            runs.keep(&come);
        }
    }
    let longer = counted(old).max(counted(new));
    (stayed * 4 >= longer).then(|| runs.finished())
}

/// Runs that are being written.
#[derive(Default)]
struct Runs {
    written: Vec<Run>,
    removed: String,
    added: String,
}

impl Runs {
    fn is_changing(&self) -> bool {
        !self.removed.is_empty() || !self.added.is_empty()
    }

    fn change(&mut self, removed: &str, added: &str) {
        self.removed.push_str(removed);
        self.added.push_str(added);
    }

    fn keep(&mut self, text: &str) {
        self.settle();
        match self.written.last_mut() {
            Some(Run::Same(before)) => before.push_str(text),
            _ => self.written.push(Run::Same(text.to_owned())),
        }
    }

    /// What was taken out comes before what was put in its place.
    fn settle(&mut self) {
        let (removed, added) = (
            std::mem::take(&mut self.removed),
            std::mem::take(&mut self.added),
        );
        if !removed.is_empty() {
            self.written.push(Run::Removed(removed));
        }
        if !added.is_empty() {
            self.written.push(Run::Added(added));
        }
    }

    fn finished(mut self) -> Vec<Run> {
        self.settle();
        self.written
    }
}

fn has_word(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}
