//! A case as the ledger tells it. No I/O.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::cases::{Case, Category, NoteKind, State};
use crate::paths::{self, record};

const MILLISECONDS_OF_A_DAY: i64 = 86_400_000;

/// The outcomes that the ledger knows, in the order in which it names them.
pub(super) const OUTCOMES: [State; 4] = [
    State::Corrected,
    State::Accepted,
    State::Declined,
    State::Reopened,
];

/// When what happened to a case. All in epoch milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Course {
    pub(super) opened_at: i64,
    /// The first time that it was accepted, declined or corrected; the figures
    /// measure to here, so that a decision taken back does not look slow.
    pub(super) first_decided_at: i64,
    /// The last time that it was accepted or declined.
    pub(super) decided_at: i64,
    /// The last time that it was corrected or declined, if it is closed now.
    pub(super) closed_at: Option<i64>,
    /// The last time that a decision was taken back.
    pub(super) reopened_at: Option<i64>,
}

/// What the ledger chooses and counts by; one for each case that it lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) state: State,
    pub(super) note_kind: Option<NoteKind>,
    pub(super) category: Category,
    /// Slug.
    pub(super) article: Option<String>,
    pub(super) course: Course,
    /// The year of its last decision, by the clock of the site.
    pub(super) year: i16,
}

/// What a case is about, so far as everybody may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// An article that can be read.
    Article { slug: String, title: String },
    /// An article that was removed; its address says why.
    Removed { slug: String },
    /// An article that names a living person who asked for something: the
    /// ledger must not lead there.
    Unnamed,
    /// An article that is not public, or a page that is none.
    Other,
}

/// A case with everything that is public about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// `C-7K3Q2M`.
    pub(super) id: String,
    /// The absolute address of its page, which is its id in every form.
    pub(super) url: String,
    pub(super) state: State,
    pub(super) note_kind: Option<NoteKind>,
    pub(super) category: Category,
    pub(super) subject: Subject,
    /// The editors' note, or their reason; plain text. Of a reopened case the
    /// one of the decision that was taken back.
    pub(super) text: String,
    pub(super) course: Course,
    /// The revision that holds the correction.
    pub(super) revision: Option<i64>,
}

impl Course {
    /// Whole days from the report to the first decision.
    pub(super) fn days(&self) -> i64 {
        self.duration() / MILLISECONDS_OF_A_DAY
    }

    /// Milliseconds from the report to the first decision; never negative,
    /// also where a clock was set back.
    pub(super) fn duration(&self) -> i64 {
        (self.first_decided_at - self.opened_at).max(0)
    }

    /// When the case last changed in a way that a follower of a feed should
    /// hear of: a decision, a decision taken back, a correction or a
    /// clarification in the article. A minor edit that has reached the article
    /// is none, so such a case keeps the date of its decision.
    pub(super) fn updated_at(&self, state: State, note_kind: Option<NoteKind>) -> i64 {
        let mut latest = self.decided_at.max(self.reopened_at.unwrap_or(i64::MIN));
        if state == State::Corrected && note_kind != Some(NoteKind::Minor) {
            latest = latest.max(self.closed_at.unwrap_or(i64::MIN));
        }
        latest
    }
}

impl Subject {
    /// Its title, or what stands in its place.
    pub(super) fn title(&self) -> &str {
        match self {
            Subject::Article { title, .. } => title,
            Subject::Removed { .. } => "An article that was removed",
            Subject::Unnamed => "An article that names a living person",
            Subject::Other => "A page that is not public",
        }
    }

    /// Where it is, or was.
    pub(super) fn path(&self) -> Option<String> {
        match self {
            Subject::Article { slug, .. } | Subject::Removed { slug } => Some(paths::article(slug)),
            Subject::Unnamed | Subject::Other => None,
        }
    }

    /// Its slug while it can be read.
    pub(super) fn slug(&self) -> Option<&str> {
        match self {
            Subject::Article { slug, .. } => Some(slug),
            Subject::Removed { .. } | Subject::Unnamed | Subject::Other => None,
        }
    }
}

impl Entry {
    /// Takes from a case what is public; `base_url` has no slash at its end.
    pub(super) fn new(case: Case, course: Course, subject: Subject, base_url: &str) -> Entry {
        let state = case.state();
        let declined = state == State::Declined || case.note.is_empty();
        let text = if declined { &case.reason } else { &case.note };
        Entry {
            url: paths::absolute(base_url, &record::case(&case.id)),
            state,
            note_kind: case.note_kind(),
            category: case.category(),
            subject,
            text: printable(text),
            course,
            revision: case.corrected_in.filter(|_| state == State::Corrected),
            id: case.id,
        }
    }

    /// What came of it, in a word or two: the kind of note where there is one,
    /// because "Minor edit" says more than "Corrected".
    pub(super) fn outcome(&self) -> &'static str {
        match (self.state, self.note_kind) {
            (State::Corrected, Some(kind)) => note_kind_words(kind),
            (state, _) => state.words(),
        }
    }

    /// One line for lists and feeds.
    pub(super) fn title(&self) -> String {
        format!("{}: {}", self.outcome(), self.subject.title())
    }

    /// When it last changed for followers of a feed.
    pub(super) fn updated_at(&self) -> i64 {
        self.course.updated_at(self.state, self.note_kind)
    }

    /// The revision that holds the correction, where it can be read.
    pub(super) fn revision_path(&self) -> Option<String> {
        Some(record::revision(self.subject.slug()?, self.revision?))
    }
}

/// The word that people read for a kind of note.
pub(super) const fn note_kind_words(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Correction => "Correction",
        NoteKind::Clarification => "Clarification",
        NoteKind::Minor => "Minor edit",
    }
}

/// A moment of ours as RFC 3339 writes it, in UTC and to the second.
pub(super) fn rfc3339(milliseconds: i64) -> String {
    moment(milliseconds).to_string()
}

/// The day of a moment by the clock of the site.
pub(super) fn day(milliseconds: i64, zone: &TimeZone) -> Date {
    moment(milliseconds).to_zoned(zone.clone()).date()
}

/// Whole days between two moments.
pub(super) fn days_between(from: i64, to: i64) -> i64 {
    (to - from).max(0) / MILLISECONDS_OF_A_DAY
}

fn moment(milliseconds: i64) -> Timestamp {
    Timestamp::from_second(milliseconds.div_euclid(1000)).unwrap_or_default()
}

/// Without the control characters that XML cannot hold; all forms leave them
/// out, so that all have the same text.
pub(super) fn printable(text: &str) -> String {
    let is_fit = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars()
        .filter(is_fit)
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COURSE: Course = Course {
        opened_at: 0,
        first_decided_at: 3 * MILLISECONDS_OF_A_DAY,
        decided_at: 3 * MILLISECONDS_OF_A_DAY,
        closed_at: Some(5 * MILLISECONDS_OF_A_DAY),
        reopened_at: None,
    };

    #[test]
    fn a_minor_edit_moves_no_date_and_a_correction_does() {
        let updated = |state, kind| COURSE.updated_at(state, kind);
        let corrected = State::Corrected;
        assert_eq!(updated(corrected, Some(NoteKind::Minor)), COURSE.decided_at);
        for kind in [NoteKind::Correction, NoteKind::Clarification] {
            assert_eq!(Some(updated(corrected, Some(kind))), COURSE.closed_at);
        }
        let reopened = Course {
            reopened_at: Some(9 * MILLISECONDS_OF_A_DAY),
            closed_at: None,
            ..COURSE
        };
        assert_eq!(
            Some(reopened.updated_at(State::Reopened, None)),
            reopened.reopened_at
        );
    }

    #[test]
    fn a_clock_that_was_set_back_makes_no_negative_days() {
        let course = Course {
            opened_at: 9 * MILLISECONDS_OF_A_DAY,
            ..COURSE
        };
        assert_eq!((course.days(), COURSE.days()), (0, 3));
    }

    #[test]
    fn every_form_gets_a_text_that_xml_can_hold() {
        assert_eq!(
            printable(" It\u{7} was\u{0} a\nday\u{ffff} later. "),
            "It was a\nday later."
        );
    }
}
