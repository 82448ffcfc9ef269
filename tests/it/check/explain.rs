//! `--explain`: what a code means, out of docs/lints.md.

use daybook::check::Lint;

use super::{check, stderr, stdout};
use crate::harness::{Corpus, daybook};

#[test]
fn every_code_is_explained_with_an_example() {
    let corpus = Corpus::empty();
    let list = stdout(&check(&corpus, &["--explain"]));
    assert_eq!(list.lines().count(), Lint::all().len());
    for (lint, line) in Lint::all().iter().zip(list.lines()) {
        assert!(
            line.starts_with(lint.code) && line.ends_with(lint.title),
            "{line}"
        );
    }
    for Lint {
        code,
        title,
        severity,
        ..
    } in Lint::all()
    {
        let output = check(&corpus, &["--explain", code]);
        assert!(output.status.success(), "{code}");
        let text = stdout(&output);
        let first = format!("{code}: {title}\n{severity}; ");
        assert!(text.starts_with(&first), "{text}");
        assert!(text.contains("```"), "{text}");
        let next = text
            .lines()
            .any(|line| line.starts_with("*error") || line.starts_with("# "));
        assert!(!next, "the next section is not part of it: {text}");
    }
    let small = check(&corpus, &["--explain", "d002"]);
    assert_eq!(
        stdout(&small),
        stdout(&check(&corpus, &["--explain", "D002"]))
    );
}

#[test]
fn an_unknown_code_is_answered_with_the_nearest() {
    let corpus = Corpus::empty();
    let output = check(&corpus, &["--explain", "D0001"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        stderr(&output),
        "daybook: there is no code `D0001`; did you mean D001? (`daybook check --explain` lists all)\n"
    );
    let both = check(&corpus, &["--explain", "D001", "content"]);
    assert_eq!(both.status.code(), Some(2));
}

#[test]
fn it_needs_neither_settings_nor_content() {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join("daybook.toml"), "nonsense").unwrap();
    let mut command = daybook(folder.path(), &["check", "--explain", "C002"]);
    assert!(command.output().unwrap().status.success());
}

#[test]
fn help_tells_the_exit_codes() {
    let help = stdout(&check(&Corpus::empty(), &["--help"]));
    for words in [
        "Exit codes:",
        "--explain",
        "--deny",
        "sarif",
        "warnings that are denied",
    ] {
        assert!(help.contains(words), "{words}: {help}");
    }
}
