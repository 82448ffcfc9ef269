//! The outbox and the postman: what is sent once, what is tried again, and what
//! nobody may send again.

mod faults;
mod outbox;
mod running;
mod sending;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use daybook::config::{Config, Overrides, SmtpUrl};
use daybook::db::Db;
use daybook::mail::{self, Address, Kind, Message, Pass, Patience, Postman, Smtp};

use crate::harness::{Corpus, SmtpServer, Way};

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// When every test here begins.
const NOW: i64 = 1_764_000_000_000;

/// An outbox with nothing in it.
struct Post {
    corpus: Corpus,
    db: Db,
}

/// A row of the outbox.
#[derive(Debug, PartialEq)]
struct Row {
    state: String,
    attempts: i64,
    due_at: i64,
    text: String,
    html: String,
    recipient: String,
    answer: String,
}

impl Post {
    fn new() -> Post {
        let corpus = Corpus::empty();
        let db = corpus.migrated();
        Post { corpus, db }
    }

    fn config(&self, variables: &[(&str, &str)]) -> Config {
        let flags = Overrides {
            data: Some(self.corpus.data().display().to_string()),
            ..Overrides::default()
        };
        let env = |name: &str| {
            let with_base = [("DAYBOOK_BASE_URL", "https://history.example")];
            let found = variables.iter().chain(&with_base);
            let mut found = found.filter(|(known, _)| *known == name);
            found.next().map(|(_, value)| (*value).to_owned())
        };
        Config::resolve(flags, env, None).unwrap()
    }

    /// Queues a mail to this address; gives its id.
    fn queue(&self, recipient: &str) -> String {
        self.queue_at(recipient, NOW)
    }

    fn queue_at(&self, recipient: &str, now: i64) -> String {
        let message = message(recipient);
        assert!(mail::queue(&mut self.db.connect().unwrap(), &message, now).unwrap());
        let sql = format!(
            "SELECT id AS line FROM outbox WHERE cause = '{}'",
            message.cause
        );
        self.corpus.database.lines(&sql).remove(0)
    }

    fn row(&self, id: &str) -> Row {
        let column = |name: &str| {
            let sql = format!("SELECT CAST({name} AS TEXT) AS line FROM outbox WHERE id = '{id}'");
            self.corpus.database.lines(&sql).remove(0)
        };
        Row {
            state: column("state"),
            attempts: column("attempts").parse().unwrap(),
            due_at: column("due_at").parse().unwrap(),
            text: column("text"),
            html: column("html"),
            recipient: column("recipient"),
            answer: column("answer"),
        }
    }

    fn state(&self, id: &str) -> String {
        self.row(id).state
    }

    /// One that goes to this server and trusts it.
    fn postman(&self, server: &SmtpServer) -> Postman {
        self.postman_with(&server.url(), Some(&server.pem))
    }

    fn postman_with(&self, url: &str, root: Option<&str>) -> Postman {
        self.postman_on(self.db.clone(), url, root)
    }

    fn postman_on(&self, db: Db, url: &str, root: Option<&str>) -> Postman {
        let url: SmtpUrl = url.parse().unwrap();
        let smtp = Smtp::trusting(&url, "history.example", root.map(str::as_bytes))
            .unwrap()
            .with_patience(Patience {
                opening: Duration::from_secs(2),
                envelope: Duration::from_secs(1),
                message: Duration::from_secs(1),
            });
        Postman::by_way_of(db, &self.config(&[]), smtp)
    }
}

/// A mail for a cause that no other has.
fn message(recipient: &str) -> Message {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    Message {
        cause: format!("test:{}", COUNT.fetch_add(1, Ordering::Relaxed)),
        kind: Kind::Outcome,
        recipient: Address::parse(recipient).unwrap(),
        subject: "What became of your report".to_owned(),
        text: "Dear reader,\n.\nit was corrected.\n".to_owned(),
        html: "<p>Dear reader, it was corrected.</p>\n".to_owned(),
    }
}

async fn pass(postman: &mut Postman, now: i64) -> Pass {
    postman.pass(|| now).await.unwrap()
}

/// A server and an outbox that is emptied to it.
async fn clear() -> (Post, SmtpServer) {
    (Post::new(), SmtpServer::start(Way::Clear).await)
}
