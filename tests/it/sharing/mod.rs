//! An article on its way elsewhere: the page that helps to share it, links to
//! its sentences, links that remember, citations and the QR code.

mod citing;
mod remembering;
mod sentences;
mod share_page;

use crate::harness::{Corpus, Setup, TestApp, article};

const BRIDGE: &str = "articles/01/01/bridge.md";

/// The file of a bridge with lines of front matter of its own.
fn bridge(lines: &str, body: &str) -> String {
    article("Bridge", "1900-01-01", body).replace("sources:", &format!("{lines}\nsources:"))
}

/// A server whose article has had each of these contents, in this order.
async fn app(contents: &[String]) -> TestApp {
    set_up(contents, |setup| setup).await
}

async fn set_up(contents: &[String], prepare: impl Fn(Setup) -> Setup) -> TestApp {
    let corpus = Corpus::empty();
    corpus.write(BRIDGE, &contents[0]);
    let app = prepare(Setup::new(corpus)).start().await;
    for content in &contents[1..] {
        app.write(BRIDGE, content);
        app.ingest();
    }
    app
}
