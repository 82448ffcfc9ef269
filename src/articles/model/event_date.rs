//! A date with the part it plays in the event.

use serde::{Deserialize, Serialize};

use crate::dates::{Calendar, DateError, Edge, HistoricalDate};

/// A date with the part it plays in the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDate {
    /// EDTF, in the calendar as sourced.
    pub on: String,
    /// The calendar in which the source gives it.
    pub calendar: Calendar,
    /// What happened on it; `None` where the article has one date only.
    pub role: Option<Role>,
    /// Words that stand in place of the role's own.
    pub label: Option<String>,
    /// Whether this is the date by which the article is known.
    pub primary: bool,
}

/// What a date says of an event. A closed list, so that every role has words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the word it is written as")]
pub enum Role {
    Adopted,
    Announced,
    Battle,
    Began,
    Born,
    Captured,
    Celebrated,
    Completed,
    Declared,
    Destroyed,
    Died,
    Discovered,
    Ended,
    Erupted,
    First,
    Founded,
    Granted,
    Happened,
    Independence,
    Issued,
    Killed,
    Landed,
    Launched,
    Observed,
    Opened,
    Premiered,
    Published,
    Released,
    Signed,
    Struck,
    TookEffect,
    Won,
}

impl Role {
    /// What stands before the title on a day page and beside the date on the
    /// article: lower case, no verb of being.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Role::Adopted => "adopted",
            Role::Announced => "announced",
            Role::Battle => "the battle",
            Role::Began => "began",
            Role::Born => "born",
            Role::Captured => "captured",
            Role::Celebrated => "celebrated",
            Role::Completed => "completed",
            Role::Declared => "declared",
            Role::Destroyed => "destroyed",
            Role::Died => "died",
            Role::Discovered => "discovered",
            Role::Ended => "ended",
            Role::Erupted => "erupted",
            Role::First => "for the first time",
            Role::Founded => "founded",
            Role::Granted => "granted",
            Role::Happened => "happened",
            Role::Independence => "independence",
            Role::Issued => "issued",
            Role::Killed => "killed",
            Role::Landed => "landed",
            Role::Launched => "launched",
            Role::Observed => "observed",
            Role::Opened => "opened",
            Role::Premiered => "premiered",
            Role::Published => "published",
            Role::Released => "released",
            Role::Signed => "signed",
            Role::Struck => "struck",
            Role::TookEffect => "took effect",
            Role::Won => "won",
        }
    }
}

impl EventDate {
    /// The date as a value to compute with.
    ///
    /// # Errors
    /// The text is no date; ingest refuses such a file.
    pub fn date(&self) -> Result<HistoricalDate, DateError> {
        HistoricalDate::parse(&self.on, self.calendar)
    }

    /// What happened on it, in words; empty where the article says nothing.
    #[must_use]
    pub fn words(&self) -> &str {
        match (&self.label, self.role) {
            (Some(label), _) => label,
            (None, Some(role)) => role.words(),
            (None, None) => "",
        }
    }

    /// The same for the first or the last day of an interval, which has words in
    /// any case.
    #[must_use]
    pub fn edge_words(&self, edge: Edge) -> String {
        let words = self.words();
        match (edge, words.is_empty()) {
            (Edge::Whole, _) => words.to_owned(),
            (Edge::First, true) => "began".to_owned(),
            (Edge::Last, true) => "ended".to_owned(),
            (Edge::First, false) => format!("{words}, first day"),
            (Edge::Last, false) => format!("{words}, last day"),
        }
    }
}
