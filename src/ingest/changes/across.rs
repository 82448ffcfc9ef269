//! What the changed articles say against each other, and against those that
//! stay.

use std::collections::HashSet;

use super::Changes;
use crate::check::{self, Sketch};
use crate::content::{Allow, ArticleFile, Diagnostic};

impl Changes {
    /// What is wrong between articles. `others` are articles that stay as they
    /// are and may have to do with a changed one; `is_whole` says that there is
    /// no other beside these and the changed ones.
    pub(in crate::ingest) fn across(
        &self,
        others: &[(String, ArticleFile)],
        is_whole: bool,
    ) -> Vec<Diagnostic> {
        let changed = self
            .articles
            .iter()
            .map(|one| (one.path.as_str(), one.file.as_ref()));
        let others = others.iter().map(|(path, file)| (path.as_str(), file));
        let mut all: Vec<(&str, &ArticleFile)> = changed.clone().chain(others).collect();
        all.sort_by_key(|(path, _)| *path);
        let sketches: Vec<Sketch> = all
            .iter()
            .map(|(path, file)| Sketch::of(path, file, &self.names))
            .collect();
        let named: HashSet<_> = all
            .iter()
            .flat_map(|(_, file)| Sketch::named(file, &self.names))
            .collect();
        // What a file names that cannot be read is not known.
        let all_read = is_whole && !self.stamps.iter().any(|stamp| stamp.held);
        let found = check::across(&sketches, &self.names, all_read.then_some(&named));
        let allows: Vec<(&str, &[Allow])> = all
            .iter()
            .map(|(path, file)| (*path, file.allow.as_slice()))
            .collect();
        let mut found = check::silence_across(&allows, found);
        if !is_whole {
            let changed: HashSet<&str> = changed.map(|(path, _)| path).collect();
            // An `allow` may silence what lies between articles that were not
            // asked; and what lies between two others was told when they came.
            found.retain(|one| {
                let notes = one.advice.notes.iter();
                let places = notes.filter_map(|note| note.place.as_ref());
                let mut files = places.map(|place| place.file.as_str());
                one.code != "L001"
                    && (changed.contains(one.file.as_str())
                        || files.any(|file| changed.contains(file)))
            });
        }
        found
    }
}
