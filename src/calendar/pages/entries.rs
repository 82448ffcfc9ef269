//! Articles under the year that they tell of, where there is little room: on
//! the pages of years, decades and centuries.

use std::collections::HashMap;

use diesel::QueryResult;

use super::super::model::words_under_heading;
use crate::articles::Visibility;
use crate::articles::queries::{self, Entry, Range, Told};
use crate::dates::DateStyle;
use crate::db::AnyConnection;
use crate::paths;
use crate::site::shell::Link;

/// How many articles a page of a decade or a century shows. Where there are
/// more, each year shows its share, and leads to the rest.
const MOST: i64 = 300;

/// The articles of a page by what they stand in, as `(year, span)`.
pub(super) type Entries = HashMap<(i64, i64), Vec<Entry>>;

/// One article.
pub(super) struct EntryView {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) date_words: Option<String>,
    pub(super) label: Option<String>,
    /// Where its page shows what accounts say of that date, if they differ.
    pub(super) disputed_href: Option<String>,
    /// On the pages that have room for it.
    pub(super) summary: Option<String>,
}

/// The articles of one year, or of a period without a year.
pub(super) struct Listing {
    pub(super) entries: Vec<EntryView>,
    /// The way to those that are not shown.
    pub(super) more: Option<Link>,
}

/// The articles that a page shows of what is `told` in its range. What stands
/// in `home`, the span of the page itself, has no other page, and is shown
/// whole.
pub(super) fn load(
    conn: &mut AnyConnection,
    range: Range,
    told: &[Told],
    home: i64,
    visibility: Visibility,
) -> QueryResult<Entries> {
    let total: i64 = told.iter().map(|one| one.articles).sum();
    let mut entries = Entries::new();
    if total <= MOST {
        for entry in queries::titles_in(conn, range, i64::MAX, visibility)? {
            let key = (entry.year, entry.span);
            entries.entry(key).or_default().push(entry);
        }
        return Ok(entries);
    }
    let share = MOST / i64::try_from(told.len()).unwrap_or(MOST).max(1);
    for one in told {
        let only = Range {
            first: one.year,
            last: one.year,
            spans: (one.span, one.span),
        };
        let at_most = if one.span == home {
            i64::MAX
        } else {
            share.max(1)
        };
        let found = queries::titles_in(conn, only, at_most, visibility)?;
        entries.insert((one.year, one.span), found);
    }
    Ok(entries)
}

impl Listing {
    /// A list that leaves nothing out.
    pub(super) fn whole(entries: Vec<EntryView>) -> Listing {
        Listing {
            entries,
            more: None,
        }
    }

    /// What of `entries` stands in one year or period. `told` is how much
    /// there is, `rest` the page that has all of it, with its name.
    pub(super) fn new(
        entries: &mut Entries,
        key: (i64, i64),
        told: i64,
        rest: &Link,
        style: DateStyle,
    ) -> Listing {
        let entries = entries.remove(&key).unwrap_or_default();
        let left = told - i64::try_from(entries.len()).unwrap_or(told);
        Listing {
            entries: entries
                .into_iter()
                .map(|entry| EntryView::new(entry, style))
                .collect(),
            more: (left > 0).then(|| Link {
                href: rest.href.clone(),
                label: format!("{left} more in {}", rest.label),
            }),
        }
    }

    /// The same without summaries.
    pub(super) fn titles_only(mut self) -> Listing {
        for entry in &mut self.entries {
            entry.summary = None;
        }
        self
    }
}

impl EntryView {
    pub(super) fn new(entry: Entry, style: DateStyle) -> EntryView {
        EntryView {
            href: paths::article(&entry.slug),
            disputed_href: entry.is_disputed.then(|| paths::accounts(&entry.slug)),
            date_words: words_under_heading(&entry, style),
            title: entry.title,
            label: Some(entry.label).filter(|label| !label.is_empty()),
            summary: Some(entry.summary),
        }
    }
}
