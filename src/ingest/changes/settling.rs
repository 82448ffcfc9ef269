//! Who has which address and which name, and who must be read again for it.

use std::collections::BTreeSet;
use std::path::Path;

use super::super::queries::{Stamp, State};
use super::super::{Read, Unfit};
use super::Changes;
use super::reading::Opened;
use crate::content::{Catalogue, Claimant, Diagnostic, Document, Entry, FoundFile};
use crate::paths;

impl Changes {
    /// Takes out files whose text was found to have errors.
    pub(super) fn hold_back(&mut self, reads: &mut Vec<Read>, unfit: &Unfit) {
        for (path, found) in unfit {
            self.diagnostics.extend(found.iter().cloned());
            if let Some(stamp) = self.stamps.iter_mut().find(|stamp| stamp.path == *path) {
                stamp.hold();
            }
        }
        reads.retain(|read| !unfit.contains_key(&read.path));
    }

    /// Settles who has which slug, alias and name; losers leave `reads`.
    pub(super) fn settle(
        &mut self,
        present: &BTreeSet<&str>,
        reads: &mut Vec<Read>,
        state: &State,
    ) {
        let read_now: BTreeSet<&str> = reads.iter().map(|read| read.path.as_str()).collect();
        let mut claimants: Vec<Claimant> = state
            .articles
            .values()
            .filter(|article| {
                present.contains(article.path.as_str()) && !read_now.contains(article.path.as_str())
            })
            .map(|article| article.claimant())
            .collect();
        for read in reads.iter() {
            if let Document::Article(file) = &read.document {
                let slug = file.slug.to_string();
                claimants.push(Claimant {
                    path: read.path.clone(),
                    established: state.articles.get(&slug).is_some_and(|old| {
                        old.path == read.path || !present.contains(old.path.as_str())
                    }),
                    slug,
                    title: file.title.clone(),
                    aliases: file.aliases.clone(),
                });
            }
        }
        let (catalogue, found) = Catalogue::settle(claimants);
        self.catalogue = catalogue;
        self.diagnostics.extend(found);

        for entry in state.entries.values() {
            if present.contains(entry.path.as_str()) && !read_now.contains(entry.path.as_str()) {
                // It was settled before; a newcomer cannot take its names.
                let _ = self.names.add(entry.registry, &entry.slug, entry.entry());
            }
        }
        let mut clashes = BTreeSet::new();
        for read in reads.iter() {
            if let Document::Entry(file) = &read.document {
                let entry = Entry {
                    path: read.path.clone(),
                    name: file.name.clone(),
                    details: file.details.clone(),
                };
                if let Err(other) = self.names.add(file.registry, file.slug.as_str(), entry) {
                    let message = format!(
                        "one of its names is already that of `{other}`: keep it in one of the two files"
                    );
                    let diagnostic = Diagnostic::error(1, 1, "A003", &message);
                    self.diagnostics.push(diagnostic.in_file(&read.path));
                    clashes.insert(read.path.clone());
                }
            }
            if let Document::Removed(list) = &read.document {
                for one in list {
                    if self.catalogue.contains(one.slug.as_str()) {
                        let message = format!(
                            "`{}` is listed as removed, but the article is there",
                            one.slug
                        );
                        let diagnostic = Diagnostic::warning(1, 1, "A004", &message);
                        self.diagnostics.push(diagnostic.in_file(&read.path));
                    }
                }
            }
        }
        reads.retain(|read| {
            let refused = self.catalogue.is_refused(&read.path) || clashes.contains(&read.path);
            if refused
                && let Some(stamp) = self.stamps.iter_mut().find(|stamp| stamp.path == read.path)
            {
                stamp.hold();
            }
            !refused
        });
        self.names_changed = reads
            .iter()
            .any(|read| matches!(read.document, Document::Entry(_)))
            || state
                .entries
                .values()
                .any(|entry| !present.contains(entry.path.as_str()));
        let stamped: BTreeSet<&str> = self
            .stamps
            .iter()
            .map(|stamp| stamp.path.as_str())
            .collect();
        self.still_held = state
            .files
            .iter()
            .filter(|(path, known)| {
                known.held && present.contains(path.as_str()) && !stamped.contains(path.as_str())
            })
            .count();
    }

    /// Reads again what links to an article whose title or address changed.
    pub(super) fn follow_titles(
        &mut self,
        root: &Path,
        files: &[FoundFile],
        reads: &mut Vec<Read>,
        state: &State,
        unfit: &Unfit,
    ) {
        let by_alias = state.by_alias();
        // The slug and title behind a slug or an old one, before this run.
        let find = |slug: &str| {
            let known = state.articles.get(slug);
            let known = known.or_else(|| by_alias.get(paths::article(slug).as_str()).copied());
            known.map(|article| (article.slug.as_str(), article.title.as_str()))
        };
        let mut moved: BTreeSet<&str> = state
            .links
            .values()
            .flatten()
            .map(String::as_str)
            .filter(|target| {
                let now = self.catalogue.find(target);
                now != find(target)
            })
            .collect();
        moved.remove("");
        if moved.is_empty() {
            return;
        }
        let read_now: BTreeSet<String> = reads.iter().map(|read| read.path.clone()).collect();
        for file in files {
            let depends = state.links.get(&file.path).is_some_and(|targets| {
                targets.iter().any(|target| moved.contains(target.as_str()))
            });
            if depends && !read_now.contains(&file.path) && !unfit.contains_key(&file.path) {
                let opened = Opened::open(root, file, None);
                self.read += 1;
                // A file that changed since it was listed waits for the next
                // run, which will see it.
                let known = state.files.get(&file.path);
                if let Some(document) = opened.document
                    && known.is_some_and(|known| known.hash == opened.hash)
                {
                    self.stamps
                        .push(Stamp::new(file, opened.hash, false, known));
                    let path = file.path.clone();
                    reads.push(Read { path, document });
                }
            }
        }
    }
}
