//! Which cases the inbox shows, as its address says it.

use url::form_urlencoded;

use crate::cases::{Category, Kind, State};
use crate::paths;

/// The ages that can be asked for, in days.
pub(super) const AGES: [i64; 3] = [1, 7, 30];
/// Words beyond this many are not looked for.
const MOST_WORDS: usize = 8;
/// A longer search is cut, in characters.
const LONGEST_SEARCH: usize = 200;

/// What is asked for. What an address says wrongly counts as not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    /// Where cases stand.
    pub(super) standing: Standing,
    pub(super) category: Option<Category>,
    /// What cases are about.
    pub(super) kind: Option<Kind>,
    /// Opened at least so many days ago.
    pub(super) age: Option<i64>,
    /// The slug of an article.
    pub(super) article: String,
    /// Who has them.
    pub(super) holder: Holder,
    /// Words to look for.
    pub(super) search: String,
    /// From 1.
    pub(super) page: i64,
}

/// Where cases stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Standing {
    /// Somebody still has to do something.
    #[default]
    Open,
    /// Nobody has.
    Closed,
    /// One state.
    One(State),
    /// All of them.
    Any,
}

/// Who has a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Holder {
    /// Does not matter.
    #[default]
    Anybody,
    /// The editor who asks.
    Me,
    /// Nobody yet.
    Nobody,
}

impl Filter {
    /// Reads the query of an address.
    pub(super) fn read(query: &str) -> Filter {
        let mut filter = Filter {
            page: 1,
            ..Filter::default()
        };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "state" => filter.standing = Standing::parse(&value),
                "category" => filter.category = Category::parse(&value),
                "kind" => filter.kind = Kind::parse(&value),
                "age" => {
                    let days = value.parse().ok();
                    filter.age = days.filter(|days| AGES.contains(days));
                }
                "article" => filter.article = clean(&value),
                "with" => filter.holder = Holder::parse(&value),
                "q" => filter.search = clean(&value),
                "page" => filter.page = value.parse().unwrap_or(1).clamp(1, 100_000),
                _ => {}
            }
        }
        filter
    }

    /// The address that says this; what goes without saying is left out.
    pub(super) fn href(&self) -> String {
        let pairs = self.pairs();
        let page = self.page.to_string();
        let mut pairs: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        if self.page > 1 {
            pairs.push(("page", &page));
        }
        paths::desk::inbox(&pairs)
    }

    /// What a form has to keep, but for the page.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let age = self.age.map(|days| days.to_string());
        [
            ("state", self.standing.as_str()),
            ("kind", self.kind.map_or("", Kind::as_str)),
            ("category", self.category.map_or("", Category::slug)),
            ("age", age.as_deref().unwrap_or("")),
            ("article", &self.article),
            ("with", self.holder.as_str()),
            ("q", &self.search),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name, value.to_owned()))
        .collect()
    }

    /// True if more is asked for than a state.
    pub(super) fn is_narrow(&self) -> bool {
        let standing = self.standing;
        let page = self.page;
        *self
            != Filter {
                standing,
                page,
                ..Filter::default()
            }
    }

    /// The words to look for.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.search.split_whitespace().take(MOST_WORDS)
    }
}

impl Standing {
    /// The word in the address; empty for what goes without saying.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Standing::Open => "",
            Standing::Closed => "closed",
            Standing::One(state) => state.as_str(),
            Standing::Any => "all",
        }
    }

    /// Whether a case in this state is meant.
    pub(super) fn holds(self, state: State) -> bool {
        match self {
            Standing::Open => state.is_open(),
            Standing::Closed => !state.is_open(),
            Standing::One(one) => one == state,
            Standing::Any => true,
        }
    }

    fn parse(text: &str) -> Standing {
        match text {
            "closed" => Standing::Closed,
            "all" => Standing::Any,
            _ => State::parse(text).map_or(Standing::Open, Standing::One),
        }
    }
}

impl Holder {
    /// The word in the address; empty for what goes without saying.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Holder::Anybody => "",
            Holder::Me => "me",
            Holder::Nobody => "nobody",
        }
    }

    /// Whether a case with this editor is meant, if `me` asks.
    pub(super) fn holds(self, editor: Option<&str>, me: &str) -> bool {
        match self {
            Holder::Anybody => true,
            Holder::Me => editor == Some(me),
            Holder::Nobody => editor.is_none(),
        }
    }

    fn parse(text: &str) -> Holder {
        match text {
            "me" => Holder::Me,
            "nobody" => Holder::Nobody,
            _ => Holder::Anybody,
        }
    }
}

/// Without characters that no database would look for.
fn clean(value: &str) -> String {
    let shown: String = value.chars().filter(|c| !c.is_control()).collect();
    shown.trim().chars().take(LONGEST_SEARCH).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_says_only_what_does_not_go_without_saying() {
        let read = |query| Filter::read(query).href();
        assert_eq!(read(""), "/desk");
        assert_eq!(
            read("state=open&page=1&age=2&kind=x&category=y&with=z"),
            "/desk"
        );
        assert_eq!(read("state=&q=+&article="), "/desk");
        assert_eq!(
            read("page=2&q=a%25&with=me&state=declined&age=7"),
            "/desk?state=declined&age=7&with=me&q=a%25&page=2"
        );
        assert!(Filter::read("q=x").is_narrow());
        assert!(!Filter::read("state=all&page=3").is_narrow());
    }

    proptest! {
        #[test]
        fn every_address_is_read_as_it_is_written(query in "([a-z%&=0-9+]|state=|q=|with=me){0,20}") {
            let filter = Filter::read(&query);
            let href = filter.href();
            let again = Filter::read(href.split_once('?').map_or("", |(_, query)| query));
            prop_assert_eq!(again, filter);
        }
    }
}
