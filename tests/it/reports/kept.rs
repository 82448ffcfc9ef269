//! What is kept of a report: enough to find the passage again after the text
//! has moved, and to know which text its reader saw.

use super::{Draft, column, count, only, site_over};
use crate::harness::{Corpus, article};

const FILE: &str = "articles/06/04/siege.md";

/// The body of the article as it reads on the page.
const TEXT: [&str; 4] = [
    "The siege began in June, when the river was low. The city’s wall held, as St. Anne had promised.",
    "On the fourth day — a Friday — it fell. Nobody knows why.",
    "It was cold.",
    "The garrison left by the eastern gate and was not followed. It was cold.",
];

fn siege() -> Corpus {
    let corpus = Corpus::empty();
    corpus.write(FILE, article("The siege", "1500-06-04", &TEXT.join("\n\n")));
    corpus
}

fn report() -> Draft {
    Draft::about("siege")
}

#[tokio::test]
async fn a_passage_is_kept_with_the_text_around_it() {
    let app = site_over(siege()).await;
    let whole = TEXT.join(" ");
    for (link, passage, quote, paragraph) in [
        ("1", TEXT[0], TEXT[0], "1"),
        ("2", "Nobody knows why.", "Nobody knows why.", "2"),
        // What is typed or copied becomes what is printed.
        ("1", " The  city's\nwall held", "The city’s wall held", "1"),
        ("2", "day - a Friday - it", "day — a Friday — it", "2"),
        // The paragraph is that of the passage, wherever the link was.
        ("1", "the eastern gate", "the eastern gate", "4"),
        ("", "Nobody knows why.", "Nobody knows why.", "2"),
        ("99", "Nobody knows why.", "Nobody knows why.", "2"),
        // Words that stand twice: where the reader was, else the first.
        ("4", "It was cold.", "It was cold.", "4"),
        ("1", "It was cold.", "It was cold.", "3"),
        // Across two paragraphs: where it begins.
        ("", "knows why. It was", "knows why. It was", "2"),
    ] {
        let before = count(&app);
        let draft = report().with("p", link).with("passage", passage);
        draft.keep(&app).await;
        let last = |name: &str| column(&app, name).pop().unwrap();
        assert_eq!(count(&app), before + 1);
        assert_eq!(last("quote"), quote, "{passage}");
        assert_eq!(last("paragraph"), paragraph, "{passage}");
        let (prefix, suffix) = (last("prefix"), last("suffix"));
        assert!(
            whole.contains(&format!("{prefix}{quote}{suffix}")),
            "{prefix}[{quote}]{suffix}"
        );
        let at_start = prefix.len() < 64 && whole.starts_with(&prefix);
        assert!(prefix.chars().count() == 64 || at_start, "{prefix}");
        let at_end = suffix.len() < 64 && whole.ends_with(&suffix);
        assert!(suffix.chars().count() == 64 || at_end, "{suffix}");
    }
    assert_eq!(column(&app, "prefix")[0], "");
    assert!(column(&app, "suffix")[0].starts_with(" On the fourth day"));
}

#[tokio::test]
async fn a_passage_that_stands_nowhere_is_kept_as_it_was_written() {
    let app = site_over(siege()).await;
    let draft = report()
        .with("p", "2")
        .with("passage", "The caption\nof the map");
    draft.keep(&app).await;
    let kept = only(&app, ["quote", "prefix", "suffix", "paragraph", "revision"]);
    assert_eq!(kept, ["The caption\nof the map", "", "", "2", "1"]);
}

#[tokio::test]
async fn a_report_about_nothing_in_particular_is_kept_too() {
    let app = site_over(siege()).await;
    report().without("r").keep(&app).await;
    let kept = only(&app, ["article", "revision", "paragraph", "quote", "page"]);
    assert_eq!(kept, ["siege", "1", "(null)", "", ""]);
    let letter = Draft::letter()
        .with("page", "/year/1951")
        .with("r", "1")
        .with("p", "1");
    letter.keep(&app).await;
    let last = |name: &str| column(&app, name).pop().unwrap();
    assert_eq!(last("page"), "/year/1951");
    for name in ["article", "revision", "paragraph"] {
        assert_eq!(last(name), "(null)", "{name}");
    }
}

#[tokio::test]
async fn a_report_belongs_to_the_text_that_its_reader_saw() {
    let app = site_over(siege()).await;
    app.edit(FILE, "On the fourth day", "On the fifth day");
    app.ingest();
    let draft = report().with("p", "2");
    draft.with("passage", "On the fourth day").keep(&app).await;
    let [revision, quote, prefix, suffix] = only(&app, ["revision", "quote", "prefix", "suffix"]);
    assert_eq!(
        (revision.as_str(), quote.as_str()),
        ("1", "On the fourth day")
    );
    assert!(TEXT.join(" ").contains(&format!("{prefix}{quote}{suffix}")));
    // A revision that never was is taken for the present one.
    report().with("r", "7").keep(&app).await;
    assert_eq!(column(&app, "revision"), ["1", "2"]);
}

#[tokio::test]
async fn a_report_follows_an_article_that_was_renamed_meanwhile() {
    let app = site_over(siege()).await;
    let page = app.page("/articles/siege/report?r=1&p=2").await;
    let opened = Draft::read(&page);
    let text = app
        .read(FILE)
        .replace("sources:", "aliases: [siege]\nsources:");
    app.remove(FILE);
    app.write(
        "articles/06/04/the-great-siege.md",
        text.replace("fourth", "fifth"),
    );
    app.ingest();
    let sealed = opened
        .with("category", "date")
        .opened(std::time::Duration::from_secs(60));
    // With a mistake it comes back, and still is the form that was opened.
    let back = sealed.send(&app).await;
    assert_eq!(back.status, 422);
    assert_eq!(
        back.one("input[name=passage][checked]").attribute("value"),
        TEXT[1]
    );
    let sent = sealed.on(&back).with("wrong", "It was a day later.");
    sent.keep(&app).await;
    let kept = only(&app, ["article", "revision", "quote", "paragraph", "state"]);
    assert_eq!(kept, ["the-great-siege", "1", TEXT[1], "2", "received"]);
}

#[tokio::test]
async fn what_was_written_about_an_article_that_is_gone_is_kept() {
    let app = site_over(siege()).await;
    let draft = report().with("p", "2").with("passage", TEXT[1]);
    app.remove(FILE);
    app.ingest();
    assert_eq!(app.get("/articles/siege/report").await.status, 410);
    let receipt = draft.keep(&app).await;
    let kept = only(&app, ["article", "revision", "quote", "state"]);
    assert_eq!(kept, ["siege", "1", TEXT[1], "received"]);
    assert_eq!(
        app.page(&receipt).await.one(".receipt__passage").text,
        TEXT[1]
    );
    // Nobody but who had the form open.
    let forged = draft.with("start", "1.aaaa").with("wrong", "Other words.");
    assert_eq!(forged.send(&app).await.status, 410);
    assert_eq!(count(&app), 1);
}
