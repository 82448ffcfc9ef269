//! Years in their decades and centuries, and dates where there is little room
//! for them. No I/O.

use std::collections::BTreeMap;

use crate::articles::queries::{Entry, Range, Told};
use crate::dates::{
    Calendar, Century, DateStyle, Day, Decade, HistoricalDate, Precision, Year, month_name,
};

/// What is told of one century.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CenturyTold {
    pub(super) century: Century,
    /// Its decades that have articles, the earliest first. The 1900s stand in
    /// the 19th century, with the year 1900 alone, and in the 20th.
    pub(super) decades: Vec<DecadeTold>,
    /// Articles of which no more than the century is known.
    pub(super) yearless: i64,
}

/// What is told of one decade, so far as it lies in one century.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DecadeTold {
    pub(super) decade: Decade,
    /// Its years that have articles, with their number, the earliest first.
    pub(super) years: Vec<(Year, i64)>,
    /// Articles of which no more than the decade is known.
    pub(super) yearless: i64,
}

/// Puts the years in their decades, and these in their centuries.
pub(super) fn by_century(told: &[Told]) -> Vec<CenturyTold> {
    let mut centuries: BTreeMap<Century, (BTreeMap<Decade, DecadeTold>, i64)> = BTreeMap::new();
    for one in told {
        let year = Year::from_astronomical(one.year);
        let (decades, yearless) = centuries.entry(year.century()).or_default();
        if one.span > 10 {
            *yearless += one.articles;
            continue;
        }
        let decade = decades.entry(year.decade()).or_insert(DecadeTold {
            decade: year.decade(),
            years: Vec::new(),
            yearless: 0,
        });
        if one.span > 1 {
            decade.yearless += one.articles;
        } else {
            decade.years.push((year, one.articles));
        }
    }
    centuries
        .into_iter()
        .map(|(century, (decades, yearless))| CenturyTold {
            century,
            decades: decades.into_values().collect(),
            yearless,
        })
        .collect()
}

/// What stands in a year.
pub(super) fn range_of_year(year: Year) -> Range {
    Range {
        first: year.astronomical(),
        last: year.astronomical(),
        spans: (1, 1),
    }
}

/// What stands in a decade: in its years, or in it without a year.
pub(super) fn range_of_decade(decade: Decade) -> Range {
    Range {
        first: decade.first().astronomical(),
        last: decade.last().astronomical(),
        spans: (1, 10),
    }
}

/// What stands in a century, in whatever way.
pub(super) fn range_of_century(century: Century) -> Range {
    Range {
        first: century.first().astronomical(),
        last: century.last().astronomical(),
        spans: (1, 100),
    }
}

/// The part of a decade that lies in a century.
pub(super) fn range_of_decade_in(decade: Decade, century: Century) -> Range {
    let (decade, century) = (range_of_decade(decade), range_of_century(century));
    Range {
        first: decade.first.max(century.first),
        last: decade.last.min(century.last),
        spans: decade.spans,
    }
}

/// Everything there is.
pub(super) const ALL_TIME: Range = Range {
    first: i64::MIN,
    last: i64::MAX,
    spans: (1, 100),
};

/// "1901–2000", "1–100", "100–1 BCE".
pub(super) fn years_words(first: Year, last: Year) -> String {
    let first = first.words();
    let number = first
        .strip_suffix(" BCE")
        .or_else(|| first.strip_suffix(" CE"))
        .unwrap_or(&first);
    format!("{number}–{}", last.words())
}

/// "1 article", "12 articles".
pub(super) fn articles_words(count: i64) -> String {
    match count {
        1 => "1 article".to_owned(),
        _ => format!("{count} articles"),
    }
}

/// A date under the heading of its year, decade or century: "January 4",
/// "July", "about 1510", "between 1300 and 1399"; `None` where it says no more
/// than the heading.
pub(super) fn words_under_heading(entry: &Entry, style: DateStyle) -> Option<String> {
    // The words do not depend on the calendar. A day that only one calendar
    // has, as 29 February 1500, is read in that one.
    let date = HistoricalDate::parse(&entry.edtf, Calendar::Gregorian)
        .or_else(|_| HistoricalDate::parse(&entry.edtf, Calendar::Julian))
        .ok()?;
    if date.is_approximate() || date.is_uncertain() {
        return Some(date.words(style));
    }
    let month = entry.month.and_then(|month| u8::try_from(month).ok());
    let day = entry.day.and_then(|day| u8::try_from(day).ok());
    if let Some(day) = month.zip(day).and_then(|(month, day)| Day::new(month, day)) {
        return Some(day.words(style));
    }
    let plain = !date.is_interval() && !date.is_between();
    // `000X` begins a year before the decade under which it stands.
    let first = date.start().map(|start| start.year);
    let is_decade = first.is_some_and(|first| first == first.decade().first());
    match date.precision() {
        Precision::Month if plain => month.and_then(month_name).map(str::to_owned),
        Precision::Year if plain => None,
        Precision::Decade if plain && is_decade => None,
        _ => Some(date.words(style)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(year: i64, span: i64, articles: i64) -> Told {
        Told {
            year,
            span,
            articles,
        }
    }

    #[test]
    fn years_stand_in_their_decades_and_these_in_their_centuries() {
        let told = [
            told(-43, 1, 1),
            told(1344, 1, 2),
            told(1344, 10, 3),
            told(1301, 100, 4),
            told(1900, 1, 1),
            told(1901, 1, 5),
        ];
        let lines: Vec<String> = by_century(&told)
            .iter()
            .map(|one| {
                let decades: Vec<String> = one
                    .decades
                    .iter()
                    .map(|decade| {
                        let years: Vec<String> = decade
                            .years
                            .iter()
                            .map(|(year, count)| format!("{} {count}", year.words()))
                            .collect();
                        let slug = decade.decade.slug();
                        format!("{slug} [{}] {}", years.join(" "), decade.yearless)
                    })
                    .collect();
                format!(
                    "{}: {}; {}",
                    one.century.slug(),
                    decades.join(", "),
                    one.yearless
                )
            })
            .collect();
        assert_eq!(
            lines,
            [
                "1st-bce: 40s-bce [44 BCE 1] 0; 0",
                "14th: 1340s [1344 2] 3; 4",
                "19th: 1900s [1900 1] 0; 0",
                "20th: 1900s [1901 5] 0; 0",
            ]
        );
    }

    #[test]
    fn the_years_of_a_period_name_their_era_once() {
        let words = |first, last| {
            years_words(
                Year::from_astronomical(first),
                Year::from_astronomical(last),
            )
        };
        assert_eq!(words(1901, 2000), "1901–2000");
        assert_eq!(words(1, 100), "1–100");
        assert_eq!(words(-99, 0), "100–1 BCE");
    }

    #[test]
    fn under_its_heading_a_date_says_what_the_heading_does_not() {
        let words = |edtf: &str, month, day| {
            let entry = Entry {
                year: 0,
                span: 1,
                month,
                day,
                slug: String::new(),
                title: String::new(),
                summary: String::new(),
                label: String::new(),
                edtf: edtf.to_owned(),
                is_disputed: false,
            };
            words_under_heading(&entry, DateStyle::Mdy).unwrap_or_default()
        };
        for (edtf, month, day, expected) in [
            ("1951-01-04", Some(1), Some(4), "January 4"),
            ("1500-02-29", Some(2), Some(29), "February 29"),
            ("1645-09-09~", Some(9), Some(9), "about September 9, 1645"),
            ("1950-12-31/1951-01-07", Some(1), Some(7), "January 7"),
            ("1324-07", Some(7), None, "July"),
            ("1951-03/1951-05", Some(3), None, "March – May 1951"),
            ("0212", None, None, ""),
            ("1951-XX-XX", None, None, ""),
            ("1510~", None, None, "about 1510"),
            ("1951-21", None, None, "spring 1951"),
            ("1950/1953", None, None, "1950 – 1953"),
            (
                "[1951-01..1951-03]",
                None,
                None,
                "between January and March 1951",
            ),
            ("[1340..1345]", None, None, "between 1340 and 1345"),
            ("134X", None, None, ""),
            ("000X", None, None, "between 1 BCE and 9 CE"),
            ("13XX", None, None, "between 1300 and 1399"),
        ] {
            assert_eq!(words(edtf, month, day), expected, "{edtf}");
        }
    }
}
