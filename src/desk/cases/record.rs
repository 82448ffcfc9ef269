//! What has happened to a case, in words, and the patch that it led to.

use std::collections::HashMap;

use super::queries::{Dossier, Step};
use crate::cases::{HoldKind, State};
use crate::content::amend;
use crate::desk::clock::{Clock, When};
use crate::desk::plain::{self, Piece};

/// Something that happened.
pub(super) struct Event {
    pub(super) when: When,
    pub(super) words: String,
    pub(super) by: Option<String>,
    /// The reason or note that goes with it.
    pub(super) why: Vec<Piece>,
}

/// A line of a patch.
pub(super) struct PatchLine {
    /// `head`, `hunk`, `out`, `in` or `same`.
    pub(super) class: &'static str,
    pub(super) pieces: Vec<Piece>,
}

/// The patch that the decision led to; `folder` is what the content folder is
/// called. `None` where the file is not changed, or is changed already.
pub(super) fn patch(dossier: &Dossier, folder: &str) -> Option<String> {
    let file = dossier.file.as_ref()?;
    let from = dossier.amended_from.as_deref()?;
    let amended = &dossier.case.amended;
    let path = format!("{folder}/{}", file.path);
    (!amended.is_empty()).then(|| amend::patch(&path, from, amended))
}

/// A patch for reading: what cannot be seen in it is shown, so that nobody
/// applies what they have not read.
pub(super) fn patch_lines(patch: &str) -> Vec<PatchLine> {
    let mut is_head = true;
    patch
        .lines()
        .map(|line| {
            let class = match line.bytes().next() {
                Some(b'@') => {
                    is_head = false;
                    "hunk"
                }
                _ if is_head => "head",
                Some(b'+') => "in",
                Some(b'-') => "out",
                _ => "same",
            };
            PatchLine {
                class,
                pieces: plain::text(line),
            }
        })
        .collect()
}

/// Everything that happened, oldest first.
pub(super) fn events(dossier: &Dossier, clock: &Clock) -> Vec<Event> {
    dossier
        .steps
        .iter()
        .map(|step| {
            let (words, is_told) = words(step);
            Event {
                when: clock.when(step.at),
                words,
                by: actor(&step.actor, &dossier.editors),
                why: plain::text(if is_told { &step.why } else { "" }),
            }
        })
        .collect()
}

/// The name of an editor; the id where there is no such editor any more.
pub(super) fn name(id: &str, editors: &HashMap<String, String>) -> String {
    editors.get(id).map_or_else(|| id.to_owned(), Clone::clone)
}

/// What a line of the audit says, and whether its reason adds something.
fn words(step: &Step) -> (String, bool) {
    let kind = HoldKind::parse(&step.why).map_or("article", |kind| match kind {
        HoldKind::Date => "date",
        HoldKind::Picture => "pictures",
        HoldKind::Text => "text",
    });
    let report = &step.subject;
    match (step.from.as_str(), step.to.as_str()) {
        ("", "received") => (format!("Report {report} arrived"), false),
        ("spam", "received") => (format!("Report {report} is no spam after all"), false),
        ("received", "spam") => (format!("Report {report} marked as spam"), false),
        ("", "confirmed") => (format!("The address of {report} confirmed"), false),
        ("", "erased") => (format!("The address of {report} erased"), false),
        ("", "checking") => ("Case opened".to_owned(), false),
        (_, "hold") => (format!("The {kind} put on hold"), false),
        ("hold", _) => (format!("The {kind} no longer on hold"), false),
        (_, "merged") => (format!("Merged into {}", step.why), false),
        (_, to) => {
            let words =
                State::parse(to).map_or_else(|| to.to_owned(), |state| state.words().to_owned());
            (words, true)
        }
    }
}

/// Who it was, in words; nothing for readers, whose reports say it.
fn actor(actor: &str, editors: &HashMap<String, String>) -> Option<String> {
    match actor.split_once(' ') {
        Some(("editor", id)) => Some(name(id, editors)),
        _ => match actor {
            "import" => Some("the article’s file".to_owned()),
            "operator" => Some("the operator".to_owned()),
            "daybook" => Some("the program".to_owned()),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happens_to_an_address_is_told_in_words() {
        for (to, said) in [
            ("confirmed", "The address of R-AAAAAA confirmed"),
            ("erased", "The address of R-AAAAAA erased"),
        ] {
            let step = Step {
                at: 0,
                actor: "reader".to_owned(),
                subject: "R-AAAAAA".to_owned(),
                from: String::new(),
                to: to.to_owned(),
                why: String::new(),
            };
            assert_eq!(words(&step), (said.to_owned(), false));
        }
    }

    #[test]
    fn lines_that_begin_like_a_head_are_lines_all_the_same() {
        let patch = "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n same\n--- out\n+++ in\n";
        let classes: Vec<&str> = patch_lines(patch).iter().map(|line| line.class).collect();
        assert_eq!(classes, ["head", "head", "hunk", "same", "out", "in"]);
    }
}
