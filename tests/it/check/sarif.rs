//! SARIF 2.1.0, held against what its standard asks of the parts that we use.

use serde_json::{Value, json};

use super::{FALL, check, mistaken};
use crate::harness::Corpus;

fn log(corpus: &Corpus) -> Value {
    let output = check(corpus, &["--format", "sarif"]);
    assert_eq!(output.status.code(), Some(1));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn every_lint_is_a_rule_and_every_result_names_its_rule() {
    let corpus = mistaken();
    let log = log(&corpus);
    assert_eq!(log["version"], "2.1.0");
    assert!(
        log["$schema"]
            .as_str()
            .unwrap()
            .ends_with("/sarif-schema-2.1.0.json")
    );
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "Daybook");
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[text]["text"].as_str().unwrap().len() > 5, "{rule}");
        }
        let level = &rule["defaultConfiguration"]["level"];
        assert!(level == "error" || level == "warning", "{rule}");
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 4);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert_eq!(
            rules[index]["defaultConfiguration"]["level"],
            result["level"]
        );
    }
    assert_eq!(results[3]["ruleId"], "M012");
    assert_eq!(results[3]["level"], "error");
    let text = results[0]["message"]["text"].as_str().unwrap();
    assert!(text.contains("\nhelp: write [^book]"), "{text}");
}

#[test]
fn places_are_relative_to_the_content_folder() {
    let corpus = mistaken();
    corpus.write("articles/01/04/Ä b%.md", "");
    let log = log(&corpus);
    let run = &log["runs"][0];
    let base = run["originalUriBaseIds"]["CONTENT"]["uri"]
        .as_str()
        .unwrap();
    let content = corpus.content().canonicalize().unwrap();
    assert_eq!(base, format!("file://{}/", content.display()));
    let places: Vec<&Value> = run["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| &result["locations"][0]["physicalLocation"])
        .collect();
    let last = places.last().unwrap();
    assert_eq!(
        last["artifactLocation"],
        json!({"uri": "articles/01/04/%C3%84%20b%25.md", "uriBaseId": "CONTENT"})
    );
    assert_eq!(places[0]["artifactLocation"]["uri"], FALL);
}

#[test]
fn a_region_ends_after_what_is_meant_counted_in_characters() {
    let corpus = mistaken();
    corpus.edit(
        FALL,
        "date: 1951-01-04",
        "dates: [{on: 1951-01-04, label: 日本語}, {on: 1951-02-30}]",
    );
    let log = log(&corpus);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let date = results.iter().find(|one| one["ruleId"] == "D001").unwrap();
    assert_eq!(
        date["locations"][0]["physicalLocation"]["region"],
        json!({"startLine": 4, "startColumn": 44, "endColumn": 54})
    );
}
