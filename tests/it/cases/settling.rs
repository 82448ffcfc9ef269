//! The file of an article has the last word.

use daybook::cases::Named;

use super::*;

impl Desk {
    /// As an import that finds a correction which names this case.
    async fn settle(&self, id: &str, text: &str, revision: i64) -> Vec<String> {
        let (id, text) = (id.to_owned(), text.to_owned());
        self.write(move |conn| {
            let named = [Named {
                case: &id,
                kind: "correction",
                text: &text,
                date: "2026-11-22",
            }];
            cases::settle(
                conn,
                "seoul-falls",
                revision,
                &named,
                &letterhead(),
                NOON + 9,
            )
        })
        .await
    }
}

#[tokio::test]
async fn an_import_closes_the_case_that_a_correction_names() {
    let desk = Desk::new();
    let id = desk.report("date", "4", "a@example.org").await;
    desk.accept(&id).await;
    assert_eq!(desk.mails("outcome", "a@example.org"), 0);
    assert!(desk.settle(&id, "It said 7.", 4).await.is_empty());
    let case = desk.case(&id).await;
    assert_eq!(case.state(), State::Corrected);
    assert_eq!(
        (case.corrected_in, case.note.as_str()),
        (Some(4), "It said 7.")
    );
    assert_eq!(desk.mails("outcome", "a@example.org"), 1);
    // The next import of the same file finds nothing to do.
    desk.settle(&id, "It said 7.", 5).await;
    assert_eq!(desk.case(&id).await, case);
    assert_eq!(desk.mails("outcome", "a@example.org"), 1);
}

#[tokio::test]
async fn a_correction_by_hand_settles_what_nobody_has_decided() {
    let desk = Desk::new();
    let id = desk.report("date", "4", "").await;
    // A file may write the number small.
    desk.settle(&id.to_lowercase(), "It said 7.", 2).await;
    let case = desk.case(&id).await;
    assert_eq!(case.state(), State::Corrected);
    assert_eq!(case.decided_at, Some(NOON + 9));
    assert!(case.is_public());
}

#[tokio::test]
async fn words_that_are_doubted_close_a_case_no_second_time() {
    let desk = Desk::new();
    let id = desk.report("date", "4", "").await;
    desk.accept(&id).await;
    desk.settle(&id, "It said 7.", 4).await;
    desk.reopen(&id).await;
    desk.settle(&id, "It said 7.", 4).await;
    assert_eq!(desk.case(&id).await.state(), State::Reopened);
    desk.settle(&id, "It said 7, and then 5.", 6).await;
    let case = desk.case(&id).await;
    assert_eq!(
        (case.state(), case.corrected_in),
        (State::Corrected, Some(6))
    );
}

#[tokio::test]
async fn a_correction_that_names_a_merged_case_settles_the_other() {
    let desk = Desk::new();
    let kept = desk.report("date", "4", "").await;
    let merged = desk.report("date", "5", "").await;
    let into = kept.clone();
    desk.change(&merged, move |conn, change| {
        cases::merge(conn, change, &into, &letterhead())
    })
    .await
    .unwrap();
    desk.settle(&merged, "It said 7.", 4).await;
    assert_eq!(desk.case(&kept).await.state(), State::Corrected);
    assert_eq!(desk.case(&merged).await.state(), State::Merged);
}

#[tokio::test]
async fn a_correction_that_names_no_case_is_told() {
    let desk = Desk::new();
    assert_eq!(desk.settle("C-ZZZZZZ", "x", 1).await, ["C-ZZZZZZ"]);
}
