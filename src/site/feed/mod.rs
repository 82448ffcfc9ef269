//! One feed in three forms, Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, which
//! say the same of the same items. What a feed is of, its feature says.
//!
//! The id of an item never changes, and its dates are those of the site, never
//! of history: a reader's program shows an item as new when either is another.

mod atom;
mod json;
mod rss;

use actix_web::HttpResponse;
use jiff::Timestamp;

use super::CachePolicy;
use super::document;
use super::shell::Identity;
use crate::error::AppError;
use crate::paths;

/// What feed readers know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 4287.
    Atom,
    /// RSS 2.0 (<https://www.rssboard.org/rss-specification>).
    Rss,
    /// JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).
    Json,
}

/// A list of what is new, without a form yet.
#[derive(Clone, Debug)]
pub struct Feed {
    /// What it is of, for those who have many feeds; plain text.
    pub title: String,
    /// A sentence on what comes in it; plain text.
    pub description: String,
    /// The page that shows the same to people, absolute; the id of the feed.
    pub home: String,
    /// Where this form of it is, absolute.
    pub address: String,
    /// When it last changed in a way that its followers should hear of: epoch
    /// milliseconds, UTC.
    pub updated: i64,
    /// Who stands for what is in it.
    pub author: String,
    /// The language of the site, as in BCP 47.
    pub lang: &'static str,
    /// A small square picture of the site, absolute.
    pub icon: String,
    /// Whom to ask to be told of changes at once (WebSub), absolute.
    pub hub: Option<String>,
    /// In the order in which a reader should see them.
    pub items: Vec<Item>,
}

/// One thing that is new, or was.
#[derive(Clone, Debug)]
pub struct Item {
    /// An IRI that is this item's alone, for ever.
    pub id: String,
    /// The page that shows it, absolute.
    pub url: String,
    /// Another page that it is about, absolute.
    pub related: Option<String>,
    /// Plain text.
    pub title: String,
    /// A sentence or two; plain text. `None` where the content is no longer.
    pub summary: Option<String>,
    /// All of it.
    pub content: Content,
    /// When the site published it: epoch milliseconds, UTC.
    pub published: i64,
    /// When it last changed in a way that its readers should hear of, likewise.
    pub updated: i64,
    /// What it belongs to.
    pub tags: Vec<Tag>,
    /// Who wrote it, if not whoever stands for the feed.
    pub author: Option<String>,
    /// A picture that stands for it, absolute.
    pub image: Option<String>,
}

/// The content of an item.
#[derive(Clone, Debug)]
pub enum Content {
    /// Plain text; its line breaks mean something.
    Text(String),
    /// HTML that was sanitised, with absolute addresses.
    Html(String),
}

/// A word by which items can be sorted.
#[derive(Clone, Debug)]
pub struct Tag {
    /// As programs compare it.
    pub term: String,
    /// As people read it, where that is another.
    pub label: Option<String>,
}

impl Format {
    /// In the order in which pages name them.
    pub const ALL: [Format; 3] = [Format::Atom, Format::Rss, Format::Json];

    /// The word at the end of an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::Atom => "atom",
            Format::Rss => "rss",
            Format::Json => "json",
        }
    }

    /// As people know it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Format::Atom => "Atom",
            Format::Rss => "RSS",
            Format::Json => "JSON Feed",
        }
    }

    /// The media type by which pages announce it.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Atom => "application/atom+xml",
            Format::Rss => "application/rss+xml",
            Format::Json => "application/feed+json",
        }
    }

    /// Reads the word at the end of an address.
    #[must_use]
    pub fn parse(word: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|one| one.as_str() == word)
    }

    const fn content_type(self) -> &'static str {
        match self {
            Format::Atom => "application/atom+xml; charset=utf-8",
            Format::Rss => "application/rss+xml; charset=utf-8",
            Format::Json => "application/feed+json; charset=utf-8",
        }
    }
}

impl Feed {
    /// An empty feed of `site`, without a title and as old as time. `home` is
    /// the path of the page that shows the same, `path` that of this form.
    #[must_use]
    pub fn new(site: &Identity, home: &str, path: &str) -> Feed {
        let absolute = |path: &str| paths::absolute(&site.base_url, path);
        Feed {
            title: site.name.clone(),
            description: String::new(),
            home: absolute(home),
            address: absolute(path),
            updated: 0,
            author: site.publisher.clone().unwrap_or_else(|| site.name.clone()),
            lang: site.lang,
            icon: absolute(&site.icon_png),
            hub: None,
            items: Vec::new(),
        }
    }

    /// Answers a request with the feed in one form. `changed_at` is when
    /// anything in it may last have changed, a comma included (epoch
    /// milliseconds); a client that asks with `If-Modified-Since` is told by it.
    ///
    /// # Errors
    /// [`AppError::Internal`] if it cannot be written or compressed.
    pub fn answer(
        self,
        format: Format,
        cache: CachePolicy,
        changed_at: i64,
    ) -> Result<HttpResponse, AppError> {
        let body = self.write(format)?;
        let kind = format.content_type();
        Ok(document::answer_since(kind, body, cache, Some(changed_at)))
    }

    fn write(mut self, format: Format) -> Result<String, AppError> {
        self.for_each_text(|text| text.retain(is_fit));
        match format {
            Format::Atom => atom::write(self),
            Format::Rss => rss::write(self),
            Format::Json => json::write(&self),
        }
    }

    /// Everything in it that people may have written.
    fn for_each_text(&mut self, change: impl Fn(&mut String)) {
        change(&mut self.title);
        change(&mut self.description);
        change(&mut self.author);
        for item in &mut self.items {
            change(&mut item.title);
            item.summary.iter_mut().for_each(&change);
            item.author.iter_mut().for_each(&change);
            match &mut item.content {
                Content::Text(text) | Content::Html(text) => change(text),
            }
            for tag in &mut item.tags {
                change(&mut tag.term);
                tag.label.iter_mut().for_each(&change);
            }
        }
    }
}

impl Content {
    /// Bytes of it.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Content::Text(text) | Content::Html(text) => text.len(),
        }
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// XML 1.0 can hold no other characters, escaped or not (section 2.2); JSON
/// leaves them out as well, so that all forms say the same.
fn is_fit(character: char) -> bool {
    let is_allowed = !character.is_control() || matches!(character, '\n' | '\t');
    is_allowed && !matches!(character, '\u{fffe}' | '\u{ffff}')
}

/// A moment of ours as RFC 3339 writes it, in UTC and to the second.
fn rfc3339(milliseconds: i64) -> String {
    moment(milliseconds).to_string()
}

fn moment(milliseconds: i64) -> Timestamp {
    Timestamp::from_second(milliseconds.div_euclid(1000)).unwrap_or_default()
}

fn cannot_write(error: impl std::error::Error + Send + Sync + 'static) -> AppError {
    AppError::Internal(anyhow::Error::new(error).context("writing a feed"))
}

#[cfg(test)]
mod tests;
