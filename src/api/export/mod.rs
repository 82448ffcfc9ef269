//! Everything that is public, one JSON value on a line: the same for the
//! address of the API and for `daybook export`.
//!
//! It is read a little at a time. No read transaction is open while a slow
//! client takes what it got; so an import may come between two of them, and the
//! last line says whether one did.

mod slots;

use std::collections::VecDeque;
use std::sync::Arc;

use actix_web::web::Bytes;
use diesel::QueryResult;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::{Value, json};

pub(super) use slots::{Slot, Slots};

use super::library::Library;
use super::model::{Terms, entry_kind, moment};
use super::queries::{self, FoundEntry};
use super::times::Times;
use crate::articles::model::Registry;
use crate::articles::queries as kernel;
use crate::articles::{Gazetteer, Visibility};
use crate::dates::DateStyle;
use crate::db::AnyConnection;
use crate::paths::{self, api};
use crate::site::cursor::Cursor;

/// The shape of the lines; it goes up when a program that reads them must be
/// changed.
const VERSION: i64 = 1;
/// How many articles are read in one go,
const ARTICLES: i64 = 40;
/// and how many of anything else.
const OTHERS: i64 = 200;

/// The first line.
#[derive(Serialize)]
struct Head<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    version: i64,
    edition: i64,
    /// When the edition was made: the same file comes of the same edition.
    created: Option<String>,
    site: &'a str,
    url: String,
    description: String,
}

/// A line of the matter.
#[derive(Serialize)]
struct Line<'a, T> {
    #[serde(rename = "type")]
    kind: &'static str,
    data: &'a T,
}

/// The last line.
#[derive(Serialize)]
struct End {
    #[serde(rename = "type")]
    kind: &'static str,
    /// All of them, this one included.
    lines: u64,
    edition: i64,
    complete: bool,
}

/// Reads at most so many values after a place, each with its own.
pub type Read =
    fn(&mut AnyConnection, &Reader, Option<&Cursor>, usize) -> QueryResult<Vec<(Cursor, Value)>>;

/// What another feature adds: so many values after a place, each with its own
/// place. The features know nothing of each other; `app` brings them together.
pub struct Part {
    /// The `type` of its lines.
    pub kind: &'static str,
    /// Reads the values.
    pub read: Read,
}

/// For whom an export is made.
#[derive(Clone, Debug)]
pub struct Reader {
    /// Scheme and host, without a slash at the end.
    pub base_url: String,
    /// The name of the site.
    pub site_name: String,
    /// How dates are written in words.
    pub style: DateStyle,
    /// What may be seen.
    pub visibility: Visibility,
    /// The zone of the site.
    pub zone: TimeZone,
}

/// An export that is under way.
pub struct Export {
    reader: Reader,
    library: Library,
    parts: Arc<Vec<Part>>,
    stage: Stage,
    lines: u64,
    /// The edition of the first line, and of the last one read.
    editions: Option<(i64, i64)>,
}

enum Stage {
    Head,
    Entries(usize, Option<VecDeque<(String, FoundEntry)>>),
    Articles(String),
    Part(usize, Option<Cursor>),
    Removed(String),
    End,
    Done,
}

impl Export {
    /// An export that has not begun.
    #[must_use]
    pub fn new(reader: Reader, parts: Arc<Vec<Part>>) -> Export {
        let library = Library {
            gazetteer: Arc::new(Gazetteer::default()),
            times: Arc::new(Times::default()),
            terms: Terms {
                base_url: reader.base_url.clone(),
                style: reader.style,
                visibility: reader.visibility,
                zone: reader.zone.clone(),
            },
        };
        Export {
            reader,
            library,
            parts,
            stage: Stage::Head,
            lines: 0,
            editions: None,
        }
    }

    /// The next lines, each with its end; `None` after the last. To be called
    /// with one state of the data, and each time with the latest.
    ///
    /// # Errors
    /// The database's.
    pub fn next(&mut self, conn: &mut AnyConnection) -> QueryResult<Option<Bytes>> {
        loop {
            let mut lines = Vec::new();
            let stage = std::mem::replace(&mut self.stage, Stage::Done);
            if matches!(stage, Stage::Done) {
                return Ok(None);
            }
            let edition = kernel::edition(conn)?;
            let first = self.editions.map_or(edition, |(first, _)| first);
            self.editions = Some((first, edition));
            self.stage = match stage {
                Stage::Head => {
                    lines.push(self.head(conn, edition)?);
                    Stage::Entries(0, None)
                }
                Stage::Entries(index, waiting) => self.entries(conn, index, waiting, &mut lines)?,
                Stage::Articles(after) => self.articles(conn, &after, &mut lines)?,
                Stage::Part(index, after) => self.part(conn, index, after.as_ref(), &mut lines)?,
                Stage::Removed(after) => self.removed(conn, &after, &mut lines)?,
                Stage::End => {
                    let end = End {
                        kind: "end",
                        lines: self.lines + 1,
                        edition: first,
                        complete: first == edition,
                    };
                    lines.push(written(&end)?);
                    Stage::Done
                }
                Stage::Done => Stage::Done,
            };
            if !lines.is_empty() {
                self.lines += u64::try_from(lines.len()).unwrap_or(0);
                let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
                return Ok(Some(Bytes::from(text)));
            }
        }
    }

    fn head(&self, conn: &mut AnyConnection, edition: i64) -> QueryResult<String> {
        let made = queries::editions(conn, None, 1)?;
        let terms = &self.library.terms;
        written(&Head {
            kind: "daybook-export",
            version: VERSION,
            edition,
            created: made.first().map(|(_, created_at, _)| moment(*created_at)),
            site: &self.reader.site_name,
            url: terms.url(paths::HOME),
            description: terms.url(api::OPENAPI),
        })
    }

    fn entries(
        &self,
        conn: &mut AnyConnection,
        index: usize,
        waiting: Option<VecDeque<(String, FoundEntry)>>,
        lines: &mut Vec<String>,
    ) -> QueryResult<Stage> {
        let Some(registry) = Registry::ALL.get(index).copied() else {
            return Ok(Stage::Articles(String::new()));
        };
        let mut waiting = match waiting {
            Some(waiting) => waiting,
            None => queries::entries(conn, registry, self.reader.visibility)?
                .into_iter()
                .collect(),
        };
        for _ in 0..OTHERS {
            let Some((slug, found)) = waiting.pop_front() else {
                return Ok(Stage::Entries(index + 1, None));
            };
            let entry = self.library.entry(conn, registry, &slug, &found)?;
            lines.push(line(entry_kind(registry), &entry)?);
        }
        Ok(Stage::Entries(index, Some(waiting)))
    }

    fn articles(
        &self,
        conn: &mut AnyConnection,
        after: &str,
        lines: &mut Vec<String>,
    ) -> QueryResult<Stage> {
        let slugs = queries::slugs_after(conn, after, ARTICLES, self.reader.visibility)?;
        let Some(last) = slugs.last().cloned() else {
            return Ok(Stage::Part(0, None));
        };
        for article in self.library.whole(conn, &slugs)? {
            lines.push(line("article", &article)?);
        }
        Ok(Stage::Articles(last))
    }

    fn part(
        &self,
        conn: &mut AnyConnection,
        index: usize,
        after: Option<&Cursor>,
        lines: &mut Vec<String>,
    ) -> QueryResult<Stage> {
        let Some(part) = self.parts.get(index) else {
            return Ok(Stage::Removed(String::new()));
        };
        let many = usize::try_from(OTHERS).unwrap_or(1);
        let found = (part.read)(conn, &self.reader, after, many)?;
        let Some((last, _)) = found.last() else {
            return Ok(Stage::Part(index + 1, None));
        };
        let last = last.clone();
        for (_, value) in found {
            lines.push(line(part.kind, &value)?);
        }
        Ok(Stage::Part(index, Some(last)))
    }

    fn removed(
        &self,
        conn: &mut AnyConnection,
        after: &str,
        lines: &mut Vec<String>,
    ) -> QueryResult<Stage> {
        let found = queries::removed_after(conn, after, OTHERS)?;
        let Some(last) = found.last().map(|gone| gone.slug.clone()) else {
            return Ok(Stage::End);
        };
        let terms = &self.library.terms;
        for gone in found {
            let address = |slug: &str| terms.url(&paths::article(slug));
            let told = json!({
                "id": address(&gone.slug),
                "slug": gone.slug,
                "removed": Some(gone.date).filter(|day| !day.is_empty()),
                "reason": gone.reason,
                "see": gone.see.as_deref().map(address),
            });
            lines.push(line("removed", &told)?);
        }
        Ok(Stage::Removed(last))
    }
}

fn line<T: Serialize>(kind: &'static str, data: &T) -> QueryResult<String> {
    written(&Line { kind, data })
}

fn written(value: &impl Serialize) -> QueryResult<String> {
    serde_json::to_string(value)
        .map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))
}
