//! The addresses under which an article goes elsewhere: cards, the page that
//! helps to share it, citations, and what other sites show in a frame.

use url::form_urlencoded::byte_serialize;

/// The picture that stands for a page where its link is shared.
pub const CARD_ROUTE: &str = "/cards/{kind}/{name}";
/// How to share an article, or with `?p=7` a sentence of its seventh paragraph.
pub const SHARE_ROUTE: &str = "/articles/{slug}/share";
/// How to cite an article.
pub const CITE_ROUTE: &str = "/articles/{slug}/cite";
/// A citation as a file for a program.
pub const CITATION_ROUTE: &str = "/articles/{slug}/cite/{format}";
/// The address of an article as a QR code.
pub const QR_ROUTE: &str = "/articles/{slug}/qr.svg";
/// What other sites ask to embed a page (<https://oembed.com>).
pub const OEMBED: &str = "/oembed";
/// What happened today, for a frame on another site.
pub const EMBED_TODAY: &str = "/embed/today";
/// What happened on a day, for a frame on another site.
pub const EMBED_DAY_ROUTE: &str = "/embed/on/{day}";
/// An article's head, for a frame on another site.
pub const EMBED_ARTICLE_ROUTE: &str = "/embed/articles/{slug}";

/// The card of a page; `kind` is `article`, `day`, `person`, `place` or `site`.
/// `revision` changes whenever the card does: of an article it is the number of
/// its revision, of anything else a hash of what it shows.
#[must_use]
pub fn card(kind: &str, slug: &str, revision: &str) -> String {
    format!("/cards/{kind}/{slug}.{revision}.png")
}

/// An article as it is now, told which revision the sharer saw.
#[must_use]
pub fn shared(slug: &str, revision: i64) -> String {
    format!("/articles/{slug}?r={revision}")
}

/// How to share an article.
#[must_use]
pub fn share(slug: &str) -> String {
    format!("/articles/{slug}/share")
}

/// How to share a sentence of one paragraph, numbered from 1.
#[must_use]
pub fn share_paragraph(slug: &str, paragraph: usize) -> String {
    format!("/articles/{slug}/share?p={paragraph}")
}

/// How to cite an article.
#[must_use]
pub fn cite(slug: &str) -> String {
    format!("/articles/{slug}/cite")
}

/// A citation as a file; `format` is `bibtex`, `ris` or `csl`.
#[must_use]
pub fn citation(slug: &str, format: &str) -> String {
    format!("/articles/{slug}/cite/{format}")
}

/// The address of an article as a QR code.
#[must_use]
pub fn qr(slug: &str) -> String {
    format!("/articles/{slug}/qr.svg")
}

/// What happened on a day, for a frame; `day` is a day slug.
#[must_use]
pub fn embed_day(day: &str) -> String {
    format!("/embed/on/{day}")
}

/// What happened today, for a frame; `zone` is the name of a time zone, and
/// without one it is that of the site.
#[must_use]
pub fn embed_today(zone: Option<&str>) -> String {
    match zone {
        Some(zone) => {
            let zone: String = byte_serialize(zone.as_bytes()).collect();
            format!("{EMBED_TODAY}?tz={zone}")
        }
        None => EMBED_TODAY.to_owned(),
    }
}

/// An article's head, for a frame.
#[must_use]
pub fn embed_article(slug: &str) -> String {
    format!("/embed/articles/{slug}")
}

/// What to ask about embedding the page at `address`, which is absolute;
/// `format` is `json` or `xml`.
#[must_use]
pub fn oembed(address: &str, format: &str) -> String {
    let address: String = byte_serialize(address.as_bytes()).collect();
    format!("{OEMBED}?url={address}&format={format}")
}
