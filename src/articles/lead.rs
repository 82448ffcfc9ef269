//! Which event leads the page of a day. The same events in the same year make
//! the same choice everywhere and always: no chance, no clock, no I/O.
//!
//! 1. What happened a round number of years ago comes before all else, and of
//!    several round numbers the largest.
//! 2. Of those that are still equal, the ones stay that share least with the
//!    leads of the two days before: their century, the country of their first
//!    place, a topic. Those leads are what rules 1 and 3 give, so that one day
//!    does not hang on all the days before it.
//! 3. Those that are equal still take turns, by the year and the day.
//!
//! Readers find the same in `content/pages/about.md`, and the reasons in
//! `docs/decisions/0012-the-lead-of-a-day.md`.

use std::collections::BTreeSet;

use crate::dates::{Calendar, Century, Day, Year, is_round_anniversary};

/// What the rule looks at in an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Of the article: with the year it orders the turns.
    pub slug: String,
    /// The year in which the event stands on this day.
    pub year: Year,
    /// Whole years since then; `None` where the year is not sure, and in the
    /// year itself.
    pub years_ago: Option<u64>,
    /// Where it happened: the country of its first place, or that place itself
    /// where no country is known.
    pub region: Option<String>,
    /// The slugs of its topics.
    pub subjects: BTreeSet<String>,
}

/// The event that leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Which of the candidates, from 0.
    pub index: usize,
    /// Which rule chose it.
    pub reason: Reason,
}

/// Why it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is no other.
    Only,
    /// Rule 1, alone or first.
    Anniversary,
    /// Rule 2 has left no other.
    Variety,
    /// Rule 3.
    Turn,
}

/// Chooses the lead of `day` as of `year`; `None` without candidates. `before`
/// gives the leads of the two days before, by [`lead_by_itself`]; it is only
/// asked if rule 1 leaves several.
///
/// # Errors
/// Those of `before`.
pub fn choose<E>(
    candidates: &[Candidate],
    year: Year,
    day: Day,
    before: impl FnOnce() -> Result<Vec<Candidate>, E>,
) -> Result<Option<Choice>, E> {
    if candidates.len() < 2 {
        let only = (!candidates.is_empty()).then_some(Choice {
            index: 0,
            reason: Reason::Only,
        });
        return Ok(only);
    }
    let (foremost, is_round) = foremost(candidates);
    if let [index] = foremost[..] {
        let reason = Reason::Anniversary;
        return Ok(Some(Choice { index, reason }));
    }
    let varied = least_alike(candidates, &foremost, &before()?);
    let reason = match varied.len() {
        _ if is_round => Reason::Anniversary,
        1 => Reason::Variety,
        _ => Reason::Turn,
    };
    Ok(turn(candidates, varied, year, day).map(|index| Choice { index, reason }))
}

/// The lead by rules 1 and 3 alone, for the days beside another.
#[must_use]
pub fn lead_by_itself(candidates: &[Candidate], year: Year, day: Day) -> Option<usize> {
    turn(candidates, foremost(candidates).0, year, day)
}

/// The day before, with its year: February 29 is only there in leap years.
#[must_use]
pub fn day_before(year: Year, day: Day) -> (Year, Day) {
    let before = day.previous();
    if before.ordinal() > day.ordinal() {
        return (Year::from_astronomical(year.astronomical() - 1), before);
    }
    if before.is_leap_day() && !year.is_leap(Calendar::Gregorian) {
        return (year, before.previous());
    }
    (year, before)
}

/// Rule 1: those with the largest round number of years, and true; or all, if
/// none has one. The rules after it look at no others.
pub(super) fn foremost(candidates: &[Candidate]) -> (Vec<usize>, bool) {
    let round = |one: &Candidate| one.years_ago.filter(|years| is_round_anniversary(*years));
    let largest = candidates.iter().filter_map(round).max();
    let equal = (0..candidates.len())
        .filter(|index| round(&candidates[*index]) == largest || largest.is_none())
        .collect();
    (equal, largest.is_some())
}

/// Rule 2: those of `among` that share least with the leads before.
fn least_alike(candidates: &[Candidate], among: &[usize], before: &[Candidate]) -> Vec<usize> {
    let shared = |index: &usize| -> usize {
        let one = &candidates[*index];
        before.iter().map(|other| alike(one, other)).sum()
    };
    let least = among.iter().map(shared).min();
    let equal = among.iter().filter(|index| Some(shared(index)) == least);
    equal.copied().collect()
}

/// How much two events share, from 0 to 3: era, region, subject.
fn alike(one: &Candidate, other: &Candidate) -> usize {
    let era = Century::of(one.year) == Century::of(other.year);
    let region = one.region.is_some() && one.region == other.region;
    let subject = !one.subjects.is_disjoint(&other.subjects);
    usize::from(era) + usize::from(region) + usize::from(subject)
}

/// Rule 3: next year it is the next one's turn, and tomorrow too.
fn turn(candidates: &[Candidate], mut among: Vec<usize>, year: Year, day: Day) -> Option<usize> {
    among.sort_by_key(|index| (candidates[*index].year, &candidates[*index].slug));
    let count = i64::try_from(among.len()).ok().filter(|count| *count > 0)?;
    let place = (year.astronomical() + i64::from(day.ordinal())).rem_euclid(count);
    usize::try_from(place)
        .ok()
        .and_then(|place| among.get(place).copied())
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use proptest::prelude::*;

    use super::*;

    const NOW: i64 = 2026;

    fn candidate(slug: &str, year: i64) -> Candidate {
        Candidate {
            slug: slug.to_owned(),
            year: Year::from_astronomical(year),
            years_ago: u64::try_from(NOW - year).ok().filter(|years| *years > 0),
            region: None,
            subjects: BTreeSet::new(),
        }
    }

    fn chosen(
        candidates: &[Candidate],
        before: &[Candidate],
        year: i64,
        day: Day,
    ) -> Option<Choice> {
        let before = || Ok::<_, Infallible>(before.to_vec());
        let Ok(choice) = choose(candidates, Year::from_astronomical(year), day, before);
        choice
    }

    fn lead(candidates: &[Candidate], before: &[Candidate]) -> Option<(String, Reason)> {
        let choice = chosen(candidates, before, NOW, Day::LEAP)?;
        Some((candidates[choice.index].slug.clone(), choice.reason))
    }

    fn some(slug: &str, reason: Reason) -> Option<(String, Reason)> {
        Some((slug.to_owned(), reason))
    }

    #[test]
    fn round_numbers_come_first_and_the_largest_of_them() {
        let [plain, fifty, hundred] =
            [1973, 1976, 1926].map(|year| candidate(&year.to_string(), year));
        let all = [plain.clone(), fifty.clone(), hundred];
        assert_eq!(lead(&all, &[]), some("1926", Reason::Anniversary));
        assert_eq!(lead(&all[..2], &[]), some("1976", Reason::Anniversary));
        assert_eq!(lead(&[plain], &[]), some("1973", Reason::Only));
        assert_eq!(lead(&[fifty], &[]), some("1976", Reason::Only));
        assert_eq!(lead(&[], &[]), None);
        // 110 years are no round number, 60 are.
        let all = [candidate("old", 1916), candidate("young", 1966)];
        assert_eq!(lead(&all, &[]), some("young", Reason::Anniversary));
        // Without a sure year there is no anniversary.
        let unsure = Candidate {
            years_ago: None,
            ..candidate("unsure", 1926)
        };
        let all = [unsure, candidate("sure", 1966)];
        assert_eq!(lead(&all, &[]), some("sure", Reason::Anniversary));
    }

    #[test]
    fn of_equals_the_one_that_shares_least_with_the_days_before_leads() {
        let mut one = candidate("one", 1904);
        let mut other = candidate("other", 1807);
        one.region = Some("FR".to_owned());
        other.region = Some("KR".to_owned());
        let mut yesterday = candidate("yesterday", 1801);
        let all = [one.clone(), other.clone()];
        // The era.
        assert_eq!(
            lead(&all, &[yesterday.clone()]),
            some("one", Reason::Variety)
        );
        // Its country weighs as much, its subject too.
        yesterday.region = Some("FR".to_owned());
        one.subjects.insert("war".to_owned());
        yesterday.subjects.insert("war".to_owned());
        let all = [one, other];
        assert_eq!(
            lead(&all, &[yesterday.clone()]),
            some("other", Reason::Variety)
        );
        // What is not known is not shared.
        let strangers = [candidate("a", 1904), candidate("b", 1905)];
        let before = [candidate("yesterday", 1504)];
        assert_eq!(lead(&strangers, &before).unwrap().1, Reason::Turn);
        // An anniversary is one whatever led yesterday.
        let round = Candidate {
            years_ago: Some(100),
            ..yesterday.clone()
        };
        let all = [round, candidate("plain", 1504)];
        assert_eq!(
            lead(&all, &[yesterday]),
            some("yesterday", Reason::Anniversary)
        );
    }

    #[test]
    fn the_day_before_is_the_one_that_readers_had() {
        let before = |year, month, day| {
            let (year, day) =
                day_before(Year::from_astronomical(year), Day::new(month, day).unwrap());
            (year.astronomical(), day.slug())
        };
        let at = |year, slug: &str| (year, slug.to_owned());
        assert_eq!(before(2026, 1, 1), at(2025, "december-31"));
        assert_eq!(before(2026, 3, 1), at(2026, "february-28"));
        assert_eq!(before(2024, 3, 1), at(2024, "february-29"));
        assert_eq!(before(2026, 2, 29), at(2026, "february-28"));
        assert_eq!(before(2026, 7, 15), at(2026, "july-14"));
    }

    fn any_candidates() -> impl Strategy<Value = Vec<Candidate>> {
        let one = (
            -500_i64..NOW,
            any::<bool>(),
            proptest::option::of("[A-C]"),
            proptest::collection::btree_set("[a-d]", 0..3),
        );
        proptest::collection::vec(one, 0..12).prop_map(|list| {
            let make = |(index, (year, is_sure, region, subjects)): (usize, _)| {
                let plain = candidate(&format!("article-{index}"), year);
                Candidate {
                    years_ago: plain.years_ago.filter(|_| is_sure),
                    region,
                    subjects,
                    ..plain
                }
            };
            list.into_iter().enumerate().map(make).collect()
        })
    }

    fn any_day() -> impl Strategy<Value = Day> {
        (1..=Day::COUNT).prop_map(|ordinal| Day::from_ordinal(ordinal).unwrap())
    }

    proptest! {
        #[test]
        fn there_is_a_lead_wherever_there_is_an_event_and_the_order_does_not_matter(
            candidates in any_candidates(),
            before in any_candidates(),
            year in 1..3000_i64,
            day in any_day(),
        ) {
            let choice = chosen(&candidates, &before, year, day);
            prop_assert_eq!(choice.is_some(), !candidates.is_empty());
            let slug = choice.map(|choice| candidates[choice.index].slug.clone());
            let mut reversed = candidates.clone();
            reversed.reverse();
            let again = chosen(&reversed, &before, year, day);
            let same = again.map(|choice| reversed[choice.index].slug.clone());
            prop_assert_eq!(slug, same);
        }

        #[test]
        fn no_event_with_a_rounder_number_is_passed_over(
            candidates in any_candidates(),
            before in any_candidates(),
            day in any_day(),
        ) {
            let round = |one: &Candidate| one.years_ago.filter(|years| is_round_anniversary(*years));
            if let Some(choice) = chosen(&candidates, &before, NOW, day) {
                let most = candidates.iter().filter_map(round).max();
                prop_assert_eq!(round(&candidates[choice.index]), most);
            }
        }

        #[test]
        fn among_equals_none_shares_less_with_the_days_before(
            candidates in any_candidates(),
            before in any_candidates(),
            day in any_day(),
        ) {
            let Some(choice) = chosen(&candidates, &before, NOW, day) else {
                return Ok(());
            };
            let shared = |one: &Candidate| before.iter().map(|other| alike(one, other)).sum::<usize>();
            let (equals, _) = foremost(&candidates);
            let least = equals.iter().map(|index| shared(&candidates[*index])).min();
            prop_assert_eq!(Some(shared(&candidates[choice.index])), least);
        }

        #[test]
        fn in_as_many_years_each_of_the_equals_has_its_turn(
            count in 1..20_usize,
            first in 1..3000_i64,
            day in any_day(),
        ) {
            let equals: Vec<Candidate> = (0..count)
                .map(|n| Candidate { years_ago: None, ..candidate(&format!("article-{n:02}"), 1500) })
                .collect();
            let years = first..first + i64::try_from(count).unwrap();
            let leads: BTreeSet<usize> = years
                .filter_map(|year| chosen(&equals, &[], year, day).map(|choice| choice.index))
                .collect();
            prop_assert_eq!(leads.len(), count);
        }
    }
}
