//! From an article's Markdown to the HTML that is kept, with what only the
//! whole content knows: other articles' titles, pictures' sizes.

use std::collections::{BTreeMap, BTreeSet};

use super::{ArticleFile, Catalogue, Diagnostic, Document, FileKind, parse};
use crate::articles::model::{Illustration, Slug, Source};
use crate::articles::queries::Linked;
use crate::markdown::{
    self, Cited, Context, Passage, Picture, Problem, Rendered, Severity, Target,
};
use crate::paths::{self, sharing};
use crate::pictures::Sources;

/// A picture that lies beside an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureFile {
    /// SHA-256 of its bytes, hexadecimal.
    pub hash: String,
    /// Pixels, of the picture the right way up.
    pub width: u32,
    /// Pixels, of the picture the right way up.
    pub height: u32,
    /// The class of its commonest colour.
    pub tone: String,
}

/// An article's text as pages show it.
#[derive(Debug)]
pub struct RenderedArticle {
    /// The body.
    pub html: String,
    /// The footnotes, an `<ol>` or nothing.
    pub notes: String,
    /// The plain text of each numbered paragraph.
    pub paragraphs: Vec<String>,
    /// Where each of them comes from in the body, and what supports it.
    pub passages: Vec<Passage>,
    /// Headings and paragraphs, each on lines of its own; no notes.
    pub plain: String,
    /// The ids of the sources that the text cites, each once.
    pub citations: Vec<String>,
    /// How many headings it has.
    pub headings: usize,
    /// The slugs that the text links to, known or not.
    pub links: BTreeSet<String>,
    /// What is wrong with the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Renders an article. `pictures` are those beside its file, by name.
#[must_use]
pub fn article(
    file: &ArticleFile,
    revision: i64,
    catalogue: &Catalogue,
    pictures: &BTreeMap<String, PictureFile>,
) -> RenderedArticle {
    let share = |paragraph: usize| sharing::share_paragraph(file.slug.as_str(), paragraph);
    let render = |body: &str, context: &Context| {
        let context = Context {
            share_href: Some(&share),
            ..*context
        };
        markdown::render(body, &context)
    };
    with(render, file, revision, catalogue, pictures)
}

/// The same without the HTML, for the linter alone: it takes half the time.
#[must_use]
pub fn survey(
    file: &ArticleFile,
    revision: i64,
    catalogue: &Catalogue,
    pictures: &BTreeMap<String, PictureFile>,
) -> RenderedArticle {
    with(markdown::survey, file, revision, catalogue, pictures)
}

fn with(
    render: impl Fn(&str, &Context) -> Rendered,
    file: &ArticleFile,
    revision: i64,
    catalogue: &Catalogue,
    pictures: &BTreeMap<String, PictureFile>,
) -> RenderedArticle {
    let labels = labels(&file.details.sources);
    let cited = cited(&labels);
    let picture = |name: &str| {
        let described = file.pictures.iter().find(|one| one.file == name);
        let found = pictures.get(name)?;
        let sources = Sources::new(&found.hash, found.width, found.height);
        Some(Picture {
            is_tall: sources.is_tall(),
            src: sources.src,
            srcset: sources.srcset,
            avif: sources.avif,
            sizes: crate::pictures::COLUMN,
            width: sources.width,
            height: sources.height,
            tone: found.tone.clone(),
            alt: described.map(|one| one.alt.clone()).unwrap_or_default(),
            caption: described.and_then(|one| one.caption.clone()),
            credit: described.map(Illustration::credit_line),
        })
    };
    let report = |paragraph: usize| paths::report(file.slug.as_str(), revision, Some(paragraph));
    let rendered = render(
        file.body(),
        &Context {
            sources: &cited,
            wikilink: &|slug| target(catalogue, slug),
            picture: &picture,
            report_href: Some(&report),
            share_href: None,
            margin_notes: true,
        },
    );
    let diagnostics = rendered
        .problems
        .iter()
        .map(|problem| diagnostic(problem, file.lines_before_body))
        .collect();
    RenderedArticle {
        html: rendered.html.to_string(),
        notes: rendered.notes.to_string(),
        links: rendered
            .wikilinks
            .iter()
            .map(|link| link.slug.clone())
            .collect(),
        paragraphs: rendered.paragraphs,
        passages: rendered.passages,
        plain: rendered.plain,
        citations: rendered.citations,
        headings: rendered.outline.len(),
        diagnostics,
    }
}

/// Renders the text of a registry entry, which may cite `sources`, or of a
/// page: no report links, no pictures.
#[must_use]
pub fn prose(
    body: &str,
    lines_before_body: usize,
    sources: &[Source],
    catalogue: &Catalogue,
) -> (String, BTreeSet<String>, Vec<Diagnostic>) {
    let labels = labels(sources);
    let rendered = markdown::render(
        body,
        &Context {
            sources: &cited(&labels),
            wikilink: &|slug| target(catalogue, slug),
            picture: &|_| None,
            report_href: None,
            share_href: None,
            margin_notes: false,
        },
    );
    let links = rendered
        .wikilinks
        .iter()
        .map(|link| link.slug.clone())
        .collect();
    let diagnostics = rendered
        .problems
        .iter()
        .map(|problem| diagnostic(problem, lines_before_body))
        .collect();
    // A page shows its notes where they end.
    (
        format!("{}{}", rendered.html, rendered.notes),
        links,
        diagnostics,
    )
}

/// An old revision, from the file as it was kept: what it says, and its text
/// rendered with today's `pictures` beside it, by their names. `linked` finds
/// the articles that its wikilinks name, since a link without words of its own
/// shows a headline. `None` where today's reader refuses the file.
///
/// # Errors
/// Those of `linked`.
pub fn old_article<E>(
    slug: &Slug,
    revision: i64,
    source: &str,
    pictures: &BTreeMap<String, PictureFile>,
    linked: impl FnOnce(BTreeSet<String>) -> Result<Vec<Linked>, E>,
) -> Result<Option<(ArticleFile, RenderedArticle)>, E> {
    let kind = FileKind::Article(slug.clone());
    let (Some(Document::Article(file)), _) = parse(&kind, source.as_bytes()) else {
        return Ok(None);
    };
    // What is shared is the article as it is now, whose passages are others.
    let render =
        |catalogue: &Catalogue| with(markdown::render, &file, revision, catalogue, pictures);
    let alone = render(&Catalogue::default());
    let rendered = if alone.links.is_empty() {
        alone
    } else {
        render(&Catalogue::of(linked(alone.links)?))
    };
    Ok(Some((*file, rendered)))
}

/// The numbered paragraphs of a revision, as [`old_article`] has them.
/// Empty where today's reader refuses the file.
///
/// # Errors
/// Those of `linked`.
pub fn paragraphs_of<E>(
    source: &str,
    linked: impl FnOnce(BTreeSet<String>) -> Result<Vec<Linked>, E>,
) -> Result<Vec<String>, E> {
    let Ok(slug) = Slug::parse("old-revision") else {
        return Ok(Vec::new());
    };
    let old = old_article(&slug, 1, source, &BTreeMap::new(), linked)?;
    Ok(old.map_or_else(Vec::new, |(_, rendered)| rendered.paragraphs))
}

/// The id of each source, what its footnotes say, and the same in few words.
fn labels(sources: &[Source]) -> Vec<[String; 3]> {
    sources
        .iter()
        .map(|source| [source.id.to_string(), source.label(), source.short_name()])
        .collect()
}

fn cited(labels: &[[String; 3]]) -> Vec<Cited<'_>> {
    labels
        .iter()
        .map(|[id, label, short]| Cited { id, label, short })
        .collect()
}

fn target(catalogue: &Catalogue, slug: &str) -> Option<Target> {
    let (slug, title) = catalogue.find(slug)?;
    Some(Target {
        href: paths::article(slug),
        title: title.to_owned(),
    })
}

fn diagnostic(problem: &Problem, lines_before_body: usize) -> Diagnostic {
    let line = problem.line + lines_before_body;
    let make = match problem.severity {
        Severity::Error => Diagnostic::error,
        Severity::Warning => Diagnostic::warning,
    };
    make(line, problem.column, problem.code, &problem.message)
}
