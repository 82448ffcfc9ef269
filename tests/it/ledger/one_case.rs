//! The page of one case, and what it may name.

use daybook::cases::NoteKind;
use serde_json::Value;

use super::{Desk, FORMS, address, json, site, structured};

#[tokio::test]
async fn a_case_has_a_page_once_it_is_decided() {
    let app = site().await;
    let desk = Desk::of(&app);
    let case = desk.report(Some("seoul-falls"), "date", 0.0).await;
    let path = format!("/corrections/{}", case.to_lowercase());
    let api = format!("/api/v1{path}");
    assert_eq!(app.get(&path).await.status, 404);
    let missing = app.get(&api).await;
    assert_eq!(missing.status, 404);
    assert_eq!(missing.header("content-type"), "application/problem+json");

    let note = "It said 7 January; it was 4 January.";
    desk.accept(&case, NoteKind::Correction, note, 2.5).await;
    desk.correct(&case, "seoul-falls", NoteKind::Correction, note, 4.0)
        .await;
    let upper = app.get(&format!("/corrections/{case}")).await;
    assert_eq!(upper.status, 301);
    assert_eq!(upper.header("location"), path);

    let page = app.page(&path).await;
    assert_eq!(page.one("h1").text, format!("Case {case}"));
    assert_eq!(page.one(".ledger__outcome").text, "Correction");
    assert_eq!(page.one(".ledger__text").text, note);
    assert_eq!(
        page.links(".ledger__facts a, .ledger__subject a"),
        [
            "/articles/seoul-falls",
            "/articles/seoul-falls/revisions/2",
            "/articles/seoul-falls/history",
        ]
    );
    assert_eq!(
        page.texts(".ledger__steps time"),
        ["January 10, 2026", "January 12, 2026", "January 14, 2026"]
    );
    // What stands above is not said again.
    assert_eq!(page.texts(".ledger__said"), [""; 0]);
    let whole = json(&app.page(&api).await);
    assert_eq!(whole["days"], 2);
    assert_eq!(whole["opened"], "2026-01-10");
    assert_eq!(whole["published"], "2026-01-12T12:00:00Z");
    assert_eq!(whole["updated"], "2026-01-14T00:00:00Z");
    assert_eq!(whole["steps"].as_array().unwrap().len(), 3);
    assert_eq!(structured(&page)["@id"], Value::from(address(&case)));

    desk.reopen(&case, "A second source came.", 5.0).await;
    let page = app.page(&path).await;
    assert_eq!(page.one(".ledger__outcome").text, "Reopened");
    assert_eq!(page.texts(".ledger__said"), ["A second source came."]);
}

#[tokio::test]
async fn a_merged_case_shows_which_one_answers_it() {
    let app = site().await;
    let desk = Desk::of(&app);
    let target = desk.report(Some("seoul-falls"), "date", 0.0).await;
    let case = desk.report(Some("seoul-falls"), "place", 0.0).await;
    let path = format!("/corrections/{}", case.to_lowercase());
    let other = format!("/corrections/{}", target.to_lowercase());
    desk.merge(&case, &target, 1.0).await;
    // Nothing is public of either before the decision.
    assert_eq!(app.get(&path).await.status, 404);
    desk.decline(&target, "The source says so.", 2.0).await;
    let page = app.page(&path).await;
    assert_eq!(page.links("main .folio a"), [other]);
    let merged = json(&app.page(&format!("/api/v1{path}")).await);
    assert_eq!(merged["merged_into"], Value::from(address(&target)));

    // What was public once stays so.
    let first = desk.report(Some("moon-landing"), "date", 0.0).await;
    desk.decline(&first, "No.", 1.0).await;
    desk.reopen(&first, "Yet.", 2.0).await;
    let second = desk.report(Some("moon-landing"), "place", 0.0).await;
    desk.merge(&first, &second, 3.0).await;
    let page = app
        .page(&format!("/corrections/{}", first.to_lowercase()))
        .await;
    assert_eq!(page.links("main .folio a"), [""; 0]);
    assert!(page.one("main .folio").text.contains(&second));
}

#[tokio::test]
async fn an_article_that_cannot_be_read_is_not_named() {
    let app = site().await;
    let desk = Desk::of(&app);
    let draft = desk.report(Some("unfinished"), "date", 0.0).await;
    desk.decline(&draft, "No.", 1.0).await;
    for path in FORMS {
        let page = app.page(path).await;
        assert!(page.text().contains(&draft.to_lowercase()), "{path}");
        assert!(!page.text().contains("unfinished"), "{path}");
    }
    let page = app.page("/corrections").await;
    assert_eq!(
        page.one(".ledger__subject").text,
        "A page that is not public"
    );

    let gone = app
        .database
        .lines("SELECT slug AS line FROM tombstones ORDER BY slug");
    let case = desk.report(Some(&gone[0]), "date", 0.0).await;
    desk.decline(&case, "No.", 2.0).await;
    let page = app
        .page(&format!("/corrections/{}", case.to_lowercase()))
        .await;
    let subject = page.one(".ledger__subject a");
    assert_eq!(subject.text, "An article that was removed");
    assert_eq!(subject.attribute("href"), format!("/articles/{}", gone[0]));
}

#[tokio::test]
async fn who_asks_to_be_left_out_is_not_found_through_the_asking() {
    let app = site().await;
    let desk = Desk::of(&app);
    let case = desk.report(Some("moon-landing"), "removal", 0.0).await;
    desk.decline(&case, "It is on public record.", 1.0).await;
    let own = format!("/corrections/{}", case.to_lowercase());
    for path in FORMS
        .into_iter()
        .map(str::to_owned)
        .chain([own.clone(), "/corrections?article=moon-landing".to_owned()])
    {
        let page = app.get(&path).await;
        assert!(!page.text().contains("/articles/moon-landing"), "{path}");
        assert!(!page.text().contains("history"), "{path}");
    }
    let page = app.page(&own).await;
    let subject = page.one(".ledger__subject");
    assert_eq!(subject.text, "An article that names a living person");
}
