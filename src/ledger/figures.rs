//! What the ledger measures. No I/O.

use std::collections::BTreeMap;

use super::choice::{Choice, Facet};
use super::model::{Row, days_between};
use crate::cases::State;

/// Milliseconds of a tenth of a day.
const TENTH: f64 = 8_640_000.0;

/// The cases that nobody has closed yet. Of these nothing is public but this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) number: i64,
    /// When the oldest of them was opened, in epoch milliseconds.
    pub(super) oldest: Option<i64>,
}

/// The figures of all cases, or of those that were decided in one year.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tally {
    /// How many are listed.
    pub(super) listed: usize,
    pub(super) corrected: usize,
    pub(super) accepted: usize,
    pub(super) declined: usize,
    pub(super) reopened: usize,
    /// From a report to the first decision, in days with one decimal; `None`
    /// without a case.
    pub(super) median_days: Option<f64>,
}

/// What stands at the head of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figures {
    pub(super) all: Tally,
    /// By the year of the last decision, the newest first.
    pub(super) years: Vec<(i16, Tally)>,
    pub(super) open: i64,
    /// Whole days since the oldest open case was opened.
    pub(super) oldest_open_days: Option<i64>,
}

impl Tally {
    fn of<'a>(rows: impl Iterator<Item = &'a Row> + Clone) -> Tally {
        let count = |state| rows.clone().filter(|row| row.state == state).count();
        Tally {
            listed: rows.clone().count(),
            corrected: count(State::Corrected),
            accepted: count(State::Accepted),
            declined: count(State::Declined),
            reopened: count(State::Reopened),
            median_days: median(rows.map(|row| row.course.duration()).collect()),
        }
    }

    /// The share of reports that were found right, from 0 to 1, among the
    /// cases whose decision stands; `None` where there is no such case.
    pub(super) fn accepted_share(&self) -> Option<f64> {
        let right = self.corrected + self.accepted;
        let decided = right + self.declined;
        (decided > 0).then(|| fraction(right, decided))
    }
}

impl Figures {
    /// Of all cases of the ledger at a moment, in epoch milliseconds.
    pub(super) fn of(rows: &[Row], open: Open, now: i64) -> Figures {
        let mut by_year: BTreeMap<i16, Vec<&Row>> = BTreeMap::new();
        for row in rows {
            by_year.entry(row.year).or_default().push(row);
        }
        Figures {
            all: Tally::of(rows.iter()),
            years: by_year
                .into_iter()
                .rev()
                .map(|(year, rows)| (year, Tally::of(rows.iter().copied())))
                .collect(),
            open: open.number,
            oldest_open_days: open.oldest.map(|opened| days_between(opened, now)),
        }
    }
}

/// How many cases there are for each value of a facet, given what is chosen in
/// the others; by value.
pub(super) fn counts(rows: &[Row], choice: &Choice, facet: Facet) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in rows.iter().filter(|row| choice.takes(row, Some(facet))) {
        if let Some(value) = facet.of(row) {
            *counts.entry(value).or_default() += 1;
        }
    }
    counts
}

/// The middle of durations in milliseconds, in days with one decimal; of an
/// even number of them, the mean of the two in the middle.
fn median(mut durations: Vec<i64>) -> Option<f64> {
    durations.sort_unstable();
    let upper = *durations.get(durations.len() / 2)?;
    let lower = *durations.get((durations.len() - 1) / 2)?;
    let middle = lower + (upper - lower) / 2;
    #[expect(
        clippy::cast_precision_loss,
        reason = "durations of a life are far below 2^53 milliseconds"
    )]
    Some((middle as f64 / TENTH).round() / 10.0)
}

fn fraction(part: usize, whole: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a share is told in percent")]
    let share = part as f64 / whole as f64;
    (share * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::{Category, NoteKind};
    use crate::ledger::model::Course;

    const DAY: i64 = 86_400_000;

    fn row(state: State, days: i64, year: i16) -> Row {
        Row {
            id: "C-000000".to_owned(),
            state,
            note_kind: (state == State::Corrected).then_some(NoteKind::Minor),
            category: Category::Date,
            article: None,
            course: Course {
                opened_at: 0,
                first_decided_at: days * DAY,
                decided_at: days * DAY,
                closed_at: None,
                reopened_at: None,
            },
            year,
        }
    }

    #[test]
    fn the_median_of_days_is_the_middle_one_or_the_mean_of_two() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![9 * DAY]), Some(9.0));
        assert_eq!(median(vec![30 * DAY, DAY, 2 * DAY]), Some(2.0));
        assert_eq!(median(vec![DAY, 2 * DAY]), Some(1.5));
        assert_eq!(median(vec![DAY / 4]), Some(0.3));
    }

    #[test]
    fn a_reopened_case_counts_for_neither_side() {
        let rows = [
            row(State::Corrected, 1, 2026),
            row(State::Accepted, 2, 2026),
            row(State::Declined, 3, 2025),
            row(State::Reopened, 40, 2025),
        ];
        let open = Open {
            number: 2,
            oldest: Some(DAY),
        };
        let figures = Figures::of(&rows, open, 5 * DAY + 1);
        assert_eq!(figures.all.accepted_share(), Some(0.667));
        assert_eq!((figures.all.listed, figures.all.reopened), (4, 1));
        assert_eq!((figures.open, figures.oldest_open_days), (2, Some(4)));
        let years: Vec<_> = figures
            .years
            .iter()
            .map(|(year, tally)| (*year, tally.listed, tally.median_days))
            .collect();
        assert_eq!(years, [(2026, 2, Some(1.5)), (2025, 2, Some(21.5))]);
        assert_eq!(figures.years[1].1.accepted_share(), Some(0.0));
    }

    #[test]
    fn a_facet_counts_what_another_value_in_it_would_show() {
        let rows = [
            row(State::Corrected, 1, 2026),
            row(State::Declined, 2, 2026),
            row(State::Declined, 3, 2025),
        ];
        let choice = Choice::parse("outcome=declined&year=2026").unwrap();
        let of = |facet| counts(&rows, &choice, facet);
        let outcomes: Vec<_> = of(Facet::Outcome).into_iter().collect();
        assert_eq!(
            outcomes,
            [("corrected".to_owned(), 1), ("declined".to_owned(), 1)]
        );
        assert_eq!(of(Facet::Year).len(), 2);
        assert_eq!(of(Facet::Kind).len(), 0);
    }
}
