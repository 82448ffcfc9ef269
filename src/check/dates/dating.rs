//! What an article declares of its dates, beside what its text states.

use crate::articles::model::EventDate;
use crate::check::{STYLE, Subject};
use crate::content::Place;
use crate::dates::reading::{AgeClaim, Mention, Stated, Statements, YearsApart, read};
use crate::dates::{Calendar, Day, DayNumber, HistoricalDate, Year};
use crate::markdown::PassageKind;

/// An article's declared dates, and every date in its words.
pub(super) struct Dating<'a> {
    pub(super) subject: &'a Subject<'a>,
    pub(super) declared: Vec<Declared<'a>>,
    /// Title, summary, passages in order, and the note on dates last.
    pub(super) texts: Vec<Text<'a>>,
}

/// A date of the front matter.
pub(super) struct Declared<'a> {
    pub(super) event: &'a EventDate,
    pub(super) date: HistoricalDate,
    pub(super) place: &'a Place,
}

/// A run of words of the article.
pub(super) struct Text<'a> {
    pub(super) part: Part,
    pub(super) words: &'a str,
    pub(super) mentions: Vec<Mention>,
    pub(super) ages: Vec<AgeClaim>,
    pub(super) intervals: Vec<YearsApart>,
}

/// Which part of the article a run of words is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Title,
    Summary,
    /// An index of the passages; the lead is 0.
    Passage(usize),
    Note,
}

/// How a stated date fits a declared one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It is that date, or an end of it.
    Same,
    /// It is that date in the other calendar.
    Twin,
    /// It lies within, or is a longer time that holds it.
    Within,
    No,
}

impl<'a> Dating<'a> {
    pub(super) fn of(subject: &'a Subject<'a>) -> Dating<'a> {
        let file = subject.file;
        let declared = file
            .details
            .dates
            .iter()
            .zip(&file.whereabouts.dates)
            .filter_map(|(event, place)| {
                let date = event.date().ok()?;
                Some(Declared { event, date, place })
            })
            .collect();
        let passages = subject
            .rendered
            .paragraphs
            .iter()
            .zip(&subject.rendered.passages)
            .enumerate()
            .filter(|(_, (_, passage))| passage.kind != PassageKind::Code)
            .map(|(index, (words, _))| (Part::Passage(index), words.as_str()));
        let note = file.details.date_note.as_deref();
        let texts = [
            (Part::Title, file.title.as_str()),
            (Part::Summary, file.summary.as_str()),
        ]
        .into_iter()
        .chain(passages)
        .chain(note.map(|note| (Part::Note, note)))
        .map(|(part, words)| {
            let Statements {
                mentions,
                ages,
                intervals,
            } = read(words);
            Text {
                part,
                words,
                mentions,
                ages,
                intervals,
            }
        })
        .collect();
        Dating {
            subject,
            declared,
            texts,
        }
    }

    /// What stands in title, summary and text, without the note on dates.
    pub(super) fn told(&self) -> impl Iterator<Item = (&Text<'a>, &Mention)> {
        self.texts
            .iter()
            .filter(|text| text.part != Part::Note)
            .flat_map(|text| text.mentions.iter().map(move |mention| (text, mention)))
    }

    /// The note on dates.
    pub(super) fn note(&self) -> Option<&Text<'a>> {
        self.texts.iter().find(|text| text.part == Part::Note)
    }

    /// Whether any words name a calendar: "Julian", "Old Style".
    pub(super) fn names_a_calendar(&self) -> bool {
        const NAMES: [&str; 5] = ["Julian", "Gregorian", "Old Style", "New Style", "O.S."];
        self.texts
            .iter()
            .any(|text| NAMES.iter().any(|name| text.words.contains(name)))
    }

    /// Where a mention stands in the file.
    pub(super) fn place(&self, text: &Text, mention: &Mention) -> Place {
        self.place_of(text, mention.range.clone())
    }

    /// Where some words of a text stand in the file.
    pub(super) fn place_of(&self, text: &Text, range: std::ops::Range<usize>) -> Place {
        let whereabouts = &self.subject.file.whereabouts;
        let words = text.words.get(range.clone()).unwrap_or_default();
        match text.part {
            Part::Passage(index) => self.subject.place(index, range),
            Part::Title => self.subject.place_in_value(&whereabouts.title, words),
            Part::Summary => self.subject.place_in_value(&whereabouts.summary, words),
            Part::Note => {
                let value = whereabouts.date_note.clone().unwrap_or_default();
                self.subject.place_in_value(&value, words)
            }
        }
    }

    /// What stands in title, summary and lead: where an article says what it is
    /// about.
    pub(super) fn head(&self) -> impl Iterator<Item = (&Text<'a>, &Mention)> {
        self.told()
            .filter(|(text, _)| matches!(text.part, Part::Title | Part::Summary | Part::Passage(0)))
    }

    /// How a stated date fits the declared ones: the best of them.
    pub(super) fn fit(&self, mention: &Mention) -> Fit {
        let mut best = Fit::No;
        for declared in &self.declared {
            match declared.fit(mention) {
                Fit::Same => return Fit::Same,
                Fit::Twin => best = Fit::Twin,
                Fit::Within if best == Fit::No => best = Fit::Within,
                Fit::Within | Fit::No => {}
            }
        }
        best
    }
}

impl Part {
    /// What an editor calls it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Part::Title => "title",
            Part::Summary => "summary",
            Part::Passage(0) => "first paragraph",
            Part::Passage(_) => "text",
            Part::Note => "note on dates",
        }
    }
}

impl Text<'_> {
    /// The calendar that the words give a mention: right beside it, or in the
    /// sentence that it begins ("22 November 1718 is the Old Style date").
    pub(super) fn calendar_of(&self, mention: &Mention) -> Option<Calendar> {
        const FAR: usize = 40;
        if mention.calendar.is_some() {
            return mention.calendar;
        }
        let next = self
            .mentions
            .iter()
            .map(|other| other.range.start)
            .find(|start| *start >= mention.range.end)
            .unwrap_or(self.words.len());
        let rest = self.words.get(mention.range.end..next)?;
        let rest = rest.trim_start_matches([',', ' ']);
        let rest = rest
            .strip_prefix("is ")
            .or_else(|| rest.strip_prefix("was "))?;
        let near = &rest[..rest.floor_char_boundary(FAR)];
        let near = near.split(['.', ';']).next().unwrap_or(near);
        let names = [
            ("Julian", Calendar::Julian),
            ("Old Style", Calendar::Julian),
            ("Gregorian", Calendar::Gregorian),
            ("New Style", Calendar::Gregorian),
        ];
        let found = names
            .into_iter()
            .filter_map(|(name, calendar)| Some((near.find(name)?, calendar)));
        found
            .min_by_key(|(at, _)| *at)
            .map(|(_, calendar)| calendar)
    }
}

impl Declared<'_> {
    /// The date with its role, as the finding names it.
    pub(super) fn words(&self) -> String {
        let words = self.date.words_with_calendar(STYLE);
        match self.event.words() {
            "" => words,
            role => format!("{words} ({role})"),
        }
    }

    /// The days on which it stands, in its own calendar.
    pub(super) fn days(&self) -> impl Iterator<Item = (Year, Day)> {
        self.date
            .standings()
            .into_iter()
            .map(|standing| (standing.year, standing.day))
    }

    pub(super) fn fit(&self, mention: &Mention) -> Fit {
        match mention.kind {
            Stated::Day { year, day } => self.fit_of_day(year, day),
            Stated::DayOfYear(day) => self.fit_of_day_of_year(day),
            Stated::DayOfMonth(number) => {
                if self.days().any(|(_, day)| day.day() == number) {
                    Fit::Same
                } else {
                    Fit::No
                }
            }
            kind => match kind.years() {
                Some((first, last)) => self.fit_of_years(kind, first, last),
                None => Fit::No,
            },
        }
    }

    fn fit_of_day(&self, year: Year, day: Day) -> Fit {
        if self.days().any(|own| own == (year, day)) {
            return Fit::Same;
        }
        let twins = self
            .days()
            .filter_map(|(year, day)| twin(self.date.calendar(), year, day));
        if twins.into_iter().any(|twin| twin == (year, day)) {
            return Fit::Twin;
        }
        let within = [Calendar::Gregorian, Calendar::Julian]
            .into_iter()
            .filter_map(|calendar| number(calendar, year, day))
            .any(|number| self.holds(number));
        if within { Fit::Within } else { Fit::No }
    }

    fn fit_of_day_of_year(&self, day: Day) -> Fit {
        if self.days().any(|(_, own)| own == day) {
            return Fit::Same;
        }
        let calendar = self.date.calendar();
        let mut twins = self
            .days()
            .filter_map(|(year, day)| twin(calendar, year, day));
        if twins.any(|(_, twin)| twin == day) {
            return Fit::Twin;
        }
        let years = [self.date.start(), self.date.end()];
        let within = years
            .into_iter()
            .flatten()
            .filter_map(|point| number(calendar, point.year, day))
            .any(|number| self.holds(number));
        if within { Fit::Within } else { Fit::No }
    }

    fn fit_of_years(&self, kind: Stated, first: Year, last: Year) -> Fit {
        let Some((own_first, own_last)) = self.years() else {
            return Fit::Within; // Open or unknown: nothing contradicts it.
        };
        if last < own_first || own_last < first {
            return Fit::No;
        }
        if let Stated::Month { year, month } = kind {
            let calendar = self.date.calendar();
            let begin = Day::new(month, 1).and_then(|day| number(calendar, year, day));
            let end = begin.map(|begin| DayNumber(begin.0 + 31));
            let (Some(begin), Some(end)) = (begin, end) else {
                return Fit::No;
            };
            let before = self.date.last_day().is_some_and(|last| last < begin);
            let after = self.date.first_day().is_some_and(|first| first >= end);
            if before || after {
                return Fit::No;
            }
        }
        Fit::Within
    }

    /// The first and last year that it may mean.
    pub(super) fn years(&self) -> Option<(Year, Year)> {
        let calendar = self.date.calendar();
        let year = |number: DayNumber| Year::from_astronomical(number.to_date(calendar).0);
        Some((year(self.date.first_day()?), year(self.date.last_day()?)))
    }

    fn holds(&self, number: DayNumber) -> bool {
        self.date.first_day().is_none_or(|first| first <= number)
            && self.date.last_day().is_none_or(|last| number <= last)
    }
}

/// The day number of a day in a calendar.
pub(super) fn number(calendar: Calendar, year: Year, day: Day) -> Option<DayNumber> {
    DayNumber::from_date(calendar, year.astronomical(), day.month(), day.day())
}

/// The same day in the other calendar.
pub(super) fn twin(calendar: Calendar, year: Year, day: Day) -> Option<(Year, Day)> {
    let other = match calendar {
        Calendar::Gregorian => Calendar::Julian,
        Calendar::Julian => Calendar::Gregorian,
    };
    let (year, month, of_month) = number(calendar, year, day)?.to_date(other);
    Some((Year::from_astronomical(year), Day::new(month, of_month)?))
}
