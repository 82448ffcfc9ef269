//! Two instances over one database and one key: a form does not know which of
//! them it was opened at, and the limits are those of one.

use data_encoding::HEXLOWER;
use futures_util::future::{join, join_all};

use super::flood::solved;
use super::{Draft, KEY, MINUTE, column, count, site};
use crate::harness::{Setup, TestApp};

async fn beside(app: &TestApp) -> TestApp {
    Setup::instance_of(app)
        .variable("DAYBOOK_SECRET_KEY", &HEXLOWER.encode(&KEY))
        .variable("DAYBOOK_TRUSTED_PROXIES", "127.0.0.1")
        .start()
        .await
}

#[tokio::test]
async fn a_form_opened_at_one_and_sent_to_the_other_is_one_report() {
    let one = site().await;
    let other = beside(&one).await;
    let page = one.page("/articles/seoul-falls/report?r=1&p=1").await;
    let draft = Draft::read(&page)
        .with("category", "date")
        .with("wrong", "It was a day later.")
        .opened(MINUTE);
    let receipt = draft.keep(&other).await;
    assert_eq!(draft.keep(&one).await, receipt);
    assert_eq!(count(&one), 1);
    for app in [&one, &other] {
        assert_eq!(app.page(&receipt).await.status, 200);
    }
}

#[tokio::test]
async fn a_form_sent_to_both_at_once_is_one_report() {
    let one = site().await;
    let other = beside(&one).await;
    for _ in 0..5 {
        let before = count(&one);
        let draft = Draft::about("seoul-falls");
        let sends = [&one, &other, &one, &other].map(|app| draft.keep(app));
        let receipts = join_all(sends).await;
        assert!(receipts.iter().all(|receipt| *receipt == receipts[0]));
        assert_eq!(count(&one), before + 1);
    }
}

#[tokio::test]
async fn a_client_has_one_allowance_over_both() {
    let one = site().await;
    let other = beside(&one).await;
    let draft = |number: u32| {
        Draft::letter()
            .with("wrong", &format!("Letter {number}"))
            .sent_from("203.0.113.7")
    };
    for (number, app) in (0..).zip([&one, &other, &one, &other, &one]) {
        draft(number).keep(app).await;
    }
    for app in [&other, &one] {
        let page = draft(5).send(app).await;
        assert_eq!(page.status, 429);
        let seconds: u64 = page.header("retry-after").parse().unwrap();
        assert!((40..=60).contains(&seconds), "{seconds}");
        assert_eq!(draft(5).on(&page).field("wrong"), "Letter 5");
    }
    assert_eq!(count(&one), 5);
    // Another client is another, and of neither is an address kept.
    draft(6).sent_from("203.0.113.8").keep(&other).await;
    let rows = one
        .database
        .lines("SELECT who || ' ' || whole_at AS line FROM allowances");
    assert!(rows.len() >= 4, "{rows:?}");
    for row in rows {
        assert!(row.len() > 32 && !row.contains('.'), "{row}");
    }
}

#[tokio::test]
async fn an_attack_on_both_is_seen_by_both() {
    let one = site().await;
    let other = beside(&one).await;
    let quick = Draft::letter()
        .with("wrong", "Genuine words.")
        .opened(MINUTE / 4);
    // Neither of them alone has seen more than comes in peace.
    for number in 0..16 {
        let bot = |app_number: u32| {
            Draft::letter()
                .with("wrong", &format!("Buy {number} {app_number}"))
                .opened(MINUTE * 2)
        };
        bot(1).keep(&one).await;
        bot(2).keep(&other).await;
    }
    for app in [&other, &one] {
        let page = quick.send(app).await;
        assert_eq!(page.status, 429, "{}", page.text());
        assert!(page.text().contains("one more step"));
    }
    // A calculation that one has set is good at the other, and once.
    let page = quick.send(&one).await;
    let right = solved(&page, &quick);
    let second = right.clone().with("wrong", "Other words.");
    let (first, second) = join(right.send(&one), second.send(&other)).await;
    let mut statuses = [first.status, second.status];
    statuses.sort();
    assert_eq!(statuses, [303, 429]);
    let kept = column(&one, "wrong");
    let kept = kept.iter().filter(|words| words.ends_with("words."));
    assert_eq!(kept.count(), 1);
}

#[tokio::test]
async fn what_was_counted_is_swept_when_it_means_nothing() {
    let app = site().await;
    Draft::letter().keep(&app).await;
    let rows = "SELECT count(*) FROM allowances";
    let sweep = |at: i64| {
        let mut conn = app.database.connect();
        conn_change(&mut conn, at);
    };
    let now = jiff::Timestamp::now().as_millisecond();
    sweep(now);
    assert!(app.database.number(rows) >= 4);
    sweep(now + 11 * 60_000);
    assert_eq!(app.database.number(rows), 0);
}

fn conn_change(conn: &mut daybook::db::AnyConnection, at: i64) {
    use diesel::Connection;
    conn.transaction(|conn| daybook::reports::sweep(conn, at))
        .unwrap();
}
