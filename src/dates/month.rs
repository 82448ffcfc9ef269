//! The twelve months, by name and as they stand in URLs. English, for the
//! pages of the site are.

/// The names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const SLUGS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// "January" for 1; `None` outside 1 to 12.
#[must_use]
pub fn month_name(month: u8) -> Option<&'static str> {
    nth(&MONTHS, month)
}

/// "january" for 1, as in `/on/january`; `None` outside 1 to 12.
#[must_use]
pub fn month_slug(month: u8) -> Option<&'static str> {
    nth(&SLUGS, month)
}

/// 1 for "january". Only the canonical spelling; see [`parse_month_loose`].
#[must_use]
pub fn parse_month_slug(slug: &str) -> Option<u8> {
    (1..=12).find(|month| month_slug(*month) == Some(slug))
}

/// 1 for "january", "JANUARY", "jan", "01" and "1": whatever a person may type
/// where a month slug belongs, to be answered with a redirect to it.
///
/// Abbreviations have at least three letters, so no two months share one.
#[must_use]
pub fn parse_month_loose(text: &str) -> Option<u8> {
    if let Some(number) = parse_two_digits(text) {
        return (1..=12).contains(&number).then_some(number);
    }
    let text = text.to_ascii_lowercase();
    (1..=12).find(|month| {
        month_slug(*month).is_some_and(|slug| text.len() >= 3 && slug.starts_with(&text))
    })
}

/// A number of one or two digits; signs and spaces are not digits.
pub(super) fn parse_two_digits(text: &str) -> Option<u8> {
    let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn nth(names: &[&'static str; 12], month: u8) -> Option<&'static str> {
    names.get(usize::from(month).checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_the_names_in_lower_case() {
        for month in 1..=12 {
            let slug = month_slug(month).unwrap();
            assert_eq!(slug, month_name(month).unwrap().to_ascii_lowercase());
            assert_eq!(parse_month_slug(slug), Some(month));
            assert_eq!(parse_month_loose(&slug[..3]), Some(month));
        }
        assert_eq!((month_name(0), month_slug(13)), (None, None));
    }

    #[test]
    fn only_the_canonical_slug_is_a_slug() {
        for other in ["January", "jan", "01", "1", ""] {
            assert_eq!(parse_month_slug(other), None, "{other}");
        }
    }

    #[test]
    fn loose_spellings_name_one_month_or_none() {
        for (text, month) in [
            ("JANUARY", Some(1)),
            ("sept", Some(9)),
            ("02", Some(2)),
            ("2", Some(2)),
            ("13", None),
            ("0", None),
            ("+2", None),
            ("ju", None),
            ("januaryy", None),
            ("", None),
        ] {
            assert_eq!(parse_month_loose(text), month, "{text}");
        }
    }
}
