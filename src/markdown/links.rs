//! Which addresses a link may lead to, as a list of what is allowed: browsers
//! read addresses more generously than any list of bad ones foresees.

use ammonia::Url;

/// The longest address, in bytes: longer ones fail in some browsers and mail
/// readers.
const LONGEST: usize = 2_000;

/// The kind of an address that is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A path from this site's root, or a place on the same page.
    Internal,
    /// Another site, by `http` or `https`.
    External,
    /// An e-mail address.
    Mail,
}

/// What kind of address `href` is; `None` if a link must not lead there.
pub(super) fn kind(href: &str) -> Option<Kind> {
    if href.len() > LONGEST {
        return None;
    }
    if is_rooted(href) || href.starts_with('#') {
        return Some(Kind::Internal);
    }
    let url = Url::parse(href).ok()?;
    if starts_with(href, "https://") || starts_with(href, "http://") {
        return url.has_host().then_some(Kind::External);
    }
    (starts_with(href, "mailto:") && href.contains('@')).then_some(Kind::Mail)
}

/// True for a path on this site. Two slashes, or a slash and a backslash, would
/// lead to another one.
pub(super) fn is_rooted(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\")
}

/// Why `href` is refused and what to do, as the end of a sentence.
pub(super) fn advice(href: &str) -> &'static str {
    if href.len() > LONGEST {
        return "the address is too long; find a shorter one";
    }
    if starts_with(href, "http:") || starts_with(href, "https:") {
        return "it is not a complete web address; check its spelling";
    }
    if href.starts_with("//") {
        return "begin the address with `https://`";
    }
    if href.contains(':') {
        return "only `https:`, `http:` and `mailto:` addresses are allowed";
    }
    "link to an article as `[[slug]]`, to a page of this site with a path that begins with `/`, \
     and to other sites with `https://`"
}

fn starts_with(href: &str, prefix: &str) -> bool {
    href.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_web_mail_and_this_site_are_allowed() {
        assert_eq!(kind("https://example.org/a?b#c"), Some(Kind::External));
        assert_eq!(kind("HTTP://example.org"), Some(Kind::External));
        assert_eq!(kind("mailto:a@example.org"), Some(Kind::Mail));
        assert_eq!(kind("/articles/x"), Some(Kind::Internal));
        assert_eq!(kind("#p-3"), Some(Kind::Internal));
    }

    #[test]
    fn all_else_is_refused() {
        for href in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//example.org",
            "/\\example.org",
            "https:example.org",
            "https://",
            "ftp://example.org",
            "page.md",
            "?q=1",
            "",
            &format!("https://example.org/{}", "a".repeat(2_000)),
        ] {
            assert_eq!(kind(href), None, "{href:?}");
        }
    }
}
