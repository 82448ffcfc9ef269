//! What has changed since the last edition, and what follows from it.

mod across;
mod looking;
mod reading;
mod rendering;
mod settling;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indicatif::ProgressBar;

pub(in crate::ingest) use reading::hash;
use reading::wanted;
pub(in crate::ingest) use rendering::{ChangedMeanwhile, Purpose};

use super::queries::{Stamp, State};
use super::{Beside, Read, Unfit};
use crate::articles::model::{Registry, Source};
use crate::check;
use crate::content::{
    ArticleFile, Catalogue, Diagnostic, Document, EntryFile, Names, PageFile, RenderedArticle,
    Scan, TombstoneFile, render_prose,
};
use crate::pictures::Examined;
use crate::{dates, markdown};

/// All that a run will write.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Changes {
    /// How many files were opened.
    pub(in crate::ingest) read: usize,
    /// Articles to render and write.
    pub(in crate::ingest) articles: Vec<PlannedArticle>,
    /// Slugs whose article goes away.
    pub(in crate::ingest) removed_articles: Vec<String>,
    /// Entries to write, with the rendered text left to the writer.
    pub(in crate::ingest) entries: Vec<(String, EntryFile)>,
    /// Entries that go away.
    pub(in crate::ingest) removed_entries: Vec<(Registry, String)>,
    /// Pages to write.
    pub(in crate::ingest) pages: Vec<(String, PageFile)>,
    /// Pages that go away.
    pub(in crate::ingest) removed_pages: Vec<String>,
    /// The tombstones, if the list was read anew.
    pub(in crate::ingest) tombstones: Option<Vec<TombstoneFile>>,
    /// Whether names must be resolved again for every article.
    pub(in crate::ingest) names_changed: bool,
    /// New pictures, by hash: what they are, and their bytes.
    pub(in crate::ingest) pictures: BTreeMap<String, (Examined, Vec<u8>)>,
    /// What is known of those and of the older ones.
    pub(in crate::ingest) picture_files: BTreeMap<String, Beside>,
    /// What the file system said of each file that was opened.
    pub(in crate::ingest) stamps: Vec<Stamp>,
    /// Files that are no longer there.
    pub(in crate::ingest) removed_files: Vec<String>,
    /// What was found wrong before rendering.
    pub(in crate::ingest) diagnostics: Vec<Diagnostic>,
    /// Articles and their titles, old and new.
    pub(in crate::ingest) catalogue: Catalogue,
    /// Names and entries, old and new.
    pub(in crate::ingest) names: Names,
    /// Old slug to new slug, where an article took its history along.
    pub(in crate::ingest) renames: BTreeMap<String, String>,
    root: PathBuf,
    still_held: usize,
}

/// An article that will be rendered.
#[derive(Debug)]
pub(in crate::ingest) struct PlannedArticle {
    pub(in crate::ingest) path: String,
    pub(in crate::ingest) hash: String,
    pub(in crate::ingest) revision: i64,
    /// Whether this revision is new and must be kept.
    pub(in crate::ingest) is_new_revision: bool,
    /// Where there are very many articles, without its `source`, which is read
    /// again when the article is rendered.
    pub(in crate::ingest) file: Arc<ArticleFile>,
}

/// An article ready to be written.
pub(in crate::ingest) struct FinishedArticle<'a> {
    pub(in crate::ingest) planned: &'a PlannedArticle,
    /// The whole file, whatever `planned` has kept of it.
    pub(in crate::ingest) file: Arc<ArticleFile>,
    pub(in crate::ingest) rendered: RenderedArticle,
    pub(in crate::ingest) beside: &'a Beside,
    pub(in crate::ingest) names: &'a Names,
}

impl Changes {
    /// Compares the folder with what the database knows.
    pub(in crate::ingest) fn find(
        root: &Path,
        scan: Scan,
        mut state: State,
        full: bool,
        unfit: &Unfit,
        bar: &ProgressBar,
    ) -> anyhow::Result<Changes> {
        let mut changes = Changes {
            diagnostics: scan.diagnostics,
            root: root.to_owned(),
            ..Changes::default()
        };
        let known = if scan.is_partial {
            for (path, picture) in std::mem::take(&mut state.picture_of_file) {
                changes.put_beside(&path, picture);
            }
            state.paths()
        } else {
            Vec::new()
        };
        let present: BTreeSet<&str> = scan
            .files
            .iter()
            .map(|file| file.path.as_str())
            .chain(known.iter().map(String::as_str))
            .collect();
        changes.removed_files = state
            .files
            .keys()
            .filter(|path| !present.contains(path.as_str()))
            .cloned()
            .collect();

        let changed_pictures = changes.take_pictures(root, &scan.files, &mut state, full);
        let wanted = wanted(&scan.files, &state, &changed_pictures, full);
        bar.set_message("reading");
        bar.set_length(wanted.len() as u64);
        let mut reads = changes.open(root, &wanted, &state, &changed_pictures, full, bar);
        changes.hold_back(&mut reads, unfit);
        changes.settle(&present, &mut reads, &state);
        changes.follow_titles(root, &scan.files, &mut reads, &state, unfit);
        changes.plan(reads, &state);
        changes.find_removed(&present, &state);
        Ok(changes)
    }

    /// Nothing at all to write.
    pub(in crate::ingest) fn is_nothing(&self) -> bool {
        self.stamps.is_empty() && self.is_only_stamps()
    }

    /// No page changes: only times of files, if anything.
    pub(in crate::ingest) fn is_only_stamps(&self) -> bool {
        self.articles.is_empty()
            && self.removed_articles.is_empty()
            && self.entries.is_empty()
            && self.removed_entries.is_empty()
            && self.pages.is_empty()
            && self.removed_pages.is_empty()
            && self.tombstones.is_none()
            && self.removed_files.is_empty()
            && !self.stamps.iter().any(Stamp::is_news)
    }

    /// How many files are held back for an error after this run.
    pub(in crate::ingest) fn held(&self) -> usize {
        self.stamps.iter().filter(|stamp| stamp.held).count() + self.still_held
    }

    /// The files whose old findings are out of date.
    pub(in crate::ingest) fn touched_paths(&self) -> BTreeSet<&str> {
        self.stamps
            .iter()
            .filter(|stamp| !stamp.is_same)
            .map(|stamp| stamp.path.as_str())
            .chain(self.removed_files.iter().map(String::as_str))
            .chain(self.articles.iter().map(|article| article.path.as_str()))
            .collect()
    }

    /// Gives each article its revision and sorts the rest by what it is.
    fn plan(&mut self, reads: Vec<Read>, state: &State) {
        let hashes: HashMap<String, String> = self
            .stamps
            .iter()
            .map(|stamp| (stamp.path.clone(), stamp.hash.clone()))
            .collect();
        for Read { path, document } in reads {
            match document {
                Document::Article(file) => {
                    let hash = hashes.get(&path).cloned().unwrap_or_default();
                    let slug = file.slug.to_string();
                    let from = file.aliases.iter().find_map(|alias| {
                        let old = alias.path.strip_prefix("/articles/")?;
                        let gone =
                            state.articles.contains_key(old) && !self.catalogue.contains(old);
                        (gone && !state.revisions.contains_key(&slug)).then(|| old.to_owned())
                    });
                    let history = from.as_ref().unwrap_or(&slug);
                    let last = state.revisions.get(history);
                    let (revision, is_new_revision) = match last {
                        Some((number, last)) if *last == hash => (*number, false),
                        Some((number, _)) => (number + 1, true),
                        None => (1, true),
                    };
                    if let Some(old) = from {
                        self.renames.insert(old, slug);
                    }
                    self.articles.push(PlannedArticle {
                        path,
                        hash,
                        revision,
                        is_new_revision,
                        file: Arc::new(*file),
                    });
                }
                Document::Entry(file) => {
                    let sources = &file.details.sources;
                    self.look_at_prose(&path, &file.body, file.lines_before_body, sources);
                    let found = check::entry(&path, &file, dates::today(&jiff::tz::TimeZone::UTC));
                    self.diagnostics.extend(found);
                    self.entries.push((path, *file));
                }
                Document::Page(file) => {
                    self.look_at_prose(&path, &file.body, file.lines_before_body, &[]);
                    self.pages.push((path, file));
                }
                Document::Removed(list) => self.tombstones = Some(list),
            }
        }
        self.articles.sort_by(|a, b| a.path.cmp(&b.path));
    }

    /// Says what is wrong with the text of an entry or a page.
    fn look_at_prose(
        &mut self,
        path: &str,
        body: &str,
        lines_before_body: usize,
        sources: &[Source],
    ) {
        let (_, _, found) = render_prose(body, lines_before_body, sources, &self.catalogue);
        let found = found.into_iter().map(|one| one.in_file(path));
        self.diagnostics.extend(found);
    }

    fn find_removed(&mut self, present: &BTreeSet<&str>, state: &State) {
        for (slug, article) in &state.articles {
            let moved = || {
                self.articles
                    .iter()
                    .any(|planned| planned.file.slug.as_str() == slug)
            };
            if !present.contains(article.path.as_str()) && !moved() {
                self.removed_articles.push(slug.clone());
            }
        }
        for entry in state.entries.values() {
            if !present.contains(entry.path.as_str()) {
                self.removed_entries
                    .push((entry.registry, entry.slug.clone()));
            }
        }
        for (slug, path) in &state.pages {
            if !present.contains(path.as_str()) {
                self.removed_pages.push(slug.clone());
            }
        }
        if self.removed_files.iter().any(|path| path == "removed.yaml") {
            self.tombstones = Some(Vec::new());
        }
    }
}

/// The version of what renders articles, kept with each: a program that offers
/// pictures as AVIF writes other HTML than one that does not.
pub(in crate::ingest) fn renderer() -> i64 {
    i64::from(markdown::VERSION) * 2 + i64::from(cfg!(feature = "avif"))
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
