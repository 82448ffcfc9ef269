//! The answer, in one list of fields from which both of its forms are written.

use askama::Template;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde_json::{Map, Value};

use crate::articles::queries::Whole;
use crate::error::AppError;
use crate::paths::{self, sharing};
use crate::site::document;
use crate::site::preview::Card;
use crate::site::shell::Identity;

/// For how long other sites may keep the answer, in seconds: a frame stays
/// where it is, and its content is asked for each time.
const CACHE_AGE: u32 = 86_400;
/// Pixels of CSS; the width of a column of text.
const WIDTH: u32 = 600;
/// Below this width, in pixels, the parts of a frame stand one below the other.
const NARROW: u32 = 480;

/// What is to be embedded.
pub(super) struct Embedded {
    /// The frame's path.
    path: String,
    title: String,
    author: Option<String>,
    /// The path of the picture that stands for the page.
    card: Option<String>,
    /// Pixels of CSS that the frame needs at most: in a column of text, and
    /// where it is narrow.
    heights: (u32, u32),
}

/// The form of the answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Xml,
}

/// Pixels of CSS that the other site has, where it says so.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub(super) width: Option<u32>,
    pub(super) height: Option<u32>,
}

/// What the other site puts into its page.
#[derive(Template)]
#[template(path = "embeds/iframe.html")]
struct Iframe<'a> {
    src: &'a str,
    title: &'a str,
    width: u32,
    height: u32,
}

impl Embedded {
    /// The frame of a day, at this path.
    pub(super) fn day(path: String, title: String) -> Embedded {
        Embedded {
            path,
            title,
            author: None,
            card: None,
            heights: (360, 520),
        }
    }

    pub(super) fn article(article: &Whole) -> Embedded {
        let revision = article.revision.to_string();
        Embedded {
            path: sharing::embed_article(&article.slug),
            title: article.title.clone(),
            author: article.details.author.clone(),
            // While something in it is kept back, so is its picture.
            card: (article.holds.is_empty() && !article.draft)
                .then(|| sharing::card("article", &article.slug, &revision)),
            heights: (320, 480),
        }
    }
}

impl Format {
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Format::Json => "application/json",
            Format::Xml => "text/xml; charset=utf-8",
        }
    }
}

impl Room {
    /// The size of a frame, never larger than the room there is.
    fn size(self, (wide, narrow): (u32, u32)) -> (u32, u32) {
        let width = self.width.unwrap_or(WIDTH).min(WIDTH);
        let height = if width < NARROW { narrow } else { wide };
        (width, self.height.unwrap_or(height).min(height))
    }

    fn has(self, width: u32, height: u32) -> bool {
        self.width.is_none_or(|most| width <= most) && self.height.is_none_or(|most| height <= most)
    }
}

/// # Errors
/// [`AppError::Internal`] if it cannot be written, which never happens.
pub(super) fn write(
    embedded: &Embedded,
    site: &Identity,
    room: Room,
    format: Format,
) -> Result<String, AppError> {
    let fields = fields(embedded, site, room)?;
    match format {
        Format::Json => {
            let fields = fields.into_iter();
            let fields = fields.map(|(name, value)| (name.to_owned(), value));
            document::as_json(&Map::from_iter(fields))
        }
        Format::Xml => xml(&fields).map_err(|error| {
            AppError::Internal(anyhow::Error::new(error).context("writing an oEmbed answer"))
        }),
    }
}

fn fields(
    embedded: &Embedded,
    site: &Identity,
    room: Room,
) -> Result<Vec<(&'static str, Value)>, AppError> {
    let (width, height) = room.size(embedded.heights);
    let absolute = |path: &str| paths::absolute(&site.base_url, path);
    let html = Iframe {
        src: &absolute(&embedded.path),
        title: &embedded.title,
        width,
        height,
    };
    let html = html.render().map_err(|error| {
        AppError::Internal(anyhow::Error::new(error).context("rendering the code of a frame"))
    })?;
    let mut fields = vec![
        ("version", Value::from("1.0")),
        ("type", Value::from("rich")),
        ("title", Value::from(embedded.title.as_str())),
        ("provider_name", Value::from(site.name.as_str())),
        ("provider_url", Value::from(absolute(paths::HOME))),
        ("cache_age", Value::from(CACHE_AGE)),
        ("width", Value::from(width)),
        ("height", Value::from(height)),
        ("html", Value::from(html.trim())),
    ];
    if let Some(author) = &embedded.author {
        fields.push(("author_name", Value::from(author.as_str())));
    }
    if let Some(card) = &embedded.card
        && room.has(Card::WIDTH, Card::HEIGHT)
    {
        fields.push(("thumbnail_url", Value::from(absolute(card))));
        fields.push(("thumbnail_width", Value::from(Card::WIDTH)));
        fields.push(("thumbnail_height", Value::from(Card::HEIGHT)));
    }
    Ok(fields)
}

fn xml(fields: &[(&'static str, Value)]) -> std::io::Result<String> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new(
        "1.0",
        Some("utf-8"),
        Some("yes"),
    )))?;
    writer
        .create_element("oembed")
        .write_inner_content(|writer| {
            for (name, value) in fields {
                let text = match value {
                    Value::String(text) => allowed(text),
                    other => other.to_string(),
                };
                writer
                    .create_element(*name)
                    .write_text_content(BytesText::new(&text))?;
            }
            Ok(())
        })?;
    Ok(String::from_utf8_lossy(&writer.into_inner()).into_owned())
}

/// The text without what XML 1.0 can hold in no way at all.
fn allowed(text: &str) -> String {
    let is_allowed = |c: &char| {
        matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
    };
    text.chars().filter(is_allowed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_never_larger_than_its_room() {
        let size = |width, height| Room { width, height }.size((300, 440));
        assert_eq!(size(None, None), (600, 300));
        assert_eq!(size(Some(1200), Some(1200)), (600, 300));
        assert_eq!(size(Some(320), None), (320, 440));
        assert_eq!(size(Some(320), Some(100)), (320, 100));
        assert_eq!(size(Some(1), Some(1)), (1, 1));
    }

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        let fields = [("title", Value::from("a\u{0}\u{8}\u{FFFF}<b> & \"c\""))];
        let written = xml(&fields).unwrap();
        assert!(written.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\""));
        assert!(written.contains("<title>a&lt;b&gt; &amp; "), "{written}");
    }
}
