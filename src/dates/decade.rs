//! Decades, as readers name them: by the digits that their years share.

use super::year::{Year, grouped, parse_digits, split_era};

/// The years whose numbers of the era differ in the last digit only: the
/// 1950s, the 40s BCE (49 to 40 BCE).
///
/// Counted outwards from the turn of the era, as the words say them. The two
/// decades beside it, the 0s and the 0s BCE, have nine years each, because
/// there is no year zero. (The `000X` of EDTF is another: it begins in 1 BCE.)
/// Every year lies in exactly one. Ordered in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decade(
    /// The tens of the number of the era: 195 for the 1950s. BCE counts down
    /// from -1, which are the 0s BCE.
    i64,
);

impl Decade {
    /// The decade in which a year lies; beyond [`Year::LIMIT`], the last one
    /// on that side.
    #[must_use]
    pub fn of(year: Year) -> Decade {
        let year = year.held_to_limit();
        if year.is_bce() {
            Decade(-((1 - year.astronomical()) / 10) - 1)
        } else {
            Decade(year.astronomical() / 10)
        }
    }

    /// The earliest of its years, within [`Year::LIMIT`]: 1950; of the 40s
    /// BCE, 49 BCE.
    #[must_use]
    pub fn first(self) -> Year {
        let year = if self.is_bce() {
            1 - (10 * self.tens() + 9)
        } else {
            (10 * self.tens()).max(1)
        };
        Year::from_astronomical(year).held_to_limit()
    }

    /// The latest of its years, within [`Year::LIMIT`]: 1959; of the 40s BCE,
    /// 40 BCE.
    #[must_use]
    pub fn last(self) -> Year {
        let year = if self.is_bce() {
            1 - (10 * self.tens()).max(1)
        } else {
            10 * self.tens() + 9
        };
        Year::from_astronomical(year).held_to_limit()
    }

    /// The decade before; `None` where the years end.
    #[must_use]
    pub fn previous(self) -> Option<Decade> {
        let previous = Decade(self.0 - 1);
        (previous >= Decade::of(Year::from_astronomical(-Year::LIMIT))).then_some(previous)
    }

    /// The decade after; `None` where the years end.
    #[must_use]
    pub fn next(self) -> Option<Decade> {
        let next = Decade(self.0 + 1);
        (next <= Decade::of(Year::from_astronomical(Year::LIMIT))).then_some(next)
    }

    /// "1950s", "40s-bce", "0s": as in `/decade/1950s`.
    #[must_use]
    pub fn slug(self) -> String {
        let era = if self.is_bce() { "-bce" } else { "" };
        format!("{}s{era}", self.number())
    }

    /// The decade with this slug. Only the canonical spelling; see
    /// [`Decade::parse_loose`].
    #[must_use]
    pub fn parse_slug(slug: &str) -> Option<Decade> {
        Decade::parse_loose(slug).filter(|decade| decade.slug() == slug)
    }

    /// "1950s", "1950S", "1950", "195x", "the-1950s", "40s-bce", "40bc" and
    /// "70s-ce": whatever a person may type where a decade's slug belongs, to
    /// be answered with a redirect to it. A year that does not end in 0 leads
    /// to the decade in which it lies, unless an `s` says that it was meant as
    /// one.
    #[must_use]
    pub fn parse_loose(text: &str) -> Option<Decade> {
        let text = text.to_ascii_lowercase();
        let text = text.strip_prefix("the-").unwrap_or(&text);
        let (text, bce) = split_era(text);
        let number = if let Some(tens) = text.strip_suffix('x') {
            parse_digits(tens)?.checked_mul(10)?
        } else if let Some(number) = text.strip_suffix('s') {
            parse_digits(number).filter(|number| number % 10 == 0)?
        } else {
            parse_digits(text)?
        };
        let decade = match bce {
            Some(true) => Decade(-(number / 10) - 1),
            _ => Decade(number / 10),
        };
        let years = [-Year::LIMIT, Year::LIMIT].map(Year::from_astronomical);
        let [first, last] = years.map(Decade::of);
        (first..=last).contains(&decade).then_some(decade)
    }

    /// "1950s", "40s BCE", "10,000s".
    ///
    /// Decades below 100 say CE, as the years in them do.
    #[must_use]
    pub fn words(self) -> String {
        let number = grouped(self.number().unsigned_abs());
        match self.first().era_below(100) {
            Some(era) => format!("{number}s {era}"),
            None => format!("{number}s"),
        }
    }

    /// Whether its years lie before 1 CE.
    #[must_use]
    pub fn is_bce(self) -> bool {
        self.0 < 0
    }

    /// The number of the era without its last digit.
    fn tens(self) -> i64 {
        if self.is_bce() { -1 - self.0 } else { self.0 }
    }

    /// The number that stands before the "s".
    fn number(self) -> i64 {
        10 * self.tens()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(number: i64) -> Year {
        Year::from_astronomical(number)
    }

    #[test]
    fn decades_have_the_years_that_their_names_say() {
        for (slug, words, first, last) in [
            ("1950s", "1950s", 1950, 1959),
            ("2020s", "2020s", 2020, 2029),
            ("100s", "100s", 100, 109),
            ("70s", "70s CE", 70, 79),
            ("0s", "0s CE", 1, 9),
            ("0s-bce", "0s BCE", -8, 0),
            ("40s-bce", "40s BCE", -48, -39),
            ("10000s", "10,000s", 10_000, 10_009),
            ("480s-bce", "480s BCE", -488, -479),
            ("1000000000s", "1,000,000,000s", Year::LIMIT, Year::LIMIT),
        ] {
            let decade = Decade::parse_slug(slug).unwrap();
            assert_eq!(decade.slug(), slug);
            assert_eq!(decade.words(), words);
            assert_eq!((decade.first(), decade.last()), (year(first), year(last)));
        }
    }

    #[test]
    fn neighbours_reach_to_the_limit_and_no_further() {
        let decade = |slug| Decade::parse_slug(slug).unwrap();
        assert_eq!(decade("1950s").next(), Some(decade("1960s")));
        assert_eq!(decade("0s").previous(), Some(decade("0s-bce")));
        assert_eq!(decade("0s-bce").previous(), Some(decade("10s-bce")));
        for limit in [Year::LIMIT, i64::MAX] {
            assert_eq!(Decade::of(year(limit)).next(), None);
            assert_eq!(Decade::of(year(-limit)).previous(), None);
        }
        assert_eq!(Decade::of(year(i64::MIN)).first(), year(-Year::LIMIT));
    }

    #[test]
    fn loose_spellings_lead_to_the_decade_and_are_no_slugs() {
        for (text, slug) in [
            ("1950", "1950s"),
            ("1955", "1950s"),
            ("195x", "1950s"),
            ("195X", "1950s"),
            ("1950S", "1950s"),
            ("01950s", "1950s"),
            ("the-1950s", "1950s"),
            ("40-bce", "40s-bce"),
            ("44bc", "40s-bce"),
            ("4x-bce", "40s-bce"),
            ("40s-BC", "40s-bce"),
            ("70s-ce", "70s"),
            ("ad-70s", "70s"),
            ("0", "0s"),
            ("0-bce", "0s-bce"),
        ] {
            let decade = Decade::parse_loose(text).unwrap();
            assert_eq!(decade.slug(), slug, "{text}");
            assert_eq!(Decade::parse_slug(text), None, "{text}");
        }
        for text in [
            "",
            "s",
            "x",
            "1955s",
            "-1950s",
            "1950ss",
            "195xx",
            "19xx",
            "bce",
            "s-bce",
            "1000000010s",
            "99999999999999999999s",
            "999999999999x",
        ] {
            assert_eq!(Decade::parse_loose(text), None, "{text}");
        }
    }
}
