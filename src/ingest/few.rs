//! The quick way for what happens most: the text of a few articles has changed
//! and nothing else. The folder is not looked through, and of the database only
//! that is read which has to do with them.
//!
//! Whatever others could notice (a title, an address, a file that is new, gone
//! or broken) is left to the long way, which knows everything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

use super::changes::{Changes, hash};
use super::queries::{self, State};
use super::{Attempt, Before, Options, Outcome, Unfit, bar, run, take_in};
use crate::content::{self, Catalogue, Document, FileKind, Scan};
use crate::db::Db;

/// With more files than this the long way is no slower.
const MOST: usize = 64;

/// As [`run`], when it is known that only these files may have changed: paths
/// below the content folder. They are a hint and no promise.
///
/// # Errors
/// Those of [`run`].
pub fn run_on(db: &Db, options: &Options, paths: &BTreeSet<String>) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    if let Some(mut outcome) = attempt(db, options, paths)? {
        outcome.took = started.elapsed();
        return Ok(outcome);
    }
    run(db, options)
}

/// `None` if this is a matter for the long way; then nothing has been written.
fn attempt(
    db: &Db,
    options: &Options,
    paths: &BTreeSet<String>,
) -> anyhow::Result<Option<Outcome>> {
    if paths.len() > MOST {
        return Ok(None);
    }
    let root = &options.content;
    let Some(scan) = content::look_at(root, paths.iter().map(String::as_str)) else {
        return Ok(None);
    };
    let mut conn = db.connect()?;
    if scan.files.is_empty() {
        // Only an editor's own files.
        let edition = conn.snapshot(crate::articles::queries::edition)?;
        return Ok(Some(Outcome {
            edition,
            ..Outcome::default()
        }));
    }
    let Some(glance) = Glance::of(root, &scan) else {
        return Ok(None);
    };
    let state = conn.snapshot(|conn| queries::state_of(conn, &scan.files, &glance.links))?;
    let Some(state) = state else {
        return Ok(None);
    };
    let standing = standing(&state);
    let before = Before {
        edition: state.edition,
        problems: state.problems.clone(),
        files: scan.files.len(),
        is_first: false,
        is_whole: false,
    };
    let bar = bar(scan.files.len() as u64, false);
    let changes = Changes::find(root, scan, state, false, &Unfit::new(), &bar)?;
    if !glance.is_still_so(&changes) || !is_unnoticed(&changes, &standing) {
        return Ok(None);
    }
    match take_in(db, &mut conn, options, &changes, before, &bar)? {
        Attempt::Done(outcome) => Ok(Some(*outcome)),
        Attempt::Overtaken | Attempt::Unfit(_) | Attempt::LookAgain(_) => Ok(None),
    }
}

/// What the files say, as far as it decides what is asked of the database.
struct Glance {
    hashes: BTreeMap<String, String>,
    /// The slugs that the texts link to.
    links: BTreeSet<String>,
}

impl Glance {
    /// `None` if one of them is no article, or broken.
    fn of(root: &Path, scan: &Scan) -> Option<Glance> {
        let mut glance = Glance {
            hashes: BTreeMap::new(),
            links: BTreeSet::new(),
        };
        let nobody = Catalogue::default();
        for file in &scan.files {
            if !matches!(file.kind, FileKind::Article(_)) {
                return None;
            }
            let bytes = fs::read(root.join(&file.path)).ok()?;
            let (Some(Document::Article(article)), _) = content::parse(&file.kind, &bytes) else {
                return None;
            };
            let surveyed = content::survey_article(&article, 1, &nobody, &BTreeMap::new());
            glance.links.extend(surveyed.links);
            glance.hashes.insert(file.path.clone(), hash(&bytes));
        }
        Some(glance)
    }

    /// Whether what was read in the end is what was glanced at.
    fn is_still_so(&self, changes: &Changes) -> bool {
        changes
            .stamps
            .iter()
            .all(|stamp| self.hashes.get(&stamp.path) == Some(&stamp.hash))
    }
}

/// By file: the title and the old addresses of its article.
type Standing = BTreeMap<String, (String, BTreeSet<String>)>;

fn standing(state: &State) -> Standing {
    let known = state.articles.values();
    known
        .map(|article| {
            let aliases = article.aliases.iter().cloned().collect();
            (article.path.clone(), (article.title.clone(), aliases))
        })
        .collect()
}

/// Whether no other file can notice the change.
fn is_unnoticed(changes: &Changes, standing: &Standing) -> bool {
    let is_as_before = changes.articles.iter().all(|planned| {
        let aliases = planned.file.aliases.iter();
        let aliases: BTreeSet<String> = aliases.map(|alias| alias.path.clone()).collect();
        standing
            .get(&planned.path)
            .is_some_and(|(title, before)| *title == planned.file.title && *before == aliases)
    });
    is_as_before
        && changes.renames.is_empty()
        && !changes.stamps.iter().any(|stamp| stamp.held)
        && !changes
            .diagnostics
            .iter()
            .any(content::Diagnostic::is_error)
}
