//! One file of text, read and checked as far as it can be alone.

use serde_saphyr::Spanned;

use super::front_matter::{self, ArticleMatter, EntryMatter, PageMatter, RawLifeDate, Removed};
use super::scan::{FileKind, MAX_TEXT_BYTES};
use super::{Diagnostic, Place};
use crate::articles::model::{
    Details, EntryDetails, Illustration, LifeDate, Registry, Slug, site_day_number,
};
use crate::dates::HistoricalDate;
use crate::markdown::smart_quotes;

/// What one file holds.
#[derive(Clone, Debug)]
pub enum Document {
    /// An article.
    Article(Box<ArticleFile>),
    /// An entry of a registry.
    Entry(Box<EntryFile>),
    /// A page of the site about itself.
    Page(PageFile),
    /// The list of removed articles.
    Removed(Vec<TombstoneFile>),
}

/// An article's file.
#[derive(Clone, Debug)]
pub struct ArticleFile {
    /// From the name of the file.
    pub slug: Slug,
    /// The headline.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// The names it carries, in the order of the file.
    pub names: Vec<(Registry, String)>,
    /// Pictures that the body may use, beside the illustration.
    pub pictures: Vec<Illustration>,
    /// Old addresses.
    pub aliases: Vec<Alias>,
    /// Findings that it silences.
    pub allow: Vec<Allow>,
    /// Seen only with `serve --drafts`.
    pub draft: bool,
    /// Day number from which it is shown.
    pub published: i64,
    /// The rest of the front matter.
    pub details: Details,
    /// The whole file, as it is kept for ever.
    pub source: String,
    /// Where the body begins in `source`, in bytes.
    pub body_at: usize,
    /// How many lines stand before the body.
    pub lines_before_body: usize,
    /// Where the front matter says what.
    pub whereabouts: Whereabouts,
}

/// A finding that an article silences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// The code of the finding.
    pub code: String,
    /// Why it is no mistake here; never empty.
    pub reason: String,
    /// Where the file says so.
    pub place: Place,
}

/// Where in the file the front matter says what; lists run beside those of the
/// article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Whereabouts {
    /// The value of `title`.
    pub title: Place,
    /// The value of `summary`.
    pub summary: Place,
    /// Each date's `on`, beside `details.dates`.
    pub dates: Vec<Place>,
    /// The value of `date_note`.
    pub date_note: Option<Place>,
    /// Each name, beside `names`.
    pub names: Vec<Place>,
    /// Places that the file gives with coordinates of their own: index in
    /// `names`, degrees north, degrees east.
    pub coordinates: Vec<(usize, f64, f64)>,
    /// Each source, beside `details.sources`.
    pub sources: Vec<Place>,
    /// Each claim, beside `details.claims`.
    pub claims: Vec<Place>,
    /// The illustration.
    pub illustration: Option<Place>,
    /// Each picture, beside `pictures`.
    pub pictures: Vec<Place>,
}

/// An old address, with the place in the file that names it.
#[derive(Clone, Debug)]
pub struct Alias {
    /// Lower case, begins with a slash.
    pub path: String,
    /// Line in the file.
    pub line: usize,
    /// Column in the file.
    pub column: usize,
}

/// An entry's file.
#[derive(Clone, Debug)]
pub struct EntryFile {
    /// Which registry it belongs to.
    pub registry: Registry,
    /// From the name of the file.
    pub slug: Slug,
    /// The name that articles use.
    pub name: String,
    /// The rest of the front matter.
    pub details: EntryDetails,
    /// Markdown.
    pub body: String,
    /// How many lines stand before the body.
    pub lines_before_body: usize,
    /// Where `name` stands.
    pub name_place: Place,
}

/// A page's file.
#[derive(Clone, Debug)]
pub struct PageFile {
    /// From the name of the file.
    pub slug: Slug,
    /// The heading.
    pub title: String,
    /// One sentence for search engines.
    pub summary: String,
    /// Markdown.
    pub body: String,
    /// How many lines stand before the body.
    pub lines_before_body: usize,
}

/// One entry of `removed.yaml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TombstoneFile {
    /// The slug under which the article stood.
    pub slug: Slug,
    /// The day of removal.
    pub date: String,
    /// Why, in a sentence for readers.
    pub reason: String,
    /// An article to read instead.
    pub see: Option<Slug>,
}

impl ArticleFile {
    /// The Markdown of the body.
    #[must_use]
    pub fn body(&self) -> &str {
        self.source.get(self.body_at..).unwrap_or_default()
    }
}

/// Reads one file of text. Without a document there is at least one error.
#[must_use]
pub fn parse(kind: &FileKind, bytes: &[u8]) -> (Option<Document>, Vec<Diagnostic>) {
    let text = match text(bytes) {
        Ok(text) => text,
        Err(diagnostic) => return (None, vec![diagnostic]),
    };
    match kind {
        FileKind::Article(slug) => article(slug, text),
        FileKind::Entry(registry, slug) => entry(*registry, slug, &text),
        FileKind::Page(slug) => page(slug, &text),
        FileKind::Removed => removed(&text),
        FileKind::Picture => (None, Vec::new()),
    }
}

/// What is kept of a text file, as [`ArticleFile::source`] has it: UTF-8 without
/// its byte-order mark, lines ended by `\n`, no NUL.
///
/// # Errors
/// It is too large, or no text; where, and what to do.
pub fn text(bytes: &[u8]) -> Result<String, Diagnostic> {
    if bytes.len() as u64 > MAX_TEXT_BYTES {
        return Err(Diagnostic::error(
            1,
            1,
            "S010",
            "the file is larger than 2 MiB: split the text into several articles",
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        Diagnostic::error(
            line,
            column,
            "S011",
            "the file is not UTF-8 from here on: save it again in the encoding UTF-8",
        )
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if let Some(at) = text.find('\0') {
        let before = &text[..at];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        return Err(Diagnostic::error(
            line,
            column,
            "S012",
            "a NUL character stands here: the file is damaged, or no text",
        ));
    }
    Ok(text)
}

fn article(slug: &Slug, source: String) -> (Option<Document>, Vec<Diagnostic>) {
    let split = match front_matter::split(&source) {
        Ok(split) => split,
        Err(diagnostic) => return (None, vec![diagnostic]),
    };
    let (matter, found) = front_matter::article(split.yaml);
    let (body_at, lines_before_body) = (source.len() - split.body.len(), split.lines_before_body);
    let document = matter.map(|matter| {
        let ArticleMatter {
            title,
            summary,
            names,
            pictures,
            aliases,
            allow,
            draft,
            published,
            details,
            whereabouts,
        } = matter;
        Document::Article(Box::new(ArticleFile {
            slug: slug.clone(),
            title,
            summary,
            names,
            pictures,
            aliases,
            allow,
            draft,
            published,
            details,
            source,
            body_at,
            lines_before_body,
            whereabouts,
        }))
    });
    (document, found)
}

fn entry(registry: Registry, slug: &Slug, source: &str) -> (Option<Document>, Vec<Diagnostic>) {
    let read = || -> Result<(EntryMatter, String, usize), Diagnostic> {
        let split = front_matter::split(source)?;
        let matter = front_matter::read(split.yaml, 1)?;
        Ok((matter, split.body.to_owned(), split.lines_before_body))
    };
    let (matter, body, lines_before_body) = match read() {
        Ok(read) => read,
        Err(diagnostic) => return (None, vec![diagnostic]),
    };
    let mut found = Vec::new();
    let mut life = |date: Option<Spanned<RawLifeDate>>| {
        let date = date?;
        let (on, calendar) = match date.value {
            RawLifeDate::Plain(on) => (on.edtf(), matter.calendar),
            RawLifeDate::Sourced { on, calendar } => (on.edtf(), calendar),
        };
        match HistoricalDate::parse(&on, calendar) {
            Ok(value) => Some(LifeDate {
                on: value.edtf().to_owned(),
                calendar,
            }),
            Err(error) => {
                let place = front_matter::place(date.referenced);
                found.push(Diagnostic::error_at(&place, "D001", &error.to_string()));
                None
            }
        }
    };
    let (born, died) = (life(matter.born), life(matter.died));
    let sources = front_matter::sources(matter.sources, &mut found);
    let outside = |value: Option<f64>, limit: f64| {
        value.is_some_and(|value| value.abs() > limit || !value.is_finite())
    };
    if outside(matter.lat, 90.0)
        || outside(matter.lon, 180.0)
        || matter.lat.is_some() != matter.lon.is_some()
    {
        found.push(Diagnostic::error(
            1,
            1,
            "F030",
            "`lat` and `lon` belong together: degrees north from -90 to 90 and degrees east from -180 to 180",
        ));
    }
    if matter.name.value.trim().is_empty() {
        found.push(Diagnostic::error(1, 1, "F031", "`name` is empty"));
    }
    if found.iter().any(Diagnostic::is_error) {
        return (None, found);
    }
    let file = EntryFile {
        registry,
        slug: slug.clone(),
        name: smart_quotes(matter.name.value.trim()),
        name_place: front_matter::place(matter.name.referenced),
        details: EntryDetails {
            also: matter.also.iter().map(|name| smart_quotes(name)).collect(),
            sort: matter
                .sort
                .map(|name| smart_quotes(name.trim()))
                .filter(|name| !name.is_empty()),
            wikidata: matter.wikidata,
            born,
            died,
            lat: matter.lat,
            lon: matter.lon,
            country: matter.country,
            sources: sources.into_iter().map(|(source, _)| source).collect(),
        },
        body,
        lines_before_body,
    };
    (Some(Document::Entry(Box::new(file))), found)
}

fn page(slug: &Slug, source: &str) -> (Option<Document>, Vec<Diagnostic>) {
    let read = || -> Result<PageFile, Diagnostic> {
        let split = front_matter::split(source)?;
        let matter: PageMatter = front_matter::read(split.yaml, 1)?;
        if crate::paths::is_reserved(&crate::paths::about(slug.as_str()))
            && slug.as_str() != "contact"
        {
            return Err(Diagnostic::error(
                1,
                1,
                "F032",
                "this name is the address of another part of the site: rename the file",
            ));
        }
        Ok(PageFile {
            slug: slug.clone(),
            title: smart_quotes(&matter.title),
            summary: smart_quotes(&matter.summary),
            body: split.body.to_owned(),
            lines_before_body: split.lines_before_body,
        })
    };
    match read() {
        Ok(page) => (Some(Document::Page(page)), Vec::new()),
        Err(diagnostic) => (None, vec![diagnostic]),
    }
}

fn removed(text: &str) -> (Option<Document>, Vec<Diagnostic>) {
    if text
        .lines()
        .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
    {
        return (Some(Document::Removed(Vec::new())), Vec::new());
    }
    let list: Vec<Removed> = match front_matter::read(text, 0) {
        Ok(list) => list,
        Err(diagnostic) => return (None, vec![diagnostic]),
    };
    let mut found = Vec::new();
    let mut entries: Vec<TombstoneFile> = Vec::new();
    for one in list {
        let (line, column) = front_matter::at(one.date.referenced);
        let mut error = |code, message: &str| {
            found.push(Diagnostic::error(line - 1, column, code, message));
        };
        if site_day_number(&one.date.value).is_none() {
            error(
                "F040",
                &format!("“{}” is no day: write 2026-12-02", one.date.value),
            );
        }
        if one.reason.trim().is_empty() {
            error(
                "F041",
                "a removed article needs a `reason` that readers will see",
            );
        }
        if entries.iter().any(|other| other.slug == one.slug) {
            error("F042", &format!("`{}` is listed twice", one.slug));
        }
        entries.push(TombstoneFile {
            slug: one.slug,
            date: one.date.value,
            reason: smart_quotes(&one.reason),
            see: one.see,
        });
    }
    if found.is_empty() {
        (Some(Document::Removed(entries)), found)
    } else {
        (None, found)
    }
}
