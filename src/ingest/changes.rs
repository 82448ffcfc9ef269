//! What has changed since the last edition, and what follows from it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

use indicatif::ProgressBar;
use sha2::{Digest, Sha256};

use super::queries::{Stamp, State};
use super::{Beside, Read, Unfit};
use crate::articles::model::Registry;
use crate::content::{
    self, ArticleFile, Catalogue, Claimant, Diagnostic, Document, EntryFile, FileKind, FoundFile,
    Names, PageFile, PictureFile, RenderedArticle, Scan, TombstoneFile,
};
use crate::{markdown, pictures};

/// A file that was modified so shortly before the last edition that its time
/// cannot tell whether it was read before or after: its content decides.
const TOO_CLOSE_NS: i64 = 2_000_000_000;

/// All that a run will write.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// How many files were opened.
    pub(super) read: usize,
    /// Articles to render and write.
    pub(super) articles: Vec<PlannedArticle>,
    /// Slugs whose article goes away.
    pub(super) removed_articles: Vec<String>,
    /// Entries to write, with the rendered text left to the writer.
    pub(super) entries: Vec<(String, EntryFile)>,
    /// Entries that go away.
    pub(super) removed_entries: Vec<(Registry, String)>,
    /// Pages to write.
    pub(super) pages: Vec<(String, PageFile)>,
    /// Pages that go away.
    pub(super) removed_pages: Vec<String>,
    /// The tombstones, if the list was read anew.
    pub(super) tombstones: Option<Vec<TombstoneFile>>,
    /// Whether names must be resolved again for every article.
    pub(super) names_changed: bool,
    /// New pictures.
    pub(super) pictures: BTreeMap<String, Vec<u8>>,
    /// What is known of those and of the older ones.
    pub(super) picture_files: BTreeMap<String, Beside>,
    /// What the file system said of each file that was opened.
    pub(super) stamps: Vec<Stamp>,
    /// Files that are no longer there.
    pub(super) removed_files: Vec<String>,
    /// What was found wrong before rendering.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Articles and their titles, old and new.
    pub(super) catalogue: Catalogue,
    /// Names and entries, old and new.
    pub(super) names: Names,
    /// Old slug to new slug, where an article took its history along.
    pub(super) renames: BTreeMap<String, String>,
    still_held: usize,
}

/// An article that will be rendered.
#[derive(Debug)]
pub(super) struct PlannedArticle {
    pub(super) path: String,
    pub(super) hash: String,
    pub(super) revision: i64,
    /// Whether this revision is new and must be kept.
    pub(super) is_new_revision: bool,
    pub(super) file: Arc<ArticleFile>,
}

/// An article ready to be written.
pub(super) struct FinishedArticle<'a> {
    pub(super) planned: &'a PlannedArticle,
    pub(super) rendered: RenderedArticle,
    pub(super) beside: &'a Beside,
    pub(super) names: &'a Names,
}

impl Changes {
    /// Compares the folder with what the database knows.
    pub(super) fn find(
        root: &Path,
        scan: Scan,
        mut state: State,
        full: bool,
        unfit: &Unfit,
        bar: &ProgressBar,
    ) -> anyhow::Result<Changes> {
        let mut changes = Changes {
            diagnostics: scan.diagnostics,
            ..Changes::default()
        };
        let present: BTreeSet<&str> = scan.files.iter().map(|file| file.path.as_str()).collect();
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
        changes.follow_titles(root, &scan.files, &mut reads, &state);
        changes.plan(reads, &state);
        changes.find_removed(&present, &state);
        Ok(changes)
    }

    /// Nothing at all to write.
    pub(super) fn is_nothing(&self) -> bool {
        self.stamps.is_empty() && self.is_only_stamps()
    }

    /// No page changes: only times of files, if anything.
    pub(super) fn is_only_stamps(&self) -> bool {
        self.articles.is_empty()
            && self.removed_articles.is_empty()
            && self.entries.is_empty()
            && self.removed_entries.is_empty()
            && self.pages.is_empty()
            && self.removed_pages.is_empty()
            && self.tombstones.is_none()
            && self.removed_files.is_empty()
            && !self.stamps.iter().any(|stamp| stamp.is_news)
    }

    /// How many files are held back for an error after this run.
    pub(super) fn held(&self) -> usize {
        self.stamps.iter().filter(|stamp| stamp.held).count() + self.still_held
    }

    /// The files whose old findings are out of date.
    pub(super) fn touched_paths(&self) -> BTreeSet<&str> {
        self.stamps
            .iter()
            .map(|stamp| stamp.path.as_str())
            .chain(self.removed_files.iter().map(String::as_str))
            .chain(self.articles.iter().map(|article| article.path.as_str()))
            .collect()
    }

    /// Renders the planned articles on all cores and hands each to `take`, on
    /// this thread and in the order of the files.
    pub(super) fn render(
        &self,
        bar: &ProgressBar,
        mut take: impl FnMut(FinishedArticle) -> anyhow::Result<()>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> anyhow::Result<()> {
        bar.set_message("rendering");
        bar.set_length(self.articles.len() as u64);
        bar.set_position(0);
        let nothing = Beside::new();
        let next = AtomicUsize::new(0);
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        std::thread::scope(|scope| {
            let (send, receive) = sync_channel::<(usize, RenderedArticle)>(workers * 8);
            for _ in 0..workers.min(self.articles.len()) {
                let send = send.clone();
                let (next, nothing) = (&next, &nothing);
                scope.spawn(move || {
                    while let Some((at, planned)) = {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        self.articles.get(at).map(|planned| (at, planned))
                    } {
                        let beside = self
                            .picture_files
                            .get(folder(&planned.path))
                            .unwrap_or(nothing);
                        let rendered = content::render_article(
                            &planned.file,
                            planned.revision,
                            &self.catalogue,
                            beside,
                        );
                        if send.send((at, rendered)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(send);
            // Results come in any order; they are written in the order of the
            // files, so that a rebuilt database is the same byte for byte.
            let mut waiting: BTreeMap<usize, RenderedArticle> = BTreeMap::new();
            let mut expected = 0;
            for (at, rendered) in receive {
                waiting.insert(at, rendered);
                while let Some(rendered) = waiting.remove(&expected) {
                    let planned = &self.articles[expected];
                    diagnostics.extend(
                        rendered
                            .diagnostics
                            .iter()
                            .map(|one| one.clone().in_file(&planned.path)),
                    );
                    let beside = self
                        .picture_files
                        .get(folder(&planned.path))
                        .unwrap_or(&nothing);
                    take(FinishedArticle {
                        planned,
                        rendered,
                        beside,
                        names: &self.names,
                    })?;
                    bar.inc(1);
                    expected += 1;
                }
            }
            Ok(())
        })
    }

    /// Reads pictures that are new or changed; returns the folders they lie in.
    fn take_pictures(
        &mut self,
        root: &Path,
        files: &[FoundFile],
        state: &mut State,
        full: bool,
    ) -> BTreeSet<String> {
        let mut folders = BTreeSet::new();
        for path in &self.removed_files {
            if state.picture_of_file.contains_key(path) {
                folders.insert(folder(path).to_owned());
            }
        }
        for file in files.iter().filter(|file| file.kind == FileKind::Picture) {
            let name = file
                .path
                .rsplit('/')
                .next()
                .unwrap_or(&file.path)
                .to_owned();
            let known = state.files.get(&file.path);
            let same = !full && known.is_some_and(|known| known.is_same(file, state.edition_ns));
            if same && let Some(picture) = state.picture_of_file.remove(&file.path) {
                self.picture_files
                    .entry(folder(&file.path).to_owned())
                    .or_default()
                    .insert(name, picture);
                continue;
            }
            if same && known.is_some_and(|known| !known.held) {
                continue;
            }
            folders.insert(folder(&file.path).to_owned());
            self.read += 1;
            let result = fs::metadata(root.join(&file.path))
                .map_err(|error| error.to_string())
                .and_then(|metadata| {
                    if metadata.len() > pictures::MAX_BYTES {
                        return Err(
                            "the picture is larger than 20 MiB: save a smaller one".to_owned()
                        );
                    }
                    fs::read(root.join(&file.path)).map_err(|error| error.to_string())
                })
                .and_then(|bytes| pictures::inspect(&bytes).map(|inspected| (bytes, inspected)));
            match result {
                Ok((bytes, inspected)) => {
                    let hash = hash(&bytes);
                    self.stamps
                        .push(Stamp::new(file, hash.clone(), false, known));
                    let picture = PictureFile {
                        hash: hash.clone(),
                        media_type: inspected.media_type.to_owned(),
                        width: inspected.width,
                        height: inspected.height,
                    };
                    self.picture_files
                        .entry(folder(&file.path).to_owned())
                        .or_default()
                        .insert(name, picture);
                    self.pictures.insert(hash, bytes);
                }
                Err(message) => {
                    let diagnostic = Diagnostic::error(1, 1, "P001", &message);
                    self.diagnostics.push(diagnostic.in_file(&file.path));
                    self.stamps
                        .push(Stamp::new(file, String::new(), true, known));
                }
            }
        }
        folders
    }

    /// Opens and parses files on all cores.
    fn open(
        &mut self,
        root: &Path,
        wanted: &[&FoundFile],
        state: &State,
        changed_pictures: &BTreeSet<String>,
        full: bool,
        bar: &ProgressBar,
    ) -> Vec<Read> {
        let next = AtomicUsize::new(0);
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        let mut opened: Vec<(usize, Opened)> = std::thread::scope(|scope| {
            let handles: Vec<_> = (0..workers.min(wanted.len()))
                .map(|_| {
                    let next = &next;
                    scope.spawn(move || {
                        let mut mine = Vec::new();
                        while let Some((at, file)) = {
                            let at = next.fetch_add(1, Ordering::Relaxed);
                            wanted.get(at).map(|file| (at, *file))
                        } {
                            let known = state.files.get(&file.path).filter(|known| {
                                !known.held
                                    && !full
                                    && !changed_pictures.contains(folder(&file.path))
                                    && !state.is_stale(&file.path)
                            });
                            mine.push((
                                at,
                                Opened::open(root, file, known.map(|known| known.hash.as_str())),
                            ));
                            bar.inc(1);
                        }
                        mine
                    })
                })
                .collect();
            handles
                .into_iter()
                .flat_map(|handle| handle.join().unwrap_or_default())
                .collect()
        });
        opened.sort_by_key(|(at, _)| *at);
        self.read += opened.len();
        let mut reads = Vec::new();
        for (at, opened) in opened {
            let file = wanted[at];
            let known = state.files.get(&file.path);
            for diagnostic in opened.diagnostics {
                self.diagnostics.push(diagnostic.in_file(&file.path));
            }
            let held = opened.document.is_none() && !opened.is_same;
            self.stamps.push(Stamp::new(file, opened.hash, held, known));
            if let Some(document) = opened.document {
                let path = file.path.clone();
                reads.push(Read { path, document });
            }
        }
        reads
    }

    /// Takes out files whose text was found to have errors.
    fn hold_back(&mut self, reads: &mut Vec<Read>, unfit: &Unfit) {
        for (path, found) in unfit {
            self.diagnostics.extend(found.iter().cloned());
            if let Some(stamp) = self.stamps.iter_mut().find(|stamp| stamp.path == *path) {
                stamp.hold();
            }
        }
        reads.retain(|read| !unfit.contains_key(&read.path));
    }

    /// Settles who has which slug, alias and name; losers leave `reads`.
    fn settle(&mut self, present: &BTreeSet<&str>, reads: &mut Vec<Read>, state: &State) {
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
                let _ = self.names.add(entry.registry, &entry.slug, entry.names());
            }
        }
        let mut clashes = BTreeSet::new();
        for read in reads.iter() {
            if let Document::Entry(file) = &read.document {
                let names = std::iter::once(file.name.clone()).chain(file.details.also.clone());
                if let Err(other) = self.names.add(file.registry, file.slug.as_str(), names) {
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
    fn follow_titles(
        &mut self,
        root: &Path,
        files: &[FoundFile],
        reads: &mut Vec<Read>,
        state: &State,
    ) {
        let mut moved: BTreeSet<&str> = state
            .links
            .iter()
            .flat_map(|(_, targets)| targets)
            .map(String::as_str)
            .filter(|target| {
                let now = self.catalogue.find(target);
                let before = state.find(target);
                now != before
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
            if depends && !read_now.contains(&file.path) {
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
                Document::Entry(file) => self.entries.push((path, file)),
                Document::Page(file) => self.pages.push((path, file)),
                Document::Removed(list) => self.tombstones = Some(list),
            }
        }
        self.articles.sort_by(|a, b| a.path.cmp(&b.path));
    }

    fn find_removed(&mut self, present: &BTreeSet<&str>, state: &State) {
        for (slug, article) in &state.articles {
            let moved = self
                .articles
                .iter()
                .any(|planned| planned.file.slug.as_str() == slug);
            if !present.contains(article.path.as_str()) && !moved {
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

/// The files that must be opened, in the order of their paths.
fn wanted<'a>(
    files: &'a [FoundFile],
    state: &State,
    changed_pictures: &BTreeSet<String>,
    full: bool,
) -> Vec<&'a FoundFile> {
    // A file that lost an address to one that has now gone gets its turn,
    // because files that are held back are always read again.
    files
        .iter()
        .filter(|file| file.kind != FileKind::Picture)
        .filter(|file| {
            full || state.is_stale(&file.path)
                || (matches!(file.kind, FileKind::Article(_))
                    && changed_pictures.contains(folder(&file.path)))
                || state
                    .files
                    .get(&file.path)
                    .is_none_or(|known| known.held || !known.is_same(file, state.edition_ns))
        })
        .collect()
}

/// A file as it was when it was opened.
#[derive(Debug, Default)]
struct Opened {
    hash: String,
    /// It holds what the database already knows.
    is_same: bool,
    document: Option<Document>,
    diagnostics: Vec<Diagnostic>,
}

impl Opened {
    fn open(root: &Path, file: &FoundFile, known_hash: Option<&str>) -> Opened {
        let bytes = match fs::read(root.join(&file.path)) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("the file cannot be read: {error}");
                return Opened {
                    diagnostics: vec![Diagnostic::error(1, 1, "S007", &message)],
                    ..Opened::default()
                };
            }
        };
        let hash = hash(&bytes);
        if known_hash == Some(hash.as_str()) {
            return Opened {
                hash,
                is_same: true,
                ..Opened::default()
            };
        }
        let (document, diagnostics) = content::parse(&file.kind, &bytes);
        Opened {
            hash,
            is_same: false,
            document,
            diagnostics,
        }
    }
}

impl super::queries::KnownFile {
    /// Whether size, time and number of the file say that it is unchanged.
    fn is_same(&self, file: &FoundFile, edition_ns: i64) -> bool {
        self.size == file.size
            && self.modified_ns == file.modified_ns
            && self.inode == file.inode
            && file.modified_ns < edition_ns.saturating_sub(TOO_CLOSE_NS)
    }
}

impl State {
    /// Whether an article was rendered by an older renderer.
    fn is_stale(&self, path: &str) -> bool {
        self.stale.contains(path)
    }
}

/// The version of what renders articles, kept with each.
pub(super) fn renderer() -> i64 {
    i64::from(markdown::VERSION)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
