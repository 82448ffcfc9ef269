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
/// The pattern of [`index_now_key`]; others may have the same form.
pub const INDEX_NOW_KEY_ROUTE: &str = "/{key:[a-z0-9-]{8,128}}.txt";
/// What the site is, for programs that read text (<https://llmstxt.org>).
pub const LLMS: &str = "/llms.txt";

/// Where crawlers need not come, as `robots.txt` has it: forms, receipts, the
/// desk, one article by chance, the comparisons of any two revisions, and what
/// helps to share and to cite.
pub const UNCRAWLED: [&str; 7] = [
    super::RANDOM,
    "/reports/",
    "/articles/*/report",
    "/articles/*/compare",
    "/articles/*/share",
    "/articles/*/cite",
    super::desk::INBOX,
];

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
/// (<https://www.indexnow.org>). In lower case, as all paths are, whatever the
/// key is.
#[must_use]
pub fn index_now_key(key: &str) -> String {
    format!("/{}.txt", key.to_ascii_lowercase())
}
