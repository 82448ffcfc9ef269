//! Paragraphs, headings, links, pictures, tables.

use super::*;

#[test]
fn a_paragraph_has_a_number_and_links_to_report_and_to_share_it() {
    let rendered = article("One *two*.\n\nThree.\n");
    assert_eq!(
        rendered.html.as_str(),
        "<p id=\"p-1\">One <em>two</em>.&nbsp;<a class=\"report-passage\" \
         href=\"/articles/x/report?r=3&amp;p=1\" rel=\"nofollow\" \
         aria-label=\"Report an error in paragraph 1\" \
         title=\"Report an error in this paragraph\">⚑\u{fe0e}</a>\
         <a class=\"share-passage\" href=\"/articles/x/share?p=1\" rel=\"nofollow\" \
         aria-label=\"Share this passage, paragraph 1\" \
         title=\"Share this passage\">¶</a></p>\n\
         <p id=\"p-2\">Three.&nbsp;<a class=\"report-passage\" \
         href=\"/articles/x/report?r=3&amp;p=2\" rel=\"nofollow\" \
         aria-label=\"Report an error in paragraph 2\" \
         title=\"Report an error in this paragraph\">⚑\u{fe0e}</a>\
         <a class=\"share-passage\" href=\"/articles/x/share?p=2\" rel=\"nofollow\" \
         aria-label=\"Share this passage, paragraph 2\" \
         title=\"Share this passage\">¶</a></p>\n"
    );
    assert_eq!(rendered.paragraphs, ["One two.", "Three."]);
    assert_eq!(rendered.plain, "One two.\nThree.\n");
    assert_eq!(rendered.words, 3);
    assert_eq!(rendered.problems, []);
}

#[test]
fn every_sentence_belongs_to_a_passage() {
    let rendered = page(
        "Lead.\n\n- tight\n  - inner\n- b\n\n1. loose\n\n   second\n\n> quoted\n\n\
         |h|i|\n|-|-|\n|c|d|\n\n    code\n",
    );
    assert_eq!(
        rendered.paragraphs,
        [
            "Lead.",
            "tight",
            "inner",
            "b",
            "loose",
            "second",
            "quoted",
            "h | i\nc | d",
            "code"
        ]
    );
    for (selector, number) in [
        ("p#p-1", 1),
        ("li > span#p-2 + ul > li > span#p-3", 1),
        ("ol > li > p#p-6", 1),
        ("blockquote > p#p-7", 1),
        ("div.table#p-8[tabindex='0'] > table", 1),
        ("pre#p-9", 1),
        (".report-passage, .share-passage", 0),
    ] {
        assert_eq!(count(&rendered, selector), number, "{selector}");
    }
}

#[test]
fn blocks_that_hold_no_link_have_a_line_of_links_after_them() {
    let rendered = article("|a|\n|-|\n|b|\n\n```\ncode\n```\n");
    assert_eq!(
        count(&rendered, "div.table + p.report-line > a[href$='p=1']"),
        2
    );
    assert_eq!(count(&rendered, "pre + p.report-line > a[href$='p=2']"), 2);
}

#[test]
fn headings_begin_at_level_two_and_link_to_themselves() {
    let rendered = article("# One\n\n## Two\n\n### Three *x*\n\n## Two\n");
    let outline: Vec<_> = rendered
        .outline
        .iter()
        .map(|heading| (heading.level, heading.id.as_str(), heading.text.as_str()))
        .collect();
    assert_eq!(
        outline,
        [
            (2, "h-one", "One"),
            (2, "h-two", "Two"),
            (3, "h-three-x", "Three x"),
            (2, "h-two-2", "Two")
        ]
    );
    assert!(rendered.html.as_str().contains(
        "<h3 id=\"h-three-x\"><a class=\"heading-anchor\" href=\"#h-three-x\">Three <em>x</em></a></h3>"
    ));
    assert_eq!(rendered.paragraphs.len(), 0);
    assert_eq!(rendered.words, 5);
    assert_eq!(rendered.problems, []);
}

#[test]
fn a_heading_with_a_link_or_a_note_does_not_nest_links() {
    let rendered = article("## See [[great-fire]]\n\n## Fall[^appleman]\n");
    assert_eq!(count(&rendered, "a a"), 0);
    assert_eq!(count(&rendered, "h2 > a[href='/articles/great-fire']"), 1);
    assert_eq!(count(&rendered, "h2 > a.heading-anchor + sup > a"), 1);
    assert_eq!(rendered.outline[1].text, "Fall");
}

#[test]
fn heading_mistakes_are_warned_of() {
    assert_eq!(problem(&page("## A\n\n#### B\n\n## C\n")), "3:1 M017");
    let empty = page("a\n\n##\n");
    assert_eq!(problem(&empty), "3:1 M016");
    assert_eq!(count(&empty, "h2"), 0);
}

#[test]
fn wikilinks_show_the_title_or_the_words() {
    let rendered = article("[[great-fire]] and [[great-fire|the *fire*]]");
    assert!(rendered.html.as_str().contains(
        "<a href=\"/articles/great-fire\">The &lt;Great&gt; Fire &amp; \"after\"</a> and \
         <a href=\"/articles/great-fire\">the <em>fire</em></a>"
    ));
    assert_eq!(
        rendered.paragraphs,
        ["The <Great> Fire & \"after\" and the fire"]
    );
    let places: Vec<_> = rendered
        .wikilinks
        .iter()
        .map(|link| (link.slug.as_str(), link.line, link.column))
        .collect();
    assert_eq!(places, [("great-fire", 1, 1), ("great-fire", 1, 20)]);
}

#[test]
fn an_unknown_wikilink_is_words_and_a_warning() {
    let rendered = page("é [[no-such]]");
    assert_eq!(rendered.html.as_str(), "<p id=\"p-1\">é no such</p>\n");
    assert_eq!(problem(&rendered), "1:3 M005");
    assert_eq!(rendered.wikilinks.len(), 1);
    assert_eq!(page("[[no-such|its *words*]]").paragraphs, ["its words"]);
}

#[test]
fn a_wikilink_in_a_table_may_escape_its_bar() {
    let rendered = article("|a|\n|-|\n|[[great-fire\\|words]]|\n");
    assert_eq!(count(&rendered, "td > a[href='/articles/great-fire']"), 1);
    assert_eq!(rendered.problems, []);
}

#[test]
fn only_links_to_other_sites_have_a_rel() {
    let html = page("[a](https://example.org \"T\") [b](/about) <x@example.org>").html;
    assert_eq!(
        html.as_str(),
        "<p id=\"p-1\"><a href=\"https://example.org\" rel=\"noopener\" title=\"T\">a</a> \
         <a href=\"/about\">b</a> <a href=\"mailto:x@example.org\">x@example.org</a></p>\n"
    );
}

#[test]
fn a_bad_link_leaves_its_words_and_an_error() {
    for dest in [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "java&#10;script:x",
        "//example.org",
        "other.md",
        "ftp://example.org",
    ] {
        let rendered = page(&format!("see [words]({dest})"));
        assert_eq!(rendered.html.as_str(), "<p id=\"p-1\">see words</p>\n");
        assert_eq!(problem(&rendered), "1:5 M004!", "{dest}");
    }
}

#[test]
fn pictures_come_from_the_caller_alone() {
    let rendered = article("Before ![own words](seoul.jpg) after.\n\n![](seoul.jpg)\n");
    assert_eq!(rendered.paragraphs, ["Before  after."]);
    assert_eq!(rendered.pictures, ["seoul.jpg"]);
    let html = rendered.html.as_str();
    assert!(
        html.contains(
            "<figure class=\"picture picture--tall\"><picture class=\"picture__sources\"><source type=\"image/avif\" \
             srcset=\"/media/abc.800.avif 800w\" sizes=\"90vw\"><img class=\"tone--b2\" \
             src=\"/media/abc.800.webp\" \
             srcset=\"/media/abc.400.webp 400w, /media/abc.800.webp 800w\" sizes=\"90vw\" \
             width=\"800\" height=\"600\" loading=\"lazy\" decoding=\"async\" \
             alt=\"own words\"></picture><figcaption>Seoul &lt;1951&gt; \
             <span class=\"picture__credit\">Map: Ada &amp; Co</span></figcaption></figure>"
        ),
        "{html}"
    );
    assert_eq!(count(&rendered, "p img"), 0);
    assert_eq!(count(&rendered, "img[alt='A \"city\"']"), 1);

    let remote = article("![x](https://example.org/x.png)");
    assert_eq!(problem(&remote), "1:1 M007!");
    assert_eq!(remote.html.as_str(), "");
    assert_eq!(problem(&article("a ![x](no.jpg)")), "1:3 M008!");
}

#[test]
fn what_holds_no_words_is_no_passage() {
    for source in [
        "*![](seoul.jpg)*",
        "- **![](seoul.jpg)**",
        "&nbsp;\n\n![](seoul.jpg)",
    ] {
        let rendered = article(source);
        assert_eq!(rendered.paragraphs.len(), 0);
        assert_eq!(
            count(&rendered, "p, span:not(.picture__credit), em, strong"),
            0,
            "{source}"
        );
        assert_eq!(count(&rendered, "figure"), 1);
    }
    assert_eq!(count(&article("*[^times]*"), "p:not([id]) > em > sup"), 1);
}

#[test]
fn a_picture_cannot_be_a_link() {
    let rendered = article("[![x](seoul.jpg)](https://example.org)");
    assert_eq!(count(&rendered, "a[href^=https]"), 0);
    assert_eq!(count(&rendered, "figure"), 1);
    assert_eq!(problem(&rendered), "1:1 M006");
}

#[test]
fn tables_keep_their_alignment_without_style() {
    let rendered = page("||b|\n|:-|-:|\n|1|2|\n");
    assert_eq!(count(&rendered, "th"), 1);
    assert_eq!(count(&rendered, "thead th.right[scope=col]"), 1);
    assert_eq!(count(&rendered, "tbody td.left + td.right"), 1);
    assert!(!rendered.html.as_str().contains("style"));
}

#[test]
fn typography_reaches_text_but_not_code_nor_addresses() {
    let rendered =
        page("\"It's\" 1914-1918 `1914-1918` <https://e.org/1914-1918> 1914\\-1918 -- 4 May");
    let html = rendered.html.as_str();
    assert!(html.contains("“It’s” 1914–1918 <code>1914-1918</code>"));
    assert!(html.contains(">https://e.org/1914-1918</a> 1914-1918 – 4&nbsp;May"));
    assert!(rendered.plain.ends_with("– 4 May\n"));
}

#[test]
fn lists_keep_their_first_number() {
    assert_eq!(count(&page("4. a\n5. b\n"), "ol[start='4'] > li"), 2);
    assert_eq!(count(&page("1. a\n"), "ol[start]"), 0);
}
