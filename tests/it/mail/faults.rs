//! What goes wrong with the server, and what may then be done.

use std::time::Duration;

use daybook::mail::Pass;

use super::{DAY, HOUR, MINUTE, NOW, Post, clear, pass};
use crate::harness::{Fault, SmtpServer, Step, Way};

/// The state of a mail after one pass with this fault.
async fn after(fault: Fault) -> (Post, SmtpServer, String) {
    let (post, server) = clear().await;
    server.plan([fault]);
    let id = post.queue("reader@example.org");
    pass(&mut post.postman(&server), NOW).await;
    (post, server, id)
}

#[actix_web::test]
async fn what_a_server_refuses_for_now_is_tried_again_until_a_day_has_passed() {
    let (post, server) = clear().await;
    server.plan([Fault::Says(Step::Rcpt, "451 greylisted, come back later"); 20]);
    let id = post.queue("reader@example.org");
    let mut postman = post.postman(&server);
    let mut now = NOW;
    let mut waits = Vec::new();
    loop {
        pass(&mut postman, now).await;
        let row = post.row(&id);
        assert_eq!(row.answer, "451 greylisted, come back later");
        assert!(!row.text.is_empty());
        if row.state == "failed" {
            break;
        }
        assert_eq!(row.state, "waiting");
        // Not a moment earlier.
        pass(&mut postman, row.due_at - 1).await;
        assert_eq!(post.row(&id).attempts, row.attempts);
        waits.push(row.due_at - now);
        now = row.due_at;
    }
    let minutes: Vec<i64> = waits.iter().map(|wait| wait / MINUTE).collect();
    assert_eq!(minutes, [1, 5, 15, 60, 240, 240, 240, 240, 240, 159]);
    assert_eq!(now, NOW + DAY);
    assert_eq!(server.received().len(), 0);
    // It stays as it is.
    pass(&mut postman, now + DAY).await;
    assert_eq!(post.state(&id), "failed");
}

#[actix_web::test]
async fn a_mail_that_was_refused_for_now_arrives_when_it_is_taken() {
    for step in [Step::Mail, Step::Rcpt, Step::Data, Step::Dot] {
        let (post, server, id) = after(Fault::Says(step, "451 not now")).await;
        assert_eq!(post.state(&id), "waiting", "{step:?}");
        pass(&mut post.postman(&server), NOW + MINUTE).await;
        assert_eq!(post.state(&id), "sent", "{step:?}");
        let taken = server.received();
        let taken = taken.iter().filter(|one| one.is_acknowledged);
        assert_eq!(taken.count(), 1, "{step:?}");
    }
}

#[actix_web::test]
async fn what_a_server_refuses_for_good_is_never_tried_again() {
    for step in [Step::Mail, Step::Rcpt, Step::Data, Step::Dot] {
        let (post, server, id) = after(Fault::Says(step, "550 no such person")).await;
        let row = post.row(&id);
        assert_eq!(row.state, "failed", "{step:?}");
        assert_eq!(row.answer, "550 no such person");
        let before = server.commands().len();
        pass(&mut post.postman(&server), NOW + HOUR).await;
        assert_eq!(server.commands().len(), before, "{step:?}");
    }
}

#[actix_web::test]
async fn one_refusal_does_not_hold_up_the_others() {
    let (post, server) = clear().await;
    server.plan([
        Fault::Says(Step::Rcpt, "550 no"),
        Fault::Nothing,
        Fault::Says(Step::Dot, "452 full"),
        Fault::Drops(Step::Mail),
        Fault::Nothing,
    ]);
    // Due one after the other.
    let ids: Vec<String> = (0..5)
        .map(|n| post.queue_at(&format!("r{n}@example.org"), NOW + n))
        .collect();
    let mut postman = post.postman(&server);
    assert_eq!(pass(&mut postman, NOW + 9).await, Pass::Done);
    let states: Vec<String> = ids.iter().map(|id| post.state(id)).collect();
    // The one whose connection was closed went out on another at once.
    assert_eq!(states, ["failed", "sent", "waiting", "sent", "sent"]);
}

#[actix_web::test]
async fn what_was_not_handed_over_is_tried_again() {
    for fault in [
        Fault::Drops(Step::Mail),
        Fault::Drops(Step::Rcpt),
        Fault::Drops(Step::Data),
        Fault::Falls(Step::Rcpt),
        Fault::Falls(Step::Data),
        // An answer that belongs to nothing must not pass for a 354.
        Fault::Says(Step::Data, "250 ok"),
    ] {
        let (post, server, id) = after(fault).await;
        assert_eq!(post.state(&id), "waiting", "{fault:?}");
        assert_eq!(server.received().len(), 0, "{fault:?}");
        assert_eq!(post.row(&id).due_at, NOW + MINUTE);
        pass(&mut post.postman(&server), NOW + MINUTE).await;
        assert_eq!(post.state(&id), "sent", "{fault:?}");
    }
}

#[actix_web::test]
async fn a_message_that_breaks_off_before_its_dot_is_tried_again() {
    let (post, server) = clear().await;
    server.plan([Fault::Falls(Step::Body)]);
    let id = post.queue("reader@example.org");
    // More than fits into what lies between the two.
    let long = "word ".repeat(4_000_000);
    post.corpus.database.execute(&format!(
        "UPDATE outbox SET html = '{long}' WHERE id = '{id}'"
    ));
    let mut postman = post.postman(&server);
    pass(&mut postman, NOW).await;
    let row = post.row(&id);
    assert_eq!(row.state, "waiting", "{}", row.answer);
    assert!(row.answer.starts_with("broken off before its end"));
}

#[actix_web::test]
async fn what_was_handed_over_without_an_answer_is_unknown_and_never_sent_again() {
    for fault in [
        Fault::Drops(Step::Dot),
        Fault::Falls(Step::Dot),
        Fault::Says(Step::Dot, "gibberish"),
        Fault::Says(Step::Dot, "354 go on"),
    ] {
        let (post, server, id) = after(fault).await;
        let row = post.row(&id);
        assert_eq!(row.state, "unknown", "{fault:?}");
        assert!(!row.text.is_empty());
        let mut postman = post.postman(&server);
        postman.recover(NOW + MINUTE).await.unwrap();
        for later in [MINUTE, HOUR, DAY, 2 * DAY] {
            pass(&mut postman, NOW + later).await;
        }
        assert_eq!(post.state(&id), "unknown", "{fault:?}");
        assert_eq!(server.received().len(), 1, "{fault:?}");
    }
}

#[actix_web::test]
async fn a_server_that_takes_its_time_is_waited_for() {
    for step in [Step::Connect, Step::Rcpt, Step::Dot] {
        let (post, server, id) = after(Fault::Waits(step, Duration::from_millis(600))).await;
        assert_eq!(post.state(&id), "sent", "{step:?}");
        assert_eq!(server.received().len(), 1);
    }
}

#[actix_web::test]
async fn a_server_that_takes_nobody_is_left_alone_for_a_while() {
    for fault in [
        Fault::Says(Step::Connect, "421 too busy"),
        Fault::Says(Step::Connect, "554 go away"),
        Fault::Drops(Step::Connect),
        Fault::Falls(Step::Connect),
    ] {
        let (post, server) = clear().await;
        server.plan([fault]);
        let first = post.queue_at("a@example.org", NOW);
        let second = post.queue_at("b@example.org", NOW + 1);
        let mut postman = post.postman(&server);
        assert_eq!(pass(&mut postman, NOW + 2).await, Pass::Unreachable);
        assert_eq!(server.connections(), 1, "{fault:?}");
        assert_eq!(post.state(&first), "waiting", "{fault:?}");
        assert_eq!(post.row(&second).attempts, 0, "{fault:?}");
        pass(&mut postman, NOW + HOUR).await;
        assert_eq!(post.state(&first), "sent");
        assert_eq!(post.state(&second), "sent");
    }
    let post = Post::new();
    let id = post.queue("reader@example.org");
    let gone = SmtpServer::start(Way::Clear).await.url();
    tokio::task::yield_now().await;
    let mut postman = post.postman_with(&gone, None);
    assert_eq!(pass(&mut postman, NOW).await, Pass::Unreachable);
    assert_eq!(post.state(&id), "waiting");
}

#[actix_web::test]
async fn nothing_ever_goes_out_in_clear_text_where_tls_is_asked_for() {
    let no_starttls = SmtpServer::start_as("localhost", Way::Starttls, false).await;
    let foreign = SmtpServer::start_as("elsewhere.example", Way::Starttls, true).await;
    let foreign_tls = SmtpServer::start_as("elsewhere.example", Way::Tls, true).await;
    let stranger = SmtpServer::start(Way::Starttls).await;
    // Speaks in clear text where TLS is expected.
    let clear = SmtpServer::start(Way::Clear).await;
    let clear_url = format!("smtps://daybook:hunter2@localhost:{}", clear.port);
    for (name, server, url, root) in [
        ("no STARTTLS", &no_starttls, no_starttls.url(), true),
        ("another name", &foreign, foreign.url(), true),
        ("another name", &foreign_tls, foreign_tls.url(), true),
        ("unknown authority", &stranger, stranger.url(), false),
        ("no TLS at all", &clear, clear_url, true),
    ] {
        let post = Post::new();
        let id = post.queue("reader@example.org");
        let root = root.then_some(server.pem.as_str());
        let mut postman = post.postman_with(&url, root);
        assert_eq!(pass(&mut postman, NOW).await, Pass::Unreachable, "{name}");
        assert_eq!(post.state(&id), "waiting", "{name}");
        assert_eq!(server.received().len(), 0, "{name}");
        let told: Vec<String> = server
            .commands()
            .into_iter()
            .filter(|line| {
                !["EHLO", "STAR", "QUIT"]
                    .iter()
                    .any(|word| line.starts_with(word))
            })
            .filter(|line| line.contains("AUTH") || line.contains("MAIL") || line.contains('@'))
            .collect();
        assert_eq!(told, Vec::<String>::new(), "{name}");
    }
}
