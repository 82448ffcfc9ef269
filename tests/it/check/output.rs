//! How findings are printed, and when a run fails.

use insta::assert_snapshot;

use super::{FALL, as_json, check, mistaken, stderr, stdout};
use crate::harness::{Corpus, article, daybook};

/// The output with its time, which no two runs share, taken out.
fn timeless(text: &str) -> String {
    let (before, took) = text.trim_end().rsplit_once(" (").unwrap();
    let seconds = took.strip_suffix(" s)").unwrap();
    assert!(seconds.parse::<f64>().is_ok(), "{text}");
    format!("{before} (0.00 s)\n")
}

#[test]
fn the_text_shows_each_finding_in_its_line() {
    let corpus = mistaken();
    let output = check(&corpus, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_snapshot!(timeless(&stdout(&output)), @r"
    warning[C001]: the source `book` is listed but the text never cites it
     --> content/articles/01/04/fall.md:6:5
      |
    6 |   - {id: book, kind: book, title: A book}
      |     ^
      |
      = help: write [^book] where it supports the text, or remove it

    warning[M002]: Raw HTML is left out; say it in Markdown, or delete it.
     --> content/articles/01/04/fall.md:8:9
      |
    8 | It fell <b>again</b>.[^bok]
      |         ^

    warning[M002]: Raw HTML is left out; say it in Markdown, or delete it.
     --> content/articles/01/04/fall.md:8:17
      |
    8 | It fell <b>again</b>.[^bok]
      |                 ^

    error[M012]: `bok` is neither a source nor a note of this text; did you mean `book`?
     --> content/articles/01/04/fall.md:8:22
      |
    8 | It fell <b>again</b>.[^bok]
      |                      ^

    errors: 1, warnings: 3 in 2 articles and 0 other files (0.00 s)
    ");
}

#[test]
fn short_is_one_line_for_each_finding_and_a_summary() {
    let corpus = mistaken();
    let output = check(&corpus, &["--format", "short"]);
    assert_eq!(output.status.code(), Some(1));
    let text = timeless(&stdout(&output));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 5, "{text}");
    assert_eq!(
        lines[3],
        "content/articles/01/04/fall.md:8:22: error M012: `bok` is neither a source nor a note of this text; did you mean `book`?"
    );
    assert!(lines[0].starts_with("content/articles/01/04/fall.md:6:5: warning C001: "));
    assert_eq!(
        lines[4],
        "errors: 1, warnings: 3 in 2 articles and 0 other files (0.00 s)"
    );
}

#[test]
fn paths_lead_to_the_files_from_wherever_one_is() {
    let corpus = mistaken();
    let content = corpus.content();
    let inside = daybook(&content, &["check", "articles", "--format", "short"]);
    let text = stdout(&{ inside }.output().unwrap());
    assert!(text.starts_with("articles/01/04/fall.md:6:5: "), "{text}");
    let folder = tempfile::TempDir::new().unwrap();
    let full = content.canonicalize().unwrap().display().to_string();
    let outside = daybook(folder.path(), &["check", &full, "--format", "short"]);
    let text = stdout(&{ outside }.output().unwrap());
    let begins = format!("{full}/{FALL}:6:5: ");
    assert!(text.starts_with(&begins), "{text}");
}

#[test]
fn json_counts_what_it_lists() {
    let corpus = mistaken();
    corpus.write(
        "articles/05/06/two.md",
        article("Two", "1840-05-06", "Two."),
    );
    corpus.write("people/ada.md", "---\nname: Ada\n---\n");
    let value = as_json(&corpus, &["--deny", "C001"]);
    let number = |key: &str| value[key].as_u64().unwrap();
    assert_eq!((number("errors"), number("warnings")), (1, 4));
    assert_eq!(
        (number("denied"), number("articles"), number("files")),
        (1, 3, 4)
    );
    assert!(value["seconds"].as_f64().unwrap() > 0.0);
    let findings = value["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 5);
    assert_eq!(findings[0]["file"], FALL);
    assert_eq!(findings[0]["severity"], "warning");
    assert_eq!(
        (&findings[0]["line"], &findings[0]["column"]),
        (&6.into(), &5.into())
    );
    assert!(findings[0]["help"].as_str().unwrap().contains("[^book]"));
    // Only what was asked for is counted.
    let part = as_json(&corpus, &["content/people"]);
    assert_eq!((&part["articles"], &part["files"]), (&0.into(), &1.into()));
    let files = part["findings"].as_array().unwrap().iter();
    let files: Vec<&serde_json::Value> = files.map(|one| &one["file"]).collect();
    assert_eq!(files, ["people/ada.md"]);
}

#[test]
fn nothing_wrong_is_said_in_a_sentence() {
    let corpus = Corpus::empty();
    corpus.write(
        "articles/01/01/one.md",
        article("One", "1900-01-01", "Text."),
    );
    for format in ["text", "short"] {
        let output = check(&corpus, &["--format", format]);
        assert!(output.status.success());
        assert_eq!(
            timeless(&stdout(&output)),
            "No mistakes found in 1 article and 0 other files (0.00 s)\n"
        );
    }
}

#[test]
fn warnings_fail_only_where_they_are_denied() {
    let corpus = mistaken();
    corpus.edit(FALL, "[^bok]", "");
    let fails = |arguments: &[&str]| {
        let code = check(&corpus, arguments).status.code().unwrap();
        assert!(code < 2, "{arguments:?}");
        code == 1
    };
    assert!(!fails(&[]));
    assert!(fails(&["--deny", "warnings"]));
    assert!(fails(&["--deny", "C001"]));
    assert!(fails(&["--deny", "D001", "--deny", "M002"]));
    assert!(fails(&["--deny", "D001,M002", "--format", "sarif"]));
    assert!(!fails(&["--deny", "D001,C002"]));
    // What is not looked at does not fail.
    assert!(!fails(&["--deny", "warnings", "content/articles/05"]));
    let text = stdout(&check(&corpus, &["--deny", "M002"]));
    assert!(
        text.contains("errors: 0, warnings: 3 (denied: 2) in 2 articles"),
        "{text}"
    );

    let unknown = check(&corpus, &["--deny", "c001"]);
    assert_eq!(unknown.status.code(), Some(2));
    let text = stderr(&unknown);
    assert!(
        text.contains("there is no code `c001`; did you mean C001?"),
        "{text}"
    );
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let corpus = mistaken();
    let coloured = |variables: &[(&str, &str)]| {
        let mut command = daybook(&corpus.outside(""), &["check"]);
        let output = command.envs(variables.iter().copied()).output().unwrap();
        stdout(&output).contains("\u{1b}[")
    };
    assert!(!coloured(&[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn what_a_file_holds_cannot_steer_the_terminal() {
    let corpus = Corpus::empty();
    let hostile = "\u{1b}[2J\u{9b}31m\u{202e}\u{2066}\u{7}\u{200b}";
    corpus.write(
        "articles/08/08/a.md",
        format!(
            "---\ntitle: a{hostile}\nsummary: b\ndate: \"{hostile}\\nforged.md:1:1: error\"\n---\n"
        ),
    );
    corpus.write(
        "articles/08/08/b.md",
        format!("---\ntitle: a\nsummary: b\ndate: 1900-08-08\n---\nText {hostile} [^{hostile}].\n"),
    );
    corpus.write("articles/08/08/c.md", b"---\ntitle: \xff\xfe\x1b[2J\n---\n");
    corpus.write(
        "articles/08/08/d.md",
        "---\ntitle: a\nsummary: b\ndate: 1900-08-08\npeople: [\"\u{202e}\u{2066}\u{200b}\"]\n---\n",
    );
    for format in ["text", "short", "json", "sarif"] {
        let output = check(&corpus, &["--format", format]);
        assert_eq!(output.status.code(), Some(1), "{format}");
        let text = stdout(&output);
        assert!(
            !text.contains(|c: char| c.is_control() && c != '\n'),
            "{format}: {text:?}"
        );
        for file in ["a.md", "b.md", "c.md", "d.md"] {
            assert!(text.contains(file), "{format}: {file}");
        }
        for character in ['\u{202e}', '\u{2066}', '\u{200b}'] {
            assert!(!text.contains(character), "{format}: {text:?}");
        }
        let mut lines = text.lines();
        assert!(!lines.any(|line| line.starts_with("forged")), "{text}");
    }
    let value = as_json(&corpus, &["content/articles/08/08/d.md"]);
    let message = value["findings"][0]["message"].as_str().unwrap();
    assert!(
        message.contains("\u{202e}\u{2066}\u{200b}"),
        "a program gets all of it"
    );
    let mut coloured = daybook(&corpus.outside(""), &["check"]);
    let text = stdout(&coloured.env("CLICOLOR_FORCE", "1").output().unwrap());
    assert!(
        text.contains("\u{1b}[") && !text.contains("\u{1b}[2J"),
        "{text:?}"
    );
}

#[test]
fn a_link_is_told_and_what_it_leads_to_is_not_shown() {
    let corpus = Corpus::empty();
    std::fs::write(corpus.outside("secret.md"), "sesame\n").unwrap();
    let link = corpus.path("articles/link.md");
    std::os::unix::fs::symlink(corpus.outside("secret.md"), link).unwrap();
    let text = stdout(&check(&corpus, &[]));
    assert!(text.contains("error[S003]: "), "{text}");
    assert!(text.contains("--> content/articles/link.md:1:1"), "{text}");
    assert!(!text.contains("sesame"), "{text}");
}

#[test]
fn ingest_points_to_check_where_there_are_errors() {
    let corpus = mistaken();
    let ingest = || {
        let mut command = daybook(&corpus.outside(""), &["ingest"]);
        command.env("DATABASE_URL", corpus.database.url());
        stdout(&command.output().unwrap())
    };
    let text = ingest();
    let mut lines = text.lines();
    assert!(
        lines.any(|line| line.starts_with("content/articles/01/04/fall.md:8:22: error M012: ")),
        "{text}"
    );
    assert_eq!(text.matches("(see daybook check)").count(), 1, "{text}");
    assert!(text.ends_with(" s (see daybook check)\n"), "{text}");
    corpus.edit(FALL, "[^bok]", "[^book]");
    let text = ingest();
    assert!(
        text.contains("M002") && !text.contains("see daybook check"),
        "{text}"
    );
}
