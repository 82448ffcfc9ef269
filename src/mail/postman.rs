//! The loop that sends what lies in the outbox.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::letter::Stationery;
use super::queries::{self, Fate, Taken};
use super::transport::{Folder, Outcome, Signal, Smtp, Transport, Verdict};
use crate::config::Config;
use crate::db::{Db, DbError, Duty, Lease};

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;

/// How long a mail waits after its first, second, … attempt, in milliseconds;
/// after each further one as long as after the last.
const BACKOFF: [i64; 5] = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR];

/// For how long a mail is tried, in milliseconds. The last attempt is made at
/// the end of that time, or when the program comes back after it.
const LIFE: i64 = 24 * HOUR;

/// After this time nobody is sending a mail any more that is marked as being
/// sent: longer than all of [`super::Patience`] together.
const STUCK: i64 = 10 * MINUTE;

/// How often the outbox is looked at.
const TICK: Duration = Duration::from_secs(2);

/// How long the server is left alone after it could not be reached, so that not
/// each mail of a long queue waits for it in turn.
const AWAY: Duration = Duration::from_secs(60);

/// How long the mail at hand gets when the program stops. What was not handed
/// over by then waits for the next start.
const GRACE: Duration = Duration::from_secs(8);

/// Takes mail from the outbox to the server, or to a folder where none is set.
/// Several may work on one database: each mail is taken by one of them.
pub struct Postman {
    db: Db,
    stationery: Stationery,
    transport: Transport,
    lease: Lease,
    signal: watch::Receiver<Signal>,
    stop: watch::Sender<Signal>,
}

/// How a pass over the outbox ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// Nothing more is due.
    Done,
    /// There is no way to the server at present; the rest waits.
    Unreachable,
}

/// A postman at work beside the server.
pub struct Rounds {
    stop: watch::Sender<Signal>,
    task: JoinHandle<()>,
}

impl Postman {
    /// As the settings say. Nothing is connected or sent yet.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new(db: Db, config: &Config) -> anyhow::Result<Postman> {
        let transport = match &config.smtp_url {
            Some(url) => {
                let smtp = Smtp::new(url, &config.mail_domain())?;
                Transport::Smtp(Box::new(smtp))
            }
            None => Transport::Folder(Folder::new(config.mail_folder())),
        };
        Ok(Postman::with(db, config, transport))
    }

    /// As the settings say, but by way of this server.
    #[must_use]
    pub fn by_way_of(db: Db, config: &Config, smtp: Smtp) -> Postman {
        Postman::with(db, config, Transport::Smtp(Box::new(smtp)))
    }

    /// Makes rounds only while this lease holds. Without one it makes them in any
    /// case: no mail is taken twice.
    #[must_use]
    pub fn holding(mut self, lease: Lease) -> Postman {
        self.lease = lease;
        self
    }

    /// Begins to work, on the runtime of whoever calls.
    #[must_use]
    pub fn start(self) -> Rounds {
        if let Transport::Folder(folder) = &self.transport {
            tracing::info!(
                folder = %folder.path().display(),
                "no mail leaves this machine: each is written to a file; set DAYBOOK_SMTP_URL to \
                 have it sent"
            );
        }
        Rounds {
            stop: self.stop.clone(),
            task: tokio::spawn(self.run()),
        }
    }

    /// Calls unknown what a process that has crashed was sending. To be called
    /// before the first pass; if another process is still alive and sending, it
    /// puts right what this gets wrong. Gives the number of mails.
    ///
    /// # Errors
    /// The database's.
    pub async fn recover(&self, now: i64) -> Result<usize, DbError> {
        self.give_up_on(now, now).await
    }

    /// Sends what is due, one mail after the other. `now` gives the time in
    /// epoch milliseconds.
    ///
    /// # Errors
    /// The database's. A mail at hand then stays marked as being sent, and
    /// becomes unknown.
    pub async fn pass(&mut self, now: impl Fn() -> i64 + Send) -> Result<Pass, DbError> {
        self.give_up_on(now() - STUCK, now()).await?;
        let mut pass = Pass::Done;
        while *self.signal.borrow() == Signal::Run {
            let moment = now();
            let due = move |conn: &mut _| queries::is_any_due(conn, moment);
            if !self.db.read(due).await? {
                break;
            }
            let take = move |conn: &mut _| queries::take_due(conn, moment);
            let Some(row) = self.db.write(take).await? else {
                // Another took it in between.
                continue;
            };
            let verdict = match self.stationery.write(&row) {
                Ok(letter) => {
                    let name = file_name(&row);
                    self.transport.carry(letter, &name, &self.signal).await
                }
                Err(sentence) => Verdict::refused(sentence),
            };
            let is_unreachable = verdict.outcome == Outcome::Unreachable;
            self.note(row, verdict, now()).await?;
            if is_unreachable {
                pass = Pass::Unreachable;
                break;
            }
        }
        self.transport.rest().await;
        Ok(pass)
    }

    fn with(db: Db, config: &Config, transport: Transport) -> Postman {
        let (stop, signal) = watch::channel(Signal::Run);
        Postman {
            db,
            stationery: Stationery::of(config),
            transport,
            lease: Lease::always(Duty::Mail),
            signal,
            stop,
        }
    }

    async fn run(mut self) {
        let mut is_recovered = false;
        let mut swept_at = 0;
        loop {
            let result = if self.lease.holds() {
                self.round(&mut is_recovered, &mut swept_at).await
            } else {
                // Another instance is sending now. What it leaves half done is
                // looked for when the duty comes back here.
                is_recovered = false;
                Ok(Pass::Done)
            };
            let pause = match result {
                Ok(Pass::Done) => TICK,
                Ok(Pass::Unreachable) => AWAY,
                Err(error) => {
                    tracing::warn!("the outbox cannot be looked through: {error}");
                    TICK * 5
                }
            };
            tokio::select! {
                _ = self.signal.wait_for(|one| *one != Signal::Run) => break,
                () = sleep(pause) => {}
            }
        }
    }

    async fn round(
        &mut self,
        is_recovered: &mut bool,
        swept_at: &mut i64,
    ) -> Result<Pass, DbError> {
        let now = clock();
        if !*is_recovered {
            self.recover(now).await?;
            *is_recovered = true;
        }
        if now - *swept_at > HOUR {
            self.db.write(move |conn| queries::sweep(conn, now)).await?;
            *swept_at = now;
        }
        self.pass(clock).await
    }

    async fn give_up_on(&self, before: i64, now: i64) -> Result<usize, DbError> {
        let stuck = move |conn: &mut _| queries::give_up_on(conn, before, now);
        let ids = self.db.write(stuck).await?;
        for id in &ids {
            tracing::warn!(
                mail = id,
                "a mail was being sent when the program ended; it may have arrived, and is not \
                 sent again by itself"
            );
        }
        Ok(ids.len())
    }

    /// Writes down what came of an attempt. The database is asked several times,
    /// because what it does not learn now nobody will know.
    async fn note(&self, row: Taken, verdict: Verdict, now: i64) -> Result<(), DbError> {
        let fate = fate(&row, verdict.outcome, now);
        tell(&row, &verdict, fate);
        let mut attempts_left = 5;
        loop {
            let (row, answer) = (row.clone(), verdict.answer.clone());
            let finish = move |conn: &mut _| queries::finish(conn, &row, fate, &answer, now);
            match self.db.write(finish).await {
                Err(DbError::Unavailable(_)) if attempts_left > 0 => {
                    attempts_left -= 1;
                    sleep(Duration::from_millis(500)).await;
                }
                result => return result,
            }
        }
    }
}

impl Rounds {
    /// Lets the mail at hand be finished, for some seconds, and sends no other.
    pub async fn stop(mut self) {
        let _ = self.stop.send(Signal::Finish);
        if timeout(GRACE, &mut self.task).await.is_ok() {
            return;
        }
        let _ = self.stop.send(Signal::Now);
        if timeout(Duration::from_secs(5), self.task).await.is_err() {
            tracing::warn!("a mail was under way when the program stopped");
        }
    }
}

fn fate(row: &Taken, outcome: Outcome, now: i64) -> Fate {
    match outcome {
        Outcome::Sent => Fate::Sent,
        Outcome::Refused => Fate::Failed,
        Outcome::Unclear => Fate::Unknown,
        Outcome::Later | Outcome::Unreachable => {
            let end = row.created_at + LIFE;
            if now >= end {
                return Fate::Failed;
            }
            let attempt = usize::try_from(row.attempts - 1).unwrap_or(0);
            let wait = BACKOFF[attempt.min(BACKOFF.len() - 1)];
            Fate::Waiting((now + wait).min(end))
        }
    }
}

/// One line for each attempt, without anything that tells of a person.
fn tell(row: &Taken, verdict: &Verdict, fate: Fate) {
    let (mail, kind, code) = (&row.id, &row.kind, verdict.code);
    match (fate, verdict.outcome) {
        (Fate::Sent, _) => tracing::info!(mail, kind, code, "sent a mail"),
        (Fate::Waiting(_), Outcome::Unreachable) => {
            tracing::warn!(
                mail,
                kind,
                code,
                "no way to the mail server; it is tried again"
            );
        }
        (Fate::Waiting(_), _) => {
            tracing::warn!(mail, kind, code, "a mail was not taken; it is tried again");
        }
        (Fate::Failed, _) => tracing::warn!(mail, kind, code, "a mail could not be sent"),
        (Fate::Unknown, _) => tracing::warn!(
            mail,
            kind,
            code,
            "a mail may have been sent, and is not sent again by itself"
        ),
    }
}

/// The day and time at which it was queued, for those who look through the
/// folder, and the id.
fn file_name(row: &Taken) -> String {
    let queued = jiff::Timestamp::from_millisecond(row.created_at).unwrap_or_default();
    format!("{}-{}", queued.strftime("%Y%m%dT%H%M%SZ"), row.id)
}

fn clock() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}
