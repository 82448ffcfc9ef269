//! What the front matter of a registry entry says.

use serde::{Deserialize, Serialize};

use super::Source;
use crate::dates::{Calendar, HistoricalDate};

/// A day, month or year of a life, as its source gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifeDate {
    /// EDTF, in the calendar as sourced.
    pub on: String,
    /// The calendar of the source.
    pub calendar: Calendar,
}

impl LifeDate {
    /// The date as a value to compute with; `None` only if what was kept is
    /// damaged, because ingest refuses what is no date.
    #[must_use]
    pub fn date(&self) -> Option<HistoricalDate> {
        HistoricalDate::parse(&self.on, self.calendar).ok()
    }
}

/// What an entry says beside its name; kept as JSON.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EntryDetails {
    /// Other names.
    pub also: Vec<String>,
    /// The name as an index has it, `Smith, Adrian`; absent where it is sorted
    /// as it is written.
    #[serde(default)]
    pub sort: Option<String>,
    /// Item of Wikidata, `Q8684`.
    pub wikidata: Option<String>,
    /// Of a person.
    pub born: Option<LifeDate>,
    /// Of a person; absent for the living, and where nobody knows.
    pub died: Option<LifeDate>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Cited works, in the order of the file.
    #[serde(default)]
    pub sources: Vec<Source>,
}
