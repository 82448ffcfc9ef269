//! `allow` in the front matter: findings that an editor has looked at and
//! found to be no mistake.
//!
//! Which lints may be silenced is said in `docs/lints.md`: those that read
//! words, and so can misread them, and those that ask for what an article can
//! do without. What makes a file unreadable cannot be argued away.

use super::{ACROSS_CODES, Lint};
use crate::content::{Allow, Diagnostic};

/// What the lints across articles have found, without what is silenced, and
/// with each `allow` of such a lint that silences nothing (L001).
///
/// Such a finding is about several files, so the `allow` may stand in any of
/// them: in the one in which the finding is, or in one that a note of it names.
/// `files` are all articles, each with its path below the content folder; with
/// some of them only, an `allow` would seem to silence nothing.
#[must_use]
pub fn silence_across(files: &[(&str, &[Allow])], mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut silent = vec![false; found.len()];
    let mut unused = Vec::new();
    for (path, allows) in files {
        for (index, allow) in allows.iter().enumerate() {
            if !Lint::find(&allow.code).is_some_and(is_across) {
                continue; // `article` has dealt with it.
            }
            let mut used = false;
            if is_first(allows, index) {
                for (one, silent) in found.iter().zip(&mut silent) {
                    if one.code == allow.code && concerns(one, path) {
                        (*silent, used) = (true, true);
                    }
                }
            }
            // N002 is found in titles too, which `article` has dealt with.
            if !used && allow.code != "N002" {
                unused.push(silences_nothing(allow).in_file(path));
            }
        }
    }
    let mut silent = silent.into_iter();
    found.retain(|_| !silent.next().unwrap_or(false));
    found.extend(unused);
    found
}

/// The findings in one article without those that it silences, and with what
/// is wrong in that list. Those across articles are left to [`silence_across`].
pub(super) fn apply(allows: &[Allow], mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    for allow in allows {
        match Lint::find(&allow.code) {
            None => wrong.push(unknown(allow)),
            Some(lint) if !lint.allowable => wrong.push(not_to_be_silenced(allow)),
            Some(lint) if is_across(lint) => found.retain(|one| one.code != allow.code),
            Some(_) => {
                let before = found.len();
                found.retain(|one| one.code != allow.code);
                if found.len() == before {
                    wrong.push(silences_nothing(allow));
                }
            }
        }
    }
    found.extend(wrong);
    found
}

fn is_across(lint: &Lint) -> bool {
    ACROSS_CODES.contains(&lint.code)
}

/// Whether no `allow` before this one has the same code.
fn is_first(allows: &[Allow], index: usize) -> bool {
    let (before, rest) = allows.split_at(index);
    !before.iter().any(|one| one.code == rest[0].code)
}

fn concerns(finding: &Diagnostic, path: &str) -> bool {
    let mut places = finding
        .advice
        .notes
        .iter()
        .filter_map(|note| note.place.as_ref());
    finding.file == path || places.any(|place| place.file == path)
}

fn silences_nothing(allow: &Allow) -> Diagnostic {
    let message = format!("this `allow` of {} silences nothing: remove it", allow.code);
    Diagnostic::warning_at(&allow.place, "L001", &message)
}

fn not_to_be_silenced(allow: &Allow) -> Diagnostic {
    let message = format!(
        "{} cannot be silenced, so this `allow` does nothing",
        allow.code
    );
    let help = format!(
        "mend what {} finds, and remove this; `daybook check --explain {}` says how",
        allow.code, allow.code
    );
    Diagnostic::warning_at(&allow.place, "L002", &message).help(&help)
}

fn unknown(allow: &Allow) -> Diagnostic {
    let message = format!(
        "there is no code `{}`, so this `allow` does nothing",
        allow.code
    );
    let help = match Lint::nearest(&allow.code) {
        Some(lint) => format!("did you mean {}, “{}”?", lint.code, lint.title),
        None => "`daybook check --explain` lists all codes".to_owned(),
    };
    Diagnostic::warning_at(&allow.place, "L002", &message).help(&help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Place;

    fn allow(code: &str, line: usize) -> Allow {
        Allow {
            code: code.to_owned(),
            reason: "checked".to_owned(),
            place: Place {
                line,
                column: 5,
                ..Place::default()
            },
        }
    }

    fn codes(found: &[Diagnostic]) -> Vec<(&str, &str, usize)> {
        let code = |one| {
            let Diagnostic {
                file, code, line, ..
            }: &Diagnostic = one;
            (file.as_str(), code.as_str(), *line)
        };
        found.iter().map(code).collect()
    }

    #[test]
    fn errors_that_come_from_reading_words_are_silenced_and_others_are_not() {
        let found = vec![
            Diagnostic::error(9, 1, "D002", "a"),
            Diagnostic::error(9, 2, "M012", "b"),
            Diagnostic::warning(9, 3, "C001", "c"),
        ];
        let left = apply(&[allow("D002", 2), allow("M012", 3)], found);
        assert_eq!(
            codes(&left),
            [("", "M012", 9), ("", "C001", 9), ("", "L002", 3)]
        );
    }

    #[test]
    fn the_same_allow_twice_is_once_too_often() {
        let found = vec![Diagnostic::warning(9, 3, "C001", "c")];
        let left = apply(&[allow("C001", 2), allow("C001", 3)], found);
        assert_eq!(codes(&left), [("", "L001", 3)]);
    }

    #[test]
    fn an_unknown_code_is_named_with_the_nearest() {
        let left = apply(&[allow("c002", 2), allow("nonsense", 3)], Vec::new());
        assert_eq!(codes(&left), [("", "L002", 2), ("", "L002", 3)]);
        let help = |index: usize| left[index].advice.help.clone().unwrap_or_default();
        assert!(help(0).starts_with("did you mean C002, “"), "{}", help(0));
        assert!(help(1).contains("lists all codes"), "{}", help(1));
    }

    #[test]
    fn what_is_found_across_articles_is_silenced_from_either_of_them() {
        let twins = |file: &str, other: &str| {
            let place = Place {
                file: other.to_owned(),
                ..Place::default()
            };
            Diagnostic::warning(2, 8, "X001", "twins")
                .note("the other", Some(place))
                .in_file(file)
        };
        let (listed, other) = ([allow("X001", 4), allow("X001", 6)], [allow("X002", 5)]);
        assert_eq!(apply(&listed, Vec::new()), []);
        let files: [(&str, &[Allow]); 3] = [("a.md", &[]), ("b.md", &listed), ("c.md", &other)];
        let found = vec![twins("a.md", "b.md"), twins("a.md", "c.md")];
        let left = silence_across(&files, found);
        assert_eq!(
            codes(&left),
            [
                ("a.md", "X001", 2),
                ("b.md", "L001", 6),
                ("c.md", "L001", 5)
            ]
        );
    }
}
