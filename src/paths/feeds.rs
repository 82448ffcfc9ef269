//! The addresses that programs come back to: feeds, calendars, and what crawlers
//! look for.

/// All feeds and calendars, explained to people.
pub const FEEDS: &str = "/feeds";
/// The newest articles; `format` is `atom`, `rss` or `json`.
pub const FEED_ROUTE: &str = "/feed.{format:atom|rss|json}";
/// Today in history, one entry a day.
pub const TODAY_FEED_ROUTE: &str = "/today.{format:atom|rss|json}";
/// Every day of the year with its events, as iCalendar (RFC 5545).
pub const CALENDAR: &str = "/calendar.ics";
/// The index of all sitemaps (<https://www.sitemaps.org>).
pub const SITEMAP: &str = "/sitemap.xml";
/// One of them.
pub const SITEMAP_ROUTE: &str = "/sitemaps/{name}.xml";
/// Whom to tell of a weakness (RFC 9116).
pub const SECURITY: &str = "/.well-known/security.txt";
/// What the site is, for programs that read text (<https://llmstxt.org>).
pub const LLMS: &str = "/llms.txt";

/// The newest articles; `format` is `atom`, `rss` or `json`.
#[must_use]
pub fn feed(format: &str) -> String {
    format!("/feed.{format}")
}

/// Today in history.
#[must_use]
pub fn today(format: &str) -> String {
    format!("/today.{format}")
}

/// The articles about one entry; `kind` is the plural of its registry, and
/// `format` one of `atom`, `rss`, `json` and `ics`. With `{slug}` it is the
/// pattern of a route.
#[must_use]
pub fn of_entry(kind: &str, slug: &str, format: &str) -> String {
    format!("/{kind}/{slug}/feed.{format}")
}

/// A calendar under the scheme by which programs subscribe to it instead of
/// taking it in once; `base_url` has no slash at its end.
#[must_use]
pub fn webcal(base_url: &str, path: &str) -> String {
    let (_, place) = base_url.split_once("://").unwrap_or(("", base_url));
    format!("webcal://{place}{path}")
}

/// One of the sitemaps, by a name such as `articles-1`.
#[must_use]
pub fn sitemap(name: &str) -> String {
    format!("/sitemaps/{name}.xml")
}

/// Where a search engine finds the key with which it is told of changes
/// (<https://www.indexnow.org>).
#[must_use]
pub fn index_now_key(key: &str) -> String {
    format!("/{key}.txt")
}
