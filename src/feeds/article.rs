//! An article as an item of a feed: all of it, so that it can be read where
//! the feed is.

use askama::Template;

use crate::articles::HoldNotice;
use crate::articles::model::{Correction, CorrectionKind, Details, Registry, site_date_words};
use crate::articles::queries::{SiteTimes, StoredPicture, Whole};
use crate::dates::DateStyle;
use crate::error::AppError;
use crate::markdown::{RenderedHtml, for_elsewhere};
use crate::paths::{self, sharing};
use crate::pictures::Sources;
use crate::site::feed::{Content, Item, Tag};
use crate::site::shell::Identity;

/// The content of the item. No style of ours is known where it is shown.
#[derive(Template)]
#[template(path = "feeds/article.html")]
struct Text {
    /// When it happened, in words; may be empty.
    date: String,
    places: Vec<String>,
    corrections: Vec<Note>,
    /// What is not shown at present, in sentences.
    holds: Vec<String>,
    picture: Option<Figure>,
    body: RenderedHtml,
    notes: RenderedHtml,
}

/// What was wrong in it once.
struct Note {
    kind: &'static str,
    date: String,
    text: String,
}

struct Figure {
    /// Absolute.
    src: String,
    alt: String,
    caption: Option<String>,
    credit: String,
}

/// Makes the item. Its id is the permalink, whatever else of it changes.
///
/// # Errors
/// [`AppError::Internal`] if the template fails.
pub(super) fn item(
    article: Whole,
    times: SiteTimes,
    site: &Identity,
    style: DateStyle,
) -> Result<Item, AppError> {
    let absolute = |path: &str| paths::absolute(&site.base_url, path);
    let url = absolute(&paths::article(&article.slug));
    let card = sharing::card("article", &article.slug, &article.revision.to_string());
    let elsewhere = |html: String| for_elsewhere(&RenderedHtml::from_stored(html), &url);
    let details = article.details;
    let places = article
        .tags
        .iter()
        .filter(|tag| tag.registry == Registry::Places);
    let text = Text {
        date: date_words(&details, style),
        places: places.map(|tag| tag.name.clone()).collect(),
        corrections: notes(&details.corrections, style),
        holds: HoldNotice::of(&article.holds)
            .into_iter()
            .map(|notice| notice.sentence)
            .collect(),
        picture: article
            .picture
            .and_then(|stored| figure(&details, &stored, site)),
        body: elsewhere(article.html),
        notes: elsewhere(article.notes),
    };
    let html = text.render().map_err(|error| {
        AppError::Internal(anyhow::Error::new(error).context("rendering an item of a feed"))
    })?;
    let tag = |tag: &crate::articles::model::Tag| Tag {
        term: tag.name.clone(),
        label: None,
    };
    Ok(Item {
        id: url.clone(),
        related: None,
        title: article.title,
        summary: Some(article.summary).filter(|summary| !summary.is_empty()),
        content: Content::Html(html),
        published: times.published_at,
        updated: times.updated_at,
        tags: article.tags.iter().map(tag).collect(),
        author: details.author,
        image: Some(absolute(&card)),
        url,
    })
}

fn date_words(details: &Details, style: DateStyle) -> String {
    let date = details.primary().and_then(|date| date.date().ok());
    date.map_or_else(String::new, |date| date.words_with_calendar(style))
}

/// Whoever read it before it was mended reads here what was wrong. Minor edits
/// are nobody's news.
fn notes(corrections: &[Correction], style: DateStyle) -> Vec<Note> {
    let mut notes: Vec<&Correction> = corrections
        .iter()
        .filter(|note| note.kind != CorrectionKind::Minor)
        .collect();
    notes.sort_by(|one, other| other.date.cmp(&one.date));
    let note = |note: &Correction| Note {
        kind: note.kind.words(),
        date: site_date_words(&note.date, style),
        text: note.text.clone(),
    };
    notes.into_iter().map(note).collect()
}

fn figure(details: &Details, stored: &StoredPicture, site: &Identity) -> Option<Figure> {
    let described = details.illustration.as_ref()?;
    let sources = Sources::new(&stored.hash, stored.width, stored.height);
    Some(Figure {
        src: paths::absolute(&site.base_url, &sources.src),
        alt: described.alt.clone(),
        caption: described.caption.clone(),
        credit: described.credit_line(),
    })
}
