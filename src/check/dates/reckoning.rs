//! Ages and spans of years that the text states in words.

use super::dating::{Dating, Part, Text};
use crate::articles::model::Registry;
use crate::content::{Diagnostic, Entry};
use crate::dates::reading::{AgeClaim, Direction, Stated};
use crate::dates::{Age, HistoricalDate, Year, age};

/// D006: "at 34", when the registry's dates make it another age.
///
/// Only where it is sure who and when is meant: a person whose name stands
/// before the age in the same sentence, and a date of that sentence or a
/// declared one. If any of them fits, the age is right.
pub(super) fn ages_of_people(dating: &Dating, found: &mut Vec<Diagnostic>) {
    for text in &dating.texts {
        for claim in &text.ages {
            let Some((name, entry)) = person(dating, text, claim) else {
                continue;
            };
            let Some(born) = entry.details.born.as_ref().and_then(|born| born.date()) else {
                continue;
            };
            let died = entry.details.died.as_ref().and_then(|died| died.date());
            let possible: Vec<Age> = dating
                .declared
                .iter()
                .map(|declared| declared.date.clone())
                .chain(died)
                .chain(told_dates(dating))
                .filter_map(|at| age(&born, &at))
                .collect();
            let slack = if claim.approximate { 3 } else { 0 };
            let said = u64::from(claim.age);
            let fits = possible
                .iter()
                .any(|age| age.least <= said + slack && said <= age.most + slack);
            let Some(expected) = dating
                .declared
                .iter()
                .find(|declared| declared.event.primary)
                .and_then(|declared| age(&born, &declared.date))
                .filter(|_| !fits)
            else {
                continue;
            };
            let message = format!(
                "the text makes {name} {said} years old; by the registry that fits none of the \
                 article’s dates"
            );
            let note = format!(
                "{} born {}, and so {} on the article’s date",
                name,
                born.words_with_calendar(crate::check::STYLE),
                expected.words()
            );
            let place = dating.place_of(text, claim.range.clone());
            let registry = crate::content::Place {
                file: entry.path.clone(),
                line: 1,
                column: 1,
                width: 0,
            };
            found.push(
                Diagnostic::error_at(&place, "D006", &message)
                    .note(&note, Some(registry))
                    .help("mend the age, or the dates of the registry entry"),
            );
        }
    }
}

/// Whose age it is: the person whose name, or last word of it, stands last
/// before it in the sentence; behind "an eight-year-old" the one who comes at
/// once. Nobody's where a pronoun stands between, which may be another's.
fn person<'d>(dating: &'d Dating, text: &Text, claim: &AgeClaim) -> Option<(&'d str, &'d Entry)> {
    /// As far as from "an eight-year-old boy, " to his name, in bytes.
    const NEAR: usize = 24;
    let is_attribute = text.words.get(claim.range.clone())?.contains("year-old");
    let (words, last) = if is_attribute {
        let end = text.words.floor_char_boundary(claim.range.end + NEAR);
        (text.words.get(claim.range.end..end)?, false)
    } else {
        (text.words.get(claim.before.clone())?, true)
    };
    let people = dating.subject.file.names.iter();
    let found = people
        .filter(|(registry, _)| *registry == Registry::People)
        .filter_map(|(registry, name)| {
            let family = name.rsplit(' ').next().unwrap_or(name);
            let (at, length) = if last {
                let whole = words.rfind(name.as_str()).map(|at| (at, name.len()));
                whole.or_else(|| words.rfind(family).map(|at| (at, family.len())))?
            } else {
                // Behind "boy, " the name begins; half of it may be cut off.
                let first = name.split(' ').next().unwrap_or(name);
                (words.find(first)?, first.len())
            };
            let entry = dating.subject.names.entry(*registry, name)?;
            Some((at, at + length, name.as_str(), entry))
        });
    let (at, end, name, entry) = if last {
        found.max_by_key(|(at, ..)| *at)?
    } else {
        found.min_by_key(|(at, ..)| *at)?
    };
    let between = if last {
        words.get(end..)?
    } else {
        words.get(..at)?
    };
    let pronouns = [
        "he", "she", "him", "her", "his", "they", "them", "their", "who", "whom",
    ];
    let is_pronoun = |word: &str| pronouns.contains(&word.to_lowercase().as_str());
    let other = between
        .split(|letter: char| !letter.is_alphanumeric())
        .any(is_pronoun);
    (!other).then_some((name, entry))
}

/// Every date of the text as a value to reckon with.
fn told_dates(dating: &Dating) -> impl Iterator<Item = HistoricalDate> {
    dating.told().filter_map(|(_, mention)| {
        let edtf = match mention.kind {
            Stated::Day { year, day } => {
                format!("{}-{:02}-{:02}", year.edtf(), day.month(), day.day())
            }
            Stated::Month { year, month } => format!("{}-{month:02}", year.edtf()),
            kind => {
                let (first, last) = kind.years()?;
                format!("{}/{}", first.edtf(), last.edtf())
            }
        };
        HistoricalDate::parse(&edtf, mention.calendar.unwrap_or_default()).ok()
    })
}

/// D007: "75 years later", when no two dates of the article are that far
/// apart.
///
/// Only where a year stands in the same sentence. The other end may be any
/// year of the article, because a sentence may look back on anything before it.
pub(super) fn years_apart(dating: &Dating, found: &mut Vec<Diagnostic>) {
    for text in dating.texts.iter().filter(|text| text.part != Part::Note) {
        for claim in &text.intervals {
            if claim.approximate || claim.years == 0 {
                continue;
            }
            let sentence = sentence(text.words, claim.range.start);
            let near: Vec<i64> = text
                .mentions
                .iter()
                .filter(|mention| sentence.contains(&mention.range.start))
                .filter_map(|mention| sure_year(mention.kind))
                .collect();
            let ends: Vec<i64> = match claim.direction {
                // From when it was published, or from now.
                Direction::Ago => vec![dating.subject.today.0.astronomical()],
                _ => near,
            };
            if ends.is_empty() {
                continue;
            }
            let others: Vec<i64> = dating
                .told()
                .filter_map(|(_, mention)| sure_year(mention.kind))
                .chain(
                    dating
                        .declared
                        .iter()
                        .filter_map(|declared| Some(declared.date.year()?.astronomical())),
                )
                .chain(lives(dating))
                .collect();
            let span = i64::from(claim.years);
            // Some months before the day it is still a year less.
            let slack = match claim.direction {
                Direction::Anniversary => 0,
                _ => 1,
            };
            // What is far from any two dates of the article is about something
            // else, as a country's centenary.
            let near = (span / 10).max(slack + 2);
            let off = |end: i64, other: i64| ((end - other).abs() - span).abs();
            let offs: Vec<i64> = ends
                .iter()
                .flat_map(|end| others.iter().map(move |other| off(*end, *other)))
                .collect();
            if offs.iter().any(|off| *off <= slack) || !offs.iter().any(|off| *off <= near) {
                continue;
            }
            let words = &text.words[claim.range.clone()];
            let message = format!("“{words}” fits no two dates of the article");
            let end = ends[0];
            let near_other = others
                .iter()
                .filter(|other| **other != end)
                .min_by_key(|other| off(end, **other));
            let mut one = Diagnostic::error_at(
                &dating.place_of(text, claim.range.clone()),
                "D007",
                &message,
            );
            if let Some(other) = near_other {
                let note = format!(
                    "from {} to {} it is {}",
                    Year::from_astronomical((*other).min(end)).words(),
                    Year::from_astronomical((*other).max(end)).words(),
                    (end - other).abs()
                );
                one = one.note(&note, None);
            }
            found.push(one.help("mend the number or the year"));
        }
    }
}

/// Years in which the people of the article were born or died.
fn lives(dating: &Dating) -> impl Iterator<Item = i64> {
    let people = dating.subject.file.names.iter();
    people
        .filter_map(|(registry, name)| dating.subject.names.entry(*registry, name))
        .flat_map(|entry| [&entry.details.born, &entry.details.died])
        .flatten()
        .filter_map(|date| Some(date.date()?.year()?.astronomical()))
}

fn sure_year(kind: Stated) -> Option<i64> {
    match kind {
        Stated::Day { year, .. } | Stated::Month { year, .. } | Stated::Year(year) => {
            Some(year.astronomical())
        }
        Stated::PartOfYear { year, .. } => Some(year.astronomical()),
        _ => None,
    }
}

/// The sentence around a byte, roughly: dates hold full stops ("Jan. 4"), and
/// a sentence cut too short only makes the lint quieter.
fn sentence(text: &str, at: usize) -> std::ops::Range<usize> {
    let start = text[..at].rfind(". ").map_or(0, |dot| dot + 2);
    let end = text[at..].find(". ").map_or(text.len(), |dot| at + dot);
    start..end
}
