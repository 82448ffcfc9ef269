//! `serve` sees what editors do, as they do it.

use std::time::{Duration, Instant};

use crate::harness::{Corpus, Setup, TestApp};

const LANDING: &str = "articles/07/20/moon-landing.md";

/// How long it takes until the page of the moon landing holds these words.
async fn until_it_says(app: &TestApp, words: &str) -> Duration {
    let started = Instant::now();
    loop {
        if app
            .page("/articles/moon-landing")
            .await
            .text()
            .contains(words)
        {
            return started.elapsed();
        }
        let waited = started.elapsed();
        assert!(waited < Duration::from_secs(10), "{words:?} did not come");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_change_is_on_the_page_within_a_second_however_it_is_saved() {
    let app = Setup::new(Corpus::fixtures()).watch().start().await;
    let mut words = "little fuel".to_owned();
    // Each way has three tries, because the machine may be busy with other
    // tests just then.
    for way in ["in place", "by rename", "by removal"] {
        let mut quickest = Duration::MAX;
        for number in 0..3 {
            let new = format!("fuel for {number} seconds, saved {way}");
            let text = app.read(LANDING).replace(&words, &new);
            words = new;
            match way {
                "in place" => app.write(LANDING, text),
                "by rename" => {
                    app.write("articles/07/20/.moon-landing.md.swp", text);
                    app.rename("articles/07/20/.moon-landing.md.swp", LANDING);
                }
                _ => {
                    app.rename(LANDING, "articles/07/20/moon-landing.md~");
                    app.write(LANDING, text);
                }
            }
            quickest = quickest.min(until_it_says(&app, &words).await);
            if quickest < Duration::from_secs(1) {
                break;
            }
        }
        assert!(quickest < Duration::from_secs(1), "{way}: {quickest:?}");
    }
}

#[tokio::test]
async fn what_changes_while_the_server_starts_is_not_missed() {
    let app = Setup::new(Corpus::fixtures()).watch().start().await;
    // At once, so that the watch may not yet be set up.
    app.edit(LANDING, "little fuel", "no fuel");
    until_it_says(&app, "no fuel").await;
}

#[tokio::test]
async fn new_folders_and_broken_files_do_not_stop_the_watch() {
    let app = Setup::new(Corpus::fixtures()).watch().start().await;
    app.write("articles/11/11/broken.md", "no front matter");
    app.edit(LANDING, "little fuel", "one drop of fuel");
    until_it_says(&app, "one drop").await;
    let text = crate::harness::article("An armistice", "1918-11-11", "Text.");
    app.write("articles/11/11/armistice.md", text);
    let started = Instant::now();
    while app.get("/articles/armistice").await.status != 200 {
        assert!(started.elapsed() < Duration::from_secs(10));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_stored_edition_is_served_at_once_and_then_brought_up_to_date() {
    let corpus = Corpus::fixtures();
    corpus.ingest();
    corpus.edit(LANDING, "little fuel", "three drops of fuel");
    let app = Setup::new(corpus).start().await;
    until_it_says(&app, "three drops").await;
    assert_eq!(app.database.number("SELECT MAX(id) FROM editions"), 2);
}

#[tokio::test]
async fn half_a_file_is_not_shown_while_it_is_being_written() {
    use std::io::Write as _;

    let app = Setup::new(Corpus::fixtures()).watch().start().await;
    // So that the watch is certainly there.
    app.edit(LANDING, "little fuel", "some fuel");
    until_it_says(&app, "some fuel").await;
    // A look that an earlier event has begun may still see what comes next.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let whole = app.read(LANDING).replace("some fuel", "plenty of fuel");
    let half = whole.find("plenty of fuel").unwrap() + 6;
    // Far longer than the watch waits for quiet, and far less than it waits for
    // one who writes; counted from before there is anything to see.
    let began = Instant::now();
    let mut file = std::fs::File::create(app.path(LANDING)).unwrap();
    file.write_all(&whole.as_bytes()[..half]).unwrap();
    while began.elapsed() < Duration::from_millis(500) {
        let page = app.page("/articles/moon-landing").await;
        assert!(
            page.text().contains("some fuel") || began.elapsed() > Duration::from_secs(1),
            "half a file is on the page"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    file.write_all(&whole.as_bytes()[half..]).unwrap();
    drop(file);
    until_it_says(&app, "plenty of fuel").await;
}
