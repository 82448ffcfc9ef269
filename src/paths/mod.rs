//! Every URL of the site is built here, and nowhere else.
//!
//! Slugs, month names and tokens come from types that hold only lower-case
//! ASCII letters, digits and hyphens, so a path needs no escaping; what does
//! need it (a quotation in a query string) goes through [`report_passage`].
//! The `…_ROUTE` constants are the patterns that `routes` functions register.

pub mod api;
pub mod desk;
pub mod feeds;
pub mod kept;
pub mod record;
pub mod sharing;

use url::form_urlencoded::byte_serialize;

/// Today in the site's time zone.
pub const HOME: &str = "/";
/// Today in the reader's time zone: `?tz=Asia/Seoul`.
pub const TODAY: &str = "/today";
/// All years that have articles, by century and decade.
pub const TIMELINE: &str = "/timeline";
/// All places that have coordinates, on one map: `?century=20th`.
pub const MAP: &str = "/map";
/// One article, any, by chance. Answers 302 and is never cached.
pub const RANDOM: &str = "/random";
/// The form for a report that is not about one article.
pub const CONTACT: &str = "/contact";
/// How the site is made, and all that it is made of.
pub const COLOPHON: &str = "/about/colophon";
/// Where an answer to "is the process alive" stands.
pub const HEALTH: &str = "/healthz";
/// Where an answer to "can it serve readers" stands.
pub const READY: &str = "/readyz";
/// The numbers that the program keeps of itself, for the operator alone.
pub const METRICS: &str = "/metrics";
/// What crawlers may read.
pub const ROBOTS: &str = "/robots.txt";
/// Where browsers look when a page names no icon.
pub const FAVICON: &str = "/favicon.ico";
/// Where telephones look when a page names no icon.
pub const TOUCH_ICON: &str = "/apple-touch-icon.png";

/// A day of the year, or a month: `january-4`, `january`.
pub const ON_ROUTE: &str = "/on/{day}";
/// A year: `1951`, `44-bce`.
pub const YEAR_ROUTE: &str = "/year/{year}";
/// A decade: `1950s`, `40s-bce`.
pub const DECADE_ROUTE: &str = "/decade/{decade}";
/// A century: `20th`, `1st-bce`.
pub const CENTURY_ROUTE: &str = "/century/{century}";
/// An article.
pub const ARTICLE_ROUTE: &str = "/articles/{slug}";
/// The form to report an error in an article.
pub const ARTICLE_REPORT_ROUTE: &str = "/articles/{slug}/report";
/// The receipt of a report.
pub const RECEIPT_ROUTE: &str = "/reports/{token}";
/// A static file under its content-hashed name.
pub const STATIC_ROUTE: &str = "/static/{path:.+}";
/// The plate of the world map under the hash of its bytes.
pub const WORLD_PLATE_ROUTE: &str = "/maps/world.{hash:[0-9a-f]{10}}.svg";
/// The map of an article, under a hash of what it shows: `{slug}.{hash}.svg`.
pub const MAP_ROUTE: &str = "/maps/{name}";
/// The map of a place, named likewise.
pub const PLACE_MAP_ROUTE: &str = "/maps/places/{name}";
/// A rendition of a picture, under the hash of the picture's bytes and its own
/// width; or, as pages wrote it once, the picture without a width.
pub const MEDIA_ROUTE: &str = "/media/{name}";

/// A day page; `day` is a day slug such as `january-4`.
#[must_use]
pub fn day(day: &str) -> String {
    format!("/on/{day}")
}

/// A month page; `month` is a month slug such as `january`.
#[must_use]
pub fn month(month: &str) -> String {
    format!("/on/{month}")
}

/// A year page; `year` is a year slug such as `1951` or `44-bce`.
#[must_use]
pub fn year(year: &str) -> String {
    format!("/year/{year}")
}

/// A decade page; `decade` is a decade slug such as `1950s` or `40s-bce`.
#[must_use]
pub fn decade(decade: &str) -> String {
    format!("/decade/{decade}")
}

/// A century page; `century` is a century slug such as `20th` or `1st-bce`.
#[must_use]
pub fn century(century: &str) -> String {
    format!("/century/{century}")
}

/// An article's permalink. It holds no date, because dates get corrected.
#[must_use]
pub fn article(slug: &str) -> String {
    format!("/articles/{slug}")
}

/// The part of an article's page that shows where accounts differ.
#[must_use]
pub fn accounts(slug: &str) -> String {
    format!("/articles/{slug}#accounts-differ")
}

/// The form to report an error in an article, seen at `revision`, perhaps at
/// one paragraph (numbered from 1).
#[must_use]
pub fn report(slug: &str, revision: i64, paragraph: Option<usize>) -> String {
    match paragraph {
        Some(paragraph) => format!("/articles/{slug}/report?r={revision}&p={paragraph}"),
        None => format!("/articles/{slug}/report?r={revision}"),
    }
}

/// Where the form about an article is sent.
#[must_use]
pub fn report_action(slug: &str) -> String {
    format!("/articles/{slug}/report")
}

/// The form with a passage of the reader's choice already in it.
#[must_use]
pub fn report_passage(slug: &str, revision: i64, quote: &str) -> String {
    let quote: String = byte_serialize(quote.as_bytes()).collect();
    format!("/articles/{slug}/report?r={revision}&quote={quote}")
}

/// The report link of a page that is no article: the contact form, told from
/// which page the reader came. The address of a receipt is a secret, and goes
/// into no link but its own.
#[must_use]
pub fn contact_about(page: &str) -> String {
    if page.starts_with("/reports/") {
        return CONTACT.to_owned();
    }
    let page: String = byte_serialize(page.as_bytes()).collect();
    format!("{CONTACT}?page={page}")
}

/// The receipt of a report; `token` is its secret.
#[must_use]
pub fn receipt(token: &str) -> String {
    format!("/reports/{token}")
}

/// The index of a registry; `kind` is its plural: `people`, `places`,
/// `organisations`, `topics`.
#[must_use]
pub fn registry(kind: &str) -> String {
    format!("/{kind}")
}

/// One entry of a registry.
#[must_use]
pub fn entry(kind: &str, slug: &str) -> String {
    format!("/{kind}/{slug}")
}

/// The world map with the places of one century; `century` is a century slug
/// such as `20th`.
#[must_use]
pub fn map_of_century(century: &str) -> String {
    format!("{MAP}?century={century}")
}

/// The drawing of the land under the world map.
#[must_use]
pub fn world_plate(hash: &str) -> String {
    format!("/maps/world.{hash}.svg")
}

/// A page of a long list, from 1; the first is at the address of the list.
#[must_use]
pub fn page_of(path: &str, page: usize) -> String {
    match page {
        1 => path.to_owned(),
        _ => format!("{path}?page={page}"),
    }
}

/// A page of the site about itself, such as `about` or `privacy`.
#[must_use]
pub fn about(slug: &str) -> String {
    format!("/{slug}")
}

/// Where the site says how the lead of a day is chosen.
#[must_use]
pub fn lead_rule() -> String {
    format!("{}#h-how-the-lead-of-a-day-is-chosen", about("about"))
}

/// A static file; `name` already holds its content hash.
#[must_use]
pub fn static_file(name: &str) -> String {
    format!("/static/{name}")
}

/// A picture in one width, in pixels; `extension` is the one of its type.
#[must_use]
pub fn rendition(hash: &str, width: u32, extension: &str) -> String {
    format!("/media/{hash}.{width}.{extension}")
}

/// The locator map of an article; `hash` is that of what it shows.
#[must_use]
pub fn map(slug: &str, hash: &str) -> String {
    format!("/maps/{slug}.{hash}.svg")
}

/// The locator map of a place; `hash` is that of what it shows.
#[must_use]
pub fn place_map(slug: &str, hash: &str) -> String {
    format!("/maps/places/{slug}.{hash}.svg")
}

/// An item of Wikidata by its number, `Q8684`; `None` for what is no number
/// of an item.
#[must_use]
pub fn wikidata(item: &str) -> Option<String> {
    let digits = item.strip_prefix('Q')?;
    let plain = !digits.is_empty()
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| format!("https://www.wikidata.org/wiki/{item}"))
}

/// A place for the map program of the reader's own device (RFC 5870), in
/// degrees north and east.
#[must_use]
pub fn geo(lat: f64, lon: f64) -> String {
    format!("geo:{lat},{lon}")
}

/// The same path as an address that works from elsewhere; `base_url` has no
/// slash at its end.
#[must_use]
pub fn absolute(base_url: &str, path: &str) -> String {
    if path == HOME {
        format!("{base_url}/")
    } else {
        format!("{base_url}{path}")
    }
}

/// A path as the log may hold it: the secrets of receipts, confirmations and
/// passwords left out, and not longer than a line.
#[must_use]
pub fn without_secret(path: &str) -> String {
    let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match segments.as_slice() {
        [first, second, _, ..]
            if first.eq_ignore_ascii_case("reports") && second.eq_ignore_ascii_case("confirm") =>
        {
            record::CONFIRMATION_ROUTE.to_owned()
        }
        [first, _, ..] if first.eq_ignore_ascii_case("reports") => RECEIPT_ROUTE.to_owned(),
        [first, second, _, ..]
            if first.eq_ignore_ascii_case("desk") && second.eq_ignore_ascii_case("password") =>
        {
            desk::PASSWORD_ROUTE.to_owned()
        }
        _ => path.chars().take(200).collect(),
    }
}

/// Whether a path belongs to the site itself, so that no alias and no page of
/// the operator's can stand there.
#[must_use]
pub fn is_reserved(path: &str) -> bool {
    const FIRST_SEGMENTS: [&str; 34] = [
        "",
        "api",
        "apple-touch-icon.png",
        "articles",
        "calendar.ics",
        "cards",
        "century",
        "contact",
        "corrections",
        "decade",
        "desk",
        "embed",
        "favicon.ico",
        "feed",
        "feeds",
        "healthz",
        "map",
        "maps",
        "media",
        "metrics",
        "oembed",
        "on",
        "opensearch.xml",
        "organisations",
        "people",
        "places",
        "random",
        "readyz",
        "reports",
        "robots.txt",
        "search",
        "static",
        "today",
        "year",
    ];
    const MORE: [&str; 17] = [
        "corrections.atom",
        "corrections.json",
        "corrections.rss",
        "feed.atom",
        "feed.json",
        "feed.rss",
        "llms.txt",
        "sitemap.xml",
        "sitemaps",
        "subscribe",
        "subscriptions",
        "timeline",
        "today.atom",
        "today.json",
        "today.rss",
        "topics",
        ".well-known",
    ];
    let first = path.trim_start_matches('/').split('/').next().unwrap_or("");
    FIRST_SEGMENTS.contains(&first) || MORE.contains(&first)
}

/// The one spelling under which a path answers: lower case, no empty
/// segments, no slash at the end. `None` where the path already has it, or
/// holds anything that a public path of ours never holds (so that nobody can
/// make us redirect to a place of theirs).
#[must_use]
pub fn canonical_spelling(path: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    if !path.bytes().all(plain) {
        return None;
    }
    let segments: Vec<String> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let canonical = format!("/{}", segments.join("/"));
    (canonical != path).then_some(canonical)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_of_items_lead_to_wikidata() {
        assert_eq!(
            wikidata("Q8684").as_deref(),
            Some("https://www.wikidata.org/wiki/Q8684")
        );
        for other in ["", "Q", "q8684", "8684", "Q08", "Q8684/../x", "Q12 "] {
            assert_eq!(wikidata(other), None, "{other}");
        }
    }

    #[test]
    fn the_log_learns_no_secret() {
        for (path, logged) in [
            ("/reports/abc", RECEIPT_ROUTE),
            ("//Reports/abc/", RECEIPT_ROUTE),
            ("/reports/confirm/abc", record::CONFIRMATION_ROUTE),
            ("/desk/password/abc", desk::PASSWORD_ROUTE),
            ("/Desk/Password/abc/x", desk::PASSWORD_ROUTE),
            ("/desk/cases/c-7k3q2m", "/desk/cases/c-7k3q2m"),
        ] {
            assert_eq!(without_secret(path), logged);
        }
    }

    #[test]
    fn other_spellings_of_a_path_have_one_canonical_form() {
        let canonical = |path| canonical_spelling(path);
        assert_eq!(canonical("/on/January-4/"), Some("/on/january-4".into()));
        assert_eq!(canonical("//evil.example/"), Some("/evil.example".into()));
        assert_eq!(canonical("/on/january-4"), None);
        assert_eq!(canonical("/"), None);
        assert_eq!(canonical("/\\EVIL.example"), None);
        assert_eq!(canonical("/%5CEVIL.example/"), None);
    }
}
