//! The life of a case, from the first report to its end and beyond.

use super::*;

#[tokio::test]
async fn reports_that_say_the_same_are_one_case_and_others_are_not() {
    let desk = Desk::new();
    let first = desk.report("date", "4 January 1951", "").await;
    assert_eq!(desk.report("date", "January 4, 1951", "").await, first);
    let other = desk.report("date", "5 January 1951", "").await;
    assert_ne!(other, first);
    let elsewhere = desk
        .report_about(Some("vasa"), "date", "4 January 1951", "")
        .await;
    assert_ne!(elsewhere, first);
    assert_eq!(desk.case(&first).await.reports, 2);
    assert_eq!(desk.case(&first).await.state(), State::Checking);
    // What was decided is not decided anew by what comes later.
    desk.decline(&first).await.unwrap();
    assert_ne!(desk.report("date", "4 January 1951", "").await, first);
}

#[tokio::test]
async fn of_two_decisions_at_once_the_second_is_told_and_writes_nothing() {
    let desk = Desk::new();
    let id = desk.report("date", "4", "").await;
    let seen = desk.case(&id).await;
    desk.accept(&id).await;
    let stale = seen.clone();
    let refused = desk
        .write(move |conn| {
            let change = Change {
                case: &stale.id,
                seen: stale.version,
                by: EDITOR,
                now: NOON,
            };
            cases::decline(conn, &change, "No.", &letterhead())
        })
        .await;
    match refused {
        Err(Refusal::Overtaken(now)) => assert_eq!(now.state(), State::Accepted),
        other => panic!("{other:?}"),
    }
    assert_eq!(desk.case(&id).await.state(), State::Accepted);
    assert_eq!(desk.case(&id).await.reason, "");
}

#[tokio::test]
async fn only_lawful_steps_are_made() {
    let desk = Desk::new();
    let id = desk.report("date", "4", "").await;
    let lines = desk.corpus.database.number("SELECT COUNT(*) FROM audit");
    let refused = desk.change(&id, |conn, change| cases::reopen(conn, change, "x"));
    assert_eq!(refused.await, Err(Refusal::NotNow(State::Checking)));
    desk.decline(&id).await.unwrap();
    let again = desk.decline(&id).await;
    assert_eq!(again, Err(Refusal::NotNow(State::Declined)));
    let unknown = desk
        .write(|conn| {
            let change = Change {
                case: "C-ZZZZZZ",
                seen: 1,
                by: EDITOR,
                now: NOON,
            };
            cases::accept(conn, &change, &acceptance())
        })
        .await;
    assert_eq!(unknown, Err(Refusal::Unknown));
    // One line for the one step that was made.
    let after = desk.corpus.database.number("SELECT COUNT(*) FROM audit");
    assert_eq!(after, lines + 1);
}

#[tokio::test]
async fn an_outcome_is_told_once_and_only_to_those_who_have_confirmed() {
    let desk = Desk::new();
    let id = desk.report("date", "4", "a@example.org").await;
    desk.report("date", "4", "").await;
    desk.report("date", "4", "b@example.org").await;
    desk.corpus
        .database
        .execute("UPDATE reports SET confirmed_at = NULL WHERE email = 'b@example.org'");
    desk.decline(&id).await.unwrap();
    assert_eq!(desk.mails("outcome", "a@example.org"), 1);
    assert_eq!(desk.mails("outcome", "b@example.org"), 0);
    let text = desk
        .corpus
        .database
        .lines("SELECT text AS line FROM outbox");
    assert!(text[0].contains("Both sources say so."), "{text:?}");
    assert!(text[0].contains(&format!(
        "https://daybook.example/corrections/{}",
        id.to_lowercase()
    )));
    assert!(
        !text[0].contains("Wrong day."),
        "the reader's words: {text:?}"
    );
    // The same outcome after a second thought is no news.
    desk.reopen(&id).await;
    desk.decline(&id).await.unwrap();
    assert_eq!(desk.mails("outcome", "a@example.org"), 1);
    // Who confirms late is told late.
    desk.corpus
        .database
        .execute("UPDATE reports SET confirmed_at = 2 WHERE email = 'b@example.org'");
    desk.write(|conn| cases::tell_reporter(conn, "R-000003", &letterhead(), NOON))
        .await;
    assert_eq!(desk.mails("outcome", "b@example.org"), 1);
    assert_eq!(desk.mails("outcome", "a@example.org"), 1);
}

#[tokio::test]
async fn a_merged_case_is_answered_by_the_other_one() {
    let desk = Desk::new();
    let kept = desk.report("date", "4", "").await;
    let merged = desk.report("date", "5", "a@example.org").await;
    let into = kept.clone();
    let case = desk
        .change(&merged, move |conn, change| {
            cases::merge(conn, change, &into, &letterhead())
        })
        .await
        .unwrap();
    assert_eq!(case.merged_into.as_deref(), Some(kept.as_str()));
    assert_eq!(desk.case(&kept).await.reports, 2);
    desk.decline(&kept).await.unwrap();
    assert_eq!(desk.mails("outcome", "a@example.org"), 1);
    // Not into itself, not into one that is merged.
    let third = desk.report("date", "6", "").await;
    for target in [third.clone(), merged.clone(), "C-ZZZZZZ".to_owned()] {
        let refused = desk.change(&third, move |conn, change| {
            cases::merge(conn, change, &target, &letterhead())
        });
        assert_eq!(refused.await, Err(Refusal::BadTarget));
    }
}

#[tokio::test]
async fn a_report_can_be_spam_after_all_and_no_spam_after_all() {
    let desk = Desk::new();
    let id = desk.report("date", "4", "").await;
    assert!(
        desk.write(|conn| cases::mark_as_spam(conn, "R-000001", EDITOR, NOON))
            .await
    );
    let gone = desk.db.read({
        let id = id.clone();
        move |conn| cases::by_id(conn, &id)
    });
    assert_eq!(gone.await.unwrap(), None);
    let again = desk
        .write(|conn| cases::unmark_spam(conn, "R-000001", EDITOR, NOON))
        .await
        .unwrap();
    assert_eq!(desk.case(&again).await.reports, 1);
    let twice = desk.write(|conn| cases::unmark_spam(conn, "R-000001", EDITOR, NOON));
    assert_eq!(twice.await, None);
    assert_eq!(
        desk.corpus
            .database
            .lines("SELECT state AS line FROM reports"),
        ["received"]
    );
}
