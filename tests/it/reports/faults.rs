//! A database that cannot be written to: whoever sends a form in that hour
//! gets it back with everything in it, and readers notice nothing.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use data_encoding::HEXLOWER;
use diesel::connection::SimpleConnection;
use futures_util::future::join;

use super::{Draft, KEY, client, count, only, site};
use crate::harness::{Corpus, Page};

/// The form must have come back whole, and say when to send it again.
fn assert_given_back(page: &Page, sent: &Draft) {
    assert_eq!(page.status, 503, "{}", page.text());
    let seconds: u64 = page.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(
        page.one("[role=alert]")
            .text
            .contains("Your words could not be kept just now")
    );
    let back = sent.on(page);
    for (name, value) in &sent.fields {
        assert_eq!(back.field(name), value, "{name}");
    }
}

#[tokio::test]
async fn a_locked_database_gives_the_form_back_and_keeps_it_later_once() {
    let app = site().await;
    let sent = Draft::about("seoul-falls")
        .with("p", "1")
        .with("passage", "Nobody fought for the streets.")
        .with("correct", "\nSomebody did.");
    let mut other = app.database.connect();
    other
        .batch_execute(if app.database.is_postgres() {
            "BEGIN; LOCK TABLE reports IN EXCLUSIVE MODE;"
        } else {
            "BEGIN IMMEDIATE;"
        })
        .unwrap();
    let reading = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        for path in [
            "/",
            "/articles/seoul-falls",
            "/articles/seoul-falls/report?r=1&p=1",
            "/contact",
        ] {
            assert_eq!(app.get(path).await.status, 200, "{path}");
        }
    };
    let (page, ()) = join(sent.send(&app), reading).await;
    assert_given_back(&page, &sent);
    other.batch_execute("ROLLBACK;").unwrap();
    assert_eq!(count(&app), 0);

    let receipt = sent.on(&page).keep(&app).await;
    assert_eq!(sent.keep(&app).await, receipt);
    let kept = only(&app, ["state", "correct", "paragraph"]);
    assert_eq!(kept, ["received", "Somebody did.", "1"]);
}

#[tokio::test]
async fn without_its_tables_the_form_comes_back_as_a_fault_of_ours() {
    let app = site().await;
    app.database
        .execute("ALTER TABLE reports RENAME TO reports_away");
    let sent = Draft::letter().with("email", "reader@example.org");
    let page = sent.send(&app).await;
    assert_eq!(page.status, 500);
    let words = page.one("[role=alert]").text;
    assert!(words.contains("because of a fault of ours"), "{words}");
    let back = sent.on(&page);
    for (name, value) in &sent.fields {
        assert_eq!(back.field(name), value, "{name}");
    }
    app.database
        .execute("ALTER TABLE reports_away RENAME TO reports");
    back.keep(&app).await;
    assert_eq!(only(&app, ["state"]), ["received"]);
}

/// `daybook serve` in a process of its own, which can be kept from writing to
/// files. It is killed when it is dropped.
struct Limited {
    child: Child,
    url: String,
}

impl Limited {
    fn serve(corpus: &Corpus) -> Limited {
        // Without the signal, a write past the limit is an error, as on a full
        // disk. The log goes to a pipe, which has no limit.
        let mut child = Command::new("sh")
            .args(["-c", "trap '' XFSZ; exec \"$0\" serve --listen 127.0.0.1:0"])
            .arg(env!("CARGO_BIN_EXE_daybook"))
            .args(["--no-watch", "--database-url", corpus.database.url()])
            .current_dir(corpus.outside(""))
            .env_clear()
            .env("DAYBOOK_SECRET_KEY", HEXLOWER.encode(&KEY))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (send, receive) = std::sync::mpsc::channel();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        // Reads on, so that the pipe never fills up.
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some((_, url)) = line.split_once("Daybook is on ") {
                    let end = url.find(|c: char| c.is_whitespace() || "\",".contains(c));
                    let url = &url[..end.unwrap_or(url.len())];
                    send.send(url.to_owned()).unwrap();
                }
            }
        });
        let url = receive.recv_timeout(Duration::from_secs(20)).unwrap();
        Limited { child, url }
    }

    /// The largest place in a file that can be written to.
    fn limit_files(&self, bytes: &str) {
        let done = Command::new("prlimit")
            .args(["--pid", &self.child.id().to_string()])
            .arg(format!("--fsize={bytes}:"))
            .status()
            .unwrap();
        assert!(done.success());
    }

    async fn status(&self, path: &str) -> u16 {
        let request = client().get(format!("{}{path}", self.url));
        request.send().await.unwrap().status().as_u16()
    }

    async fn send(&self, draft: &Draft) -> Page {
        draft.send_to(&format!("{}{}", self.url, draft.path)).await
    }
}

impl Drop for Limited {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn a_full_disk_gives_the_form_back_and_hides_no_page() {
    let corpus = Corpus::fixtures();
    if corpus.database.is_postgres() {
        eprintln!("skipped: the disk of a PostgreSQL server is not ours to fill");
        return;
    }
    if Command::new("prlimit").arg("--version").output().is_err() {
        eprintln!("skipped: there is no prlimit here");
        return;
    }
    let server = Limited::serve(&corpus);
    let first = server.send(&Draft::letter()).await;
    assert_eq!(first.status, 303, "{}", first.text());
    let number = || corpus.database.number("SELECT COUNT(*) FROM reports");
    server.limit_files("0");
    let sent = Draft::about("seoul-falls")
        .with("wrong", &"Long words. ".repeat(300))
        .with("email", "reader@example.org");
    for _ in 0..2 {
        assert_given_back(&server.send(&sent).await, &sent);
        for path in ["/", "/articles/seoul-falls", "/contact", "/on/january-4"] {
            assert_eq!(server.status(path).await, 200, "{path}");
        }
        assert_eq!(server.status(first.header("location")).await, 200);
    }
    assert_eq!(number(), 1);
    server.limit_files("unlimited");
    let page = server.send(&sent).await;
    assert_eq!(page.status, 303, "{}", page.text());
    assert_eq!(number(), 2);
}
