//! The one or two sides of a date in words, and what they share.

use super::draft::Numbered;
use super::lexicon::{self, Era};
use super::parts::{Form, Joint};
use super::tokens::{Kind, Text};
use super::written::calendar_at;
use crate::dates::calendar::Calendar;
use crate::dates::year::Year;
use std::fmt::Write;

/// A part of the text, from a token to the one before another.
#[derive(Clone, Copy)]
pub(super) struct Stretch<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// One side of an interval, of which some may be said on the other side.
#[derive(Clone, Copy, Default)]
struct Side {
    uncertain: bool,
    approximate: bool,
    day: Option<u8>,
    month: Option<u8>,
    /// 21 for spring to 24 for winter.
    season: Option<u8>,
    year: Option<Numbered>,
    /// A number that may be a day or a year.
    lone: Option<u64>,
    /// Ten years or a hundred from a year on, first and last in time.
    block: Option<(i64, i64)>,
}

impl<'a> Stretch<'a> {
    fn is(&self, at: usize, words: &[&str]) -> bool {
        at < self.to && self.text.is(at, words)
    }

    fn part(&self, from: usize, to: usize) -> Stretch<'a> {
        Stretch { from, to, ..*self }
    }

    fn rest(&self, from: usize) -> Stretch<'a> {
        self.part(from, self.to)
    }

    /// Takes "Old Style" off the end.
    pub(super) fn without_style(self) -> (Stretch<'a>, Option<Calendar>) {
        let words = self.to.checked_sub(2).filter(|at| *at > self.from);
        let dots = self.to.checked_sub(4).filter(|at| *at > self.from);
        for at in [words, dots].into_iter().flatten() {
            let spelled = self.text.is(at + 1, &["style"]) == (at + 2 == self.to);
            if let Some(calendar) = calendar_at(self.text, at).filter(|_| spelled) {
                let comma = self.text.kind(at - 1) == Kind::Comma;
                let to = if comma { at - 1 } else { at };
                return (self.part(self.from, to), Some(calendar));
            }
        }
        (self, None)
    }

    pub(super) fn edtf(self) -> Option<String> {
        let last = self.to.checked_sub(1)?;
        if self.is(self.from, &["from"]) && self.is(last, &["onwards", "onward", "on"]) {
            let start = self.part(self.from + 1, last).side()?.alone()?;
            return Some(format!("{}/..", start.edtf()?));
        }
        if self.is(self.from, &["until", "till"]) {
            return Some(format!(
                "../{}",
                self.rest(self.from + 1).side()?.alone()?.edtf()?
            ));
        }
        if let Some(between) = self.between() {
            return Some(between);
        }
        let from = self.is(self.from, &["from"]);
        let start = if from { self.from + 1 } else { self.from };
        for at in start..self.to {
            if let Some((Joint::To, next)) = self.text.joint_at(at)
                && let Some(interval) = self.part(start, at).to(self.rest(next))
            {
                return Some(interval);
            }
        }
        if from {
            return None;
        }
        self.side()?.alone()?.edtf()
    }

    /// "between 1340 and 1345", "about between 1900 and 1999".
    fn between(self) -> Option<String> {
        let mut at = self.from;
        let mut outer = Side::default();
        outer.qualify(&self, &mut at);
        if !self.is(at, &["between"]) {
            return None;
        }
        let and = (at + 1..self.to).find(|place| self.is(*place, &["and"]))?;
        let comma = self.text.kind(and - 1) == Kind::Comma;
        let start = self.part(at + 1, if comma { and - 1 } else { and });
        let (start, end) = resolve(start.side()?, self.rest(and + 1).side()?)?;
        if let (Some(first), Some(last)) = (start.only_year(), end.only_year()) {
            // All decades but the first are printed as "1340s".
            let hundred = first.rem_euclid(100) == 0 && last == first + 99;
            if hundred || (first, last) == (0, 9) {
                let block = Some((first, last));
                return Side { block, ..outer }.edtf();
            }
        }
        let plain = !outer.uncertain && !outer.approximate;
        plain.then_some(format!("[{}..{}]", start.edtf()?, end.edtf()?))
    }

    /// The interval from this stretch to another.
    fn to(self, end: Stretch<'a>) -> Option<String> {
        let unknown = |stretch: &Stretch<'_>| {
            stretch.to == stretch.from + 1 && stretch.is(stretch.from, &["unknown"])
        };
        if unknown(&end) {
            return Some(format!("{}/", self.side()?.alone()?.edtf()?));
        }
        if unknown(&self) {
            return Some(format!("/{}", end.side()?.alone()?.edtf()?));
        }
        let (start, end) = resolve(self.side()?, end.side()?)?;
        if start.block.is_some() || end.block.is_some() {
            return None;
        }
        Some(format!("{}/{}", start.edtf()?, end.edtf()?))
    }

    /// One date, of which the year or more may be missing.
    fn side(self) -> Option<Side> {
        let mut side = Side::default();
        let mut at = self.from;
        side.qualify(&self, &mut at);
        while self.is(at, &["the", "on", "in"]) {
            at += 1;
        }
        if let Some((_, last)) = self.text.weekday_at(at) {
            let comma = self.text.kind(last + 1) == Kind::Comma;
            at = last + if comma { 2 } else { 1 };
            if self.is(at, &["the"]) {
                at += 1;
            }
        }
        side.date(self.rest(at)).then_some(side)
    }

    /// A year that takes up the whole stretch, after a comma or "of".
    fn year(self) -> Option<Numbered> {
        let mut at = self.from;
        if at < self.to && (self.text.kind(at) == Kind::Comma || self.is(at, &["of"])) {
            at += 1;
        }
        if let Some((Era::Ce, last)) = self.text.era_at(at)
            && let Kind::Number { value, .. } = self.text.kind(last + 1)
        {
            return (last + 2 == self.to).then_some(Numbered::new(value, Some(Era::Ce)));
        }
        let Kind::Number { value, grouped, .. } = self.text.kind(at) else {
            return None;
        };
        let era = self.text.era_after(at);
        let last = era.map_or(at, |(_, last)| last);
        // A bare "79" is a year of the last century to most readers, and a
        // bare "1,951" is a count.
        let sure = era.is_some() || (value >= 100 && (!grouped || value >= 10_000));
        (sure && last + 1 == self.to).then_some(Numbered::new(value, era.map(|(era, _)| era)))
    }
}

impl Side {
    /// Takes "possibly" and "about".
    fn qualify(&mut self, stretch: &Stretch<'_>, at: &mut usize) {
        loop {
            if stretch.is(*at, &["possibly", "perhaps", "probably", "maybe"]) {
                self.uncertain = true;
            } else if stretch.text.is_among(*at, &lexicon::ABOUT) {
                self.approximate = true;
                if stretch.is(*at, &["c", "ca"]) && stretch.text.kind(*at + 1) == Kind::Dot {
                    *at += 1;
                }
            } else {
                return;
            }
            *at += 1;
        }
    }

    /// Whether the stretch is a date and nothing else.
    fn date(&mut self, stretch: Stretch<'_>) -> bool {
        let (text, from, to) = (stretch.text, stretch.from, stretch.to);
        if from >= to {
            return false;
        }
        if let Some((month, last)) = text.month_at(from) {
            return self.month_first(month, stretch.rest(last + 1));
        }
        if let Some(season) = season(text.word(from)) {
            self.season = Some(season);
            self.year = stretch.rest(from + 1).year();
            return self.year.is_some();
        }
        if let Some((number, last)) = century_number(text, from)
            && stretch.is(last + 1, &["century"])
        {
            return self.century(number, stretch.rest(last + 2));
        }
        if let Kind::Plural(value) = text.kind(from) {
            return self.decade(value, stretch);
        }
        if let Some((day, last, form)) = text.day_at(from) {
            let of = form != Form::Digits && stretch.is(last + 1, &["of"]);
            let next = if of { last + 2 } else { last + 1 };
            if let Some((month, month_last)) = text.month_at(next).filter(|(_, last)| *last < to) {
                self.day = Some(day);
                self.month = Some(month);
                return self.year_or_end(stretch.rest(month_last + 1));
            }
            // "7, 1951" after "January 4 –".
            if text.kind(last + 1) == Kind::Comma && last + 1 < to {
                self.day = Some(day);
                return self.year_or_end(stretch.rest(last + 1)) && self.year.is_some();
            }
        }
        if let Kind::Number { value, grouped, .. } = text.kind(from)
            && from + 1 == to
            && (!grouped || value >= 10_000)
        {
            self.lone = Some(value);
            return true;
        }
        if let Kind::Ordinal(value) = text.kind(from)
            && from + 1 == to
        {
            self.day = u8::try_from(value).ok();
            return self.day.is_some();
        }
        self.year = stretch.year();
        self.year.is_some()
    }

    fn month_first(&mut self, month: u8, rest: Stretch<'_>) -> bool {
        self.month = Some(month);
        let text = rest.text;
        let at = if rest.is(rest.from, &["the"]) {
            rest.from + 1
        } else {
            rest.from
        };
        if let Some((day, last, _)) = text.day_at(at).filter(|(_, last, _)| *last < rest.to)
            && rest.part(at, rest.to).year().is_none()
        {
            self.day = Some(day);
            return self.year_or_end(rest.rest(last + 1));
        }
        self.year_or_end(rest)
    }

    fn year_or_end(&mut self, rest: Stretch<'_>) -> bool {
        self.year = rest.year();
        self.year.is_some() || rest.from == rest.to
    }

    fn decade(&mut self, value: u64, stretch: Stretch<'_>) -> bool {
        let era = stretch.text.era_after(stretch.from);
        let last = era.map_or(stretch.from, |(_, last)| last);
        let sure = era.is_some() || value >= 100;
        if !value.is_multiple_of(10) || !sure || last + 1 != stretch.to {
            return false;
        }
        let Ok(value) = i64::try_from(value) else {
            return false;
        };
        self.block = Some(match era {
            Some((Era::Bce, _)) => (1 - value - 9, 1 - value.max(1)),
            _ => (value, value + 9),
        });
        true
    }

    fn century(&mut self, number: u64, rest: Stretch<'_>) -> bool {
        let era = rest
            .text
            .era_at(rest.from)
            .filter(|(_, last)| *last < rest.to);
        let end = era.map_or(rest.from, |(_, last)| last + 1);
        let Some(last) = i64::try_from(number)
            .ok()
            .and_then(|number| number.checked_mul(100))
        else {
            return false;
        };
        self.block = Some(match era {
            Some((Era::Bce, _)) => (1 - last, 1 - (last - 99)),
            _ => (last - 99, last),
        });
        end == rest.to && last > 0
    }

    /// The side where there is no other: a number can only be its year, and it
    /// must have one.
    fn alone(mut self) -> Option<Side> {
        if let Some(number) = self.lone.take().filter(|number| *number >= 100) {
            self.year = Some(Numbered::new(number, None));
        }
        let dated = self.year.is_some() && (self.day.is_none() || self.month.is_some());
        (dated || self.block.is_some()).then_some(self)
    }

    /// The astronomical number of a year without a month or a doubt.
    fn only_year(&self) -> Option<i64> {
        let plain = self.month.is_none() && self.season.is_none() && self.block.is_none();
        let sure = !self.uncertain && !self.approximate;
        self.year
            .filter(|_| plain && sure)?
            .year()
            .map(|year| year.astronomical())
    }

    fn edtf(&self) -> Option<String> {
        let mut edtf = match (self.block, self.year) {
            (Some((first, last)), _) => block(first, last),
            (None, Some(year)) => year.year()?.edtf(),
            (None, None) => return None,
        };
        if let Some(month) = self.season.or(self.month) {
            write!(edtf, "-{month:02}").ok()?;
        }
        if let Some(day) = self.day {
            write!(edtf, "-{day:02}").ok()?;
        }
        let qualifier = match (self.uncertain, self.approximate) {
            (true, true) => "%",
            (true, false) => "?",
            (false, true) => "~",
            (false, false) => "",
        };
        edtf.push_str(qualifier);
        Some(edtf)
    }
}

/// Both sides with what is said on one only.
fn resolve(mut start: Side, mut end: Side) -> Option<(Side, Side)> {
    // "January 4 – 7, 1951"
    if end.day.is_some() && end.month.is_none() {
        end.month = start.month.filter(|_| start.day.is_some());
    }
    // "4 – 7 January 1951"
    if let Some(number) = start.lone.filter(|number| *number <= 31)
        && end.day.is_some()
    {
        start.lone = None;
        start.day = u8::try_from(number).ok();
    }
    if start.day.is_some() && start.month.is_none() {
        start.month = end.month.filter(|_| end.day.is_some());
    }
    if let Some(last) = end.lone.take() {
        // "1950–53"
        let first = start.lone.unwrap_or_default();
        let short = (10..100).contains(&last) && (1000..10_000).contains(&first);
        let year = if short {
            first / 100 * 100 + last
        } else {
            last
        };
        end.year = Some(Numbered::new(year, None)).filter(|year| year.number >= 100);
    }
    if let Some(number) = start.lone.take() {
        // "490 – 479 BCE": the era of both.
        let shared = end
            .year
            .filter(|_| end.month.is_none() && end.season.is_none());
        let era = shared.and_then(|year| year.era);
        start.year = Some(Numbered::new(number, era)).filter(|_| number >= 100 || era.is_some());
    }
    if start.year.is_none() && start.block.is_none() {
        let turned = (start.month, start.day) > (end.month, end.day) && end.month.is_some();
        start.year = match end.year {
            Some(year) if start.month.is_some() && turned => Some(year.previous()),
            year => year.filter(|_| start.month.is_some()),
        };
    }
    Some((start.alone()?, end.alone()?))
}

/// A stretch of years: `134X` and `19XX` where EDTF has that, or a set.
fn block(first: i64, last: i64) -> String {
    let within = (0..=9999).contains(&first) && (0..=9999).contains(&last);
    if within && first % 100 == 0 && last == first + 99 {
        format!("{:02}XX", first / 100)
    } else if within && first % 10 == 0 && last == first + 9 {
        format!("{:03}X", first / 10)
    } else {
        format!(
            "[{}..{}]",
            Year::from_astronomical(first).edtf(),
            Year::from_astronomical(last).edtf()
        )
    }
}

fn season(word: &str) -> Option<u8> {
    match word.to_ascii_lowercase().as_str() {
        "spring" => Some(21),
        "summer" => Some(22),
        "autumn" | "fall" => Some(23),
        "winter" => Some(24),
        _ => None,
    }
}

fn century_number(text: &Text<'_>, at: usize) -> Option<(u64, usize)> {
    match text.kind(at) {
        Kind::Ordinal(number) => Some((number, at)),
        _ => text.ordinal_at(at),
    }
}
