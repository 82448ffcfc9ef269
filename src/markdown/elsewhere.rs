//! Rendered text for a place that is not its page: feed readers, which know no
//! style of ours and no address but absolute ones.

use std::collections::HashSet;

use ammonia::{Builder, UrlRelative};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use url::Url;

use super::RenderedHtml;
use super::sanitise::TAGS;

/// What belongs to the page and not to the text: its tools, and the notes that
/// its styles show in the margin instead of at the end.
const OF_THE_PAGE: [&str; 5] = [
    "margin-note",
    "note-back",
    "report-line",
    "report-passage",
    "share-passage",
];

/// The text without what belongs to its page alone, without classes and ids,
/// and with addresses that work from anywhere. `page` is the absolute address
/// of the page, to which its fragments lead; if it is none, the text is empty.
#[must_use]
pub fn for_elsewhere(html: &RenderedHtml, page: &str) -> RenderedHtml {
    let Ok(page) = Url::parse(page) else {
        return RenderedHtml::default();
    };
    let text = text_alone(html.as_str(), &page).unwrap_or_default();
    let tags: HashSet<&str> = TAGS
        .into_iter()
        .filter(|tag| !matches!(*tag, "picture" | "source" | "span"))
        .collect();
    let mut builder = Builder::empty();
    builder
        .tags(tags)
        .add_tag_attributes("a", ["href", "title"])
        .add_tag_attributes("img", ["src", "alt", "width", "height"])
        .add_tag_attributes("ol", ["start"])
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::RewriteWithBase(page))
        .link_rel(None);
    RenderedHtml(builder.clean(&text).to_string())
}

/// Leaves out whole elements. The markup is what the sanitiser wrote, so it can
/// be read tag by tag; `None` if that is ever not so.
fn text_alone(html: &str, page: &Url) -> Option<String> {
    let mut reader = Reader::from_str(html);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut text = String::with_capacity(html.len());
    // The name of the element that is left out, and how deep it stands in
    // others of its name.
    let mut leaving: Option<(Vec<u8>, usize)> = None;
    let mut in_mark = false;
    let mut at = 0;
    loop {
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        let raw = html.get(at..end)?;
        at = end;
        if let Some((name, depth)) = &mut leaving {
            match &event {
                Event::Start(tag) if tag.name().as_ref() == name => *depth += 1,
                Event::End(tag) if tag.name().as_ref() == name => *depth -= 1,
                Event::Eof => return Some(text),
                _ => {}
            }
            if *depth == 0 {
                leaving = None;
            }
            continue;
        }
        match &event {
            Event::Eof => return Some(text),
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_vec();
                in_mark |= name == b"sup" && has_class(tag, "note-ref");
                // The number of a note stands in its mark twice, once for the
                // margin and once for the end.
                let is_second = in_mark && name == b"span";
                if is_second || is_of_the_page(tag, page) {
                    if text.ends_with("&nbsp;") {
                        text.truncate(text.len() - "&nbsp;".len());
                    }
                    leaving = Some((name, 1));
                    continue;
                }
                // A heading leads to itself only on its page.
                if !has_class(tag, "heading-anchor") {
                    text.push_str(raw);
                }
            }
            Event::End(tag) => {
                in_mark &= tag.name().as_ref() != b"sup";
                text.push_str(raw);
            }
            _ => text.push_str(raw),
        }
    }
}

fn is_of_the_page(tag: &BytesStart<'_>, page: &Url) -> bool {
    if OF_THE_PAGE.into_iter().any(|class| has_class(tag, class)) {
        return true;
    }
    let Some(href) = attribute(tag, "href") else {
        return false;
    };
    let tools = ["/report?", "/share?"];
    let below = href.strip_prefix(page.path());
    below.is_some_and(|rest| tools.into_iter().any(|tool| rest.starts_with(tool)))
}

fn has_class(tag: &BytesStart<'_>, class: &str) -> bool {
    let classes = attribute(tag, "class").unwrap_or_default();
    classes.split_ascii_whitespace().any(|one| one == class)
}

/// As it is written; neither classes nor what is looked for in addresses holds
/// a character that is escaped.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = tag.html_attributes();
    let all = all.with_checks(false).flatten();
    let mut named = all.filter(|one| one.key.as_ref() == name.as_bytes());
    let value = named.next()?.value;
    String::from_utf8(value.into_owned()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://daybook.example/articles/seoul";

    fn elsewhere(html: &str) -> String {
        let html = RenderedHtml::from_stored(html.to_owned());
        for_elsewhere(&html, PAGE).as_str().to_owned()
    }

    #[test]
    fn the_tools_of_the_page_stay_on_the_page() {
        let html = "<p id=\"p-1\">It fell.<sup class=\"note-ref\" id=\"fnref-1\">\
            <a href=\"#fn-1\" role=\"doc-noteref\">1</a><span>1</span></sup>\
            <small class=\"margin-note\" role=\"note\"><span>1</span> A <em>book</em>.</small> \
            Then&nbsp;on.&nbsp;<a class=\"report-passage\" href=\"/articles/seoul/report?r=1&amp;p=1\" \
            rel=\"nofollow\">⚑</a> <a class=\"other\" href=\"/articles/seoul/share?p=1\">Share</a></p>\
            <h2 id=\"h-x\"><a class=\"heading-anchor\" href=\"#h-x\">X</a></h2>\
            <p class=\"report-line\"><a href=\"/x\">Report</a></p>\
            <ol class=\"notes\"><li id=\"fn-1\"><p>A book.&nbsp;<a class=\"note-back\" href=\"#fnref-1\">↩</a></p></li></ol>";
        assert_eq!(
            elsewhere(html),
            "<p>It fell.<sup><a href=\"https://daybook.example/articles/seoul#fn-1\">1</a></sup> \
             Then&nbsp;on. </p><h2>X</h2><ol><li><p>A book.</p></li></ol>"
        );
    }

    #[test]
    fn addresses_work_from_anywhere() {
        assert_eq!(
            elsewhere(
                "<p><a href=\"/on/january-4\">a</a> <a href=\"https://e.org/?a=1&amp;b=2\">b</a>\
                 <picture class=\"picture__sources\"><source type=\"image/avif\" srcset=\"/a 1w\">\
                 <img class=\"tone--n1\" src=\"/media/a.1.webp\" srcset=\"/a 1w\" alt=\"A > B\" width=\"1\" height=\"2\"></picture></p>"
            ),
            "<p><a href=\"https://daybook.example/on/january-4\">a</a> \
             <a href=\"https://e.org/?a=1&amp;b=2\">b</a>\
             <img src=\"https://daybook.example/media/a.1.webp\" alt=\"A &gt; B\" width=\"1\" height=\"2\"></p>"
        );
        assert_eq!(elsewhere("<p>a<script>b</script></p>"), "<p>a</p>");
    }

    #[test]
    fn no_markup_makes_it_fall() {
        for html in [
            "",
            "<",
            "<p",
            "a & b &amp; &",
            "</p></p>",
            "<a class=\"note-back\">x",
            "<p class>x</p>",
        ] {
            elsewhere(html);
        }
        let html = RenderedHtml::from_stored("<p>x</p>".to_owned());
        assert!(for_elsewhere(&html, "no address").is_empty());
    }
}
