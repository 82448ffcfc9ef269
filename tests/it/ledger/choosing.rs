//! What the ledger measures, and how to choose among its cases.

use daybook::cases::NoteKind;
use serde_json::Value;

use super::{DAY, Desk, at, json, site, site_in, text};

#[tokio::test]
async fn the_figures_measure_from_the_report_to_the_first_decision() {
    let app = site().await;
    let desk = Desk::of(&app);
    for (category, days) in [("date", 1.0), ("place", 2.0), ("person", 6.0)] {
        let case = desk.report(Some("seoul-falls"), category, 0.0).await;
        desk.decline(&case, "No.", days).await;
        if category == "place" {
            desk.reopen(&case, "Yet.", 50.0).await;
            desk.accept(&case, NoteKind::Minor, "Yes.", 60.0).await;
        }
    }
    let letter = desk.report(None, "something-else", -400.0).await;
    desk.decline(&letter, "Thank you.", 0.0).await;
    desk.report(None, "something-else", -300.0).await;
    desk.report(Some("moon-landing"), "date", 3.0).await;
    let figures = json(&app.page("/api/v1/corrections").await)["figures"].clone();
    assert_eq!(figures["median_days"], 2.0);
    assert_eq!(figures["cases"], 3);
    assert_eq!(figures["accepted_share"], 0.333);
    assert_eq!(
        figures["open"], 2,
        "one waits for the file, one for a decision"
    );
    let now = jiff::Timestamp::now().as_millisecond();
    assert_eq!(figures["oldest_open_days"], (now - at(0.0)) / DAY);
    let page = app.page("/corrections").await;
    let shown = page.texts(".ledger-figures__one dd");
    assert_eq!(shown[..3], ["2 days", "33 %", "2"]);
}

#[tokio::test]
async fn cases_are_chosen_by_what_came_of_them_and_counted() {
    let app = site().await;
    let desk = Desk::of(&app);
    for number in 0..52 {
        let case = desk.report(Some("seoul-falls"), "date", 0.0).await;
        desk.decline(&case, "No.", 1.0 + f64::from(number)).await;
    }
    let case = desk.report(Some("moon-landing"), "place", 0.0).await;
    desk.accept(&case, NoteKind::Minor, "Yes.", 1.5).await;

    let first = app.page("/corrections").await;
    assert_eq!(first.all(".ledger__case").len(), 50);
    assert_eq!(first.links(".ledger__turn a"), ["/corrections?page=2"]);
    let second = app.page("/corrections?page=2").await;
    assert_eq!(second.all(".ledger__case").len(), 3);
    assert_eq!(second.links(".ledger__turn a"), ["/corrections"]);
    assert_eq!(app.get("/corrections?page=3").await.status, 404);
    let days = first.all(".ledger__day time");
    let days: Vec<String> = days.iter().map(|one| one.attribute("datetime")).collect();
    assert!(days.is_sorted_by(|newer, older| newer >= older), "{days:?}");

    for (query, number) in [
        ("outcome=declined", 52),
        ("outcome=accepted", 1),
        ("kind=minor", 1),
        ("category=place&article=&kind=", 1),
        ("year=2026", 53),
        ("article=moon-landing", 1),
        ("article=moon-landing&outcome=declined", 0),
        ("year=1999", 0),
        ("utm_source=elsewhere", 53),
    ] {
        let api = json(&app.page(&format!("/api/v1/corrections?{query}")).await);
        assert_eq!(api["total"], number, "{query}");
        let page = app.page(&format!("/corrections?{query}")).await;
        assert_eq!(page.all(".ledger__case").len(), number.min(50), "{query}");
    }
    let api = json(
        &app.page("/api/v1/corrections?outcome=declined&page=2")
            .await,
    );
    assert_eq!(api["next"], Value::Null);
    assert_eq!(
        api["previous"],
        "https://daybook.example/api/v1/corrections?outcome=declined"
    );
    assert_eq!(api["counts"]["outcome"]["accepted"], 1);
    assert_eq!(api["counts"]["article"].as_object().unwrap().len(), 1);

    let chosen = app.page("/corrections?outcome=accepted").await;
    let options = chosen.texts(".ledger-filter dd li");
    assert!(options.contains(&"Declined 52".to_owned()), "{options:?}");
    assert_eq!(
        chosen.one("meta[name=robots]").attribute("content"),
        "noindex"
    );
    for query in ["outcome=merged", "kind=x", "category=x", "year=x", "page=0"] {
        assert_eq!(app.get(&format!("/corrections?{query}")).await.status, 400);
        let api = app.get(&format!("/api/v1/corrections?{query}")).await;
        assert_eq!(api.status, 400, "{query}");
        assert!(text(&json(&api)["detail"]).ends_with('.'));
    }
}

#[tokio::test]
async fn years_and_days_are_those_of_the_site() {
    let app = site_in("Asia/Seoul").await;
    let desk = Desk::of(&app);
    // 2025-12-31T16:00:00Z is 2026 in Seoul.
    let case = desk.report(Some("seoul-falls"), "date", -20.0).await;
    desk.decline(&case, "No.", -10.0 + 16.0 / 24.0).await;
    let page = app.page("/corrections?year=2026").await;
    assert_eq!(page.texts(".ledger__day"), ["January 1"]);
    assert_eq!(page.texts(".ledger__figure"), ["2026"]);
    let api = json(&app.page("/api/v1/corrections?year=2025").await);
    assert_eq!(api["total"], 0);
}
