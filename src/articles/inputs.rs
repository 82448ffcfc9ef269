//! What pages are made from, and what of it goes with an article: both sides
//! of the page cache on one screen.
//!
//! A page says with [`Inputs`] which of these tags it has looked at; what
//! changes an article tells all tags under which it stood before and stands
//! now ([`differences`]). A page that lists articles names what it chose them
//! by (a day, a year, an entry), never each of them: so one that is new there
//! touches it too. The text alone is told of as [`article`]; no list shows it.
//!
//! What an open case keeps back touches everything, so no tag speaks of it.
//! What accounts dispute hangs on all who claim something of one subject:
//! whoever tells of one of them tells of the others
//! ([`tell_holders`]).

use std::collections::{BTreeMap, BTreeSet};

use diesel::QueryResult;
use jiff::civil::Date;

use super::model::{Registry, Tag as Name};
use super::{Visibility, day_number, queries};
use crate::dates::Day;
use crate::db::AnyConnection;
use crate::editions::{Change, Inputs, Tag};

/// An article as it is: everything about it, its text and its past included.
#[must_use]
pub fn article(slug: &str) -> Tag {
    Tag::article(slug)
}

/// What stands on a day of the year: articles, births and deaths.
#[must_use]
pub fn on_day(day: Day) -> Tag {
    on_date(i64::from(day.month()), i64::from(day.day()))
}

/// What stands in a month of any year, 1 to 12, on a day of it or on none.
#[must_use]
pub fn in_month(month: i64) -> Tag {
    Tag::new("month", format_args!("{month:02}"))
}

/// What stands in a year (astronomical, by the calendar as sourced), or in the
/// decade or century for which that year stands.
#[must_use]
pub fn in_year(year: i64) -> Tag {
    Tag::new("year", year)
}

/// The file of an entry: its name, its facts, its text.
#[must_use]
pub fn entry(registry: Registry, slug: &str) -> Tag {
    Tag::new("entry", format_args!("{}/{slug}", registry.slug()))
}

/// The articles that name an entry, as lists show them.
#[must_use]
pub fn named(registry: Registry, slug: &str) -> Tag {
    Tag::new("named", format_args!("{}/{slug}", registry.slug()))
}

/// Those articles with their texts, so far as when they changed.
#[must_use]
pub fn revised(registry: Registry, slug: &str) -> Tag {
    Tag::new("revised", format_args!("{}/{slug}", registry.slug()))
}

/// Which articles have a picture beside them, by the hash of its bytes.
#[must_use]
pub fn picture(hash: &str) -> Tag {
    Tag::new("picture", hash)
}

/// A page that the site has about itself.
#[must_use]
pub fn page(slug: &str) -> Tag {
    Tag::new("page", slug)
}

/// Where the places of the registry lie, and what they are called on maps:
/// every map shows some that its article does not name.
#[must_use]
pub fn places() -> Tag {
    Tag::new("all", "places")
}

/// Which days of the year have any article.
#[must_use]
pub fn told_days() -> Tag {
    Tag::new("all", "told-days")
}

/// Which years, decades and centuries have any article.
#[must_use]
pub fn told_years() -> Tag {
    Tag::new("all", "told-years")
}

/// Which day it is where the site is.
#[must_use]
pub fn today() -> Tag {
    Tag::new("now", "day")
}

/// Which year it is there.
#[must_use]
pub fn this_year() -> Tag {
    Tag::new("now", "year")
}

/// What the lists around an article are chosen by: those of its own day, and
/// the nearest of the same stories, of the same places and in time. The last
/// are between two day numbers; `None` where nothing comes before or after.
#[must_use]
pub fn around(
    slug: &str,
    day: Option<Day>,
    names: &[Name],
    nearest: (Option<i64>, Option<i64>),
) -> Inputs {
    let shared = names.iter().filter(|name| {
        let registry = name.registry;
        registry == Registry::Topics || registry == Registry::Places
    });
    let shared = shared.map(|name| named(name.registry, &name.entry));
    let tags = [article(slug), places()].into_iter();
    Inputs::of(tags.chain(day.map(on_day)).chain(shared))
        .and_days(nearest.0.unwrap_or(i64::MIN)..=nearest.1.unwrap_or(i64::MAX))
}

/// What pages can show of an article, so far as it matters to whom it is told
/// when that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Its permanent name.
    pub slug: String,
    /// All that lists may show: title, summary and the rest of the front
    /// matter as it is kept, which nobody takes apart here.
    pub shown: (String, String, String),
    /// Readers do not see it.
    pub is_draft: bool,
    /// Day number; readers see it from then on. 0 is always.
    pub published: i64,
    /// The day number by which articles are ordered.
    pub first_day: i64,
    /// The pages of time on which it stands.
    pub standings: Vec<Stand>,
    /// The names it carries, in order.
    pub names: Vec<Name>,
    /// The pictures beside it: file and hash.
    pub pictures: BTreeSet<(String, String)>,
    /// What it claims something of.
    pub subjects: BTreeSet<String>,
    /// The slugs under which it stood before.
    pub old_slugs: BTreeSet<String>,
}

/// One page of time on which an article stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand {
    /// Astronomical.
    pub year: i64,
    /// 1, 10 or 100 years.
    pub span: i64,
    /// 1 to 12, if it is known.
    pub month: Option<i64>,
    /// 1 to 31, if it is known.
    pub day: Option<i64>,
    /// What happened then, and the EDTF of the date.
    pub words: (String, String),
}

/// A page of time that may have come to hold its first article or lost its
/// last: a year with a span, or a month with a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// Astronomical year, and 1, 10 or 100 years.
    Year(i64, i64),
    /// 1 to 12, and 1 to 31.
    Day(i64, i64),
}

/// Tells what is another between two states of some articles, by slug. Returns
/// the subjects of those of which a list may show something else.
pub fn differences(
    before: &BTreeMap<String, Sketch>,
    after: &BTreeMap<String, Sketch>,
    change: &mut Change,
) -> BTreeSet<String> {
    let mut subjects = BTreeSet::new();
    let slugs: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for slug in slugs {
        let (old, new) = (before.get(slug), after.get(slug));
        if old == new {
            // Its text may be another; it was written anew for something.
            new.iter().for_each(|one| one.tell_text(change));
            continue;
        }
        for one in old.into_iter().chain(new) {
            one.tell(change);
            subjects.extend(one.subjects.iter().cloned());
        }
        let hashes = |one: Option<&Sketch>| -> BTreeSet<String> {
            let all = one.into_iter().flat_map(|one| &one.pictures);
            all.map(|(_, hash)| hash.clone()).collect()
        };
        for hash in hashes(old).symmetric_difference(&hashes(new)) {
            change.tag(picture(hash));
        }
    }
    subjects
}

/// What becomes another page when one day has become another: what says which
/// day or year it is, and articles that were to be published since.
///
/// # Errors
/// The database's.
pub fn new_day(conn: &mut AnyConnection, before: Date, now: Date) -> QueryResult<Change> {
    let mut change = Change::default();
    change.tag(today());
    if before.year() != now.year() {
        change.tag(this_year());
    }
    let due = queries::due(conn, day_number(before), day_number(now))?;
    let sketches = queries::sketches(conn, &due)?;
    if !sketches.is_empty() {
        change.tag(told_days());
        change.tag(told_years());
    }
    let subjects = differences(&BTreeMap::new(), &sketches, &mut change);
    tell_holders(conn, &subjects, &mut change)?;
    Ok(change)
}

/// Tells of all who claim something of these subjects: what one of them says
/// may dispute what the others do.
///
/// # Errors
/// The database's.
pub fn tell_holders(
    conn: &mut AnyConnection,
    subjects: &BTreeSet<String>,
    change: &mut Change,
) -> QueryResult<()> {
    let holders = queries::holding(conn, subjects)?;
    let sketches = queries::sketches(conn, &holders)?;
    sketches.values().for_each(|one| one.tell(change));
    Ok(())
}

/// How many more rows each page of time has than before, for those who may see
/// so much; pages with as many are left out.
#[must_use]
pub fn growth(
    before: &BTreeMap<String, Sketch>,
    after: &BTreeMap<String, Sketch>,
    visibility: Visibility,
) -> BTreeMap<Spot, i64> {
    let mut growth = BTreeMap::new();
    for (all, sign) in [(before, -1), (after, 1)] {
        for one in all.values().filter(|one| one.is_seen(visibility)) {
            for spot in one.standings.iter().flat_map(Stand::spots) {
                *growth.entry(spot).or_insert(0) += sign;
            }
        }
    }
    growth.retain(|_, more| *more != 0);
    growth
}

impl Sketch {
    /// Names what only shows where the article itself is shown.
    fn tell_text(&self, change: &mut Change) {
        change.tag(article(&self.slug));
        for name in &self.names {
            change.tag(revised(name.registry, &name.entry));
        }
    }

    /// Names everything under which the article stands.
    pub fn tell(&self, change: &mut Change) {
        self.tell_text(change);
        change.day(self.first_day);
        for slug in &self.old_slugs {
            change.tag(article(slug));
        }
        for name in &self.names {
            change.tag(named(name.registry, &name.entry));
        }
        for stand in &self.standings {
            change.tag(in_year(stand.year));
            if let Some(month) = stand.month {
                change.tag(in_month(month));
                stand.day.iter().for_each(|day| {
                    change.tag(on_date(month, *day));
                });
            }
        }
    }

    fn is_seen(&self, visibility: Visibility) -> bool {
        self.published <= visibility.until && (visibility.drafts || !self.is_draft)
    }
}

impl Stand {
    fn spots(&self) -> impl Iterator<Item = Spot> {
        let day = self.month.zip(self.day);
        let day = day.map(|(month, day)| Spot::Day(month, day));
        std::iter::once(Spot::Year(self.year, self.span)).chain(day)
    }
}

/// Names the page of a day and that of a year on which the end of a life stands.
pub fn tell_life(change: &mut Change, year: i64, month: Option<i64>, day: Option<i64>) {
    change.tag(in_year(year));
    if let Some((month, day)) = month.zip(day) {
        change.tag(on_date(month, day));
    }
}

fn on_date(month: i64, day: i64) -> Tag {
    Tag::new("day", format_args!("{month:02}-{day:02}"))
}
