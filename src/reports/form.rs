//! The form as it comes in: read leniently, cleaned, and checked field by
//! field, so that whatever is wrong it can be shown again as it was typed.

use super::passages::LONGEST_CHOICE;
use crate::cases::Category;
use crate::mail::Address;

/// Enough for every field filled to its limit with characters that take
/// twelve bytes each in the encoding of forms (an emoji does); more is no form
/// that a person has filled in.
pub(super) const BODY_LIMIT: usize = 192 * 1024;

const MOST_PASSAGE: usize = 1000;
const MOST_WRONG: usize = 4000;
const MOST_CORRECT: usize = 4000;
const MOST_SOURCE: usize = 2000;
const MOST_EMAIL: usize = 254;
const MOST_PAGE: usize = 300;
/// Longer than any nonce or seal of ours.
const MOST_HIDDEN: usize = 100;

/// What stands in the fields, as it was typed, but for characters that print
/// nothing and control terminals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entered {
    pub(super) category: String,
    pub(super) passage: String,
    pub(super) wrong: String,
    pub(super) correct: String,
    pub(super) source: String,
    pub(super) email: String,
    /// The field that people do not see.
    pub(super) website: String,
    pub(super) nonce: String,
    pub(super) start: String,
    /// What the browser was asked to calculate, under attack.
    pub(super) challenge: String,
    /// What it has calculated.
    pub(super) answer: String,
    /// The revision that the reader saw, from 1.
    pub(super) revision: Option<i64>,
    /// The paragraph that the reader came from, from 1.
    pub(super) paragraph: Option<usize>,
    /// The path of the page that the reader came from; empty if unknown.
    pub(super) page: String,
    email_is_odd: bool,
}

/// A form with nothing wrong in it; texts without space around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filled {
    pub(super) category: Category,
    pub(super) passage: String,
    pub(super) wrong: String,
    pub(super) correct: String,
    pub(super) source: String,
    pub(super) email: String,
}

/// What is wrong, a sentence for each field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FieldErrors {
    pub(super) category: Option<String>,
    pub(super) passage: Option<String>,
    pub(super) wrong: Option<String>,
    pub(super) correct: Option<String>,
    pub(super) source: Option<String>,
    pub(super) email: Option<String>,
}

impl Entered {
    /// Reads the pairs of a form or of a link to it (`r`, `p`, `quote`,
    /// `page`). Unknown ones are ignored, as are numbers that are none; of
    /// two with one name the first counts.
    pub(super) fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Entered {
        let mut entered = Entered::default();
        let mut seen = Vec::new();
        for (name, value) in pairs {
            if seen.contains(&name) {
                continue;
            }
            let known = match name {
                "category" => set(&mut entered.category, value, MOST_HIDDEN),
                "passage" | "quote" => set(&mut entered.passage, value, usize::MAX),
                "wrong" => set(&mut entered.wrong, value, usize::MAX),
                "correct" => set(&mut entered.correct, value, usize::MAX),
                "source" => set(&mut entered.source, value, usize::MAX),
                "email" => {
                    entered.email_is_odd = value.trim().contains(char::is_control);
                    set(&mut entered.email, value, usize::MAX)
                }
                "website" => set(&mut entered.website, value, MOST_HIDDEN),
                "nonce" => set(&mut entered.nonce, value, MOST_HIDDEN),
                "start" => set(&mut entered.start, value, MOST_HIDDEN),
                "challenge" => set(&mut entered.challenge, value, MOST_HIDDEN),
                "answer" => set(&mut entered.answer, value, MOST_HIDDEN),
                "r" => {
                    entered.revision = number(value);
                    true
                }
                "p" => {
                    entered.paragraph = number(value).and_then(|it| usize::try_from(it).ok());
                    true
                }
                "page" => set(&mut entered.page, &page(value), MOST_PAGE),
                _ => false,
            };
            if known {
                seen.push(name);
            }
        }
        entered
    }

    /// Checks every field. `is_quoted` says that the passage stands in the
    /// article, and so may be as long as a passage is there.
    pub(super) fn check(
        &self,
        allowed: &[Category],
        is_quoted: bool,
    ) -> Result<Filled, Box<FieldErrors>> {
        let category =
            Category::parse(&self.category).filter(|category| allowed.contains(category));
        let most_passage = if is_quoted {
            LONGEST_CHOICE
        } else {
            MOST_PASSAGE
        };
        let errors = FieldErrors {
            category: category
                .is_none()
                .then(|| "Choose what kind of thing it is.".to_owned()),
            passage: too_long(&self.passage, most_passage),
            wrong: if self.wrong.trim().is_empty() {
                Some("Write what is wrong: one sentence is enough.".to_owned())
            } else {
                too_long(&self.wrong, MOST_WRONG)
            },
            correct: too_long(&self.correct, MOST_CORRECT),
            source: too_long(&self.source, MOST_SOURCE),
            email: self.email_error(),
        };
        match category {
            Some(category) if errors == FieldErrors::default() => Ok(Filled {
                category,
                passage: self.passage.trim().to_owned(),
                wrong: self.wrong.trim().to_owned(),
                correct: self.correct.trim().to_owned(),
                source: self.source.trim().to_owned(),
                email: Address::parse(&self.email)
                    .map_or_else(String::new, |address| address.as_str().to_owned()),
            }),
            _ => Err(Box::new(errors)),
        }
    }

    /// All that a reader wrote or chose, for telling whether two forms say the
    /// same.
    pub(super) fn words(&self) -> [&str; 7] {
        [
            self.category.as_str(),
            self.passage.trim(),
            self.wrong.trim(),
            self.correct.trim(),
            self.source.trim(),
            self.email.trim(),
            self.page.as_str(),
        ]
    }

    fn email_error(&self) -> Option<String> {
        let email = self.email.trim();
        if email.is_empty() {
            return None;
        }
        if let Some(error) = too_long(email, MOST_EMAIL) {
            return Some(error);
        }
        let is_good = is_plausible_address(email) && Address::parse(email).is_some();
        (self.email_is_odd || !is_good).then(|| {
            "This is no e-mail address. Write one such as reader@example.org, or leave it empty."
                .to_owned()
        })
    }
}

/// Text without characters that control and do not print; lines end in `\n`.
pub(super) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|character| if character == '\r' { '\n' } else { character })
        .filter(|character| !character.is_control() || matches!(character, '\n' | '\t'))
        .collect()
}

fn set(field: &mut String, value: &str, most: usize) -> bool {
    *field = clean(value).chars().take(most).collect();
    true
}

fn number(value: &str) -> Option<i64> {
    value.parse().ok().filter(|number| *number > 0)
}

/// The path in what a link says of the page it stands on. A receipt's address
/// is a secret, and no page to write about.
fn page(value: &str) -> String {
    let path = value.split(['?', '#']).next().unwrap_or_default();
    let plain =
        path.starts_with('/') && !path.starts_with("/reports/") && !path.contains(char::is_control);
    if plain {
        path.to_owned()
    } else {
        String::new()
    }
}

fn too_long(text: &str, most: usize) -> Option<String> {
    let length = text.trim().chars().count();
    (length > most).then(|| {
        format!(
            "This is {length} characters long, and {most} are the most that fit. Please shorten it."
        )
    })
}

/// One `@` with something on both sides, a dot in the second, and nothing that
/// has a meaning in a mail's header. Only a mail can tell the rest.
fn is_plausible_address(email: &str) -> bool {
    let odd = |character: char| {
        character.is_whitespace() || character.is_control() || "<>()[],;:\\\"".contains(character)
    };
    let Some((local, domain)) = email.split_once('@') else {
        return false;
    };
    let labels: Vec<&str> = domain.split('.').collect();
    !email.contains(odd)
        && (1..=64).contains(&local.len())
        && !domain.contains('@')
        && labels.len() > 1
        && labels
            .iter()
            .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entered(pairs: &[(&str, &str)]) -> Entered {
        let mut all = pairs.to_vec();
        all.extend([("category", "date"), ("wrong", "It was 1952.")]);
        Entered::read(all)
    }

    fn errors(pairs: &[(&str, &str)]) -> FieldErrors {
        match entered(pairs).check(&Category::ALL[..10], false) {
            Ok(_) => FieldErrors::default(),
            Err(errors) => *errors,
        }
    }

    #[test]
    fn the_least_that_can_be_said_is_enough() {
        let filled = entered(&[]).check(&Category::ALL[..10], false).unwrap();
        assert_eq!(filled.category, Category::Date);
        assert_eq!(filled.wrong, "It was 1952.");
    }

    #[test]
    fn what_is_missing_or_unknown_is_named() {
        let errors = *Entered::read([("category", "weather"), ("wrong", " \n ")])
            .check(&Category::ALL[..10], false)
            .unwrap_err();
        assert!(errors.category.is_some() && errors.wrong.is_some());
        assert!(errors.passage.is_none() && errors.email.is_none());
        // Only a letter to the editors may be about something else.
        let other = [("category", "something-else")];
        assert!(super::tests::errors(&other).category.is_some());
        assert!(entered(&other).check(&Category::ALL, false).is_ok());
    }

    #[test]
    fn every_field_has_its_limit_in_characters() {
        let at = |name, length| errors(&[(name, &"é".repeat(length))]);
        assert_eq!(at("wrong", 4000), FieldErrors::default());
        assert!(at("wrong", 4001).wrong.unwrap().contains("4001"));
        assert_eq!(at("correct", 4000), FieldErrors::default());
        assert!(at("correct", 4001).correct.is_some());
        assert_eq!(at("source", 2000), FieldErrors::default());
        assert!(at("source", 2001).source.is_some());
        assert_eq!(at("passage", 1000), FieldErrors::default());
        assert!(at("passage", 1001).passage.is_some());
        let long = entered(&[("passage", &"é".repeat(1001))]);
        assert!(long.check(&Category::ALL[..10], true).is_ok());
        let address = format!("a@{}.org", "b".repeat(249));
        assert!(errors(&[("email", &address)]).email.is_some());
    }

    #[test]
    fn an_address_is_one_address_on_one_line() {
        for good in [
            "a@b.org",
            " reader+tag@mail.example.co.uk ",
            "ü@bücher.example",
        ] {
            assert_eq!(errors(&[("email", good)]).email, None, "{good}");
        }
        for bad in [
            "a",
            "@b.org",
            "a@",
            "a@b",
            "a@b..org",
            "a@-b.org",
            "a@@b.org",
            "a b@c.org",
            "a@b.org,c@d.org",
            "a@b.org\r\nBcc: c@d.org",
            "a\0@b.org",
            "a\u{7}@b.org",
            "<a@b.org>",
            "a@b.org\ra",
        ] {
            assert!(errors(&[("email", bad)]).email.is_some(), "{bad:?}");
        }
    }

    #[test]
    fn text_keeps_its_lines_and_loses_what_controls() {
        let entered = entered(&[("source", "a\r\nb\rc\td\0\u{1b}[2J\u{9b}e")]);
        assert_eq!(entered.source, "a\nb\nc\td[2Je");
    }

    #[test]
    fn odd_numbers_and_pages_are_as_if_they_were_not_there() {
        for odd in ["0", "-1", "x", "", "1e9", "99999999999999999999", "1.5"] {
            let entered = entered(&[("r", odd), ("p", odd)]);
            assert_eq!((entered.revision, entered.paragraph), (None, None), "{odd}");
        }
        let page = |page| entered(&[("page", page)]).page;
        assert_eq!(page("/year/1951?x=1#y"), "/year/1951");
        assert_eq!(page("https://evil.example/"), "");
        assert_eq!(page("/reports/abc"), "");
        assert_eq!(page("/a\nb"), "");
    }

    #[test]
    fn of_two_fields_with_one_name_the_first_counts() {
        let entered = Entered::read([("wrong", "a"), ("wrong", "b"), ("x", "1"), ("x", "2")]);
        assert_eq!(entered.wrong, "a");
    }

    proptest! {
        #[test]
        fn nothing_that_is_sent_breaks_it(pairs in prop::collection::vec(
            ("category|passage|wrong|email|page|r|p|nonce|website|\\PC{0,4}", "(?s).{0,60}"), 0..8,
        )) {
            let entered = Entered::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            if let Ok(filled) = entered.check(&Category::ALL, false) {
                let all = [filled.passage, filled.wrong, filled.correct, filled.source].concat();
                prop_assert!(!all.contains(|c: char| c.is_control() && c != '\n' && c != '\t'));
                prop_assert!(!filled.email.contains(char::is_control));
            }
        }
    }
}
