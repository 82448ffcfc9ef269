//! Where dates stand that name no year.

use super::century::Century;
use super::decade::Decade;
use super::extent::{Extent, Mark, Shape};
use super::historical::HistoricalDate;
use super::year::Year;

/// A decade or a century, as a date is known to it that names no year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// Ten years, or nine at the turn of the era.
    Decade(Decade),
    /// A hundred years.
    Century(Century),
}

impl HistoricalDate {
    /// The decades and centuries on whose pages it stands, so far as it names
    /// no year; where it does, see [`HistoricalDate::years`].
    ///
    /// It is the decade that holds it whole, else the century, else the
    /// centuries of its first and its last year. `134X` is the 1340s and
    /// `13XX` the 14th century, although 1300 is the last year of the 13th:
    /// one year in a hundred is not worth a second place. For the same reason
    /// `000X`, which begins in 1 BCE, is the 0s CE.
    #[must_use]
    pub fn periods(&self) -> Vec<Period> {
        match self.extent {
            Extent::Single(mark) => masked(mark).into_iter().collect(),
            // Its sides name years, or it is refused.
            Extent::Interval { .. } => Vec::new(),
            Extent::Between { first, last } => around(first.start().year, last.end().year),
        }
    }
}

impl Decade {
    /// The century of nearly all its years: the 20th for the 1900s, although
    /// 1900 is the last year of the 19th.
    #[must_use]
    pub fn century(self) -> Century {
        Century::of(self.middle())
    }

    /// A year in the midst of it, which lies in [`Decade::century`].
    #[must_use]
    pub fn middle(self) -> Year {
        Year::from_astronomical(i64::midpoint(
            self.first().astronomical(),
            self.last().astronomical(),
        ))
    }
}

/// The period of a mark whose year has unspecified digits.
fn masked(mark: Mark) -> Option<Period> {
    let last = mark.end().year;
    match mark.shape {
        Shape::Decade(_) => Some(Period::Decade(Decade::of(last))),
        Shape::Century(_) => Some(Period::Century(Century::of(last))),
        _ => None,
    }
}

fn around(first: Year, last: Year) -> Vec<Period> {
    if first == last {
        return Vec::new();
    }
    let decade = Decade::of(first);
    if decade == Decade::of(last) {
        return vec![Period::Decade(decade)];
    }
    let mut centuries = vec![Century::of(first), Century::of(last)];
    centuries.dedup();
    centuries.into_iter().map(Period::Century).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::Calendar;

    fn slugs(edtf: &str) -> Vec<String> {
        let date = HistoricalDate::parse(edtf, Calendar::Gregorian).unwrap();
        let slug = |period: Period| match period {
            Period::Decade(decade) => decade.slug(),
            Period::Century(century) => century.slug(),
        };
        date.periods().into_iter().map(slug).collect()
    }

    #[test]
    fn a_date_without_a_year_stands_with_its_decade_or_its_century() {
        for (edtf, expected) in [
            ("1951-01-04", vec![]),
            ("1951-XX", vec![]),
            ("134X", vec!["1340s"]),
            ("134X~", vec!["1340s"]),
            ("000X", vec!["0s"]),
            ("13XX", vec!["14th"]),
            ("00XX", vec!["1st"]),
            ("[1340..1345]", vec!["1340s"]),
            ("[1340-03..1345-05-01]", vec!["1340s"]),
            ("[1951-01..1951-03]", vec![]),
            ("[1338..1345]", vec!["14th"]),
            ("[1295..1305]", vec!["13th", "14th"]),
            ("[1295..1505]", vec!["13th", "16th"]),
            ("[-0048..-0039]", vec!["40s-bce"]),
            ("[-0002..0003]", vec!["1st-bce", "1st"]),
            ("1340/1351", vec![]),
            ("1340/..", vec![]),
        ] {
            assert_eq!(slugs(edtf), expected, "{edtf}");
        }
    }

    #[test]
    fn every_date_stands_on_some_page_of_time() {
        for edtf in [
            "1951-01-04",
            "1951-01",
            "1951",
            "1951-21",
            "1951-XX",
            "../1951-03",
            "/1951-03-05",
            "1951/",
            "195X%",
            "19XX?",
            "Y170000002",
            "Y-170000002",
            "[1951-01-30..1951-02-02]",
            "[1951..1953]",
            "[-0044-03..0014]",
        ] {
            let date = HistoricalDate::parse(edtf, Calendar::Julian).unwrap();
            let pages = date.standings().len() + date.dayless_places().len() + date.periods().len();
            assert!(pages > 0, "{edtf}");
        }
    }

    #[test]
    fn the_century_of_a_decade_is_that_of_nearly_all_its_years() {
        for (decade, century) in [
            ("1950s", "20th"),
            ("1900s", "20th"),
            ("1890s", "19th"),
            ("0s", "1st"),
            ("0s-bce", "1st-bce"),
            ("90s-bce", "1st-bce"),
            ("100s-bce", "2nd-bce"),
        ] {
            let found = Decade::parse_slug(decade).unwrap().century();
            assert_eq!(found.slug(), century, "{decade}");
        }
    }
}
