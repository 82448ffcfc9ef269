//! The postman beside the server.

use std::time::{Duration, Instant};

use daybook::mail;

use super::message;
use crate::harness::{Corpus, Fault, Program, Setup, SmtpServer, Step, TestApp, Way};

fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

fn queue(corpus: &Corpus, recipient: &str) {
    let mut conn = corpus.database.connect();
    assert!(mail::queue(&mut conn, &message(recipient), now()).unwrap());
}

/// Waits until so many rows are in this state.
async fn until(corpus: &Corpus, state: &str, count: i64) {
    let begun = Instant::now();
    let sql = format!("SELECT COUNT(*) FROM outbox WHERE state = '{state}'");
    while corpus.database.number(&sql) != count {
        assert!(begun.elapsed() < Duration::from_secs(15), "none is {state}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn app(server: &SmtpServer) -> TestApp {
    Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_SMTP_URL", &server.url())
        .start()
        .await
}

#[actix_web::test]
async fn the_server_sends_what_is_queued_while_it_runs() {
    let server = SmtpServer::start(Way::Clear).await;
    let app = app(&server).await;
    queue(&app, "reader@example.org");
    until(&app, "sent", 1).await;
    assert_eq!(server.received().len(), 1);
}

#[actix_web::test]
async fn a_silent_mail_server_holds_up_neither_pages_nor_the_end() {
    let server = SmtpServer::start(Way::Clear).await;
    server.plan([Fault::Falls(Step::Rcpt)]);
    let mut app = app(&server).await;
    queue(&app, "reader@example.org");
    until(&app, "sending", 1).await;
    let begun = Instant::now();
    for path in ["/", "/today", "/articles"] {
        let status = app.get(path).await.status;
        assert!(status < 500, "{path}: {status}");
    }
    queue(&app, "other@example.org");
    assert!(begun.elapsed() < Duration::from_secs(3));
    let database = &app.database;
    assert_eq!(
        database.number("SELECT COUNT(*) FROM outbox WHERE state = 'sending'"),
        1
    );
    let begun = Instant::now();
    app.stop();
    assert!(begun.elapsed() < Duration::from_secs(14));
    // It was not handed over, so it waits for the next start.
    let waiting = "SELECT COUNT(*) FROM outbox WHERE state = 'waiting'";
    assert_eq!(app.database.number(waiting), 2);
}

#[actix_web::test]
async fn nothing_of_a_mail_is_in_the_log() {
    const LOG: (&str, &str) = (
        "DAYBOOK_LOG",
        "info,daybook=trace,lettre=trace,rustls=trace",
    );
    let server = SmtpServer::start(Way::Clear).await;
    server.plan([Fault::Says(Step::Rcpt, "550 canary-address@example.org?")]);
    let url = server.url();
    for variables in [vec![LOG], vec![LOG, ("DAYBOOK_SMTP_URL", url.as_str())]] {
        let corpus = Corpus::fixtures();
        corpus.migrated();
        queue(&corpus, "canary-address@example.org");
        queue(&corpus, "canary-address@example.com");
        let program = Program::serve_with(&corpus, &variables);
        until(&corpus, "waiting", 0).await;
        until(&corpus, "sending", 0).await;
        let (_, log) = program.terminate();
        let to_folder = variables.len() == 1;
        assert_eq!(
            log.contains("no mail leaves this machine"),
            to_folder,
            "{log}"
        );
        assert_eq!(
            log.contains("a mail could not be sent"),
            !to_folder,
            "{log}"
        );
        assert!(log.contains("sent a mail"), "{log}");
        for secret in ["canary", "hunter2", "Dear reader", "What became"] {
            assert!(!log.contains(secret), "{secret} is in {log}");
        }
    }
}
