//! The way of an error report: the form, what becomes of what was sent, the
//! receipt, the list on the command line.
//!
//! [`site`] starts a server whose secret key is known, so that a [`Draft`] can
//! be sealed as if it had been opened a while ago, and before which the test
//! stands as a trusted proxy, so that each draft comes from a client of its
//! own.

mod again;
mod clients;
mod command;
mod confirming;
mod faults;
mod fields;
mod flood;
mod following;
mod instances;
mod kept;
mod killed;
mod opening;
mod privacy;
mod receipt;
mod spam;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use scraper::{ElementRef, Html, Selector};
use sha2::Sha256;

use crate::harness::{Corpus, Page, Setup, TestApp};

/// The key of every site here.
const KEY: [u8; 32] = [0x5a; 32];

const MINUTE: Duration = Duration::from_secs(60);

/// A form on its way: what a browser would send, field by field.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    path: String,
    fields: Vec<(String, String)>,
    headers: Vec<(&'static str, String)>,
}

/// The fixtures behind a trusted proxy.
async fn site() -> TestApp {
    site_over(Corpus::fixtures()).await
}

async fn site_over(corpus: Corpus) -> TestApp {
    Setup::new(corpus)
        .variable("DAYBOOK_SECRET_KEY", &HEXLOWER.encode(&KEY))
        .variable("DAYBOOK_TRUSTED_PROXIES", "127.0.0.1")
        .start()
        .await
}

impl Draft {
    /// A good report about an article, opened a minute ago at its first
    /// revision, from a client that no other draft has.
    fn about(slug: &str) -> Draft {
        Draft::new(&format!("/articles/{slug}/report"), &KEY)
            .with("category", "date")
            .with("wrong", "It was a day later.")
            .with("r", "1")
    }

    /// A good letter to the editors.
    fn letter() -> Draft {
        Draft::new("/contact", &KEY)
            .with("category", "something-else")
            .with("wrong", "Thank you for this almanac.")
    }

    fn new(path: &str, key: &[u8]) -> Draft {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let draft = Draft {
            path: path.to_owned(),
            fields: Vec::new(),
            headers: Vec::new(),
        };
        draft
            .with("nonce", &format!("nonce{count}"))
            .sealed(key, path, MINUTE)
            .sent_from(&format!("10.{}.{}.1", count >> 8, count & 255))
    }

    /// What a browser would send of the form on a page, from the same client
    /// as this draft.
    fn on(&self, page: &Page) -> Draft {
        let mut draft = Draft::read(page);
        draft.headers = self.headers.clone();
        draft
    }

    /// What a browser would send of the form on a page.
    fn read(page: &Page) -> Draft {
        let html = Html::parse_document(page.text());
        let selector = |css| Selector::parse(css).unwrap();
        let form = html.select(&selector("main form")).next().unwrap();
        let mut fields = Vec::new();
        for element in form.select(&selector("input, textarea")) {
            let attribute = |name| element.attr(name).unwrap_or_default().to_owned();
            let is_choice = attribute("type") == "radio";
            if !is_choice || element.attr("checked").is_some() {
                fields.push((attribute("name"), value(element)));
            }
        }
        Draft {
            path: form.attr("action").unwrap().to_owned(),
            fields,
            headers: Vec::new(),
        }
    }

    /// Types into a field, or chooses one of its values.
    fn with(mut self, name: &str, value: &str) -> Draft {
        self = self.without(name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    fn without(mut self, name: &str) -> Draft {
        self.fields.retain(|(known, _)| known != name);
        self
    }

    fn header(mut self, name: &'static str, value: &str) -> Draft {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Comes from the client with this address.
    fn sent_from(self, address: &str) -> Draft {
        self.header("x-forwarded-for", address)
    }

    /// Was opened so long ago.
    fn opened(self, ago: Duration) -> Draft {
        let path = self.path.clone();
        self.sealed(&KEY, &path, ago)
    }

    /// Sealed under `key` for the form at `path`, opened so long ago.
    fn sealed(self, key: &[u8], path: &str, ago: Duration) -> Draft {
        let now = jiff::Timestamp::now().as_millisecond();
        self.sealed_at(key, path, now - i64::try_from(ago.as_millis()).unwrap())
    }

    /// As [`sealed`](Self::sealed), at a moment in epoch milliseconds.
    fn sealed_at(self, key: &[u8], path: &str, opened: i64) -> Draft {
        let opened = opened.to_string();
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).unwrap();
        mac.update(b"daybook reports\0");
        for part in ["start", self.field("nonce"), &opened, path] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        let seal = BASE32_NOPAD.encode(&mac.finalize().into_bytes()[..20]);
        let start = format!("{opened}.{}", seal.to_ascii_lowercase());
        self.with("start", &start)
    }

    /// What stands in a field; nothing where there is none.
    fn field(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    async fn send(&self, app: &TestApp) -> Page {
        self.send_to(&app.url(&self.path)).await
    }

    async fn send_to(&self, url: &str) -> Page {
        let mut request = client().post(url).form(&self.fields);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        Page::read(request.send().await.unwrap()).await
    }

    /// Sends it, which must lead to a receipt, and gives the receipt's path.
    async fn keep(&self, app: &TestApp) -> String {
        let answer = self.send(app).await;
        assert_eq!(answer.status, 303, "{self:?}: {}", answer.text());
        answer.header("location").to_owned()
    }
}

fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap()
}

fn value(element: ElementRef) -> String {
    match element.value().name() {
        "textarea" => element.text().collect(),
        _ => element.attr("value").unwrap_or_default().to_owned(),
    }
}

/// How many reports are kept.
fn count(app: &TestApp) -> i64 {
    app.database.number("SELECT COUNT(*) FROM reports")
}

/// One column of all reports, in the order in which they came in.
fn column(app: &TestApp, name: &str) -> Vec<String> {
    let order = if app.database.is_postgres() {
        "ctid"
    } else {
        "rowid"
    };
    app.database.lines(&format!(
        "SELECT COALESCE(CAST({name} AS TEXT), '(null)') AS line FROM reports ORDER BY {order}"
    ))
}

/// Columns of the only report that is kept.
fn only<const N: usize>(app: &TestApp, names: [&str; N]) -> [String; N] {
    names.map(|name| {
        let mut found = column(app, name);
        assert_eq!(found.len(), 1, "how many reports there are");
        found.remove(0)
    })
}

/// Every row of every table, but of the pictures that are made beside what a
/// test does.
fn everything(app: &TestApp) -> Vec<String> {
    let tables = if app.database.is_postgres() {
        "SELECT table_name::text AS line FROM information_schema.tables \
         WHERE table_schema = 'public' ORDER BY 1"
    } else {
        "SELECT name AS line FROM sqlite_master WHERE type = 'table' ORDER BY 1"
    };
    let mut all = Vec::new();
    let mut tables = app.database.lines(tables);
    tables.retain(|table| table != "renditions");
    for table in tables {
        let row = if app.database.is_postgres() {
            format!("{table}::text")
        } else {
            let columns = format!("SELECT name AS line FROM pragma_table_info('{table}')");
            let quoted = app.database.lines(&columns);
            let quoted: Vec<String> = quoted.iter().map(|one| format!("quote({one})")).collect();
            quoted.join(" || ',' || ")
        };
        let mut rows = app
            .database
            .lines(&format!("SELECT {row} AS line FROM {table}"));
        rows.sort();
        all.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
    }
    all
}
