//! A flood: thousands of programs' posts with readers' ones among them. Every
//! reader gets in, if with one more step; of the rest hardly anything does.

use futures_util::stream::{self, StreamExt};
use sha2::{Digest, Sha256};

use super::{Draft, MINUTE, column, site};
use crate::harness::{Page, TestApp};

/// So many more may come in with the readers.
const AT_MOST: usize = 200;

/// What the form on a page asks to be calculated, solved.
pub(super) fn solved(page: &Page, draft: &Draft) -> Draft {
    let form = draft.on(page);
    let work = page.one("proof-of-work").attribute("data-challenge");
    let bits: u32 = work.split('.').nth(1).unwrap().parse().unwrap();
    let begun = Sha256::new_with_prefix(format!("{work}."));
    let answer = (0_u32..)
        .find(|answer| {
            let hash = begun.clone().chain_update(answer.to_string()).finalize();
            u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]).leading_zeros() >= bits
        })
        .unwrap();
    form.with("answer", &answer.to_string())
}

/// A post of a program: each sort of them in its turn.
fn bot(number: u32) -> Draft {
    let text = format!("Best prices {:x}", number.wrapping_mul(0x9e37_79b9));
    // Forty addresses, from which it never stops.
    let draft = Draft::about("seoul-falls")
        .with("correct", &text)
        .sent_from(&format!("203.0.113.{}", number % 40));
    match number % 6 {
        0 => draft.with("website", "https://pills.example"),
        1 => draft.opened(std::time::Duration::ZERO),
        2 => draft.with("start", "1.aaaa"),
        // Patient ones: some wait a little, some for as long as it takes.
        3 => draft.opened(MINUTE / 6).with("correct", "Best prices"),
        4 => draft.opened(MINUTE / 6),
        _ => draft.opened(MINUTE * 2),
    }
}

/// A reader who does whatever the form asks for, until it is kept.
async fn reader(app: &TestApp, number: u32) -> String {
    let words = format!("READER {number}: it was on the {number}th.");
    let mut draft = Draft::about("moon-landing")
        .with("wrong", &words)
        .with("correct", &format!("{number} June 1969"))
        .opened(MINUTE / 3);
    for _ in 0..60 {
        let page = draft.send(app).await;
        if page.status == 303 {
            return page.header("location").to_owned();
        }
        assert_eq!(page.status, 429, "{}", page.text());
        assert_eq!(draft.on(&page).field("wrong"), words);
        let is_step = page.text().contains("one more step");
        if number.is_multiple_of(5) {
            // Without JavaScript: a look at the clock, and again.
            draft = draft.on(&page).opened(MINUTE);
        } else if is_step {
            draft = solved(&page, &draft);
        }
        if !is_step {
            let seconds: u64 = page.header("retry-after").parse().unwrap();
            tokio::time::sleep(std::time::Duration::from_secs(seconds.min(5))).await;
        }
    }
    panic!("reader {number} gave up");
}

#[tokio::test]
async fn all_readers_get_through_a_flood_and_hardly_anything_else() {
    flood(1_000, 25).await;
}

#[tokio::test]
#[ignore = "takes minutes: cargo test --test it flood -- --ignored"]
async fn all_readers_get_through_ten_thousand_posts() {
    flood(10_000, 50).await;
}

async fn flood(bots: u32, readers: u32) {
    let app = site().await;
    let every = bots / readers;
    let receipts: Vec<Option<String>> = stream::iter(0..bots)
        .map(|number| {
            let app = &app;
            async move {
                let answer = bot(number).send(app).await;
                assert!([303, 429].contains(&answer.status), "{}", answer.status);
                // They come from the midst of it to its end.
                if number % every == every / 2 {
                    return Some(reader(app, number / every + 1).await);
                }
                None
            }
        })
        .buffer_unordered(16)
        .collect()
        .await;
    let receipts: Vec<String> = receipts.into_iter().flatten().collect();
    assert_eq!(receipts.len(), readers as usize);
    for receipt in &receipts {
        app.page(receipt).await;
    }
    let received = column(&app, "state || ' ' || wrong");
    let through = received
        .iter()
        .filter(|row| row.starts_with("received READER"))
        .count();
    assert_eq!(through, readers as usize);
    let others = received
        .iter()
        .filter(|row| row.starts_with("received ") && !row.contains("READER"))
        .count();
    assert!(others <= AT_MOST, "{others}");
    // Something of them came in, or this would prove nothing.
    assert!(others >= 30, "{others}");
    let spam = received
        .iter()
        .filter(|row| row.starts_with("spam"))
        .count();
    assert!((50..=200).contains(&spam), "{spam}");
}

/// Brings the site under attack: more reports than come in peace.
pub(super) async fn attack(app: &TestApp) {
    for number in 0..31 {
        Draft::letter()
            .with("wrong", &format!("Buy number {number}"))
            .opened(MINUTE * 2)
            .keep(app)
            .await;
    }
}

#[tokio::test]
async fn under_attack_a_form_asks_for_one_more_step_and_loses_nothing() {
    let app = site().await;
    assert!(app.page("/contact").await.all("proof-of-work").is_empty());
    attack(&app).await;
    for path in ["/contact", "/articles/seoul-falls/report"] {
        let page = app.page(path).await;
        assert_eq!(page.all("proof-of-work").len(), 1, "{path}");
        assert!(page.text().contains("when a minute has passed"));
        assert_eq!(page.all("proof-of-work [role=status]").len(), 1);
    }
    let quick = Draft::letter()
        .with("wrong", "Genuine words.")
        .opened(MINUTE / 4);
    let page = quick.send(&app).await;
    assert_eq!(page.status, 429);
    let seconds: u64 = page.header("retry-after").parse().unwrap();
    assert!((40..=45).contains(&seconds), "{seconds}");
    assert!(
        page.one("[role=alert]")
            .text
            .contains(&format!("in {seconds} seconds"))
    );
    let back = quick.on(&page);
    for (name, value) in &quick.fields {
        assert_eq!(back.field(name), value, "{name}");
    }
    // Any answer will not do, and the right one does once.
    let wrong = back.clone().with("answer", "12345678901234567890");
    assert_eq!(wrong.send(&app).await.status, 429);
    let right = solved(&page, &quick);
    let receipt = right.keep(&app).await;
    assert_eq!(right.keep(&app).await, receipt);
    let other = right.clone().with("wrong", "Other words.");
    let page = other.send(&app).await;
    assert_eq!(page.status, 429);
    let fresh = other.on(&page);
    assert_ne!(fresh.field("nonce"), right.field("nonce"));
    assert_eq!(fresh.field("wrong"), "Other words.");
    solved(&page, &other).keep(&app).await;
}

#[tokio::test]
async fn a_form_that_was_open_for_a_minute_is_one_report_and_no_more() {
    let app = site().await;
    attack(&app).await;
    let patient = Draft::letter().with("wrong", "One.").opened(MINUTE);
    patient.keep(&app).await;
    let second = patient.clone().with("wrong", "Two.");
    assert_eq!(second.send(&app).await.status, 429);
    assert!(!column(&app, "wrong").contains(&"Two.".to_owned()));
}

#[tokio::test]
async fn a_rule_that_was_changed_and_catches_too_much_loses_its_effect() {
    let app = site().await;
    let honey = |number: u32| {
        Draft::letter()
            .with("wrong", &format!("Letter {number}"))
            .with("website", "x")
    };
    assert_eq!(
        app.database.lines(
            "SELECT rule || version || ' ' || changed_at AS line FROM spam_rules ORDER BY rule"
        ),
        ["forged1 0", "honeypot1 0", "too-fast1 0"]
    );
    // One that has been there for long is trusted, however much it catches.
    for number in 0..22 {
        honey(number).keep(&app).await;
    }
    assert_eq!(column(&app, "state"), ["spam"; 22]);
    let now = jiff::Timestamp::now().as_millisecond();
    app.database
        .execute(&format!("UPDATE spam_rules SET changed_at = {now}"));
    honey(22).keep(&app).await;
    assert_eq!(column(&app, "state").last().unwrap(), "received");
    assert_eq!(
        daybook::cases::spam_rules(&mut app.database.connect())
            .unwrap()
            .into_iter()
            .filter(|rule| rule.suspended_at.is_some())
            .map(|rule| rule.name)
            .collect::<Vec<_>>(),
        ["honeypot"]
    );
    honey(23).keep(&app).await;
    assert_eq!(column(&app, "state").last().unwrap(), "received");
    // The others go on: one report in 25 is no more than a rule may catch.
    let quick = honey(24).without("website");
    quick.opened(std::time::Duration::ZERO).keep(&app).await;
    let states = column(&app, "state || spam_reason");
    assert_eq!(states.last().unwrap(), "spamtoo-fast");
}
