//! Who may send a form, and how many: pages of other sites may not, and a
//! client has five at once, whatever it says of its address.

use futures_util::future::join_all;

use super::{Draft, column, count, everything, site};
use crate::harness::{Corpus, Setup, TestApp};

/// Sends six good letters, from these addresses, and gives the statuses.
async fn six(app: &TestApp, address: impl Fn(u32) -> String) -> Vec<u16> {
    let mut statuses = Vec::new();
    for number in 1..=6 {
        let draft = Draft::letter().sent_from(&address(number));
        statuses.push(draft.send(app).await.status);
    }
    statuses
}

const FIVE: [u16; 6] = [303, 303, 303, 303, 303, 429];
const ALL: [u16; 6] = [303; 6];

#[tokio::test]
async fn a_form_on_a_page_of_another_site_is_refused() {
    let app = Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_BASE_URL", "https://almanac.example")
        .start()
        .await;
    let own = app.url("");
    let longer = format!("{own}.evil.example");
    let with = |draft: Draft, headers: &[(&'static str, &str)]| {
        headers
            .iter()
            .fold(draft, |draft, (name, value)| draft.header(name, value))
    };
    for headers in [
        vec![("sec-fetch-site", "cross-site")],
        vec![("sec-fetch-site", "same-site")],
        vec![("sec-fetch-site", "cross-site"), ("origin", own.as_str())],
        vec![("origin", "https://evil.example")],
        vec![("origin", "https://almanac.example.evil.example")],
        vec![("origin", longer.as_str())],
        vec![("origin", "http://127.0.0.1:1")],
        vec![("origin", "null")],
        vec![("origin", "")],
        vec![("origin", "file://")],
    ] {
        for draft in [Draft::about("seoul-falls"), Draft::letter()] {
            let answer = with(draft, &headers).send(&app).await;
            assert_eq!(answer.status, 400, "{headers:?}");
            assert!(
                answer.text().contains("sent from a page of another site"),
                "{headers:?}"
            );
        }
    }
    assert_eq!(count(&app), 0);
    for headers in [
        vec![],
        vec![("sec-fetch-site", "same-origin")],
        vec![("sec-fetch-site", "same-origin"), ("origin", own.as_str())],
        vec![("origin", own.as_str())],
        // Behind a proxy that asks for it by its own name.
        vec![("origin", "https://almanac.example")],
    ] {
        // The key of this site is its own, so what arrives is spam; it is kept.
        let before = count(&app);
        with(Draft::letter(), &headers).keep(&app).await;
        assert_eq!(count(&app), before + 1, "{headers:?}");
    }
}

#[tokio::test]
async fn a_client_sends_five_and_keeps_the_text_of_the_sixth() {
    let app = site().await;
    let draft = |number: u32| {
        Draft::about("seoul-falls")
            .with("correct", &format!("Words, number {number}"))
            .sent_from("192.0.2.1")
    };
    let mut kept = Vec::new();
    for number in 1..=5 {
        kept.push(draft(number));
        kept.last().unwrap().keep(&app).await;
    }
    let sixth = draft(6);
    let page = sixth.send(&app).await;
    assert_eq!(page.status, 429);
    let seconds: u64 = page.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(
        page.one("[role=alert]")
            .text
            .contains("Several reports have come from your address")
    );
    let back = sixth.on(&page);
    for (name, value) in &sixth.fields {
        assert_eq!(back.field(name), value, "{name}");
    }
    assert_eq!(count(&app), 5);
    // What was kept already is answered; others are not held up.
    kept[0].keep(&app).await;
    back.sent_from("192.0.2.2").keep(&app).await;
    assert_eq!(count(&app), 6);
}

#[tokio::test]
async fn a_form_with_mistakes_uses_nothing_up() {
    let app = site().await;
    for _ in 0..8 {
        let wrong = Draft::letter().with("wrong", "").sent_from("192.0.2.1");
        assert_eq!(wrong.send(&app).await.status, 422);
    }
    assert_eq!(six(&app, |_| "192.0.2.1".to_owned()).await, FIVE);
}

#[tokio::test]
async fn an_address_that_a_client_makes_up_is_no_help() {
    // Without a trusted proxy the header says nothing at all.
    let app = Setup::new(Corpus::fixtures()).start().await;
    assert_eq!(six(&app, |n| format!("192.0.2.{n}")).await, FIVE);
    // Behind one, what it has added counts: the right-most address.
    let app = site().await;
    let forged = |n| format!("203.0.113.{n}, 192.0.2.1");
    assert_eq!(six(&app, forged).await, FIVE);
    let through_two = |n| format!("203.0.113.{n}, 192.0.2.2, 127.0.0.1");
    assert_eq!(six(&app, through_two).await, FIVE);
    let unreadable = |n| format!("192.0.2.{n}, unknown");
    assert_eq!(six(&app, unreadable).await, FIVE);
    // And where it differs, so do the clients.
    assert_eq!(
        six(&app, |n| format!("203.0.113.1, 192.0.2.1{n}")).await,
        ALL
    );
}

#[tokio::test]
async fn a_household_with_a_network_of_its_own_is_one_client() {
    let app = site().await;
    let one_house = |n| format!("2001:db8:1:1:{n}::{n}");
    assert_eq!(six(&app, one_house).await, FIVE);
    let with_port = |n| format!("[2001:db8:1:2::{n}]:4711");
    assert_eq!(six(&app, with_port).await, FIVE);
    let six_houses = |n| format!("2001:db8:2:{n}::1");
    assert_eq!(six(&app, six_houses).await, ALL);
}

#[tokio::test]
async fn a_flood_of_spam_ends_and_leaves_room_for_a_reader() {
    let app = site().await;
    let flood: Vec<Draft> = (0..115)
        .map(|_| Draft::letter().with("website", "https://pills.example"))
        .collect();
    let mut refused = 0;
    for some in flood.chunks(8) {
        for answer in join_all(some.iter().map(|one| one.send(&app))).await {
            match answer.status {
                303 => {}
                429 => {
                    refused += 1;
                    let seconds: u64 = answer.header("retry-after").parse().unwrap();
                    assert!((1..=60).contains(&seconds), "{seconds}");
                    assert!(!answer.text().contains("from your address"));
                }
                status => panic!("{status}"),
            }
        }
    }
    // One more has room every six seconds.
    assert!((5..=15).contains(&refused), "{refused}");
    assert_eq!(count(&app), 115 - refused);
    Draft::letter().keep(&app).await;
    let states = column(&app, "state");
    assert_eq!(
        states.iter().filter(|state| *state == "received").count(),
        1
    );
}

#[tokio::test]
async fn what_is_kept_of_a_client_is_a_trace_and_no_address() {
    let app = site().await;
    for address in [
        "192.0.2.201",
        "192.0.2.201",
        "192.0.2.202",
        "2001:db8:77:1::1",
    ] {
        Draft::letter()
            .with("email", "reader@example.org")
            .sent_from(address)
            .keep(&app)
            .await;
    }
    let traces = column(&app, "client_hash");
    assert_eq!(traces[0], traces[1]);
    assert_ne!(traces[0], traces[2]);
    assert_ne!(traces[2], traces[3]);
    assert!(traces.iter().all(|trace| trace.len() == 32));
    assert_eq!(column(&app, "email"), ["reader@example.org"; 4]);
    let mut all = everything(&app);
    for row in &mut all {
        // The links in a mail begin with the address of the site.
        *row = row.replace("http://127.0.0.1:0", "");
    }
    for words in ["192.0.2.20", "2001:db8:77", "127.0.0.1"] {
        let holding: Vec<_> = all.iter().filter(|row| row.contains(words)).collect();
        assert!(holding.is_empty(), "{holding:?}");
    }
}
