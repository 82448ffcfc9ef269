//! A correction goes from the desk into a file, and from the file to readers
//! and into its case.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use daybook::articles::model::{Correction, CorrectionKind};
use daybook::content::amend::{self, Change};
use daybook::content::{ImportRequest, Publisher};
use daybook::ingest;

use crate::harness::{Corpus, Setup, article, letterhead};

const SEOUL: &str = "articles/01/04/seoul-falls.md";
const CASE: &str = "C-7K3Q2M";

/// A publisher with the thread that imports for it, as the server has them.
struct Desk {
    publisher: Publisher,
    stop: Arc<AtomicBool>,
    wake: std::sync::mpsc::Sender<ImportRequest>,
    importer: Option<JoinHandle<()>>,
}

impl Desk {
    fn over(corpus: &Corpus) -> Desk {
        let (publisher, requests) = Publisher::new(&corpus.content(), true);
        let db = corpus.migrated();
        let options = ingest::Options {
            content: corpus.content(),
            full: false,
            letterhead: letterhead(),
            progress: false,
        };
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let wake = requests.sender();
        let importer = std::thread::spawn(move || {
            let stopped = || stopped.load(Ordering::Relaxed);
            ingest::watch(&db, &options, &requests, (false, &|| true), stopped, |_| {});
        });
        Desk {
            publisher,
            stop,
            wake,
            importer: Some(importer),
        }
    }

    /// Writes a correction into a file, as the case screen does.
    fn apply(&self, file: &str, change: &Change, text: &str) {
        let present = self.publisher.read(file).unwrap();
        let amended = amend::amend(&present.text, change, &note(text)).unwrap();
        self.publisher.write(file, &present.hash, &amended).unwrap();
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = self.wake.send(ImportRequest::unanswered());
        if let Some(importer) = self.importer.take() {
            importer.join().unwrap();
        }
    }
}

fn note(text: &str) -> Correction {
    Correction {
        date: "2026-12-02".to_owned(),
        kind: CorrectionKind::Correction,
        text: text.to_owned(),
        case: Some(CASE.to_owned()),
    }
}

/// A case about an article, that an editor has accepted.
fn accepted(corpus: &Corpus, id: &str, slug: &str) {
    corpus.migrated();
    corpus.database.execute(&format!(
        "INSERT INTO cases (id, kind, state, urgent, article, category, passage, reports, \
         opened_at, taken_at, decided_at, changed_at, version, reason, note_kind, note, note_date, \
         amended, amended_from) VALUES ('{id}', 'error', 'accepted', FALSE, '{slug}', 'date', \
         'A passage.', 1, 1, 2, 3, 3, 3, '', '', '', '', '', '')"
    ));
}

/// State, revision, kind and note of a case.
fn case(corpus: &Corpus, id: &str) -> String {
    let sql = format!(
        "SELECT state || ' ' || COALESCE(CAST(corrected_in AS TEXT), '-') || ' ' || note_kind || \
         ' ' || note || ' ' || COALESCE(article, '-') AS line FROM cases WHERE id = '{id}'"
    );
    corpus.database.lines(&sql).remove(0)
}

#[actix_web::test]
async fn an_applied_correction_is_on_the_page_at_once_and_settles_its_case() {
    // The server watches the same folder meanwhile.
    let app = Setup::new(Corpus::fixtures()).watch().start().await;
    accepted(&app, CASE, "seoul-falls");
    let desk = Desk::over(&app);
    let text = app.read(SEOUL);
    let at = text.find("January 3").unwrap();
    let change = Change::Stretch {
        range: at..at + "January 3".len(),
        words: "January 2",
    };
    desk.apply(SEOUL, &change, "An earlier version said: \"January 3\".");
    let imported = desk.publisher.import().await.unwrap();
    assert!(!imported.diagnostics.iter().any(|one| one.is_error()));

    let page = app.page("/articles/seoul-falls").await;
    assert!(page.text().contains("January&nbsp;2"));
    assert!(
        page.text()
            .contains("An earlier version said: “January 3”.")
    );
    assert_eq!(
        case(&app, CASE),
        "corrected 2 correction An earlier version said: “January 3”. seoul-falls"
    );
    let again = desk.publisher.import().await.unwrap();
    assert_eq!(again.edition, imported.edition);
    let revisions = "SELECT COUNT(*) FROM revisions WHERE slug = 'seoul-falls'";
    assert_eq!(app.database.number(revisions), 2);
    assert_eq!(app.database.number("SELECT MAX(id) FROM editions"), 2);
}

#[actix_web::test]
async fn what_was_written_before_a_crash_is_found_by_the_next_import() {
    let corpus = Corpus::fixtures();
    corpus.ingest();
    accepted(&corpus, CASE, "seoul-falls");
    // Nobody imports any more.
    let (publisher, _) = Publisher::new(&corpus.content(), true);
    let present = publisher.read(SEOUL).unwrap();
    let hash = "SELECT hash AS line FROM articles WHERE slug = 'seoul-falls'";
    assert_eq!(
        corpus.database.lines(hash),
        std::slice::from_ref(&present.hash)
    );
    let amended = amend::amend(&present.text, &Change::Nothing, &note("It said otherwise."));
    publisher
        .write(SEOUL, &present.hash, &amended.unwrap())
        .unwrap();
    let told = publisher.import().await.unwrap_err().to_string();
    assert!(told.contains("after the next import"), "{told}");
    assert!(case(&corpus, CASE).starts_with("accepted - "));
    corpus.ingest();
    assert!(case(&corpus, CASE).starts_with("corrected 2 "));
}

#[actix_web::test]
async fn what_an_import_would_hold_back_is_told_to_the_one_who_asked() {
    let corpus = Corpus::fixtures();
    corpus.ingest();
    let desk = Desk::over(&corpus);
    corpus.edit(SEOUL, "date: 2026-11-25", "date: 2026-13-25");
    let imported = desk.publisher.import().await.unwrap();
    assert_eq!(imported.diagnostics[0].code, "F019");
    assert_eq!(imported.diagnostics[0].file, SEOUL);
}

#[actix_web::test]
async fn many_who_ask_at_once_are_all_answered() {
    let corpus = Corpus::fixtures();
    let desk = Desk::over(&corpus);
    let asked = (0..20).map(|_| desk.publisher.import());
    for answer in futures_util::future::join_all(asked).await {
        assert_eq!(answer.unwrap().edition, 1);
    }
}

#[test]
fn a_patch_applied_in_git_settles_the_case_as_well_and_importing_again_changes_nothing() {
    let corpus = Corpus::fixtures();
    corpus.ingest();
    accepted(&corpus, CASE, "seoul-falls");
    let old = corpus.read(SEOUL);
    let new = amend::amend(&old, &Change::Nothing, &note("It said otherwise.")).unwrap();
    corpus.write(SEOUL, &new);
    corpus.ingest();
    let settled = case(&corpus, CASE);
    assert!(settled.starts_with("corrected 2 "), "{settled}");
    let version = "SELECT version FROM cases";
    let (derived, before) = (corpus.database.derived(), corpus.database.number(version));
    corpus.ingest_full();
    corpus.touch(SEOUL);
    corpus.ingest();
    assert_eq!(case(&corpus, CASE), settled);
    assert_eq!(corpus.database.number(version), before);
    assert_eq!(corpus.database.derived(), derived);
    // A change elsewhere in the article does not settle it again.
    corpus.edit(SEOUL, "January 3", "January 2");
    corpus.ingest();
    assert_eq!(case(&corpus, CASE), settled);
    corpus.database.forget_derived();
    corpus.ingest();
    assert_eq!(case(&corpus, CASE), settled);
}

#[test]
fn a_correction_that_is_taken_out_leaves_its_case_corrected() {
    let corpus = Corpus::fixtures();
    corpus.ingest();
    accepted(&corpus, CASE, "seoul-falls");
    let old = corpus.read(SEOUL);
    let new = amend::amend(&old, &Change::Nothing, &note("It said otherwise.")).unwrap();
    corpus.write(SEOUL, &new);
    corpus.ingest();
    let settled = case(&corpus, CASE);
    assert!(settled.starts_with("corrected 2 "), "{settled}");
    corpus.write(SEOUL, &old);
    assert_eq!(corpus.ingest().written, 1);
    assert_eq!(case(&corpus, CASE), settled);
}

#[test]
fn a_case_follows_its_article_to_another_slug() {
    let corpus = Corpus::fixtures();
    corpus.ingest();
    accepted(&corpus, CASE, "seoul-falls");
    corpus.edit(SEOUL, "aliases: [", "aliases: [seoul-falls, ");
    corpus.rename(SEOUL, "articles/01/04/fall-of-seoul.md");
    corpus.ingest();
    assert!(case(&corpus, CASE).ends_with(" fall-of-seoul"));
}

#[test]
fn a_case_that_nobody_knows_does_no_harm_and_one_that_is_none_holds_the_file_back() {
    let corpus = Corpus::empty();
    let file = "articles/11/11/armistice.md";
    let text = article("An armistice", "1918-11-11", "The guns fell silent.");
    let with = |case: &str| {
        let entry = format!(
            "corrections:\n  - {{date: 2026-12-02, kind: minor, text: A comma., case: {case}}}\n"
        );
        text.replace("sources:\n", &format!("{entry}sources:\n"))
    };
    corpus.write(file, with("C-000000"));
    let outcome = corpus.ingest();
    assert_eq!((outcome.written, outcome.held), (1, 0));
    for wrong in [
        "c-7k3q2m",
        "C-7K3Q2",
        "C-7K3Q2MM",
        "C-7K3Q2L",
        "R-7K3Q2M",
        "7",
    ] {
        corpus.write(file, with(wrong));
        let outcome = corpus.ingest();
        assert_eq!(outcome.held, 1, "{wrong}");
        assert_eq!(outcome.diagnostics[0].code, "F023", "{wrong}");
    }
}
