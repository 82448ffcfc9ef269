//! What is caught as spam: kept, marked, and answered as everything else.

use std::time::Duration;

use super::{Draft, KEY, MINUTE, column, count, site};
use crate::harness::{Page, TestApp};

/// A receipt without what differs between any two.
async fn comparable(app: &TestApp, path: &str) -> String {
    let page = app.page(path).await;
    let time = page.one(".title-page__note time");
    let token = path.strip_prefix("/reports/").unwrap();
    page.text()
        .replace(token, "TOKEN")
        .replace(&time.attribute("datetime"), "TIME")
        .replace(&time.text, "TIME")
}

/// The headers of an answer, but for the clock and the secret.
fn headers(page: &Page) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = page
        .headers
        .iter()
        .filter(|(name, _)| !["date", "location"].contains(&name.as_str()))
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    headers.sort();
    headers
}

#[tokio::test]
async fn spam_is_kept_with_its_reason_and_answered_like_a_report() {
    let app = site().await;
    let draft = || {
        Draft::about("seoul-falls")
            .with("passage", "Nobody fought for the streets.")
            .with("email", "reader@example.org")
    };
    let path = draft().path;
    let own = "/articles/moon-landing/report";
    let genuine = draft().send(&app).await;
    assert_eq!(genuine.status, 303);
    let expected = comparable(&app, genuine.header("location")).await;
    let mut reasons = vec![""];
    for (sent, reason) in [
        (draft().opened(Duration::ZERO), "too-fast"),
        (draft().with("website", "https://pills.example"), "honeypot"),
        (draft().with("website", " "), "honeypot"),
        (draft().sealed(&[1; 32], &path, MINUTE), "forged"),
        (draft().sealed(&KEY, own, MINUTE), "forged"),
        (draft().sealed(&KEY, "/contact", MINUTE), "forged"),
        (draft().with("nonce", "another"), "forged"),
        (draft().with("start", "1.aaaa"), "forged"),
        (draft().without("start"), "forged"),
        (draft().without("start").without("nonce"), "forged"),
    ] {
        let answer = sent.send(&app).await;
        assert_eq!(answer.status, 303, "{reason}");
        assert_eq!(headers(&answer), headers(&genuine), "{reason}");
        assert_eq!(answer.bytes, genuine.bytes, "{reason}");
        let receipt = comparable(&app, answer.header("location")).await;
        assert_eq!(receipt, expected, "{reason}");
        reasons.push(reason);
    }
    assert_eq!(column(&app, "spam_reason"), reasons);
    let states: Vec<&str> = reasons
        .iter()
        .map(|reason| {
            if reason.is_empty() {
                "received"
            } else {
                "spam"
            }
        })
        .collect();
    assert_eq!(column(&app, "state"), states);
    // Nothing of what was sent is thrown away.
    let words = column(&app, "wrong || quote || email");
    assert!(words.iter().all(|one| *one == words[0]), "{words:?}");
}

#[tokio::test]
async fn a_form_that_is_sent_at_once_is_spam_and_one_that_takes_a_while_is_none() {
    let app = site().await;
    let opened = || async {
        let page = app.page("/articles/seoul-falls/report?r=1&p=1").await;
        Draft::read(&page)
            .with("category", "date")
            .with("wrong", "It was a day later.")
    };
    let patient = opened().await;
    let letter = Draft::read(&app.page("/contact").await)
        .with("category", "wording")
        .with("wrong", "A word is missing on the first page.");
    opened().await.keep(&app).await;
    tokio::time::sleep(Duration::from_millis(3050)).await;
    patient.keep(&app).await;
    letter.keep(&app).await;
    assert_eq!(column(&app, "state"), ["spam", "received", "received"]);
    assert_eq!(column(&app, "spam_reason"), ["too-fast", "", ""]);
    assert_eq!(count(&app), 3);
}
