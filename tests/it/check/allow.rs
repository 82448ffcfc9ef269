//! `allow` in the front matter: what it silences, and what becomes of one that
//! silences nothing.

use super::{FALL, as_json, check, found, mistaken};

#[test]
fn a_finding_that_is_allowed_is_silent_and_the_others_are_not() {
    let corpus = mistaken();
    corpus.edit(FALL, "[^bok]", "");
    let before: Vec<String> = found(&corpus).into_iter().map(|(code, _)| code).collect();
    assert_eq!(before, ["C001", "M002", "M002"]);
    corpus.edit(
        FALL,
        "date: 1951-01-04\n",
        "date: 1951-01-04\nallow: [{code: M002, reason: It is shown as it was printed.}]\n",
    );
    assert_eq!(found(&corpus), [("C001".to_owned(), 7)]);
    let denied = check(&corpus, &["--deny", "M002"]);
    assert!(denied.status.success(), "what is silenced is not denied");
}

#[test]
fn an_allow_that_does_nothing_is_told_where_it_stands() {
    let corpus = mistaken();
    corpus.edit(
        FALL,
        "date: 1951-01-04\n",
        "date: 1951-01-04\nallow:\n  - {code: C002, reason: Sources will follow.}\n  - {code: M012, reason: It is well known.}\n  - {code: Q001, reason: Who knows.}\n  - {code: X001, reason: They are two events.}\n",
    );
    let lines: Vec<(String, u64)> = found(&corpus)
        .into_iter()
        .filter(|(code, _)| code.starts_with('L') || code == "M012")
        .collect();
    let expected = [
        ("L001", 6),
        ("L002", 7),
        ("L002", 8),
        ("L001", 9),
        ("M012", 13),
    ];
    assert_eq!(lines, expected.map(|(code, line)| (code.to_owned(), line)));
    let value = as_json(&corpus, &[]);
    let said = |code: &str, key: &str| -> Vec<String> {
        let findings = value["findings"].as_array().unwrap().iter();
        findings
            .filter(|one| one["code"] == code)
            .map(|one| one[key].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(
        said("L001", "message"),
        [
            "this `allow` of C002 silences nothing: remove it",
            "this `allow` of X001 silences nothing: remove it"
        ]
    );
    assert!(said("L002", "message")[0].starts_with("M012 cannot be silenced"));
    assert!(said("L002", "message")[1].starts_with("there is no code `Q001`"));
    assert!(said("L002", "help")[1].starts_with("did you mean A001, "));
}
