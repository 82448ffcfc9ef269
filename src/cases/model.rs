//! The words of a case: its states, the steps between them, and what a change
//! needs to know. No I/O.

use std::fmt;

use super::{Case, Category};

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Nobody has decided yet.
    Checking,
    /// The report is right; the file is not corrected yet.
    Accepted,
    /// The file of the article names the case in a correction.
    Corrected,
    /// The article stays as it is, for a reason that is public.
    Declined,
    /// Another case answers it.
    Merged,
    /// Open again after a decision.
    Reopened,
}

/// What can happen to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// An editor finds the report right.
    Accept,
    /// An editor finds that the article can stay as it is.
    Decline,
    /// An editor finds another case that is about the same.
    Merge,
    /// The file of the article says that it is corrected.
    Correct,
    /// An editor takes a decision back.
    Reopen,
}

/// What a case is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something in an article is wrong.
    Error,
    /// A living person asks that something about them be taken out.
    Removal,
    /// Somebody says that a picture is theirs.
    Rights,
    /// A letter that is not about one article. It is answered, and stays out of
    /// the public ledger.
    Letter,
}

/// Who makes a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor<'a> {
    /// An editor, by id: `E-7K3Q2M`.
    Editor(&'a str),
    /// A reader, by sending or confirming something.
    Reader,
    /// An import of the content folder.
    Import,
    /// Somebody at the command line of the server.
    Operator,
    /// The program by itself, after a time.
    Daybook,
}

/// How much a correction matters to a reader; the words of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// Something false was said.
    Correction,
    /// Something was said so that it could be misread.
    Clarification,
    /// A slip that misled nobody.
    Minor,
}

/// What is withheld or marked while a case is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HoldKind {
    /// A date of the article is known to be wrong: it says so, and leads no day.
    Date,
    /// Its pictures are not shown.
    Picture,
    /// Its text is not shown.
    Text,
}

/// A hold on an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// The case that it comes from.
    pub case: String,
    /// What is withheld.
    pub kind: HoldKind,
    /// Since when, in epoch milliseconds.
    pub since: i64,
}

/// A change that somebody asks for.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// The case, by its public id.
    pub case: &'a str,
    /// The version that they saw. If the case has moved on, nothing is done.
    pub seen: i64,
    /// Who.
    pub by: Actor<'a>,
    /// When, in epoch milliseconds.
    pub now: i64,
}

/// What an editor writes when a report is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// How much it matters.
    pub kind: NoteKind,
    /// The public note: what was said before and what is said now.
    pub note: String,
    /// The day that stands in the note, `2026-12-02`.
    pub date: String,
    /// The whole file as it shall be, the note included, with the SHA-256
    /// (hexadecimal) of the file that it was made from; `None` where somebody
    /// will edit the file by hand.
    pub amended: Option<(String, String)>,
}

/// A report that has just been kept.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// Its number, `R-7K3Q2M`.
    pub report: &'a str,
    /// The slug of the article it is about.
    pub article: Option<&'a str>,
    /// Its category, by its word in the table.
    pub category: &'a str,
    /// The passage.
    pub quote: &'a str,
    /// What is said to be wrong.
    pub wrong: &'a str,
    /// What it should say.
    pub correct: &'a str,
    /// When, in epoch milliseconds.
    pub now: i64,
}

/// A correction in the file of an article that names a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named<'a> {
    /// The case, as the file writes it.
    pub case: &'a str,
    /// The kind of the correction, by its word in the file.
    pub kind: &'a str,
    /// The public note.
    pub text: &'a str,
    /// The day in the file, `2026-12-02`.
    pub date: &'a str,
}

/// Why a change was not made. Nothing was written then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such case.
    Unknown,
    /// Somebody else has changed it meanwhile; here it is as it stands now.
    Overtaken(Box<Case>),
    /// From its state this step leads nowhere.
    NotNow(State),
    /// The case that it should be merged into is itself merged, the same one,
    /// or not there.
    BadTarget,
}

impl State {
    /// All of them, in the order of a case's life.
    pub const ALL: [State; 6] = [
        State::Checking,
        State::Accepted,
        State::Corrected,
        State::Declined,
        State::Merged,
        State::Reopened,
    ];

    /// The word in the table, in addresses and for programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            State::Checking => "checking",
            State::Accepted => "accepted",
            State::Corrected => "corrected",
            State::Declined => "declined",
            State::Merged => "merged",
            State::Reopened => "reopened",
        }
    }

    /// The word that people read.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            State::Checking => "Being checked",
            State::Accepted => "Accepted",
            State::Corrected => "Corrected",
            State::Declined => "Declined",
            State::Merged => "Merged",
            State::Reopened => "Reopened",
        }
    }

    /// Reads the word of the table.
    #[must_use]
    pub fn parse(text: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether somebody still has to do something.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, State::Checking | State::Accepted | State::Reopened)
    }

    /// Where a step leads; `None` where it cannot be made.
    #[must_use]
    pub const fn after(self, step: Step) -> Option<State> {
        match (self, step) {
            (State::Checking | State::Reopened, Step::Accept) => Some(State::Accepted),
            (State::Checking | State::Reopened, Step::Decline) => Some(State::Declined),
            (State::Checking | State::Accepted | State::Reopened, Step::Merge) => {
                Some(State::Merged)
            }
            // The file is the truth: it may settle what nobody decided here, and
            // even what was declined.
            (
                State::Checking | State::Accepted | State::Reopened | State::Declined,
                Step::Correct,
            ) => Some(State::Corrected),
            (
                State::Accepted | State::Corrected | State::Declined | State::Merged,
                Step::Reopen,
            ) => Some(State::Reopened),
            _ => None,
        }
    }
}

impl Kind {
    /// What a report of this category is about.
    #[must_use]
    pub fn of(category: &str, article: Option<&str>) -> Kind {
        match (Category::of_row(category), article) {
            (Category::Removal, _) => Kind::Removal,
            (Category::Rights, _) => Kind::Rights,
            (_, Some(_)) => Kind::Error,
            (_, None) => Kind::Letter,
        }
    }

    /// The word in the table.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Error => "error",
            Kind::Removal => "removal",
            Kind::Rights => "rights",
            Kind::Letter => "letter",
        }
    }

    /// The words that people read.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Kind::Error => "Error report",
            Kind::Removal => "Request for removal",
            Kind::Rights => "Rights in a picture",
            Kind::Letter => "Letter",
        }
    }

    /// Reads the word of the table.
    #[must_use]
    pub fn parse(text: &str) -> Option<Kind> {
        [Kind::Error, Kind::Removal, Kind::Rights, Kind::Letter]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }

    /// Whether it goes to the top of the inbox.
    #[must_use]
    pub const fn is_urgent(self) -> bool {
        matches!(self, Kind::Removal | Kind::Rights)
    }
}

impl fmt::Display for Actor<'_> {
    /// The word in the audit.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::Editor(id) => write!(f, "editor {id}"),
            Actor::Reader => f.write_str("reader"),
            Actor::Import => f.write_str("import"),
            Actor::Operator => f.write_str("operator"),
            Actor::Daybook => f.write_str("daybook"),
        }
    }
}

impl NoteKind {
    /// All of them, the weightiest first.
    pub const ALL: [NoteKind; 3] = [
        NoteKind::Correction,
        NoteKind::Clarification,
        NoteKind::Minor,
    ];

    /// The word in the file and in the table.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            NoteKind::Correction => "correction",
            NoteKind::Clarification => "clarification",
            NoteKind::Minor => "minor",
        }
    }

    /// Reads the word of the file.
    #[must_use]
    pub fn parse(text: &str) -> Option<NoteKind> {
        NoteKind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl HoldKind {
    /// The word in the table.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            HoldKind::Date => "date",
            HoldKind::Picture => "picture",
            HoldKind::Text => "text",
        }
    }

    /// Reads the word of the table.
    #[must_use]
    pub fn parse(text: &str) -> Option<HoldKind> {
        [HoldKind::Date, HoldKind::Picture, HoldKind::Text]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STEPS: [Step; 5] = [
        Step::Accept,
        Step::Decline,
        Step::Merge,
        Step::Correct,
        Step::Reopen,
    ];

    #[test]
    fn words_are_read_back() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
        for kind in NoteKind::ALL {
            assert_eq!(NoteKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(State::parse("spam"), None);
    }

    #[test]
    fn only_requests_that_cannot_wait_are_urgent() {
        assert!(Kind::of("removal", Some("a")).is_urgent());
        assert!(Kind::of("rights", None).is_urgent());
        assert_eq!(Kind::of("date", Some("a")), Kind::Error);
        assert_eq!(Kind::of("date", None), Kind::Letter);
        assert!(!Kind::Letter.is_urgent());
    }

    proptest! {
        #[test]
        fn every_way_through_a_case_is_a_lawful_one(steps in prop::collection::vec(0..STEPS.len(), 0..40)) {
            let mut state = State::Checking;
            for step in steps.into_iter().map(|index| STEPS[index]) {
                let Some(next) = state.after(step) else { continue };
                // A decision is only made while the case is open, and only
                // taken back after one.
                match step {
                    Step::Accept | Step::Decline | Step::Merge => prop_assert!(state.is_open()),
                    Step::Reopen => prop_assert!(state != State::Checking && state != State::Reopened),
                    Step::Correct => prop_assert!(state != State::Merged && state != State::Corrected),
                }
                prop_assert_ne!(next, State::Checking);
                prop_assert_ne!(next, state);
                state = next;
            }
            // From wherever it is, it can be brought to an end.
            let closed = state.after(Step::Decline).or(state.after(Step::Correct)).unwrap_or(state);
            prop_assert!(!closed.is_open());
        }
    }
}
