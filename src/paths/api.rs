//! The addresses for programs.

/// The API, explained to people.
pub const API: &str = "/api";
/// The same for programs (OpenAPI 3.1).
pub const OPENAPI: &str = "/api/v1/openapi.json";
/// Everything that is public, one JSON value on a line.
pub const EXPORT: &str = "/api/v1/export.ndjson";
/// Articles in pages.
pub const ARTICLES: &str = "/api/v1/articles";
/// One article.
pub const ARTICLE_ROUTE: &str = "/api/v1/articles/{slug}";
/// Its revisions.
pub const REVISIONS_ROUTE: &str = "/api/v1/articles/{slug}/revisions";
/// One of them.
pub const REVISION_ROUTE: &str = "/api/v1/articles/{slug}/revisions/{number}";
/// Every day that has events.
pub const DAYS: &str = "/api/v1/days";
/// One day of the year.
pub const DAY_ROUTE: &str = "/api/v1/days/{day}";
/// Claims of articles.
pub const CLAIMS: &str = "/api/v1/claims";
/// Claims that contradict each other.
pub const DISPUTES: &str = "/api/v1/disputes";
/// A registry by its plural: `people`, `places`, `organisations`, `topics`. It
/// would also take what has a route of its own, which must be registered first.
pub const REGISTRY_ROUTE: &str = "/api/v1/{kind}";
/// One entry of a registry.
pub const ENTRY_ROUTE: &str = "/api/v1/{kind}/{slug}";
/// Imports that changed something.
pub const EDITIONS: &str = "/api/v1/editions";
/// What happened on a day, in the shape of Wikimedia's feed.
pub const ON_THIS_DAY_ROUTE: &str = "/api/rest_v1/feed/onthisday/{kind}/{month}/{day}";
/// The same under the path of Wikimedia's other host.
pub const ON_THIS_DAY_OF_LANGUAGE_ROUTE: &str =
    "/feed/v1/wikipedia/{language}/onthisday/{kind}/{month}/{day}";

/// One article.
#[must_use]
pub fn article(slug: &str) -> String {
    format!("{ARTICLES}/{slug}")
}

/// Its revisions.
#[must_use]
pub fn revisions(slug: &str) -> String {
    format!("{ARTICLES}/{slug}/revisions")
}

/// One revision, numbered from 1.
#[must_use]
pub fn revision(slug: &str, number: i64) -> String {
    format!("{ARTICLES}/{slug}/revisions/{number}")
}

/// One day of the year; `day` is a day slug such as `january-4`.
#[must_use]
pub fn day(day: &str) -> String {
    format!("{DAYS}/{day}")
}

/// A registry; `kind` is its plural.
#[must_use]
pub fn registry(kind: &str) -> String {
    format!("/api/v1/{kind}")
}

/// One entry of a registry. With `{slug}` it is the pattern of a route.
#[must_use]
pub fn entry(kind: &str, slug: &str) -> String {
    format!("/api/v1/{kind}/{slug}")
}

/// The articles that carry a name; `parameter` is the singular of its registry.
#[must_use]
pub fn articles_with(parameter: &str, slug: &str) -> String {
    format!("{ARTICLES}?{parameter}={slug}")
}

/// The claims of one article.
#[must_use]
pub fn claims_of(slug: &str) -> String {
    format!("{CLAIMS}?article={slug}")
}

/// A path with a query string; names and values are encoded here.
#[must_use]
pub fn with_query(path: &str, parameters: &[(String, String)]) -> String {
    if parameters.is_empty() {
        return path.to_owned();
    }
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters);
    format!("{path}?{}", query.finish())
}

/// A pattern of this folder with its parameters filled in, values encoded.
#[must_use]
pub fn filled(route: &str, values: &[(String, String)]) -> String {
    values.iter().fold(route.to_owned(), |path, (name, value)| {
        let value =
            percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
        // Slugs hold hyphens, which need no escape.
        path.replace(
            &format!("{{{name}}}"),
            &value.to_string().replace("%2D", "-"),
        )
    })
}

/// Whether programs alone ask for this path, so that its errors are JSON and
/// its use has a limit.
#[must_use]
pub fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/") || path.starts_with("/feed/v1/")
}

/// Whether pages of other sites may read this path with a script: the API, and
/// what feed readers and calendars come for.
#[must_use]
pub fn is_open(path: &str) -> bool {
    let is_feed = [
        ".atom",
        ".rss",
        ".ics",
        "/feed.json",
        "/today.json",
        "/corrections.json",
    ]
    .iter()
    .any(|end| path.ends_with(end));
    is_feed || is_for_programs(path) || path == super::sharing::OEMBED
}
