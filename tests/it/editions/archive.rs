//! A small archive that can be edited at random, in every way in which editors
//! do.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::harness::Corpus;

pub(super) const DATES: [&str; 8] = [
    "1951-01-04",
    "1951-01-06",
    "1949-02-28",
    "1952-02-29",
    "1875-01-04",
    "1951-03",
    "1907",
    "195X",
];
pub(super) const PLACES: [&str; 4] = ["Seoul", "Busan", "Rome", "Nowhere"];
pub(super) const PEOPLE: [&str; 4] = ["Ada Ost", "Ben West", "Cleo Nord", "Dan Unknown"];
pub(super) const TOPICS: [&str; 3] = ["Trams", "Floods", "Elections"];
const SUBJECTS: [&str; 2] = ["first-tram", "great-flood"];

/// The same numbers for the same seed, on every machine (SplitMix64).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }
}

/// An article that is edited.
#[derive(Clone)]
pub(super) struct Story {
    pub(super) slug: String,
    title: String,
    date: usize,
    place: usize,
    person: usize,
    topic: usize,
    body: String,
    claim: Option<(usize, usize)>,
    notes: usize,
    draft: bool,
    picture: bool,
    old: Vec<String>,
    link: Option<String>,
}

/// The whole archive.
pub(super) struct Archive {
    pub(super) stories: Vec<Story>,
    /// Every slug that there ever was.
    pub(super) slugs: BTreeSet<String>,
    /// A number for each entry, that goes up with each edit; `None` is without
    /// a file.
    entries: Vec<(&'static str, &'static str, Option<usize>)>,
    count: usize,
}

impl Archive {
    /// Eight articles with their entries, written into a corpus.
    pub(super) fn write(corpus: &Corpus, dice: &mut Dice) -> Archive {
        let mut archive = Archive {
            stories: Vec::new(),
            slugs: BTreeSet::new(),
            entries: Vec::new(),
            count: 0,
        };
        for (registry, names) in [
            ("places", &PLACES[..3]),
            ("people", &PEOPLE[..3]),
            ("topics", &TOPICS[..2]),
        ] {
            for name in names {
                archive.entries.push((registry, name, Some(0)));
            }
        }
        for index in 0..archive.entries.len() {
            archive.write_entry(corpus, index);
        }
        let fixtures = Corpus::fixtures();
        let picture = std::fs::read(fixtures.path("articles/05/06/airship.png")).unwrap();
        corpus.write("articles/tram.png", picture);
        corpus.write(
            "pages/about.md",
            "---\ntitle: About\nsummary: What this is.\n---\nText.\n",
        );
        corpus.write(
            "pages/method.md",
            "---\ntitle: Method\nsummary: How.\n---\nText.\n",
        );
        for _ in 0..8 {
            archive.add(corpus, dice);
        }
        archive
    }

    /// Makes one random change of the files; says which.
    pub(super) fn edit(&mut self, corpus: &Corpus, dice: &mut Dice) -> String {
        self.count += 1;
        let count = self.count;
        if self.stories.len() < 4 {
            return self.add(corpus, dice);
        }
        let which = dice.below(self.stories.len());
        let slug = self.stories[which].slug.clone();
        let said = match dice.below(20) {
            0 => {
                self.stories[which].body = format!("Text number {count} of the story.");
                "text"
            }
            1 => {
                self.stories[which].title = format!("The {count}th day of trams");
                "title"
            }
            2 => {
                self.stories[which].date = dice.below(DATES.len());
                "date"
            }
            3 => {
                self.stories[which].place = dice.below(PLACES.len());
                "place"
            }
            4 => {
                self.stories[which].person = dice.below(PEOPLE.len());
                "person"
            }
            5 => {
                self.stories[which].topic = dice.below(TOPICS.len());
                "topic"
            }
            6 => return self.add(corpus, dice),
            7 => {
                corpus.remove(&file(&slug));
                self.stories.remove(which);
                return format!("{slug} is removed");
            }
            8 => {
                corpus.remove(&file(&slug));
                let new = format!("story-{count}-renamed");
                let story = &mut self.stories[which];
                story
                    .old
                    .push(std::mem::replace(&mut story.slug, new.clone()));
                self.slugs.insert(new);
                "another slug"
            }
            9 => {
                let subject = (dice.below(SUBJECTS.len()), dice.below(3));
                let claim = &mut self.stories[which].claim;
                *claim = if claim.is_some() { None } else { Some(subject) };
                "claim"
            }
            10 => {
                self.stories[which].notes += 1;
                "note of a correction"
            }
            11 => {
                let draft = &mut self.stories[which].draft;
                *draft = !*draft;
                "draft"
            }
            12 => {
                let picture = &mut self.stories[which].picture;
                *picture = !*picture;
                "picture"
            }
            13 => {
                let other = dice.below(self.stories.len());
                let other = self.stories[other].slug.clone();
                self.stories[which].link = Some(other);
                "link"
            }
            14..=18 => {
                let index = dice.below(self.entries.len());
                let (registry, name, version) = &mut self.entries[index];
                let said = format!("{registry}/{name}");
                *version = match version {
                    Some(version) if dice.below(4) > 0 => Some(*version + 1),
                    Some(_) => None,
                    None => Some(count),
                };
                self.write_entry(corpus, index);
                return said;
            }
            _ => {
                let page = ["about", "method"][dice.below(2)];
                corpus.write(
                    &format!("pages/{page}.md"),
                    format!("---\ntitle: {page} {count}\nsummary: How.\n---\nText {count}.\n"),
                );
                return format!("page {page}");
            }
        };
        let story = self.stories[which].clone();
        corpus.write(&file(&story.slug), story.text());
        format!("{slug}: {said}")
    }

    fn add(&mut self, corpus: &Corpus, dice: &mut Dice) -> String {
        self.count += 1;
        let slug = format!("story-{}", self.slugs.len());
        let story = Story {
            title: format!("Story {} of the archive", self.count),
            date: dice.below(DATES.len()),
            place: dice.below(PLACES.len()),
            person: dice.below(PEOPLE.len()),
            topic: dice.below(TOPICS.len()),
            body: "It happened in the morning.".to_owned(),
            claim: Some((dice.below(SUBJECTS.len()), dice.below(3))),
            notes: 0,
            draft: false,
            picture: dice.below(3) == 0,
            old: Vec::new(),
            link: self.stories.first().map(|story| story.slug.clone()),
            slug: slug.clone(),
        };
        corpus.write(&file(&slug), story.text());
        self.slugs.insert(slug.clone());
        self.stories.push(story);
        format!("{slug} is added")
    }

    fn write_entry(&self, corpus: &Corpus, index: usize) {
        let (registry, name, version) = self.entries[index];
        let file = format!("{registry}/{}.md", name.to_lowercase().replace(' ', "-"));
        let Some(version) = version else {
            corpus.remove(&file);
            return;
        };
        // Some edits change facts, some names, some the text alone.
        let step = version / 2 % 5;
        let facts = match registry {
            "places" => format!(
                "lat: {}.5\nlon: {}.5\ncountry: {}\n",
                37 + step,
                127 - step,
                ["KR", "IT"][version / 3 % 2]
            ),
            "people" => format!("born: 19{:02}-01-0{}\n", 10 + step, 3 + step % 3),
            _ => String::new(),
        };
        let also = match version % 3 {
            0 => String::new(),
            // A name that articles use without an entry of its own.
            1 => format!("also: [{}]\n", also_of(registry)),
            _ => format!("also: [Another {name}]\n"),
        };
        corpus.write(
            &file,
            format!("---\nname: {name}\n{also}{facts}---\nText {version}.\n"),
        );
    }
}

impl Story {
    fn text(&self) -> String {
        let mut text = format!(
            "---\ntitle: {}\nsummary: A summary of {}.\ndate: \"{}\"\nplace: {}\npeople: [{}]\n\
             topics: [{}]\nsources:\n  - {{id: book, kind: book, title: A book}}\n",
            self.title,
            self.title,
            DATES[self.date],
            PLACES[self.place],
            PEOPLE[self.person],
            TOPICS[self.topic],
        );
        if let Some((subject, value)) = self.claim {
            let _ = write!(
                text,
                "claims:\n  - {{subject: {}, property: date, value: \"195{value}-01-04\", sources: [book]}}\n",
                SUBJECTS[subject]
            );
        }
        if self.notes > 0 {
            text.push_str("corrections:\n");
            for note in 0..self.notes {
                let _ = writeln!(
                    text,
                    "  - {{date: 2026-11-2{}, kind: correction, text: Note {note}.}}",
                    note % 3
                );
            }
        }
        if !self.old.is_empty() {
            let _ = writeln!(text, "aliases: [{}]", self.old.join(", "));
        }
        if self.draft {
            text.push_str("draft: true\n");
        }
        if self.picture {
            text.push_str(
                "illustration: {file: tram.png, kind: drawing, alt: \"A tram in a street, drawn \
                 small.\", caption: A tram., credit: Ada Writer, licence: CC0}\n",
            );
        }
        let link = self.link.as_ref();
        let link = link.map_or(String::new(), |link| format!(" See [[{link}]]."));
        let _ = write!(
            text,
            "---\n{} More of it follows.[^book]{link}\n",
            self.body
        );
        text
    }
}

fn file(slug: &str) -> String {
    format!("articles/{slug}.md")
}

/// The last name of each kind has no file.
fn also_of(registry: &str) -> &'static str {
    match registry {
        "places" => PLACES[3],
        "people" => PEOPLE[3],
        _ => TOPICS[2],
    }
}
