//! The shapes in which the ledger answers programs. The comments on fields are
//! the words of the OpenAPI document.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

/// A part of the public record.
#[derive(Serialize, ToSchema)]
#[schema(as = Cases)]
pub(super) struct Listing {
    /// The address of this part.
    pub(super) url: String,
    /// Its number, from 1.
    #[schema(example = 1)]
    pub(super) page: usize,
    /// How many there are.
    #[schema(example = 3)]
    pub(super) pages: usize,
    /// How many cases are chosen, in all parts.
    #[schema(example = 112)]
    pub(super) total: usize,
    /// The part that follows; null at the end.
    pub(super) next: Option<String>,
    /// The part before this one; null at the beginning, and where a cursor was
    /// followed.
    pub(super) previous: Option<String>,
    /// After which case the next part begins, for `cursor`; null at the end.
    /// Unlike a number it stays right when cases are decided meanwhile.
    pub(super) cursor: Option<String>,
    /// Figures of all cases, whatever is chosen.
    pub(super) figures: FiguresOut,
    /// For each parameter, how many cases there are for each of its values,
    /// given the other parameters.
    #[schema(value_type = BTreeMap<String, BTreeMap<String, usize>>)]
    pub(super) counts: BTreeMap<&'static str, BTreeMap<String, usize>>,
    /// The cases, the last decision first.
    pub(super) cases: Vec<CaseOut>,
}

/// Figures of the public record.
#[derive(Serialize, ToSchema)]
#[schema(as = Figures)]
pub(super) struct FiguresOut {
    #[serde(flatten)]
    pub(super) all: TallyOut,
    /// How many cases nobody has closed.
    pub(super) open: i64,
    /// The age of the oldest of these, in whole days.
    pub(super) oldest_open_days: Option<i64>,
    /// The same for each year of decision.
    pub(super) years: Vec<YearOut>,
}

/// Figures of one year.
#[derive(Serialize, ToSchema)]
#[schema(as = FiguresOfYear)]
pub(super) struct YearOut {
    /// The year, by the clock of the site.
    #[schema(example = 2026)]
    pub(super) year: i16,
    #[serde(flatten)]
    pub(super) tally: TallyOut,
}

/// How many cases came to what.
#[derive(Serialize, ToSchema)]
#[schema(as = Tally)]
pub(super) struct TallyOut {
    /// All that were decided.
    pub(super) cases: usize,
    /// Those whose correction stands in the article.
    pub(super) corrected: usize,
    /// Those found right, the correction still on its way.
    pub(super) accepted: usize,
    /// Those after which the article stayed as it was.
    pub(super) declined: usize,
    /// Those open again after a decision.
    pub(super) reopened: usize,
    /// How many of the decisions that stand found the report right, 0 to 1;
    /// null without any.
    #[schema(example = 0.75)]
    pub(super) accepted_share: Option<f64>,
    /// Days from the report to the first decision, the median; null without
    /// any.
    #[schema(example = 2.5)]
    pub(super) median_days: Option<f64>,
}

/// A decided case.
#[derive(Serialize, ToSchema)]
#[schema(as = Case)]
pub(super) struct CaseOut {
    /// The address of its page, which never changes; the same id as in feeds.
    pub(super) id: String,
    /// The address of its page.
    pub(super) url: String,
    /// Its address here.
    pub(super) api: String,
    /// Its number.
    #[schema(example = "C-7K3Q2M")]
    pub(super) case: String,
    /// A line for lists.
    pub(super) title: String,
    /// `corrected`, `accepted`, `declined` or `reopened`.
    #[schema(example = "corrected")]
    pub(super) outcome: &'static str,
    /// Of the note: `correction`, `clarification` or `minor`; null without one.
    #[schema(example = "correction")]
    pub(super) kind: Option<&'static str>,
    /// What the report was about.
    #[schema(example = "date")]
    pub(super) category: &'static str,
    /// What the editors wrote: the note, or the reason for which it was
    /// declined; of a reopened case what they wrote with the decision that was
    /// taken back. Plain text.
    pub(super) text: String,
    /// The article; null where it cannot be read.
    pub(super) article: Option<ArticleOut>,
    /// The day of the report.
    #[schema(format = Date, example = "2026-11-22")]
    pub(super) opened: String,
    /// The moment of the first decision (RFC 3339, UTC).
    #[schema(format = DateTime, example = "2026-11-24T10:15:00Z")]
    pub(super) published: String,
    /// The moment of the last decision, reopening, correction or clarification;
    /// minor edits do not move it.
    #[schema(format = DateTime, example = "2026-11-24T10:15:00Z")]
    pub(super) updated: String,
    /// Whole days from the report to the first decision.
    #[schema(example = 2)]
    pub(super) days: i64,
    /// The revision that holds the correction; null without one.
    pub(super) revision: Option<RevisionOut>,
}

/// The article of a case.
#[derive(Serialize, ToSchema)]
#[schema(as = CaseArticle)]
pub(super) struct ArticleOut {
    /// The last part of its address.
    #[schema(example = "fall-of-seoul-1951")]
    pub(super) slug: String,
    /// Its headline.
    pub(super) title: String,
    /// Its page.
    pub(super) url: String,
    /// Every revision of it.
    pub(super) history: String,
}

/// The revision that holds a correction.
#[derive(Serialize, ToSchema)]
#[schema(as = CaseRevision)]
pub(super) struct RevisionOut {
    /// From 1.
    #[schema(example = 3)]
    pub(super) number: i64,
    /// Its page.
    pub(super) url: String,
}

/// One case with its steps.
#[derive(Serialize, ToSchema)]
#[schema(as = WholeCase)]
pub(super) struct Whole {
    #[serde(flatten)]
    pub(super) case: CaseOut,
    /// What became of it, the oldest first.
    pub(super) steps: Vec<StepOut>,
}

/// A case that another answers.
#[derive(Serialize, ToSchema)]
#[schema(as = MergedCase)]
pub(super) struct MergedOut {
    /// The address of its page.
    pub(super) id: String,
    /// Its number.
    #[schema(example = "C-7K3Q2M")]
    pub(super) case: String,
    /// Always `merged`.
    #[schema(example = "merged")]
    pub(super) outcome: &'static str,
    /// The id of the case that answers it.
    pub(super) merged_into: String,
    /// What became of it, the oldest first.
    pub(super) steps: Vec<StepOut>,
}

/// One or the other.
#[derive(Serialize, ToSchema)]
#[schema(as = AnyCase)]
#[serde(untagged)]
pub(super) enum AnyCase {
    Whole(Box<Whole>),
    Merged(MergedOut),
}

/// A step of a case.
#[derive(Serialize, ToSchema)]
#[schema(as = CaseStep)]
pub(super) struct StepOut {
    /// The day.
    #[schema(format = Date, example = "2026-11-22")]
    pub(super) on: String,
    /// What the case became: `checking`, `accepted`, `corrected`, `declined`,
    /// `merged` or `reopened`.
    #[schema(example = "accepted")]
    pub(super) state: &'static str,
    /// The public reason or note; may be empty.
    pub(super) text: String,
}
