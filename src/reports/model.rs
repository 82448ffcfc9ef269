//! The words of a report: its categories, its states, and the rules by which
//! one is marked as spam.

/// What kind of error is reported. A closed list, kept by its words in
/// [`slug`](Self::slug).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Category {
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
    SomethingElse,
}

/// Where a report stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Kept, for editors to look at.
    Received,
    /// Kept, and marked; its sender is told the same.
    Spam,
}

/// Why a report is marked as spam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SpamRule {
    /// The field that people do not see was filled in.
    Honeypot,
    /// The form came back within three seconds.
    TooFast,
    /// The form was not one of ours, or one for another page.
    Forged,
}

impl Category {
    /// What can be wrong with an article.
    pub(super) const OF_ARTICLES: [Category; 10] = [
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
    ];

    /// What somebody can write about without an article.
    pub(super) const OF_CONTACT: [Category; 11] = [
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

    /// The word in the form and in the table.
    pub(super) const fn slug(self) -> &'static str {
        match self {
            Category::Date => "date",
            Category::Place => "place",
            Category::Person => "person",
            Category::OtherFact => "other-fact",
            Category::MissingSource => "missing-source",
            Category::Wording => "wording",
            Category::Picture => "picture",
            Category::Link => "link",
            Category::Removal => "removal",
            Category::Rights => "rights",
            Category::SomethingElse => "something-else",
        }
    }

    /// The words that people read.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Category::Date => "A date",
            Category::Place => "A place",
            Category::Person => "A person",
            Category::OtherFact => "Another fact",
            Category::MissingSource => "A missing source",
            Category::Wording => "The wording",
            Category::Picture => "A picture",
            Category::Link => "A link",
            Category::Removal => "Something about me: I am a living person named here",
            Category::Rights => "A picture that is mine",
            Category::SomethingElse => "Something else",
        }
    }

    /// A few words of explanation, where the label needs them.
    pub(super) const fn hint(self) -> &'static str {
        match self {
            Category::Date => "a day, a year, a calendar, an order of events",
            Category::Place => "where it happened, or a name on the map",
            Category::Person => "a name, a rank, a life, who did what",
            Category::OtherFact => "a number, a cause, an outcome",
            Category::MissingSource => "it says something that no source is given for",
            Category::Wording => "spelling, grammar, or words that mislead",
            Category::Picture => "it shows something else, or its caption is wrong",
            Category::Link => "it leads nowhere, or to something else",
            Category::Removal => {
                "an editor sees this before all else, and may hide it at once; say which words, \
                 and why they should go"
            }
            Category::Rights => {
                "an editor sees this before all else, and may hide the picture at once; say which \
                 one it is, and how we can see that it is yours"
            }
            Category::SomethingElse => "",
        }
    }

    /// Reads the word of the form.
    pub(super) fn parse(text: &str) -> Option<Category> {
        Category::OF_CONTACT
            .into_iter()
            .find(|category| category.slug() == text)
    }
}

impl State {
    /// The word in the table.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            State::Received => "received",
            State::Spam => "spam",
        }
    }
}

impl SpamRule {
    /// All of them.
    pub(super) const ALL: [SpamRule; 3] = [SpamRule::Honeypot, SpamRule::TooFast, SpamRule::Forged];

    /// Goes up with each change to what the rule catches; the database then
    /// watches it for a day (`queries::rules`).
    pub(super) const fn version(self) -> i64 {
        match self {
            SpamRule::Honeypot | SpamRule::TooFast | SpamRule::Forged => 1,
        }
    }

    /// The word in the table.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            SpamRule::Honeypot => "honeypot",
            SpamRule::TooFast => "too-fast",
            SpamRule::Forged => "forged",
        }
    }
}
