//! The public ledger: what it lists and what it keeps to itself, its figures,
//! and that its six forms say the same.

mod choosing;
mod forms;
mod one_case;

use daybook::cases::{self, Acceptance, Actor, Arrival, Change, Named, NoteKind};
use serde_json::Value;

use crate::harness::{Corpus, Page, Setup, TestApp, letterhead};

const DAY: i64 = 86_400_000;
/// 2026-01-10T00:00:00Z, by which all times here are told.
const START: i64 = 1_768_003_200_000;
const FORMS: [&str; 5] = [
    "/corrections",
    "/corrections.atom",
    "/corrections.json",
    "/corrections.rss",
    "/api/v1/corrections",
];

/// Makes cases in the database of a site, as readers and editors would.
pub(crate) struct Desk<'a> {
    app: &'a TestApp,
    reports: std::cell::Cell<u32>,
}

impl<'a> Desk<'a> {
    pub(crate) fn of(app: &'a TestApp) -> Desk<'a> {
        Desk {
            app,
            reports: std::cell::Cell::new(0),
        }
    }

    /// A report on an article, `days` after the start; gives its case. No two
    /// are about the same.
    pub(crate) async fn report(&self, article: Option<&str>, category: &str, days: f64) -> String {
        self.reports.set(self.reports.get() + 1);
        let number = self.reports.get();
        let id = format!("R-{number:06}");
        let sql = format!(
            "INSERT INTO reports (id, token_hash, received_at, state, spam_reason, article, revision, \
             paragraph, quote, prefix, suffix, page, category, wrong, correct, source, email, client_hash) \
             VALUES ('{id}', '{id}', 0, 'received', '', {}, 1, 1, 'secretpassage {number}', '', '', '', \
             '{category}', 'secretwrong {number}', 'secretcorrect {number}', '', 'secret@example.org', '')",
            article.map_or("NULL".to_owned(), |slug| format!("'{slug}'")),
        );
        self.app.database.execute(&sql);
        let (article, category) = (article.map(str::to_owned), category.to_owned());
        let write = move |conn: &mut daybook::db::AnyConnection| {
            cases::file(
                conn,
                &Arrival {
                    report: &id,
                    article: article.as_deref(),
                    category: &category,
                    quote: &format!("secretpassage {}", "x".repeat(number as usize)),
                    wrong: &format!("secretwrong {}", "y".repeat(number as usize)),
                    correct: &format!("secretcorrect {number}"),
                    now: at(days),
                },
            )
        };
        self.app.database.open().write(write).await.unwrap()
    }

    pub(crate) async fn decline(&self, case: &str, reason: &str, days: f64) {
        let reason = reason.to_owned();
        self.change(case, days, move |conn, change| {
            cases::decline(conn, change, &reason, &letterhead()).map(drop)
        })
        .await;
    }

    async fn accept(&self, case: &str, kind: NoteKind, note: &str, days: f64) {
        let acceptance = Acceptance {
            kind,
            note: note.to_owned(),
            date: "2026-01-11".to_owned(),
            amended: None,
        };
        self.change(case, days, move |conn, change| {
            cases::accept(conn, change, &acceptance).map(drop)
        })
        .await;
    }

    /// As an import does that finds the case named in the file.
    async fn correct(&self, case: &str, slug: &str, kind: NoteKind, note: &str, days: f64) {
        let (id, slug, note) = (case.to_owned(), slug.to_owned(), note.to_owned());
        let write = move |conn: &mut daybook::db::AnyConnection| {
            let named = Named {
                case: &id,
                kind: kind.as_str(),
                text: &note,
                date: "2026-01-11",
            };
            cases::settle(conn, &slug, 2, &[named], &letterhead(), at(days))
        };
        let unknown = self.app.database.open().write(write).await.unwrap();
        assert_eq!(unknown, [""; 0]);
    }

    async fn reopen(&self, case: &str, why: &str, days: f64) {
        let why = why.to_owned();
        self.change(case, days, move |conn, change| {
            cases::reopen(conn, change, &why).map(drop)
        })
        .await;
    }

    async fn merge(&self, case: &str, into: &str, days: f64) {
        let into = into.to_owned();
        self.change(case, days, move |conn, change| {
            cases::merge(conn, change, &into, &letterhead()).map(drop)
        })
        .await;
    }

    async fn change<F>(&self, case: &str, days: f64, work: F)
    where
        F: FnOnce(&mut daybook::db::AnyConnection, &Change<'_>) -> diesel::QueryResult<()>
            + Send
            + 'static,
    {
        let case = case.to_owned();
        let write = move |conn: &mut daybook::db::AnyConnection| {
            let seen = cases::by_id(conn, &case)?.unwrap();
            let change = Change {
                case: &case,
                seen: seen.version,
                by: Actor::Editor("E-7K3Q2M"),
                now: at(days),
            };
            work(conn, &change)?;
            let after = cases::by_id(conn, &case)?.unwrap();
            assert!(after.version > seen.version, "{case} was not changed");
            Ok(())
        };
        self.app.database.open().write(write).await.unwrap();
    }
}

/// So many days after the start, in epoch milliseconds.
#[expect(clippy::cast_possible_truncation, reason = "a few days")]
fn at(days: f64) -> i64 {
    START + (days * DAY as f64) as i64
}

async fn site() -> TestApp {
    site_in("UTC").await
}

async fn site_in(zone: &str) -> TestApp {
    Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_BASE_URL", "https://daybook.example")
        .variable("DAYBOOK_TIME_ZONE", zone)
        .start()
        .await
}

fn json(page: &Page) -> Value {
    serde_json::from_str(page.text()).unwrap()
}

fn address(case: &str) -> String {
    format!(
        "https://daybook.example/corrections/{}",
        case.to_lowercase()
    )
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The structured data in the head of a page.
fn structured(page: &Page) -> Value {
    let html = scraper::Html::parse_document(page.text());
    let css = scraper::Selector::parse("script[type='application/ld+json']").unwrap();
    let script: String = html.select(&css).next().unwrap().text().collect();
    serde_json::from_str(&script).unwrap()
}
