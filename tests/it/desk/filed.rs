//! Reports as they lie in the database once they have arrived.

use std::sync::atomic::{AtomicU32, Ordering};

use daybook::cases::{self, Arrival};

use crate::harness::TestApp;

/// A day in milliseconds.
pub(super) const DAY: i64 = 24 * 3_600_000;

/// A report, to be filed into a case or kept as spam.
#[derive(Clone, Debug)]
pub(super) struct Filed {
    article: Option<&'static str>,
    category: &'static str,
    quote: String,
    wrong: String,
    correct: String,
    source: String,
    age: i64,
}

impl Filed {
    /// About the wrong date of an article of the fixtures.
    pub(super) fn about(article: &'static str) -> Filed {
        Filed {
            article: Some(article),
            category: "date",
            quote: String::new(),
            wrong: "It was a day later.".to_owned(),
            correct: String::new(),
            source: String::new(),
            age: 0,
        }
    }

    pub(super) fn letter(words: &str) -> Filed {
        Filed {
            article: None,
            category: "something-else",
            wrong: words.to_owned(),
            ..Filed::about("")
        }
    }

    pub(super) fn category(self, category: &'static str) -> Filed {
        Filed { category, ..self }
    }

    pub(super) fn quote(mut self, words: &str) -> Filed {
        words.clone_into(&mut self.quote);
        self
    }

    pub(super) fn wrong(mut self, words: &str) -> Filed {
        words.clone_into(&mut self.wrong);
        self
    }

    pub(super) fn source(mut self, words: &str) -> Filed {
        words.clone_into(&mut self.source);
        self
    }

    /// Arrived so many days ago.
    pub(super) fn days_ago(self, days: i64) -> Filed {
        Filed {
            age: days * DAY,
            ..self
        }
    }

    /// Lets it arrive, and gives the id of its case.
    pub(super) fn file(&self, app: &TestApp) -> String {
        let (id, now) = self.insert(app, "received", "");
        let mut conn = app.database.connect();
        let arrival = Arrival {
            report: &id,
            article: self.article,
            category: self.category,
            quote: &self.quote,
            wrong: &self.wrong,
            correct: &self.correct,
            now,
        };
        conn.change(|conn| cases::file(conn, &arrival)).unwrap()
    }

    /// Lets a rule catch it, and gives its id.
    pub(super) fn caught(&self, app: &TestApp, rule: &str) -> String {
        self.insert(app, "spam", rule).0
    }

    fn insert(&self, app: &TestApp, state: &str, rule: &str) -> (String, i64) {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let now = jiff::Timestamp::now().as_millisecond() - self.age;
        let id = format!("R-{number:06}");
        let text = |words: &str| format!("'{}'", words.replace('\'', "''"));
        let article = self.article.map_or("NULL".to_owned(), text);
        let revision = if self.article.is_some() { "1" } else { "NULL" };
        let words = [
            self.category,
            &self.quote,
            &self.wrong,
            &self.correct,
            &self.source,
        ]
        .map(text)
        .join(", ");
        app.database.execute(&format!(
            "INSERT INTO reports (id, token_hash, received_at, state, spam_reason, article, \
             revision, category, quote, wrong, correct, source, prefix, suffix, page, email, \
             client_hash) VALUES ('{id}', 'hash{number}', {now}, '{state}', '{rule}', {article}, \
             {revision}, {words}, '', '', '', 'reader@example.org', '')"
        ));
        (id, now)
    }
}
