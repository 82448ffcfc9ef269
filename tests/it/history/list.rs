//! The list of all revisions.

use super::{BRIDGE, app, bridge, corrected};
use crate::harness::{Corpus, Setup};

#[tokio::test]
async fn each_revision_has_its_reason_and_its_ways() {
    let app = corrected().await;
    let page = app.page("/articles/bridge/history").await;
    assert_eq!(
        page.texts(".revisions__number"),
        ["Revision 4", "Revision 3", "Revision 2", "Revision 1"]
    );
    assert_eq!(
        page.texts(".revisions__reason"),
        [
            "Clarification Which bank.",
            "Minor edit A comma.",
            "Correction It was ‘red’. Case C-7K3Q2M",
            "No note was given.",
            "First published."
        ]
    );
    assert_eq!(
        page.texts(".revisions__ways li:first-child"),
        [
            "3 words added",
            "1 word added, 1 taken out",
            "1 word added",
            "Read revision 1"
        ]
    );
    assert_eq!(
        page.links("#revision-3 .revisions__entry a"),
        [
            "/corrections/c-7k3q2m",
            "/articles/bridge/compare/2..3",
            "/articles/bridge/revisions/3"
        ]
    );
    let hash = page.one("#revision-4 .revisions__hash");
    assert_eq!(hash.text.len(), 12);
    assert!(
        hash.attribute("title")
            .starts_with(&format!("SHA-256 {}", hash.text))
    );
    assert_eq!(hash.attribute("title").len(), "SHA-256 ".len() + 64);
    // Each note of the present article has an address.
    for (id, words) in [("1", "Correction"), ("2", "Clarification"), ("3", "Minor")] {
        let note = page.one(&format!("#correction-{id}"));
        assert!(note.text.starts_with(words), "{note:?}");
    }
    // The form needs no script.
    let form = page.one("form.compare-form");
    assert_eq!(form.attribute("method"), "get");
    let there = app.get("/articles/bridge/compare?from=3&to=1").await;
    assert_eq!(there.status, 303);
    assert_eq!(there.header("location"), "/articles/bridge/compare/1..3");
    for nothing in ["", "?from=x&to=2", "?from=1"] {
        let there = app.get(&format!("/articles/bridge/compare{nothing}")).await;
        assert_eq!(there.header("location"), "/articles/bridge/history");
    }
}

#[tokio::test]
async fn it_is_cached_until_it_changes() {
    let app = corrected().await;
    let path = "/articles/bridge/history";
    let page = app.page(path).await;
    assert!(page.header("cache-control").starts_with("public"));
    let tag = page.header("etag").to_owned();
    assert_eq!(app.get_with(path, "if-none-match", &tag).await.status, 304);
    app.edit(BRIDGE, "very long", "endless");
    app.ingest();
    assert_eq!(app.get_with(path, "if-none-match", &tag).await.status, 200);
}

#[tokio::test]
async fn what_was_a_draft_is_listed_and_never_shown() {
    let app = app(&[
        bridge("draft: true", "A secret."),
        bridge("published: 2999-01-01", "Another secret."),
        bridge("", "For all."),
        bridge("", "For all and everybody."),
    ])
    .await;
    let page = app.page("/articles/bridge/history").await;
    let hidden = |number: u8| {
        page.one(&format!("#revision-{number} .revisions__reason"))
            .text
    };
    assert!(hidden(1).starts_with("Not public"));
    assert!(hidden(2).starts_with("Not public"));
    assert_eq!(hidden(3), "First published.");
    assert!(
        page.all("#revision-1 a, #revision-2 a, #revision-1 code")
            .is_empty()
    );
    assert_eq!(page.texts("select[name=from] option"), ["4", "3"]);
    for path in [
        "/articles/bridge/revisions/1",
        "/articles/bridge/revisions/2",
        "/articles/bridge/compare/1..3",
        "/articles/bridge/compare/2..4",
        "/articles/bridge/compare/1..2",
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("secret"), "{path}");
    }
    app.page("/articles/bridge/compare/3..4").await;
}

#[tokio::test]
async fn a_hidden_article_has_no_past_and_editors_see_all_of_it() {
    let corpus = Corpus::empty();
    for lines in ["", "draft: true"] {
        corpus.write(BRIDGE, bridge(lines, "Words."));
        corpus.ingest();
    }
    let draft = Setup::new(corpus).start().await;
    for path in ["history", "revisions/1", "compare/1..2"] {
        let path = format!("/articles/bridge/{path}");
        assert_eq!(draft.get(&path).await.status, 404, "{path}");
    }
    assert_eq!(draft.get("/articles/bridge.md").await.status, 404);

    let corpus = Corpus::empty();
    for lines in ["draft: true", ""] {
        corpus.write(BRIDGE, bridge(lines, "Words."));
        corpus.ingest();
    }
    let editors = Setup::new(corpus).drafts().start().await;
    editors.page("/articles/bridge/revisions/1").await;
    editors.page("/articles/bridge/compare/1..2").await;
}

#[tokio::test]
async fn old_names_lead_on_and_removed_articles_are_gone() {
    let app = corrected().await;
    let file = app
        .read(BRIDGE)
        .replace("sources:", "aliases: [bridge]\nsources:");
    app.remove(BRIDGE);
    app.write("articles/01/01/crossing.md", file);
    app.ingest();
    for path in ["/history", "/revisions/1", "/compare/1..2", ".md"] {
        let moved = app.get(&format!("/articles/bridge{path}")).await;
        assert_eq!(moved.status, 301, "{path}");
        let there = format!("/articles/crossing{path}");
        assert_eq!(moved.header("location"), there);
        app.page(&there).await;
    }
    app.remove("articles/01/01/crossing.md");
    app.ingest();
    for path in ["/history", "/revisions/1", "/compare/1..2", ".md"] {
        let path = format!("/articles/crossing{path}");
        assert_eq!(app.get(&path).await.status, 410, "{path}");
    }
    assert_eq!(app.get("/articles/never/history").await.status, 404);
}

#[tokio::test]
async fn the_file_is_there_as_markdown() {
    let app = corrected().await;
    let file = app.page("/articles/bridge.md").await;
    assert_eq!(file.header("content-type"), "text/markdown; charset=utf-8");
    assert_eq!(file.text(), app.read(BRIDGE));
    let tag = file.header("etag").to_owned();
    let again = app
        .get_with("/articles/bridge.md", "if-none-match", &tag)
        .await;
    assert_eq!(again.status, 304);
    let page = app.page("/articles/bridge").await;
    assert_eq!(
        page.one("link[type='text/markdown']").attribute("href"),
        "/articles/bridge.md"
    );
    assert_eq!(
        page.links("ul[aria-label='Record of this article'] a"),
        ["/articles/bridge/history", "/articles/bridge.md"]
    );
}
