//! The words of a report: those of its form, its states, and the rules by which
//! one is marked as spam.

use crate::cases::Category;

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

/// The words of a choice in the form. Those who write about themselves find
/// themselves spoken of in the first person; the others find the words that
/// everybody reads.
pub(super) const fn choice_label(category: Category) -> &'static str {
    match category {
        Category::Removal => "Something about me: I am a living person named here",
        Category::Rights => "A picture that is mine",
        other => other.label(),
    }
}

/// A few words of explanation, where the choice needs them.
pub(super) const fn choice_hint(category: Category) -> &'static str {
    match category {
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
