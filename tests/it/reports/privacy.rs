//! What is kept about somebody, how it is given out and taken out, and what
//! time takes out by itself.

use std::fs;

use daybook::cases::{self, Actor, Change};
use daybook::mail::{Address, Kind, Message};
use daybook::reports::{Swept, sweep};
use diesel::Connection;

use super::{Draft, column, count, everything, site};
use crate::harness::{TestApp, daybook, letterhead};

const DAY: i64 = 24 * 60 * 60 * 1000;
const CANARY: &str = "canary-7f3a@example.org";

fn output(app: &TestApp, arguments: &[&str]) -> String {
    let output = daybook(&app.outside(""), &["privacy"])
        .args(arguments)
        .args(["--database-url", app.database.url()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn given(number: u32) -> Draft {
    Draft::about("seoul-falls")
        .with("email", CANARY)
        .with("correct", &format!("{number} January"))
}

fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

fn sweep_at(app: &TestApp, at: i64) -> Swept {
    app.database
        .connect()
        .transaction(|conn| sweep(conn, at))
        .unwrap()
}

/// How often the address stands in the files of the database, or in its rows
/// where the files are a server's.
fn traces(app: &TestApp) -> usize {
    if app.database.is_postgres() {
        return everything(app)
            .iter()
            .filter(|row| row.to_lowercase().contains(CANARY))
            .count();
    }
    let mut found = 0;
    for entry in fs::read_dir(app.data()).unwrap() {
        let path = entry.unwrap().path();
        let Ok(bytes) = fs::read(&path) else { continue };
        found += bytes
            .windows(CANARY.len())
            .filter(|window| window.eq_ignore_ascii_case(CANARY.as_bytes()))
            .count();
    }
    found
}

/// A mail about an outcome that is still to be sent.
fn queue_outcome(app: &TestApp, report: &str, email: &str) {
    let message = Message {
        cause: format!("outcome:{report}:C-000000:declined"),
        kind: Kind::Outcome,
        recipient: Address::parse(email).unwrap(),
        subject: "What became of it".to_owned(),
        text: "Text".to_owned(),
        html: "Text".to_owned(),
    };
    app.database
        .connect()
        .transaction(|conn| daybook::mail::queue(conn, &message, now()))
        .unwrap();
}

#[tokio::test]
async fn everything_about_an_address_is_given_out_and_nothing_else() {
    let app = site().await;
    given(5).keep(&app).await;
    given(6)
        .with("email", "Canary-7F3A@Example.org")
        .keep(&app)
        .await;
    given(7).with("email", "other@example.org").keep(&app).await;
    app.database.execute(&format!(
        "INSERT INTO editors VALUES ('E-000001', '{CANARY}', 'Ada', 'admin', 'HASH', 'TOTP', 0, {}, 0, 7, NULL)",
        if app.database.is_postgres() { "true" } else { "1" }
    ));
    let json = output(
        &app,
        &["export", "CANARY-7f3a@example.ORG", "--format", "json"],
    );
    let all: serde_json::Value = serde_json::from_str(&json).unwrap();
    let words: Vec<&str> = all["reports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["correct"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["5 January", "6 January"]);
    assert_eq!(all["reports"][0]["case_state"], "checking");
    assert_eq!(all["mails"][0]["kind"], "confirm");
    assert_eq!(all["editor"]["name"], "Ada");
    for secret in [
        "HASH",
        "TOTP",
        "other@",
        "token",
        "confirm_hash",
        "/reports/",
    ] {
        assert!(!json.contains(secret), "{secret}: {json}");
    }
    let text = output(&app, &["export", CANARY]);
    assert!(text.contains("reports: 2 (R-"), "{text}");
    assert!(text.contains("editor:  E-000001 (admin)"), "{text}");
    let nothing = output(&app, &["export", "nobody@example.org"]);
    assert!(nothing.contains("reports: none"), "{nothing}");
}

#[tokio::test]
async fn an_erased_address_is_nowhere_in_the_files_of_the_database() {
    let app = site().await;
    for number in 0..8 {
        given(number).keep(&app).await;
        given(number)
            .with("email", "other@example.org")
            .keep(&app)
            .await;
    }
    let report = column(&app, "id").remove(0);
    queue_outcome(&app, &report, CANARY);
    assert!(traces(&app) >= 9);
    let json = output(
        &app,
        &["erase", "Canary-7f3a@Example.org", "--format", "json"],
    );
    let told: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(told["reports"], 8);
    assert_eq!(told["mails"], 2);
    assert_eq!(traces(&app), 0);
    // The words stay, and so does everybody else.
    assert_eq!(count(&app), 16);
    let emails = column(&app, "email");
    assert_eq!(
        emails
            .iter()
            .filter(|one| *one == "other@example.org")
            .count(),
        8
    );
    assert_eq!(
        app.database
            .number("SELECT COUNT(*) FROM reports WHERE erased_at IS NOT NULL"),
        8
    );
    let lines = app
        .database
        .lines("SELECT actor || ' ' || to_state AS line FROM audit WHERE to_state = 'erased'");
    assert_eq!(lines, ["operator erased"; 8]);
    let again = output(&app, &["erase", CANARY]);
    assert_eq!(
        again,
        "The address was taken out of 0 reports and 0 mails.\n"
    );
}

#[tokio::test]
async fn what_is_no_address_is_refused_and_not_repeated() {
    let app = site().await;
    let failed = daybook(
        &app.outside(""),
        &["privacy", "erase", "canary at example.org"],
    )
    .args(["--database-url", app.database.url()])
    .output()
    .unwrap();
    assert_eq!(failed.status.code(), Some(1));
    let error = String::from_utf8(failed.stderr).unwrap();
    assert!(error.contains("this is no e-mail address"), "{error}");
    assert!(!error.contains("canary"), "{error}");
}

#[tokio::test]
async fn an_address_goes_thirty_days_after_its_case_and_a_trace_after_thirty_days() {
    let app = site().await;
    given(5).keep(&app).await;
    given(6).keep(&app).await;
    let start = now();
    app.database
        .execute(&format!("UPDATE reports SET confirmed_at = {start}"));
    let (case, report) = (
        column(&app, "case_id").remove(0),
        column(&app, "id").remove(0),
    );
    app.database
        .connect()
        .transaction::<_, diesel::result::Error, _>(|conn| {
            let change = Change {
                case: &case,
                seen: cases::by_id(conn, &case)?.unwrap().version,
                by: Actor::Operator,
                now: start,
            };
            Ok(cases::decline(conn, &change, "No.", &letterhead())?.unwrap())
        })
        .unwrap();
    assert_eq!(
        app.database.number(&format!(
            "SELECT COUNT(*) FROM outbox WHERE cause LIKE 'outcome:{report}%'"
        )),
        1
    );
    assert_eq!(sweep_at(&app, start + 29 * DAY), Swept::default());
    assert_eq!(column(&app, "email"), [CANARY; 2]);
    let swept = sweep_at(&app, start + 31 * DAY);
    assert_eq!((swept.addresses, swept.spam), (1, 0));
    // The other case is still open.
    let mut emails = column(&app, "email");
    emails.sort();
    assert_eq!(emails, ["", CANARY]);
    assert_eq!(swept.traces, 2);
    assert_eq!(column(&app, "client_hash"), ["", ""]);
    assert_eq!(
        app.database.number(&format!(
            "SELECT COUNT(*) FROM outbox WHERE cause LIKE '%{report}%' AND recipient <> ''"
        )),
        0
    );
    assert_eq!(sweep_at(&app, start + 31 * DAY), Swept::default());
}

#[tokio::test]
async fn an_address_that_nobody_confirmed_goes_after_a_week_and_spam_after_a_month() {
    let app = site().await;
    given(5).keep(&app).await;
    given(6).with("website", "x").keep(&app).await;
    let start = now();
    app.database.execute(&format!(
        "INSERT INTO spent_challenges VALUES ('a', {}), ('b', {})",
        start + DAY,
        start + 365 * DAY
    ));
    let early = sweep_at(&app, start + 6 * DAY);
    assert_eq!((early.addresses, early.challenges), (0, 1));
    let week = sweep_at(&app, start + 8 * DAY);
    assert_eq!((week.addresses, week.spam), (2, 0));
    assert_eq!(column(&app, "email"), ["", ""]);
    assert_eq!(column(&app, "confirm_hash"), ["", ""]);
    assert_eq!(
        app.database
            .number("SELECT COUNT(*) FROM outbox WHERE recipient <> ''"),
        0
    );
    let month = sweep_at(&app, start + 31 * DAY);
    assert_eq!(month.spam, 1);
    assert_eq!(column(&app, "state"), ["received"]);
    let left = app
        .database
        .lines("SELECT id AS line FROM spent_challenges");
    assert_eq!(left, ["b"]);
}
