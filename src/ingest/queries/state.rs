//! What the database knows when a run begins.

use super::super::changes::renderer;
use crate::articles::model::EntryDetails;
use crate::articles::model::Registry;
use crate::content::{Alias, Claimant, Diagnostic, Entry, FoundFile, PictureFile, Severity};
use crate::db::AnyConnection;
use crate::db::schema::{
    aliases, articles, entries, files, links, pages, pictures, problems, revisions,
};
use crate::pictures::RECIPE;
use diesel::QueryResult;
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What the database knows when a run begins.
#[derive(Debug, Default)]
pub(in crate::ingest) struct State {
    /// The latest edition, 0 before the first.
    pub(in crate::ingest) edition: i64,
    pub(in crate::ingest) files: HashMap<String, KnownFile>,
    /// By slug.
    pub(in crate::ingest) articles: BTreeMap<String, KnownArticle>,
    /// By registry and slug.
    pub(in crate::ingest) entries: BTreeMap<(Registry, String), KnownEntry>,
    /// Slug to file.
    pub(in crate::ingest) pages: BTreeMap<String, String>,
    /// File to the slugs that its text links to.
    pub(in crate::ingest) links: HashMap<String, Vec<String>>,
    /// Slug to the number and the hash of the latest revision, of articles
    /// that have gone too.
    pub(in crate::ingest) revisions: HashMap<String, (i64, String)>,
    /// By hash.
    pub(in crate::ingest) pictures: HashMap<String, PictureFile>,
    /// File to picture.
    pub(in crate::ingest) picture_of_file: HashMap<String, PictureFile>,
    /// Files of articles that an older renderer rendered.
    pub(in crate::ingest) stale: BTreeSet<String>,
    /// What was found wrong and still is.
    pub(in crate::ingest) problems: Vec<Diagnostic>,
}

/// A file as it was when it was last read.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = files)]
pub(in crate::ingest) struct KnownFile {
    pub(in crate::ingest) size: i64,
    pub(in crate::ingest) modified_ns: i64,
    pub(in crate::ingest) inode: i64,
    /// When it was read, in milliseconds since 1970.
    pub(in crate::ingest) read_at: i64,
    pub(in crate::ingest) hash: String,
    pub(in crate::ingest) held: bool,
}

/// An article as readers see it now.
#[derive(Debug)]
pub(in crate::ingest) struct KnownArticle {
    pub(in crate::ingest) slug: String,
    pub(in crate::ingest) path: String,
    pub(in crate::ingest) title: String,
    pub(in crate::ingest) aliases: Vec<String>,
}

/// An entry as readers see it now.
#[derive(Clone, Debug)]
pub(in crate::ingest) struct KnownEntry {
    pub(in crate::ingest) registry: Registry,
    pub(in crate::ingest) slug: String,
    pub(in crate::ingest) path: String,
    pub(in crate::ingest) name: String,
    pub(in crate::ingest) details: EntryDetails,
}

/// What the file system said of a file when it was opened.
#[derive(Debug)]
pub(in crate::ingest) struct Stamp {
    pub(in crate::ingest) path: String,
    pub(in crate::ingest) size: i64,
    pub(in crate::ingest) modified_ns: i64,
    pub(in crate::ingest) inode: i64,
    pub(in crate::ingest) read_at: i64,
    pub(in crate::ingest) hash: String,
    pub(in crate::ingest) held: bool,
    /// Whether it was opened in vain: what is known of it still holds.
    pub(in crate::ingest) is_same: bool,
    is_changed: bool,
    was_held: bool,
    pub(in crate::ingest) is_new: bool,
}

impl Stamp {
    pub(in crate::ingest) fn new(
        file: &FoundFile,
        hash: String,
        held: bool,
        known: Option<&KnownFile>,
    ) -> Stamp {
        Stamp {
            path: file.path.clone(),
            size: file.size,
            modified_ns: file.modified_ns,
            inode: file.inode,
            read_at: file.seen_at,
            is_changed: known.is_none_or(|known| known.hash != hash),
            was_held: known.is_some_and(|known| known.held),
            is_same: false,
            is_new: known.is_none(),
            hash,
            held,
        }
    }

    /// The file turned out to have errors after it was read.
    pub(in crate::ingest) fn hold(&mut self) {
        self.held = true;
    }

    /// Whether its content, or what was found in it, is not what it was.
    pub(in crate::ingest) fn is_news(&self) -> bool {
        self.is_changed || self.held != self.was_held
    }
}

impl KnownArticle {
    pub(in crate::ingest) fn claimant(&self) -> Claimant {
        Claimant {
            path: self.path.clone(),
            slug: self.slug.clone(),
            title: self.title.clone(),
            aliases: self
                .aliases
                .iter()
                .map(|path| Alias {
                    path: path.clone(),
                    line: 1,
                    column: 1,
                })
                .collect(),
            established: true,
        }
    }
}

impl KnownEntry {
    pub(in crate::ingest) fn entry(&self) -> Entry {
        Entry {
            path: self.path.clone(),
            name: self.name.clone(),
            details: self.details.clone(),
        }
    }
}

/// What is known of an article: its slug, its file, its title, and what rendered
/// it.
pub(super) const AS_LISTED: (
    articles::slug,
    articles::path,
    articles::title,
    articles::renderer,
) = (
    articles::slug,
    articles::path,
    articles::title,
    articles::renderer,
);

/// What is known of a revision: of what it is one, and which.
pub(super) const AS_NUMBERED: (revisions::slug, revisions::number, revisions::hash) =
    (revisions::slug, revisions::number, revisions::hash);

/// What is kept of a picture: its hash, its size in pixels, and its tone.
pub(super) const AS_SEEN: (
    pictures::hash,
    pictures::width,
    pictures::height,
    pictures::tone,
) = (
    pictures::hash,
    pictures::width,
    pictures::height,
    pictures::tone,
);

impl State {
    /// Every file of which something is known here.
    pub(in crate::ingest) fn paths(&self) -> Vec<String> {
        let articles = self.articles.values().map(|article| &article.path);
        let entries = self.entries.values().map(|entry| &entry.path);
        let known = self.files.keys().chain(articles).chain(entries);
        known.cloned().collect()
    }

    /// Articles by their old addresses.
    pub(in crate::ingest) fn by_alias(&self) -> HashMap<&str, &KnownArticle> {
        let articles = self.articles.values();
        articles
            .flat_map(|article| {
                let aliases = article.aliases.iter();
                aliases.map(move |alias| (alias.as_str(), article))
            })
            .collect()
    }

    /// Takes up what is known of these articles; the rows are as [`AS_LISTED`]
    /// has them.
    pub(super) fn learn_articles(&mut self, rows: Vec<(String, String, String, i64)>) {
        for (slug, path, title, rendered_by) in rows {
            if rendered_by != renderer() {
                self.stale.insert(path.clone());
            }
            let known = KnownArticle {
                slug: slug.clone(),
                path,
                title,
                aliases: Vec::new(),
            };
            self.articles.insert(slug, known);
        }
    }

    /// Takes up old addresses, each with its slug, of articles that are known.
    pub(super) fn learn_aliases(&mut self, rows: Vec<(String, String)>) {
        for (path, slug) in rows {
            if let Some(article) = self.articles.get_mut(&slug) {
                article.aliases.push(path);
            }
        }
    }

    /// Takes up the latest of these revisions, which come in order; the rows are
    /// as [`AS_NUMBERED`] has them.
    pub(super) fn learn_revisions(&mut self, rows: Vec<(String, i64, String)>) {
        for (slug, number, hash) in rows {
            self.revisions.insert(slug, (number, hash));
        }
    }

    /// Takes up what is known of these pictures; the rows are as [`AS_SEEN`] has
    /// them.
    pub(super) fn learn_pictures(&mut self, rows: Vec<(String, i64, i64, String)>) {
        for (hash, width, height, tone) in rows {
            let picture = PictureFile {
                hash: hash.clone(),
                width: u32::try_from(width).unwrap_or(1),
                height: u32::try_from(height).unwrap_or(1),
                tone,
            };
            self.pictures.insert(hash, picture);
        }
    }
}

pub(in crate::ingest) fn state(conn: &mut AnyConnection) -> QueryResult<State> {
    let mut state = State {
        edition: crate::articles::queries::edition(conn)?,
        ..State::default()
    };
    state.files = files::table
        .select((files::path, KnownFile::as_select()))
        .load::<(String, KnownFile)>(conn)?
        .into_iter()
        .collect();
    state.learn_articles(articles::table.select(AS_LISTED).load(conn)?);
    state.learn_aliases(aliases::table.load(conn)?);
    state.entries = known_entries(conn)?;
    state.pages = pages::table
        .select((pages::slug, pages::path))
        .load::<(String, String)>(conn)?
        .into_iter()
        .collect();
    let rows: Vec<(String, String)> = links::table.load(conn)?;
    for (path, target) in rows {
        state.links.entry(path).or_default().push(target);
    }
    let rows = revisions::table.order((revisions::slug, revisions::number));
    state.learn_revisions(rows.select(AS_NUMBERED).load(conn)?);
    read_pictures(conn, &mut state)?;
    state.problems = known_problems(conn)?;
    Ok(state)
}

/// Of pictures that another recipe looked at nothing is known, so that they are
/// looked at again.
fn read_pictures(conn: &mut AnyConnection, state: &mut State) -> QueryResult<()> {
    let rows = pictures::table.filter(pictures::recipe.eq(RECIPE));
    state.learn_pictures(rows.select(AS_SEEN).load(conn)?);
    for (path, file) in &state.files {
        if let Some(picture) = state.pictures.get(&file.hash) {
            state.picture_of_file.insert(path.clone(), picture.clone());
        }
    }
    Ok(())
}

/// What was found wrong and still is.
pub(super) fn known_problems(conn: &mut AnyConnection) -> QueryResult<Vec<Diagnostic>> {
    let rows: Vec<(String, i64, i64, String, String, String, String)> = problems::table
        .select((
            problems::path,
            problems::line,
            problems::column_number,
            problems::kind,
            problems::code,
            problems::message,
            problems::advice,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(
            |(file, line, column, kind, code, message, advice)| Diagnostic {
                file,
                line: usize::try_from(line).unwrap_or(1),
                column: usize::try_from(column).unwrap_or(1),
                severity: if kind == "error" {
                    Severity::Error
                } else {
                    Severity::Warning
                },
                code,
                message,
                advice: serde_json::from_str(&advice).unwrap_or_default(),
            },
        )
        .collect())
}

/// All entries, by registry and slug.
pub(super) fn known_entries(
    conn: &mut AnyConnection,
) -> QueryResult<BTreeMap<(Registry, String), KnownEntry>> {
    let rows: Vec<(String, String, String, String, String)> = entries::table
        .select((
            entries::kind,
            entries::slug,
            entries::path,
            entries::name,
            entries::details,
        ))
        .load(conn)?;
    let mut known_entries = BTreeMap::new();
    for (kind, slug, path, name, details) in rows {
        let Some(registry) = Registry::parse(&kind) else {
            continue;
        };
        let details: EntryDetails = serde_json::from_str(&details).unwrap_or_default();
        let known = KnownEntry {
            registry,
            slug: slug.clone(),
            path,
            name,
            details,
        };
        known_entries.insert((registry, slug), known);
    }
    Ok(known_entries)
}
