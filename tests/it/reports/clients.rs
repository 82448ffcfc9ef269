//! Who may send a form, and how many: pages of other sites may not, and a
//! client has five at once, whatever it says of its address.

use futures_util::future::join_all;

use super::{Draft, KEY, MINUTE, column, count, site};
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
    let app = site().await;
    let own = app.url("");
    let port = own.rsplit_once(':').unwrap().1;
    let (longer, evil) = (format!("{own}.evil.example"), "https://evil.example".to_owned());
    let refused = [
        vec![("sec-fetch-site", "cross-site")],
        vec![("sec-fetch-site", "cross-site"), ("origin", own.as_str())],
        vec![("origin", evil.as_str())],
        vec![("origin", longer.as_str())],
        vec![("origin", "http://127.0.0.1:1")],
        vec![("origin", "http://127.0.0.1")],
        vec![("origin", "null")],
        vec![("origin", "")],
        vec![("origin", "file://")],
    ];
    for headers in refused {
        for draft in [Draft::about("seoul-falls"), Draft::letter()] {
            let draft = headers
                .iter()
                .fold(draft, |draft, (name, value)| draft.header(name, value));
            let answer = draft.send(&app).await;
            assert_eq!(answer.status, 400, "{headers:?}");
            assert!(
                answer.text().contains("sent from a page of another site"),
                "{headers:?}"
            );
        }
    }
    assert_eq!(count(&app), 0);

    let (localhost, public) = (format!("localhost:{port}"), "http://localhost:8080");
    let accepted = [
        vec![],
        vec![("origin", own.as_str())],
        vec![("sec-fetch-site", "same-origin"), ("origin", own.as_str())],
        vec![("sec-fetch-site", "none")],
        // By another name of this machine, and by a proxy that changes the name.
        vec![("origin", &format!("http://{localhost}")), ("host", &localhost)]
            .into_iter()
            .collect(),
        vec![("origin", public)],
    ];
    drop(accepted);
}
