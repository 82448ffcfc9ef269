use std::process::Command;

use proptest::prelude::*;

use super::*;
use crate::articles::model::CorrectionKind;
use crate::content::passages::anchor;

const PLAIN: &str = "---\n# A comment.\ntitle: \"Seoul: captured\"\nsummary: A city falls.\ndate: 1951-01-04 # as sourced\nsources:\n  - {id: book, kind: book, title: A book}\n---\nThe *city* fell on\n4 January 1951.[^book] It was\n\"cold\" -- very.[^book]\n";

fn note(text: &str) -> Correction {
    Correction {
        date: "2026-12-02".to_owned(),
        kind: CorrectionKind::Clarification,
        text: text.to_owned(),
        case: Some("C-7K3Q2M".to_owned()),
    }
}

fn with(list: &str) -> String {
    PLAIN.replacen("sources:\n", &format!("{list}sources:\n"), 1)
}

/// What the file says after an entry was written, and the lines that are new.
fn written(source: &str) -> (Vec<Correction>, Vec<String>) {
    let amended = amend(source, &Change::Nothing, &note("New: \"words\".")).unwrap();
    let added = amended
        .lines()
        .filter(|line| !source.lines().any(|old| old == *line))
        .map(str::to_owned)
        .collect();
    (read(&amended).unwrap().details.corrections, added)
}

const ENTRY: &str =
    r#"- {date: 2026-12-02, kind: clarification, text: "New: \"words\".", case: C-7K3Q2M}"#;

#[test]
fn an_entry_goes_to_the_end_of_the_front_matter_if_there_is_no_list() {
    let amended = amend(PLAIN, &Change::Nothing, &note("New: \"words\".")).unwrap();
    let expected = PLAIN.replacen(
        "\n---\nThe",
        &format!("\ncorrections:\n  {ENTRY}\n---\nThe"),
        1,
    );
    assert_eq!(amended, expected);
    assert_eq!(
        read(&amended).unwrap().details.corrections[0].text,
        "New: “words”."
    );
}

#[test]
fn an_entry_is_added_to_a_list_however_that_is_written() {
    let old = "{date: 2026-11-01, kind: minor, text: \"It's [old], {really} # old\"}";
    for (list, line) in [
        ("corrections: []\n", format!("  {ENTRY}")),
        ("corrections: [] # none yet\n", format!("  {ENTRY}")),
        ("corrections:   [ ]\n", String::new()),
        (
            "corrections:\n  - {date: 2026-11-01, kind: minor, text: Old}\n  # The end.\n\n",
            format!("  {ENTRY}"),
        ),
        (
            "corrections:\n- date: 2026-11-01\n  kind: minor\n  text: >-\n    # Old\n    - words\n",
            ENTRY.to_owned(),
        ),
        (
            "'corrections':\n    - date: 2026-11-01\n\n      kind: minor\n      text: |\n        Old\n\n        words\n",
            format!("    {ENTRY}"),
        ),
        (&format!("corrections: [{old}]\n"), String::new()),
        (&format!("corrections: [ {old} , ] # all\n"), String::new()),
        (
            &format!("corrections: [\n  {old}, # ] not yet\n  {old}\n  ]\n"),
            String::new(),
        ),
        (
            &format!("corrections:\n  [{old},\n   {old}]\n"),
            String::new(),
        ),
        (
            "corrections: [{date: 2026-11-01, kind: minor, text: 'It''s ] old'}]\n",
            String::new(),
        ),
    ] {
        let source = with(list);
        let before = read(&source).unwrap_or_else(|found| panic!("{list}: {found:?}"));
        let (corrections, added) = written(&source);
        let mut expected = before.details.corrections;
        expected.push(Correction {
            text: "New: “words”.".to_owned(),
            ..note("")
        });
        assert_eq!(corrections, expected, "{list}");
        assert!(added.len() <= 2, "{list}: {added:?}");
        if !line.is_empty() {
            assert!(added.contains(&line), "{list}: {added:?}");
        }
    }
}

#[test]
fn an_entry_of_the_same_case_is_replaced_and_not_doubled() {
    let case = "{date: 2026-11-01, kind: minor, text: Old, case: C-7K3Q2M}";
    for list in [
        format!("corrections:\n  - {{date: 2026-10-01, kind: minor, text: A}}\n  # B\n  - {case}\n  # C\n  - {{date: 2026-10-03, kind: minor, text: D}}\n"),
        format!("corrections: [{{date: 2026-10-01, kind: minor, text: A}}, {case}, {{date: 2026-10-03, kind: minor, text: D}}]\n"),
        "corrections:\n  - date: 2026-10-01\n    kind: minor\n    text: A\n  - date: 2026-11-01\n    kind: minor\n    text: Old\n    case: C-7K3Q2M\n  - {date: 2026-10-03, kind: minor, text: D}\n".to_owned(),
    ] {
        let source = with(&list);
        let once = amend(&source, &Change::Nothing, &note("New.")).unwrap();
        let texts: Vec<String> = read(&once)
            .unwrap()
            .details
            .corrections
            .into_iter()
            .map(|one| one.text)
            .collect();
        assert_eq!(texts, ["A", "New.", "D"], "{list}");
        assert_eq!(once.contains("# B"), source.contains("# B"));
        assert_eq!(once.contains("# C"), source.contains("# C"));
        let twice = amend(&once, &Change::Nothing, &note("New.")).unwrap();
        assert_eq!(twice, once);
    }
}

#[test]
fn a_list_that_cannot_be_added_to_is_left_alone() {
    let anchored = with("corrections: &all []\n");
    let result = amend(&anchored, &Change::Nothing, &note("New."));
    assert!(
        matches!(result, Err(AmendError::Unwritable(_))),
        "{result:?}"
    );
    let flow = "---\n{title: A, summary: B, date: 1951-01-04}\n---\nText.\n";
    let result = amend(flow, &Change::Nothing, &note("New."));
    assert!(
        matches!(result, Err(AmendError::Unwritable(_))),
        "{result:?}"
    );
}

#[test]
fn a_note_without_words_a_wrong_day_and_a_wrong_case_are_refused() {
    let refused = |note: Correction| amend(PLAIN, &Change::Nothing, &note).unwrap_err();
    assert_eq!(refused(note(" \n\u{7} ")), AmendError::NoWords);
    let wrong = Correction {
        date: "2026-13-02".to_owned(),
        ..note("A")
    };
    assert!(matches!(refused(wrong), AmendError::NoDay(_)));
    let wrong = Correction {
        case: Some("C-OIL".to_owned()),
        ..note("A")
    };
    assert!(matches!(refused(wrong), AmendError::NoCase(_)));
    let broken = amend("no head", &Change::Nothing, &note("A")).unwrap_err();
    assert!(broken.to_string().contains("line 1:"), "{broken}");
}

#[test]
fn a_form_sends_other_ends_of_lines_and_the_file_keeps_its_own() {
    let edited = PLAIN
        .replace("4 January", "5 January")
        .replace('\n', "\r\n");
    let amended = amend(PLAIN, &Change::File(&edited), &note("New.")).unwrap();
    assert!(!amended.contains('\r'));
    assert!(amended.contains("5 January 1951"));
    let dos = format!("\u{feff}{}", PLAIN.trim_end().replace('\n', "\r\n"));
    let edited = PLAIN.trim_end().replace("4 January", "5 January");
    let amended = amend(&dos, &Change::File(&edited), &note("New.")).unwrap();
    assert!(amended.starts_with("\u{feff}---\r\n") && amended.ends_with("very.[^book]"));
    assert_eq!(
        amended.matches('\n').count(),
        amended.matches("\r\n").count()
    );
    assert!(amended.contains("corrections:\r\n  - {date"));
}

#[test]
fn a_change_that_breaks_the_file_is_refused_and_old_faults_are_not_held_against_it() {
    let edit = |source: &str, old: &str, new: &str| {
        let edited = source.replace(old, new);
        assert_ne!(edited, source);
        amend(source, &Change::File(&edited), &note("New."))
    };
    assert!(matches!(
        edit(PLAIN, "1951-01-04", "1951-02-30"),
        Err(AmendError::Broken(_))
    ));
    // A note that is defined nowhere.
    assert!(matches!(
        edit(PLAIN, "January 1951.", "January 1951.[^other]"),
        Err(AmendError::Broken(_))
    ));
    let faulty = PLAIN.replace("very.", "very.[^other]");
    assert!(edit(&faulty, "4 January", "5 January").is_ok());
}

#[test]
fn a_stretch_of_the_text_is_replaced() {
    let article = read(PLAIN).unwrap();
    let rendered = survey_article(&article, 1, &Catalogue::default(), &Default::default());
    let passage = anchor(
        &rendered.paragraphs,
        None,
        "The city fell on 4 January 1951.",
    )
    .unwrap();
    let found = locate(PLAIN, &Catalogue::default(), &passage).unwrap();
    assert_eq!(found.markdown, "The *city* fell on\n4 January 1951.");
    let change = Change::Stretch {
        range: found.range,
        words: "The *city* fell on\r\n5 January 1951.\r\n",
    };
    let amended = amend(PLAIN, &change, &note("New.")).unwrap();
    assert!(amended.contains("---\nThe *city* fell on\n5 January 1951.[^book] It was\n"));
    for range in [0..4, 0..0, PLAIN.len() - 4..PLAIN.len() + 1] {
        let change = Change::Stretch { range, words: "x" };
        assert_eq!(
            amend(PLAIN, &change, &note("New.")),
            Err(AmendError::Outside)
        );
    }
}

#[test]
fn a_passage_is_found_through_its_markup() {
    let body = "# Head\n\nThe **city of [Seoul](/places/seoul)** fell on 4\n  January 1951,[^book] wrote \"Roy\" -- in\\* `code` &amp; more... See [[a-b|the armistice]] or [[c-d]] now.\n\n> Quoted\n> words here\n\n- An item\n  of *two* lines.\n- Another, of 1950-1953.\n\n| Year | Name |\n|---|---|\n| 1951 | The *fall* |\n";
    let head = &PLAIN[..PLAIN.find("---\nThe").unwrap() + 4];
    for source in [
        format!("{head}{body}"),
        format!("\u{feff}{head}{body}").replace('\n', "\r\n"),
    ] {
        let article = read(&source).unwrap();
        let rendered = survey_article(&article, 1, &Catalogue::default(), &Default::default());
        for (quote, expected) in [
            ("fell on 4 January 1951,", "fell on 4\n  January 1951,"),
            ("The city", "The **city of [Seoul](/places/seoul)**"),
            ("city of", "city of"),
            ("Seoul", "Seoul"),
            ("Seoul fell", "**city of [Seoul](/places/seoul)** fell"),
            (
                "“Roy” – in* code & more…",
                "\"Roy\" -- in\\* `code` &amp; more...",
            ),
            ("4 January 1951, wrote", "4\n  January 1951,[^book] wrote"),
            ("the armistice or", "[[a-b|the armistice]] or"),
            ("or c d now.", "or [[c-d]] now."),
            ("c d", "[[c-d]]"),
            ("c d now", "[[c-d]] now"),
            ("Quoted words", "Quoted\n> words"),
            ("item of two lines.", "item\n  of *two* lines."),
            ("1950–1953", "1950-1953"),
            ("fall", "fall"),
        ] {
            let passage = anchor(&rendered.paragraphs, None, quote)
                .unwrap_or_else(|| panic!("{quote}: {:?}", rendered.paragraphs));
            let found = locate(&source, &Catalogue::default(), &passage)
                .unwrap_or_else(|| panic!("{quote} is not located"));
            assert_eq!(found.markdown.replace('\r', ""), expected, "{quote}");
        }
        let over = anchor(&rendered.paragraphs, None, "now. Quoted").unwrap();
        assert_eq!(locate(&source, &Catalogue::default(), &over), None);
        let cell = anchor(&rendered.paragraphs, None, "The fall").unwrap();
        assert_eq!(locate(&source, &Catalogue::default(), &cell), None);
    }
}

#[test]
fn a_patch_is_empty_where_nothing_has_changed() {
    assert_eq!(patch("a.md", PLAIN, PLAIN), "");
    let shown = patch("content/a.md", "a\nb\n", "a\nc");
    assert_eq!(
        shown,
        "--- a/content/a.md\n+++ b/content/a.md\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n\\ No newline at end of file\n"
    );
}

/// Applies a patch with a program; `None` where it is not installed.
fn applied(program: &[&str], path: &str, old: &str, patch: &str) -> Option<String> {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, old).unwrap();
    std::fs::write(folder.path().join("change.patch"), patch).unwrap();
    let done = Command::new(program[0])
        .args(&program[1..])
        .arg("change.patch")
        .env("GIT_CEILING_DIRECTORIES", folder.path().parent().unwrap())
        .current_dir(folder.path())
        .output()
        .ok()?;
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{program:?}: {told}\n{patch}");
    Some(std::fs::read_to_string(file).unwrap())
}

#[test]
fn git_and_patch_apply_a_patch() {
    let long: String = (0..40).map(|line| format!("Line {line}.\n")).collect();
    let source = format!("{PLAIN}{long}");
    let no_end = source.trim_end().to_owned();
    let mac = source.replace("Line 7.\n", "Line\r7.\n");
    for old in [&source, &no_end, &source.replace('\n', "\r\n"), &mac] {
        let edited = old.replace("Line 20.", "A line.").replace("4 Jan", "5 Jan");
        let mut new = amend(old, &Change::Nothing, &note("New.")).unwrap();
        for (from, to) in [("Line 20.", "A line."), ("4 January", "5 January")] {
            new = new.replace(from, to);
        }
        for new in [new, edited, old.trim_end().to_owned() + " more"] {
            for path in ["content/articles/01/04/seoul.md", "content/a b/c.md"] {
                let made = patch(path, old, &new);
                let git = ["git", "apply", "--whitespace=nowarn"];
                let patch = ["patch", "-p1", "--binary", "-i"];
                for program in [&git[..], &patch[..]] {
                    if let Some(result) = applied(program, path, old, &made) {
                        assert_eq!(result, new, "{program:?}");
                    }
                }
            }
        }
    }
}

fn source() -> impl Strategy<Value = String> {
    let lists = prop::sample::select(vec![
        "",
        "corrections: []\n",
        "corrections:\n  - {date: 2026-11-01, kind: minor, text: Old}\n# end\n",
        "corrections: [{date: 2026-11-01, kind: minor, text: \"a, b]\"}, ]\n",
        "corrections:\n- date: 2026-11-01\n  kind: minor\n  text: |\n    Old: words\n    # no comment\n",
        "corrections:\n  - {date: 2026-11-01, kind: minor, text: Old, case: C-7K3Q2M}\n",
    ]);
    (
        lists,
        prop::sample::select(vec!["\n", "\r\n"]),
        any::<bool>(),
    )
        .prop_map(|(list, end, last)| {
            let text = with(list).replace('\n', end);
            if last {
                text
            } else {
                text.trim_end().to_owned()
            }
        })
}

proptest! {
    #[test]
    fn whatever_the_note_says_comes_back(
        text in "\\PC{1,60}|[ -~\n\t]{1,60}|(\\PC|[\"'\\\\:#{}\\[\\],&*!|>%@`\u{85}\u{2028}\u{feff}\u{fffe}]|\\n){1,40}|.{1,40}",
        source in source(),
    ) {
        let words: Vec<&str> = text
            .split(|c: char| c.is_whitespace() || c.is_control())
            .filter(|word| !word.is_empty())
            .collect();
        prop_assume!(!words.is_empty());
        let amended = amend(&source, &Change::Nothing, &note(&text)).unwrap();
        let before = read(&source).unwrap().details.corrections;
        let after = read(&amended).unwrap().details.corrections;
        let known = before.iter().any(|one| one.case.is_some());
        prop_assert_eq!(after.len(), before.len() + usize::from(!known));
        prop_assert_eq!(&after[after.len() - 1].text, &smart_quotes(&words.join(" ")));
        // Every line but those of the list is what it was.
        let kept = |text: &str| -> Vec<String> {
            text.split_inclusive('\n')
                .filter(|line| !line.starts_with("corrections:") && !line.contains("2026-12-02"))
                .filter(|line| !line.contains("C-7K3Q2M"))
                .map(str::to_owned)
                .collect()
        };
        prop_assert_eq!(kept(&source), kept(&amended));
    }

    #[test]
    fn no_file_breaks_it(
        head in "(corrections:|  - |\\[|\\]|\\{|\\}|\"|'|,|#| |\n|a: b|\\PC){0,24}",
        body in "\\PC{0,20}",
        quote in "\\PC{1,8}",
    ) {
        let source = format!("---\ntitle: A\nsummary: B\ndate: 1951-01-04\n{head}\n---\n{body}");
        if let Ok(amended) = amend(&source, &Change::Nothing, &note("New.")) {
            prop_assert!(amended.len() > source.len());
        }
        let anchor = crate::content::passages::Anchor {
            quote,
            prefix: String::new(),
            suffix: String::new(),
            paragraph: 1,
        };
        let _ = locate(&source, &Catalogue::default(), &anchor);
    }

    #[test]
    fn a_located_stretch_shows_the_passage(
        body in "([a-z]{1,4}|[*_`\"'\\\\]|\\*\\*|\\[a\\]\\(/b\\)|\\[\\[c\\]\\]|\\.\\.\\.|--|&amp;|19[0-9]{2}| |\n){1,30}",
        from in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
    ) {
        let source = format!("---\ntitle: A\nsummary: B\ndate: 1951-01-04\n---\n{body}\n");
        let article = read(&source).unwrap();
        let rendered = survey_article(&article, 1, &Catalogue::default(), &Default::default());
        let Some(first) = rendered.paragraphs.first() else { return Ok(()) };
        let characters: Vec<char> = first.chars().collect();
        let (a, b) = (from.index(characters.len()), to.index(characters.len()));
        let quote: String = characters[a.min(b)..=a.max(b)].iter().collect();
        let Some(passage) = anchor(&rendered.paragraphs, Some(1), &quote) else { return Ok(()) };
        let Some(found) = locate(&source, &Catalogue::default(), &passage) else { return Ok(()) };
        prop_assert!(found.range.start >= body_at(&source));
        // What it shows, alone, holds the passage, but for markup and
        // typography that need what stands around them.
        let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        prop_assert!(bare(&found.markdown).contains(&bare(&passage.quote)) || found.markdown.contains("[[") || found.markdown.contains("](") || found.markdown.contains("&amp;"), "{:?} {:?}", found, passage);
    }
}

fn body_at(source: &str) -> usize {
    source.rfind("\n---\n").map_or(0, |at| at + 5)
}
