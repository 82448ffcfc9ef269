//! The rows: crashes, the desk's decisions, erasing.

use daybook::mail::{self, Pass};

use super::{DAY, HOUR, MINUTE, NOW, clear, pass};
use crate::harness::{Fault, Step};

#[actix_web::test]
async fn what_was_being_sent_when_the_program_died_is_unknown() {
    let (post, server) = clear().await;
    let id = post.queue("reader@example.org");
    let waiting = post.queue("other@example.org");
    post.corpus.database.execute(&format!(
        "UPDATE outbox SET state = 'sending', attempts = 1, changed_at = {NOW} WHERE id = '{id}'"
    ));
    let mut postman = post.postman(&server);
    assert_eq!(postman.recover(NOW + 1).await.unwrap(), 1);
    assert_eq!(post.state(&id), "unknown");
    pass(&mut postman, NOW + HOUR).await;
    assert_eq!(post.state(&waiting), "sent");
    let to: Vec<String> = server
        .received()
        .into_iter()
        .flat_map(|one| one.to)
        .collect();
    assert_eq!(to, ["other@example.org"]);
}

#[actix_web::test]
async fn what_another_process_never_finished_is_unknown_after_ten_minutes() {
    let (post, server) = clear().await;
    let id = post.queue("reader@example.org");
    post.corpus.database.execute(&format!(
        "UPDATE outbox SET state = 'sending', attempts = 1, changed_at = {NOW} WHERE id = '{id}'"
    ));
    let mut postman = post.postman(&server);
    pass(&mut postman, NOW + 9 * MINUTE).await;
    assert_eq!(post.state(&id), "sending");
    pass(&mut postman, NOW + 10 * MINUTE).await;
    assert_eq!(post.state(&id), "unknown");
    assert_eq!(server.received().len(), 0);
}

#[actix_web::test]
async fn whoever_sent_knows_better_than_whoever_gave_up_on_it() {
    let (post, server) = clear().await;
    server.plan([Fault::Waits(
        Step::Dot,
        std::time::Duration::from_millis(700),
    )]);
    let id = post.queue("reader@example.org");
    let mut slow = post.postman(&server);
    let other = post.postman(&server);
    let hasty = async {
        while server.received().is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        assert_eq!(other.recover(NOW).await.unwrap(), 1);
        assert_eq!(post.state(&id), "unknown");
    };
    futures_util::future::join(pass(&mut slow, NOW), hasty).await;
    assert_eq!(post.state(&id), "sent");
    assert_eq!(post.row(&id).text, "");
}

#[actix_web::test]
async fn editors_see_what_went_wrong_and_may_send_it_again() {
    let (post, server) = clear().await;
    server.plan([
        Fault::Drops(Step::Dot),
        Fault::Says(Step::Rcpt, "550 no such person"),
        Fault::Nothing,
        Fault::Says(Step::Rcpt, "451 greylisted"),
    ]);
    let unknown = post.queue_at("a@example.org", NOW);
    let failed = post.queue_at("b@example.org", NOW + 1);
    let sent = post.queue_at("c@example.org", NOW + 2);
    let mut postman = post.postman(&server);
    pass(&mut postman, NOW + 3).await;
    let mut conn = post.db.connect().unwrap();
    let troubled = mail::troubled(&mut conn).unwrap();
    let seen: Vec<_> = troubled
        .iter()
        .map(|one| (one.id.as_str(), one.state.as_str(), one.recipient.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            (failed.as_str(), "failed", "b@example.org"),
            (unknown.as_str(), "unknown", "a@example.org"),
        ]
    );
    assert_eq!(troubled[0].kind, "outcome");
    assert_eq!(troubled[0].answer, "550 no such person");
    assert!(troubled.iter().all(|one| one.can_be_sent));

    let later = NOW + 3 * DAY;
    assert!(!mail::send_again(&mut conn, &sent, later).unwrap());
    assert!(!mail::send_again(&mut conn, "nothing", later).unwrap());
    assert!(mail::send_again(&mut conn, &unknown, later).unwrap());
    assert!(!mail::send_again(&mut conn, &unknown, later).unwrap());
    pass(&mut postman, later).await;
    // Refused for now, it has a whole day again.
    assert_eq!(post.state(&unknown), "waiting");
    pass(&mut postman, later + HOUR).await;
    assert_eq!(post.state(&unknown), "sent");
    assert!(!mail::send_again(&mut conn, &unknown, later + DAY).unwrap());
    assert_eq!(mail::troubled(&mut conn).unwrap().len(), 1);
}

#[actix_web::test]
async fn an_erased_address_is_nowhere_and_gets_no_mail() {
    let (post, server) = clear().await;
    server.plan([
        Fault::Drops(Step::Dot),
        Fault::Says(Step::Rcpt, "550 <Reader@example.org> unknown"),
    ]);
    let unknown = post.queue_at("reader@example.org", NOW - 1);
    post.queue_at("Reader@example.org", NOW);
    pass(&mut post.postman(&server), NOW).await;
    post.queue_at("reader@example.org", NOW + 1);
    let other = post.queue_at("other@example.org", NOW + 2);
    // An editor may have reported something too, and still has to get in.
    let own = post.queue_at("reader@example.org", NOW + 3);
    post.corpus.database.execute(&format!(
        "UPDATE outbox SET kind = 'reset' WHERE id = '{own}'"
    ));

    let mut conn = post.db.connect().unwrap();
    assert_eq!(mail::undecided(&mut conn).unwrap(), 2);
    let forget = |conn: &mut _, report| mail::forget(conn, "reader@Example.org", report).unwrap();
    assert_eq!(forget(&mut conn, Some("R-000000")), 0, "of another report");
    assert_eq!(forget(&mut conn, None), 3);
    // What was not sent is gone; of what may have arrived stays that it was.
    let left = "SELECT id AS line FROM outbox ORDER BY created_at";
    assert_eq!(
        post.corpus.database.lines(left),
        [&*unknown, &*other, &*own]
    );
    let row = post.row(&unknown);
    assert_eq!(row.state, "unknown");
    assert_eq!([row.recipient, row.text, row.html].concat(), "");
    assert!(!row.answer.contains("eader"), "{}", row.answer);
    assert!(!mail::send_again(&mut conn, &unknown, NOW + 3).unwrap());
    assert!(!mail::troubled(&mut conn).unwrap()[0].can_be_sent);
    assert_eq!(mail::undecided(&mut conn).unwrap(), 0);
    assert_eq!(forget(&mut conn, None), 0);
    pass(&mut post.postman(&server), NOW + HOUR).await;
    assert_eq!(post.state(&other), "sent");
    // The first one, which had arrived, and the two that are left.
    assert_eq!(server.received().len(), 3);
}

#[actix_web::test]
async fn an_address_that_is_erased_while_its_mail_is_sent_does_not_come_back() {
    for (fault, state) in [
        (
            Fault::Says(Step::Dot, "451 <reader@example.org> later"),
            "failed",
        ),
        (
            Fault::Says(Step::Dot, "250 <reader@example.org> taken"),
            "sent",
        ),
        (Fault::Drops(Step::Dot), "unknown"),
    ] {
        let (post, server) = clear().await;
        let id = post.queue("reader@example.org");
        server.plan([fault]);
        // Erased between taking it and hearing the answer.
        let mut postman = post.postman(&server);
        let forget = || {
            let mut conn = post.db.connect().unwrap();
            if post.state(&id) == "sending" {
                mail::forget(&mut conn, "reader@example.org", None).unwrap();
            }
            NOW
        };
        assert_eq!(postman.pass(forget).await.unwrap(), Pass::Done);
        let row = post.row(&id);
        assert_eq!(row.state, state, "{fault:?}");
        assert_eq!([row.recipient, row.text, row.html].concat(), "");
        assert!(!row.answer.contains("reader"), "{}", row.answer);
    }
}

#[actix_web::test]
async fn old_rows_go_and_waiting_ones_stay() {
    let (post, server) = clear().await;
    server.plan([Fault::Nothing, Fault::Says(Step::Rcpt, "550 no")]);
    let sent = post.queue_at("a@example.org", NOW);
    let failed = post.queue_at("b@example.org", NOW + 1);
    pass(&mut post.postman(&server), NOW + 1).await;
    let waiting = post.queue_at("c@example.org", NOW + 1);
    let mut conn = post.db.connect().unwrap();
    assert_eq!(mail::sweep(&mut conn, NOW + 30 * DAY).unwrap(), 0);
    assert_eq!(post.state(&sent), "sent");
    assert_eq!(post.state(&failed), "failed");
    assert_eq!(mail::sweep(&mut conn, NOW + 31 * DAY).unwrap(), 2);
    assert_eq!(
        post.corpus.database.number("SELECT COUNT(*) FROM outbox"),
        1
    );
    assert_eq!(post.state(&waiting), "waiting");
}
