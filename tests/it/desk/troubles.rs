//! What admins are told above the inbox: rules that were suspended, and mail
//! that needs a decision.

use daybook::mail::{self, Address, Kind, Message};

use crate::harness::TestApp;

/// A mail that a server refused for good.
fn refused(app: &TestApp) {
    let message = Message {
        cause: "outcome:R-000000:corrected".to_owned(),
        kind: Kind::Outcome,
        recipient: Address::parse("reader@example.org").unwrap(),
        subject: "Your report".to_owned(),
        text: "Words".to_owned(),
        html: "<p>Words</p>".to_owned(),
    };
    mail::queue(&mut app.database.connect(), &message, 0).unwrap();
    app.database
        .execute("UPDATE outbox SET state = 'failed' WHERE cause LIKE 'outcome:%'");
}

#[tokio::test]
async fn admins_see_above_the_inbox_what_is_in_trouble() {
    let app = TestApp::start().await;
    let mut admin = app.sign_in_admin().await;
    let mut editor = app.sign_in_editor().await;
    let page = admin.get("/desk").await;
    assert_eq!(page.texts(".inbox__troubles li"), [""; 0]);

    refused(&app);
    app.database
        .execute("UPDATE spam_rules SET suspended_at = 1795304705123 WHERE rule = 'too-fast'");
    let page = admin.get("/desk").await;
    assert_eq!(
        page.texts(".inbox__troubles li"),
        [
            "A rule against spam has no effect, because it caught too much. See what was caught",
            "A mail was not sent, or may not have arrived. Look at the mail",
        ]
    );
    assert_eq!(
        page.links(".inbox__troubles a"),
        ["/desk/spam", "/desk/mail"]
    );
    let page = editor.get("/desk").await;
    assert_eq!(page.texts(".inbox__troubles li"), [""; 0]);

    // Nobody can do anything about mail whose address was erased.
    mail::forget(&mut app.database.connect(), "reader@example.org", None).unwrap();
    let page = admin.get("/desk").await;
    assert_eq!(page.links(".inbox__troubles a"), ["/desk/spam"]);
}

#[tokio::test]
async fn the_list_of_spam_says_which_rule_has_no_effect_and_since_when() {
    let app = TestApp::start().await;
    let mut editor = app.sign_in_editor().await;
    let page = editor.get("/desk/spam").await;
    assert_eq!(page.texts(".spam__suspended"), [""; 0]);
    app.database
        .execute("UPDATE spam_rules SET suspended_at = 1795304705123 WHERE rule = 'too-fast'");
    let page = editor.get("/desk/spam").await;
    let sentence = page.one(".spam__suspended").text;
    assert!(
        sentence.starts_with(
            "The rule “Sent within three seconds” has had no effect since November 21, 2026, "
        ),
        "{sentence}"
    );
    let time = page.one(".spam__suspended time").attribute("datetime");
    assert_eq!(time, "2026-11-21T23:45:05Z");
}
