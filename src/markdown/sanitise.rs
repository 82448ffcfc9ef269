//! The last step of rendering: only a list of elements, attributes and
//! addresses gets through, whatever went wrong before.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::{RenderedHtml, clean, links};

/// Every element that rendered text may hold.
pub(super) const TAGS: [&str; 32] = [
    "a",
    "blockquote",
    "br",
    "code",
    "div",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "picture",
    "pre",
    "small",
    "source",
    "span",
    "strong",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// What every id must begin with, so that no text can take the id of something
/// else on the page.
pub(super) const ID_PREFIXES: [&str; 4] = ["p-", "h-", "fn-", "fnref-"];

const ATTRIBUTES: [(&str, &[&str]); 7] = [
    ("a", &["href", "title", "aria-label"]),
    (
        "img",
        &["class", "src", "srcset", "sizes", "alt", "width", "height"],
    ),
    ("source", &["srcset", "sizes"]),
    ("ol", &["start"]),
    ("div", &["aria-label"]),
    ("th", &[]),
    ("pre", &[]),
];

const VALUES: [(&str, &str, &[&str]); 10] = [
    ("a", "rel", &["noopener", "nofollow"]),
    ("a", "role", &["doc-noteref", "doc-backlink"]),
    ("img", "loading", &["lazy"]),
    ("img", "decoding", &["async"]),
    ("source", "type", &["image/avif"]),
    ("div", "role", &["group"]),
    ("div", "tabindex", &["0"]),
    ("pre", "tabindex", &["0"]),
    ("small", "role", &["note"]),
    ("th", "scope", &["col"]),
];

const CLASSES: [(&str, &[&str]); 11] = [
    (
        "a",
        &[
            "heading-anchor",
            "note-back",
            "report-passage",
            "share-passage",
        ],
    ),
    ("div", &["table"]),
    ("figure", &["picture", "picture--tall"]),
    ("ol", &["notes", "notes--beside"]),
    ("p", &["report-line"]),
    ("picture", &["picture__sources"]),
    ("small", &["margin-note"]),
    ("span", &["picture__credit"]),
    ("sup", &["note-ref"]),
    ("td", &["left", "center", "right"]),
    ("th", &["left", "center", "right"]),
];

/// Cleans finished markup. Cleaning it again changes nothing.
pub(super) fn sanitise(markup: &str) -> RenderedHtml {
    RenderedHtml(clean::copy(markup).unwrap_or_else(|| parsed(markup)))
}

/// The same for any markup, by building a document from it.
pub(super) fn parsed(markup: &str) -> String {
    static BUILDER: LazyLock<Builder<'static>> = LazyLock::new(builder);
    BUILDER.clean(markup).to_string()
}

/// Whether an attribute of a listed element is kept as it is.
pub(super) fn is_allowed(tag: &str, attribute: &str, value: &str) -> bool {
    if !may_be(tag, attribute, value) {
        return false;
    }
    let values = VALUES
        .iter()
        .find(|(of, name, _)| *of == tag && *name == attribute);
    if let Some((.., values)) = values {
        return values.contains(&value);
    }
    let classes = CLASSES.iter().find(|(of, _)| *of == tag);
    if let Some((_, classes)) = classes.filter(|_| attribute == "class") {
        return value.split(' ').all(|class| classes.contains(&class));
    }
    let own = ATTRIBUTES.iter().find(|(of, _)| *of == tag);
    attribute == "id" || own.is_some_and(|(_, names)| names.contains(&attribute))
}

/// What is asked of a value beside the lists.
fn may_be(tag: &str, attribute: &str, value: &str) -> bool {
    match attribute {
        "id" => ID_PREFIXES.iter().any(|prefix| value.starts_with(prefix)),
        "href" => links::kind(value).is_some(),
        "src" => links::is_rooted(value),
        "srcset" => value.split(", ").all(is_candidate),
        "class" if tag == "img" => is_tone(value),
        _ => true,
    }
}

fn builder() -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .generic_attributes(HashSet::from(["id"]))
        .tag_attributes(
            ATTRIBUTES
                .iter()
                .map(|(tag, names)| (*tag, names.iter().copied().collect()))
                .collect(),
        )
        .tag_attribute_values(values())
        .allowed_classes(
            CLASSES
                .iter()
                .map(|(tag, names)| (*tag, names.iter().copied().collect()))
                .collect(),
        )
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(|tag, attribute, value| {
            may_be(tag, attribute, value).then_some(Cow::Borrowed(value))
        });
    builder
}

/// An entry of `srcset`: a path on this site and a width.
fn is_candidate(entry: &str) -> bool {
    let digits = |width: &str| !width.is_empty() && width.bytes().all(|c| c.is_ascii_digit());
    entry.split_once(' ').is_some_and(|(path, width)| {
        links::is_rooted(path) && width.strip_suffix('w').is_some_and(digits)
    })
}

fn is_tone(class: &str) -> bool {
    class.strip_prefix("tone--").is_some_and(|name| {
        name.len() == 2
            && name
                .bytes()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    })
}

fn values() -> HashMap<&'static str, HashMap<&'static str, HashSet<&'static str>>> {
    let mut values: HashMap<_, HashMap<_, _>> = HashMap::new();
    for (tag, attribute, allowed) in VALUES {
        values
            .entry(tag)
            .or_default()
            .insert(attribute, allowed.iter().copied().collect());
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_come_from_this_site_in_whatever_attribute() {
        for (markup, whole) in [
            ("<img class=\"tone--n1\">", true),
            ("<img class=\"tone--n1 notice\">", false),
            ("<img class=\"button\">", false),
            (
                "<img srcset=\"/media/a.400.webp 400w, /media/a.800.webp 800w\">",
                true,
            ),
            (
                "<img srcset=\"/media/a.400.webp 400w, //e.org/b 800w\">",
                false,
            ),
            ("<img srcset=\"https://e.org/b 800w\">", false),
            ("<img srcset=\"/media/a.400.webp\">", false),
            ("<source type=\"image/svg+xml\">", false),
        ] {
            assert_eq!(sanitise(markup).as_str() == markup, whole, "{markup}");
        }
    }

    #[test]
    fn what_is_not_listed_goes() {
        let dirty = "<p id=\"p-1\" class=\"x\" style=\"color:red\" onclick=\"x\">a<script>b</script>\
             <svg><a href=\"/x\">c</a></svg><iframe src=\"https://e.org\"></iframe></p>\
             <p id=\"nav\"><a href=\"javascript:x\" target=\"_blank\" rel=\"opener\">d</a>\
             <img src=\"https://e.org/x.png\" onerror=\"x\"></p>";
        assert_eq!(
            sanitise(dirty).as_str(),
            "<p id=\"p-1\" class=\"\">a</p><p><a>d</a><img></p>"
        );
    }

    #[test]
    fn cleaning_twice_is_cleaning_once() {
        for markup in [
            "<p>a<p>b<table>c<tr>d<td>e</table>",
            "<a href='/x'>a<a href='/y'>b",
            "<b><p>x</b>y</p>&nbsp;&#0;&lt;script>",
        ] {
            let once = sanitise(markup);
            assert_eq!(sanitise(once.as_str()), once);
        }
    }

    #[test]
    fn a_deep_tree_does_not_overflow_the_stack() {
        let markup = "<blockquote>".repeat(5_000);
        assert!(sanitise(&markup).as_str().starts_with("<blockquote>"));
    }
}
