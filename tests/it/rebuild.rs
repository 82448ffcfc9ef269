//! What is derived from the files can be thrown away and made again, byte for
//! byte, whatever way it came about.

use daybook::pictures::Format;

use crate::harness::{Corpus, article};

const SEOUL: &str = "articles/01/04/seoul-falls.md";

/// A history of many small steps: files come in one by one, those that others
/// refer to last; some are changed, broken, mended, renamed, removed.
fn with_a_history() -> Corpus {
    let whole = Corpus::fixtures();
    let corpus = Corpus::empty();
    let mut paths: Vec<String> = Vec::new();
    let mut folders = vec![whole.content()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let below = path.strip_prefix(whole.content()).unwrap();
                paths.push(below.display().to_string());
            }
        }
    }
    // Seoul before the moon landing it links to, the airship before its
    // pictures, names before their entries.
    paths.sort();
    paths.sort_by_key(|path| (path.starts_with("places"), path.ends_with(".png")));
    for path in paths {
        corpus.write(&path, std::fs::read(whole.path(&path)).unwrap());
        corpus.ingest();
        corpus.make_renditions();
    }
    corpus
}

fn assert_same(one: &[String], other: &[String]) {
    for (one, other) in one.iter().zip(other) {
        assert_eq!(one, other);
    }
    assert_eq!(one.len(), other.len());
    assert!(
        one.len() > 60,
        "there is something to compare: {}",
        one.len()
    );
}

#[test]
fn an_incremental_history_a_full_run_and_a_fresh_database_come_to_the_same() {
    let corpus = with_a_history();
    let step_by_step = corpus.database.derived();
    assert!(corpus.database.number("SELECT MAX(id) FROM editions") > 15);

    let full = corpus.ingest_full();
    assert_eq!(full.read, full.files);
    assert_same(&corpus.database.derived(), &step_by_step);

    let fresh = Corpus::fixtures();
    fresh.ingest();
    assert_eq!(fresh.make_renditions(), 2 * Format::ALL.len());
    assert_same(&fresh.database.derived(), &step_by_step);
}

#[test]
fn after_changes_renames_and_removals_the_derived_part_can_still_be_made_again() {
    let corpus = with_a_history();
    corpus.edit(SEOUL, "Nobody fought", "No one fought");
    corpus.ingest();
    corpus.edit(SEOUL, "\ntitle: Seoul", "\ntitel: Seoul");
    corpus.edit("places/seoul.md", "also: [Seoul]", "also: [Seoul, Hanyang]");
    corpus.ingest();
    corpus.edit(SEOUL, "titel: Seoul falls", "title: Seoul is taken");
    corpus.ingest();
    let new = "articles/07/20/first-moonwalk.md";
    corpus.rename("articles/07/20/moon-landing.md", new);
    corpus.edit(new, "aliases: [", "aliases: [moon-landing, ");
    corpus.ingest();
    corpus.write(
        "articles/05/06/mast.png",
        std::fs::read(corpus.path("articles/05/06/airship.png")).unwrap(),
    );
    corpus.remove("people/gaius-iulius-caesar.md");
    corpus.remove("articles/12/29/winter-siege.md");
    corpus.write(
        "articles/12/30/loose-end.md",
        article(
            "A loose end",
            "1900-12-30",
            "On to [[winter-siege]] and [[nowhere]].",
        ),
    );
    corpus.ingest();
    corpus.touch(SEOUL);
    corpus.edit("pages/about.md", "written", "made");
    corpus.ingest();
    corpus.make_renditions();

    let before = corpus.database.derived();
    assert!(before.iter().any(|row| row.starts_with("renditions: ")));
    assert!(
        before.iter().any(|row| row.starts_with("problems: ")),
        "what is wrong is part of it"
    );
    let edition = corpus.database.number("SELECT MAX(id) FROM editions");
    let revisions = corpus.database.number("SELECT COUNT(*) FROM revisions");

    let full = corpus.ingest_full();
    assert_eq!((full.held, full.removed), (0, 0), "{:#?}", full.diagnostics);
    assert_same(&corpus.database.derived(), &before);

    corpus.database.forget_derived();
    assert_eq!(corpus.database.number("SELECT COUNT(*) FROM articles"), 0);
    let rebuilt = corpus.ingest();
    corpus.make_renditions();
    assert!(rebuilt.is_new && rebuilt.edition > edition);
    assert_same(&corpus.database.derived(), &before);
    // History is not written again.
    assert_eq!(
        corpus.database.number("SELECT COUNT(*) FROM revisions"),
        revisions
    );
}
