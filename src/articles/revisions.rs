//! The contents that an article has had, as far as readers may see them, and in
//! which of them each note of a change first stood.
//!
//! Nothing of this is stored: files and the table `revisions` say all of it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::model::{Correction, KeptFile, site_day_number};
use super::queries::KeptRevision;

/// All revisions of one article, in the order of their numbers.
#[derive(Clone, Debug, Default)]
pub struct Revisions(Vec<Revision>);

/// One content of an article.
#[derive(Clone, Debug)]
pub struct Revision {
    /// From 1.
    pub number: i64,
    /// SHA-256 of the file, hexadecimal.
    pub hash: String,
    /// The whole file.
    pub source: String,
    /// When it was imported: epoch milliseconds, UTC.
    pub created_at: i64,
    /// Readers may see it. One that was a draft, or that was replaced before
    /// its day of publication, has never been public and does not become so.
    pub is_public: bool,
    /// Its notes of changes, in the order of the file.
    pub corrections: Vec<Correction>,
}

impl Revisions {
    /// Reads what was kept. With `drafts` everything may be seen; else a day of
    /// publication is held against the day, in `zone`, on which the next
    /// revision came.
    #[must_use]
    pub fn read(kept: Vec<KeptRevision>, drafts: bool, zone: &TimeZone) -> Revisions {
        let replaced: Vec<Option<i64>> = kept
            .iter()
            .skip(1)
            .map(|next| day_of(next.created_at, zone))
            .chain([None])
            .collect();
        let read = |(kept, replaced): (KeptRevision, Option<i64>)| {
            let file = KeptFile::read(&kept.source);
            let was_shown = file.as_ref().is_some_and(|file| {
                let in_time = match (file.published, replaced) {
                    (Some(from), Some(until)) => from <= until,
                    _ => true,
                };
                in_time && !file.draft
            });
            Revision {
                number: kept.number,
                hash: kept.hash,
                source: kept.source,
                created_at: kept.created_at,
                is_public: drafts || was_shown,
                corrections: file.unwrap_or_default().corrections,
            }
        };
        Revisions(kept.into_iter().zip(replaced).map(read).collect())
    }

    /// All of them, those that readers may not see included.
    #[must_use]
    pub fn all(&self) -> &[Revision] {
        &self.0
    }

    /// The one with this number, if readers may see it.
    #[must_use]
    pub fn public(&self, number: i64) -> Option<&Revision> {
        self.0
            .iter()
            .find(|one| one.number == number && one.is_public)
    }

    /// The public one before this number.
    #[must_use]
    pub fn before(&self, number: i64) -> Option<&Revision> {
        self.0
            .iter()
            .rev()
            .find(|one| one.number < number && one.is_public)
    }

    /// The public one after this number.
    #[must_use]
    pub fn after(&self, number: i64) -> Option<&Revision> {
        self.0
            .iter()
            .find(|one| one.number > number && one.is_public)
    }

    /// The latest public one.
    #[must_use]
    pub fn latest(&self) -> Option<&Revision> {
        self.0.iter().rev().find(|one| one.is_public)
    }

    /// The notes that a revision has and the public one before it has not, each
    /// with its index in the file.
    #[must_use]
    pub fn new_notes<'a>(&'a self, revision: &'a Revision) -> Vec<(usize, &'a Correction)> {
        let before = self.before(revision.number);
        let known = |note: &Correction| {
            before.is_some_and(|before| before.corrections.iter().any(|one| is_same(one, note)))
        };
        let notes = revision.corrections.iter().enumerate();
        notes.filter(|(_, note)| !known(note)).collect()
    }

    /// Those of the present notes that came after revision `number`, in the
    /// order of the file. Empty where that revision may not be seen.
    #[must_use]
    pub fn notes_since<'a>(&self, number: i64, present: &'a [Correction]) -> Vec<&'a Correction> {
        let Some(old) = self.public(number) else {
            return Vec::new();
        };
        let known = |note: &&Correction| old.corrections.iter().any(|one| is_same(one, note));
        present.iter().filter(|note| !known(note)).collect()
    }

    /// The numbers of the public revisions between which a note came into the
    /// article, seen from revision `number`, which has it. `None` if it was
    /// there when the article was first shown.
    #[must_use]
    pub fn came_between(&self, note: &Correction, number: i64) -> Option<(i64, i64)> {
        let mut later = number;
        let earlier = self.0.iter().rev();
        for one in earlier.filter(|one| one.number < number && one.is_public) {
            if !one.corrections.iter().any(|other| is_same(other, note)) {
                return Some((one.number, later));
            }
            later = one.number;
        }
        None
    }
}

/// Whether two notes are one: those that settle a case by its name and day, so
/// that a slip in the words can be mended; others by all that they say.
fn is_same(one: &Correction, other: &Correction) -> bool {
    if one.date != other.date {
        return false;
    }
    match (&one.case, &other.case) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => one.kind == other.kind && one.text == other.text,
    }
}

/// The day number on which a moment falls.
fn day_of(milliseconds: i64, zone: &TimeZone) -> Option<i64> {
    let moment = Timestamp::from_millisecond(milliseconds).ok()?;
    let day = moment.to_zoned(zone.clone()).date();
    site_day_number(&day.to_string()).map(|day| day.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Revisions from front matters, each imported a day after the one before,
    /// the first on 1 December 2026.
    fn revisions(front_matters: &[&str]) -> Revisions {
        let kept = (1..)
            .zip(front_matters)
            .map(|(number, lines)| KeptRevision {
                number,
                hash: format!("{number}"),
                source: format!("---\ntitle: a\n{lines}\n---\n"),
                created_at: 1_796_126_400_000 + (number - 1) * 86_400_000,
            });
        Revisions::read(kept.collect(), false, &TimeZone::UTC)
    }

    fn public(revisions: &Revisions) -> Vec<i64> {
        let public = revisions.all().iter().filter(|one| one.is_public);
        public.map(|one| one.number).collect()
    }

    #[test]
    fn what_was_hidden_when_it_was_present_stays_hidden() {
        let all = revisions(&[
            "draft: true",
            "published: 2026-12-04",
            "published: 2026-12-04",
            "summary: shown",
            "draft: true",
            "summary: again",
        ]);
        // The second was replaced on 3 December, the third on the 4th.
        assert_eq!(public(&all), [3, 4, 6]);
        assert_eq!(all.before(6).map(|one| one.number), Some(4));
        assert!(all.before(3).is_none());
        assert!(all.public(5).is_none());
    }

    #[test]
    fn a_note_came_between_two_that_readers_have_seen() {
        let note = "corrections: [{date: 2026-12-02, kind: minor, text: Words.}]";
        let all = revisions(&["summary: a", &format!("draft: true\n{note}"), note, note]);
        let found = &all.all()[3].corrections[0];
        assert_eq!(all.came_between(found, 4), Some((1, 3)));
        assert_eq!(all.new_notes(&all.all()[2]).len(), 1);
        assert!(all.new_notes(&all.all()[3]).is_empty());
        let from_the_start = revisions(&[note, note]);
        assert_eq!(from_the_start.came_between(found, 2), None);
    }

    #[test]
    fn a_note_of_a_case_stays_itself_when_its_words_are_mended() {
        let note = |text: &str| {
            format!(
                "corrections: [{{date: 2026-12-02, kind: minor, text: {text}, case: C-AAAAAA}}]"
            )
        };
        let all = revisions(&["summary: a", &note("Wrods."), &note("Words.")]);
        assert!(all.new_notes(&all.all()[2]).is_empty());
    }
}
