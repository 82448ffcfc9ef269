//! The dated notices of what was changed in an article: corrections above its
//! text, clarifications and minor edits below it. Each leads to its case and to
//! what changed.

use std::cmp::Reverse;

use super::Revisions;
use super::model::{Correction, CorrectionKind, site_date_words};
use crate::cases::{Hold, HoldKind};
use crate::dates::DateStyle;
use crate::paths::record;
use crate::site::shell::Link;

/// All notices of one page.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    /// Something false was said; newest first.
    pub head: Vec<NoticeView>,
    /// Everything else; newest first.
    pub foot: Vec<NoticeView>,
}

/// One notice, ready to print.
#[derive(Clone, Debug)]
pub struct NoticeView {
    /// "Correction", "Clarification" or "Minor edit".
    pub kind: &'static str,
    /// The day of the change, in words.
    pub date_words: String,
    /// The same as `2026-12-02`.
    pub date: String,
    /// What was said before and what is said now; plain text.
    pub text: String,
    /// The case that it settles.
    pub case: Option<Link>,
    /// What changed in the article when it came; `None` if it was there from
    /// the start.
    pub changes_href: Option<String>,
}

/// What tells readers that an article is on hold: a report on it was upheld
/// and the text is not yet mended, or something in it must not be shown
/// meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldNotice {
    /// A sentence or two for readers, plain text.
    pub sentence: String,
    /// The case behind it, if that is public.
    pub case: Option<Link>,
}

impl HoldNotice {
    /// A notice for each thing that is on hold. The case behind a wrong date is
    /// public, because it was decided; the others are still being examined, and
    /// have no page yet.
    #[must_use]
    pub fn of(holds: &[Hold]) -> Vec<HoldNotice> {
        let mut holds: Vec<&Hold> = holds.iter().collect();
        holds.sort_by_key(|hold| (Reverse(hold.kind), hold.since));
        let mut notices: Vec<HoldNotice> = Vec::new();
        for hold in holds {
            let (sentence, is_public) = match hold.kind {
                HoldKind::Date => (
                    "A date in this article is known to be wrong. A report about it was accepted, \
                     and the correction is on its way.",
                    true,
                ),
                HoldKind::Picture => (
                    "The pictures of this article are not shown while the editors examine whose \
                     they are.",
                    false,
                ),
                HoldKind::Text => (
                    "The text of this article is not shown while the editors examine a request \
                     about it.",
                    false,
                ),
            };
            notices.push(HoldNotice {
                sentence: sentence.to_owned(),
                case: is_public.then(|| Link {
                    href: record::case(&hold.case),
                    label: format!("Case {}", hold.case),
                }),
            });
        }
        notices.dedup();
        notices
    }
}

impl Notices {
    /// The notices of an article at revision `number`, from its front matter.
    #[must_use]
    pub fn new(
        slug: &str,
        number: i64,
        corrections: &[Correction],
        revisions: &Revisions,
        style: DateStyle,
    ) -> Notices {
        let mut newest_first: Vec<&Correction> = corrections.iter().rev().collect();
        newest_first.sort_by(|one, other| other.date.cmp(&one.date));
        let mut notices = Notices::default();
        for note in newest_first {
            let between = revisions.came_between(note, number);
            let view = NoticeView {
                kind: note.kind.words(),
                date_words: site_date_words(&note.date, style),
                date: note.date.clone(),
                text: note.text.clone(),
                case: case_link(note),
                changes_href: between.map(|(from, to)| record::comparison(slug, from, to)),
            };
            match note.kind {
                CorrectionKind::Correction => notices.head.push(view),
                CorrectionKind::Clarification | CorrectionKind::Minor => notices.foot.push(view),
            }
        }
        notices
    }
}

/// The link to the case that a note settles.
#[must_use]
pub fn case_link(note: &Correction) -> Option<Link> {
    note.case.as_ref().map(|case| Link {
        href: record::case(case),
        label: format!("Case {}", case.to_ascii_uppercase()),
    })
}
