//! Texts that nobody means well with, and texts that nobody foresaw.

use std::collections::HashSet;

use proptest::prelude::*;

use super::super::render::collect;
use super::super::sanitise::{ID_PREFIXES, TAGS, parsed, sanitise};
use super::super::{RenderedHtml, clean, links};
use super::*;

const ATTRIBUTES: [&str; 19] = [
    "id",
    "class",
    "href",
    "title",
    "rel",
    "role",
    "aria-label",
    "src",
    "alt",
    "decoding",
    "sizes",
    "srcset",
    "type",
    "width",
    "height",
    "loading",
    "start",
    "scope",
    "tabindex",
];

/// Reads the markup with another parser and looks at everything in it.
fn assert_safe(html: &RenderedHtml, ids: &mut HashSet<String>) {
    let parsed = Html::parse_fragment(html.as_str());
    for element in parsed.select(&Selector::parse("html *").unwrap()) {
        let element = element.value();
        assert!(TAGS.contains(&element.name()), "<{}>", element.name());
        for (name, value) in element.attrs() {
            assert!(ATTRIBUTES.contains(&name), "{name}={value}");
            match name {
                "id" => {
                    assert!(ID_PREFIXES.iter().any(|prefix| value.starts_with(prefix)));
                    assert!(ids.insert(value.to_owned()), "{value} twice");
                }
                "href" => assert!(links::kind(value).is_some(), "{value}"),
                "src" => assert_eq!(value, "/media/abc.800.webp"),
                "srcset" => assert!(value.starts_with("/media/abc.")),
                _ => {}
            }
        }
    }
    for selector in [
        "a a",
        "p p",
        "p figure",
        "h2 p",
        "a:not([href])",
        "a:empty",
        "p:empty",
    ] {
        let selected = Selector::parse(selector).unwrap();
        assert_eq!(parsed.select(&selected).count(), 0, "{selector}");
    }
    assert!(!html.as_str().contains(super::super::escape::is_control));
    assert_eq!(sanitise(html.as_str()), *html);
}

fn assert_sound(source: &str) {
    let rendered = article(source);
    let (_, body, notes) = on_article(|context| collect(source, context));
    for (markup, html) in [(body, &rendered.html), (notes, &rendered.notes)] {
        assert_eq!(parsed(&markup), html.as_str());
        assert!(
            clean::copy(&markup).is_some(),
            "goes the long way: {markup}"
        );
    }
    let mut ids = HashSet::new();
    assert_safe(&rendered.html, &mut ids);
    assert_safe(&rendered.notes, &mut ids);
    for (index, text) in rendered.paragraphs.iter().enumerate() {
        assert!(ids.contains(&format!("p-{}", index + 1)));
        assert!(!text.is_empty() && !text.contains('\u{a0}'));
    }
    let passages = ids.iter().filter(|id| id.starts_with("p-")).count();
    assert_eq!(passages, rendered.paragraphs.len());
    for heading in &rendered.outline {
        assert!(ids.contains(&heading.id));
    }
    for markup in [&rendered.html, &rendered.notes] {
        for link in markup.as_str().split("href=\"#fn").skip(1) {
            let id = format!("fn{}", link.split('"').next().unwrap());
            assert!(ids.contains(&id), "{id} is linked to, but is not there");
        }
    }
    let lines = source.split(['\n', '\r']).count();
    for problem in &rendered.problems {
        assert!((1..=lines).contains(&problem.line) && problem.column >= 1);
        assert!(problem.message.ends_with(['.', '?']), "{}", problem.message);
    }
}

#[test]
fn raw_html_is_left_out_with_a_warning() {
    let rendered = page("a <b onclick=\"x\">b</b>\n\n<script>alert(1)</script>\n\n<!-- c -->\n");
    assert_eq!(rendered.html.as_str(), "<p id=\"p-1\">a b</p>\n");
    assert_eq!(codes(&rendered), ["M002"; 4]);
    assert_eq!(
        (rendered.problems[2].line, rendered.problems[2].column),
        (3, 1)
    );
    assert_eq!(rendered.problems[0].severity, Severity::Warning);
}

#[test]
fn deep_nesting_is_cut_off_with_an_error() {
    for marker in [">", "- ", "1. ", "> - "] {
        let rendered = page(&format!("before\n\n{}deep\n", marker.repeat(10_000)));
        assert_eq!(problem(&rendered).split(' ').next_back(), Some("M001!"));
        assert!(rendered.problems[0].line == 3);
        assert_eq!(rendered.paragraphs, ["before"]);
    }
    let emphasis = format!("{}a{}\n\nafter", "*a _a ".repeat(5_000), "_*".repeat(5_000));
    assert_sound(&emphasis);
}

#[test]
fn sixty_levels_are_still_shown() {
    let rendered = page(&format!("{}deep\n", "> ".repeat(60)));
    assert_eq!(rendered.paragraphs, ["deep"]);
    assert_eq!(rendered.problems, []);
}

#[test]
fn control_characters_are_made_visible() {
    let rendered = page("a\0b\u{7f}c&#1;\r\nd\n");
    assert_eq!(rendered.paragraphs, ["a\u{fffd}b\u{fffd}c\u{fffd} d"]);
    assert_eq!(problem(&rendered), "1:2 M015");
}

#[test]
fn line_ends_of_other_systems_change_nothing() {
    let text = "# A\n\nb[^times: p. 1]\nc\n\n- d\n\n|e|\n|-|\n|f|\n";
    assert_eq!(page(&text.replace('\n', "\r\n")).html, page(text).html);
}

#[test]
fn nothing_gives_nothing() {
    for source in ["", "\n\n", "   ", "\r"] {
        assert_eq!(page(source), Rendered::default());
    }
}

#[test]
fn known_attacks_stay_text() {
    for source in [
        "<svg onload=alert(1)>",
        "<img src=x onerror=alert(1)>",
        "[a](<javascript:alert(1)>)",
        "![a](\"onerror=alert(1))",
        "[a](https://e.org/\"onclick=alert(1))",
        "[a](https://e.org 'x\" onclick=\"y')",
        "<https://e.org/\"><script>x</script>>",
        "[[great-fire|<script>x</script>]]",
        "[[\"><script>x</script>]]",
        "[^\"><script>x]",
        "```\"><script>\n</code></pre><script>x</script>\n```",
        "|<script>|\n|-|\n|</table><script>x|",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "[a]: javascript:x\n\n[a]",
        "# <script>x\n",
        "# \" onclick=\"x\n",
        "[a[^times]](https://e.org) ![b[^times]](seoul.jpg) [[x|![c](seoul.jpg)]]",
        "[x *[^times]*](/a) **[^times]** [^times]\n\n# [^times]\n\n> # ![](seoul.jpg)",
    ] {
        assert_sound(source);
    }
}

#[test]
fn many_of_everything_is_no_trouble() {
    for piece in [
        "[[great-fire]] ",
        "[^times: 5] ",
        "[^x]",
        "<b>",
        "*a ",
        "[a](",
        "# a\n",
        "|",
        "- \n",
        "> a\n\n",
        "`",
        "1914-18 '90s ",
        "[^a]: b\n",
    ] {
        assert_sound(&piece.repeat(1_000));
    }
}

#[test]
fn a_long_run_of_text_is_cut_for_the_sanitiser_and_whole_again_after_it() {
    for source in ["a & b ".repeat(5_000), "`a & b` \\* ".repeat(5_000)] {
        let rendered = article(&source);
        assert!(!rendered.html.as_str().contains("<!--"));
        let shown: String = Html::parse_fragment(rendered.html.as_str())
            .root_element()
            .text()
            .collect();
        let shown = shown.replace('\u{a0}', " ");
        assert!(shown.starts_with(&rendered.paragraphs[0]));
        assert_eq!(
            rendered.paragraphs[0],
            source.replace(['`', '\\'], "").trim()
        );
    }
    let mut long = String::new();
    super::super::escape::text(&mut long, &"&".repeat(10_000));
    assert_eq!(long.matches("<!---->").count(), 2);
}

fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\n"),
        Just("\n\n"),
        Just(" "),
        Just("    "),
        Just("> "),
        Just("- "),
        Just("1. "),
        Just("# "),
        Just("#### "),
        Just("*"),
        Just("**"),
        Just("_"),
        Just("`"),
        Just("```\n"),
        Just("|"),
        Just("|-|-|\n"),
        Just("[[great-fire]]"),
        Just("[[great-fire|"),
        Just("[["),
        Just("]]"),
        Just("[^times]"),
        Just("[^appleman: p. 5]"),
        Just("[^n]"),
        Just("[^n]: "),
        Just("![a](seoul.jpg)"),
        Just("![["),
        Just("["),
        Just("](/a)"),
        Just("](javascript:x)"),
        Just("](https://e.org)"),
        Just("<b>"),
        Just("<script>"),
        Just("<!--"),
        Just("&#0;"),
        Just("&lt;"),
        Just("'90s"),
        Just("1914-18"),
        Just("4 May"),
        Just("\0"),
        Just("\r"),
        Just("\\"),
        Just("<https://e.org>"),
        Just("word"),
        Just("é"),
        Just("---\n"),
        Just("\t"),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_markdown_gives_sound_pages(source in markdown()) {
        assert_sound(&source);
    }

    #[test]
    fn any_text_gives_sound_pages(source in any::<String>()) {
        assert_sound(&source);
    }
}
