//! A content folder of one test's own, and the database that it is imported
//! into.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use daybook::dates::DateStyle;
use daybook::db::{Db, migrate};
use daybook::ingest::{self, Outcome};
use daybook::mail::Letterhead;
use jiff::tz::TimeZone;
use tempfile::TempDir;

use super::TestDatabase;

/// A content folder with its database. Its folders go with it.
pub(crate) struct Corpus {
    // Dropped in this order: the database before the folder that may hold it.
    pub(crate) database: TestDatabase,
    root: TempDir,
}

impl Corpus {
    /// A copy of `tests/fixtures/content`.
    pub(crate) fn fixtures() -> Corpus {
        let corpus = Corpus::empty();
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/content");
        copy(&fixtures, &corpus.content());
        corpus
    }

    /// An empty content folder and an empty database.
    pub(crate) fn empty() -> Corpus {
        let root = TempDir::new().unwrap();
        for folder in ["content/articles", "data"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        Corpus {
            database: TestDatabase::create(&root.path().join("data")),
            root,
        }
    }

    pub(crate) fn content(&self) -> PathBuf {
        self.root.path().join("content")
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    /// A file outside the content folder, for tests of what must not get in.
    pub(crate) fn outside(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.content().join(file)
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    /// Writes a file in place, as a plain editor does.
    pub(crate) fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Writes an entry for each name that the articles of the fixtures carry.
    pub(crate) fn register_names(&self) {
        for (registry, names) in [
            (
                "places",
                "Cairo,Dubai,Hidden Place,Jamaica,Lakehurst,Münster,Paris,Rome,Sussex",
            ),
            (
                "people",
                "Harold Godwinson,Hidden Person,Matthew Ridgway,Nobody Known",
            ),
            ("organisations", "Eighth Army,Space Agency"),
            (
                "topics",
                "Antiquity,Architecture,Astronomy,Korean War,Spaceflight",
            ),
        ] {
            for name in names.split(',') {
                let file = format!("{registry}/{}.md", name.to_lowercase().replace(' ', "-"));
                let entry = format!("---\nname: {name}\n---\nText.\n");
                self.write(&file.replace('ü', "u"), entry);
            }
        }
    }

    /// Changes words of a file; the old ones must be there.
    pub(crate) fn edit(&self, file: &str, old: &str, new: &str) {
        let text = self.read(file);
        assert!(text.contains(old), "{file} does not hold {old:?}");
        self.write(file, text.replace(old, new));
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        let to = self.path(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(self.path(from), to).unwrap();
    }

    pub(crate) fn remove(&self, file: &str) {
        fs::remove_file(self.path(file)).unwrap();
    }

    /// Makes every file look as if it had been written an hour ago, so that
    /// its time alone can tell that it is unchanged.
    pub(crate) fn age(&self) {
        let hour_ago = SystemTime::now() - Duration::from_secs(3600);
        for path in files(&self.content()) {
            let file = fs::File::options().write(true).open(path).unwrap();
            file.set_modified(hour_ago).unwrap();
        }
    }

    /// Sets a file's time to now and leaves its content.
    pub(crate) fn touch(&self, file: &str) {
        let file = fs::File::options()
            .write(true)
            .open(self.path(file))
            .unwrap();
        file.set_modified(SystemTime::now()).unwrap();
    }

    /// Imports what changed, as `daybook ingest` does.
    pub(crate) fn ingest(&self) -> Outcome {
        self.ingest_with(false)
    }

    /// Imports everything, as `daybook ingest --full` does.
    pub(crate) fn ingest_full(&self) -> Outcome {
        self.ingest_with(true)
    }

    /// Imports as the watch does that saw changes of these files alone.
    pub(crate) fn ingest_only(&self, files: &[&str]) -> Outcome {
        let files = files.iter().map(|file| (*file).to_owned()).collect();
        ingest::run_on(&self.migrated(), &self.options(false), &files).unwrap()
    }

    fn ingest_with(&self, full: bool) -> Outcome {
        ingest::run(&self.migrated(), &self.options(full)).unwrap()
    }

    fn options(&self, full: bool) -> ingest::Options {
        ingest::Options {
            content: self.content(),
            full,
            letterhead: letterhead(),
            progress: false,
        }
    }

    /// Makes the renditions that are missing, as every import does afterwards.
    pub(crate) fn make_renditions(&self) -> usize {
        ingest::make_renditions(&self.migrated(), false, || false).unwrap()
    }

    /// A handle on the database with its tables made.
    pub(crate) fn migrated(&self) -> Db {
        let db = self.database.open();
        migrate::run(&mut db.connect().unwrap()).unwrap();
        db
    }
}

/// What mails say of the site.
pub(crate) fn letterhead() -> Letterhead {
    Letterhead {
        site_name: "Daybook".to_owned(),
        base_url: "https://daybook.example".to_owned(),
        date_style: DateStyle::Mdy,
        time_zone: TimeZone::UTC,
    }
}

/// The text of a small article that nothing is wrong with.
pub(crate) fn article(title: &str, date: &str, body: &str) -> String {
    format!(
        "---\ntitle: {title}\nsummary: A summary of {title}.\ndate: \"{date}\"\n\
         sources:\n  - {{id: book, kind: book, title: A book}}\n---\n{body}[^book]\n"
    )
}

fn copy(from: &Path, to: &Path) {
    for path in files(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(path, target).unwrap();
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}
