//! The parts of a date, each read at one place: a day, a month, an era, what
//! stands between two dates, and what follows a number.

use super::lexicon::{self, Era};
use super::tokens::{Kind, Text};
use jiff::civil::Weekday;

/// How a day of the month is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// "4"
    Digits,
    /// "4th"
    Ordinal,
    /// "fourth"
    Words,
}

/// What joins two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// A dash, "to", "until", "through".
    To,
    Slash,
    And,
    Or,
    Comma,
}

/// What comes after a number, which tells whether it counts something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follow {
    /// A sign or the end.
    End,
    /// A hyphen without space, and a word.
    Compound,
    /// Another number.
    Digits,
    Unit,
    Counted,
    /// "elections"
    Event,
    /// Anything else that looks like a plural.
    Plural,
    /// "of", "were".
    CountVerb,
    Function,
    Capital,
    /// Any other word.
    Plain,
}

impl Text<'_> {
    /// The day of the month at this place, the last token of it, and how it
    /// is written.
    pub(super) fn day_at(&self, at: usize) -> Option<(u8, usize, Form)> {
        let (day, last, form) = match self.kind(at) {
            Kind::Number {
                value,
                digits: 1..=2,
                ..
            } => (value, at, Form::Digits),
            Kind::Ordinal(value) => (value, at, Form::Ordinal),
            Kind::Word => {
                let (value, last) = self.ordinal_at(at)?;
                (value, last, Form::Words)
            }
            _ => return None,
        };
        let day = u8::try_from(day).ok()?;
        (1..=31).contains(&day).then_some((day, last, form))
    }

    /// "fourth", "twenty-first".
    pub(super) fn ordinal_at(&self, at: usize) -> Option<(u64, usize)> {
        let word = self.word(at);
        if let Some(ordinal) = lexicon::ordinal(word) {
            return Some((ordinal, at));
        }
        if !word.ends_with(['y', 'Y']) {
            return None;
        }
        let tens = lexicon::tens(word)?;
        let next = if self.kind(at + 1) == Kind::Hyphen {
            at + 2
        } else {
            at + 1
        };
        let ones = lexicon::ordinal(self.word(next)).filter(|ones| *ones < 10)?;
        Some((tens + ones, next))
    }

    /// The month at this place and the last token of it, which is the dot of
    /// "Jan." if there is one.
    pub(super) fn month_at(&self, at: usize) -> Option<(u8, usize)> {
        let (month, cut) = lexicon::month(self.word(at))?;
        let dot = cut && self.kind(at + 1) == Kind::Dot && self.is_glued(at + 1);
        Some((month, if dot { at + 1 } else { at }))
    }

    pub(super) fn weekday_at(&self, at: usize) -> Option<(Weekday, usize)> {
        let (weekday, cut) = lexicon::weekday(self.word(at))?;
        let dot = cut && self.kind(at + 1) == Kind::Dot && self.is_glued(at + 1);
        Some((weekday, if dot { at + 1 } else { at }))
    }

    /// The era that begins at this place, and the last token of it: "BCE",
    /// "B.C.", "A.D.".
    pub(super) fn era_at(&self, at: usize) -> Option<(Era, usize)> {
        let word = self.word(at);
        if let Some(era) = lexicon::era(word) {
            return Some((era, at));
        }
        let dotted = |place: usize, letter: &str| {
            self.kind(place) == Kind::Dot
                && self.is_glued(place)
                && self.is_glued(place + 1)
                && self.word(place + 1) == letter
        };
        let (era, mut last) = match word {
            "B" if dotted(at + 1, "C") => (Era::Bce, at + 2),
            "A" if dotted(at + 1, "D") => (Era::Ce, at + 2),
            "C" if dotted(at + 1, "E") => (Era::Ce, at + 2),
            _ => return None,
        };
        if era == Era::Bce && dotted(last + 1, "E") {
            last += 2;
        }
        if self.kind(last + 1) == Kind::Dot && self.is_glued(last + 1) {
            last += 1;
        }
        Some((era, last))
    }

    /// The era behind a number. "24 AD 79" has it before the next number.
    pub(super) fn era_after(&self, number: usize) -> Option<(Era, usize)> {
        let (era, last) = self.era_at(number + 1)?;
        let ad = era == Era::Ce && self.is(number + 1, &["ad", "a"]);
        let before_next = ad && matches!(self.kind(last + 1), Kind::Number { .. });
        (!before_next).then_some((era, last))
    }

    /// The first token of "AD" or "A.D." that ends right before this place.
    pub(super) fn ad_before(&self, number: usize) -> Option<usize> {
        [1, 4, 3].into_iter().find_map(|length| {
            let first = number.checked_sub(length)?;
            let (era, last) = self.era_at(first)?;
            (era == Era::Ce && self.word(first) != "CE" && last + 1 == number).then_some(first)
        })
    }

    /// What joins two dates at this place, and where the second may begin.
    pub(super) fn joint_at(&self, at: usize) -> Option<(Joint, usize)> {
        let joint = match self.kind(at) {
            Kind::Hyphen | Kind::Dash => Joint::To,
            Kind::Slash if self.is_glued(at) => Joint::Slash,
            Kind::Comma => {
                return Some(match self.joint_at(at + 1) {
                    Some((joint @ (Joint::And | Joint::Or), next)) => (joint, next),
                    Some((Joint::To, next)) if self.kind(at + 1) == Kind::Word => (Joint::To, next),
                    _ => (Joint::Comma, at + 1),
                });
            }
            Kind::Word => match self.word(at) {
                "to" | "until" | "till" | "through" | "thru" => Joint::To,
                "and" => Joint::And,
                "or" => Joint::Or,
                _ => return None,
            },
            _ => return None,
        };
        Some((joint, at + 1))
    }

    /// The place behind "the" and a weekday, where a day may stand.
    pub(super) fn behind_article_and_weekday(&self, at: usize) -> usize {
        let mut next = at;
        if let Some((_, last)) = self.weekday_at(next) {
            next = last + 1;
            if self.kind(next) == Kind::Comma {
                next += 1;
            }
        }
        if self.is(next, &["the"]) {
            next += 1;
        }
        next
    }

    /// The place behind "early", "mid-" or "late".
    pub(super) fn behind_part(&self, at: usize) -> usize {
        if !self.is(at, &["early", "mid", "late"]) {
            return at;
        }
        at + if self.kind(at + 1) == Kind::Hyphen {
            2
        } else {
            1
        }
    }

    /// What comes after the number that ends at this place.
    pub(super) fn follow(&self, last: usize) -> Follow {
        let next = last + 1;
        match self.kind(next) {
            Kind::Hyphen if self.is_glued(next) && self.is_glued(next + 1) => {
                let dated =
                    self.month_at(next + 1).is_some() || self.weekday_at(next + 1).is_some();
                match self.kind(next + 1) {
                    Kind::Word if !dated => Follow::Compound,
                    _ => Follow::End,
                }
            }
            Kind::Sign => Follow::Unit,
            Kind::Number { .. } | Kind::Ordinal(_) | Kind::Plural(_) | Kind::Junk => Follow::Digits,
            Kind::Word => self.follow_of_word(next),
            _ => Follow::End,
        }
    }

    pub(super) fn follow_of_word(&self, at: usize) -> Follow {
        let word = self.word(at);
        let is = |words: &lexicon::Words| words.have(word);
        if self.is_glued(at) || is(&lexicon::UNITS) {
            Follow::Unit
        } else if is(&lexicon::COUNTED) {
            Follow::Counted
        } else if is(&lexicon::COUNT_VERBS) {
            Follow::CountVerb
        } else if is(&lexicon::FUNCTION) {
            Follow::Function
        } else if is(&lexicon::EVENTS) {
            Follow::Event
        } else if self.is_capital(at) {
            Follow::Capital
        } else if word.ends_with('s') && !is(&lexicon::NO_PLURALS) {
            Follow::Plural
        } else {
            Follow::Plain
        }
    }

    /// Whether the word after the next is a crowd or a measure, as in "1500
    /// armed men".
    pub(super) fn counts_behind(&self, last: usize) -> bool {
        if self.kind(last + 2) != Kind::Word {
            return false;
        }
        let crowd = self.is(last + 2, &["troops", "forces", "soldiers"]);
        crowd
            || matches!(
                self.follow_of_word(last + 2),
                Follow::Unit | Follow::Counted | Follow::Plural
            )
    }

    /// Whether a number may begin here: nothing is written to its left that
    /// makes it part of another number or word.
    pub(super) fn may_begin(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return true;
        };
        match self.kind(before) {
            Kind::Sign => false,
            Kind::Hyphen | Kind::Slash | Kind::Dot | Kind::Apostrophe | Kind::Word => {
                !self.is_glued(at)
            }
            Kind::Junk => !self.is_glued(at),
            _ => true,
        }
    }

    /// Whether "No.", "page" or another word before it numbers something.
    pub(super) fn is_labelled(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        if self.kind(before) == Kind::Dot && self.is_glued(before) {
            let word = before.wrapping_sub(1);
            return self.is(
                word,
                &[
                    "no", "nos", "p", "pp", "vol", "ch", "fig", "art", "sec", "ver", "v",
                ],
            );
        }
        self.is_among(before, &lexicon::LABELS)
    }
}
