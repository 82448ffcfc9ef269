//! One event told by two articles.

use std::collections::{BTreeSet, HashMap};

use super::super::words::shared;
use super::{Days, Sketch};
use crate::content::{Diagnostic, Place};

/// Two accounts of one event date it at most so many days apart.
const NEAR: i64 = 10;

/// Each date is compared with at most so many before it. Where more stand
/// within ten days, the farthest are left out, so that the time that a check
/// takes grows with the number of articles and not with its square.
const WINDOW: usize = 256;

/// A day on which a declared date begins or ends.
struct Point {
    day: i64,
    article: usize,
    /// The date by which the article is known, and that to the month at least.
    primary: bool,
}

/// What an article is compared by, in numbers.
struct Outline {
    /// Of the words of its title, sorted.
    words: Vec<u32>,
    /// A bit for each, to see quickly that two share too few.
    bits: u64,
    /// Of its places, sorted.
    places: Vec<u32>,
}

/// Every pair that tells one event, as a finding in the later file.
pub(super) fn find(sketches: &[&Sketch]) -> Vec<Diagnostic> {
    let outlines = outlines(sketches);
    let points = points(sketches);
    let mut pairs = BTreeSet::new();
    for (index, point) in points.iter().enumerate() {
        let from = index.saturating_sub(WINDOW);
        for other in points[from..index].iter().rev() {
            let apart = point.day - other.day;
            if apart > NEAR {
                break;
            }
            if other.article == point.article || !(point.primary || other.primary) {
                continue;
            }
            let (one, two) = (&outlines[point.article], &outlines[other.article]);
            let same_day = apart == 0 && point.primary && other.primary;
            if one.is_near(two, same_day) {
                pairs.insert((
                    point.article.max(other.article),
                    point.article.min(other.article),
                ));
            }
        }
    }
    pairs
        .into_iter()
        .map(|(later, earlier)| finding(sketches[later], sketches[earlier]))
        .collect()
}

impl Outline {
    fn is_near(&self, other: &Outline, same_day: bool) -> bool {
        let least = if same_day { 1 } else { 2 };
        if (self.bits & other.bits).count_ones() < least {
            return false;
        }
        let common = shared(&self.words, &other.words);
        let shorter = self.words.len().min(other.words.len());
        let all = self.words.len() + other.words.len() - common;
        // Two events of one day may well share a name in their titles.
        let near_title = common >= 2 && common * 2 >= all;
        let same_event =
            same_day && ((common >= 2 && common * 2 >= shorter) || (common == 1 && shorter == 1));
        (near_title || same_event) && self.may_share_place(other)
    }

    fn may_share_place(&self, other: &Outline) -> bool {
        self.places.is_empty() || other.places.is_empty() || shared(&self.places, &other.places) > 0
    }
}

fn outlines(sketches: &[&Sketch]) -> Vec<Outline> {
    let mut numbers = Numbers::default();
    sketches
        .iter()
        .map(|sketch| {
            let words = numbers.of(&sketch.title_words);
            Outline {
                bits: words.iter().fold(0, |bits, word| bits | 1 << (word % 64)),
                words,
                places: numbers.of(&sketch.places),
            }
        })
        .collect()
}

/// A number for each word, given as it comes.
#[derive(Default)]
struct Numbers<'a>(HashMap<&'a str, u32>);

impl<'a> Numbers<'a> {
    fn of(&mut self, words: &'a [String]) -> Vec<u32> {
        let mut list: Vec<u32> = words
            .iter()
            .map(|word| {
                let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
                *self.0.entry(word).or_insert(next)
            })
            .collect();
        list.sort_unstable();
        list.dedup();
        list
    }
}

fn points(sketches: &[&Sketch]) -> Vec<Point> {
    let mut points = Vec::with_capacity(sketches.len() * 2);
    for (article, sketch) in sketches.iter().enumerate() {
        for Days {
            first,
            last,
            primary,
        } in &sketch.dates
        {
            let mut push = |day| {
                points.push(Point {
                    day,
                    article,
                    primary: *primary,
                });
            };
            push(*first);
            if last != first {
                push(*last);
            }
        }
    }
    points.sort_unstable_by_key(|point| (point.day, point.article));
    points
}

fn finding(later: &Sketch, earlier: &Sketch) -> Diagnostic {
    let message = format!(
        "this and “{}” ({}) seem to tell one event",
        earlier.title, earlier.path
    );
    let place = Place {
        file: earlier.path.clone(),
        ..earlier.title_place.clone()
    };
    Diagnostic::warning_at(&later.title_place, "X001", &message)
        .note("the other title stands here", Some(place))
        .help("make one article of the two, with an alias for the other, or titles that tell them apart")
        .in_file(&later.path)
}

#[cfg(test)]
mod tests {
    use super::super::super::words::telling_words;
    use super::*;
    use crate::dates::{Calendar, HistoricalDate};

    fn sketch(title: &str, dates: &[&str], places: &[&str]) -> Sketch {
        let dates = dates.iter().enumerate().map(|(index, edtf)| {
            let date = HistoricalDate::parse(edtf, Calendar::Gregorian).unwrap();
            Days {
                first: date.first_day().unwrap().0,
                last: date.last_day().unwrap().0,
                primary: index == 0,
            }
        });
        Sketch {
            path: format!("articles/{title}.md"),
            slug: title.to_owned(),
            title: title.to_owned(),
            title_place: Place::default(),
            title_words: telling_words(title),
            names: Vec::new(),
            places: places.iter().map(|place| (*place).to_owned()).collect(),
            dates: dates.collect(),
            claims: Vec::new(),
            draft: false,
        }
    }

    fn is_found(one: &Sketch, two: &Sketch) -> bool {
        let found = find(&[one, two]);
        assert!(found.len() < 2, "{found:?}");
        !found.is_empty()
    }

    #[test]
    fn one_event_told_twice_is_found() {
        let fall = sketch(
            "Chinese and North Korean forces capture Seoul",
            &["1951-01-04", "1950-12-31/1951-01-07"],
            &["seoul"],
        );
        for (title, date, places) in [
            (
                "North Korean forces capture Seoul",
                "1951-01-07",
                &["seoul"][..],
            ),
            (
                "Seoul is captured by North Korean forces",
                "1951-01-05",
                &[],
            ),
            ("Seoul falls to Chinese forces", "1951-01-04", &["seoul"]),
            ("Communist forces take Seoul", "1951-01-04", &[]),
        ] {
            assert!(is_found(&fall, &sketch(title, &[date], places)), "{title}");
        }
    }

    #[test]
    fn two_events_are_not_taken_for_one() {
        let fall = sketch(
            "Chinese and North Korean forces capture Seoul",
            &["1951-01-04", "1950-12-31/1951-01-07"],
            &["seoul"],
        );
        for (title, date, places) in [
            (
                "United Nations forces recapture Seoul",
                "1950-09-28",
                &["seoul"][..],
            ),
            (
                "North Korean forces capture Seoul",
                "1950-06-28",
                &["seoul"],
            ),
            (
                "United Nations forces regain Seoul",
                "1951-03-14",
                &["seoul"],
            ),
            (
                "Chinese and North Korean forces capture Incheon",
                "1951-01-05",
                &["incheon"],
            ),
            ("The world’s tallest tower opens", "1951-01-04", &[]),
            ("Matthew Ridgway leaves Seoul", "1951-01-04", &["seoul"]),
        ] {
            assert!(!is_found(&fall, &sketch(title, &[date], places)), "{title}");
        }
        let launch = sketch("Apollo 11 leaves for the Moon", &["1969-07-16"], &[]);
        let landing = sketch("Two people walk on the Moon", &["1969-07-20"], &[]);
        assert!(!is_found(&launch, &landing));
    }

    #[test]
    fn a_crowded_day_takes_no_square_of_time() {
        let crowd: Vec<Sketch> = (0..20_000)
            .map(|n| sketch(&format!("Ship{n} sails"), &["1951-01-04"], &[]))
            .collect();
        let crowd: Vec<&Sketch> = crowd.iter().collect();
        let started = std::time::Instant::now();
        assert!(find(&crowd).is_empty());
        // Not how fast, but that it comes to an end: each with each takes hours.
        assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
    }
}
