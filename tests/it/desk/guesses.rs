//! Guessing: how often it may be done, and that it tells nothing.

use std::time::{Duration, Instant};

use daybook::desk::Role;
use daybook::paths::desk as paths;

use crate::harness::{Corpus, PASSWORD, Page, Setup, TestApp, code_of};

/// A server that believes the addresses that the tests make up.
async fn start() -> TestApp {
    Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_TRUSTED_PROXIES", "127.0.0.1")
        .start()
        .await
}

#[actix_web::test]
async fn five_guesses_are_free_and_then_there_is_a_wait_even_for_the_right_one() {
    let app = start().await;
    let mut owner = app.sign_in_editor().await;
    for number in 0..5 {
        // Each from another address.
        let mut browser = app
            .browser()
            .header("x-forwarded-for", &format!("192.0.2.{number}"));
        assert_eq!(
            browser.give_password(&owner.email, "wrong").await.status,
            422
        );
    }
    let mut stranger = app.browser().header("x-forwarded-for", "192.0.2.99");
    let answer = stranger.give_password(&owner.email, PASSWORD).await;
    assert_eq!(answer.status, 429);
    assert!(
        answer.one("[role=alert]").text.contains("10 minutes"),
        "{}",
        answer.text()
    );
    let seconds: u64 = answer.header("retry-after").parse().unwrap();
    assert!((590..=601).contains(&seconds), "{seconds}");

    // The editor's own browser is let in.
    app.database.execute("UPDATE editors SET totp_step = 0");
    owner.post(paths::SIGN_OUT, &[]).await;
    let mut known = owner.browser.clone();
    assert_eq!(
        known.give_password(&owner.email, PASSWORD).await.status,
        303
    );
    let done = known.give_code(&code_of(&owner.secret, 0)).await;
    assert_eq!(done.status, 303);

    // After the wait one more is free, and the next wait is twice as long.
    app.database
        .execute("UPDATE login_failures SET wait_until = wait_until - 600000");
    assert_eq!(
        stranger.give_password(&owner.email, "wrong").await.status,
        422
    );
    let answer = stranger.give_password(&owner.email, "wrong").await;
    assert!(
        answer.one("[role=alert]").text.contains("20 minutes"),
        "{}",
        answer.text()
    );
}

#[actix_web::test]
async fn a_known_browser_has_only_five_guesses_itself() {
    let app = start().await;
    let owner = app.sign_in_editor().await;
    let mut browser = app.browser();
    browser.cookies.insert(
        "desk-known".into(),
        owner.browser.cookies["desk-known"].clone(),
    );
    let mut found = Vec::new();
    for _ in 0..6 {
        found.push(browser.give_password(&owner.email, "wrong").await.status);
    }
    assert_eq!(found, [422, 422, 422, 422, 422, 429]);
}

#[actix_web::test]
async fn one_address_cannot_go_from_account_to_account() {
    let app = start().await;
    let mut browser = app.browser().header("x-forwarded-for", "192.0.2.1");
    let mut found = Vec::new();
    for number in 0..6 {
        let email = format!("somebody{number}@example.org");
        found.push(browser.give_password(&email, "wrong").await.status);
    }
    assert_eq!(found, [422, 422, 422, 422, 422, 429]);
    let mut other = app.browser().header("x-forwarded-for", "192.0.2.2");
    assert_eq!(
        other
            .give_password("somebody9@example.org", "wrong")
            .await
            .status,
        422
    );
}

#[actix_web::test]
async fn many_guesses_at_once_are_no_more_than_five() {
    let app = start().await;
    let owner = app.sign_in_editor().await;
    let mut guesses = Vec::new();
    for number in 0..20 {
        let mut browser = app
            .browser()
            .header("x-forwarded-for", &format!("198.51.100.{number}"));
        let email = owner.email.clone();
        guesses.push(async move { browser.give_password(&email, "wrong").await.status });
    }
    let found = futures_util::future::join_all(guesses).await;
    assert_eq!(
        found.iter().filter(|status| **status == 422).count(),
        5,
        "{found:?}"
    );
    assert_eq!(
        found.iter().filter(|status| **status == 429).count(),
        15,
        "{found:?}"
    );
}

#[actix_web::test]
async fn codes_are_counted_as_passwords_are() {
    let app = start().await;
    let owner = app.sign_in_editor().await;
    let mut browser = app.browser().header("x-forwarded-for", "192.0.2.1");
    assert_eq!(
        browser.give_password(&owner.email, PASSWORD).await.status,
        303
    );
    let mut found = Vec::new();
    for code in ["000000", "111111", "222222", "333333", "444444"] {
        found.push(browser.give_code(code).await.status);
    }
    assert_eq!(found, [422; 5]);
    app.database.execute("UPDATE editors SET totp_step = 0");
    assert_eq!(
        browser.give_code(&code_of(&owner.secret, 0)).await.status,
        429
    );
    // Beginning anew from elsewhere does not help.
    let mut other = app.browser().header("x-forwarded-for", "192.0.2.2");
    assert_eq!(
        other.give_password(&owner.email, PASSWORD).await.status,
        303
    );
    assert_eq!(
        other.give_code(&code_of(&owner.secret, 0)).await.status,
        429
    );
}

/// An answer without what is new in every one.
fn bare(page: &Page, typed: &str) -> (u16, Vec<String>, String) {
    // The length holds that of what was typed.
    let own = ["date", "content-length"];
    let headers = page.headers.iter();
    let headers = headers.filter(|(name, _)| !own.contains(&name.as_str()));
    let headers = headers
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    let proof = page.one("input[name=csrf]").attribute("value");
    let text = page
        .text()
        .replace(&proof, "(proof)")
        .replace(typed, "(typed)");
    (page.status, headers, text)
}

#[actix_web::test]
async fn an_unknown_address_gets_the_same_answer_as_an_editors() {
    let app = start().await;
    let editor = app.sign_in_editor().await;
    let disabled = app.sign_in_editor().await;
    app.invite("invited@example.org", Role::Editor);
    let close = format!(
        "UPDATE editors SET disabled_at = 1 WHERE id = '{}'",
        disabled.id
    );
    app.database.execute(&close);
    let mut answers = Vec::new();
    for email in [
        &*editor.email,
        &*disabled.email,
        "invited@example.org",
        "nobody@example.org",
    ] {
        let mut browser = app.browser().header("x-forwarded-for", "192.0.2.1");
        answers.push(bare(&browser.give_password(email, "wrong").await, email));
    }
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:#?}"
    );
    let mut asked = Vec::new();
    for email in [&*editor.email, &*disabled.email, "nobody@example.org"] {
        let mut browser = app.browser().header("x-forwarded-for", "192.0.2.7");
        let page = browser.get(paths::FORGOTTEN).await;
        let answer = browser.submit(&page, &[("email", email)]).await;
        asked.push((answer.status, answer.text().to_owned()));
    }
    assert!(asked.iter().all(|answer| *answer == asked[0]), "{asked:#?}");
}

#[actix_web::test]
async fn an_unknown_address_takes_as_long_to_refuse() {
    let app = start().await;
    let owner = app.sign_in_editor().await;
    let mut times = [Vec::new(), Vec::new()];
    for number in 0..20 {
        for (slot, email) in [owner.email.as_str(), "nobody@example.org"]
            .into_iter()
            .enumerate()
        {
            app.database.execute("DELETE FROM login_failures");
            let mut browser = app
                .browser()
                .header("x-forwarded-for", &format!("192.0.2.{number}"));
            let page = browser.get(paths::SIGN_IN).await;
            let start = Instant::now();
            browser
                .submit(&page, &[("email", email), ("password", "wrong")])
                .await;
            times[slot].push(start.elapsed());
        }
    }
    let [known, unknown] = times.map(|mut times| {
        times.sort();
        times[times.len() / 2]
    });
    // Without the hash of nobody's password it would be tens of milliseconds.
    let difference = known.abs_diff(unknown);
    assert!(
        difference < known / 3 + Duration::from_millis(2),
        "{known:?}, {unknown:?}"
    );
}
