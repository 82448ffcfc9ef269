//! The form as it is opened: from a link, with what a link says of the
//! passage.

use super::{Draft, everything, site, site_over};
use crate::harness::{Corpus, Page, article};

/// An article whose passages can be told apart.
fn siege() -> Corpus {
    let corpus = Corpus::empty();
    let body = "The siege began in June. The city’s wall held, as St. Anne had promised.\n\n\
                On the fourth day it fell. Nobody knows why.\n\nIt was cold";
    corpus.write(
        "articles/06/04/siege.md",
        article("The siege", "1500-06-04", body),
    );
    corpus
}

fn choices(page: &Page) -> Vec<String> {
    page.texts("input[name=passage] + .choice__text")
}

/// The checked passage; there must be one and no field to write it in.
fn chosen(page: &Page) -> String {
    assert!(page.all("textarea[name=passage]").is_empty());
    page.one("input[name=passage][checked]").attribute("value")
}

#[tokio::test]
async fn looking_at_forms_and_receipts_leaves_no_trace() {
    let app = site().await;
    let receipt = Draft::about("seoul-falls").keep(&app).await;
    let before = everything(&app);
    for path in [
        "/articles/seoul-falls/report",
        "/articles/seoul-falls/report?r=1&p=2",
        "/articles/seoul-falls/report?r=1&quote=Nobody+fought+for+the+streets.",
        "/contact",
        "/contact?page=%2Fyear%2F1951",
        receipt.as_str(),
    ] {
        let page = app.page(path).await;
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        assert!(page.headers.get("set-cookie").is_none(), "{path}");
        assert!(page.headers.get("etag").is_none(), "{path}");
    }
    assert_eq!(everything(&app), before);
}

#[tokio::test]
async fn each_opened_form_is_one_of_its_own() {
    let app = site().await;
    let path = "/articles/seoul-falls/report?r=1&p=2";
    let first = Draft::read(&app.page(path).await);
    let second = Draft::read(&app.page(path).await);
    assert_eq!(first.field("nonce").len(), 26);
    assert_ne!(first.field("nonce"), second.field("nonce"));
    assert_eq!(first.path, "/articles/seoul-falls/report");
    assert_eq!((first.field("r"), first.field("p")), ("1", "2"));
    let contact = app.page("/contact?page=%2Fyear%2F1951%3Fx").await;
    assert_eq!(Draft::read(&contact).field("page"), "/year/1951");
    assert!(contact.text().contains("This page is written for tests."));
    assert!(contact.all("[name=passage]").is_empty());
}

#[tokio::test]
async fn a_link_with_nonsense_in_it_opens_the_form_on_the_present_text() {
    let app = site().await;
    let long = format!("quote={}", "x".repeat(5000));
    for query in [
        "r=x&p=y",
        "r=-1&p=-1",
        "r=0&p=0",
        "r=99&p=99",
        "r=99999999999999999999&p=99999999999999999999",
        "r=1&r=2&p=1.5",
        "r=1&p=18446744073709551615",
        "quote=%ff%fe%00%1b",
        "quote=%",
        "&&==&quote",
        "nonce=mine&start=1.x&wrong=prefilled&email=a%40b.org",
        long.as_str(),
    ] {
        let page = app
            .get(&format!("/articles/seoul-falls/report?{query}"))
            .await;
        assert_eq!(page.status, 200, "{query}");
        let form = Draft::read(&page);
        assert_eq!((form.field("r"), form.field("p")), ("1", ""), "{query}");
        // A link fills in nothing that a reader would not see as a quotation.
        assert_eq!((form.field("wrong"), form.field("email")), ("", ""));
        assert_eq!(form.field("nonce").len(), 26, "{query}");
        assert!(page.all(".notice").is_empty(), "{query}");
    }
    let page = app
        .page("/articles/seoul-falls/report?quote=%3Cscript%3Ealert(1)%3C/script%3E%3C/textarea%3E")
        .await;
    assert!(!page.text().contains("<script>"));
    let form = Draft::read(&page);
    assert_eq!(
        form.field("passage"),
        "<script>alert(1)</script></textarea>"
    );
}

#[tokio::test]
async fn an_old_link_opens_the_form_on_the_text_that_its_reader_saw() {
    let app = site_over(siege()).await;
    app.edit("articles/06/04/siege.md", "fourth day", "fifth day");
    app.ingest();
    let old = app.page("/articles/siege/report?r=1&p=2").await;
    assert_eq!(chosen(&old), "On the fourth day it fell. Nobody knows why.");
    assert!(
        old.one(".notice")
            .text
            .starts_with("The article has been changed since you opened it.")
    );
    assert_eq!(Draft::read(&old).field("r"), "1");
    for query in ["r=2&p=2", "r=3&p=2", "p=2"] {
        let new = app.page(&format!("/articles/siege/report?{query}")).await;
        assert_eq!(chosen(&new), "On the fifth day it fell. Nobody knows why.");
        assert!(new.all(".notice").is_empty(), "{query}");
        assert_eq!(Draft::read(&new).field("r"), "2");
    }
}

#[tokio::test]
async fn an_old_text_reads_as_it_did_on_the_page() {
    let corpus = Corpus::fixtures();
    let picture = "![](mast.png)";
    corpus.edit(
        "articles/05/06/airship-burns.md",
        picture,
        &format!("{picture}\n\nThe mast stood."),
    );
    let app = site_over(corpus).await;
    for (slug, folder, paragraphs) in [
        // With notes, links by title and by an old slug, a list, a picture.
        ("seoul-falls", "01/04", 4),
        ("moon-launch", "07/16", 1),
        ("airship-burns", "05/06", 2),
    ] {
        let form = async |paragraph: usize| {
            let path = format!("/articles/{slug}/report?r=1&p={paragraph}");
            app.page(&path).await
        };
        let mut seen = Vec::new();
        for paragraph in 1..=paragraphs {
            seen.push(chosen(&form(paragraph).await));
        }
        let file = format!("articles/{folder}/{slug}.md");
        app.edit(&file, "summary: ", "summary: Changed. ");
        app.ingest();
        for (paragraph, seen) in (1..).zip(&seen) {
            let page = form(paragraph).await;
            assert_eq!(page.all(".notice").len(), 1, "{slug}");
            assert_eq!(chosen(&page), *seen, "{slug} {paragraph}");
        }
    }
}

#[tokio::test]
async fn the_form_is_where_the_article_is() {
    let app = site().await;
    let moved = app
        .get("/articles/third-battle-of-seoul/report?r=1&p=2&quote=a+%26b")
        .await;
    assert_eq!(moved.status, 301);
    assert_eq!(
        moved.header("location"),
        "/articles/seoul-falls/report?r=1&p=2&quote=a+%26b"
    );
    let upper = app.get("/articles/Seoul-Falls/report/?p=2").await;
    assert_eq!(upper.status, 301);
    assert_eq!(upper.header("location"), "/articles/seoul-falls/report?p=2");
    for (slug, status) in [
        ("nothing-here", 404),
        ("unfinished", 404),
        ("from-the-future", 404),
        ("no_slug", 404),
        ("the-hoax", 410),
    ] {
        let path = format!("/articles/{slug}/report");
        let answer = app.get(&path).await;
        assert_eq!(answer.status, status, "{path}");
        let foreign = Draft::about(slug).with("start", "1.x");
        assert_eq!(foreign.send(&app).await.status, status, "POST {path}");
    }
    assert_eq!(super::count(&app), 0);
}

#[tokio::test]
async fn a_paragraph_is_offered_whole_and_by_its_sentences() {
    let app = site_over(siege()).await;
    let page = app.page("/articles/siege/report?r=1&p=1").await;
    assert_eq!(
        choices(&page),
        [
            "The whole paragraph",
            "The siege began in June.",
            "The city’s wall held, as St. Anne had promised."
        ]
    );
    assert_eq!(
        chosen(&page),
        "The siege began in June. The city’s wall held, as St. Anne had promised."
    );
    assert_eq!(
        page.one(".title-page__note").text,
        "In The siege, paragraph 1"
    );
    let page = app.page("/articles/siege/report?r=1&p=3").await;
    assert_eq!(choices(&page), ["The whole paragraph"]);
    assert_eq!(chosen(&page), "It was cold");
    // Without a paragraph there is nothing to choose from yet.
    let page = app.page("/articles/siege/report?r=1").await;
    assert_eq!(page.one("textarea[name=passage]").text, "");
}

#[tokio::test]
async fn a_quotation_in_the_link_is_chosen_where_it_stands() {
    let app = site_over(siege()).await;
    for (quote, paragraph, expected) in [
        ("Nobody+knows+why.", "2", "Nobody knows why."),
        // A part of a sentence, and of two.
        ("wall+held", "1", "wall held"),
        ("fell.+Nobody+knows", "2", "fell. Nobody knows"),
        // As a browser copies it.
        (
            "%0ANobody%C2%A0%C2%A0knows%0D%0A%09why.%E2%80%8B+",
            "2",
            "Nobody knows why.",
        ),
        ("Nobody+knows+why.%E2%9A%91", "2", "Nobody knows why."),
    ] {
        let path = format!("/articles/siege/report?r=1&quote={quote}");
        let page = app.page(&path).await;
        assert_eq!(chosen(&page), expected, "{quote}");
        assert_eq!(Draft::read(&page).field("p"), paragraph, "{quote}");
    }
    // Where the link says another paragraph, the words decide.
    let page = app
        .page("/articles/siege/report?r=1&p=3&quote=wall+held")
        .await;
    assert_eq!(Draft::read(&page).field("p"), "1");
}

#[tokio::test]
async fn a_quotation_that_cannot_be_chosen_stands_in_a_field_to_edit() {
    let app = site_over(siege()).await;
    for (quote, expected) in [
        ("This+stands+nowhere.", "This stands nowhere."),
        ("had+promised.+On+the+fourth", "had promised. On the fourth"),
        (
            "had+promised.%0A%0AOn+the+fourth",
            "had promised.\n\nOn the fourth",
        ),
    ] {
        let path = format!("/articles/siege/report?r=1&quote={quote}");
        let page = app.page(&path).await;
        assert!(page.all("input[name=passage]").is_empty(), "{quote}");
        assert_eq!(Draft::read(&page).field("passage"), expected);
    }
}

#[tokio::test]
async fn an_old_text_names_no_article_that_is_not_published() {
    let corpus = siege();
    let file = "articles/06/04/siege.md";
    corpus.edit(file, "It was cold", "It led to [[hidden-war]]");
    let draft = article("A war of which nobody knows", "1500-07-01", "It began.");
    let draft = draft.replace("sources:", "draft: true\nsources:");
    corpus.write("articles/07/01/hidden-war.md", &draft);
    let app = site_over(corpus).await;
    app.edit(file, "fourth day", "fifth day");
    app.ingest();
    let path = "/articles/siege/report?r=1&p=3";
    assert_eq!(chosen(&app.page(path).await), "It led to hidden war");
    // Once it is there for everybody, its headline is too.
    app.edit("articles/07/01/hidden-war.md", "draft: true\n", "");
    app.ingest();
    assert_eq!(
        chosen(&app.page(path).await),
        "It led to A war of which nobody knows"
    );
}
