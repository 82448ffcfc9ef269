//! Which events of a day are the selected ones: the one that leads the page of
//! the day, and with it those that the same rule takes if each that was taken
//! counts as one of the leads before. So round numbers of years come first, and
//! then what shares least with the others: their century, their country, a
//! topic. It is the same all day, and another one next year.

use std::convert::Infallible;

use crate::articles::lead::{self, Candidate};
use crate::dates::{Day, Year};

/// How many events are selected where a day has so many; the front page of the
/// English Wikipedia shows as many.
const SELECTED: usize = 5;

/// Chooses among the candidates of a day, and gives their places in the list,
/// the first of them being that of the lead. No article is chosen twice.
pub(super) fn select(
    candidates: &[Candidate],
    lead: Option<usize>,
    year: Year,
    day: Day,
) -> Vec<usize> {
    let mut chosen: Vec<usize> = lead
        .into_iter()
        .filter(|index| *index < candidates.len())
        .collect();
    while chosen.len() < SELECTED {
        let taken: Vec<Candidate> = chosen.iter().map(|one| candidates[*one].clone()).collect();
        let is_free = |one: &Candidate| taken.iter().all(|other| other.slug != one.slug);
        let left: Vec<usize> = (0..candidates.len())
            .filter(|index| is_free(&candidates[*index]))
            .collect();
        let those: Vec<Candidate> = left.iter().map(|one| candidates[*one].clone()).collect();
        let Ok(next) = lead::choose(&those, year, day, || Ok::<_, Infallible>(taken));
        let Some(next) = next.and_then(|choice| left.get(choice.index).copied()) else {
            break;
        };
        chosen.push(next);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const NOW: i64 = 2026;

    fn candidate(slug: &str, year: i64, topic: &str) -> Candidate {
        Candidate {
            slug: slug.to_owned(),
            year: Year::from_astronomical(year),
            years_ago: u64::try_from(NOW - year).ok(),
            region: None,
            subjects: BTreeSet::from([topic.to_owned()]),
        }
    }

    fn selected(candidates: &[Candidate], lead: Option<usize>) -> Vec<&str> {
        let chosen = select(candidates, lead, Year::from_astronomical(NOW), Day::LEAP);
        chosen
            .into_iter()
            .map(|index| candidates[index].slug.as_str())
            .collect()
    }

    #[test]
    fn anniversaries_come_first_then_what_is_unlike_the_others() {
        let all = [
            candidate("war-1", 1911, "war"),
            candidate("war-2", 1912, "war"),
            candidate("war-3", 1913, "war"),
            candidate("lead", 1914, "war"),
            candidate("round", 1976, "war"),
            candidate("art", 1666, "art"),
            candidate("science", 1543, "science"),
        ];
        let chosen = selected(&all, Some(3));
        assert_eq!(chosen.len(), SELECTED);
        assert_eq!(chosen[..2], ["lead", "round"]);
        let next: BTreeSet<&str> = chosen[2..4].iter().copied().collect();
        assert_eq!(next, BTreeSet::from(["art", "science"]));
        assert_eq!(selected(&all, Some(3)), chosen);
    }

    #[test]
    fn few_are_all_taken_and_no_article_twice() {
        assert!(selected(&[], None).is_empty());
        let one = [candidate("only", 1911, "war")];
        assert_eq!(selected(&one, None), ["only"]);
        let twice = [
            candidate("twice", 1911, "war"),
            candidate("twice", 1911, "war"),
            candidate("other", 1912, "war"),
        ];
        assert_eq!(selected(&twice, Some(0)), ["twice", "other"]);
    }
}
