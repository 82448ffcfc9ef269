//! Two revisions beside each other.

use super::{app, bridge, corrected};

#[tokio::test]
async fn what_changed_is_marked_word_by_word_and_spoken() {
    let app = corrected().await;
    let page = app.page("/articles/bridge/compare/2..3").await;
    assert_eq!(
        page.texts(".comparison__changed del"),
        ["[taken out: blue]"]
    );
    assert_eq!(page.texts(".comparison__changed ins"), ["[put in: red]"]);
    assert_eq!(page.texts(".comparison h2"), ["Text", "Corrections"]);
    assert!(
        page.one(".comparison__sum--small")
            .text
            .starts_with("Unchanged: title, summary, dates,")
    );
    assert_eq!(
        page.links(".record-head__sides a"),
        [
            "/articles/bridge/revisions/2",
            "/articles/bridge/revisions/3"
        ]
    );
    assert_eq!(
        page.one("meta[name=robots]").attribute("content"),
        "noindex"
    );
}

#[tokio::test]
async fn numbers_the_wrong_way_round_are_turned_and_equal_ones_told() {
    let app = corrected().await;
    let turned = app.get("/articles/bridge/compare/3..1").await;
    assert_eq!(turned.status, 301);
    assert_eq!(turned.header("location"), "/articles/bridge/compare/1..3");
    let same = app.page("/articles/bridge/compare/2..2").await;
    assert!(
        same.one(".comparison__nothing")
            .text
            .contains("the same as itself")
    );
    for numbers in [
        "1..9", "0..1", "1", "1..", "..2", "1...2", "1..2..3", "a..b", "01..2",
    ] {
        let path = format!("/articles/bridge/compare/{numbers}");
        assert_eq!(app.get(&path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn changes_of_the_front_matter_are_named_in_words() {
    let app = app(&[
        bridge("people: [Ada]\nauthor: Bea", "Words."),
        bridge("people: [Ada, Cleo]\nplace: Rome", "Words.").replace("1900-01-01", "1901-01-01"),
        bridge("people: [Ada, Cleo]\nplace: Rome", "Words. ").replace("1900-01-01", "1901-01-01"),
    ])
    .await;
    let page = app.page("/articles/bridge/compare/1..2").await;
    assert_eq!(
        page.texts(".comparison h2"),
        ["Dates", "Places", "People", "Author"]
    );
    assert_eq!(
        page.texts(".comparison ins"),
        [
            "[put in: words put in]",
            "[put in: 1901]",
            "[put in: Rome]",
            "[put in: Cleo]"
        ]
    );
    let page = app.page("/articles/bridge/compare/2..3").await;
    assert!(page.one(".comparison__nothing").text.starts_with("No word"));
}

#[tokio::test]
async fn nothing_that_was_written_is_markup() {
    let app = app(&[
        bridge("", "A \\<script>alert(1)\\</script> in words."),
        bridge("", "A \\<script>alert(2)\\</script> in words & more."),
    ])
    .await;
    let page = app.page("/articles/bridge/compare/1..2").await;
    assert!(!page.text().contains("<script>alert"));
    assert!(
        page.one(".comparison__changed")
            .text
            .contains("<script>alert(")
    );
}

#[tokio::test]
async fn texts_that_are_long_and_unlike_are_answered_in_time() {
    let text = |word: &str| -> String {
        let words = (0..25_000).map(|number| format!("{word}{number:x}"));
        words.collect::<Vec<_>>().join(" ")
    };
    let (one, other) = (text("a"), text("b"));
    let too_long = format!("{one}\n\n{other}\n\n{}", text("c"));
    let app = app(&[bridge("", &one), bridge("", &other), bridge("", &too_long)]).await;
    let started = std::time::Instant::now();
    let page = app.page("/articles/bridge/compare/1..2").await;
    let took = started.elapsed();
    assert!(took.as_secs() < 10, "{took:?}");
    assert!(page.text().contains("a61a7") && page.text().contains("b61a7"));
    let page = app.page("/articles/bridge/compare/2..3").await;
    assert!(page.one(".comparison__nothing").text.contains("too long"));
    app.page("/articles/bridge/history").await;
}
