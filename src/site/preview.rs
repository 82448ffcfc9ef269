//! What other sites and programs are told of a page in its head: Open Graph
//! (<https://ogp.me>) for those that show a shared link, other forms of the page
//! for feed readers, and the picture that stands for it.

use super::shell::Shell;
use crate::paths;

/// What other sites show of a page where its link is shared.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// What it is in the words of Open Graph.
    pub kind: PreviewKind,
    /// The picture; where there is none, the site's stands for the page.
    pub card: Option<Card>,
    /// When the site published it, as RFC 3339: never the date of the event.
    pub published: Option<String>,
    /// When the site last corrected or clarified it, likewise.
    pub modified: Option<String>,
}

/// The kinds of page that Open Graph tells apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PreviewKind {
    /// Any page.
    #[default]
    Website,
    /// A text with a day of publication.
    Article,
    /// A person.
    Profile,
}

/// A picture that stands for a page: PNG, always of the same size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Absolute, because some sites resolve no relative address.
    pub href: String,
    /// What it shows, in words.
    pub alt: String,
}

/// Another form of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternate {
    /// Media type, such as `application/atom+xml`.
    pub kind: &'static str,
    /// A path on this site, or an absolute address for programs that resolve
    /// none.
    pub href: String,
    /// What it is, for people who choose among several.
    pub title: String,
}

impl PreviewKind {
    /// The value of `og:type`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            PreviewKind::Website => "website",
            PreviewKind::Article => "article",
            PreviewKind::Profile => "profile",
        }
    }
}

impl Card {
    /// Pixels; what Open Graph and Twitter cards are shown at.
    pub const WIDTH: u32 = 1200;
    /// Pixels.
    pub const HEIGHT: u32 = 630;

    /// `base_url` has no slash at its end, `path` begins with one.
    #[must_use]
    pub fn new(base_url: &str, path: &str, alt: String) -> Card {
        Card {
            href: paths::absolute(base_url, path),
            alt,
        }
    }

    /// [`Self::WIDTH`], for templates.
    #[must_use]
    pub const fn width(&self) -> u32 {
        Self::WIDTH
    }

    /// [`Self::HEIGHT`], for templates.
    #[must_use]
    pub const fn height(&self) -> u32 {
        Self::HEIGHT
    }
}

impl Shell {
    /// Tells other sites how to embed the page (<https://oembed.com>). The
    /// addresses are absolute, because some of those sites resolve no other.
    /// Asks for the title and the canonical address, so it comes after them.
    #[must_use]
    pub fn embeddable(mut self) -> Self {
        let title = self.shared_title().to_owned();
        for (kind, format) in [
            ("application/json+oembed", "json"),
            ("text/xml+oembed", "xml"),
        ] {
            let path = paths::sharing::oembed(&self.canonical, format);
            let href = paths::absolute(&self.site.base_url, &path);
            self = self.alternate(kind, &href, title.as_str());
        }
        self
    }

    /// The path of the canonical address.
    #[must_use]
    pub fn canonical_path(&self) -> &str {
        let path = self.canonical.strip_prefix(self.site.base_url.as_str());
        path.unwrap_or(paths::HOME)
    }
}
