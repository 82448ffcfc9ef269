//! How many words each revision put in and took out, for the list of all.
//!
//! A revision never changes, so neither does what lies between two: it is
//! reckoned once and kept while the process runs.

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::comparison::{Comparison, Counts, LONGEST};
use super::readable::Readable;
use crate::articles::Revision;
use crate::articles::model::Slug;
use crate::content;
use crate::dates::DateStyle;

/// How long one page may reckon. What it does not come to, the next one does.
const PATIENCE: Duration = Duration::from_millis(400);

/// How many are kept before all are forgotten: some megabytes.
const MOST: usize = 20_000;

/// Reckons for one page.
pub(super) struct Tally {
    deadline: Instant,
    style: DateStyle,
    /// The last text that was read, which the next pair begins or ends with.
    read: BTreeMap<i64, Readable>,
}

type Kept = HashMap<(String, String), Counts>;

/// By the content hashes of both, so it holds for every article.
static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);

impl Tally {
    /// Begins to reckon, and to count the time.
    pub(super) fn new(style: DateStyle) -> Tally {
        Tally {
            deadline: Instant::now() + PATIENCE,
            style,
            read: BTreeMap::new(),
        }
    }

    /// What came in and went out between two revisions of one article. `None`
    /// where that would take too long.
    pub(super) fn between(&mut self, old: &Revision, new: &Revision) -> Option<Counts> {
        let key = (old.hash.clone(), new.hash.clone());
        if let Some(counts) = kept(|kept| kept.get(&key).copied()) {
            return Some(counts);
        }
        if old.source.len().max(new.source.len()) > LONGEST {
            return None;
        }
        for one in [old, new] {
            if Instant::now() >= self.deadline {
                return None;
            }
            let style = self.style;
            let read = || read(&one.source, style);
            self.read.entry(one.number).or_insert_with(read);
        }
        let (before, after) = (self.read.get(&old.number)?, self.read.get(&new.number)?);
        let comparison = Comparison::until(before, after, self.deadline);
        // The list goes down through the numbers.
        self.read.retain(|number, _| *number <= old.number);
        if !comparison.is_finished {
            return None;
        }
        kept(|kept| {
            if kept.len() >= MOST {
                kept.clear();
            }
            kept.insert(key, comparison.counts);
        });
        Some(comparison.counts)
    }
}

/// What a revision says, without the headlines of the articles that it links
/// to: they are the same for all.
fn read(source: &str, style: DateStyle) -> Readable {
    let nothing = |_| Ok::<_, Infallible>(Vec::new());
    let Ok(slug) = Slug::parse("old-revision") else {
        return Readable::of_refused(source);
    };
    match content::old_article(&slug, 1, source, &BTreeMap::new(), nothing) {
        Ok(Some((file, rendered))) => Readable::new(&file, &rendered, style),
        Ok(None) => Readable::of_refused(source),
    }
}

fn kept<T>(work: impl FnOnce(&mut Kept) -> T) -> T {
    work(&mut KEPT.lock().unwrap_or_else(PoisonError::into_inner))
}
