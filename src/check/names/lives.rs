//! Events outside the life of a person that the article names.
//!
//! Chroniclers, discoverers and forebears rightly stand in articles on events
//! that they did not live to see. So the text is asked for an account of them:
//! a year or a century of their life, or a sentence with their name that tells
//! of writing, of remembering, or of another time. Only where it gives none,
//! and every date of the article lies outside the life, something is wrong.

use std::ops::RangeInclusive;

use super::super::Subject;
use super::super::words::{holds_phrase, is_numeral, sentences, words};
use super::head_of;
use crate::articles::model::LifeDate;
use crate::articles::model::Registry;
use crate::content::{Diagnostic, Entry};
use crate::dates::{Calendar, DateStyle, HistoricalDate, Precision};

pub(super) fn lint(subject: &Subject, found: &mut Vec<Diagnostic>) {
    let file = subject.file;
    let mut dates: Option<Vec<Span>> = None;
    for ((registry, name), place) in file.names.iter().zip(&file.whereabouts.names) {
        let entry = match subject.names.entry(Registry::People, name) {
            Some(entry) if *registry == Registry::People => entry,
            _ => continue,
        };
        let Some(life) = Life::of(entry) else {
            continue;
        };
        let dates = dates.get_or_insert_with(|| {
            let dates = file.details.dates.iter();
            dates
                .filter_map(|date| date.date().ok())
                .map(|date| Span::of(&date))
                .collect()
        });
        let Some(outside) = life.excludes(dates) else {
            continue;
        };
        if is_accounted_for(subject, name, entry, &life, outside) {
            continue;
        }
        let (message, note) = match outside {
            Outside::BeforeBirth => (
                format!("the event lies before the birth of {name}"),
                life.born.as_ref().map(|born| ("born", born)),
            ),
            Outside::AfterDeath => (
                format!("the event lies after the death of {name}"),
                life.died.as_ref().map(|died| ("died", died)),
            ),
        };
        let mut finding = Diagnostic::warning_at(place, "N001", &message);
        if let Some((word, (date, _))) = note {
            let words = date.words_with_calendar(DateStyle::default());
            let note = format!("the registry says {word} {words}");
            finding = finding.note(&note, Some(head_of(&entry.path)));
        }
        let primary = file.details.dates.iter().position(|date| date.primary);
        if let Some(at) = primary.and_then(|at| file.whereabouts.dates.get(at)) {
            finding = finding.note("the event is dated here", Some(at.clone()));
        }
        found.push(finding.help(
            "correct the date or the name, or say in the text when this person comes in: a year of their life, or that they wrote of it, or are remembered",
        ));
    }
}

/// The days by which an estimate may be off: `~` and `?` give a year ten years.
pub(in crate::check) fn room(date: &HistoricalDate) -> i64 {
    if !date.is_approximate() && !date.is_uncertain() {
        return 0;
    }
    match date.precision() {
        Precision::Day | Precision::Month | Precision::Season => 366,
        Precision::Year | Precision::Decade => 3_653,
        Precision::Century => 36_525,
    }
}

/// The days that a date may mean, with the room that an estimate needs.
#[derive(Clone, Copy, Debug)]
struct Span {
    first: Option<i64>,
    last: Option<i64>,
    calendar: Calendar,
}

/// A life as far as it is dated; at least one end is.
#[derive(Debug)]
struct Life {
    born: Option<(HistoricalDate, Span)>,
    died: Option<(HistoricalDate, Span)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outside {
    BeforeBirth,
    AfterDeath,
}

impl Span {
    fn of(date: &HistoricalDate) -> Span {
        let room = room(date);
        Span {
            first: date.first_day().map(|day| day.0 - room),
            last: date.last_day().map(|day| day.0 + room),
            calendar: date.calendar(),
        }
    }

    /// Whether it certainly ends before the other begins.
    fn is_before(self, other: Span) -> bool {
        // Who marks a date with the wrong one of two calendars is days off, and
        // another lint's business.
        let room = if self.calendar == other.calendar {
            0
        } else {
            15
        };
        self.last
            .zip(other.first)
            .is_some_and(|(last, first)| last + room < first)
    }
}

impl Life {
    fn of(entry: &Entry) -> Option<Life> {
        let dated = |date: &Option<LifeDate>| {
            let date = date.as_ref()?.date()?;
            let span = Span::of(&date);
            Some((date, span))
        };
        let (born, died) = (dated(&entry.details.born), dated(&entry.details.died));
        (born.is_some() || died.is_some()).then_some(Life { born, died })
    }

    /// On which side all of these dates lie outside the life, if they do.
    fn excludes(&self, dates: &[Span]) -> Option<Outside> {
        let all = |outside: &dyn Fn(Span) -> bool| {
            !dates.is_empty() && dates.iter().all(|date| outside(*date))
        };
        if let Some((_, born)) = &self.born
            && all(&|date| date.is_before(*born))
        {
            return Some(Outside::BeforeBirth);
        }
        if let Some((_, died)) = &self.died
            && all(&|date| died.is_before(date))
        {
            return Some(Outside::AfterDeath);
        }
        None
    }

    /// The astronomical years of the life; a hundred where only one end is
    /// dated.
    fn years(&self) -> Option<RangeInclusive<i64>> {
        let first = |(date, _): &(HistoricalDate, Span)| Some(date.start()?.year.astronomical());
        let last = |(date, _): &(HistoricalDate, Span)| Some(date.end()?.year.astronomical());
        let born = self.born.as_ref().and_then(first);
        let died = self.died.as_ref().and_then(last);
        let from = born.or(died.map(|year| year - 100))?;
        let to = died.or(born.map(|year| year + 100))?;
        Some(from..=to)
    }
}

/// Whether the text says what a person has to do with an event that they did
/// not live to see.
fn is_accounted_for(
    subject: &Subject,
    name: &str,
    entry: &Entry,
    life: &Life,
    outside: Outside,
) -> bool {
    let file = subject.file;
    let forms = forms(name, entry);
    let years = life.years();
    let remembered: &[&str] = match outside {
        Outside::BeforeBirth => &[],
        Outside::AfterDeath => &REMEMBERED,
    };
    let words = TOLD.iter().chain(remembered);
    let texts = [&file.title, &file.summary]
        .into_iter()
        .chain(&file.details.date_note)
        .chain(&subject.rendered.paragraphs);
    for text in texts {
        if years.as_ref().is_some_and(|years| names_year(text, years)) {
            return true;
        }
        let lower = text.to_lowercase();
        let told = sentences(&lower).any(|sentence| {
            forms.iter().any(|form| holds_phrase(sentence, form))
                && words.clone().any(|word| holds_phrase(sentence, word))
        });
        if told {
            return true;
        }
    }
    false
}

/// What a sentence may call the person, in lower case.
fn forms(name: &str, entry: &Entry) -> Vec<String> {
    let mut forms = Vec::new();
    for name in [name, &entry.name]
        .into_iter()
        .chain(entry.details.also.iter().map(String::as_str))
    {
        let name = name.to_lowercase();
        let own = name.split(" of ").next().unwrap_or(&name);
        let part = |part: &&str| part.chars().count() >= 3 && !is_numeral(part);
        forms.extend(own.split(' ').rfind(part).map(str::to_owned));
        forms.push(own.to_owned());
        forms.push(name);
    }
    forms
}

/// Whether a text states a year or a century in this range.
fn names_year(text: &str, years: &RangeInclusive<i64>) -> bool {
    words(text).any(|(at, word)| {
        let after = &text[at + word.len()..];
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = word.split_at(digits);
        let of_era = |number: i64| if is_bce(after) { 1 - number } else { number };
        if let Ok(number) = number.parse::<i64>()
            && matches!(rest, "" | "s")
        {
            // A bare "79" is an age or a count.
            return (digits > 2 || is_bce(after)) && years.contains(&of_era(number));
        }
        let ordinal = word.trim_end_matches("-century");
        let is_century = ordinal.len() < word.len() || after.starts_with(" century");
        let after = after.trim_start_matches(" century");
        is_century
            && century(ordinal).is_some_and(|century| {
                let (first, last) = if is_bce(after) {
                    (1 - century * 100, -(century - 1) * 100)
                } else {
                    (century * 100 - 99, century * 100)
                };
                first <= *years.end() && *years.start() <= last
            })
    })
}

/// Whether "BC" or "BCE" follows, perhaps after the end of a span of years.
fn is_bce(after: &str) -> bool {
    let span = |c: char| c.is_ascii_digit() || matches!(c, '–' | '-' | '/' | ' ' | '\u{a0}');
    after.trim_start_matches(span).starts_with("BC")
}

fn century(word: &str) -> Option<i64> {
    const ORDINALS: [&str; 21] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
        "twenty-first",
    ];
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if let Ok(number) = digits.parse::<i64>() {
        return (1..=99).contains(&number).then_some(number);
    }
    let at = ORDINALS
        .iter()
        .position(|one| one.eq_ignore_ascii_case(word))?;
    i64::try_from(at + 1).ok()
}

/// Words of those who tell of an event, and of a time after it, in lower case.
const TOLD: [&str; 52] = [
    "according to",
    "account",
    "accounts",
    "archaeologist",
    "argued",
    "argues",
    "astronomer",
    "biographer",
    "biography",
    "book",
    "books",
    "born",
    "calls",
    "centuries",
    "century",
    "chronicle",
    "chronicler",
    "commemorate",
    "commemorated",
    "dates",
    "daughter of",
    "decades",
    "descendant",
    "described",
    "describes",
    "discovered",
    "excavated",
    "generation",
    "generations",
    "gives",
    "grandson of",
    "heir",
    "historian",
    "history",
    "later",
    "legend",
    "mentions",
    "painted",
    "poet",
    "portrait",
    "recorded",
    "records",
    "reports",
    "says",
    "scholar",
    "son of",
    "successor",
    "tells",
    "theory",
    "writer",
    "writes",
    "wrote",
];

/// Words for those who were there before, in lower case: nobody is remembered
/// before their birth.
const REMEMBERED: [&str; 40] = [
    "ago",
    "ancestor",
    "anniversary",
    "brother of",
    "builds on",
    "built on",
    "buried",
    "dead",
    "death",
    "dedicated",
    "died",
    "earlier",
    "eponym",
    "father of",
    "forebear",
    "founded",
    "founder",
    "grandfather",
    "grandmother",
    "grave",
    "honour",
    "honoured",
    "in memory",
    "inspired",
    "invented",
    "late",
    "legacy",
    "made by",
    "memorial",
    "mother of",
    "named after",
    "named for",
    "once",
    "posthumous",
    "posthumously",
    "predecessor",
    "remembered",
    "statue",
    "tomb",
    "wife of",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_centuries_of_a_life_are_found() {
        let (darwin, ancient) = (1809..=1882, -483..=-423);
        for (text, years, named) in [
            ("Darwin published in 1859.", &darwin, true),
            ("In the 1850s he wrote.", &darwin, true),
            ("a nineteenth-century scholar", &darwin, true),
            ("in the 19th century", &darwin, true),
            ("1,859 ships and 18590 men, 50 years", &darwin, false),
            ("in 1951", &darwin, false),
            ("about 450 BCE", &ancient, true),
            ("480–479 BC", &ancient, true),
            ("in 450", &ancient, false),
            ("the fifth century BC", &ancient, true),
            ("the fifth century", &ancient, false),
        ] {
            assert_eq!(names_year(text, years), named, "{text}");
        }
    }

    #[test]
    fn a_king_is_not_called_by_his_number_or_his_land() {
        let entry = Entry {
            path: String::new(),
            name: "Charles II of England".to_owned(),
            details: crate::articles::model::EntryDetails::default(),
        };
        let forms = forms("Charles II of England", &entry);
        assert!(forms.contains(&"charles".to_owned()), "{forms:?}");
        assert!(forms.contains(&"charles ii".to_owned()), "{forms:?}");
        assert!(!forms.iter().any(|form| form == "ii" || form == "england"));
    }
}
