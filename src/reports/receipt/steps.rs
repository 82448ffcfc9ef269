//! What became of a report, step by step, in words for the one who sent it.

use crate::cases::{Case, Kind, PublicStep, State};
use crate::paths;
use crate::reports::queries::following::Followed;
use crate::site::shell::Link;

/// Where a report stands, in a word and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) words: &'static str,
    pub(super) explanation: &'static str,
}

/// Something that has happened to it, or will.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// When, in epoch milliseconds; `None` for what is still to come.
    pub(super) at: Option<i64>,
    /// What stands in the place of a day where there is none.
    pub(super) label: &'static str,
    /// A sentence.
    pub(super) words: &'static str,
    /// The public note or reason, as the editors wrote it.
    pub(super) note: String,
    /// Where more of it can be read.
    pub(super) links: Vec<Link>,
}

/// What a report is called, and what is done about it, by the kind of its case.
struct Wording {
    received: &'static str,
    thanks: &'static str,
    to_come: &'static [(&'static str, &'static str)],
    accepted: &'static str,
    corrected: &'static str,
    declined: &'static str,
}

/// Where a report stands and how it came there. `article` is the path of the
/// article, where it can be seen.
pub(super) fn of(
    received_at: i64,
    is_letter: bool,
    followed: Option<&Followed>,
    article: Option<&str>,
) -> (Standing, Vec<Step>) {
    let kind = match followed {
        Some(followed) => followed.case.kind(),
        // Spam, whose receipt is like any other.
        None if is_letter => Kind::Letter,
        None => Kind::Error,
    };
    let wording = wording(kind);
    let mut steps = vec![Step::new(received_at, wording.received)];
    if let Some(followed) = followed {
        let case = &followed.case;
        let first = followed.before.iter();
        steps.extend(first.filter_map(|step| decided(step, &wording, case, article)));
        let mut own: Vec<Step> = followed
            .steps
            .iter()
            .filter_map(|step| decided(step, &wording, case, article))
            .collect();
        // Whoever decides without taking a case first takes it with that.
        let taken = case
            .taken_at
            .filter(|taken| followed.steps.iter().all(|step| step.at != *taken));
        if let Some(taken) = taken {
            own.push(Step::new(taken, "An editor began to check it."));
        }
        own.sort_by_key(|step| step.at);
        steps.extend(own);
        if followed.before.is_empty() {
            // What was known before this reader came stands before it.
            steps.sort_by_key(|step| step.at);
        }
    }
    let standing = standing(followed.map(|followed| &followed.case), &wording);
    if standing.1 {
        let next = if standing.2 {
            &wording.to_come[1..]
        } else {
            wording.to_come
        };
        steps.extend(
            next.iter()
                .map(|(label, words)| Step::to_come(label, words)),
        );
    }
    (standing.0, steps)
}

impl Step {
    fn new(at: i64, words: &'static str) -> Step {
        Step {
            at: Some(at),
            label: "",
            words,
            note: String::new(),
            links: Vec::new(),
        }
    }

    fn to_come(label: &'static str, words: &'static str) -> Step {
        Step {
            at: None,
            label,
            words,
            note: String::new(),
            links: Vec::new(),
        }
    }
}

/// A change of state as its reporter is told of it; the opening of the case is
/// told as the receipt of the report.
fn decided(
    step: &PublicStep,
    wording: &Wording,
    case: &Case,
    article: Option<&str>,
) -> Option<Step> {
    let words = match step.state {
        State::Checking => return None,
        State::Accepted => wording.accepted,
        State::Corrected => wording.corrected,
        State::Declined => wording.declined,
        State::Merged => "Another report says the same, so that one decision answers both.",
        State::Reopened => "The editors took the decision back, and look at it once more.",
    };
    let mut told = Step::new(step.at, words);
    // A note that has since become part of the article is told once, there.
    let is_told_later =
        step.state == State::Accepted && case.state() == State::Corrected && step.why == case.note;
    if step.state != State::Merged && !is_told_later {
        told.note.clone_from(&step.why);
    }
    if step.state == State::Corrected
        && case.state() == State::Corrected
        && let Some(article) = article
    {
        told.links.push(Link {
            href: article.to_owned(),
            label: "The article as it is now".to_owned(),
        });
        if let (Some(slug), Some(revision)) = (&case.article, case.corrected_in) {
            told.links.push(Link {
                href: paths::record::revision(slug, revision),
                label: format!("Revision {revision}, the first with the correction"),
            });
        }
    }
    Some(told)
}

/// Where it stands; whether something is still to come; and whether an editor
/// has begun.
fn standing(case: Option<&Case>, wording: &Wording) -> (Standing, bool, bool) {
    let state = case.map_or(State::Checking, Case::state);
    let is_taken = case.is_some_and(|case| case.taken_at.is_some());
    let of = |words, explanation| Standing { words, explanation };
    match state {
        State::Checking if !is_taken => (of("Received", wording.thanks), true, false),
        State::Checking => (
            of("Being checked", "Thank you. An editor is checking it."),
            true,
            true,
        ),
        State::Reopened => (
            of("Being checked again", "An editor looks at it once more."),
            true,
            true,
        ),
        State::Accepted => (
            of(
                "Accepted",
                "Thank you. The editors found you right, and act on it next.",
            ),
            false,
            true,
        ),
        State::Corrected => (
            of("Corrected", "Thank you. What you wrote led to a change."),
            false,
            true,
        ),
        State::Declined if case.is_some_and(|case| case.kind() == Kind::Letter) => (
            of("Answered", "Thank you. The answer stands below."),
            false,
            true,
        ),
        State::Declined => (
            of(
                "Declined",
                "Thank you. The editors looked at it, and give their reason below.",
            ),
            false,
            true,
        ),
        State::Merged => (
            of("Answered with another", "Another case answers it."),
            false,
            true,
        ),
    }
}

fn wording(kind: Kind) -> Wording {
    match kind {
        Kind::Error => Wording {
            received: "The report was received.",
            thanks: "Thank you. Your report is kept, and the editors will check it against the \
                sources.",
            to_come: &[
                ("Next", "An editor checks it against the sources."),
                (
                    "Then",
                    "If it is right, the article is corrected, and says so with the date.",
                ),
            ],
            accepted: "An editor found that the report is right. The article is corrected next.",
            corrected: "The article was corrected, and says so in these words.",
            declined: "An editor checked it; the article stays as it is, for this reason.",
        },
        Kind::Removal => Wording {
            received: "The request was received.",
            thanks: "Thank you. Your request is kept, and stands at the top of what the editors \
                have to do. They can hide the words at once, until they have decided.",
            to_come: &[("Next", "An editor decides on it.")],
            accepted: "The editors grant the request. The article is changed next.",
            corrected: "The article was changed.",
            declined: "The editors did not grant the request, for this reason.",
        },
        Kind::Rights => Wording {
            received: "The claim was received.",
            thanks: "Thank you. Your claim is kept, and stands at the top of what the editors have \
                to do. They can hide the picture at once, until they have decided.",
            to_come: &[("Next", "An editor decides on it.")],
            accepted: "The editors found the claim right. The article is changed next.",
            corrected: "The article was changed.",
            declined: "The editors did not find the claim right, for this reason.",
        },
        Kind::Letter => Wording {
            received: "The letter was received.",
            thanks: "Thank you. Your letter is kept, and the editors will read it.",
            to_come: &[("Next", "An editor reads it.")],
            accepted: "The editors have read it, and will act on it.",
            corrected: "The editors have read it, and acted on it.",
            declined: "The editors have read it, and answer in these words.",
        },
    }
}
