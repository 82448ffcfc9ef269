//! X001 to X004.

use super::{article, assert_none, found, only};
use crate::harness::Corpus;

const ONE: &str = "articles/01/04/fall.md";
const OTHER: &str = "articles/01/07/capture.md";

fn two(one: (&str, &str, &str), other: (&str, &str, &str)) -> Corpus {
    let corpus = Corpus::empty();
    for (path, (title, date, lines)) in [(ONE, one), (OTHER, other)] {
        let text = article(date, lines, "Text.").replace("The tower opens", title);
        corpus.write(path, text);
    }
    corpus
}

#[test]
fn two_accounts_of_one_event_are_told() {
    let corpus = two(
        (
            "Chinese and North Korean forces capture Seoul",
            "1951-01-04",
            "place: Seoul",
        ),
        (
            "North Korean forces capture Seoul",
            "1951-01-07",
            "place: Seoul",
        ),
    );
    let finding = only(&corpus, "X001");
    assert_eq!(finding.place(), (OTHER, 2, 8));
    assert_eq!(finding.notes(), [(ONE, 2)]);
    // A draft is not yet told.
    corpus.edit(OTHER, "date:", "draft: true\ndate:");
    assert_none(&corpus, "X001");
}

#[test]
fn two_events_in_one_place_are_two() {
    let seoul = "place: Seoul";
    for (title, date, place) in [
        ("United Nations forces recapture Seoul", "1950-09-28", seoul),
        ("North Korean forces capture Seoul", "1951-01-20", seoul),
        (
            "Chinese and North Korean forces capture Incheon",
            "1951-01-04",
            "place: Incheon",
        ),
        ("A tower opens", "1951-01-04", seoul),
    ] {
        let fall = (
            "Chinese and North Korean forces capture Seoul",
            "1951-01-04",
            seoul,
        );
        assert_none(&two(fall, (title, date, place)), "X001");
    }
}

fn claim(value: &str, url: &str, rest: &str) -> String {
    format!(
        "sources:\n  - {{id: web, kind: website, title: A site, url: \"{url}\"}}\n\
         claims:\n  - {{subject: fall-of-seoul, property: captor, value: {value}, sources: [web]{rest}}}"
    )
}

const HERE: &str = "https://one.example/";
const THERE: &str = "https://two.example/";

fn claims(one: String, other: String) -> Corpus {
    two(
        ("The fall of the capital", "1951-01-04", &one),
        ("An army on the march", "1951-03-07", &other),
    )
}

#[test]
fn claims_that_contradict_each_other_need_a_ruling() {
    let corpus = claims(claim("China", HERE, ""), claim("North Korea", THERE, ""));
    let all = found(&corpus, "X002");
    let places: Vec<_> = all
        .iter()
        .map(|one| (one.place().0, one.place().1))
        .collect();
    assert_eq!(places, [(ONE, 8), (OTHER, 8)]);
    assert_eq!(all[0].notes(), [(OTHER, 8)]);
    assert_eq!(all[1].notes(), [(ONE, 8)]);

    let ruled = claims(
        claim("China", HERE, ""),
        claim("North Korea", THERE, ", ruling: Both came."),
    );
    assert_none(&ruled, "X002");
    let alike = claims(claim("China", HERE, ""), claim("\" china\"", THERE, ""));
    assert_none(&alike, "X002");
}

#[test]
fn a_finding_between_articles_may_be_silenced_in_either() {
    let allow = "\nallow: [{code: X002, reason: It is discussed.}]";
    let corpus = claims(
        claim("China", HERE, "") + allow,
        claim("North Korea", THERE, ""),
    );
    assert_none(&corpus, "X002");
    assert_none(&corpus, "L001");
}

#[test]
fn one_work_is_not_cited_for_two_values() {
    let corpus = claims(
        claim("China", HERE, ""),
        claim(
            "North Korea",
            "http://www.one.example",
            ", ruling: Both came.",
        ),
    );
    let finding = only(&corpus, "X004");
    assert_eq!(finding.text("severity"), "warning");
    assert_eq!((finding.place().0, finding.place().1), (OTHER, 8));
    assert_eq!(finding.notes(), [(ONE, 8)]);
    let apart = claims(claim("China", HERE, ""), claim("Korea", THERE, ""));
    assert_none(&apart, "X004");
    let same = claims(claim("China", HERE, ""), claim("China", HERE, ""));
    assert_none(&same, "X004");
}

#[test]
fn an_entry_that_nobody_names_is_told() {
    let corpus = Corpus::empty();
    corpus.write(ONE, article("1951-01-04", "people: [Ada]", "Text."));
    corpus.write(
        "people/ada.md",
        "---\nname: Ada Writer\nalso: [Ada]\n---\nText.\n",
    );
    assert_none(&corpus, "X003");
    corpus.write("people/bea.md", "---\nname: Bea Reader\n---\nText.\n");
    assert_eq!(only(&corpus, "X003").place().0, "people/bea.md");
    // One of the same name in another registry is another.
    corpus.write("places/ada.md", "---\nname: Ada\n---\nText.\n");
    assert_eq!(found(&corpus, "X003").len(), 2);
    // What a file that cannot be read would name is unknown.
    corpus.write(OTHER, "---\ntitle:\n");
    assert_none(&corpus, "X003");
}

#[test]
fn an_import_tells_of_doubles_among_what_it_has_already() {
    let corpus = Corpus::empty();
    let fall = |title: &str, date: &str| {
        article(date, "place: Seoul", "Text.").replace("The tower opens", title)
    };
    corpus.write(
        ONE,
        fall(
            "Chinese and North Korean forces capture Seoul",
            "1951-01-04",
        ),
    );
    assert_eq!(corpus.ingest().written, 1);
    // The other comes later; the first is only in the database by then.
    corpus.write(
        OTHER,
        fall("North Korean forces capture Seoul", "1951-01-07"),
    );
    let told = corpus.ingest();
    let codes: Vec<&str> = told
        .diagnostics
        .iter()
        .filter(|one| one.file == OTHER)
        .map(|one| one.code.as_str())
        .collect();
    assert!(codes.contains(&"X001"), "{codes:?}");
    assert_eq!((told.held, told.written), (0, 1));
}
