//! Imports: what makes an edition and what does not, what is kept of the past,
//! and what one file's change means for others.

use daybook::ingest::Outcome;

use crate::harness::{Corpus, TestApp, article, daybook};

const SEOUL: &str = "articles/01/04/seoul-falls.md";
const LANDING: &str = "articles/07/20/moon-landing.md";

fn revisions(corpus: &Corpus, slug: &str) -> Vec<String> {
    let sql = format!(
        "SELECT CAST(number AS TEXT) AS line FROM revisions WHERE slug = '{slug}' ORDER BY number"
    );
    corpus.database.lines(&sql)
}

fn source(corpus: &Corpus, slug: &str, number: i64) -> String {
    let sql =
        format!("SELECT source AS line FROM revisions WHERE slug = '{slug}' AND number = {number}");
    corpus.database.lines(&sql).remove(0)
}

/// What was found in files. What lies between files is told once, when one of
/// them changes, and has tests of its own.
fn messages(outcome: &Outcome) -> Vec<String> {
    outcome
        .diagnostics
        .iter()
        .filter(|one| !daybook::check::ACROSS_CODES.contains(&one.code.as_str()))
        .map(ToString::to_string)
        .collect()
}

fn errors(outcome: &Outcome) -> Vec<String> {
    let errors = outcome.diagnostics.iter().filter(|one| one.is_error());
    errors.map(ToString::to_string).collect()
}

#[test]
fn the_first_run_reads_everything_and_makes_the_first_edition() {
    let corpus = Corpus::fixtures();
    let first = corpus.ingest();
    assert!(first.is_new);
    assert_eq!((first.edition, first.held, first.removed), (1, 0, 0));
    assert_eq!((first.files, first.read, first.written), (22, 22, 14));
    let warned: Vec<String> = messages(&first)
        .iter()
        .filter_map(|one| Some(one.split_once(':')?.0.to_owned()))
        .collect();
    assert_eq!(
        warned,
        [
            "articles/06/01/unfinished.md",
            "articles/06/02/from-the-future.md"
        ]
    );
    assert!(messages(&first)[0].contains("warning C002: the article names no source"));
    assert_eq!(corpus.database.number("SELECT COUNT(*) FROM articles"), 14);
    assert_eq!(corpus.database.number("SELECT articles FROM editions"), 14);
}

#[test]
fn a_run_over_unchanged_files_opens_none_and_makes_no_edition() {
    let corpus = Corpus::fixtures();
    corpus.age();
    corpus.ingest();
    let second = corpus.ingest();
    assert!(!second.is_new);
    assert_eq!(
        (second.edition, second.files, second.read, second.written),
        (1, 22, 0, 0)
    );
    assert_eq!(corpus.database.number("SELECT COUNT(*) FROM editions"), 1);
}

#[test]
fn a_file_that_was_only_touched_makes_no_edition_and_is_then_known() {
    let corpus = Corpus::fixtures();
    corpus.age();
    corpus.ingest();
    corpus.touch(SEOUL);
    let touched = corpus.ingest();
    assert!(!touched.is_new);
    assert_eq!((touched.edition, touched.read, touched.written), (1, 1, 0));
    // Written anew with the same words, as some editors do on every save.
    let text = corpus.read(SEOUL);
    corpus.remove(SEOUL);
    corpus.write(SEOUL, text);
    let rewritten = corpus.ingest();
    assert!(!rewritten.is_new);
    assert_eq!((rewritten.edition, rewritten.read), (1, 1));
    corpus.age();
    corpus.ingest();
    assert_eq!(corpus.ingest().read, 0);
    assert_eq!(revisions(&corpus, "seoul-falls"), ["1"]);
}

#[test]
fn a_change_of_the_same_length_within_the_same_second_is_seen() {
    let corpus = Corpus::fixtures();
    corpus.ingest();
    corpus.edit(SEOUL, "January 3,", "January 2,");
    let outcome = corpus.ingest();
    assert!(outcome.is_new);
    assert_eq!(outcome.written, 1);
}

#[tokio::test]
async fn a_change_makes_a_new_numbered_revision_and_the_old_one_is_kept() {
    let app = TestApp::start().await;
    let before = app.read(SEOUL);
    app.edit(
        SEOUL,
        "Nobody fought for the streets.",
        "There was no fight for the streets.",
    );
    let outcome = app.ingest();
    assert_eq!(
        (outcome.edition, outcome.written, outcome.is_new),
        (2, 1, true)
    );
    let page = app.page("/articles/seoul-falls").await;
    assert!(page.text().contains("There was no fight"));
    assert!(page.one(".accuracy__record").text.ends_with("Revision 2."));
    assert_eq!(
        page.one(".accuracy a.button").attribute("href"),
        "/articles/seoul-falls/report?r=2"
    );
    assert_eq!(revisions(&app, "seoul-falls"), ["1", "2"]);
    assert_eq!(source(&app, "seoul-falls", 1), before);
    assert_eq!(source(&app, "seoul-falls", 2), app.read(SEOUL));

    // Back to the words of revision 1: that is a change too.
    app.write(SEOUL, &before);
    assert_eq!(app.ingest().edition, 3);
    let page = app.page("/articles/seoul-falls").await;
    assert!(page.one(".accuracy__record").text.ends_with("Revision 3."));
    assert_eq!(revisions(&app, "seoul-falls"), ["1", "2", "3"]);
    assert_eq!(source(&app, "seoul-falls", 3), before);
    // Nobody else got a new number.
    assert_eq!(
        app.database
            .number("SELECT MAX(number) FROM revisions WHERE slug <> 'seoul-falls'"),
        1
    );
}

#[tokio::test]
async fn a_renamed_article_takes_its_history_along_and_leaves_its_address_behind() {
    let app = TestApp::start().await;
    app.edit(SEOUL, "Nobody fought", "No one fought");
    app.ingest();
    let new = "articles/01/04/capture-of-seoul.md";
    app.rename(SEOUL, new);
    app.edit(new, "aliases: [", "aliases: [seoul-falls, ");
    let outcome = app.ingest();
    assert_eq!(outcome.held, 0, "{:?}", messages(&outcome));
    let old = app.get("/articles/seoul-falls").await;
    assert_eq!(
        (old.status, old.header("location")),
        (301, "/articles/capture-of-seoul")
    );
    let report = app.get("/articles/seoul-falls/report?r=1&p=2").await;
    assert_eq!(
        (report.status, report.header("location")),
        (301, "/articles/capture-of-seoul/report?r=1&p=2")
    );
    let older = app.get("/articles/third-battle-of-seoul").await;
    assert_eq!(older.header("location"), "/articles/capture-of-seoul");
    let page = app.page("/articles/capture-of-seoul").await;
    assert!(page.one(".accuracy__record").text.ends_with("Revision 3."));
    assert_eq!(revisions(&app, "capture-of-seoul"), ["1", "2", "3"]);
    assert_eq!(revisions(&app, "seoul-falls"), Vec::<String>::new());
}

#[tokio::test]
async fn a_file_may_lie_in_another_folder_without_becoming_another_article() {
    let app = TestApp::start().await;
    app.rename(SEOUL, "articles/01/07/seoul-falls.md");
    let outcome = app.ingest();
    assert_eq!(
        (outcome.held, outcome.removed),
        (0, 0),
        "{:?}",
        messages(&outcome)
    );
    let page = app.page("/articles/seoul-falls").await;
    assert!(page.one(".accuracy__record").text.ends_with("Revision 1."));
    assert_eq!(revisions(&app, "seoul-falls"), ["1"]);
}

#[tokio::test]
async fn a_removed_article_is_gone_with_its_reason_once_it_has_one() {
    let app = TestApp::start().await;
    app.remove(LANDING);
    let outcome = app.ingest();
    assert_eq!((outcome.removed, outcome.is_new), (1, true));
    let gone = app.get("/articles/moon-landing").await;
    assert_eq!(gone.status, 410);
    assert_eq!(
        gone.texts(".notice p")[1],
        "The editors took this article away and have not said why."
    );
    assert!(app.page("/on/july-20").await.all(".event").is_empty());
    assert_eq!(app.get("/people/nobody-known").await.status, 404);
    // Its old address has nowhere to lead.
    assert_eq!(app.get("/articles/first-steps").await.status, 404);
    // Who linked to it keeps the words and loses the link.
    let launch = app.page("/articles/moon-launch").await;
    assert!(
        launch
            .links(".prose a")
            .iter()
            .all(|link| !link.contains("moon-landing"))
    );

    let list = app.read("removed.yaml");
    app.write(
        "removed.yaml",
        format!("{list}- {{slug: moon-landing, date: 2026-11-01, reason: It was staged.}}\n"),
    );
    assert!(app.ingest().is_new);
    let gone = app.get("/articles/moon-landing").await;
    assert_eq!(gone.status, 410);
    assert_eq!(gone.texts(".notice p")[1], "It was staged.");
    // Its history is kept.
    assert_eq!(revisions(&app, "moon-landing"), ["1"]);

    // And it can come back.
    app.write(
        LANDING,
        article("It was real", "1969-07-20", "They landed."),
    );
    app.write("removed.yaml", list);
    app.ingest();
    let page = app.page("/articles/moon-landing").await;
    assert!(page.one(".accuracy__record").text.ends_with("Revision 2."));
}

#[tokio::test]
async fn a_broken_file_keeps_its_last_good_version_and_the_others_go_in() {
    let app = TestApp::start().await;
    app.edit(SEOUL, "title: Seoul falls", "titel: Seoul falls at last");
    app.edit(LANDING, "little fuel", "hardly any fuel");
    let outcome = app.ingest();
    assert_eq!((outcome.held, outcome.written), (1, 1));
    assert_eq!(
        errors(&outcome),
        [
            "articles/01/04/seoul-falls.md:2:1: error F003: unknown key `titel`; did you mean `title`?"
        ]
    );
    assert_eq!(
        app.page("/articles/seoul-falls").await.one("h1").text,
        "Seoul falls"
    );
    assert!(
        app.page("/articles/moon-landing")
            .await
            .text()
            .contains("hardly any fuel")
    );
    // It is still said when nothing changes any more.
    let again = app.ingest();
    assert_eq!((again.held, again.is_new), (1, false));
    assert_eq!(messages(&again), messages(&outcome));
    assert_eq!(
        app.database
            .number("SELECT COUNT(*) FROM problems WHERE kind = 'error'"),
        1
    );

    app.edit(SEOUL, "titel:", "title:");
    let mended = app.ingest();
    assert_eq!((mended.held, errors(&mended).len()), (0, 0));
    assert_eq!(
        app.page("/articles/seoul-falls").await.one("h1").text,
        "Seoul falls at last"
    );
    assert_eq!(
        app.database
            .number("SELECT COUNT(*) FROM problems WHERE kind = 'error'"),
        0
    );
}

#[tokio::test]
async fn a_new_title_shows_where_others_link_to_the_article() {
    let app = TestApp::start().await;
    app.edit(
        LANDING,
        "title: People walk on the moon",
        "title: Footprints",
    );
    let outcome = app.ingest();
    // The launch bears the title; Seoul has words of its own but is linked too.
    assert_eq!(outcome.written, 3);
    let launch = app.page("/articles/moon-launch").await;
    assert_eq!(
        launch.texts(".prose a[href='/articles/moon-landing']"),
        ["Footprints", "another article"]
    );
    // The words of the file did not change, so neither did the revision.
    assert!(
        launch
            .one(".accuracy__record")
            .text
            .ends_with("Revision 1.")
    );
}

#[tokio::test]
async fn a_link_to_an_article_that_comes_later_becomes_one() {
    let app = TestApp::start().await;
    app.write(
        "articles/07/21/return.md",
        article("The return", "1969-07-21", "On to [[splashdown]]."),
    );
    let outcome = app.ingest();
    let told: Vec<String> = messages(&outcome)
        .into_iter()
        .filter(|one| one.starts_with("articles/07/21/return.md"))
        .collect();
    let expected = "articles/07/21/return.md:8:7: warning M005: \
        There is no article `splashdown`";
    assert!(told.len() == 1 && told[0].starts_with(expected), "{told:?}");
    app.write(
        "articles/07/24/splashdown.md",
        article("They splash down", "1969-07-24", "Text."),
    );
    let outcome = app.ingest();
    assert!(
        !messages(&outcome)
            .iter()
            .any(|one| one.contains("splashdown"))
    );
    let page = app.page("/articles/return").await;
    assert_eq!(
        page.one(".prose a[href='/articles/splashdown']").text,
        "They splash down"
    );
}

#[tokio::test]
async fn a_new_registry_entry_takes_up_the_names_that_stand_for_it() {
    let app = TestApp::start().await;
    assert_eq!(app.page("/places/rome").await.all(".event").len(), 2);
    app.write(
        "places/eternal-city.md",
        "---\nname: Rome, Italy\nalso: [Rome]\n---\nA city.\n",
    );
    let outcome = app.ingest();
    assert_eq!(outcome.written, 0, "no article is rendered for it");
    assert!(outcome.is_new);
    assert_eq!(app.get("/places/rome").await.status, 404);
    assert_eq!(
        app.page("/places/eternal-city").await.all(".event").len(),
        2
    );
    let article = app.page("/articles/death-of-caesar").await;
    assert!(
        article
            .links(".article__title .article__tags a")
            .contains(&"/places/eternal-city".to_owned())
    );
    // A second entry cannot take the same name.
    app.write("places/roma.md", "---\nname: Rome\n---\n");
    let outcome = app.ingest();
    assert_eq!(outcome.held, 1);
    let told = messages(&outcome);
    let told = told
        .iter()
        .find(|one| one.starts_with("places/roma.md:1:1: error A003"));
    assert!(told.is_some_and(|one| one.contains("already that of `eternal-city`")));
    app.remove("places/roma.md");
    app.remove("places/eternal-city.md");
    app.ingest();
    assert_eq!(app.page("/places/rome").await.all(".event").len(), 2);
}

#[tokio::test]
async fn a_new_picture_shows_without_a_change_of_the_article() {
    let app = TestApp::start().await;
    let src = |page: &crate::harness::Page| page.one(".picture--lead img").attribute("src");
    let before = src(&app.page("/articles/airship-burns").await);
    let other = std::fs::read(app.path("articles/05/06/mast.png")).unwrap();
    app.write("articles/05/06/airship.png", other);
    assert!(app.ingest().is_new);
    let page = app.page("/articles/airship-burns").await;
    assert_ne!(src(&page), before);
    assert_eq!(app.get(&src(&page)).await.status, 200);
    assert_eq!(
        app.get(&before).await.status,
        404,
        "nothing uses it any more"
    );
    assert!(page.one(".accuracy__record").text.ends_with("Revision 1."));
}

#[tokio::test]
async fn pages_and_their_links_follow_their_files() {
    let app = TestApp::start().await;
    app.edit(
        "pages/about.md",
        "written for tests",
        "written about [[moon-landing]]",
    );
    app.write(
        "pages/house-rules.md",
        "---\ntitle: House rules\nsummary: Rules.\n---\nBe kind.\n",
    );
    app.ingest();
    assert_eq!(app.page("/house-rules").await.one("h1").text, "House rules");
    app.edit(
        LANDING,
        "title: People walk on the moon",
        "title: Footprints",
    );
    app.remove("pages/house-rules.md");
    app.ingest();
    let about = app.page("/about").await;
    assert_eq!(
        about.one(".prose a[href='/articles/moon-landing']").text,
        "Footprints"
    );
    assert_eq!(app.get("/house-rules").await.status, 404);
}

#[test]
fn what_is_wrong_with_the_text_of_a_page_is_told_and_holds_nothing_back() {
    let corpus = Corpus::fixtures();
    corpus.write(
        "pages/about.md",
        "---\ntitle: About\nsummary: About this site.\n---\nSee [[nowhere-at-all]].\n",
    );
    let outcome = corpus.ingest();
    assert_eq!(outcome.held, 0);
    let told = messages(&outcome);
    assert!(
        told.iter()
            .any(|one| one.starts_with("pages/about.md:5:5: warning M005")),
        "{told:#?}"
    );
}

#[test]
fn what_was_found_in_a_file_is_remembered_while_other_files_change() {
    let corpus = Corpus::fixtures();
    corpus.edit(LANDING, "little fuel", "little [[fuel]]");
    let first = corpus.ingest();
    assert_eq!(messages(&first).len(), 3);
    // The file with the finding is opened again, because it is so new, and
    // found unchanged; another one has changed.
    corpus.edit(SEOUL, "Nobody fought", "No one fought");
    let second = corpus.ingest();
    assert_eq!((second.written, messages(&second)), (1, messages(&first)));
    corpus.touch(LANDING);
    let third = corpus.ingest();
    assert_eq!(messages(&third), messages(&first));
    assert_eq!(corpus.database.number("SELECT COUNT(*) FROM problems"), 3);
}

#[test]
fn two_processes_that_import_at_once_do_not_harm_each_other() {
    let corpus = Corpus::fixtures();
    for number in 0..40 {
        let text = article(&format!("Number {number}"), "1900-08-08", "Text.");
        corpus.write(&format!("articles/08/08/number-{number}.md"), text);
    }
    let content = corpus.content().display().to_string();
    let url = corpus.database.url().to_owned();
    let run = || {
        let arguments = ["ingest", "--content", &content, "--database-url", &url];
        daybook(&corpus.outside(""), &arguments).output().unwrap()
    };
    for round in 1..=3 {
        std::thread::scope(|scope| {
            let runs: Vec<_> = (0..3).map(|_| scope.spawn(run)).collect();
            for one in runs {
                let output = one.join().unwrap();
                let error = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(output.status.success(), "{error}");
            }
        });
        let count = |sql: &str| corpus.database.number(sql);
        assert_eq!(count("SELECT COUNT(*) FROM articles"), 54);
        assert_eq!(count("SELECT COUNT(*) FROM editions"), round);
        assert_eq!(count("SELECT MAX(id) FROM editions"), round);
        assert_eq!(count("SELECT COUNT(*) FROM revisions"), 53 + round);
        let more = format!("{}\nRound {round}.\n", corpus.read(SEOUL));
        corpus.write(SEOUL, more);
    }
}
