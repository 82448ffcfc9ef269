//! What somebody may have meant who did not write EDTF: "4 January 1951",
//! "1951-1-4", "44 BC". A guess is only ever part of an error message, so the
//! person decides.

use super::month;
use super::year::Year;

/// The end of the sentence "… is not EDTF: …". A guess is offered only if it
/// is `plausible`, that is, a date.
pub(super) fn advice(text: &str, plausible: impl Fn(&str) -> bool) -> String {
    match guess(text, &plausible) {
        Some(guess) => format!("write {guess}"),
        None => "write it in numbers, the year first, like 1951-01-04".to_owned(),
    }
}

/// Nothing that a person means as a date is longer.
const LONGEST: usize = 80;

/// What people put between the two ends of an interval.
const BETWEEN: [&str; 7] = [" to ", " until ", "–", "—", "..", " - ", "-"];

fn guess(text: &str, plausible: &impl Fn(&str) -> bool) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let typed = text
        .replace(['‐', '‑', '–', '−'], "-")
        .replace(char::is_whitespace, "")
        .to_ascii_uppercase();
    let one = |text: &str| single(text).filter(|guess| plausible(guess));
    if plausible(&typed) {
        return Some(typed);
    }
    let possible = text.trim().split_once(' ').and_then(|(word, rest)| {
        let (first, last) = rest.split_once(" and ")?;
        let between = word
            .eq_ignore_ascii_case("between")
            .then(|| Some(format!("[{}..{}]", one(first)?, one(last)?)))??;
        plausible(&between).then_some(between)
    });
    possible.or_else(|| one(text)).or_else(|| {
        BETWEEN.iter().find_map(|between| {
            let (start, end) = text.split_once(between)?;
            let interval = format!("{}/{}", one(start)?, one(end)?);
            plausible(&interval).then_some(interval)
        })
    })
}

/// The words and numbers of one date, whatever their order.
#[derive(Default)]
struct Parts<'a> {
    month: Option<u8>,
    numbers: Vec<&'a str>,
    /// Whether an era is named, and it is BCE.
    bce: Option<bool>,
    qualifier: &'static str,
}

fn single(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let mut parts = Parts::default();
    // Y is for years of five digits and more.
    if let Some(digits) = text.strip_prefix('y').filter(|rest| is_number(rest)) {
        return year(digits, None);
    }
    if text.starts_with('-') {
        return negative_year(text.trim_start_matches('-'));
    }
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        parts.add(word)?;
    }
    parts.date()
}

impl<'a> Parts<'a> {
    /// `None` if it is no word of a date.
    fn add(&mut self, word: &'a str) -> Option<()> {
        match word {
            "" | "the" | "of" | "in" | "on" => {}
            "c" | "ca" | "circa" | "about" | "around" => self.qualifier = "~",
            "possibly" | "perhaps" | "probably" => self.qualifier = "?",
            "bc" | "bce" => self.bce = Some(true),
            "ad" | "ce" => self.bce = Some(false),
            _ if is_number(word) => self.numbers.push(word),
            _ => {
                let ordinal = ["st", "nd", "rd", "th"]
                    .iter()
                    .find_map(|ending| word.strip_suffix(ending))
                    .filter(|number| is_number(number));
                match ordinal {
                    Some(number) => self.numbers.push(number),
                    None => self.month = Some(month::parse_month_loose(word)?),
                }
            }
        }
        Some(())
    }

    fn date(&self) -> Option<String> {
        // Without an era, a number of one or two digits is no year: "79" might
        // be 1979.
        let is_year = |number: &str| number.len() > 2 || self.bce.is_some();
        let (year_number, month, day) = match (self.month, self.numbers.as_slice()) {
            (Some(month), [day, year]) if is_year(year) => (*year, Some(month), Some(*day)),
            (Some(month), [year, day]) if is_year(year) => (*year, Some(month), Some(*day)),
            (Some(month), [year]) if is_year(year) => (*year, Some(month), None),
            (None, [year, month, day]) if is_year(year) => {
                (*year, month::parse_two_digits(month), Some(*day))
            }
            (None, [year, month]) if is_year(year) => (*year, month::parse_two_digits(month), None),
            (None, [packed]) if packed.len() == 8 => {
                let (year, month_and_day) = packed.split_at(4);
                let (month, day) = month_and_day.split_at(2);
                (year, month::parse_two_digits(month), Some(day))
            }
            (None, [year]) if is_year(year) => (*year, Some(0), None),
            _ => return None,
        };
        let mut date = year(year_number, self.bce)?;
        // A month or day of zero is one that is not known.
        let month = month?;
        if month > 0 {
            date.push_str(&format!("-{month:02}"));
            let day = day.map_or(Some(0), month::parse_two_digits)?;
            if day > 0 {
                date.push_str(&format!("-{day:02}"));
            }
        }
        date.push_str(self.qualifier);
        Some(date)
    }
}

/// A year with a minus sign, which is astronomical already.
fn negative_year(digits: &str) -> Option<String> {
    let number: i64 = is_number(digits).then(|| digits.parse().ok())??;
    Some(Year::from_astronomical(-number).edtf())
}

/// The year of an era as EDTF writes it.
fn year(digits: &str, bce: Option<bool>) -> Option<String> {
    let number: i64 = digits.parse().ok()?;
    Some(match bce {
        Some(true) => Year::from_astronomical(1 - number).edtf(),
        _ => Year::from_astronomical(number).edtf(),
    })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use crate::dates::{Calendar, HistoricalDate};

    #[test]
    fn what_people_write_gets_the_edtf_they_meant() {
        for (text, guess) in [
            ("January 4, 1951", "1951-01-04"),
            ("4 January 1951", "1951-01-04"),
            ("the 4th of Jan. 1951", "1951-01-04"),
            ("1951 Jan 4", "1951-01-04"),
            ("1951-1-4", "1951-01-04"),
            ("1951/01/04", "1951-01-04"),
            ("1951.01.04", "1951-01-04"),
            ("19510104", "1951-01-04"),
            ("1951-01-00", "1951-01"),
            ("1951-00-00", "1951"),
            ("1951 - 01 - 04", "1951-01-04"),
            ("1951‑01‑04", "1951-01-04"),
            ("January 1951", "1951-01"),
            ("1951-1", "1951-01"),
            ("198x", "198X"),
            ("951", "0951"),
            ("-43", "-0043"),
            ("-0000", "0000"),
            ("44 BC", "-0043"),
            ("15 March 44 BCE", "-0043-03-15"),
            ("March 15, 44 BC", "-0043-03-15"),
            ("AD 79", "0079"),
            ("1 BC", "0000"),
            ("c. 1324", "1324~"),
            ("Y1985", "1985"),
            ("12345", "Y12345"),
            ("-12345", "Y-12345"),
            ("1950-1953", "1950/1953"),
            ("1950–1953", "1950/1953"),
            ("1950 to 1953", "1950/1953"),
            ("1950..1953", "1950/1953"),
            ("between 1340 and 1345", "[1340..1345]"),
            (
                "Between 4 Jan 1951 and 7 Jan 1951",
                "[1951-01-04..1951-01-07]",
            ),
            (
                "December 31, 1950 – January 7, 1951",
                "1950-12-31/1951-01-07",
            ),
        ] {
            let error = HistoricalDate::parse(text, Calendar::Gregorian).unwrap_err();
            let expected = format!("“{text}” is not EDTF: write {guess}.");
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn what_may_mean_two_things_gets_no_guess() {
        for text in [
            "January 4",
            "04/01/1951",
            "4.1.51",
            "12-25",
            "79",
            "January 1951 or so",
            "30 February 1951",
            "hello",
            "P1Y2M",
            "1953 to 1950",
            "between 1345 and 1340",
            "between 1340",
            "१९५१",
        ] {
            let error = HistoricalDate::parse(text, Calendar::Gregorian).unwrap_err();
            assert!(
                error.to_string().ends_with(
                    "is not EDTF: write it in numbers, the year first, like 1951-01-04."
                ),
                "{error}"
            );
        }
    }
}
