//! A run that is told which files have changed looks at them alone, and comes
//! to what a run over the whole folder comes to.

use crate::harness::{Corpus, article};

const SEOUL: &str = "articles/01/04/seoul-falls.md";
const LANDING: &str = "articles/07/20/moon-landing.md";
const AIRSHIP: &str = "articles/05/06/airship-burns.md";

#[test]
fn only_the_named_file_is_looked_at_and_the_next_whole_run_heals_what_was_missed() {
    let corpus = Corpus::fixtures();
    let files = corpus.ingest().files;
    let first = corpus.database.number("SELECT MAX(id) FROM editions");
    corpus.edit(SEOUL, "Nobody fought", "No one fought");
    corpus.edit(LANDING, "little fuel", "no fuel");

    let few = corpus.ingest_only(&[LANDING]);
    assert!(few.is_new);
    assert_eq!((few.edition, few.read, few.written), (first + 1, 1, 1));
    let says = |words: &str| {
        let sql = format!("SELECT COUNT(*) FROM articles WHERE html LIKE '%{words}%'");
        corpus.database.number(&sql)
    };
    assert_eq!((says("no fuel"), says("No one fought")), (1, 0));

    let whole = corpus.ingest();
    assert_eq!((whole.files, whole.written), (files, 1));
    assert_eq!(says("No one fought"), 1);
}

#[test]
fn a_few_files_taken_in_alone_come_to_the_same_as_all_of_them() {
    let corpus = Corpus::fixtures();
    corpus.ingest();
    corpus.age();
    corpus.ingest();
    // A changed text, with a link to an article and one by its old address.
    corpus.edit(
        SEOUL,
        "Nobody fought",
        "See [[moon-landing]] and [[nowhere]]. Nobody fought",
    );
    assert_eq!(corpus.ingest_only(&[SEOUL]).written, 1);
    // A picture beside it, which stays.
    let airship = corpus.read(AIRSHIP);
    corpus.write(AIRSHIP, format!("{airship}\nOne paragraph more.\n"));
    let few = corpus.ingest_only(&[AIRSHIP, "articles/05/06/.airship-burns.md.swp"]);
    assert_eq!((few.read, few.written), (1, 1));
    // Others notice these, so the long way is taken, and finds who does.
    corpus.edit(LANDING, "\ntitle: ", "\ntitle: Again ");
    assert!(corpus.ingest_only(&[LANDING]).written > 1);
    let text = article("A loose end", "1900-12-30", "On to [[moon-landing]].");
    corpus.write("articles/12/30/loose-end.md", text);
    assert_eq!(
        corpus.ingest_only(&["articles/12/30/loose-end.md"]).written,
        1
    );
    corpus.remove("articles/12/30/loose-end.md");
    assert_eq!(
        corpus.ingest_only(&["articles/12/30/loose-end.md"]).removed,
        1
    );
    // Nothing but its time.
    corpus.touch(SEOUL);
    assert!(!corpus.ingest_only(&[SEOUL]).is_new);

    let before = corpus.database.derived();
    corpus.ingest_full();
    assert_eq!(corpus.database.derived(), before);
}

#[test]
fn a_named_file_that_is_broken_leaves_the_last_good_version() {
    let corpus = Corpus::fixtures();
    corpus.ingest();
    let good = corpus.read(LANDING);
    corpus.write(LANDING, &good[..20]);
    let broken = corpus.ingest_only(&[LANDING]);
    assert_eq!((broken.written, broken.held), (0, 1));
    assert!(broken.diagnostics.iter().any(|one| one.is_error()));
    // While it is held back, others still go in, and it is told of as before.
    corpus.edit(SEOUL, "Nobody fought", "No one fought");
    let other = corpus.ingest_only(&[SEOUL]);
    assert_eq!((other.written, other.held), (1, 1));
    assert!(other.diagnostics.iter().any(|one| one.is_error()));
    corpus.write(LANDING, good);
    assert_eq!(corpus.ingest_only(&[LANDING]).held, 0);
}
