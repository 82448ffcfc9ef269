//! Years, across the turn from BCE to CE.

use super::calendar::Calendar;
use super::century::Century;
use super::decade::Decade;

/// A year by its astronomical number: 1 is 1 CE, 0 is 1 BCE, -43 is 44 BCE.
///
/// People never see that number: [`Year::words`] and [`Year::slug`] count
/// without a year zero, as historians do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year(i64);

impl Year {
    /// A year that this site can compute with lies at most this far from the
    /// year 0, so that its days are far inside an `i64`.
    pub const LIMIT: i64 = 1_000_000_000;

    /// The year with this astronomical number. Any number will do here; dates
    /// are held to [`Year::LIMIT`] where they are parsed.
    #[must_use]
    pub const fn from_astronomical(year: i64) -> Year {
        Year(year)
    }

    /// The astronomical number, as EDTF and ISO 8601 count.
    #[must_use]
    pub const fn astronomical(self) -> i64 {
        self.0
    }

    /// "1951", "0079", "-0043", "Y170000002": as EDTF writes a year, with `Y`
    /// beyond four digits.
    #[must_use]
    pub fn edtf(self) -> String {
        if !(-9999..=9999).contains(&self.0) {
            return format!("Y{}", self.0);
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{:04}", self.0.unsigned_abs())
    }

    /// Whether the year lies before 1 CE.
    #[must_use]
    pub const fn is_bce(self) -> bool {
        self.0 < 1
    }

    /// The number that stands before "CE" or "BCE": at least 1.
    #[must_use]
    pub fn of_era(self) -> u64 {
        // 1 - year, without overflow at the smallest number there is.
        if self.is_bce() {
            self.0.unsigned_abs() + 1
        } else {
            self.0.unsigned_abs()
        }
    }

    /// Whether February has 29 days.
    #[must_use]
    pub const fn is_leap(self, calendar: Calendar) -> bool {
        calendar.is_leap(self.0)
    }

    /// The decade in which the year lies.
    #[must_use]
    pub fn decade(self) -> Decade {
        Decade::of(self)
    }

    /// The century in which the year lies.
    #[must_use]
    pub fn century(self) -> Century {
        Century::of(self)
    }

    /// "1951", "79", "44-bce": as in `/year/44-bce`.
    #[must_use]
    pub fn slug(self) -> String {
        let number = self.of_era();
        if self.is_bce() {
            format!("{number}-bce")
        } else {
            number.to_string()
        }
    }

    /// The year with this slug, within [`Year::LIMIT`]. Only the canonical
    /// spelling; see [`Year::parse_loose`].
    #[must_use]
    pub fn parse_slug(slug: &str) -> Option<Year> {
        Year::parse_loose(slug).filter(|year| year.slug() == slug)
    }

    /// "1951", "0079", "79-ce", "ad-79", "44-BCE", "44bc" and "-43"
    /// (astronomical, as EDTF has it): whatever a person may type where a
    /// year's slug belongs, to be answered with a redirect to it. "0" is
    /// taken as astronomical too.
    #[must_use]
    pub fn parse_loose(text: &str) -> Option<Year> {
        let text = text.to_ascii_lowercase();
        if let Some(digits) = text.strip_prefix('-') {
            return Year(-parse_digits(digits)?).within_limit();
        }
        match split_era(&text) {
            (digits, None) => Year(parse_digits(digits)?).within_limit(),
            (digits, Some(bce)) => {
                let number = parse_digits(digits).filter(|number| *number > 0)?;
                Year(if bce { 1 - number } else { number }).within_limit()
            }
        }
    }

    /// "1951", "1066", "79 CE", "44 BCE", "10,000".
    ///
    /// Years below 100 say CE, because a bare "79" reads as 1979. See
    /// [`HistoricalDate::words`](super::HistoricalDate::words) for a year that
    /// stands alone in a sentence.
    #[must_use]
    pub fn words(self) -> String {
        self.words_with_era_below(100)
    }

    /// The nearest year that this site computes with.
    pub(super) fn held_to_limit(self) -> Year {
        Year(self.0.clamp(-Year::LIMIT, Year::LIMIT))
    }

    /// The year, if it is one that this site computes with.
    pub(super) fn within_limit(self) -> Option<Year> {
        (-Year::LIMIT..=Year::LIMIT)
            .contains(&self.0)
            .then_some(self)
    }

    /// The words, with "CE" on the years before `bare`.
    pub(super) fn words_with_era_below(self, bare: u64) -> String {
        match self.era_below(bare) {
            Some(era) => format!("{} {era}", self.number_words()),
            None => self.number_words(),
        }
    }

    /// The era that the words name: always BCE, and CE before the year `bare`.
    pub(super) fn era_below(self, bare: u64) -> Option<&'static str> {
        if self.is_bce() {
            Some("BCE")
        } else {
            (self.of_era() < bare).then_some("CE")
        }
    }

    /// The number of the era, with commas from five digits on.
    pub(super) fn number_words(self) -> String {
        grouped(self.of_era())
    }
}

/// A number with commas from five digits on: "1951", "10,000".
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut words = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// A text in lower case without the era at its end or its start, and whether
/// that is BCE; `None` if it names none.
pub(super) fn split_era(text: &str) -> (&str, Option<bool>) {
    for (era, bce) in [("bce", true), ("bc", true), ("ce", false), ("ad", false)] {
        let rest = text.strip_suffix(era).or_else(|| text.strip_prefix(era));
        if let Some(rest) = rest {
            return (rest.trim_matches('-'), Some(bce));
        }
    }
    (text, None)
}

/// Digits and nothing else, at most one more than [`Year::LIMIT`], because BCE
/// counts one further.
pub(super) fn parse_digits(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits
        .then(|| text.parse().ok())
        .flatten()
        .filter(|number| *number <= Year::LIMIT + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_slugs_know_no_year_zero() {
        for (number, edtf) in [
            (1951, "1951"),
            (79, "0079"),
            (-43, "-0043"),
            (10_000, "Y10000"),
            (-170_000_002, "Y-170000002"),
        ] {
            assert_eq!(Year::from_astronomical(number).edtf(), edtf);
        }
        for (number, words, slug) in [
            (1951, "1951", "1951"),
            (212, "212", "212"),
            (100, "100", "100"),
            (79, "79 CE", "79"),
            (1, "1 CE", "1"),
            (0, "1 BCE", "1-bce"),
            (-43, "44 BCE", "44-bce"),
            (9999, "9999", "9999"),
            (10_000, "10,000", "10000"),
            (-170_000_002, "170,000,003 BCE", "170000003-bce"),
            (
                i64::MIN,
                "9,223,372,036,854,775,809 BCE",
                "9223372036854775809-bce",
            ),
        ] {
            let year = Year::from_astronomical(number);
            assert_eq!(year.words(), words);
            assert_eq!(year.slug(), slug);
        }
    }

    #[test]
    fn slugs_come_back_and_other_spellings_do_not() {
        for number in [-Year::LIMIT, -43, 0, 1, 79, 1951, Year::LIMIT] {
            let year = Year::from_astronomical(number);
            assert_eq!(Year::parse_slug(&year.slug()), Some(year));
        }
        for text in [
            "", "0", "0-bce", "-bce", "044-bce", "0079", "44-BCE", "44 bce", "+5", "-43", "year",
            "44-ce",
        ] {
            assert_eq!(Year::parse_slug(text), None, "{text}");
        }
    }

    #[test]
    fn loose_spellings_lead_to_the_year() {
        for (text, number) in [
            ("0079", 79),
            ("79-ce", 79),
            ("AD-79", 79),
            ("44-BCE", -43),
            ("44bc", -43),
            ("0044-bce", -43),
            ("-43", -43),
            ("-0043", -43),
            ("0", 0),
        ] {
            assert_eq!(
                Year::parse_loose(text).map(Year::astronomical),
                Some(number),
                "{text}"
            );
        }
        for text in [
            "",
            "-",
            "--43",
            "bce",
            "0-bce",
            "0-ce",
            "1000000001",
            "1000000002-bce",
            "99999999999999999999",
            "१९५१",
        ] {
            assert_eq!(Year::parse_loose(text), None, "{text}");
        }
    }
}
