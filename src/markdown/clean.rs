//! Knows markup that is already as the sanitiser writes it, without building a
//! document from it: that was a fifth of the work of an import.
//!
//! It is held against the same lists, token by token. Whatever is not in the one
//! form that these lists allow goes the long way, through the sanitiser's own
//! parser, and property tests hold the two against each other. A tokeniser has
//! no choice in what passes here: text without `<`, tags of listed names, values
//! in double quotes without a double quote, no element whose content is read by
//! rules of its own.

use std::borrow::Cow;

use super::escape::CUT;
use super::sanitise::{TAGS, is_allowed};

/// What ends where it begins.
const VOID: [&str; 4] = ["br", "hr", "img", "source"];

/// What may stand in a paragraph; a browser would end the paragraph before any
/// other.
const PHRASING: [&str; 11] = [
    "a", "br", "code", "em", "img", "picture", "small", "source", "span", "strong", "sup",
];

const HEADINGS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];

/// What markup spells out, the last one in values alone.
const REFERENCES: [(&str, char); 5] = [
    ("&amp;", '&'),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&nbsp;", '\u{a0}'),
    ("&quot;", '"'),
];

/// What the sanitiser would make of `markup`, if that is plain to see.
pub(super) fn copy(markup: &str) -> Option<String> {
    let mut copy = Copy {
        rest: markup,
        out: String::with_capacity(markup.len() + markup.len() / 32),
        open: Vec::new(),
    };
    while !copy.rest.is_empty() {
        copy.text()?;
        copy.tag()?;
    }
    copy.open.is_empty().then_some(copy.out)
}

struct Copy<'a> {
    rest: &'a str,
    out: String,
    /// The elements around the place that is read, the innermost last.
    open: Vec<&'static str>,
}

impl<'a> Copy<'a> {
    /// Text up to the next tag.
    fn text(&mut self) -> Option<()> {
        let (text, rest) = match self.rest.find('<') {
            Some(at) => self.rest.split_at(at),
            None => (self.rest, ""),
        };
        self.rest = rest;
        // Within a table all but space would be moved to before it.
        if self.is_between_cells() && !text.trim_ascii().is_empty() {
            return None;
        }
        push(&mut self.out, text, Place::Text)
    }

    /// The tag that begins here, if any does.
    fn tag(&mut self) -> Option<()> {
        if self.rest.is_empty() {
            return Some(());
        }
        if let Some(rest) = self.rest.strip_prefix(CUT) {
            self.rest = rest;
            return Some(());
        }
        match self.rest.strip_prefix("</") {
            Some(rest) => {
                let (name, rest) = rest.split_once('>')?;
                if self.open.pop()? != name {
                    return None;
                }
                self.out.push_str("</");
                self.out.push_str(name);
                self.out.push('>');
                self.rest = rest;
            }
            None => self.start_tag()?,
        }
        Some(())
    }

    fn start_tag(&mut self) -> Option<()> {
        let rest = self.rest.strip_prefix('<')?;
        let (name, mut rest) = rest.split_at(rest.find([' ', '>'])?);
        let name = *TAGS.get(TAGS.binary_search(&name).ok()?)?;
        if !self.may_hold(name) {
            return None;
        }
        self.out.push('<');
        self.out.push_str(name);
        let mut seen: Vec<&str> = Vec::new();
        while let Some(attribute) = rest.strip_prefix(' ') {
            let (attribute, after) = attribute.split_once("=\"")?;
            let (value, after) = after.split_once('"')?;
            if seen.contains(&attribute) || !is_allowed(name, attribute, &meant(value)?) {
                return None;
            }
            seen.push(attribute);
            self.out.push(' ');
            self.out.push_str(attribute);
            self.out.push_str("=\"");
            push(&mut self.out, value, Place::Value)?;
            self.out.push('"');
            rest = after;
        }
        self.rest = rest.strip_prefix('>')?;
        self.out.push('>');
        if name == "pre" && self.rest.starts_with('\n') {
            // The first line end would be dropped.
            return None;
        }
        if !VOID.contains(&name) {
            self.open.push(name);
        }
        Some(())
    }

    fn is_between_cells(&self) -> bool {
        let parent = self.open.last();
        parent.is_some_and(|parent| matches!(*parent, "table" | "thead" | "tbody" | "tr"))
    }

    /// Whether an element stays where it stands, when a browser reads it.
    fn may_hold(&self, name: &str) -> bool {
        let parent = self.open.last().copied().unwrap_or_default();
        let is_within = |names: &[&str]| self.open.iter().any(|open| names.contains(open));
        let fits = match name {
            "thead" | "tbody" => parent == "table",
            "tr" => matches!(parent, "thead" | "tbody"),
            "td" | "th" => parent == "tr",
            "li" => matches!(parent, "ul" | "ol"),
            _ => !self.is_between_cells(),
        };
        fits && (PHRASING.contains(&name) || !is_within(&["p"]))
            && !(HEADINGS.contains(&name) && is_within(&HEADINGS))
            && !(name == "a" && is_within(&["a"]))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Value,
}

/// Appends text or a value with its unbreakable spaces spelt out.
fn push(out: &mut String, text: &str, place: Place) -> Option<()> {
    let mut rest = text;
    // The unbreakable space is C2 A0, and C2 is never within a character.
    let is_telling = |byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\r' | b'\0' | 0xc2);
    while let Some(at) = rest.bytes().position(is_telling) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let character = special.chars().next()?;
        let (written, read) = match character {
            '\u{a0}' => ("&nbsp;", "\u{a0}"),
            '"' if place == Place::Text => ("\"", "\""),
            '&' => match reference(special)? {
                (_, '"') if place == Place::Text => return None,
                (spelt, _) => (spelt, spelt),
            },
            _ if !character.is_ascii() => {
                let (other, _) = special.split_at(character.len_utf8());
                (other, other)
            }
            _ => return None,
        };
        out.push_str(written);
        rest = special.strip_prefix(read)?;
    }
    out.push_str(rest);
    Some(())
}

/// A value as it is meant.
fn meant(value: &str) -> Option<Cow<'_, str>> {
    if !value.contains('&') {
        return Some(Cow::Borrowed(value));
    }
    let mut meant = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        let (plain, special) = rest.split_at(at);
        meant.push_str(plain);
        let (spelt, character) = reference(special)?;
        meant.push(character);
        rest = special.strip_prefix(spelt)?;
    }
    meant.push_str(rest);
    Some(Cow::Owned(meant))
}

/// The reference with which a text begins.
fn reference(text: &str) -> Option<(&'static str, char)> {
    let mut all = REFERENCES.into_iter();
    all.find(|(spelt, _)| text.starts_with(spelt))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sanitise::parsed;
    use super::copy;

    /// What the writer writes, and what it never should.
    const TAGS: [&str; 45] = [
        "p",
        "p id=\"p-1\"",
        "p id=\"nav\"",
        "p class=\"report-line\"",
        "p style=\"color:red\"",
        "p id='p-1'",
        "p id=p-1",
        "p ",
        "P",
        "p id=\"p-1\" id=\"p-2\"",
        "div class=\"table\" role=\"group\" tabindex=\"0\"",
        "div class=\"table \"",
        "div tabindex=\"1\"",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
        "td class=\"left\"",
        "th scope=\"col\" class=\"left\"",
        "ul",
        "ol start=\"3\"",
        "li",
        "blockquote",
        "h2 id=\"h-x\"",
        "h3",
        "pre tabindex=\"0\"",
        "figure",
        "a",
        "a href=\"/x?a=1&amp;b=2\"",
        "a href=\"https://e.org/\" rel=\"nofollow\" title=\"&quot;\"",
        "a href=\"java&amp;script:x\"",
        "a href=\"javascript:x\"",
        "a href=\"//e.org\"",
        "em",
        "strong",
        "code",
        "small class=\"margin-note\" role=\"note\"",
        "sup class=\"note-ref\" id=\"fnref-1\"",
        "span",
        "picture class=\"picture__sources\"",
        "script",
        "style",
        "svg",
        "title",
    ];

    const LEAVES: [&str; 24] = [
        "",
        "\n",
        " ",
        "a",
        " a\u{a0}\"b\" ",
        "&amp;&lt;&gt;&nbsp;",
        "&quot;",
        "&#65;",
        "&",
        "&amp",
        ">",
        "<",
        "</p>",
        "<p>",
        "<!---->",
        "<!-- a -->",
        "<br>",
        "<br/>",
        "<hr>",
        "<img src=\"/x\" alt=\"\u{a0}\">",
        "<img class=\"tone--n1\" src=\"/x\" alt=\"a &lt; b\">",
        "<img src=\"/x\" alt=\">\">",
        "\r",
        "é—",
    ];

    fn markup() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(&LEAVES[..]).prop_map(str::to_owned);
        leaf.prop_recursive(5, 24, 4, |inner| {
            let within = prop::collection::vec(inner, 0..4);
            (prop::sample::select(&TAGS[..]), within).prop_map(|(tag, within)| {
                let name = tag.split(' ').next().unwrap();
                format!("<{tag}>{}</{name}>", within.concat())
            })
        })
    }

    #[test]
    fn what_a_browser_would_move_goes_the_long_way() {
        for markup in [
            "<p>a<p>b</p></p>",
            "<p><em><ul></ul></em></p>",
            "<a href=\"/x\"><a href=\"/y\">a</a></a>",
            "<h2><h3>a</h3></h2>",
            "<ul><li>a<li>b</li></li></ul>",
            "<table>a</table>",
            "<table><li></li></table>",
            "<tr></tr>",
            "<pre tabindex=\"0\">\n</pre>",
            "<p>",
            "</p>",
            "<em><strong></em></strong>",
        ] {
            assert_eq!(copy(markup), None, "{markup}");
        }
        assert_eq!(
            copy("<p>a<!---->\u{a0}b</p>").as_deref(),
            Some("<p>a&nbsp;b</p>")
        );
    }

    proptest! {
        // So many that each rule above is met by some tree that breaks it.
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn it_is_what_the_sanitiser_makes_of_it(markup in markup()) {
            if let Some(copy) = copy(&markup) {
                prop_assert_eq!(copy, parsed(&markup));
            }
        }
    }
}
