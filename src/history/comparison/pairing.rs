//! Which of several new passages stands for which of several old ones.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::time::Instant;

use super::Passage;
use super::words::{compared, words};

/// How alike two passages must be to be two forms of one, from 0 to 1.
const ALIKE: f64 = 0.4;

/// The most pairs that are weighed against each other; beyond, passages are
/// taken out and put in whole.
const MOST_PAIRS: usize = 10_000;

/// Says what became of old passages where new ones stand now: pairs that are
/// alike word by word, in the order of both texts, the others whole.
pub(super) fn replaced(
    old: &[String],
    new: &[String],
    deadline: Instant,
    found: &mut Vec<Passage>,
) {
    let (mut next_old, mut next_new) = (0, 0);
    let whole = |old: &[String], new: &[String], found: &mut Vec<Passage>| {
        found.extend(old.iter().cloned().map(Passage::Removed));
        found.extend(new.iter().cloned().map(Passage::Added));
    };
    for (at_old, at_new) in pairs(old, new, deadline) {
        whole(&old[next_old..at_old], &new[next_new..at_new], found);
        match compared(&old[at_old], &new[at_new], deadline) {
            Some(runs) => found.push(Passage::Changed(runs)),
            None => whole(
                std::slice::from_ref(&old[at_old]),
                std::slice::from_ref(&new[at_new]),
                found,
            ),
        }
        (next_old, next_new) = (at_old + 1, at_new + 1);
    }
    whole(&old[next_old..], &new[next_new..], found);
}

/// The pairs that are alike, so chosen that they are most alike together and
/// that none crosses another.
fn pairs(old: &[String], new: &[String], deadline: Instant) -> Vec<(usize, usize)> {
    if old.len() == 1 && new.len() == 1 {
        return vec![(0, 0)];
    }
    if old.len().saturating_mul(new.len()) > MOST_PAIRS || Instant::now() >= deadline {
        return Vec::new();
    }
    let (bags_old, bags_new): (Vec<_>, Vec<_>) = (
        old.iter().map(|text| bag(text)).collect(),
        new.iter().map(|text| bag(text)).collect(),
    );
    let width = new.len() + 1;
    // best[i][j] is the most likeness to be had from old[i..] and new[j..].
    let mut best = vec![0.0_f64; (old.len() + 1) * width];
    let mut alike = vec![0.0_f64; old.len() * new.len()];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let here = likeness(&bags_old[i], &bags_new[j]);
            alike[i * new.len() + j] = here;
            let skipped = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            let paired = best[(i + 1) * width + j + 1] + here;
            best[i * width + j] = if here >= ALIKE {
                skipped.max(paired)
            } else {
                skipped
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut chosen = Vec::new();
    while i < old.len() && j < new.len() {
        let here = alike[i * new.len() + j];
        let paired = best[(i + 1) * width + j + 1] + here;
        if here >= ALIKE && best[i * width + j] <= paired {
            chosen.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    chosen
}

/// The words of a passage, hashed and sorted.
fn bag(text: &str) -> Vec<u64> {
    let hash = |word: &str| {
        let mut hasher = DefaultHasher::new();
        word.hash(&mut hasher);
        hasher.finish()
    };
    let mut bag: Vec<u64> = words(text).map(hash).collect();
    bag.sort_unstable();
    bag
}

/// How many words two passages share, as a part of all, from 0 to 1.
fn likeness(one: &[u64], other: &[u64]) -> f64 {
    let (mut i, mut j, mut shared) = (0, 0, 0_usize);
    while i < one.len() && j < other.len() {
        match one[i].cmp(&other[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    2.0 * shared as f64 / (one.len() + other.len()).max(1) as f64
}
