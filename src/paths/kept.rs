//! Which answers the program may keep, and by what they are told apart.

use std::borrow::Cow;

/// What lies below these is for one person, changes each time, or is in memory
/// anyway.
const NEVER: [&str; 9] = [
    "/desk", "/reports", "/contact", "/random", "/static", "/healthz", "/readyz", "/metrics",
    "/subscri",
];

/// The address under which an answer to this path and query string is kept, or
/// `None` if it never is. Parameters that the page does not know are left out,
/// so that no tracking parameter makes a page of its own.
#[must_use]
pub fn key<'a>(path: &'a str, query: &str) -> Option<Cow<'a, str>> {
    if NEVER.iter().any(|prefix| path.starts_with(prefix))
        || path == super::api::EXPORT
        || path.ends_with("/report")
    {
        return None;
    }
    if query.is_empty() {
        return Some(Cow::Borrowed(path));
    }
    let known: &[&str] = match parameters(path) {
        Parameters::All => return Some(Cow::Owned(format!("{path}?{query}"))),
        Parameters::These(known) => known,
    };
    let mut key = String::new();
    for pair in query.split('&') {
        let name = pair.split('=').next().unwrap_or_default();
        if name.contains(['%', '+']) {
            // A name that is written in another way than anybody would.
            return None;
        }
        if known.contains(&name) {
            key.push(if key.is_empty() { '?' } else { '&' });
            key.push_str(pair);
        }
    }
    if key.is_empty() {
        return Some(Cow::Borrowed(path));
    }
    key.insert_str(0, path);
    Some(Cow::Owned(key))
}

enum Parameters {
    /// Each parameter may matter, also one that is wrong.
    All,
    These(&'static [&'static str]),
}

fn parameters(path: &str) -> Parameters {
    let of_article = path.strip_prefix("/articles/");
    match path {
        "/today" | "/embed/today" => Parameters::These(&["tz"]),
        "/oembed" | "/map" => Parameters::All,
        _ if path.starts_with("/api/")
            || path.starts_with("/feed/v1/")
            || path.starts_with("/corrections")
            || path.ends_with("/compare") =>
        {
            Parameters::All
        }
        _ if of_article.is_some_and(|rest| rest.ends_with("/share")) => Parameters::These(&["p"]),
        _ if of_article.is_some_and(|rest| !rest.contains('/')) => Parameters::These(&["r"]),
        _ => Parameters::These(&["page"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_page_knows_tells_it_apart() {
        for (path, query, wanted) in [
            ("/articles/vasa", "", Some("/articles/vasa")),
            (
                "/articles/vasa",
                "utm_source=x&fbclid=1",
                Some("/articles/vasa"),
            ),
            ("/articles/vasa", "utm=1&r=3", Some("/articles/vasa?r=3")),
            (
                "/articles/vasa/share",
                "p=2&r=1",
                Some("/articles/vasa/share?p=2"),
            ),
            ("/today", "tz=Asia/Seoul&x", Some("/today?tz=Asia/Seoul")),
            ("/articles/vasa", "%72=3", None),
            (
                "/api/v1/articles",
                "limit=2",
                Some("/api/v1/articles?limit=2"),
            ),
            ("/articles/vasa/report", "r=1&p=2", None),
            ("/desk/cases/C-1", "", None),
            ("/reports/secret", "", None),
            ("/api/v1/export.ndjson", "", None),
        ] {
            assert_eq!(key(path, query).as_deref(), wanted, "{path}?{query}");
        }
    }
}
