//! The words of a rendered text, without its markup and its notes.

use std::collections::HashSet;

use ammonia::Builder;
use quick_xml::escape::{partial_escape, unescape_with};

use crate::content::passages;

/// The words of the first paragraph of a rendered text; empty where there is
/// none. The numbers of notes are left out.
pub(super) fn first_paragraph(html: &str) -> String {
    let Some(start) = html.find("<p") else {
        return String::new();
    };
    let rest = &html[start..];
    let paragraph = rest.find("</p>").map_or(rest, |end| &rest[..end]);
    let bare = Builder::new()
        .tags(HashSet::new())
        .clean_content_tags(HashSet::from(["script", "style", "sup", "small"]))
        .clean(paragraph)
        .to_string();
    let text = unescape_with(&bare, |entity| match entity {
        "amp" => Some("&"),
        "lt" => Some("<"),
        "gt" => Some(">"),
        "quot" => Some("\""),
        "nbsp" => Some("\u{a0}"),
        _ => None,
    });
    // What cannot be read back stays as it is: it was only escaped too much.
    let text = text.as_deref().unwrap_or(&bare);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first sentence of a text as a part of another one: without its full
/// stop, and its article in lower case. "A French painter." gives "a French
/// painter".
pub(super) fn first_sentence(text: &str) -> String {
    let first = passages::sentences(text).into_iter().next().unwrap_or("");
    let first = first.strip_suffix('.').unwrap_or(first);
    for article in ["A ", "An ", "The ", "One "] {
        if let Some(rest) = first.strip_prefix(article) {
            return format!("{}{rest}", article.to_ascii_lowercase());
        }
    }
    first.to_owned()
}

/// Words that begin a line.
pub(super) fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// Text as HTML.
pub(super) fn escaped(text: &str) -> String {
    partial_escape(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_read_without_markup_and_marks_of_notes() {
        for (html, text) in [
            ("", ""),
            ("<h2>Only a heading</h2>", ""),
            (
                "<p id=\"p1\">A <em>French</em> painter,<sup><a href=\"#n1\">1</a></sup> \
                 who&nbsp;drew &lt;b&gt; &amp; more.</p>\n<p>Second.</p>",
                "A French painter, who drew <b> & more.",
            ),
            ("<p>Not closed &amp;amp; twice", "Not closed &amp; twice"),
        ] {
            assert_eq!(first_paragraph(html), text);
        }
    }

    #[test]
    fn a_sentence_goes_on_after_a_name() {
        for (text, sentence) in [
            ("", ""),
            ("A French painter. He died.", "a French painter"),
            ("The capital.", "the capital"),
            (
                "American runner, born at Harrow.",
                "American runner, born at Harrow",
            ),
            ("Theatre owner", "Theatre owner"),
        ] {
            assert_eq!(first_sentence(text), sentence);
        }
    }
}
