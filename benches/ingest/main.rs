//! How fast a content folder is checked and becomes an edition, next to the
//! floor: the same files read, parsed, rendered and inserted by one thread,
//! with no lints.
//!
//! `scripts/bench-ingest` runs it; the figures stand in `docs/benchmarks.md`.
//! `BENCH_ARTICLES` sets the number of articles (10,000). With `BENCH_CORPUS`
//! it only writes the corpus into that folder, and with `BENCH_RUNS` it takes
//! the median of that many runs (5).

#[path = "../corpus/mod.rs"]
mod corpus;
mod floor;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use daybook::config::DatabaseUrl;
use daybook::dates::DateStyle;
use daybook::db::{Db, migrate};
use daybook::ingest::{self, Options, Outcome};
use daybook::mail::Letterhead;
use jiff::tz::TimeZone;

use corpus::{article, path_of, write_corpus};

fn main() -> anyhow::Result<()> {
    let articles = number("BENCH_ARTICLES", 10_000);
    // The median of an odd number of runs is one of them.
    let runs = number("BENCH_RUNS", 5);
    if let Some(folder) = std::env::var_os("BENCH_CORPUS") {
        write_corpus(Path::new(&folder), articles)?;
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let content = folder.path().join("content");
    let words = write_corpus(&content, articles)?;
    // A file that was changed in the last two seconds is read again whatever
    // its time says; the runs below are to see an old folder.
    std::thread::sleep(Duration::from_millis(2_500));
    report(format_args!(
        "{articles} articles of {} words each, {} cores, median of {runs} runs\n\n| run | seconds | times the floor |\n|---|---:|---:|",
        words / articles.max(1),
        std::thread::available_parallelism().map_or(1, usize::from)
    ));

    let mut number = 0;
    let mut next_file = || {
        number += 1;
        folder.path().join(format!("{number}.db"))
    };
    let floor = median(runs, || {
        let file = next_file();
        drop(database(&file)?);
        let started = Instant::now();
        let written = floor::fill(&file, &content)?;
        anyhow::ensure!(written == articles, "articles were left out");
        let took = started.elapsed();
        forget(&file)?;
        Ok(took)
    })?;
    line(
        "floor: read, parse, render, insert by one thread",
        floor,
        floor,
    );

    let checked = median(runs, || {
        let started = Instant::now();
        let found = ingest::examine(&content)?;
        if let Some(one) = found.first() {
            anyhow::bail!("the corpus is to have no mistakes: {one}");
        }
        Ok(started.elapsed())
    })?;
    line("check", checked, floor);

    let fresh = median(runs, || {
        let file = next_file();
        let outcome = run(&database(&file)?, &content)?;
        anyhow::ensure!(outcome.written == articles, "articles were left out");
        forget(&file)?;
        Ok(outcome.took)
    })?;
    line("first import into SQLite", fresh, floor);

    let db = database(&next_file())?;
    run(&db, &content)?;
    let unchanged = median(runs, || {
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
    let one = median(runs, || {
        round += 1;
        let path = content.join(path_of(7));
        fs::write(&path, article(7, round))?;
        let outcome = run(&db, &content)?;
        anyhow::ensure!(outcome.written == 1, "{} written", outcome.written);
        Ok(outcome.took)
    })?;
    line("one file changed", one, floor);
    report(format_args!(
        "\nMost memory of all this in one process: {} MiB",
        peak_memory_mib()
    ));
    Ok(())
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

/// Three files: the database, its log, and what is shared of that.
fn forget(database: &Path) -> anyhow::Result<()> {
    fs::remove_file(database)?;
    for end in ["db-wal", "db-shm"] {
        let _ = fs::remove_file(database.with_extension(end)); // Often gone.
    }
    Ok(())
}

fn number(variable: &str, otherwise: usize) -> usize {
    let text = std::env::var(variable).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(otherwise)
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
        "| {what} | {:.3} | {:.2} |",
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
