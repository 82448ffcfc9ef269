//! How long the lints take, apart from reading and rendering.
//!
//!     cargo test --release --test it check::lints_speed -- --ignored --nocapture

use std::collections::{BTreeMap, HashSet};
use std::time::Instant;

use daybook::articles::model::{Registry, Slug};
use daybook::check::{self, Sketch, Subject};
use daybook::content::{
    Catalogue, Document, Entry, EntryDetails, FileKind, Names, parse, render_article,
};
use daybook::dates;

const ARTICLES: usize = 10_000;

/// A word for a number, so that titles and names differ as they do in earnest.
fn word(mut number: usize) -> String {
    let mut word = String::from("K");
    for _ in 0..4 {
        let (consonant, vowel) = (b"bdfglmnprst"[number % 11], b"aeiou"[number % 5]);
        word.push(char::from(vowel));
        word.push(char::from(consonant));
        number = number * 7 / 4 + 3;
    }
    word
}

/// About 700 words, no two articles alike; every fifth paragraph is uncited. A
/// third of the people have an entry.
fn text(number: usize) -> String {
    let year = 1000 + number % 1000;
    let day = number % 28 + 1;
    let mut text = format!(
        "---\ntitle: The army of {0} takes {1} by night\n\
         summary: After a siege of {day} days the town opens its gates.\n\
         date: {year}-03-{day:02}\nplace: {1}\npeople: [Anna {0}, Emil {1}]\n\
         topics: [Wars]\nsources:\n  - {{id: book, kind: book, title: A book}}\n\
         \x20 - {{id: paper, kind: newspaper, title: A paper}}\n---\n",
        word(number),
        word(number * 13 + 5),
    );
    for paragraph in 0..14 {
        if paragraph % 5 == 0 {
            text.push_str("## What came of it\n\n");
        }
        text.push_str(
            "The army had marched for many days through the snow, and when it came to the river \
             nobody was there to hold the bridge. It should have been the end of the war; instead \
             the people of the town, who had seen three armies come and go, shut the gates and \
             waited",
        );
        text.push_str(if paragraph % 5 == 4 {
            " for the spring.\n\n"
        } else {
            " until the 4,000 men left in March 1951.[^book][^paper]\n\n"
        });
    }
    text
}

fn names() -> Names {
    let mut names = Names::default();
    for number in 0..5_000 {
        let name = format!("Anna {}", word(number * 3));
        let slug = format!("anna-{number}");
        let entry = Entry {
            path: format!("people/{slug}.md"),
            name,
            details: EntryDetails::default(),
        };
        // Some words come twice.
        let _ = names.add(Registry::People, &slug, entry);
    }
    names
}

#[test]
#[ignore = "measures, and is worth running on a quiet machine with --release only"]
fn ten_thousand_articles_are_looked_through_in_less_than_a_second() {
    let names = names();
    let files: Vec<_> = (0..ARTICLES)
        .map(|number| {
            let slug = Slug::parse(&format!("town-{number}")).unwrap();
            match parse(&FileKind::Article(slug), text(number).as_bytes()) {
                (Some(Document::Article(file)), _) => file,
                (_, found) => panic!("{found:?}"),
            }
        })
        .collect();
    let (catalogue, pictures) = (Catalogue::default(), BTreeMap::new());
    let rendered: Vec<_> = files
        .iter()
        .map(|file| render_article(file, 1, &catalogue, &pictures))
        .collect();
    let today = dates::today(&jiff::tz::TimeZone::UTC);

    let started = Instant::now();
    let mut found = 0;
    for (file, rendered) in files.iter().zip(&rendered) {
        found += check::article(&Subject {
            path: "articles/03/01/town.md",
            file,
            rendered,
            names: &names,
            catalogue: &catalogue,
            pictures: &pictures,
            today,
        })
        .len();
    }
    let alone = started.elapsed();
    let sketches: Vec<Sketch> = files
        .iter()
        .map(|file| Sketch::of(&format!("articles/{}.md", file.slug), file, &names))
        .collect();
    let named: HashSet<_> = files
        .iter()
        .flat_map(|file| Sketch::named(file, &names))
        .collect();
    let sketched = started.elapsed();
    let across = check::across(&sketches, &names, Some(&named)).len();
    let all = started.elapsed();
    eprintln!(
        "articles: {alone:.2?} ({found} found); sketches: {:.2?}; across: {:.2?} ({across} found)",
        sketched - alone,
        all - sketched
    );
    assert!(all.as_secs_f64() < 1.0, "{all:?}");
}
