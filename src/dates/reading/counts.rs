//! Numbers of years, in digits and in words.

use super::lexicon;
use super::tokens::{Kind, Text};

/// Longer counts of years are no part of a text on history.
const LIMIT: u64 = 1_000_000;

impl Text<'_> {
    /// The count at this place and its last token: "75", "1,500", "ten",
    /// "ninety-nine", "a hundred", "two hundred and fifty", "half a thousand"
    /// not.
    pub(super) fn count_at(&self, at: usize) -> Option<(u32, usize)> {
        if let Kind::Number { value, .. } = self.kind(at) {
            let glued_behind = self.is_glued(at)
                && at > 0
                && !matches!(self.kind(at - 1), Kind::Open | Kind::Mark | Kind::Dash);
            let value = u32::try_from(value).ok().filter(|_| value <= LIMIT)?;
            return (!glued_behind).then_some((value, at));
        }
        let (small, mut last) = if self.is(at, &["a"]) && self.hundreds(at + 1).is_some() {
            (1, at)
        } else {
            self.below_hundred(at)?
        };
        let mut value = small;
        if let Some(power) = self.hundreds(last + 1) {
            value *= power;
            last += 1;
            let and = if self.is(last + 1, &["and"]) {
                last + 2
            } else {
                last + 1
            };
            if let Some((rest, end)) = self.below_hundred(and) {
                value += rest;
                last = end;
            }
        }
        u32::try_from(value).ok().map(|value| (value, last))
    }

    /// "seven", "ninety-nine", "ninety nine".
    fn below_hundred(&self, at: usize) -> Option<(u64, usize)> {
        let value = lexicon::cardinal(self.word(at))?;
        if lexicon::tens(self.word(at)).is_none() {
            return Some((value, at));
        }
        let next = if self.kind(at + 1) == Kind::Hyphen {
            at + 2
        } else {
            at + 1
        };
        match lexicon::cardinal(self.word(next)) {
            Some(ones) if ones < 10 => Some((value + ones, next)),
            _ => Some((value, at)),
        }
    }

    fn hundreds(&self, at: usize) -> Option<u64> {
        if self.is(at, &["hundred"]) {
            Some(100)
        } else if self.is(at, &["thousand"]) {
            Some(1000)
        } else {
            None
        }
    }

    /// Whether the count at this place is no exact one: "about 75", "more than
    /// a hundred".
    pub(super) fn is_rough(&self, at: usize) -> bool {
        let before = at.wrapping_sub(1);
        let rough = [
            "about",
            "around",
            "approximately",
            "roughly",
            "nearly",
            "almost",
            "over",
            "some",
            "perhaps",
            "possibly",
            "probably",
            "circa",
            "barely",
            "under",
            "up",
            "another",
        ];
        let than = self.is(before, &["than"])
            && self.is(before.wrapping_sub(1), &["more", "less", "fewer"]);
        let least = self.is(before, &["least", "most"]) && self.is(before.wrapping_sub(1), &["at"]);
        (self.is(before, &rough) && !self.is(before, &["another"])) || than || least
    }
}
