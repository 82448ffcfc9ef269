//! What no article shows alone: events told twice, claims that contradict each
//! other, entries that nobody names.

mod claims;
mod duplicates;
mod registered;
mod sketch;

use std::collections::HashSet;

use crate::articles::model::Registry;
use crate::content::{Diagnostic, Names};

pub use sketch::{Days, ListedName, Sketch, SketchedClaim, Works};

/// The codes that are found here. What one article's file says cannot tell
/// whether its `allow` of one of them silences anything.
pub const CODES: [&str; 6] = ["N002", "N003", "X001", "X002", "X003", "X004"];

/// What is wrong between articles, and between them and the registries, in the
/// order of files and lines; [`silence_across`](super::silence_across) takes out
/// what the articles silence.
/// `named` holds the registry and slug of each entry that an article names, as
/// [`Sketch::named`] gives them; `None` where some article could not be read,
/// because what it names is then unknown.
///
/// Drafts are compared with nothing, but the names in them are looked up, and
/// what they name is named.
#[must_use]
pub fn across(
    sketches: &[Sketch],
    names: &Names,
    named: Option<&HashSet<(Registry, String)>>,
) -> Vec<Diagnostic> {
    let public: Vec<&Sketch> = sketches.iter().filter(|sketch| !sketch.draft).collect();
    let mut found = duplicates::find(&public);
    found.extend(claims::find(&public));
    found.extend(registered::unregistered(sketches, names));
    found.extend(
        named
            .into_iter()
            .flat_map(|named| registered::orphans(names, named)),
    );
    found.sort_by(|a, b| {
        (&a.file, a.line, a.column, &a.code).cmp(&(&b.file, b.line, b.column, &b.code))
    });
    found
}
