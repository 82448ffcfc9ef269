//! Footnotes.

use super::*;

#[test]
fn a_citation_links_to_its_source_and_back() {
    let rendered = page("It fell.[^appleman: p. 58-60]\n");
    assert_eq!(
        rendered.html.as_str(),
        "<p id=\"p-1\">It fell.<sup class=\"note-ref\" id=\"fnref-1\"><a href=\"#fn-1\" \
         role=\"doc-noteref\" aria-label=\"Note 1\">1</a></sup></p>\n"
    );
    assert_eq!(
        rendered.notes.as_str(),
        "<ol class=\"notes\">\n<li id=\"fn-1\"><p><a href=\"#source-appleman\">Roy E. Appleman, \
         Ridgway Duels for Korea (1990)</a>, p.&nbsp;58–60.&nbsp;<a class=\"note-back\" \
         href=\"#fnref-1\" role=\"doc-backlink\" aria-label=\"Back to the text\">↩\u{fe0e}</a>\
         </p></li>\n</ol>\n"
    );
    assert_eq!(rendered.paragraphs, ["It fell."]);
    assert_eq!(rendered.citations, ["appleman"]);
    assert_eq!(rendered.problems, []);
}

#[test]
fn one_number_for_each_source_and_place() {
    let rendered = page("a[^times] b[^appleman: 5] c[^times] d[^appleman: 6] e[^appleman:\n5]\n");
    let html = rendered.html.as_str();
    for id in ["fnref-1", "fnref-2", "fnref-1-2", "fnref-3", "fnref-2-2"] {
        assert!(html.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert_eq!(rendered.notes.as_str().matches("<li").count(), 3);
    assert!(rendered.notes.as_str().contains(
        "The &lt;Times&gt;</a>.&nbsp;<a class=\"note-back\" href=\"#fnref-1\" role=\"doc-backlink\" \
         aria-label=\"Back to the text, reference 1\">↩\u{fe0e}<sup>1</sup></a> \
         <a class=\"note-back\" href=\"#fnref-1-2\" role=\"doc-backlink\" \
         aria-label=\"Back to the text, reference 2\">↩\u{fe0e}<sup>2</sup></a>"
    ));
    assert_eq!(rendered.citations, ["times", "appleman"]);
}

#[test]
fn neighbouring_marks_do_not_run_together() {
    let rendered = page("a[^times][^appleman]");
    assert!(rendered.html.as_str().contains("</sup>\u{202f}<sup"));
    assert_eq!(rendered.paragraphs, ["a"]);
}

#[test]
fn notes_may_cite_and_refer_in_a_circle() {
    let rendered = page(
        "a[^one]\n\n[^one]: See *two*[^two] and [^appleman: p. 1].\n[^two]: Back to [^one].\n",
    );
    let notes = rendered.notes.as_str();
    assert!(notes.contains("<li id=\"fn-1\"><p>See <em>two</em><sup"));
    assert!(notes.contains("<li id=\"fn-2\"><p>Back to <sup"));
    assert!(notes.contains("<li id=\"fn-3\"><p><a href=\"#source-appleman\">"));
    assert!(notes.contains("href=\"#fnref-1-2\""));
    assert!(!notes.contains("id=\"p-"));
    assert_eq!(rendered.paragraphs, ["a"]);
    assert_eq!(rendered.problems, []);
}

#[test]
fn a_note_that_ends_in_a_list_still_leads_back() {
    let rendered = page("a[^n]\n\n[^n]: - one\n  - two\n");
    assert!(
        rendered
            .notes
            .as_str()
            .contains("</ul><p><a class=\"note-back\"")
    );
}

#[test]
fn an_unknown_id_names_the_nearest() {
    let rendered = page("first\nxé[^aplleman: p. 5]\n");
    assert_eq!(problem(&rendered), "2:3 M012!");
    let message = &rendered.problems[0].message;
    assert!(message.contains("`aplleman`") && message.contains("did you mean `appleman`?"));
    assert_eq!(rendered.html.as_str(), "<p id=\"p-1\">first\nxé</p>\n");
    assert!(rendered.notes.is_empty());

    let unlike = page("x[^zzz]");
    assert!(unlike.problems[0].message.contains("`sources`"));
}

#[test]
fn a_mark_that_the_parser_does_not_see_is_told() {
    let rendered = article("“a” [[great-fire|words[^times]]]\n");
    assert_eq!(problem(&rendered), "1:23 M003!");
    assert_eq!(page("\\[^times]\n").paragraphs, ["[^times]"]);
    assert_eq!(page("\\[^times]\n").problems, []);
}

#[test]
fn mistakes_in_definitions_are_told() {
    assert_eq!(problem(&page("a\n\n[^n]: never\n")), "3:1 M014");
    assert_eq!(
        problem(&page("a[^n]\n\n[^n]: one\n[^N]: two\n")),
        "4:1 M011!"
    );
    assert_eq!(
        problem(&page("a[^times]\n\n[^times]: hides\n")),
        "3:1 M010!"
    );
    assert_eq!(problem(&page("a[^n: p. 5]\n\n[^n]: note\n")), "1:2 M013");
    assert_eq!(
        problem(&page("a[^n]\n\n[^n]: one\n\n    two\n")),
        "5:5 M009"
    );
}

#[test]
fn notes_work_in_tables_lists_and_wikilinks() {
    let rendered =
        article("|a|\n|-|\n|b[^times]|\n\n- c[^times]\n\n[[great-fire|words[^times] more]]\n");
    assert_eq!(count(&rendered, "td > sup"), 1);
    assert_eq!(count(&rendered, "li sup"), 1);
    assert_eq!(count(&rendered, "a a"), 0);
    assert_eq!(rendered.paragraphs, ["a\nb", "c", "words more"]);
}

#[test]
fn a_note_stands_in_the_margin_too_in_full_once_and_then_in_short() {
    let rendered = article("a[^appleman: p. 5] b[^own] c[^appleman: p. 6]\n\n[^own]: My *own*.\n");
    assert!(rendered.html.as_str().starts_with(
        "<p id=\"p-1\">a<sup class=\"note-ref\" id=\"fnref-1\"><a href=\"#fn-1\" \
         role=\"doc-noteref\" aria-label=\"Note 1\">1</a><span>1</span></sup>\
         <small class=\"margin-note\" role=\"note\"><span>1</span> <a href=\"#source-appleman\">\
         Roy E. Appleman, Ridgway Duels for Korea (1990)</a>, p.&nbsp;5.</small> b<sup"
    ));
    let beside = texts(&rendered, ".margin-note");
    assert_eq!(beside[1], "2 My own.");
    assert_eq!(beside[2], "3 Roy E. Appleman (1990), p.\u{a0}6.");
    assert!(
        rendered
            .notes
            .as_str()
            .starts_with("<ol class=\"notes notes--beside\">")
    );
    // What readers quote and report is the text alone.
    assert_eq!(rendered.paragraphs, ["a b c"]);
    assert_eq!(rendered.plain, "a b c\n");
    assert_eq!(count(&rendered, "small [id]"), 0, "no id twice");
}

#[test]
fn what_has_no_room_in_the_margin_stays_a_note_at_the_end() {
    let long = "word ".repeat(300);
    for (text, beside, plain_marks) in [
        ("## A[^times]\n\nb\n", 0, 0),
        ("a[^n]\n\n[^n]: - one\n  - two\n", 0, 0),
        (&format!("a[^n]\n\n[^n]: {long}\n"), 0, 0),
        ("a[^n]\n\n[^n]: See[^times].\n", 0, 0),
        ("a[^n] b[^times]\n\n[^n]: - one\n", 1, 1),
    ] {
        let rendered = article(text);
        assert_eq!(count(&rendered, ".margin-note"), beside, "{text}");
        assert_eq!(count(&rendered, ".note-ref > span"), plain_marks, "{text}");
        assert!(
            rendered.notes.as_str().starts_with("<ol class=\"notes\">"),
            "{text}"
        );
        assert!(!rendered.html.as_str().contains("<!--"), "{text}");
    }
}

#[test]
fn the_notes_of_a_table_stand_beside_it_and_not_in_it() {
    let rendered = article("|a|\n|-|\n|b[^times][^appleman]|\n");
    assert_eq!(count(&rendered, "table .margin-note"), 0);
    assert_eq!(count(&rendered, ".margin-note:has(~ .table)"), 2);
    assert_eq!(count(&rendered, "td .note-ref > span"), 2);
}

#[test]
fn many_marks_of_one_note_do_not_make_a_page_of_many_times_the_size() {
    let text = format!("{}\n\n[^n]: {}\n", "a[^n] ".repeat(500), "b".repeat(800));
    let rendered = article(&text);
    assert_eq!(count(&rendered, ".margin-note"), 1);
    assert!(rendered.html.as_str().len() < 200 * 1024);
}
