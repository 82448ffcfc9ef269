//! How fast a content folder becomes an edition, next to the floor: the same
//! files only read, parsed and rendered, by the same code and on the same
//! cores, with no database.
//!
//! `scripts/bench-ingest` runs it; the figures stand in `docs/benchmarks.md`.
//! `BENCH_ARTICLES` sets the number of articles (10,000).

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use daybook::config::DatabaseUrl;
use daybook::db::{Db, migrate};
use daybook::ingest::{self, Options, Outcome};

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
        let found = ingest::examine(&content)?;
        anyhow::ensure!(
            found.iter().all(|one| !one.is_error()),
            "the corpus is broken"
        );
        Ok(started.elapsed())
    })?;
    line("read, parse, render (floor)", floor, floor);

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

fn run(db: &Db, content: &Path) -> anyhow::Result<Outcome> {
    ingest::run(
        db,
        &Options {
            content: content.to_owned(),
            full: false,
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

fn write_corpus(content: &Path, articles: usize) -> anyhow::Result<usize> {
    let mut words = 0;
    for n in 0..articles {
        let path = content.join(path_of(n));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let text = article(n, 0);
        words += text.split_whitespace().count();
        fs::write(path, text)?;
    }
    Ok(words)
}

fn path_of(n: usize) -> String {
    let (_, month, day) = date(n);
    format!("articles/{month:02}/{day:02}/event-{n}.md")
}

fn date(n: usize) -> (usize, usize, usize) {
    (1000 + n % 1000, n % 12 + 1, n / 12 % 27 + 1)
}

/// An article like those that people write: names, sources, notes, links,
/// headings, a list and a table.
fn article(n: usize, round: usize) -> String {
    let (year, month, day) = date(n);
    let mut text = format!(
        "---\ntitle: Event number {n} of the year {year}\nsummary: What happened to the town of {} on that day, and what came of it.\ndates:\n  - {{on: {year}-{month:02}-{day:02}, role: began, primary: true}}\n  - {{on: {year}-{month:02}-{:02}, role: ended}}\nplace: Town {}, Country {}\npeople: [Person {}, Person {}]\norganisations: [Company {}]\ntopics: [Topic {}]\nsources:\n  - {{id: first, kind: book, title: History of the town {n}, author: An Author, year: 1990}}\n  - {{id: second, kind: website, title: The archive, url: \"https://example.org/{n}\", accessed: 2026-11-22}}\nauthor: Daybook editors\npublished: 2026-11-22\n---\n",
        n % 500,
        day + 1,
        n % 500,
        n % 40,
        n % 2000,
        (n * 7) % 2000,
        n % 300,
        n % 60,
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
        "- a first thing\n- a second thing, see [[event-{}]]\n\n| year | houses |\n|---|---|\n| {year} | {n} |\n",
        n / 2
    ));
    text
}
