//! What the receipt says as its case goes on, to each of those who reported it.

use daybook::cases::{self, Acceptance, Actor, Case, Change, Named, NoteKind};
use daybook::db::AnyConnection;
use daybook::paths;

use super::{Draft, column, count, site};
use crate::harness::{Page, TestApp, letterhead};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A report that names a day of its own.
fn report(day: u32) -> Draft {
    Draft::about("seoul-falls")
        .with("p", "1")
        .with("passage", "Nobody fought for the streets.")
        .with("correct", &format!("{day} January 1951"))
}

/// Changes a case as it stands, in a transaction.
async fn change<T: Send + 'static>(
    app: &TestApp,
    id: &str,
    work: impl FnOnce(&mut AnyConnection, &Change<'_>) -> T + Send + 'static,
) -> T {
    let id = id.to_owned();
    let write = move |conn: &mut AnyConnection| {
        let case = cases::by_id(conn, &id)?.unwrap();
        let change = Change {
            case: &id,
            seen: case.version,
            by: Actor::Editor("E-000001"),
            now: jiff::Timestamp::now().as_millisecond(),
        };
        Ok(work(conn, &change))
    };
    app.database.open().write(write).await.unwrap()
}

fn case(app: &TestApp, id: &str) -> Case {
    cases::by_id(&mut app.database.connect(), id)
        .unwrap()
        .unwrap()
}

/// The heading, and the sentences of the steps.
fn told(page: &Page) -> (String, Vec<String>) {
    (
        page.one(".receipt__state h2").text,
        page.texts(".receipt__steps li div > span:first-child"),
    )
}

#[tokio::test]
async fn two_readers_of_one_error_are_told_of_one_case_step_by_step() {
    let app = site().await;
    let first = report(5).keep(&app).await;
    let second = report(5).with("wrong", "Wrong day!").keep(&app).await;
    let ids = column(&app, "case_id");
    assert_eq!(ids[0], ids[1]);
    let id = &ids[0];
    for receipt in [&first, &second] {
        let page = app.page(receipt).await;
        let (heading, steps) = told(&page);
        assert_eq!(heading, "Received");
        assert_eq!(steps.len(), 3);
        assert!(page.text().contains("2 readers reported this."));
        // Until something is decided, the case is nobody's business.
        assert!(!page.text().contains(id.as_str()));
    }
    change(&app, id, |conn, change| {
        cases::take(conn, change, Some("E-000001"))
            .unwrap()
            .unwrap()
    })
    .await;
    let (heading, steps) = told(&app.page(&first).await);
    assert_eq!(heading, "Being checked");
    assert_eq!(steps[1], "An editor began to check it.");
    change(&app, id, |conn, change| {
        let acceptance = Acceptance {
            kind: NoteKind::Correction,
            note: "It said 4; it was <5>.".to_owned(),
            date: "2026-11-22".to_owned(),
            amended: None,
        };
        cases::accept(conn, change, &acceptance).unwrap().unwrap()
    })
    .await;
    let page = app.page(&second).await;
    assert_eq!(told(&page).0, "Accepted");
    assert_eq!(
        page.texts(".receipt__steps blockquote"),
        ["It said 4; it was <5>."]
    );
    let ledger = paths::record::case(id);
    assert!(page.links(".receipt__state a").contains(&ledger));
    change(&app, id, |conn, change| {
        let named = Named {
            case: change.case,
            kind: "correction",
            text: "It said 4; it was 5.",
            date: "2026-11-22",
        };
        cases::settle(conn, "seoul-falls", 2, &[named], &letterhead(), change.now).unwrap()
    })
    .await;
    let page = app.page(&first).await;
    assert_eq!(told(&page).0, "Corrected");
    let links = page.links(".receipt__steps a");
    assert_eq!(
        links,
        ["/articles/seoul-falls", "/articles/seoul-falls/revisions/2"]
    );
    change(&app, id, |conn, change| {
        cases::reopen(conn, change, "The diary says otherwise.")
            .unwrap()
            .unwrap()
    })
    .await;
    let page = app.page(&first).await;
    assert_eq!(told(&page).0, "Being checked again");
    assert!(page.text().contains("The diary says otherwise."));
    assert_eq!(page.texts(".receipt__steps time").len(), 5);
}

#[tokio::test]
async fn a_merged_report_goes_on_with_the_case_that_answers_it() {
    let app = site().await;
    let first = report(5).keep(&app).await;
    let second = report(6).keep(&app).await;
    let ids = column(&app, "case_id");
    assert_ne!(ids[0], ids[1]);
    let into = ids[1].clone();
    change(&app, &ids[0], move |conn, change| {
        cases::merge(conn, change, &into, &letterhead())
            .unwrap()
            .unwrap()
    })
    .await;
    change(&app, &ids[1], |conn, change| {
        cases::decline(conn, change, "Two diaries agree.", &letterhead())
            .unwrap()
            .unwrap()
    })
    .await;
    let page = app.page(&first).await;
    let (heading, steps) = told(&page);
    assert_eq!(heading, "Declined");
    assert_eq!(
        steps,
        [
            "The report was received.",
            "Another report says the same, so that one decision answers both.",
            "An editor checked it; the article stays as it is, for this reason.",
        ]
    );
    assert!(
        page.links(".receipt__state a")
            .contains(&paths::record::case(&ids[1]))
    );
    assert!(!page.text().contains(&ids[0]));
    let (_, steps) = told(&app.page(&second).await);
    assert_eq!(steps.len(), 2);
}

#[tokio::test]
async fn a_letter_is_answered_and_is_no_case_of_the_ledger() {
    let app = site().await;
    let receipt = Draft::letter().keep(&app).await;
    let id = column(&app, "case_id").remove(0);
    change(&app, &id, |conn, change| {
        cases::decline(conn, change, "You are welcome.", &letterhead())
            .unwrap()
            .unwrap()
    })
    .await;
    let page = app.page(&receipt).await;
    assert_eq!(told(&page).0, "Answered");
    assert_eq!(
        page.texts(".receipt__steps blockquote"),
        ["You are welcome."]
    );
    assert!(!page.text().contains(&id));
}

#[tokio::test]
async fn what_cannot_wait_stands_at_the_top_and_says_so() {
    let app = site().await;
    for category in ["removal", "rights"] {
        for draft in [Draft::about("seoul-falls"), Draft::letter()] {
            let receipt = draft.with("category", category).keep(&app).await;
            let page = app.page(&receipt).await;
            assert!(page.text().contains("stands at the top"), "{category}");
            let id = column(&app, "case_id").pop().unwrap();
            let case = case(&app, &id);
            assert!(case.urgent);
            assert_eq!(case.kind, category);
        }
    }
}

#[tokio::test]
async fn a_receipt_ends_half_a_year_after_its_case() {
    let app = site().await;
    let receipt = report(5).keep(&app).await;
    let id = column(&app, "case_id").remove(0);
    change(&app, &id, |conn, change| {
        cases::decline(conn, change, "No.", &letterhead())
            .unwrap()
            .unwrap()
    })
    .await;
    for (days, status) in [(179, 200), (181, 410)] {
        let closed = jiff::Timestamp::now().as_millisecond() - days * DAY;
        app.database
            .execute(&format!("UPDATE cases SET closed_at = {closed}"));
        let page = app.get(&receipt).await;
        assert_eq!(page.status, status);
        assert_eq!(
            page.text().contains("This receipt has ended"),
            status == 410
        );
        assert_eq!(page.text().contains("Nobody fought"), status == 200);
        assert_eq!(page.header("x-robots-tag"), "noindex, nofollow");
    }
}

#[tokio::test]
async fn a_report_is_never_kept_without_its_case() {
    let app = site().await;
    app.database
        .execute("ALTER TABLE cases RENAME TO cases_away");
    let draft = report(5);
    assert_eq!(draft.send(&app).await.status, 500);
    assert_eq!(count(&app), 0);
    app.database
        .execute("ALTER TABLE cases_away RENAME TO cases");
    draft.keep(&app).await;
    draft.keep(&app).await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM cases"), 1);
    assert_eq!(app.database.number("SELECT SUM(reports) FROM cases"), 1);
    report(6).with("website", "x").keep(&app).await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM cases"), 1);
}
