//! What a report can be about: one list of words, for the form, the desk, the
//! ledger and `docs/api.md`. No I/O.

/// What kind of error is reported. A closed list, kept by its words in
/// [`slug`](Self::slug), which are also those of addresses and of the JSON API:
/// one may be added, but none may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words of each say what it is")]
pub enum Category {
    Date,
    Place,
    Person,
    OtherFact,
    MissingSource,
    Wording,
    Picture,
    Link,
    /// A living person asks that something about them be taken out.
    Removal,
    /// Somebody says that a picture is theirs.
    Rights,
    /// For letters, and for what a later version has put into the table.
    SomethingElse,
}

/// The same category: the word in the table, the words for a list, and those
/// that follow "about" in a sentence.
struct Words {
    slug: &'static str,
    label: &'static str,
    phrase: &'static str,
}

impl Category {
    /// All of them, in the order of the form.
    pub const ALL: [Category; 11] = [
        Category::Date,
        Category::Place,
        Category::Person,
        Category::OtherFact,
        Category::MissingSource,
        Category::Wording,
        Category::Picture,
        Category::Link,
        Category::Removal,
        Category::Rights,
        Category::SomethingElse,
    ];

    /// The word in the table, in forms, in addresses and for programs.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        self.words().slug
    }

    /// The words that people read in a list, with a capital.
    #[must_use]
    pub const fn label(self) -> &'static str {
        self.words().label
    }

    /// The same words in a sentence, after "about".
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        self.words().phrase
    }

    /// Reads the word of a form or an address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Category> {
        Category::ALL
            .into_iter()
            .find(|category| category.slug() == text)
    }

    /// Reads the word of the table; one of a later version counts as something
    /// else.
    #[must_use]
    pub fn of_row(text: &str) -> Category {
        Category::parse(text).unwrap_or(Category::SomethingElse)
    }

    const fn words(self) -> Words {
        let (slug, label, phrase) = match self {
            Category::Date => ("date", "A date", "a date"),
            Category::Place => ("place", "A place", "a place"),
            Category::Person => ("person", "A person", "a person"),
            Category::OtherFact => ("other-fact", "Another fact", "another fact"),
            Category::MissingSource => ("missing-source", "A missing source", "a missing source"),
            Category::Wording => ("wording", "The wording", "the wording"),
            Category::Picture => ("picture", "A picture", "a picture"),
            Category::Link => ("link", "A link", "a link"),
            Category::Removal => (
                "removal",
                "A living person’s request",
                "a living person’s request",
            ),
            Category::Rights => ("rights", "Rights in a picture", "rights in a picture"),
            Category::SomethingElse => ("something-else", "Something else", "something else"),
        };
        Words {
            slug,
            label,
            phrase,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for category in Category::ALL {
            assert_eq!(Category::parse(category.slug()), Some(category));
            let (label, phrase) = (category.label(), category.phrase());
            assert_eq!(label.to_lowercase(), phrase.to_lowercase());
        }
        assert_eq!(Category::parse("weather"), None);
        assert_eq!(Category::of_row("weather"), Category::SomethingElse);
    }
}
