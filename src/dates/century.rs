//! Centuries, as historians count them: the 20th ends with the year 2000.

use super::year::{Year, grouped, parse_digits, split_era};

/// A hundred years counted from the turn of the era: the 20th century is 1901
/// to 2000, the 1st century BCE 100 to 1 BCE.
///
/// There is none with the number 0, so every one has a hundred years, and
/// every year lies in exactly one. (The `19XX` of EDTF is another: 1900 to
/// 1999.) Ordered in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Century(
    /// The ordinal; BCE counts down from 0, which is the 1st century BCE.
    i64,
);

impl Century {
    /// The century in which a year lies; beyond [`Year::LIMIT`], the last one
    /// on that side.
    #[must_use]
    pub fn of(year: Year) -> Century {
        let year = year.held_to_limit().astronomical();
        Century((year - 1).div_euclid(100) + 1)
    }

    /// The earliest of its years, within [`Year::LIMIT`]: 1901; of the 1st
    /// century BCE, 100 BCE.
    #[must_use]
    pub fn first(self) -> Year {
        Year::from_astronomical(100 * self.0 - 99).held_to_limit()
    }

    /// The latest of its years, within [`Year::LIMIT`]: 2000; of the 1st
    /// century BCE, 1 BCE.
    #[must_use]
    pub fn last(self) -> Year {
        Year::from_astronomical(100 * self.0).held_to_limit()
    }

    /// The century before; `None` where the years end.
    #[must_use]
    pub fn previous(self) -> Option<Century> {
        Century(self.0 - 1).within_limit()
    }

    /// The century after; `None` where the years end.
    #[must_use]
    pub fn next(self) -> Option<Century> {
        Century(self.0 + 1).within_limit()
    }

    /// "20th", "1st-bce": as in `/century/1st-bce`.
    #[must_use]
    pub fn slug(self) -> String {
        let number = self.ordinal();
        let era = if self.is_bce() { "-bce" } else { "" };
        format!("{number}{}{era}", ordinal_ending(number))
    }

    /// The century with this slug. Only the canonical spelling; see
    /// [`Century::parse_loose`].
    #[must_use]
    pub fn parse_slug(slug: &str) -> Option<Century> {
        Century::parse_loose(slug).filter(|century| century.slug() == slug)
    }

    /// "20th", "20", "20TH", "20th-century", "1-bce", "1st-century-bc" and
    /// "ad-2nd": whatever a person may type where a century's slug belongs, to
    /// be answered with a redirect to it.
    #[must_use]
    pub fn parse_loose(text: &str) -> Option<Century> {
        let text = text.to_ascii_lowercase();
        let (text, bce) = split_era(text.strip_prefix("the-").unwrap_or(&text));
        let text = text.strip_suffix("century").unwrap_or(text);
        let text = text.trim_end_matches('-');
        let digits = ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|ending| text.strip_suffix(ending))
            .unwrap_or(text);
        let number = parse_digits(digits).filter(|number| *number > 0)?;
        let century = match bce {
            Some(true) => Century(1 - number),
            _ => Century(number),
        };
        century.within_limit()
    }

    /// "20th century", "1st century BCE".
    ///
    /// The 1st century says CE, as the years in it do.
    #[must_use]
    pub fn words(self) -> String {
        let number = self.ordinal();
        let words = format!("{}{} century", grouped(number), ordinal_ending(number));
        match self.first().era_below(100) {
            Some(era) => format!("{words} {era}"),
            None => words,
        }
    }

    /// Whether its years lie before 1 CE.
    #[must_use]
    pub fn is_bce(self) -> bool {
        self.0 < 1
    }

    /// The number that people give it, at least 1.
    #[must_use]
    pub fn ordinal(self) -> u64 {
        if self.is_bce() {
            self.0.unsigned_abs() + 1
        } else {
            self.0.unsigned_abs()
        }
    }

    /// The century, if one of its years is within [`Year::LIMIT`].
    fn within_limit(self) -> Option<Century> {
        let ends = [-Year::LIMIT, Year::LIMIT].map(Year::from_astronomical);
        let [first, last] = ends.map(Century::of);
        (first..=last).contains(&self).then_some(self)
    }
}

/// "st" of 1st, "th" of 11th, "st" of 21st.
fn ordinal_ending(number: u64) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(number: i64) -> Year {
        Year::from_astronomical(number)
    }

    #[test]
    fn centuries_have_the_years_that_their_names_say() {
        for (slug, words, first, last) in [
            ("20th", "20th century", 1901, 2000),
            ("21st", "21st century", 2001, 2100),
            ("1st", "1st century CE", 1, 100),
            ("2nd", "2nd century", 101, 200),
            ("3rd", "3rd century", 201, 300),
            ("11th", "11th century", 1001, 1100),
            ("12th", "12th century", 1101, 1200),
            ("13th", "13th century", 1201, 1300),
            ("112th", "112th century", 11_101, 11_200),
            ("1st-bce", "1st century BCE", -99, 0),
            ("2nd-bce", "2nd century BCE", -199, -100),
            ("23rd-bce", "23rd century BCE", -2299, -2200),
            (
                "10000000th",
                "10,000,000th century",
                Year::LIMIT - 99,
                Year::LIMIT,
            ),
        ] {
            let century = Century::parse_slug(slug).unwrap();
            assert_eq!(century.slug(), slug);
            assert_eq!(century.words(), words);
            assert_eq!((century.first(), century.last()), (year(first), year(last)));
        }
    }

    #[test]
    fn neighbours_reach_to_the_limit_and_no_further() {
        let century = |slug| Century::parse_slug(slug).unwrap();
        assert_eq!(century("20th").next(), Some(century("21st")));
        assert_eq!(century("1st").previous(), Some(century("1st-bce")));
        assert_eq!(century("1st-bce").previous(), Some(century("2nd-bce")));
        for limit in [Year::LIMIT, i64::MAX] {
            assert_eq!(Century::of(year(limit)).next(), None);
            assert_eq!(Century::of(year(-limit)).previous(), None);
        }
        assert_eq!(Century::of(year(i64::MIN)).first(), year(-Year::LIMIT));
    }

    #[test]
    fn loose_spellings_lead_to_the_century_and_are_no_slugs() {
        for (text, slug) in [
            ("20", "20th"),
            ("020th", "20th"),
            ("20TH", "20th"),
            ("20th-century", "20th"),
            ("20thcentury", "20th"),
            ("the-20th-century", "20th"),
            ("21th", "21st"),
            ("1-bce", "1st-bce"),
            ("1st-bc", "1st-bce"),
            ("1st-century-BCE", "1st-bce"),
            ("2nd-ce", "2nd"),
            ("ad-2nd", "2nd"),
        ] {
            let century = Century::parse_loose(text).unwrap();
            assert_eq!(century.slug(), slug, "{text}");
            assert_eq!(Century::parse_slug(text), None, "{text}");
        }
        for text in [
            "",
            "0",
            "0th",
            "0-bce",
            "-1",
            "th",
            "century",
            "20-21",
            "twentieth",
            "10000001",
            "10000002-bce",
            "99999999999999999999th",
        ] {
            assert_eq!(Century::parse_loose(text), None, "{text}");
        }
    }
}
