//! How much a change lets go of.

use crate::harness::{Corpus, Setup, TestApp, article};

const ARTICLES: usize = 200;

/// A corpus of some hundred articles, every page of which that was asked for is
/// kept.
async fn warm() -> TestApp {
    let corpus = Corpus::empty();
    for number in 0..ARTICLES {
        let date = format!(
            "19{:02}-{:02}-{:02}",
            number % 60,
            number % 12 + 1,
            number % 27 + 1
        );
        let text = article(&format!("Event number {number}"), &date, "It happened.");
        let text = text.replace("sources:", "place: Rome\ntopics: [Trams]\nsources:");
        corpus.write(&format!("articles/event-{number}.md"), text);
    }
    for page in ["about", "method"] {
        corpus.write(
            &format!("pages/{page}.md"),
            "---\ntitle: A page\nsummary: What.\n---\nText.\n",
        );
    }
    corpus.write("places/rome.md", "---\nname: Rome\n---\nA city.\n");
    let outcome = corpus.ingest();
    assert_eq!(outcome.held, 0, "{:#?}", outcome.diagnostics);
    let app = Setup::new(corpus).start().await;
    for number in 0..ARTICLES {
        app.page(&format!("/articles/event-{number}")).await;
    }
    for year in 0..60 {
        app.page(&format!("/year/19{year:02}")).await;
    }
    for day in 1..28 {
        app.page(&format!("/on/january-{day}")).await;
    }
    for path in [
        "/about",
        "/method",
        "/places/rome",
        "/topics/trams",
        "/timeline",
        "/",
    ] {
        app.page(path).await;
    }
    app
}

/// The pages that went since the last import, whose files were just changed.
fn gone(app: &TestApp) -> u64 {
    let before = app.kept().dropped;
    assert!(app.ingest().is_new);
    app.catch_up();
    app.kept().dropped - before
}

#[tokio::test]
async fn a_change_lets_go_of_no_more_than_it_must() {
    let app = warm().await;
    let pages = app.kept().pages;
    assert!(pages > 290, "{pages}");
    // The front page and the timeline show everything; they go with each.
    app.edit("pages/about.md", "Text.", "Another text.");
    assert_eq!(gone(&app), 1 + 2);
    app.edit("articles/event-7.md", "It happened.", "It happened early.");
    assert_eq!(gone(&app), 1);
    app.edit("places/rome.md", "A city.", "An old city.");
    assert_eq!(gone(&app), 1);
    // A title shows on the page of its day, those around it, its year, the
    // entries that it names, and beside others of its story.
    app.page("/articles/event-7").await;
    app.edit("articles/event-7.md", "title: Event", "title: Great event");
    let titled = gone(&app);
    assert!(titled > 100, "all tell of the same place here: {titled}");
    assert!(app.kept().pages > 80, "{}", app.kept().pages);
}

#[tokio::test]
async fn articles_of_different_stories_let_each_other_be() {
    let corpus = Corpus::empty();
    for number in 0..ARTICLES {
        let date = format!(
            "19{:02}-{:02}-{:02}",
            number % 60,
            number % 12 + 1,
            number % 27 + 1
        );
        let text = article(&format!("Event number {number}"), &date, "It happened.");
        let names = format!(
            "place: Town {}\ntopics: [Story {}]\nsources:",
            number % 50,
            number % 40
        );
        corpus.write(
            &format!("articles/event-{number}.md"),
            text.replace("sources:", &names),
        );
    }
    corpus.ingest();
    let app = Setup::new(corpus).start().await;
    for number in 0..ARTICLES {
        app.page(&format!("/articles/event-{number}")).await;
    }
    app.edit("articles/event-7.md", "title: Event", "title: Great event");
    let titled = gone(&app);
    assert!((2..40).contains(&titled), "{titled}");
}
