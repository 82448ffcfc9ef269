//! The ways to settle a case, as the screen offers them.

use super::queries::Dossier;
use crate::cases::{HoldKind, NoteKind};
use crate::desk::clock::{Clock, When};
use crate::paths::desk::{self as at, Deed};
use crate::site::shell::Link;

/// What can be done with the case now.
pub(super) struct Ways {
    pub(super) accept: bool,
    pub(super) decline: bool,
    pub(super) merge: bool,
    pub(super) reopen: bool,
    pub(super) hold: bool,
    pub(super) apply: bool,
}

/// Something of the article that can be on hold.
pub(super) struct HoldLine {
    pub(super) kind: &'static str,
    pub(super) name: &'static str,
    pub(super) hint: &'static str,
    /// Since when it is on, for this case.
    pub(super) since: Option<When>,
    /// Other cases that hold it.
    pub(super) others: Vec<Link>,
}

/// How much a correction matters, to be chosen.
pub(super) struct KindChoice {
    pub(super) value: &'static str,
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
}

/// Where the forms are sent.
pub(super) struct Actions {
    pub(super) take: String,
    pub(super) accept: String,
    pub(super) apply: String,
    pub(super) decline: String,
    pub(super) merge: String,
    pub(super) reopen: String,
    pub(super) hold: String,
    pub(super) note: String,
    pub(super) spam: String,
    pub(super) inbox: &'static str,
}

impl KindChoice {
    /// What each means, for editors.
    pub(super) fn new(kind: NoteKind) -> KindChoice {
        let (label, hint) = match kind {
            NoteKind::Correction => (
                "Correction",
                "something false was said; the note stands at the top of the article, which counts as updated",
            ),
            NoteKind::Clarification => (
                "Clarification",
                "it could be misread; the note stands at the foot, and the article counts as updated",
            ),
            NoteKind::Minor => (
                "Minor",
                "a slip that misled nobody; the note stands at the foot, and the article’s date stays",
            ),
        };
        KindChoice {
            value: kind.as_str(),
            label,
            hint,
        }
    }
}

impl Actions {
    /// The addresses of one case.
    pub(super) fn new(id: &str) -> Actions {
        Actions {
            take: at::deed(id, Deed::Take),
            accept: at::deed(id, Deed::Accept),
            apply: at::deed(id, Deed::Apply),
            decline: at::deed(id, Deed::Decline),
            merge: at::deed(id, Deed::Merge),
            reopen: at::deed(id, Deed::Reopen),
            hold: at::deed(id, Deed::Hold),
            note: at::deed(id, Deed::Note),
            spam: at::deed(id, Deed::Spam),
            inbox: at::INBOX,
        }
    }
}

/// What can be on hold, with what is.
pub(super) fn holds(dossier: &Dossier, clock: &Clock) -> Vec<HoldLine> {
    let line = |kind: HoldKind, name, hint| HoldLine {
        kind: kind.as_str(),
        name,
        hint,
        since: dossier
            .holds
            .iter()
            .find(|hold| hold.kind == kind && hold.case == dossier.case.id)
            .map(|hold| clock.when(hold.since)),
        others: dossier
            .holds
            .iter()
            .filter(|hold| hold.kind == kind && hold.case != dossier.case.id)
            .map(|hold| Link {
                href: at::case(&hold.case),
                label: hold.case.clone(),
            })
            .collect(),
    };
    vec![
        line(
            HoldKind::Date,
            "The date",
            "the article says that its date is doubted, and leads no day",
        ),
        line(HoldKind::Picture, "The pictures", "none of them is shown"),
        line(
            HoldKind::Text,
            "The text",
            "the article’s page says that it is withheld, and shows nothing else",
        ),
    ]
}
