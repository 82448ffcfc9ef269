//! Whether a number that stands alone is a year, by the words around it.

use super::draft::{Draft, Numbered, What};
use super::lexicon::{self, Era};
use super::parts::{Follow, Joint};
use super::tokens::{Kind, Text};

/// Bare numbers from here to there look like years.
pub(super) const LIKELY: std::ops::RangeInclusive<u64> = 1000..=2100;

/// Whether the words around a bare number make it a year.
pub(super) fn is_year(text: &Text<'_>, at: usize, value: u64, digits: u8) -> bool {
    let before = at.wrapping_sub(1);
    let follow = text.follow(at);
    if matches!(follow, Follow::Unit | Follow::Compound) || text.is_range_of_digits(at) {
        return false;
    }
    if text.is(before, &["year", "years"]) {
        return is_named_year(text, at, digits, follow);
    }
    if circa(text, before) {
        return digits >= 3 && !matches!(follow, Follow::Counted | Follow::Plural);
    }
    if LIKELY.contains(&value) && digits == 4 {
        return is_likely_year(text, at, value, follow);
    }
    digits == 3 && value >= 100 && is_three_digit_year(text, at, value, follow)
}

/// "the year 79", but neither "the Muslim year 317" nor "the year 365 and a
/// quarter days".
fn is_named_year(text: &Text<'_>, at: usize, digits: u8, follow: Follow) -> bool {
    let word = at.wrapping_sub(2);
    let fraction = text.is(at + 1, &["and"]) && text.is(at + 2, &["a"]);
    let article = text.is(word, &["the"]) && follow != Follow::CountVerb;
    let foreign = (text.is_capital(word) && !text.is(word, &["the", "in", "by"]))
        || text.is(word, &["lunar", "per", "a", "light", "regnal"]);
    !fraction && !foreign && (article || digits > 2)
}

/// "circa", "c.", "ca.".
fn circa(text: &Text<'_>, before: usize) -> bool {
    if text.kind(before) == Kind::Dot {
        return text.is(before.wrapping_sub(1), &["c", "ca"]);
    }
    text.is(before, &["circa", "c", "ca"])
}

fn is_likely_year(text: &Text<'_>, at: usize, value: u64, follow: Follow) -> bool {
    let before = at.wrapping_sub(1);
    let round = value.is_multiple_of(50);
    let counts = match follow {
        Follow::Counted | Follow::Plural | Follow::CountVerb => round,
        Follow::Capital | Follow::Plain => {
            round && matches!(text.follow_of_word(at + 2), Follow::Counted | Follow::Unit)
        }
        _ => false,
    };
    let plain = !matches!(follow, Follow::Counted | Follow::Plural | Follow::CountVerb);
    match text.kind(before) {
        Kind::Open => follow == Follow::End || (plain && !round),
        Kind::Comma => {
            let name = before.wrapping_sub(1);
            let dated = lexicon::month(text.word(name)).is_some();
            follow == Follow::End && !round && text.is_capital(name) && !dated
        }
        Kind::Hyphen => {
            let word = before.wrapping_sub(1);
            plain && text.is(word, &["mid", "early", "late", "post", "pre"])
        }
        Kind::Word => {
            let two_before = before.wrapping_sub(1);
            match text.word(before).to_lowercase().as_str() {
                "in" => {
                    let share = matches!(text.kind(two_before), Kind::Number { .. })
                        || text.is(two_before, &["one", "two", "three"]);
                    !counts && !share
                }
                "by" => !counts && !text.is_among(two_before, &lexicon::CHANGED),
                "since" | "until" | "till" | "before" | "after" | "during" | "throughout" => {
                    !counts
                }
                "of" => is_year_of(text, at, value, follow),
                "from" => !counts && plain && !is_change(text, at),
                "between" => is_between_years(text, at, value),
                "about" | "around" | "approximately" | "roughly" => {
                    is_about_year(text, two_before, value, follow)
                }
                "early" | "late" | "mid" | "spring" | "summer" | "autumn" | "winter"
                | "christmas" | "easter" | "midsummer" => plain,
                "the" | "that" => is_year_in_a_name(text, at, value, follow),
                "as" => plain && text.is(two_before, &["early", "late", "recently"]),
                "than" => plain && text.is(two_before, &["later", "earlier"]),
                "born" | "dated" | "founded" | "established" | "published" => follow == Follow::End,
                "died" | "built" | "rebuilt" | "completed" | "opened" | "launched" | "written"
                | "painted" | "printed" => follow == Follow::End && !value.is_multiple_of(10),
                _ => false,
            }
        }
        Kind::Break | Kind::Dot => text.is(
            at + 1,
            &["was", "saw", "marked", "brought", "began", "ended"],
        ),
        _ => false,
    }
}

/// "the winter of 1500", but "a force of 1500".
fn is_year_of(text: &Text<'_>, at: usize, value: u64, follow: Follow) -> bool {
    let before = at.wrapping_sub(2);
    let timed = text.is_among(before, &lexicon::TIMED);
    let counts = match follow {
        Follow::Plural => !timed || value.is_multiple_of(50),
        Follow::CountVerb => value.is_multiple_of(50) || text.is(at + 1, &["of", "out"]),
        Follow::Counted | Follow::Digits => true,
        _ => false,
    };
    if text.is_among(before, &lexicon::MEASURED) || counts {
        return false;
    }
    let named = timed || text.is_capital(before);
    let word = text.kind(before) == Kind::Word;
    named || (word && !value.is_multiple_of(10))
}

/// "fell from 1500 to 1200".
fn is_change(text: &Text<'_>, at: usize) -> bool {
    let changed = text.is_among(at.wrapping_sub(2), &lexicon::CHANGED);
    let falls = match (text.joint_at(at + 1), text.kind(at), text.kind(at + 2)) {
        (Some((Joint::To, _)), Kind::Number { value, .. }, Kind::Number { value: end, .. }) => {
            end <= value || (value.is_multiple_of(50) && end.is_multiple_of(50))
        }
        _ => false,
    };
    changed || falls
}

/// "between 1950 and 1953".
fn is_between_years(text: &Text<'_>, at: usize, value: u64) -> bool {
    let Some((Joint::And, next)) = text.joint_at(at + 1) else {
        return false;
    };
    match text.kind(next) {
        Kind::Number {
            value: end,
            digits: 4,
            grouped: false,
        } => {
            let round = value.is_multiple_of(100) && end.is_multiple_of(100);
            let counts = matches!(
                text.follow(next),
                Follow::Unit | Follow::Counted | Follow::Plural | Follow::CountVerb
            );
            LIKELY.contains(&end) && end > value && !round && !counts
        }
        // "between 1950 and January 1953", "between 1950 and the war".
        Kind::Word => true,
        _ => false,
    }
}

/// "about 1340", but "about 1500".
fn is_about_year(text: &Text<'_>, before: usize, value: u64, follow: Follow) -> bool {
    let dated = text.is(
        before,
        &["in", "from", "since", "until", "by", "of", "dated", "born"],
    );
    let plain = matches!(follow, Follow::End | Follow::Function);
    let dated_of =
        !text.is(before, &["of"]) || text.is_among(before.wrapping_sub(1), &lexicon::TIMED);
    (dated && dated_of && plain) || (plain && !value.is_multiple_of(100))
}

/// "the 1951 census", "the 1951 floods", but "the 1500 metres", "the 1183
/// prisoners".
fn is_year_in_a_name(text: &Text<'_>, at: usize, value: u64, follow: Follow) -> bool {
    match follow {
        Follow::Event => true,
        Follow::Capital | Follow::Plain => {
            let next = match text.kind(at + 2) {
                Kind::Word => text.follow_of_word(at + 2),
                _ => Follow::End,
            };
            let crowd = matches!(next, Follow::Counted | Follow::Unit | Follow::Plural);
            let mark = text.is(
                at + 1,
                &["mark", "level", "barrier", "figure", "limit", "club"],
            );
            !mark && !(crowd && (value.is_multiple_of(50) || next != Follow::Plural))
        }
        _ => false,
    }
}

fn is_three_digit_year(text: &Text<'_>, at: usize, value: u64, follow: Follow) -> bool {
    let before = at.wrapping_sub(1);
    let round = value.is_multiple_of(50);
    let plain = match follow {
        Follow::End | Follow::Function => true,
        Follow::Capital | Follow::Plain => !round && !text.counts_behind(at),
        _ => false,
    };
    let two_before = before.wrapping_sub(1);
    let share = matches!(text.kind(two_before), Kind::Number { .. })
        || text.is(two_before, &["one", "two", "three"]);
    plain
        && match text.word(before) {
            "in" | "In" => !share,
            "By" | "since" | "Since" | "until" | "Until" | "After" | "Before" => true,
            "after" | "before" => follow == Follow::End || !round,
            "of" => text.is_among(two_before, &lexicon::TIMED),
            "from" => is_span_of_years(text, at, value, Joint::To),
            "between" => is_span_of_years(text, at, value, Joint::And),
            "about" | "around" => text.is(two_before, &["in", "In", "from", "since"]),
            _ => false,
        }
}

/// "from 632 to 661", "between 632 and 661", but not "from 100 to 200".
fn is_span_of_years(text: &Text<'_>, at: usize, value: u64, joint: Joint) -> bool {
    let Some((found, next)) = text.joint_at(at + 1) else {
        return false;
    };
    let changed = text.is_among(at.wrapping_sub(2), &lexicon::CHANGED);
    match text.kind(next) {
        Kind::Number {
            value: end,
            digits: 3..=4,
            grouped: false,
        } => {
            let round = value.is_multiple_of(10) && end.is_multiple_of(10);
            let plain = matches!(text.follow(next), Follow::End | Follow::Function);
            found == joint && !changed && plain && !round && end > value
        }
        _ => false,
    }
}

/// Whether a number goes on what a date before it began: "1950 and 1951", "to
/// 1953".
pub(super) fn continues(
    text: &Text<'_>,
    at: usize,
    value: u64,
    digits: u8,
    found: &[Draft],
) -> bool {
    let Some(before) = found.last() else {
        return false;
    };
    let Some((joint, next)) = text.joint_at(before.last + 1) else {
        return false;
    };
    let next = if text.is_among(next, &lexicon::ABOUT) {
        next + 1
    } else {
        next
    };
    if next != at {
        return false;
    }
    let prior = match before.what {
        What::Year(year) | What::Part(year, _) => Some(year),
        _ => None,
    };
    let year = prior.map(|year| year.number);
    let follow = text.follow(at);
    if let Some(Numbered {
        number,
        era: Some(era),
    }) = prior
        && matches!(follow, Follow::End | Follow::Function)
    {
        // "31 BCE to 476", "AD 70–80".
        let rises = match era {
            Era::Bce => joint == Joint::To && digits > 1,
            Era::Ce => matches!(joint, Joint::To | Joint::And | Joint::Or) && value > number,
        };
        if rises {
            return true;
        }
    }
    let round = value.is_multiple_of(50);
    let counts = match follow {
        Follow::Unit | Follow::Counted | Follow::Compound => true,
        Follow::Plural | Follow::CountVerb => round || joint == Joint::Comma,
        _ => false,
    };
    let likely = LIKELY.contains(&value) && digits == 4;
    let plain = match follow {
        Follow::End | Follow::Function => true,
        Follow::Plain => !round && !text.counts_behind(at),
        _ => false,
    };
    let like = year.is_some_and(|year| year < value && digits == 3 && year >= 100 && plain);
    if counts || !(likely || like) {
        return false;
    }
    match joint {
        Joint::To => !matches!(before.what, What::DayOfMonth(_)),
        Joint::And | Joint::Or => year.is_some(),
        Joint::Comma => {
            let near = year.is_some_and(|year| (1..=100).contains(&value.saturating_sub(year)));
            near && (follow == Follow::End || text.is(at + 1, &["and", "or"]))
        }
        Joint::Slash => false,
    }
}

impl Text<'_> {
    /// As [`Text::may_begin`], but the hyphen of "mid-1951" may stand before.
    pub(super) fn may_begin_year(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return true;
        };
        let hyphen = self.kind(before) == Kind::Hyphen && self.is_glued(at);
        if hyphen {
            let word = before.wrapping_sub(1);
            let prefix = ["mid", "early", "late", "post", "pre"];
            return self.is(word, &prefix)
                || matches!(self.kind(word), Kind::Number { .. })
                || self.month_at(word).is_some();
        }
        let circa = self.kind(before) == Kind::Dot && circa(self, before);
        circa || self.may_begin(at)
    }

    /// Whether more digits hang on the number: "1951-3", "1951/04/01",
    /// "0-19-852663", "1951,195".
    fn is_range_of_digits(&self, at: usize) -> bool {
        let hangs = |sign: usize, digits: usize| {
            let joined = matches!(
                self.kind(sign),
                Kind::Hyphen | Kind::Slash | Kind::Dot | Kind::Comma
            );
            joined
                && self.is_glued(sign.max(digits))
                && self.is_glued(sign)
                && matches!(self.kind(digits), Kind::Number { .. } | Kind::Junk)
        };
        let before = at.wrapping_sub(1);
        let after = hangs(at + 1, at + 2) && self.is_glued(at + 2);
        let behind = self.is_glued(at) && hangs(before, before.wrapping_sub(1));
        after || behind
    }
}
