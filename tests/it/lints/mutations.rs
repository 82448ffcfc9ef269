//! The linter against planted mistakes: every declared date of every shipped
//! article is moved by a day, a month, a year, a decade, or into the other
//! calendar, one at a time and the folder with it, and the linter must see it.
//!
//! `scripts/lint-mutations` prints the table and what slipped through.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use daybook::dates::{Calendar, DateStyle, Day, HistoricalDate, Year};
use daybook::ingest;
use tempfile::TempDir;

/// Of the planted mistakes, so many in a hundred must be caught, of each kind.
const CAUGHT_PERCENT: usize = 95;

/// What is done to a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Day(i64),
    Month(i64),
    Year(i64),
    Calendar,
}

const KINDS: [Kind; 9] = [
    Kind::Day(1),
    Kind::Day(-1),
    Kind::Month(1),
    Kind::Month(-1),
    Kind::Year(1),
    Kind::Year(-1),
    Kind::Year(10),
    Kind::Year(-10),
    Kind::Calendar,
];

impl Kind {
    fn words(self) -> &'static str {
        match self {
            Kind::Day(_) => "day",
            Kind::Month(_) => "month",
            Kind::Year(-1 | 1) => "year",
            Kind::Year(_) => "decade",
            Kind::Calendar => "calendar",
        }
    }
}

/// A shipped article, as text, with its declared dates.
struct Article {
    path: PathBuf,
    text: String,
    dates: Vec<Declared>,
}

struct Declared {
    /// The bytes of the EDTF in the file.
    range: std::ops::Range<usize>,
    edtf: String,
    calendar: Calendar,
    primary: bool,
}

#[test]
fn the_shipped_content_gives_no_alarm() {
    let found: Vec<String> = ingest::examine(&content())
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn nearly_every_wrong_date_is_caught() {
    let articles = articles();
    let most = articles.iter().map(|one| one.dates.len()).max().unwrap();
    let mut table: BTreeMap<(&str, bool), (usize, usize, Vec<String>)> = BTreeMap::new();
    for kind in KINDS {
        // The calendar is changed for the whole article.
        let rounds = if kind == Kind::Calendar { 1 } else { most };
        for which in 0..rounds {
            let folder = TempDir::new().unwrap();
            copy(&content(), folder.path());
            let mut planted = Vec::new();
            for article in &articles {
                if let Some((path, primary)) = plant(folder.path(), article, which, kind) {
                    planted.push((path, primary));
                }
            }
            let found = ingest::examine(folder.path()).unwrap();
            let wrong: BTreeSet<&str> = found
                .iter()
                .filter(|one| one.is_error())
                .map(|one| one.file.as_str())
                .collect();
            for (path, primary) in planted {
                let row = table.entry((kind.words(), primary)).or_default();
                row.0 += 1;
                if wrong.contains(path.as_str()) {
                    row.1 += 1;
                } else {
                    row.2.push(format!("{kind:?} of date {which} in {path}"));
                }
            }
        }
    }
    println!("changed    date       planted caught percent");
    let mut failed = Vec::new();
    for ((kind, primary), (planted, caught, missed)) in &table {
        let percent = caught * 100 / planted;
        let date = if *primary { "primary" } else { "other" };
        println!("{kind:10} {date:10} {planted:7} {caught:6} {percent:7}");
        for one in missed {
            println!("    missed: {one}");
        }
        if *primary && percent < CAUGHT_PERCENT {
            failed.push(format!("{kind} of the primary date: {percent} %"));
        }
    }
    for kind in KINDS.map(Kind::words) {
        let rows = || {
            table
                .iter()
                .filter(|((of, _), _)| *of == kind)
                .map(|(_, row)| row)
        };
        let planted: usize = rows().map(|row| row.0).sum();
        let caught: usize = rows().map(|row| row.1).sum();
        if caught * 100 < planted * CAUGHT_PERCENT {
            failed.push(format!("{kind} of any date: {caught} of {planted}"));
        }
    }
    let kinds: BTreeSet<&str> = table.keys().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds.len(), 5, "every kind is planted");
    assert!(table.values().all(|(planted, ..)| *planted >= 5));
    assert!(failed.is_empty(), "{}", failed.join("; "));
}

/// Writes the article with one date changed, into the folder that this date
/// asks for. `None` if it has no such date, if the change cannot be made, or
/// if its text does not state the date.
fn plant(root: &Path, article: &Article, which: usize, kind: Kind) -> Option<(String, bool)> {
    let declared = article.dates.get(which)?;
    let (text, path) = match kind {
        Kind::Calendar => {
            let named = ["Julian", "Old Style"];
            let days = article
                .dates
                .iter()
                .any(|one| one.edtf.matches('-').count() >= 2);
            if !days || !named.iter().any(|name| article.text.contains(name)) {
                return None;
            }
            let text = match declared.calendar {
                Calendar::Julian => article.text.replacen("calendar: julian\n", "", 1),
                Calendar::Gregorian => {
                    article
                        .text
                        .replacen("\n---\n", "\ncalendar: julian\n---\n", 1)
                }
            };
            (text, article.path.clone())
        }
        _ => {
            if !states(&article.text, declared) {
                return None;
            }
            let moved = moved(&declared.edtf, declared.calendar, kind)?;
            let mut text = article.text.clone();
            text.replace_range(declared.range.clone(), &moved);
            let path = if declared.primary {
                refiled(&article.path, &moved)
            } else {
                article.path.clone()
            };
            (text, path)
        }
    };
    if text == article.text {
        return None;
    }
    fs::remove_file(root.join(&article.path)).unwrap();
    let file = root.join(&path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, text).unwrap();
    for picture in pictures_beside(&content().join(&article.path)) {
        fs::copy(&picture, file.with_file_name(picture.file_name().unwrap())).unwrap();
    }
    Some((path.to_string_lossy().into_owned(), declared.primary))
}

/// Whether title, summary or body state the date, judged without the linter:
/// by month and day as a person writes them, and the number of the year.
fn states(text: &str, declared: &Declared) -> bool {
    let body = text.splitn(3, "---\n").nth(2).unwrap();
    let head = text
        .lines()
        .filter(|line| line.starts_with("title:") || line.starts_with("summary:"));
    let told = head
        .chain([body])
        .collect::<Vec<_>>()
        .join("\n")
        .replace('\n', " ");
    let date = HistoricalDate::parse(&declared.edtf, declared.calendar).unwrap();
    let says_year = |year: Year| has_number(&told, &year.of_era().to_string());
    let standings = date.standings();
    if standings.is_empty() {
        let Some(start) = date.start() else {
            return false;
        };
        let month = start.month.and_then(daybook::dates::month_name);
        return says_year(start.year) && month.is_none_or(|month| told.contains(month));
    }
    standings.iter().all(|standing| {
        let says_day = [DateStyle::Mdy, DateStyle::Dmy]
            .iter()
            .any(|style| has_words(&told, &standing.day.words(*style)));
        says_day && says_year(standing.year)
    })
}

/// Whether the words stand in the text and no digit follows or comes before.
fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        !before.is_some_and(|c| c.is_ascii_digit()) && !after.is_some_and(|c| c.is_ascii_digit())
    })
}

fn has_number(text: &str, number: &str) -> bool {
    has_words(text, number)
}

/// The EDTF moved; of an interval both ends. `None` where it names no such
/// part, or where the day does not exist.
fn moved(edtf: &str, calendar: Calendar, kind: Kind) -> Option<String> {
    let one = |part: &str| -> Option<String> {
        let plain = part.trim_end_matches(['~', '?', '%']);
        let qualifier = &part[plain.len()..];
        let (sign, digits) = match plain.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, plain),
        };
        let mut pieces = digits.split('-').map(str::parse::<i64>);
        let year = sign * pieces.next()?.ok()?;
        let month = pieces.next().transpose().ok()?;
        let day = pieces.next().transpose().ok()?;
        let (year, month, day) = match kind {
            Kind::Day(by) => {
                let number = daybook::dates::DayNumber::from_date(
                    calendar,
                    year,
                    u8::try_from(month?).ok()?,
                    u8::try_from(day?).ok()?,
                )?;
                let (year, month, day) = daybook::dates::DayNumber(number.0 + by).to_date(calendar);
                (year, Some(i64::from(month)), Some(i64::from(day)))
            }
            Kind::Month(by) => {
                let months = year * 12 + (month? - 1) + by;
                (months.div_euclid(12), Some(months.rem_euclid(12) + 1), day)
            }
            Kind::Year(by) => (year + by, month, day),
            Kind::Calendar => return None,
        };
        let sign = if year < 0 { "-" } else { "" };
        let mut text = format!("{sign}{:04}", year.abs());
        for number in [month, day].into_iter().flatten() {
            text.push_str(&format!("-{number:02}"));
        }
        Some(format!("{text}{qualifier}"))
    };
    let moved = match edtf.split_once('/') {
        Some((start, end)) => format!("{}/{}", one(start)?, one(end)?),
        None => one(edtf)?,
    };
    HistoricalDate::parse(&moved, calendar).ok()?;
    Some(moved)
}

/// The path in the folder that a date asks for.
fn refiled(path: &Path, edtf: &str) -> PathBuf {
    let name = path.file_name().unwrap();
    let date = HistoricalDate::parse(edtf, Calendar::Julian).unwrap();
    let start = date.start().unwrap();
    let articles = Path::new("articles");
    let day = start
        .month
        .zip(start.day)
        .and_then(|(month, day)| Day::new(month, day));
    match (day, start.month) {
        (Some(day), _) => articles
            .join(format!("{:02}/{:02}", day.month(), day.day()))
            .join(name),
        (None, Some(month)) => articles.join(format!("{month:02}")).join(name),
        (None, None) => articles.join("undated").join(name),
    }
}

fn articles() -> Vec<Article> {
    let root = content();
    let mut files = Vec::new();
    walk(&root.join("articles"), &mut files);
    files
        .into_iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "md"))
        .map(|file| {
            let text = fs::read_to_string(&file).unwrap();
            let dates = declared(&text);
            assert!(!dates.is_empty(), "{}", file.display());
            Article {
                path: file.strip_prefix(&root).unwrap().to_owned(),
                dates,
                text,
            }
        })
        .collect()
}

/// The dates of the front matter, found by their keys.
fn declared(text: &str) -> Vec<Declared> {
    let head = text.split("---\n").nth(1).unwrap();
    let whole = if head.contains("\ncalendar: julian") {
        Calendar::Julian
    } else {
        Calendar::Gregorian
    };
    let mut dates = Vec::new();
    let mut at = 4;
    for line in head.split_inclusive('\n') {
        let key = if line.starts_with("date: ") {
            Some("date: ")
        } else if line.trim_start().starts_with("- {on: ") {
            Some("on: ")
        } else {
            None
        };
        if let Some(key) = key {
            let begin = line.find(key).unwrap() + key.len();
            let value = line[begin..].trim_start_matches('"');
            let begin = line.len() - value.len();
            let length = value.find([',', '"', '}', '\n']).unwrap();
            let calendar = if line.contains("calendar: julian") {
                Calendar::Julian
            } else if line.contains("calendar: gregorian") {
                Calendar::Gregorian
            } else {
                whole
            };
            dates.push(Declared {
                range: at + begin..at + begin + length,
                edtf: line[begin..begin + length].to_owned(),
                calendar,
                primary: key == "date: " || line.contains("primary: true"),
            });
        }
        at += line.len();
    }
    dates
}

fn pictures_beside(article: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(article.parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && path.extension().is_some_and(|extension| extension != "md") {
            files.push(path);
        }
    }
    files
}

fn content() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("content")
}

fn copy(from: &Path, to: &Path) {
    let mut files = Vec::new();
    walk(from, &mut files);
    for file in files {
        let copy = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(&file, copy).unwrap();
    }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.push(path);
        }
    }
}
