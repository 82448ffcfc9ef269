//! From the files of `content/` to a new edition in the database.
//!
//! One run is one transaction: readers see the old edition until the new one
//! is whole. A run reads only what has changed since the last, and writes only
//! what follows from that; an article with errors is held back, its last good
//! version stays, and the others go in.
//!
//! Two runs at once do not harm each other: each remembers which edition it
//! began from, and begins again if another has come in between.
//!
//! A correction in a file that names a case settles it, in the transaction of
//! the revision that brings it.
//!
//! Renditions of pictures are made afterwards, picture by picture.
//!
//! Tables: everything in the migrations `content` and `renditions`.

mod changes;
mod few;
mod queries;
mod renditions;
mod watch;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::articles::{self, Audience};
use crate::content::{self, Diagnostic, Document};
use crate::db::{AnyConnection, Db};
use crate::editions;
use crate::mail::Letterhead;
use changes::{ChangedMeanwhile, Changes, FinishedArticle, Purpose};
use queries::{Counted, State, Touched};

pub use few::run_on;
pub use renditions::make_renditions;
pub use watch::watch;

/// How often a run begins again because another process was quicker.
const ATTEMPTS: usize = 8;

/// What to read and how to show it.
#[derive(Clone, Debug)]
pub struct Options {
    /// The content folder.
    pub content: PathBuf,
    /// Read every file, whatever its size and time say.
    pub full: bool,
    /// What the mails say of the site that go to those whose report an import
    /// settles.
    pub letterhead: Letterhead,
    /// Draw a progress bar if standard error is a terminal.
    pub progress: bool,
}

/// What a run did.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The edition that readers see now; 0 before the first.
    pub edition: i64,
    /// Whether this run made it.
    pub is_new: bool,
    /// Files that mean something.
    pub files: usize,
    /// Files that were opened.
    pub read: usize,
    /// Articles that were added or changed.
    pub written: usize,
    /// Articles that went away.
    pub removed: usize,
    /// Files held back for an error.
    pub held: usize,
    /// What was found wrong: in the files that were read, and the errors of
    /// those that are still held back.
    pub diagnostics: Vec<Diagnostic>,
    /// How long it took.
    pub took: Duration,
}

/// One line for people: what was done, and how long it took.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Outcome {
            edition,
            files,
            read,
            written,
            removed,
            held,
            took,
            ..
        } = self;
        let stays = if self.is_new { "" } else { " as before" };
        write!(
            f,
            "Edition {edition}{stays}: {files} files, {read} of them read; articles written: {written}, removed: {removed}; files held back: {held}; {:.2} s",
            took.as_secs_f64()
        )
    }
}

/// Brings the database up to date with the content folder. It blocks, so it
/// runs on a thread of its own.
///
/// # Errors
/// The folder cannot be read, or the database cannot be written. What is wrong
/// inside a file is no error of this kind.
pub fn run(db: &Db, options: &Options) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let mut conn = db.connect()?;
    let mut unfit = Unfit::new();
    let mut again = BTreeSet::new();
    let mut overtaken = 0;
    while overtaken < ATTEMPTS {
        match attempt(db, &mut conn, options, &unfit, &again)? {
            Attempt::Done(mut outcome) => {
                outcome.took = started.elapsed();
                return Ok(*outcome);
            }
            Attempt::Overtaken => overtaken += 1,
            // Each round holds back more files, so this comes to an end.
            Attempt::Unfit(found) => unfit.extend(found),
            // And each of these adds a file.
            Attempt::LookAgain(files) => again.extend(files),
        }
    }
    bail!("other processes kept importing at the same time; try again");
}

/// Everything that a run would say of these files, without a database: each is
/// read as if for the first time.
///
/// # Errors
/// The folder cannot be read.
pub fn examine(content: &Path) -> anyhow::Result<Vec<Diagnostic>> {
    let scan = read_folder(content)?;
    let bar = bar(0, false);
    let changes = Changes::find(content, scan, State::default(), true, &Unfit::new(), &bar)?;
    let mut diagnostics = Vec::new();
    changes.render(&bar, Purpose::Findings, |_| Ok(()), &mut diagnostics)?;
    diagnostics.extend(changes.across(&[], true));
    Ok(sorted(
        changes
            .diagnostics
            .iter()
            .cloned()
            .chain(diagnostics)
            .collect(),
    ))
}

/// Files whose text turned out to have errors when it was rendered, with those
/// errors. They are then treated like files that cannot be read at all.
type Unfit = BTreeMap<String, Vec<Diagnostic>>;

enum Attempt {
    Done(Box<Outcome>),
    /// Another process made an edition in between.
    Overtaken,
    /// These must be held back, and what links to them written without them.
    Unfit(Unfit),
    /// These name an entry that has changed, and must be read with it.
    LookAgain(BTreeSet<String>),
}

/// `again` are files to be read whatever is known of them.
fn attempt(
    db: &Db,
    conn: &mut AnyConnection,
    options: &Options,
    unfit: &Unfit,
    again: &BTreeSet<String>,
) -> anyhow::Result<Attempt> {
    let scan = read_folder(&options.content)?;
    if !options.full && unfit.is_empty() && again.is_empty() {
        let nothing_new = conn.snapshot(|conn| queries::nothing_new(conn, &scan.files))?;
        if let Some((edition, problems)) = nothing_new {
            return Ok(Attempt::Done(Box::new(Outcome {
                edition,
                files: scan.files.len(),
                diagnostics: sorted(problems.into_iter().chain(scan.diagnostics).collect()),
                ..Outcome::default()
            })));
        }
    }
    let mut state = conn.snapshot(queries::state)?;
    state.stale.extend(again.iter().cloned());
    let entries_before = state.entries.clone();
    let is_first = state.articles.is_empty();
    let is_whole = is_first || options.full;
    let before = Before {
        edition: state.edition,
        problems: state.problems.clone(),
        files: scan.files.len(),
        is_first,
        is_whole,
    };
    let bar = bar(scan.files.len() as u64, options.progress);
    let changes = Changes::find(&options.content, scan, state, options.full, unfit, &bar)?;

    if !is_whole {
        let mut naming = conn.snapshot(|conn| queries::naming(conn, &changes, &entries_before))?;
        naming.retain(|path| !again.contains(path));
        if !naming.is_empty() {
            return Ok(Attempt::LookAgain(naming));
        }
    }
    take_in(db, conn, options, &changes, before, &bar)
}

/// What was known before a run, as far as its end needs it.
struct Before {
    edition: i64,
    problems: Vec<Diagnostic>,
    /// How many files there are now.
    files: usize,
    /// Whether there is no article yet.
    is_first: bool,
    /// Whether every article is read in this run.
    is_whole: bool,
}

/// Writes what has changed, and says what became of it.
fn take_in(
    db: &Db,
    conn: &mut AnyConnection,
    options: &Options,
    changes: &Changes,
    before: Before,
    bar: &ProgressBar,
) -> anyhow::Result<Attempt> {
    let mut outcome = Outcome {
        edition: before.edition,
        files: before.files,
        read: changes.read,
        written: changes.articles.len(),
        removed: changes.removed_articles.len(),
        held: changes.held(),
        ..Outcome::default()
    };
    if changes.is_nothing() {
        let old = before.problems.into_iter();
        outcome.diagnostics = sorted(old.chain(changes.diagnostics.iter().cloned()).collect());
        bar.finish_and_clear();
        return Ok(Attempt::Done(Box::new(outcome)));
    }
    let mut across = None;
    if changes.is_only_stamps() {
        conn.long_change(|conn| queries::write_stamps(conn, &changes.stamps))?;
    } else {
        let written = std::thread::scope(|scope| {
            let (rendered, is_rendered) = channel();
            // Among very many new articles this takes a while, and there is a
            // core for it as soon as one thread alone goes on and writes.
            let looking = before.is_first.then(|| {
                scope.spawn(move || {
                    let is_rendered = is_rendered.recv().is_ok();
                    is_rendered.then(|| changes.across(&[], true))
                })
            });
            let written = write(conn, changes, before.edition, options, bar, rendered);
            across = looking.and_then(|looking| looking.join().ok()).flatten();
            written
        });
        match written {
            Ok((edition, rendered)) => {
                db.wrote(conn);
                outcome.edition = edition;
                outcome.is_new = true;
                outcome.diagnostics = rendered;
            }
            Err(WriteError::Overtaken) => return Ok(Attempt::Overtaken),
            Err(WriteError::Unfit(found)) => return Ok(Attempt::Unfit(found)),
            Err(WriteError::Other(error)) => return Err(error),
        }
    }
    bar.finish_and_clear();
    // Readers have the new edition already: this is for those who write it.
    let across = match across {
        Some(across) => across,
        None if changes.articles.is_empty() => Vec::new(),
        None => {
            let others = conn.snapshot(|conn| queries::beside(conn, changes))?;
            changes.across(&others, before.is_whole)
        }
    };
    let reread: BTreeSet<&str> = changes.touched_paths();
    let old = before
        .problems
        .into_iter()
        .filter(|one| !reread.contains(one.file.as_str()));
    let new = changes.diagnostics.iter().cloned();
    // What lies between articles is told, but not kept: it would be out of date
    // as soon as another of them changes.
    outcome.diagnostics = sorted(
        old.chain(new)
            .chain(outcome.diagnostics)
            .chain(across)
            .collect(),
    );
    Ok(Attempt::Done(Box::new(outcome)))
}

enum WriteError {
    /// Another process has made an edition since this run began, or a file has
    /// changed.
    Overtaken,
    /// Rendering found errors in these files.
    Unfit(Unfit),
    Other(anyhow::Error),
}

impl WriteError {
    fn from_rendering(error: anyhow::Error) -> WriteError {
        if error.is::<ChangedMeanwhile>() {
            WriteError::Overtaken
        } else {
            WriteError::Other(error)
        }
    }
}

impl From<diesel::result::Error> for WriteError {
    fn from(error: diesel::result::Error) -> Self {
        WriteError::Other(error.into())
    }
}

/// So many articles are rendered before the database is locked; more of them
/// at once would take too much memory, and are rendered while it is.
const AHEAD: usize = 200;

/// `rendered` hears of it when no more is rendered, and what is left is to write.
fn write(
    conn: &mut AnyConnection,
    changes: &Changes,
    began_from: i64,
    options: &Options,
    bar: &ProgressBar,
    rendered: Sender<()>,
) -> Result<(i64, Vec<Diagnostic>), WriteError> {
    let now = jiff::Timestamp::now().as_millisecond();
    let mut diagnostics = Vec::new();
    let mut ahead = Vec::new();
    let is_few = changes.articles.len() <= AHEAD;
    if is_few {
        let keep = |article| {
            ahead.push(article);
            Ok(())
        };
        changes
            .render(bar, Purpose::Pages, keep, &mut diagnostics)
            .map_err(WriteError::from_rendering)?;
        refuse_unfit(&mut diagnostics)?;
    }
    let fill = |conn: &mut AnyConnection| {
        if articles::queries::edition(conn)? != began_from {
            return Err(WriteError::Overtaken);
        }
        let edition = began_from + 1;
        // The key of this row is the referee where an engine has no advisory
        // locks: of two that come this far, one waits here for the other's end.
        if !queries::claim_edition(conn, edition, now)? {
            return Err(WriteError::Overtaken);
        }
        let is_whole = options.full || began_from == 0;
        let touched = Touched::before(conn, changes, is_whole)?;
        let mut counted = Counted::before(conn, changes)?;
        queries::clear(conn, changes)?;
        let mut write_one = |article: FinishedArticle| {
            let planned = article.planned;
            queries::write_article(conn, article, now)?;
            queries::settle_named(conn, planned, &options.letterhead, now)
        };
        for article in ahead {
            write_one(article)?;
        }
        if !is_few {
            let write_one = |article: FinishedArticle| write_one(article).map_err(Into::into);
            changes
                .render(bar, Purpose::Pages, write_one, &mut diagnostics)
                .map_err(WriteError::from_rendering)?;
            refuse_unfit(&mut diagnostics)?;
        }
        let _ = rendered.send(()); // Nobody may be waiting for it.
        queries::write_rest(conn, changes)?;
        counted.add_after(conn, changes)?;
        counted.count(conn)?;
        let found: Vec<&Diagnostic> = changes.diagnostics.iter().chain(&diagnostics).collect();
        queries::write_problems(conn, changes, &found)?;
        queries::write_stamps(conn, &changes.stamps)?;
        queries::finish_edition(conn, edition)?;
        let zone = options.letterhead.time_zone.clone();
        let visibility = Audience {
            drafts: false,
            zone,
        };
        let change = touched.after(conn, changes, visibility.now())?;
        editions::append(conn, &change, now)?;
        Ok((edition, diagnostics))
    };
    if began_from == 0 {
        conn.filling_change(fill)
    } else {
        conn.long_change(fill)
    }
}

/// Files in which rendering found errors are not written.
fn refuse_unfit(diagnostics: &mut Vec<Diagnostic>) -> Result<(), WriteError> {
    let mut unfit = Unfit::new();
    for one in diagnostics.iter().filter(|one| one.is_error()) {
        unfit.entry(one.file.clone()).or_default();
    }
    if unfit.is_empty() {
        return Ok(());
    }
    for one in std::mem::take(diagnostics) {
        if let Some(found) = unfit.get_mut(&one.file) {
            found.push(one);
        }
    }
    Err(WriteError::Unfit(unfit))
}

fn read_folder(content: &Path) -> anyhow::Result<content::Scan> {
    content::scan(content).with_context(|| {
        format!(
            "the content folder {} cannot be read; name another with --content or DAYBOOK_CONTENT",
            content.display()
        )
    })
}

fn bar(files: u64, wanted: bool) -> ProgressBar {
    let target = if wanted {
        ProgressDrawTarget::stderr() // Draws nothing where that is no terminal.
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(files), target);
    if let Ok(style) = ProgressStyle::with_template("{msg:10} {bar:40} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar
}

fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|a, b| {
        (&a.file, a.line, a.column, &a.code).cmp(&(&b.file, b.line, b.column, &b.code))
    });
    diagnostics.dedup();
    diagnostics
}

/// One parsed file with the place it came from.
#[derive(Debug)]
struct Read {
    path: String,
    document: Document,
}

/// The pictures beside an article, by file name.
type Beside = BTreeMap<String, content::PictureFile>;
