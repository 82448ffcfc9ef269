//! A content folder of any size, made by rule: the same number of articles gives
//! the same files, byte for byte. Nothing here needs more than the standard
//! library, so that `scripts/bench-growth` can compile it by itself.

use std::path::Path;
use std::{fs, io};

/// How many people the registry has.
const PEOPLE: usize = 1_800;

/// The months as an article writes them.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How many places.
const PLACES: usize = 500;

/// Writes articles and the registry entries that they name; returns how many
/// words the articles have.
pub(crate) fn write_corpus(content: &Path, articles: usize) -> io::Result<usize> {
    let mut words = 0;
    for n in 0..articles {
        let text = article(n, 0);
        words += text.split_whitespace().count();
        write(content, &path_of(n), &text)?;
    }
    let source = "sources: [{id: book, kind: book, title: Who was who, author: An Author}]";
    for n in 0..PEOPLE.min(articles * 2) {
        let text = format!(
            "---\nname: {}\nborn: {}-03-0{}\ndied: {}-11-20\n{source}\n---\nA citizen.[^book]\n",
            person(n),
            first_year(n) - 25,
            n % 9 + 1,
            first_year(n) + 45,
        );
        write(content, &format!("people/person-{n}.md"), &text)?;
    }
    for n in 0..PLACES.min(articles) {
        let text = format!(
            "---\nname: {}, Country\nlat: {}.5\nlon: {}.25\n{source}\n---\nA town.[^book]\n",
            town(n),
            n % 60,
            n % 90,
        );
        write(content, &format!("places/town-{n}.md"), &text)?;
    }
    for n in 0..60.min(articles) {
        write(
            content,
            &format!("topics/topic-{n}.md"),
            &format!("---\nname: {}\n---\nA story.\n", name(n + 7_000)),
        )?;
    }
    Ok(words)
}

fn write(content: &Path, path: &str, text: &str) -> io::Result<()> {
    let path = content.join(path);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// The path of an article below the content folder.
pub(crate) fn path_of(n: usize) -> String {
    let (_, month, day) = date(n);
    format!("articles/{month:02}/{day:02}/event-{n}.md")
}

/// Each year has the people of its own time, so that nobody meets an event
/// after death.
fn date(n: usize) -> (usize, usize, usize) {
    (first_year(n), n % 12 + 1, n / 12 % 27 + 1)
}

fn first_year(n: usize) -> usize {
    1600 + n % 360
}

fn person(n: usize) -> String {
    format!("{} {}", name(n % 50), name(n + 100))
}

fn town(n: usize) -> String {
    format!("{}ton", name(n + 4_000))
}

/// A name of its own for each number, no two of them near each other.
fn name(n: usize) -> String {
    const SYLLABLES: [&str; 20] = [
        "ba", "ke", "mo", "ru", "ti", "sal", "ven", "dor", "gri", "hul", "jas", "pel", "nok",
        "wim", "zay", "lor", "fen", "cru", "bri", "tam",
    ];
    let mut text = String::new();
    // A large odd step mixes the digits, so that neighbours are unlike.
    let mut rest = n * 7_919 + 13;
    for _ in 0..4 {
        text.push_str(SYLLABLES[rest % 20]);
        rest /= 20;
    }
    text[..1].to_uppercase() + &text[1..]
}

/// An article like those that people write: names, sources, notes, links,
/// headings, a list and a table. Each `round` gives the same article another
/// text.
pub(crate) fn article(n: usize, round: usize) -> String {
    let (year, month, day) = date(n);
    let words = |day: usize| format!("{day} {} {year}", MONTHS[month - 1]);
    let (began, ended) = (words(day), words(day + 1));
    let (town, person, other) = (
        town(n % PLACES),
        person(n % PEOPLE),
        person((n + 360) % PEOPLE),
    );
    let mut text = format!(
        "---\ntitle: Rivals of the {} quarrel meet on the {} bridge of {}\nsummary: On {began} two rivals met outside the walls, and the quarrel over the bridge ended.\ndates:\n  - {{on: {year}-{month:02}-{day:02}, role: began, primary: true}}\n  - {{on: {year}-{month:02}-{:02}, role: ended}}\nplace: {town}, Country\npeople: [{person}, {other}]\ntopics: [{}]\nsources:\n  - {{id: first, kind: book, title: History of the town {n}, author: An Author, year: 1990}}\n  - {{id: second, kind: website, title: The archive, url: \"https://example.org/{n}\", accessed: 2026-11-22}}\nauthor: Daybook editors\npublished: 2026-11-22\n---\nOn {began} {person} began the talks at {town}; they ended on {ended}.[^first]\n\n",
        name(n + 11_000).to_lowercase(),
        name(n + 31_000).to_lowercase(),
        name(n + 51_000).to_lowercase(),
        day + 1,
        name(n % 60 + 7_000),
    );
    for paragraph in 0..8 {
        if paragraph % 3 == 1 {
            text.push_str(&format!("## What the sources say, part {paragraph}\n\n"));
        }
        for sentence in 0..3 {
            text.push_str(&format!(
                "In the {paragraph}th week of {year} the people of the *old* town counted {} houses and {} boats, and wrote it down. ",
                (n * 31 + sentence * 7 + round) % 900,
                (n * 17 + paragraph) % 90
            ));
        }
        text.push_str(if paragraph % 2 == 0 {
            "It was so.[^first: p. 12]\n\n"
        } else {
            "Others “differ”.[^second]\n\n"
        });
    }
    text.push_str(&format!(
        "- a first thing\n- a second thing, see [[event-{}]]\n\n| year | houses |\n|---|---|\n| {year} | {n}[^first] |\n",
        n / 2
    ));
    text
}
