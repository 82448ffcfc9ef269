//! N004, N005 and C006 in entries of the registries.

use super::{assert_none, only, with};
use crate::harness::Corpus;

fn life(lines: &str) -> Corpus {
    with(
        "people/ada.md",
        &format!("---\nname: Ada\n{lines}\n---\nSomebody.\n"),
    )
}

#[test]
fn impossible_lives_are_errors_and_unlikely_ones_warnings() {
    for (lines, severity, words) in [
        (
            "born: 1900-05-01\ndied: 1899-12-31",
            "error",
            "died before being born",
        ),
        (
            "born: \"-0043\"\ndied: \"-0100\"",
            "error",
            "died before being born",
        ),
        (
            "born: 1800\ndied: 1951",
            "warning",
            "a life of at least 149 years",
        ),
        ("born: 2199-01-01", "error", "lies in the future"),
        ("born: 1950\ndied: 2199", "error", "lies in the future"),
    ] {
        let corpus = life(lines);
        let finding = super::found(&corpus, "N005").remove(0);
        assert_eq!(finding.place(), ("people/ada.md", 2, 7), "{lines}");
        assert_eq!(finding.text("severity"), severity, "{lines}");
        assert!(finding.text("message").contains(words), "{finding:?}");
    }
}

#[test]
fn possible_lives_are_not_told() {
    for lines in [
        "born: 1875-02-21\ndied: 1997-08-04",
        "born: 1900\ndied: 1900",
        "born: \"0480~\"\ndied: \"0475~\"",
        "born: \"-0100\"\ndied: \"-0043\"",
        "born: 1950",
        "died: 1950",
        "born: \"18XX\"\ndied: 1930",
    ] {
        assert_none(&life(lines), "N005");
    }
}

#[test]
fn life_dates_need_a_source() {
    let corpus = life("born: 1900");
    let finding = only(&corpus, "C006");
    assert_eq!(finding.place(), ("people/ada.md", 2, 7));
    assert_none(&life("also: [Adda]"), "C006");
    let source = "born: 1900\nsources: [{id: life, kind: book, title: A life}]";
    corpus.write(
        "people/ada.md",
        format!("---\nname: Ada\n{source}\n---\nSomebody.[^life]\n"),
    );
    assert_none(&corpus, "C006");
}

#[test]
fn a_place_lies_in_its_country() {
    let seoul = |lat: f64, lon: f64| {
        with(
            "places/seoul.md",
            &format!("---\nname: Seoul\nlat: {lat}\nlon: {lon}\ncountry: KR\n---\nA city.\n"),
        )
    };
    assert_none(&seoul(37.57, 126.98), "N004");
    let finding = only(&seoul(37.57, 26.98), "N004");
    assert_eq!(finding.place(), ("places/seoul.md", 2, 7));
    let finding = only(&seoul(-37.57, 126.98), "N004");
    assert!(finding.text("help").contains("lat: 37.57"), "{finding:?}");
}
