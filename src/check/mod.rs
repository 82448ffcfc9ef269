//! The linter: finds what is wrong in the files of `content/` before readers
//! do. Each family of lints is a file; what each code means is in
//! `docs/lints.md`, which `daybook check --explain` prints.
//!
//! An error is only what would make a page state something false or be broken;
//! it holds the file back. All else is a warning. `ingest` calls this for every
//! article that it renders, so `check` and the running site agree.

mod across;
mod allow;
mod dates;
mod entries;
mod lints;
mod names;
mod pictures;
mod sources;
mod style;
mod subject;
mod words;

use crate::content::Diagnostic;
use crate::dates::DateStyle;

pub use across::{CODES as ACROSS_CODES, Days, ListedName, Sketch, SketchedClaim, Works, across};
pub use allow::silence_across;
pub use entries::entry;
pub use lints::Lint;
pub use subject::Subject;

/// How findings write dates, whatever the style of the site: they speak to
/// editors, and of files.
const STYLE: DateStyle = DateStyle::Mdy;

/// What is wrong with one article, in the order of its lines. What the article
/// silences with a reason is left out.
#[must_use]
pub fn article(subject: &Subject) -> Vec<Diagnostic> {
    let mut found = subject.rendered.diagnostics.clone();
    dates::lint(subject, &mut found);
    names::lint(subject, &mut found);
    sources::lint(subject, &mut found);
    pictures::lint(subject, &mut found);
    style::lint(subject, &mut found);
    let mut found = allow::apply(&subject.file.allow, found);
    found.sort_by(|a, b| (a.line, a.column, &a.code).cmp(&(b.line, b.column, &b.code)));
    found
        .into_iter()
        .map(|one| one.in_file(subject.path))
        .collect()
}
