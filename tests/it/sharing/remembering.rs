//! Links that say which revision their sharer saw.

use super::{BRIDGE, app, bridge, set_up};
use crate::harness::TestApp;

const CORRECTION: &str =
    "corrections: [{date: 2026-12-02, kind: correction, text: It was never blue.}]";
const CLARIFICATION: &str =
    "corrections: [{date: 2026-12-02, kind: clarification, text: Which bank.}]";
const MINOR: &str = "corrections: [{date: 2026-12-02, kind: minor, text: A comma.}]";

/// The page with a query says the same as without, to the byte.
async fn is_ignored(app: &TestApp, query: &str) {
    let plain = app.get("/articles/bridge").await;
    let asked = app.get(&format!("/articles/bridge?{query}")).await;
    assert_eq!(asked.status, 200, "{query}");
    assert_eq!(asked.bytes, plain.bytes, "{query}");
    assert_eq!(asked.header("etag"), plain.header("etag"), "{query}");
    let path = format!("/articles/bridge?{query}");
    let again = app.get_with(&path, "if-none-match", plain.header("etag"));
    assert_eq!(again.await.status, 304, "{query}");
}

#[tokio::test]
async fn whoever_follows_an_old_link_is_told_what_was_corrected_since() {
    let app = app(&[
        bridge("", "The bridge was blue. It is long."),
        bridge(CORRECTION, "The bridge was red. It is long."),
    ])
    .await;
    let page = app.page("/articles/bridge?r=1").await;
    assert_eq!(
        page.one(".since__title").text,
        "Corrected since this link was shared"
    );
    assert_eq!(
        page.texts(".since__notes li"),
        ["Correction December 2, 2026: It was never blue."]
    );
    assert_eq!(page.texts(".since del"), ["[taken out: blue]"]);
    assert_eq!(page.texts(".since ins"), ["[put in: red]"]);
    assert_eq!(page.texts(".since .comparison__name"), ["Text"]);
    assert_eq!(
        page.links(".since a"),
        [
            "/articles/bridge/revisions/1",
            "/articles/bridge/compare/1..2"
        ]
    );
    let canonical = page.one("link[rel=canonical]");
    assert!(canonical.attribute("href").ends_with("/articles/bridge"));
    // The article itself stands below, as it is now.
    assert!(page.one(".prose").text.contains("The bridge was red."));
    assert_eq!(app.head("/articles/bridge?r=1").await.status, 200);
    let etag = page.header("etag").to_owned();
    let again = app.get_with("/articles/bridge?utm_source=x&r=1", "if-none-match", &etag);
    assert_eq!(again.await.status, 304);
}

#[tokio::test]
async fn clarifications_and_mere_edits_are_called_what_they_are() {
    for (lines, headline) in [
        (CLARIFICATION, "Clarified since this link was shared"),
        (MINOR, "Edited since this link was shared"),
        ("", "Edited since this link was shared"),
    ] {
        let app = app(&[bridge("", "One."), bridge(lines, "Two.")]).await;
        let page = app.page("/articles/bridge?r=1").await;
        assert_eq!(page.one(".since__title").text, headline);
        assert!(page.all(".since--correction").is_empty());
    }
}

#[tokio::test]
async fn a_note_that_the_sharer_saw_is_none_that_came_since() {
    let app = app(&[
        bridge("", "One."),
        bridge(CORRECTION, "Two."),
        bridge(CORRECTION, "Three."),
    ])
    .await;
    let page = app.page("/articles/bridge?r=2").await;
    assert_eq!(
        page.one(".since__title").text,
        "Edited since this link was shared"
    );
    assert!(page.all(".since__notes").is_empty());
    let page = app.page("/articles/bridge?r=1").await;
    assert!(page.one(".since__title").text.starts_with("Corrected"));
}

#[tokio::test]
async fn what_says_nothing_of_a_revision_changes_nothing() {
    let app = app(&[
        bridge("draft: true", "A secret draft."),
        bridge("", "One."),
        bridge(CORRECTION, "Two."),
        // No word that a reader sees is another.
        bridge(CORRECTION, "Two.\n"),
    ])
    .await;
    for query in [
        "r=4",
        "r=5",
        "r=999999",
        "r=99999999999999999999",
        "r=0",
        "r=-1",
        "r=02",
        "r=two",
        "r=",
        "r",
        "r=1",
        "r=3",
        "x=y",
        "r=%F0%9F",
        "fbclid=1&p=2",
    ] {
        is_ignored(&app, query).await;
    }
    is_ignored(&app, &format!("r={}", "9".repeat(5_000))).await;
    let page = app.page("/articles/bridge?r=2").await;
    assert!(!page.text().contains("secret"));
    assert_eq!(page.all(".since").len(), 1);
}

#[tokio::test]
async fn what_is_kept_back_does_not_come_back_through_a_link() {
    let app = app(&[
        bridge("", "The slander stood here."),
        bridge(CORRECTION, "It stands here no more."),
    ])
    .await;
    assert!(
        app.page("/articles/bridge?r=1")
            .await
            .text()
            .contains("slander")
    );
    app.database.execute(
        "INSERT INTO cases (id, kind, state, urgent, article, category, passage, reports,
            opened_at, changed_at, version, reason, note_kind, note, note_date, amended,
            amended_from)
         VALUES ('C-000001', 'removal', 'checking', TRUE, 'bridge', 'privacy', '', 1, 1, 1, 1,
            '', '', '', '', '', '')",
    );
    app.database.execute(
        "INSERT INTO holds (case_id, article, kind, since) VALUES ('C-000001', 'bridge', 'text', 1)");
    is_ignored(&app, "r=1").await;
    assert!(
        !app.page("/articles/bridge?r=1")
            .await
            .text()
            .contains("slander")
    );
    let share = app.page("/articles/bridge/share?p=1").await;
    assert!(share.all(".quotes").is_empty());
    assert!(!share.text().contains("stands here"));
}

#[tokio::test]
async fn a_link_follows_its_article_to_another_address() {
    let app = app(&[bridge("", "One."), bridge(CORRECTION, "Two.")]).await;
    app.remove(BRIDGE);
    app.write(
        "articles/01/01/great-bridge.md",
        bridge(&format!("{CORRECTION}\naliases: [bridge]"), "Two."),
    );
    app.ingest();
    let moved = app.get("/articles/bridge?r=1").await;
    assert_eq!(moved.status, 301);
    assert_eq!(moved.header("location"), "/articles/great-bridge?r=1");
    let page = app.page("/articles/great-bridge?r=1").await;
    assert!(page.one(".since__title").text.starts_with("Corrected"));
    assert_eq!(app.get("/articles/none?r=1").await.status, 404);
    // The slash and the case of an address are put right, and the number stays.
    let respelt = app.get("/articles/Great-Bridge/?r=1").await;
    assert_eq!(respelt.header("location"), "/articles/great-bridge?r=1");
}

#[tokio::test]
async fn a_long_change_waits_behind_a_line_and_a_longer_one_is_cut() {
    let sentences = |word: &str, count: usize| -> String {
        (0..count)
            .map(|number| format!("The {word} of number {number} stands here, and all who cross the river in this town know of it.\n\n"))
            .collect()
    };
    let app = set_up(
        &[
            bridge("", "Short."),
            bridge("", &sentences("bridge", 11).repeat(3)),
            bridge(CORRECTION, &sentences("tower", 11).repeat(3)),
        ],
        |setup| setup,
    )
    .await;
    let page = app.page("/articles/bridge?r=1").await;
    let shown =
        page.all(".since :is(.comparison__added, .comparison__changed, .comparison__removed)");
    assert_eq!(shown.len(), 12);
    assert!(page.text().contains("All that changed"));
    let page = app.page("/articles/bridge?r=2").await;
    assert_eq!(
        page.texts("details.since__changes > summary"),
        ["What changed"]
    );
}

#[tokio::test]
async fn editors_who_look_at_drafts_are_told_as_well() {
    let app = set_up(
        &[bridge("draft: true", "One."), bridge("draft: true", "Two.")],
        crate::harness::Setup::drafts,
    )
    .await;
    let page = app.page("/articles/bridge?r=1").await;
    assert_eq!(page.texts(".since del"), ["[taken out: One.]"]);
}
