//! What is sent twice is kept once; what was open for too long is shown once
//! more.

use std::time::Duration;

use futures_util::future::join_all;

use super::{Draft, KEY, column, count, only, site};

#[tokio::test]
async fn the_same_form_sent_twice_is_one_report_with_one_receipt() {
    let app = site().await;
    for draft in [Draft::about("seoul-falls"), Draft::letter()] {
        let before = count(&app);
        let receipt = draft.keep(&app).await;
        assert_eq!(draft.keep(&app).await, receipt);
        // Also from elsewhere, and after the form has become too old.
        let elsewhere = draft.clone().sent_from("192.0.2.77");
        let late = elsewhere.opened(Duration::from_secs(30 * 3600));
        assert_eq!(late.keep(&app).await, receipt);
        assert_eq!(count(&app), before + 1);
    }
}

#[tokio::test]
async fn the_same_form_sent_several_times_at_once_is_one_report() {
    let app = site().await;
    let draft = Draft::about("seoul-falls");
    let sent: Vec<Draft> = (1..=8)
        .map(|n| draft.clone().sent_from(&format!("192.0.2.{n}")))
        .collect();
    let receipts = join_all(sent.iter().map(|one| one.keep(&app))).await;
    assert!(receipts.iter().all(|one| *one == receipts[0]));
    assert_eq!(count(&app), 1);
}

#[tokio::test]
async fn other_words_in_the_same_form_are_a_report_of_their_own() {
    let app = site().await;
    let first = Draft::about("seoul-falls").with("p", "1");
    let mut receipts = vec![first.keep(&app).await];
    for (field, value) in [
        ("wrong", "It was two days later."),
        ("correct", "January 6"),
        ("source", "A diary"),
        ("category", "place"),
        ("passage", "Nobody fought for the streets."),
        ("email", "reader@example.org"),
    ] {
        let other = first.clone().with(field, value);
        let other = other.sent_from(&format!("192.0.2.{}", receipts.len()));
        receipts.push(other.keep(&app).await);
    }
    let mut distinct = receipts.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 7, "{receipts:?}");
    assert_eq!(count(&app), 7);
    assert_eq!(column(&app, "state"), ["received"; 7]);
    let mut ids = column(&app, "id");
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 7);
    assert!(ids.iter().all(|id| id.len() == 8 && id.starts_with("R-")));
}

#[tokio::test]
async fn a_form_that_was_open_for_days_comes_back_once_and_is_then_received() {
    let app = site().await;
    for age in [24 * 3600 + 5, 10 * 24 * 3600] {
        let before = count(&app);
        let old = Draft::about("seoul-falls")
            .with("correct", "\nJanuary 5")
            .opened(Duration::from_secs(age));
        let page = old.send(&app).await;
        assert_eq!(page.status, 422);
        assert_eq!(count(&app), before);
        assert!(
            page.one("[role=alert]")
                .text
                .contains("This form was open for more than a day.")
        );
        assert!(page.all(".field__error").is_empty());
        let fresh = old.on(&page);
        assert_ne!(fresh.field("start"), old.field("start"));
        for field in ["nonce", "category", "wrong", "correct", "r"] {
            assert_eq!(fresh.field(field), old.field(field), "{field}");
        }
        // At once: nobody has to wait because of the fresh seal.
        fresh.keep(&app).await;
        assert_eq!(count(&app), before + 1);
    }
    assert_eq!(column(&app, "state"), ["received"; 2]);
}

#[tokio::test]
async fn a_form_of_almost_a_day_is_received_and_one_from_the_future_comes_back() {
    let app = site().await;
    let almost = Duration::from_secs(24 * 3600 - 60);
    Draft::letter().opened(almost).keep(&app).await;
    assert_eq!(only(&app, ["state"]), ["received"]);
    // The clock of the server has gone back in between.
    let ahead = jiff::Timestamp::now().as_millisecond() + 3_600_000;
    let draft = Draft::letter();
    let sealed = draft.clone().sealed_at(&KEY, "/contact", ahead);
    let page = sealed.send(&app).await;
    assert_eq!(page.status, 422);
    draft.on(&page).keep(&app).await;
    assert_eq!(column(&app, "state"), ["received"; 2]);
}
