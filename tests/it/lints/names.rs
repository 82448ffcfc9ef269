//! N001 to N004 in articles.

use super::{article, assert_none, found, only, with};
use crate::harness::Corpus;

const FILE: &str = "articles/03/06/independence.md";

fn with_elizabeth(date: &str, body: &str) -> Corpus {
    let corpus = with(FILE, &article(date, "people: [Elizabeth I]", body));
    corpus.write(
        "people/elizabeth-i.md",
        "---\nname: Elizabeth I\nalso: [Elizabeth I of England]\nborn: 1533-09-07\ndied: 1603-03-24\n\
         calendar: julian\n---\nQueen.\n",
    );
    corpus
}

#[test]
fn an_event_outside_a_life_is_told_at_the_name() {
    let corpus = with_elizabeth("1957-03-06", "Elizabeth sent her aunt to the feast.");
    let finding = only(&corpus, "N001");
    assert_eq!(finding.place(), (FILE, 5, 10));
    assert_eq!(finding.words(&corpus), "Elizabeth I");
    assert!(finding.text("message").contains("after the death"));
    assert_eq!(finding.notes(), [("people/elizabeth-i.md", 1), ("", 4)]);
    assert_eq!(finding.text("severity"), "warning");

    let early = with_elizabeth("1492-01-02", "Elizabeth sent her aunt to the feast.");
    assert!(
        only(&early, "N001")
            .text("message")
            .contains("before the birth")
    );
}

#[test]
fn a_person_whose_part_the_text_explains_may_lie_outside() {
    for body in [
        "Elizabeth sent her aunt to the feast in 1588.",
        "The custom began in the sixteenth century.",
        "Elizabeth wrote of such a feast.",
        "The feast is named after Elizabeth I of England.",
    ] {
        let corpus = with_elizabeth("1957-03-06", body);
        assert_none(&corpus, "N001");
    }
    for date in ["1588-08-08", "1603-03-24", "1600/1957"] {
        assert_none(&with_elizabeth(date, "She spoke."), "N001");
    }
    // Each of these dates lies outside, but one of several need not.
    let several = article("1588", "people: [Elizabeth I]", "She spoke.").replace(
        "date: \"1588\"",
        "dates: [{on: 1588, role: began, primary: true}, {on: 1957, role: ended}]",
    );
    let corpus = with_elizabeth("1588", "She spoke.");
    corpus.write(FILE, several);
    assert_none(&corpus, "N001");
}

#[test]
fn an_estimate_of_a_life_has_room() {
    let corpus = with(FILE, &article("0390", "people: [Alaric]", "Alaric came."));
    let life = |born: &str| format!("---\nname: Alaric\nborn: \"{born}\"\n---\nKing.\n");
    corpus.write("people/alaric.md", life("0395~"));
    assert_none(&corpus, "N001");
    corpus.write("people/alaric.md", life("0395"));
    assert_eq!(found(&corpus, "N001").len(), 1);
}

#[test]
fn a_name_without_an_entry_is_told_with_the_file_to_make() {
    let lines = "place: Ostia\npeople: [Ada Writer]";
    let corpus = with(FILE, &article("1957-03-06", lines, "Text."));
    let all = found(&corpus, "N003");
    let places: Vec<_> = all.iter().map(|one| one.place()).collect();
    assert_eq!(places, [(FILE, 5, 8), (FILE, 6, 10)]);
    assert!(all[1].text("help").contains("content/people/ada-writer.md"));
    corpus.write(
        "people/ada-writer.md",
        "---\nname: Ada Writer\n---\nText.\n",
    );
    corpus.write(
        "places/ostia.md",
        "---\nname: Ostia, Italy\nalso: [Ostia]\n---\nText.\n",
    );
    assert_none(&corpus, "N003");
}

#[test]
fn a_misspelt_name_is_told_with_the_registered_one() {
    let corpus = with(
        FILE,
        &article("1950-01-01", "people: [Mathew Ridgeway]", "Text."),
    );
    corpus.write(
        "people/matthew-ridgway.md",
        "---\nname: Matthew Ridgway\n---\nText.\n",
    );
    let finding = only(&corpus, "N002");
    assert_eq!(finding.place(), (FILE, 5, 10));
    assert!(finding.text("help").starts_with("write Matthew Ridgway"));
    assert_eq!(finding.notes(), [("people/matthew-ridgway.md", 1)]);
    assert_none(&corpus, "N003");

    // Whoever is named beside the other is another.
    corpus.edit(
        FILE,
        "[Mathew Ridgeway]",
        "[Mathew Ridgeway, Matthew Ridgway]",
    );
    assert_none(&corpus, "N002");
    assert_eq!(found(&corpus, "N003").len(), 1);
}

#[test]
fn a_misspelt_name_in_the_title_is_told_where_it_stands() {
    let text = article("1950-01-01", "people: [Matthew Ridgway]", "Ridgway came.");
    let wrong = text.replace("The tower opens", "The army of Ridgawy leaves");
    let corpus = with(FILE, &wrong);
    let finding = only(&corpus, "N002");
    assert_eq!(finding.place(), (FILE, 2, 20));
    assert_eq!(finding.words(&corpus), "Ridgawy");
    assert_eq!(finding.notes(), [("", 5)]);
    for title in ["The army of Ridgway leaves", "Ridgway’s army", "Bridgway"] {
        corpus.write(FILE, text.replace("The tower opens", title));
        assert_none(&corpus, "N002");
    }
    let people = article("1950-01-01", "place: Korea", "Text.");
    corpus.write(FILE, people.replace("The tower opens", "Korean towers"));
    assert_none(&corpus, "N002");
}

#[test]
fn coordinates_outside_the_named_country_are_told() {
    let place = |place: &str| article("2001-01-01", &format!("place: {place}"), "Text.");
    let corpus = with(
        FILE,
        &place("{name: \"Seoul, South Korea\", lat: 37.57, lon: 126.98}"),
    );
    assert_none(&corpus, "N004");
    for (lat, lon, help) in [
        (37.57, -126.98, "a minus sign is too many"),
        (-37.57, 126.98, "a minus sign is too many"),
        (48.86, 2.35, "correct the coordinates"),
    ] {
        let text = place(&format!(
            "{{name: \"Seoul, South Korea\", lat: {lat}, lon: {lon}}}"
        ));
        corpus.write(FILE, text);
        let finding = only(&corpus, "N004");
        assert_eq!(finding.place().1, 5);
        assert!(finding.text("message").contains("outside South Korea"));
        assert!(finding.text("help").contains(help), "{finding:?}");
    }
    // A country's entry counts for more than its name.
    corpus.write(FILE, place("{name: Lima, lat: 12.05, lon: -77.04}"));
    assert_none(&corpus, "N004");
    corpus.write(
        "places/lima.md",
        "---\nname: Lima\ncountry: PE\n---\nText.\n",
    );
    let finding = only(&corpus, "N004");
    assert!(
        finding.text("help").contains("a minus sign is missing"),
        "{finding:?}"
    );
    assert_eq!(finding.notes(), [("places/lima.md", 1)]);
    // Lat and lon exchanged.
    corpus.write(
        FILE,
        place("{name: \"Rome, Italy\", lat: 12.48, lon: 41.89}"),
    );
    let finding = only(&corpus, "N004");
    assert!(
        finding.text("help").contains("seem to be exchanged"),
        "{finding:?}"
    );
}

#[test]
fn borders_of_another_age_are_no_mistake() {
    let asmara = |date: &str| {
        let place = "place: {name: \"Asmara, Ethiopia\", lat: 15.34, lon: 38.93}";
        with(FILE, &article(date, place, "Text."))
    };
    assert_none(&asmara("1955-03-06"), "N004");
    assert_eq!(found(&asmara("1999-03-06"), "N004").len(), 1);
}
