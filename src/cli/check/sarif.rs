//! Findings in SARIF 2.1.0, the format of OASIS that code hosts and editors
//! read. Columns are counted in characters, as everywhere in Daybook.

use std::path::Path;

use serde_json::{Value, json};
use url::Url;

use super::sources::Sources;
use crate::check::Lint;
use crate::content::{Diagnostic, Place, Severity};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What the paths of files are relative to.
const CONTENT: &str = "CONTENT";

/// The whole log, with every lint as a rule.
pub(super) fn log(findings: &[Diagnostic], sources: &mut Sources, root: &Path) -> Value {
    let rules: Vec<Value> = Lint::all().iter().map(rule).collect();
    let results: Vec<Value> = findings.iter().map(|one| result(one, sources)).collect();
    let mut base = json!({
        "description": {"text": "The content folder, which holds `articles/`."},
    });
    // A base must be absolute; a consumer knows its own without one.
    let full = root.canonicalize().ok();
    if let Some(uri) = full.and_then(|full| Url::from_directory_path(full).ok()) {
        base["uri"] = uri.as_str().into();
    }
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "Daybook",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {CONTENT: base},
            "results": results,
        }],
    })
}

fn rule(lint: &Lint) -> Value {
    json!({
        "id": lint.code,
        "shortDescription": {"text": lint.title},
        "fullDescription": {"text": lint.summary()},
        "help": {"text": lint.text, "markdown": lint.text},
        "defaultConfiguration": {"level": level(lint.severity)},
    })
}

fn result(one: &Diagnostic, sources: &mut Sources) -> Value {
    let place = Place {
        file: one.file.clone(),
        line: one.line,
        column: one.column,
        width: one.advice.width,
    };
    let mut text = one.message.clone();
    let mut related = Vec::new();
    for note in &one.advice.notes {
        match &note.place {
            None => text.push_str(&format!("\nnote: {}", note.message)),
            Some(at) => related.push(json!({
                "id": related.len() + 1,
                "message": {"text": note.message},
                "physicalLocation": location(at, &one.file, sources),
            })),
        }
    }
    if let Some(help) = &one.advice.help {
        text.push_str(&format!("\nhelp: {help}"));
    }
    let mut result = json!({
        "ruleId": one.code,
        "level": level(one.severity),
        "message": {"text": text},
        "locations": [{"physicalLocation": location(&place, &one.file, sources)}],
    });
    if let Some(index) = Lint::all().iter().position(|lint| lint.code == one.code) {
        result["ruleIndex"] = index.into();
    }
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    result
}

/// Where a place is; one that names no file lies in `home`.
fn location(place: &Place, home: &str, sources: &mut Sources) -> Value {
    let file = if place.file.is_empty() {
        home
    } else {
        &place.file
    };
    let mut region = json!({"startLine": place.line, "startColumn": place.column});
    if let Some(end) = sources.end(file, place) {
        if end.line != place.line {
            region["endLine"] = end.line.into();
        }
        region["endColumn"] = end.column.into();
    }
    json!({
        "artifactLocation": {"uri": relative_uri(file), "uriBaseId": CONTENT},
        "region": region,
    })
}

/// A path below the content folder as a relative reference.
fn relative_uri(path: &str) -> String {
    let Ok(mut url) = Url::parse("file:///") else {
        return path.to_owned();
    };
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.clear().extend(path.split('/'));
    }
    // Before the first slash, a colon would end the name of a scheme.
    url.path().trim_start_matches('/').replace(':', "%3A")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_finding_rests_on_is_a_related_location() {
        let place = |file: &str, line: usize, column: usize, width: usize| Place {
            file: file.to_owned(),
            line,
            column,
            width,
        };
        let mut sources = Sources::holding(&[("a.md", "one\ntwo\nthree\n"), ("b.md", "日本語")]);
        let one = Diagnostic::error_at(&place("", 2, 2, 5), "D002", "wrong")
            .in_file("a.md")
            .note("as said here", Some(place("b.md", 1, 2, 2)))
            .note("and in general", None)
            .note("and before", Some(place("", 1, 1, 0)))
            .help("mend it");
        let log = log(&[one], &mut sources, Path::new("/nowhere"));
        let result = &log["runs"][0]["results"][0];
        assert_eq!(
            result["message"]["text"],
            "wrong\nnote: and in general\nhelp: mend it"
        );
        // It goes on to the second letter of the next line.
        assert_eq!(
            result["locations"][0]["physicalLocation"]["region"],
            json!({"startLine": 2, "startColumn": 2, "endLine": 3, "endColumn": 3})
        );
        let related = &result["relatedLocations"];
        assert_eq!(
            (&related[0]["id"], &related[1]["id"]),
            (&1.into(), &2.into())
        );
        assert_eq!(
            related[0]["physicalLocation"],
            json!({
                "artifactLocation": {"uri": "b.md", "uriBaseId": "CONTENT"},
                "region": {"startLine": 1, "startColumn": 2, "endColumn": 4},
            })
        );
        assert_eq!(
            related[1]["physicalLocation"]["artifactLocation"]["uri"],
            "a.md"
        );
    }

    #[test]
    fn paths_become_references_that_no_reader_takes_for_something_else() {
        for (path, uri) in [
            ("articles/01/04/fall.md", "articles/01/04/fall.md"),
            (
                "people/Ämter #1 100%.md",
                "people/%C3%84mter%20%231%20100%25.md",
            ),
            ("a:b", "a%3Ab"),
            ("x?y", "x%3Fy"),
        ] {
            assert_eq!(relative_uri(path), uri);
        }
    }
}
