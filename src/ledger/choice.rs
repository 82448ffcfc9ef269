//! What a reader chooses of the ledger, as the query string says it. No I/O.

use url::form_urlencoded;

use super::model::{OUTCOMES, Row};
use crate::articles::model::Slug;
use crate::cases::{Category, NoteKind, State};

/// How many cases stand on a page.
pub(super) const PER_PAGE: usize = 50;

/// One way of choosing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Facet {
    Outcome,
    Kind,
    Category,
    Year,
    Article,
}

/// Which cases, and which page of them. What is `None` is not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) outcome: Option<State>,
    pub(super) kind: Option<NoteKind>,
    pub(super) category: Option<Category>,
    pub(super) year: Option<i16>,
    pub(super) article: Option<String>,
    /// From 0.
    pub(super) page: usize,
}

impl Facet {
    /// All of them, in the order in which a page offers them.
    pub(super) const ALL: [Facet; 5] = [
        Facet::Outcome,
        Facet::Kind,
        Facet::Category,
        Facet::Year,
        Facet::Article,
    ];

    /// The name of the parameter.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Facet::Outcome => "outcome",
            Facet::Kind => "kind",
            Facet::Category => "category",
            Facet::Year => "year",
            Facet::Article => "article",
        }
    }

    /// The value that a case has, as a parameter would name it.
    pub(super) fn of(self, row: &Row) -> Option<String> {
        match self {
            Facet::Outcome => Some(row.state.as_str().to_owned()),
            Facet::Kind => row.note_kind.map(|kind| kind.as_str().to_owned()),
            Facet::Category => Some(row.category.slug().to_owned()),
            Facet::Year => Some(row.year.to_string()),
            Facet::Article => row.article.clone(),
        }
    }
}

impl Choice {
    /// Reads a query string. A parameter that is empty counts as absent, as
    /// forms send it; one that the ledger does not know is passed over.
    ///
    /// # Errors
    /// A sentence for whoever wrote the query: which parameter has a value
    /// that cannot be, and what is allowed.
    pub(super) fn parse(query: &str) -> Result<Choice, String> {
        let mut choice = Choice::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            match name.as_ref() {
                "outcome" => {
                    let known = OUTCOMES.into_iter().find(|one| one.as_str() == value);
                    let words = OUTCOMES.map(State::as_str);
                    choice.outcome = Some(known.ok_or_else(|| allowed("outcome", &words))?);
                }
                "kind" => {
                    let words = NoteKind::ALL.map(NoteKind::as_str);
                    let known = NoteKind::parse(value);
                    choice.kind = Some(known.ok_or_else(|| allowed("kind", &words))?);
                }
                "category" => {
                    let words = Category::ALL.map(Category::slug);
                    let known = Category::parse(value);
                    choice.category = Some(known.ok_or_else(|| allowed("category", &words))?);
                }
                "year" => {
                    let known = value
                        .parse()
                        .ok()
                        .filter(|year| (1970..=9999).contains(year));
                    choice.year = Some(known.ok_or(
                        "The parameter “year” is the year of a decision in four digits, such as 2026.",
                    )?);
                }
                "article" => {
                    let known = Slug::parse(value).map_err(|_| {
                        "The parameter “article” is the last part of an article’s address, such as fall-of-seoul-1951."
                    })?;
                    choice.article = Some(known.as_str().to_owned());
                }
                "page" => {
                    let number: usize = value.parse().unwrap_or(0);
                    let from_zero = number.checked_sub(1);
                    choice.page = from_zero.ok_or("The parameter “page” is a number from 1.")?;
                }
                _ => {}
            }
        }
        Ok(choice)
    }

    /// Whether it chooses at all, or takes all cases.
    pub(super) fn is_narrow(&self) -> bool {
        Facet::ALL
            .into_iter()
            .any(|facet| self.value(facet).is_some())
    }

    /// What it asks for in one facet, as a parameter names it.
    pub(super) fn value(&self, facet: Facet) -> Option<String> {
        match facet {
            Facet::Outcome => self.outcome.map(|state| state.as_str().to_owned()),
            Facet::Kind => self.kind.map(|kind| kind.as_str().to_owned()),
            Facet::Category => self.category.map(|category| category.slug().to_owned()),
            Facet::Year => self.year.map(|year| year.to_string()),
            Facet::Article => self.article.clone(),
        }
    }

    /// The parameters of the same choice with another value in one facet, from
    /// its first page.
    pub(super) fn with(&self, facet: Facet, value: Option<&str>) -> Vec<(&'static str, String)> {
        Facet::ALL
            .into_iter()
            .filter_map(|one| {
                let value = if one == facet {
                    value.map(str::to_owned)
                } else {
                    self.value(one)
                };
                Some((one.as_str(), value?))
            })
            .collect()
    }

    /// The parameters of another page of the same choice; from 0.
    pub(super) fn at(&self, page: usize) -> Vec<(&'static str, String)> {
        let mut parameters: Vec<_> = Facet::ALL
            .into_iter()
            .filter_map(|one| Some((one.as_str(), self.value(one)?)))
            .collect();
        if page > 0 {
            parameters.push(("page", (page + 1).to_string()));
        }
        parameters
    }

    /// Whether a case is chosen, when `but` is left out of account: the counts
    /// of a facet say what there would be with another value in it.
    pub(super) fn takes(&self, row: &Row, but: Option<Facet>) -> bool {
        Facet::ALL
            .into_iter()
            .filter(|facet| Some(*facet) != but)
            .all(|facet| match self.value(facet) {
                Some(wanted) => facet.of(row).as_deref() == Some(&*wanted),
                None => true,
            })
    }
}

fn allowed(name: &str, words: &[&str]) -> String {
    format!(
        "The parameter “{name}” is one of these: {}.",
        words.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_query_is_read_and_written_back() {
        let query =
            "outcome=declined&kind=&category=date&year=2026&article=moon-landing&page=3&utm=x";
        let choice = Choice::parse(query).unwrap();
        assert_eq!(choice.outcome, Some(State::Declined));
        assert_eq!((choice.kind, choice.page), (None, 2));
        let written = choice.at(choice.page);
        let words: Vec<String> = written.iter().map(|(n, v)| format!("{n}={v}")).collect();
        assert_eq!(
            words.join("&"),
            "outcome=declined&category=date&year=2026&article=moon-landing&page=3"
        );
        let without = choice.with(Facet::Outcome, None);
        assert_eq!(without[0], ("category", "date".to_owned()));
        assert_eq!(without.len(), 3);
    }

    #[test]
    fn what_cannot_be_is_refused_with_what_can() {
        for query in [
            "outcome=merged",
            "outcome=checking",
            "kind=x",
            "category=spam",
            "year=26",
            "article=../x",
            "page=0",
            "page=-1",
        ] {
            let sentence = Choice::parse(query).unwrap_err();
            assert!(sentence.ends_with('.'), "{query}: {sentence}");
        }
    }

    proptest! {
        #[test]
        fn no_query_panics(query in "\\PC{0,60}") {
            let _ = Choice::parse(&query);
        }
    }
}
