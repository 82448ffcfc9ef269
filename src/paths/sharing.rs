//! The addresses under which an article goes elsewhere: cards, the page that
//! helps to share it, citations, and what other sites show in a frame.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::form_urlencoded::byte_serialize;

/// What RFC 3986 leaves as it is in every part of an address. All else is
/// encoded, spaces as `%20`: in the address of a mail a `+` stays a plus sign.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

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

/// A mail that has yet to be addressed (RFC 6068).
#[must_use]
pub fn mail(subject: &str, body: &str) -> String {
    let (subject, body) = (encoded(subject), encoded(body));
    format!("mailto:?subject={subject}&body={body}")
}

/// Where Bluesky takes a text to post
/// (<https://docs.bsky.app/docs/advanced-guides/intent-links>).
#[must_use]
pub fn bluesky(text: &str) -> String {
    format!("https://bsky.app/intent/compose?text={}", encoded(text))
}

/// Where Facebook takes an address to share; it reads title and picture there.
#[must_use]
pub fn facebook(address: &str) -> String {
    let address = encoded(address);
    format!("https://www.facebook.com/sharer/sharer.php?u={address}")
}

/// Where X takes a text and an address to post.
#[must_use]
pub fn x(text: &str, address: &str) -> String {
    let (text, address) = (encoded(text), encoded(address));
    format!("https://x.com/intent/post?text={text}&url={address}")
}

/// Where Reddit takes a link to submit.
#[must_use]
pub fn reddit(title: &str, address: &str) -> String {
    let (title, address) = (encoded(title), encoded(address));
    format!("https://www.reddit.com/submit?url={address}&title={title}")
}

/// Where WhatsApp takes a text to send.
#[must_use]
pub fn whatsapp(text: &str) -> String {
    format!("https://wa.me/?text={}", encoded(text))
}

/// Where Telegram takes a link to send.
#[must_use]
pub fn telegram(text: &str, address: &str) -> String {
    let (text, address) = (encoded(text), encoded(address));
    format!("https://t.me/share/url?url={address}&text={text}")
}

/// A text as the value of one parameter.
fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}
