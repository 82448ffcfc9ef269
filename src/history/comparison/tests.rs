use super::*;

fn text(lines: &[&str]) -> Readable {
    Readable {
        parts: vec![Part {
            name: "Text",
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        }],
    }
}

fn compare(old: &[&str], new: &[&str]) -> Comparison {
    Comparison::new(&text(old), &text(new))
}

/// `[taken out]`, `{put in}`.
fn marked(passage: &Passage) -> String {
    match passage {
        Passage::Same(text) => format!("= {text}"),
        Passage::Folded(texts) => format!("… {}", texts.len()),
        Passage::Added(text) => format!("+ {text}"),
        Passage::Removed(text) => format!("- {text}"),
        Passage::Changed(runs) => {
            let run = |run: &Run| match run {
                Run::Same(text) => text.clone(),
                Run::Added(text) => format!("{{{text}}}"),
                Run::Removed(text) => format!("[{text}]"),
            };
            format!("~ {}", runs.iter().map(run).collect::<String>())
        }
    }
}

fn all(comparison: &Comparison) -> Vec<String> {
    let passages = comparison.parts.iter().flat_map(|part| &part.passages);
    passages.map(marked).collect()
}

#[test]
fn words_are_told_apart_and_counted() {
    let found = compare(
        &["The city fell on January 7, 1951."],
        &["The old city fell on January 4, 1951."],
    );
    assert_eq!(
        all(&found),
        ["~ The {old }city fell on January [7]{4}, 1951."]
    );
    let counts = found.counts;
    assert_eq!((counts.added, counts.removed), (2, 1));
    assert!(found.is_finished);
}

#[test]
fn a_passage_is_found_again_between_others() {
    let found = compare(
        &[
            "One stays.",
            "Two words here will change.",
            "Three goes away entirely.",
        ],
        &[
            "One stays.",
            "Something new was written.",
            "Two words here have changed.",
        ],
    );
    assert_eq!(
        all(&found),
        [
            "= One stays.",
            "+ Something new was written.",
            "~ Two words here [will change]{have changed}.",
            "- Three goes away entirely."
        ]
    );
}

#[test]
fn what_shares_next_to_nothing_is_shown_one_after_the_other() {
    let found = compare(
        &["Nobody knows when it was."],
        &["On a Thursday, in heavy snow, the bridge opened when Ada came."],
    );
    assert_eq!(all(&found).len(), 2);
}

#[test]
fn unchanged_passages_far_from_changes_are_folded() {
    let lines: Vec<String> = (1..=9).map(|number| format!("Line {number}.")).collect();
    let old: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut new = old.clone();
    new[8] = "Line nine.";
    assert_eq!(
        all(&compare(&old, &new)),
        ["… 7", "= Line 8.", "~ Line [9]{nine}."]
    );
    let mut near = old[6..].to_vec();
    near[2] = "Line nine.";
    assert_eq!(
        all(&compare(&old[6..], &near)),
        ["= Line 7.", "= Line 8.", "~ Line [9]{nine}."]
    );
}

#[test]
fn scripts_without_blanks_and_marks_of_any_kind_are_compared() {
    let found = compare(
        &["西历1951年1月7日，汉城陷落。"],
        &["西历1951年1月4日，汉城陷落。"],
    );
    assert!(!found.parts.is_empty());
    let same = compare(&["a\u{301}b <script> & é"], &["a\u{301}b <script> & é"]);
    assert!(same.parts.is_empty());
    assert_eq!(same.unchanged, ["Text"]);
}

#[test]
fn two_long_and_unlike_texts_are_compared_within_the_time() {
    // 200 kB each, in passages and in one piece, without a word in common.
    let words = |seed: u64, many: usize| -> Vec<String> {
        let mut state = seed;
        (0..many)
            .map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                format!("{seed}{:x}", state >> 44)
            })
            .collect()
    };
    let (one, other) = (words(7, 31_000), words(8, 31_000));
    for size in [1, 60, 31_000] {
        let passages = |words: &[String]| -> Vec<String> {
            words.chunks(size).map(|chunk| chunk.join(" ")).collect()
        };
        let (old, new) = (passages(&one), passages(&other));
        let slices = |lines: &[String]| -> Readable {
            text(&lines.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let (old, new) = (slices(&old), slices(&new));
        let started = Instant::now();
        let found = Comparison::new(&old, &new);
        let took = started.elapsed();
        assert!(took < PATIENCE * 8, "{size} words a passage: {took:?}");
        assert_eq!(found.counts.added, 31_000);
        assert_eq!(found.counts.removed, 31_000);
    }
}
