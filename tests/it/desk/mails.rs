//! The digest of what waits for editors.

use daybook::config::Config;
use daybook::desk;
use daybook::mail::Letterhead;

use crate::harness::TestApp;

const HOUR: i64 = 3_600_000;

fn open_case(app: &TestApp, id: &str, at: i64) {
    app.database.execute(&format!(
        "INSERT INTO cases (id, kind, state, urgent, category, passage, reports, opened_at, \
         changed_at, version, reason, note_kind, note, note_date, amended, amended_from) VALUES \
         ('{id}', 'error', 'checking', FALSE, 'date', 'a canary that was typed', 1, {at}, {at}, 1, \
         '', '', '', '', '', '')"
    ));
}

fn alert(app: &TestApp, now: i64) -> usize {
    let config: &Config = app.config();
    let head = Letterhead::of(config);
    desk::alert(&mut app.database.connect(), now, &head).unwrap()
}

#[actix_web::test]
async fn editors_who_wish_are_told_of_cases_at_most_once_an_hour() {
    let app = TestApp::start().await;
    let mut wishes = app.sign_in_editor().await;
    let mut quiet = app.sign_in_editor().await;
    quiet.post("/desk/account", &[("do", "alerts")]).await;
    wishes
        .post("/desk/account", &[("do", "alerts"), ("alerts", "on")])
        .await;
    app.invite("invited@example.org", daybook::desk::Role::Editor);
    let start = 1_795_262_400_000;
    let all = format!("UPDATE editors SET alerted_at = {start}");
    app.database.execute(&all);
    assert_eq!(alert(&app, start + HOUR), 0, "nothing waits");
    open_case(&app, "C-AAAAAA", start + HOUR);
    assert_eq!(alert(&app, start + HOUR - 1), 0, "the hour is not over");
    assert_eq!(alert(&app, start + 2 * HOUR), 1);
    assert_eq!(alert(&app, start + 2 * HOUR), 0, "it was told");
    assert_eq!(alert(&app, start + 9 * HOUR), 0, "nothing is new");
    open_case(&app, "C-BBBBBB", start + 2 * HOUR + 1);
    assert_eq!(alert(&app, start + 2 * HOUR + 2), 0, "the hour is not over");
    assert_eq!(alert(&app, start + 3 * HOUR), 1);
    let mails = app.database.lines(
        "SELECT recipient || ' ' || subject || ' ' || text || html AS line FROM outbox WHERE kind = 'alert' ORDER BY created_at",
    );
    assert_eq!(mails.len(), 2);
    assert!(mails[1].starts_with(&wishes.email), "{}", mails[1]);
    assert!(
        mails[1].contains("2 cases wait") && mails[1].contains("/desk"),
        "{}",
        mails[1]
    );
    assert!(!mails[1].contains("canary"), "{}", mails[1]);
}

#[actix_web::test]
async fn an_admin_alone_decides_whether_a_mail_goes_out_twice() {
    let app = TestApp::start().await;
    let mut admin = app.sign_in_admin().await;
    for (id, state, text) in [
        ("aa", "unknown", "words"),
        ("bb", "failed", "words"),
        ("cc", "sent", ""),
    ] {
        app.database.execute(&format!(
            "INSERT INTO outbox (id, cause, kind, recipient, subject, text, html, state, attempts, \
             created_at, due_at, changed_at, answer) VALUES ('{id}', '{id}', 'outcome', \
             'reader@example.org', 'Subject {id}', '{text}', '', '{state}', 1, 1795262400000, \
             1795262400000, 1795262400000, '451 later')"
        ));
    }
    let page = admin.get("/desk/mail").await;
    assert_eq!(page.all(".spam__line").len(), 2);
    assert!(page.text().contains("perhaps twice"));
    assert!(!page.text().contains("reader@"), "a whole address is shown");
    let state = |id: &str| {
        app.database
            .lines(&format!(
                "SELECT state AS line FROM outbox WHERE id = '{id}'"
            ))
            .remove(0)
    };
    assert_eq!(
        admin.post("/desk/mail", &[("mail", "aa")]).await.status,
        303
    );
    // The loop beside the server may have taken it by now.
    assert_ne!(state("aa"), "unknown");
    admin.post("/desk/mail", &[("mail", "cc")]).await;
    assert_eq!(state("cc"), "sent");
    assert_eq!(state("bb"), "failed");
}
