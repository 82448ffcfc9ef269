//! What becomes of reports: cases through the functions that the desk, the
//! import and the form call, on a real database.

mod audit;
pub(crate) mod holds;
mod life;
mod settling;

use daybook::cases::{self, Acceptance, Actor, Arrival, Case, Change, NoteKind, Refusal, State};
use daybook::db::{AnyConnection, Db, migrate};
use diesel::QueryResult;

use crate::harness::{Corpus, letterhead};

/// 22 November 2026, noon UTC.
const NOON: i64 = 1_795_348_800_000;

const EDITOR: Actor<'static> = Actor::Editor("E-000001");

/// A database with its tables, and reports in it.
struct Desk {
    corpus: Corpus,
    db: Db,
    reports: std::cell::Cell<i64>,
}

impl Desk {
    fn new() -> Desk {
        let corpus = Corpus::empty();
        let db = corpus.database.open();
        migrate::run(&mut db.connect().unwrap()).unwrap();
        Desk {
            corpus,
            db,
            reports: 0.into(),
        }
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> QueryResult<T> + Send + 'static,
    ) -> T {
        self.db.write(work).await.unwrap()
    }

    /// Keeps a report about the article "seoul-falls" and files it; gives the
    /// id of its case. `email` is a confirmed one if it is not empty.
    async fn report(&self, category: &str, correct: &str, email: &str) -> String {
        self.report_about(Some("seoul-falls"), category, correct, email)
            .await
    }

    async fn report_about(
        &self,
        article: Option<&str>,
        category: &str,
        correct: &str,
        email: &str,
    ) -> String {
        let number = self.reports.get() + 1;
        self.reports.set(number);
        let report = format!("R-{number:06}");
        let slug = article.map_or("NULL".to_owned(), |slug| format!("'{slug}'"));
        let confirmed = if email.is_empty() { "NULL" } else { "1" };
        self.corpus.database.execute(&format!(
            "INSERT INTO reports (id, token_hash, received_at, state, spam_reason, article, quote,
                prefix, suffix, page, category, wrong, correct, source, email, client_hash,
                confirm_hash, confirmed_at)
             VALUES ('{report}', 'token {number}', {NOON}, 'received', '', {slug},
                'The city fell on 7 January.', '', '', '', '{category}', 'Wrong day.',
                '{correct}', '', '{email}', '', '', {confirmed})"
        ));
        let (category, correct) = (category.to_owned(), correct.to_owned());
        let article = article.map(str::to_owned);
        self.write(move |conn| {
            let arrival = Arrival {
                report: &report,
                article: article.as_deref(),
                category: &category,
                quote: "The city fell on 7 January.",
                wrong: "Wrong day.",
                correct: &correct,
                now: NOON,
            };
            cases::file(conn, &arrival)
        })
        .await
    }

    async fn case(&self, id: &str) -> Case {
        let id = id.to_owned();
        let found = self.db.read(move |conn| cases::by_id(conn, &id)).await;
        found.unwrap().unwrap()
    }

    /// Does something to a case as its newest version is.
    async fn change(
        &self,
        id: &str,
        work: impl FnOnce(&mut AnyConnection, &Change<'_>) -> QueryResult<Result<Case, Refusal>>
        + Send
        + 'static,
    ) -> Result<Case, Refusal> {
        let case = self.case(id).await;
        self.write(move |conn| {
            let change = Change {
                case: &case.id,
                seen: case.version,
                by: EDITOR,
                now: NOON + 1000,
            };
            work(conn, &change)
        })
        .await
    }

    async fn accept(&self, id: &str) -> Case {
        let accepted = self.change(id, |conn, change| {
            cases::accept(conn, change, &acceptance())
        });
        accepted.await.unwrap()
    }

    async fn decline(&self, id: &str) -> Result<Case, Refusal> {
        self.change(id, |conn, change| {
            cases::decline(conn, change, "Both sources say so.", &letterhead())
        })
        .await
    }

    async fn reopen(&self, id: &str) -> Case {
        let reopened = self.change(id, |conn, change| {
            cases::reopen(conn, change, "A third source has come up.")
        });
        reopened.await.unwrap()
    }

    /// How many mails of a kind wait for an address.
    fn mails(&self, kind: &str, to: &str) -> i64 {
        self.corpus.database.number(&format!(
            "SELECT COUNT(*) FROM outbox WHERE kind = '{kind}' AND recipient = '{to}'"
        ))
    }
}

fn acceptance() -> Acceptance {
    Acceptance {
        kind: NoteKind::Correction,
        note: "An earlier version said 7 January.".to_owned(),
        date: "2026-11-22".to_owned(),
        amended: None,
    }
}
