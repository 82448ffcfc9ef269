//! The mail that asks whether an address is the reader's, and its link: what a
//! stranger cannot do with them, and what a reader can.

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use futures_util::future::join_all;
use sha2::{Digest, Sha256};

use super::{Draft, client, column, everything, site};
use crate::harness::{Page, TestApp};

const READER: &str = "reader@example.org";

/// One column of all mails, oldest first.
fn mails(app: &TestApp, name: &str) -> Vec<String> {
    app.database.lines(&format!(
        "SELECT {name} AS line FROM outbox ORDER BY created_at, id"
    ))
}

/// The path of a link that confirms the only report that was asked about. The
/// true one is in a mail, which may have been sent and forgotten by now; this
/// one takes its place.
fn link(app: &TestApp) -> String {
    link_until(app, now() / 1000 + 3600)
}

/// As [`link`], good until a second since 1970.
fn link_until(app: &TestApp, end: i64) -> String {
    let mut bytes = [7_u8; 16].to_vec();
    bytes.extend_from_slice(&end.to_be_bytes()[3..]);
    let token = BASE32_NOPAD.encode(&bytes).to_ascii_lowercase();
    let hash = HEXLOWER.encode(&Sha256::digest(token.as_bytes()));
    app.database.execute(&format!(
        "UPDATE reports SET confirm_hash = '{hash}' \
         WHERE confirm_hash <> '' AND email = '{READER}'"
    ));
    assert!(column(app, "confirm_hash").contains(&hash));
    format!("/reports/confirm/{token}")
}

/// Every row but of the outbox, out of which mails go by themselves.
fn everything_kept(app: &TestApp) -> Vec<String> {
    let mut all = everything(app);
    all.retain(|row| !row.starts_with("outbox: "));
    all
}

async fn press(app: &TestApp, path: &str) -> Page {
    app.post(path, &[]).await
}

fn from_reader(number: u32) -> Draft {
    Draft::about("seoul-falls")
        .with("email", READER)
        .with("correct", &format!("{number} January"))
}

fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

#[tokio::test]
async fn an_address_is_asked_in_words_that_are_ours_alone() {
    let app = site().await;
    let receipt = from_reader(5)
        .with("wrong", "CANARY https://pills.example")
        .with("email", " Reader@EXAMPLE.org ")
        .keep(&app)
        .await;
    assert_eq!(mails(&app, "recipient"), ["Reader@example.org"]);
    assert_eq!(mails(&app, "kind"), ["confirm"]);
    let all = mails(&app, "subject || text || html").remove(0);
    for theirs in ["CANARY", "pills", "January", "seoul", "Reader", &receipt] {
        assert!(!all.contains(theirs), "{theirs}: {all}");
    }
    // What is kept of the secret in its link is a hash.
    assert_eq!(column(&app, "length(confirm_hash)"), ["64"]);
    let page = app.page(&receipt).await;
    assert!(page.text().contains("You gave one. We write to it"));
    assert!(!page.text().contains("xample.org"));
}

#[tokio::test]
async fn opening_the_link_changes_nothing_and_pressing_the_button_confirms_once() {
    let app = site().await;
    let receipt = from_reader(5).keep(&app).await;
    let path = link(&app);
    let before = everything_kept(&app);
    // A scanner opens what it finds, with and without a body, over and over.
    for _ in 0..3 {
        let page = app.page(&path).await;
        assert_eq!(page.one("h1").text, "Is this your address?");
        assert_eq!(page.one("main form").attribute("action"), path);
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("x-robots-tag"), "noindex, nofollow");
        assert!(!page.text().contains(READER));
        assert_eq!(app.head(&path).await.status, 200);
        assert_eq!(app.get("/").await.status, 200);
    }
    assert_eq!(everything_kept(&app), before);
    assert_eq!(column(&app, "confirmed_at"), ["(null)"]);

    let answer = press(&app, &path).await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), path);
    let confirmed = column(&app, "confirmed_at");
    assert_ne!(confirmed, ["(null)"]);
    assert_eq!(app.page(&path).await.one("h1").text, "Thank you");
    // Again, and it is done still.
    let before = everything_kept(&app);
    assert_eq!(press(&app, &path).await.status, 303);
    assert_eq!(app.page(&path).await.one("h1").text, "Thank you");
    assert_eq!(everything_kept(&app), before);
    assert!(!app.page(&receipt).await.text().contains("You gave one."));
}

#[tokio::test]
async fn a_page_of_another_site_cannot_confirm() {
    let app = site().await;
    from_reader(5).keep(&app).await;
    let path = link(&app);
    let request = client()
        .post(app.url(&path))
        .header("sec-fetch-site", "cross-site");
    assert_eq!(request.send().await.unwrap().status(), 400);
    assert_eq!(column(&app, "confirmed_at"), ["(null)"]);
}

#[tokio::test]
async fn a_wrong_link_is_answered_like_one_that_never_was() {
    let app = site().await;
    from_reader(5).keep(&app).await;
    let path = link(&app);
    let unknown = "/reports/confirm/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    let hash = column(&app, "confirm_hash").remove(0);
    let missing = app.get(unknown).await;
    assert_eq!(missing.status, 404);
    let last = if path.ends_with('a') { "i" } else { "a" };
    let next = format!("{}{last}", &path[..path.len() - 1]);
    for wrong in [
        next.as_str(),
        &path[..path.len() - 1],
        &format!("{path}a"),
        &format!("/reports/confirm/{hash}"),
        "/reports/confirm/x",
        "/reports/confirm/%00",
    ] {
        let page = app.get(wrong).await;
        assert_eq!(page.status, 404, "{wrong}");
        assert_eq!(page.text(), missing.text(), "{wrong}");
        let pressed = press(&app, wrong).await;
        assert_eq!(pressed.status, 404, "{wrong}");
        assert_eq!(pressed.text(), press(&app, unknown).await.text());
    }
    assert_eq!(column(&app, "confirmed_at"), ["(null)"]);
}

#[tokio::test]
async fn a_link_ends_after_two_days() {
    let app = site().await;
    from_reader(5).keep(&app).await;
    let path = link_until(&app, now() / 1000 - 5);
    for page in [app.get(&path).await, press(&app, &path).await] {
        assert_eq!(page.status, 410);
        assert!(page.text().contains("It was good for 48 hours."));
    }
    assert_eq!(column(&app, "confirmed_at"), ["(null)"]);
}

#[tokio::test]
async fn one_address_gets_one_mail_a_day_whoever_types_it() {
    let app = site().await;
    let mut pages = Vec::new();
    // As many spellings as a provider gives to one mailbox.
    for (number, email) in [
        READER,
        "READER@example.org",
        "reader+news@Example.org",
        READER,
        READER,
    ]
    .iter()
    .enumerate()
    {
        let draft = Draft::about("seoul-falls")
            .with("email", email)
            .with("correct", &format!("{} January", number + 5));
        let receipt = draft.keep(&app).await;
        let page = app.page(&receipt).await;
        pages.push(page.texts(".receipt .notice").remove(0));
    }
    assert_eq!(mails(&app, "kind"), ["confirm"]);
    // Nobody is told whether there was a mail.
    assert!(pages.iter().all(|page| *page == pages[0]), "{pages:?}");
}

#[tokio::test]
async fn a_flood_of_reports_in_others_names_is_at_most_one_mail_a_day_for_each() {
    let app = site().await;
    let drafts: Vec<Draft> = (0..60)
        .map(|number| {
            Draft::letter()
                .with("email", &format!("victim{}@example.org", number % 5))
                .with("wrong", &format!("Letter {number}"))
        })
        .collect();
    for some in drafts.chunks(6) {
        join_all(some.iter().map(|one| one.keep(&app))).await;
    }
    let mut recipients = mails(&app, "recipient");
    recipients.sort();
    let all: Vec<String> = (0..5).map(|n| format!("victim{n}@example.org")).collect();
    assert_eq!(recipients, all);
}

#[tokio::test]
async fn one_answer_is_good_for_all_reports_of_an_address_and_for_no_others() {
    let app = site().await;
    from_reader(5).keep(&app).await;
    from_reader(6).keep(&app).await;
    from_reader(7)
        .with("email", "other@example.org")
        .keep(&app)
        .await;
    let path = link(&app);
    assert!(
        app.page(&path)
            .await
            .text()
            .contains("2 reports to the editors give")
    );
    press(&app, &path).await;
    let mut confirmed = column(
        &app,
        "CASE WHEN confirmed_at IS NULL THEN email ELSE 'yes' END",
    );
    confirmed.sort();
    assert_eq!(confirmed, ["other@example.org", "yes", "yes"]);
    let lines = app
        .database
        .lines("SELECT actor || ' ' || to_state AS line FROM audit WHERE to_state = 'confirmed'");
    assert_eq!(lines, ["reader confirmed"; 2]);
}

#[tokio::test]
async fn spam_asks_nobody_and_its_receipt_says_the_same() {
    let app = site().await;
    let receipt = from_reader(5).with("website", "x").keep(&app).await;
    assert!(mails(&app, "kind").is_empty());
    assert!(app.page(&receipt).await.text().contains("You gave one."));
}

#[tokio::test]
async fn nothing_in_the_address_field_gets_into_a_header() {
    let app = site().await;
    for email in [
        "a@b.org\r\nBcc: c@d.org",
        "a@b.org\nSubject: x",
        "a@b.org%0aBcc:c@d.org",
        "a@b.org, c@d.org",
        "\"a\r\n\"@b.org",
        "a@b.org\0",
        "Name <a@b.org>",
        "a@b.org\u{2028}Bcc:c@d.org",
    ] {
        let page = from_reader(5).with("email", email).send(&app).await;
        assert_eq!(page.status, 422, "{email:?}");
    }
    assert!(mails(&app, "recipient").is_empty());
    assert!(column(&app, "id").is_empty());
}
