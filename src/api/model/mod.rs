//! What the API says of each thing: the shapes of its answers. Each is written
//! as JSON and described in the OpenAPI document from the same struct, so the
//! comments on fields here are what programmers read.

mod article;
mod claim;
mod date;
mod day;
mod entry;
mod evidence;
mod revision;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use utoipa::ToSchema;

pub(super) use article::{Article, Given, Summary};
pub(super) use claim::{Claim, Dispute};
pub(super) use date::Date;
pub(super) use day::{Day, DayEvent, DaySummary, Life};
pub(super) use entry::{Entry, EntryText, entry_kind};
pub(super) use revision::{Revision, RevisionText};

use crate::articles::Visibility;
use crate::dates::DateStyle;
use crate::paths;

/// What every answer is made for.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    /// Scheme and host, without a slash at the end.
    pub(super) base_url: String,
    /// How dates are written in words.
    pub(super) style: DateStyle,
    /// What may be seen at this moment.
    pub(super) visibility: Visibility,
    /// The zone of the site, in which the days of its files are meant.
    pub(super) zone: TimeZone,
}

impl Terms {
    /// The absolute address of a path.
    pub(super) fn url(&self, path: &str) -> String {
        paths::absolute(&self.base_url, path)
    }
}

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Page<T> {
    /// The address of this part.
    pub(super) url: String,
    /// The number of the edition that it was read from: it goes up with every
    /// import that changes something.
    #[schema(example = 12)]
    pub(super) edition: i64,
    /// The entries, at most as many as `limit` says.
    pub(super) items: Vec<T>,
    /// The address of the part that follows; null at the end. It holds a
    /// cursor, which says after which entry to go on: whatever is added
    /// meanwhile, no entry comes twice and none is left out.
    pub(super) next: Option<String>,
}

/// An import that changed something.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Edition {
    /// Its number, from 1.
    #[schema(example = 12)]
    pub(super) edition: i64,
    /// When it was made (RFC 3339, UTC).
    #[schema(format = DateTime, example = "2026-11-22T06:00:00Z")]
    pub(super) created: String,
    /// How many articles it holds, drafts and those of the future included.
    #[schema(example = 58)]
    pub(super) articles: i64,
}

/// A name, with where its entry stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Name {
    /// The address of its page, which is its id everywhere.
    pub(super) id: String,
    /// The address of its page.
    pub(super) url: String,
    /// Its address here.
    pub(super) api: String,
    /// The last part of both addresses.
    #[schema(example = "matthew-ridgway")]
    pub(super) slug: String,
    /// The name as the article writes it.
    #[schema(example = "Matthew Ridgway")]
    pub(super) name: String,
}

/// A moment of the site, given in epoch milliseconds, as RFC 3339 in UTC.
pub(super) fn moment(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_string()
}
