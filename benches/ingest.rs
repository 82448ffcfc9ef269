//! How fast a content folder is checked and becomes an edition, next to the
//! floor: the same files only read, parsed and rendered, by the same code and
//! on the same cores, with no lints and no database.
//!
//! `scripts/bench-ingest` runs it; the figures stand in `docs/benchmarks.md`.
//! `BENCH_ARTICLES` sets the number of articles (10,000).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use daybook::config::DatabaseUrl;
use daybook::content::{self, Catalogue, Document};
use daybook::dates::{Calendar, DateStyle, HistoricalDate};
use daybook::db::{Db, migrate};
use daybook::ingest::{self, Options, Outcome};
use daybook::mail::Letterhead;
use jiff::tz::TimeZone;

/// The median of an odd number of runs is one of them.
const RUNS: usize = 5;

fn main() -> anyhow::Result<()> {
    let articles: usize = std::env::var("BENCH_ARTICLES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(10_000);
    let folder = tempfile::tempdir()?;
    let content = folder.path().join("content");
    let words = write_corpus(&content, articles)?;
    // A file that was changed in the last two seconds is read again whatever
    // its time says; the runs below are to see an old folder.
    std::thread::sleep(Duration::from_millis(2_500));
    report(format_args!(
        "{articles} articles of {} words each, {} cores",
        words / articles.max(1),
        std::thread::available_parallelism().map_or(1, usize::from)
    ));

    let floor = median(RUNS, || {
        let started = Instant::now();
        read_and_render(&content)?;
        Ok(started.elapsed())
    })?;
    line("read, parse, render (floor)", floor, floor);

    let checked = median(RUNS, || {
        let started = Instant::now();
        let found = ingest::examine(&content)?;
        if let Some(one) = found.first() {
            anyhow::bail!("the corpus is to have no mistakes: {one}");
        }
        Ok(started.elapsed())
    })?;
    line("check", checked, floor);

    let mut number = 0;
    let fresh = median(RUNS, || {
        number += 1;
        let db = database(&folder.path().join(format!("{number}.db")))?;
        let outcome = run(&db, &content)?;
        anyhow::ensure!(outcome.written == articles, "articles were left out");
        Ok(outcome.took)
    })?;
    line("first import into SQLite", fresh, floor);

    let db = database(&folder.path().join("1.db"))?;
    let unchanged = median(RUNS, || {
        let outcome = run(&db, &content)?;
        anyhow::ensure!(
            !outcome.is_new && outcome.read == 0,
            "files were read: {}",
            outcome.read
        );
        Ok(outcome.took)
    })?;
    line("nothing changed", unchanged, floor);

    let mut round = 0;
    let one = median(RUNS, || {
        round += 1;
        let path = content.join(path_of(7));
        fs::write(&path, article(7, round))?;
        let outcome = run(&db, &content)?;
        anyhow::ensure!(outcome.written == 1, "{} written", outcome.written);
        Ok(outcome.took)
    })?;
    line("one file changed", one, floor);
    report(format_args!("peak memory {} MiB", peak_memory_mib()));
    Ok(())
}

/// Every file read, parsed and rendered, on all cores, and thrown away.
fn read_and_render(content: &Path) -> anyhow::Result<()> {
    let scan = content::scan(content)?;
    let next = AtomicUsize::new(0);
    let catalogue = Catalogue::default();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let work = || -> anyhow::Result<()> {
            while let Some(file) = scan.files.get(next.fetch_add(1, Ordering::Relaxed)) {
                let bytes = fs::read(content.join(&file.path))?;
                match content::parse(&file.kind, &bytes).0 {
                    Some(Document::Article(file)) => {
                        let nothing = BTreeMap::new();
                        std::hint::black_box(content::render_article(
                            &file, 1, &catalogue, &nothing,
                        ));
                    }
                    Some(Document::Entry(file)) => {
                        let lines = file.lines_before_body;
                        let sources = &file.details.sources;
                        std::hint::black_box(content::render_prose(
                            &file.body, lines, sources, &catalogue,
                        ));
                    }
                    other => anyhow::ensure!(other.is_some(), "{} is broken", file.path),
                }
            }
            Ok(())
        };
        let running: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        running.into_iter().try_for_each(|one| {
            one.join()
                .map_err(|_| anyhow::anyhow!("a thread of the floor panicked"))?
        })
    })
}

fn run(db: &Db, content: &Path) -> anyhow::Result<Outcome> {
    ingest::run(
        db,
        &Options {
            content: content.to_owned(),
            full: false,
            letterhead: Letterhead {
                site_name: "Daybook".to_owned(),
                base_url: "http://127.0.0.1:8080".to_owned(),
                date_style: DateStyle::Mdy,
                time_zone: TimeZone::UTC,
            },
            progress: false,
        },
    )
}

fn database(path: &Path) -> anyhow::Result<Db> {
    let db = Db::open(&DatabaseUrl::Sqlite(path.to_owned()))?;
    migrate::run(&mut db.connect()?)?;
    Ok(db)
}

fn median(
    runs: usize,
    mut measure: impl FnMut() -> anyhow::Result<Duration>,
) -> anyhow::Result<Duration> {
    let mut times = (0..runs)
        .map(|_| measure())
        .collect::<anyhow::Result<Vec<_>>>()?;
    times.sort();
    times.get(runs / 2).copied().context("no run")
}

fn line(what: &str, took: Duration, floor: Duration) {
    report(format_args!(
        "{what:28} {:>8.3} s   {:>6.2} x floor",
        took.as_secs_f64(),
        took.as_secs_f64() / floor.as_secs_f64()
    ));
}

#[expect(clippy::print_stdout, reason = "a benchmark's output is its point")]
fn report(text: std::fmt::Arguments) {
    println!("{text}");
}

/// The most memory that this process has had, where the system tells.
fn peak_memory_mib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| {
            rest.trim()
                .trim_end_matches(" kB")
                .trim()
                .parse::<u64>()
                .ok()
        })
        .map_or(0, |kib| kib / 1024)
}

/// How many people the registry has.
const PEOPLE: usize = 1_800;

/// How many places.
const PLACES: usize = 500;

/// Writes articles and the registry entries that they name; returns how many
/// words the articles have.
fn write_corpus(content: &Path, articles: usize) -> anyhow::Result<usize> {
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

fn write(content: &Path, path: &str, text: &str) -> anyhow::Result<()> {
    let path = content.join(path);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}

fn path_of(n: usize) -> String {
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
/// headings, a list and a table.
fn article(n: usize, round: usize) -> String {
    let (year, month, day) = date(n);
    let words = |day: usize| {
        let edtf = format!("{year}-{month:02}-{day:02}");
        HistoricalDate::parse(&edtf, Calendar::Gregorian)
            .map_or(edtf, |date| date.words(DateStyle::Dmy))
    };
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
