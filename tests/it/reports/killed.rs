//! The program is killed (`kill -9`) at random moments, while readers report
//! and an editor decides. Whatever it had acknowledged is there afterwards, and
//! nothing is there twice or by half.
//!
//! A kill ends the process and not the machine: what the operating system was
//! handed is kept, so this cannot tell whether the disk was asked to keep it.
//! `PRAGMA synchronous = FULL` is checked where the connection is made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use data_encoding::HEXLOWER;
use futures_util::future::join4;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sha2::{Digest, Sha256};

use super::{Draft, KEY, client, site};
use crate::harness::{Corpus, Program, TestApp, daybook};

const FILE: &str = "articles/01/04/seoul-falls.md";
/// How often it is killed.
const KILLS: u32 = 20;
/// By then at the latest, in milliseconds after it has begun to listen.
const LATEST: u64 = 450;
/// As many reports of one run, and a few more, count as peace
/// (`reports::spam::pressure`).
const PEACEFUL: u32 = 24;

/// What the readers and the editor know for certain, because they were told.
#[derive(Default)]
struct Told {
    /// The path of the receipt, for each report by its words.
    receipts: BTreeMap<String, String>,
    /// The states that an editor was told each case has come to, in order.
    decided: BTreeMap<String, Vec<&'static str>>,
}

/// What is sent to a server that may end at any moment.
struct Session<'a> {
    corpus: &'a Corpus,
    url: String,
    /// The editor's cookies, and the proof that goes into each form.
    cookies: String,
    csrf: String,
    told: &'a Mutex<Told>,
}

#[tokio::test]
async fn killed_at_any_moment_it_loses_and_doubles_nothing() {
    let mut app = site().await;
    if app.database.is_postgres() {
        eprintln!("skipped: what a PostgreSQL server keeps, killing its client does not show");
        return;
    }
    let seed = std::env::var("TEST_SEED").map_or_else(|_| rand::random(), |it| it.parse().unwrap());
    println!("TEST_SEED={seed} makes the same choices again");
    let mut random = StdRng::seed_from_u64(seed);

    let signed_in = app.sign_in_editor().await;
    let pairs = signed_in.browser.cookies.iter();
    let pairs: Vec<String> = pairs
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let (cookies, csrf) = (pairs.join("; "), signed_in.csrf.clone());
    app.stop();

    let told = Mutex::new(Told::default());
    let mut before: Vec<Draft> = Vec::new();
    for round in 0..KILLS {
        confirm_addresses(&app);
        app.database.execute("DELETE FROM allowances");
        let program = serve(&app);
        let session = Session {
            corpus: &app,
            url: format!("http://{}", program.address),
            cookies: cookies.clone(),
            csrf: csrf.clone(),
            told: &told,
        };
        for reader in before.chunks(PEACEFUL as usize / 2) {
            assert_resent_once(&session, reader).await;
        }
        assert_settled(&app).await;

        let old = app.read(FILE);
        let drafts: Vec<Draft> = (0..PEACEFUL)
            .map(|number| draft(round * 100 + number))
            .collect();
        let (one, other) = drafts.split_at(drafts.len() / 2);
        let wait = Duration::from_millis(random.random_range(5..LATEST));
        let choices = StdRng::seed_from_u64(random.random());
        let killer = async {
            tokio::time::sleep(wait).await;
            drop(program);
        };
        let offered = Mutex::new(BTreeSet::from([old]));
        let work = session.decide(choices, &offered);
        join4(session.report(one), session.report(other), work, killer).await;

        assert_whole(&app, &told.lock().unwrap());
        let now = app.read(FILE);
        let is_known = offered.lock().unwrap().contains(&now);
        assert!(is_known, "neither the old file nor the new one:\n{now}");
        before = drafts;
    }
    let told = told.into_inner().unwrap();
    let decided: usize = told.decided.values().map(Vec::len).sum();
    println!(
        "{} reports and {decided} decisions were acknowledged",
        told.receipts.len()
    );
    assert!(told.receipts.len() > KILLS as usize && decided > KILLS as usize / 2);
}

fn serve(app: &TestApp) -> Program {
    let variables = [
        ("DAYBOOK_SECRET_KEY", HEXLOWER.encode(&KEY)),
        ("DAYBOOK_TRUSTED_PROXIES", "127.0.0.1".to_owned()),
        ("DAYBOOK_LOG", "daybook=info".to_owned()),
    ];
    Program::serve_with(
        app,
        &variables
            .each_ref()
            .map(|(name, value)| (*name, value.as_str())),
    )
}

/// A report that no other resembles; every second one with an address.
fn draft(number: u32) -> Draft {
    let draft = Draft::about("seoul-falls")
        .with("category", "other-fact")
        .with("wrong", &format!("Claim {number} is wrong."))
        .with("correct", &format!("It was {number}."));
    if number.is_multiple_of(2) {
        return draft.with("email", &format!("reader{number}@example.org"));
    }
    draft
}

/// Lets the readers of all open cases say that their address is theirs.
fn confirm_addresses(app: &TestApp) {
    app.database.execute(
        "UPDATE reports SET confirmed_at = received_at WHERE email <> '' AND case_id IN \
         (SELECT id FROM cases WHERE closed_at IS NULL)",
    );
}

impl Session<'_> {
    /// Sends reports, one after the other, until there is nobody to answer.
    async fn report(&self, drafts: &[Draft]) {
        for draft in drafts {
            let Some(receipt) = self.send(draft).await else {
                return;
            };
            let words = draft.field("wrong").to_owned();
            self.told.lock().unwrap().receipts.insert(words, receipt);
        }
    }

    /// Sends a report; gives its receipt, or nothing where no answer came.
    async fn send(&self, draft: &Draft) -> Option<String> {
        let mut request = client()
            .post(format!("{}{}", self.url, draft.path))
            .form(&draft.fields);
        for (name, value) in &draft.headers {
            request = request.header(*name, value);
        }
        let answer = request.send().await.ok()?;
        assert_eq!(answer.status(), 303, "{draft:?}");
        let receipt = answer.headers()["location"].to_str().unwrap();
        Some(receipt.to_owned())
    }

    /// Settles cases until there is nobody to answer. Texts that it has asked
    /// to be written go into `offered`.
    async fn decide(&self, mut random: StdRng, offered: &Mutex<BTreeSet<String>>) {
        let open = "SELECT id AS line FROM cases WHERE closed_at IS NULL ORDER BY opened_at, id";
        loop {
            let Some(case) = self.corpus.database.lines(open).into_iter().next() else {
                if self.get_inbox().await.is_none() {
                    return;
                }
                continue;
            };
            let column = |name: &str| {
                let sql = format!("SELECT {name} AS line FROM cases WHERE id = '{case}'");
                self.corpus.database.lines(&sql).remove(0)
            };
            let is_told = match column("state").as_str() {
                "accepted" => {
                    offered.lock().unwrap().insert(column("amended"));
                    match self.post(&case, "apply", &[]).await {
                        // The file was changed since by another correction.
                        Some((422, _)) => {
                            let fields = [("why", "The file has changed.")];
                            self.change(&case, "reopen", &fields, "reopened").await
                        }
                        Some((303, location)) => {
                            // Written, and perhaps imported by the watch only.
                            if location.ends_with("applied") {
                                self.note(&case, "corrected");
                            }
                            Some(())
                        }
                        Some((status, _)) => panic!("{status}"),
                        None => None,
                    }
                }
                _ if random.random_bool(0.5) => {
                    let reason = format!("It stays: {case}.");
                    let fields = [("reason", reason.as_str())];
                    self.change(&case, "decline", &fields, "declined").await
                }
                _ => {
                    let text = self.corpus.read(FILE);
                    let from = HEXLOWER.encode(&Sha256::digest(text.as_bytes()));
                    let file = format!("{text}\nA paragraph about {case}.\n");
                    let note = format!("An earlier version had nothing about it: {case}.");
                    let fields = [
                        ("kind", "minor"),
                        ("note", &note),
                        ("file", &file),
                        ("file-from", &from),
                    ];
                    self.change(&case, "accept", &fields, "accepted").await
                }
            };
            if is_told.is_none() {
                return;
            }
        }
    }

    /// Takes a decision, and notes that the editor was told of it.
    async fn change(
        &self,
        case: &str,
        deed: &str,
        fields: &[(&str, &str)],
        state: &'static str,
    ) -> Option<()> {
        let (status, _) = self.post(case, deed, fields).await?;
        assert_eq!(status, 303, "{case}: {deed}");
        self.note(case, state);
        Some(())
    }

    fn note(&self, case: &str, state: &'static str) {
        let mut told = self.told.lock().unwrap();
        told.decided.entry(case.to_owned()).or_default().push(state);
    }

    /// The status and where it leads, or nothing where no answer came.
    async fn post(&self, case: &str, deed: &str, fields: &[(&str, &str)]) -> Option<(u16, String)> {
        let sql = format!("SELECT CAST(version AS TEXT) AS line FROM cases WHERE id = '{case}'");
        let seen = self.corpus.database.lines(&sql).remove(0);
        let mut all = vec![("csrf", self.csrf.as_str()), ("seen", &seen)];
        all.extend(fields);
        let path = format!("{}/desk/cases/{}/{deed}", self.url, case.to_lowercase());
        let request = client()
            .post(path)
            .header("cookie", &self.cookies)
            .form(&all);
        let answer = request.send().await.ok()?;
        let location = answer.headers().get("location");
        let location = location.map_or("", |value| value.to_str().unwrap());
        Some((answer.status().as_u16(), location.to_owned()))
    }

    async fn get_inbox(&self) -> Option<()> {
        let request = client().get(format!("{}/desk", self.url));
        let answer = request.header("cookie", &self.cookies).send().await.ok()?;
        assert_eq!(answer.status(), 200);
        tokio::time::sleep(Duration::from_millis(10)).await;
        Some(())
    }
}

/// A reader who got no answer sends the form once more, and so does one who got
/// one: each has one report, and the receipt that it had.
async fn assert_resent_once(session: &Session<'_>, drafts: &[Draft]) {
    for draft in drafts {
        let words = draft.field("wrong").to_owned();
        let known = session.told.lock().unwrap().receipts.get(&words).cloned();
        let receipt = session.send(draft).await.unwrap();
        let is_last = known.is_none();
        if let Some(known) = known {
            assert_eq!(receipt, known, "{words}");
        }
        let page = client().get(format!("{}{receipt}", session.url)).send();
        assert_eq!(page.await.unwrap().status(), 200, "{words}");
        session.told.lock().unwrap().receipts.insert(words, receipt);
        // What comes after it was never sent.
        if is_last {
            return;
        }
    }
}

/// What the file says was corrected is corrected: an import makes up for what
/// the kill had cut off.
async fn assert_settled(app: &TestApp) {
    let begun = Instant::now();
    let ids = app
        .database
        .lines("SELECT id AS line FROM cases WHERE state <> 'corrected'");
    let file = app.read(FILE);
    for id in ids.iter().filter(|id| file.contains(id.as_str())) {
        let sql = format!("SELECT state AS line FROM cases WHERE id = '{id}'");
        while app.database.lines(&sql) != ["corrected"] {
            assert!(
                begun.elapsed() < Duration::from_secs(10),
                "{id} is not corrected"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Everything that holds whenever the program has ended.
fn assert_whole(app: &TestApp, told: &Told) {
    let lines = |sql: &str| app.database.lines(sql);
    let none = |what: &str, sql: &str| {
        let found = lines(sql);
        assert!(found.is_empty(), "{what}: {found:?}");
    };
    assert_eq!(
        lines("SELECT integrity_check AS line FROM pragma_integrity_check"),
        ["ok"]
    );

    // Reports: each once, in a case that counts it.
    let kept: BTreeSet<String> = lines("SELECT wrong AS line FROM reports")
        .into_iter()
        .collect();
    for words in told.receipts.keys() {
        assert!(kept.contains(words), "lost: {words}");
    }
    none(
        "kept twice",
        "SELECT wrong AS line FROM reports GROUP BY wrong HAVING COUNT(*) > 1",
    );
    none(
        "in no case",
        "SELECT wrong AS line FROM reports WHERE case_id IS NULL OR case_id NOT IN (SELECT id FROM cases)",
    );
    none(
        "another number of reports",
        "SELECT id AS line FROM cases WHERE reports <> (SELECT COUNT(*) FROM reports WHERE case_id = cases.id)",
    );

    // Decisions: the record tells each of them once, and the case stands where
    // it ends.
    let mut steps: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in lines(
        "SELECT subject || ' ' || from_state || ' ' || to_state AS line FROM audit WHERE subject LIKE 'C-%' ORDER BY number",
    ) {
        let parts: Vec<&str> = line.split(' ').collect();
        let states = steps.entry(parts[0].to_owned()).or_default();
        assert_eq!(states.last().map_or("", String::as_str), parts[1], "{line}");
        states.push(parts[2].to_owned());
    }
    for line in lines("SELECT id || ' ' || state AS line FROM cases") {
        let (id, state) = line.split_once(' ').unwrap();
        assert_eq!(steps[id].last().unwrap(), state, "{id}");
    }
    for (case, states) in &told.decided {
        let mut record = steps[case].iter();
        for state in states {
            assert!(
                record.any(|it| it == state),
                "{case} was not {state}: {:?}",
                steps[case]
            );
        }
    }
    let verdict = daybook(&app.outside(""), &["audit", "verify"])
        .args(["--database-url", app.database.url()])
        .output()
        .unwrap();
    assert!(
        verdict.status.success(),
        "{}",
        String::from_utf8_lossy(&verdict.stdout)
    );

    // Mails: one to each who asked, of each outcome, and none besides.
    none(
        "told not once",
        "SELECT reports.id AS line FROM reports JOIN cases ON cases.id = case_id \
         WHERE confirmed_at IS NOT NULL AND (SELECT COUNT(*) FROM outbox WHERE kind = 'outcome' \
         AND recipient = email) <> (cases.closed_at IS NOT NULL)",
    );
}
