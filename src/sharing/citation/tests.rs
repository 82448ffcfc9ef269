//! What is cited, in every form.

use jiff::civil::date;
use proptest::prelude::*;
use serde_json::json;

use super::*;

fn work(title: &str, byline: &str) -> Work {
    Work {
        slug: "fall-of-seoul-1951".to_owned(),
        title: title.to_owned(),
        authors: names(byline),
        site: "Daybook".to_owned(),
        publisher: Some("Daybook Society".to_owned()),
        revision: 3,
        hash: "0123456789abcdef".repeat(4),
        address: "https://daybook.example/articles/fall-of-seoul-1951/revisions/3".to_owned(),
        published: date(2026, 9, 2),
        accessed: date(2026, 11, 22),
    }
}

fn text(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

#[test]
fn bylines_are_taken_apart() {
    let sorted =
        |byline: &str| -> Vec<String> { names(byline).iter().map(Name::inverted).collect() };
    assert_eq!(sorted("Ada Writer"), ["Writer, Ada"]);
    assert_eq!(
        sorted("Ada Writer and Bea M. Reader"),
        ["Writer, Ada", "Reader, Bea M."]
    );
    assert_eq!(
        sorted("Ada Writer, Ludwig van Beethoven, and Martin King, Jr."),
        ["Writer, Ada", "van Beethoven, Ludwig", "King, Martin, Jr."]
    );
    assert_eq!(sorted("Plato"), ["Plato"]);
    assert_eq!(
        sorted("Department of War and Peace"),
        ["Department of War and Peace"]
    );
    assert_eq!(sorted("The Daybook editors"), ["The Daybook editors"]);
    assert_eq!(sorted("von Moltke"), ["von Moltke"]);
    assert!(names(" \n").is_empty());
    assert_eq!(
        names("Ludwig van Beethoven")[0].words(),
        "Ludwig van Beethoven"
    );
}

#[test]
fn three_styles_say_it_in_their_words() {
    let one = work("The fall of “Seoul”", "Ada Mary Writer and Jean-Luc Reader");
    let address = &one.address;
    assert_eq!(
        text(&apa(&one)),
        format!(
            "Writer, A. M., & Reader, J.-L. (2026, September 2). The fall of “Seoul” (Revision 3, \
             SHA-256 0123456789ab). Daybook. Retrieved November 22, 2026, from {address}"
        )
    );
    assert!(apa(&one)[1].is_italic);
    assert_eq!(
        text(&mla(&one)),
        format!(
            "Writer, Ada Mary, and Jean-Luc Reader. “The fall of ‘Seoul’.” Daybook, revision 3, \
             SHA-256 0123456789ab, Daybook Society, 2 Sept. 2026, {address}. Accessed 22 Nov. 2026."
        )
    );
    assert_eq!(
        text(&chicago_note(&one)),
        format!(
            "Ada Mary Writer and Jean-Luc Reader, “The fall of ‘Seoul’,” Daybook, revision 3 \
             (SHA-256 0123456789ab), September 2, 2026, accessed November 22, 2026, {address}."
        )
    );
    assert_eq!(
        text(&chicago_entry(&one)),
        format!(
            "Writer, Ada Mary, and Jean-Luc Reader. “The fall of ‘Seoul’.” Daybook. Revision 3 \
             (SHA-256 0123456789ab). September 2, 2026. Accessed November 22, 2026. {address}."
        )
    );
}

#[test]
fn a_site_that_is_its_own_author_is_named_once() {
    let mut one = work("Who fell?", "");
    one.authors = vec![Name::Literal("Daybook".to_owned())];
    one.publisher = None;
    assert!(text(&apa(&one)).starts_with("Daybook. (2026, September 2). Who fell? (Revision 3,"));
    assert!(!text(&apa(&one)).contains(". Daybook. Retrieved"));
    assert!(text(&mla(&one)).starts_with("Daybook. “Who fell?” Daybook, revision 3"));
    assert!(text(&chicago_note(&one)).starts_with("Daybook, “Who fell?,” revision 3"));
}

#[test]
fn many_authors_are_shortened_as_each_style_does() {
    let one = work("x", "Ada A, Bea B, Cleo C and Dora D");
    assert!(text(&apa(&one)).starts_with("A, A., B, B., C, C., & D, D. ("));
    assert!(text(&mla(&one)).starts_with("A, Ada, et al. “x.”"));
    assert!(text(&chicago_note(&one)).starts_with("Ada A et al., “x,”"));
    assert!(text(&chicago_entry(&one)).starts_with("A, Ada, Bea B, Cleo C, and Dora D. “x.”"));
}

#[test]
fn bibtex_keeps_capitals_and_prints_what_tex_would_take() {
    let mut one = work(
        "War & peace in Seoul: 100% {sure} \\o/",
        "Ludwig van Beethoven",
    );
    one.authors
        .push(Name::Literal("War and Peace Desk".to_owned()));
    assert_eq!(
        bibtex(&one),
        "@misc{fall-of-seoul-1951-r3,\n  \
         author = {van Beethoven, Ludwig and {War and Peace Desk}},\n  \
         title = {{War} \\& peace in {Seoul:} 100\\% \\textbraceleft{}sure\\textbraceright{} \
         \\textbackslash{}o/},\n  \
         howpublished = {Daybook},\n  publisher = {Daybook Society},\n  year = {2026},\n  \
         month = sep,\n  day = {2},\n  version = {3},\n  \
         url = {https://daybook.example/articles/fall-of-seoul-1951/revisions/3},\n  \
         urldate = {2026-11-22},\n  \
         note = {Revision 3, SHA-256 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef},\n  \
         language = {english},\n}\n"
    );
}

#[test]
fn ris_has_a_tag_a_line() {
    let reference = ris(&work("Two\r\nER  - lines", "Ada Writer"));
    let lines: Vec<&str> = reference.split_terminator("\r\n").collect();
    assert_eq!(
        lines[..5],
        [
            "TY  - ELEC",
            "ID  - fall-of-seoul-1951-r3",
            "AU  - Writer, Ada",
            "TI  - Two ER - lines",
            "T2  - Daybook",
        ]
    );
    assert!(lines.contains(&"DA  - 2026/09/02/"));
    assert!(lines.contains(&"Y2  - 2026/11/22/"));
    assert_eq!(lines.last(), Some(&"ER  - "));
}

#[test]
fn csl_json_keeps_to_its_schema() {
    let value = csl(&work(
        "Seoul",
        "Ludwig van Beethoven, Martin King Jr. and Plato",
    ));
    assert_eq!(value[0]["issued"], json!({"date-parts": [[2026, 9, 2]]}));
    assert_eq!(value[0]["type"], "webpage");
    assert_eq!(
        value[0]["author"],
        json!([
            {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
            {"family": "King", "given": "Martin", "suffix": "Jr."},
            {"literal": "Plato"},
        ])
    );
    // The part of the published schema (1.0.2) that concerns these fields.
    let day = json!({
        "type": "object", "additionalProperties": false,
        "properties": {"date-parts": {
            "type": "array", "minItems": 1, "maxItems": 2,
            "items": {
                "type": "array", "minItems": 1, "maxItems": 3,
                "items": {"type": ["string", "number"]},
            },
        }},
    });
    let text = json!({"type": "string"});
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "array",
        "items": {
            "type": "object", "required": ["type", "id"], "additionalProperties": false,
            "properties": {
                "type": {"enum": ["article", "webpage"]}, "id": {"type": ["string", "number"]},
                "title": text, "container-title": text, "publisher": text, "version": text,
                "URL": text, "language": text, "note": text, "issued": day, "accessed": day,
                "author": {"type": "array", "items": {
                    "type": "object", "additionalProperties": false,
                    "properties": {
                        "family": text, "given": text, "non-dropping-particle": text,
                        "suffix": text, "literal": text,
                    },
                }},
            },
        },
    });
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, [""; 0]);
}

proptest! {
    #[test]
    fn whatever_a_title_says_bibtex_is_balanced(title in "\\PC{0,60}|[{}\\\\$&#_%^~\"\n a-zA-Z]{0,60}") {
        let entry = bibtex(&work(&title, &title));
        let mut depth = 0_i32;
        for (at, character) in entry.char_indices() {
            match character {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            let is_last = at + 2 == entry.len();
            prop_assert!(depth > 0 || at < 5 || is_last || character == '\n', "{}", entry);
        }
        prop_assert_eq!(depth, 0);
        let is_closed = entry.ends_with("}\n");
        prop_assert!(is_closed);
        for line in entry.lines().skip(1).take_while(|line| *line != "}") {
            prop_assert!(line.starts_with("  ") && line.ends_with(','), "{}", line);
        }
    }

    #[test]
    fn whatever_a_title_says_ris_has_only_lines_with_tags(title in "(\\PC|[\r\n\u{85}\u{2028}]){0,60}") {
        let reference = ris(&work(&title, &title));
        prop_assert!(reference.ends_with("ER  - \r\n"));
        for line in reference.split_terminator("\r\n") {
            let bytes = line.as_bytes();
            prop_assert!(bytes[0].is_ascii_uppercase(), "{}", line);
            prop_assert!(bytes[1].is_ascii_uppercase() || bytes[1].is_ascii_digit(), "{}", line);
            prop_assert_eq!(&bytes[2..6], b"  - ");
            let is_one_line = !line.contains(['\r', '\n', '\u{85}', '\u{2028}']);
            prop_assert!(is_one_line, "{}", line);
        }
        prop_assert_eq!(reference.matches("\r\nER  - ").count(), 1);
    }
}
