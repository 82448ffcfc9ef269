//! The receipt: what it shows, what it keeps to itself, and what the database
//! knows of its address.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{Draft, everything, only, site};

const NOWHERE: &str = "/reports/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

#[tokio::test]
async fn a_receipt_shows_what_was_sent_and_nothing_personal() {
    let app = site().await;
    let receipt = Draft::about("seoul-falls")
        .with("p", "1")
        .with("passage", "Nobody fought for the streets.")
        .with("wrong", "Somebody did.\n\nRead the diary.")
        .with("correct", "Few fought for the streets.")
        .with("source", "A diary, p. 7")
        .with("email", "reader@example.org")
        .keep(&app)
        .await;
    let page = app.page(&receipt).await;
    assert_eq!(page.one("h1").text, "Receipt");
    assert_eq!(page.texts(".receipt__state h2"), ["Received"]);
    assert_eq!(
        page.texts(".receipt__report dd"),
        [
            "Seoul falls",
            "A date",
            "Nobody fought for the streets.",
            "Somebody did. Read the diary.",
            "Few fought for the streets.",
            "A diary, p. 7"
        ]
    );
    assert_eq!(page.links(".receipt__report a"), ["/articles/seoul-falls"]);
    let address = page.one(".receipt__address a").attribute("href");
    assert!(address.ends_with(&receipt), "{address}");
    assert!(!page.text().contains("reader@example.org"));
    let [client, id, nonce] = only(&app, ["client_hash", "id", "token_hash"]);
    for secret in [client, id, nonce] {
        assert!(!page.text().contains(&secret), "{secret}");
    }
}

#[tokio::test]
async fn the_address_of_a_receipt_goes_nowhere_by_itself() {
    let app = site().await;
    let receipt = Draft::letter().keep(&app).await;
    let page = app.page(&receipt).await;
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("x-robots-tag"), "noindex, nofollow");
    assert!(
        page.one("meta[name=robots]")
            .attribute("content")
            .contains("noindex")
    );
    assert!(page.all("link[rel=canonical]").is_empty());
    // Neither the title nor any link but the one to keep holds it.
    let token = receipt.strip_prefix("/reports/").unwrap();
    assert!(!page.one("title").text.contains(token));
    let holding = page.links("a[href]");
    let holding: Vec<_> = holding.iter().filter(|one| one.contains(token)).collect();
    assert_eq!(holding.len(), 1, "{holding:?}");
    assert_eq!(
        page.one(".masthead__report a").attribute("href"),
        "/contact"
    );
    let head = app.head(&receipt).await;
    assert_eq!(head.status, 200);
    assert_eq!(head.header("referrer-policy"), "no-referrer");
}

#[tokio::test]
async fn nothing_tells_a_malformed_address_from_an_unknown_one() {
    let app = site().await;
    let receipt = Draft::letter().keep(&app).await;
    let unknown = app.get(NOWHERE).await;
    assert_eq!(unknown.status, 404);
    let mut next = receipt.clone();
    let last = next.pop().unwrap();
    next.push(if last == 'a' { 'b' } else { 'a' });
    let [hash] = only(&app, ["token_hash"]);
    for path in [
        next.as_str(),
        &receipt[..receipt.len() - 1],
        &format!("{receipt}a"),
        &format!("/reports/{hash}"),
        "/reports/1",
        "/reports/%27%20OR%201=1",
        "/reports/%00",
        "/reports/..%2f",
    ] {
        let page = app.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert_eq!(page.text(), unknown.text(), "{path}");
        assert!(!page.text().contains("/reports"), "{path}");
    }
}

#[tokio::test]
async fn another_spelling_of_the_address_leads_to_the_receipt() {
    let app = site().await;
    let receipt = Draft::letter().keep(&app).await;
    for other in [
        receipt.to_ascii_uppercase(),
        format!("{receipt}/"),
        receipt.replace("reports", "Reports"),
    ] {
        let answer = app.get(&other).await;
        assert_eq!(answer.status, 301, "{other}");
        assert_eq!(answer.header("location"), receipt);
    }
}

#[tokio::test]
async fn the_database_knows_the_hash_of_the_secret_and_no_more() {
    let app = site().await;
    let draft = Draft::about("seoul-falls").with("email", "reader@example.org");
    let receipt = draft.keep(&app).await;
    let token = receipt.strip_prefix("/reports/").unwrap();
    assert_eq!(token.len(), 32);
    let hash = HEXLOWER.encode(&Sha256::digest(token));
    assert_eq!(only(&app, ["token_hash"]), [hash.as_str()]);
    let all = everything(&app);
    let holding = |words: &str| all.iter().filter(|row| row.contains(words)).count();
    // The search finds what is there.
    assert_eq!(holding(&hash), 1);
    // The report, and the mail that asks whether the address is the reader's.
    assert_eq!(holding("reader@example.org"), 2);
    assert_eq!(holding(token), 0);
    assert_eq!(holding(draft.field("nonce")), 0);
    assert_eq!(holding(draft.field("start")), 0);
}

#[tokio::test]
async fn a_receipt_outlives_its_article() {
    let app = site().await;
    let receipt = Draft::about("moon-landing").keep(&app).await;
    app.edit(
        "articles/07/20/moon-landing.md",
        "aliases: [first-steps]",
        "aliases: [first-steps, moon-landing]",
    );
    app.rename(
        "articles/07/20/moon-landing.md",
        "articles/07/20/on-the-moon.md",
    );
    app.ingest();
    let page = app.page(&receipt).await;
    assert_eq!(page.links(".receipt__report a"), ["/articles/on-the-moon"]);
    app.remove("articles/07/20/on-the-moon.md");
    app.ingest();
    let page = app.page(&receipt).await;
    assert!(page.links(".receipt__report a").is_empty());
    assert_eq!(page.texts(".receipt__words"), ["It was a day later."]);
}
