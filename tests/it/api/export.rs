//! Everything at once is what the lists are together, and the command prints
//! the same.

use std::io::Read;
use std::net::TcpStream;

use serde_json::Value;

use super::{all, answer, site};
use crate::harness::{Corpus, daybook};
use crate::ledger::Desk;

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn of_kind<'a>(lines: &'a [Value], kind: &str) -> Vec<&'a Value> {
    let lines = lines.iter().filter(|line| line["type"] == kind);
    lines.map(|line| &line["data"]).collect()
}

#[tokio::test]
async fn the_export_is_all_lists_together() {
    let app = site().await;
    let desk = Desk::of(&app);
    let case = desk.report(Some("seoul-falls"), "date", 0.0).await;
    desk.decline(&case, "The sources agree.", 1.0).await;
    let page = app.page("/api/v1/export.ndjson").await;
    assert_eq!(page.header("content-type"), "application/x-ndjson");
    let lines = lines(page.text());
    let (head, end) = (&lines[0], &lines[lines.len() - 1]);
    assert_eq!(
        (&head["type"], &head["version"]),
        (&"daybook-export".into(), &1.into())
    );
    assert_eq!(end["type"], "end");
    assert_eq!(end["complete"], true);
    assert_eq!(end["edition"], head["edition"]);
    assert_eq!(end["lines"].as_u64().unwrap() as usize, lines.len());

    let mut articles = Vec::new();
    for item in all(&app, "/api/v1/articles").await {
        articles.push(answer(&app, &super::path(&item["api"]).unwrap()).await);
    }
    articles.sort_by_key(|one| one["slug"].to_string());
    assert_eq!(
        of_kind(&lines, "article"),
        articles.iter().collect::<Vec<_>>()
    );
    for (list, kind) in [
        ("people", "person"),
        ("places", "place"),
        ("organisations", "organisation"),
        ("topics", "topic"),
    ] {
        let mut entries = Vec::new();
        for item in all(&app, &format!("/api/v1/{list}")).await {
            entries.push(answer(&app, &super::path(&item["api"]).unwrap()).await);
        }
        assert_eq!(
            of_kind(&lines, kind),
            entries.iter().collect::<Vec<_>>(),
            "{list}"
        );
    }
    let record = answer(&app, "/api/v1/corrections").await;
    let cases: Vec<&Value> = record["cases"].as_array().unwrap().iter().collect();
    assert_eq!(of_kind(&lines, "correction"), cases);
    assert_eq!(of_kind(&lines, "removed")[0]["slug"], "the-hoax");
}

#[tokio::test]
async fn the_command_prints_the_same_bytes() {
    let app = site().await;
    let streamed = app.page("/api/v1/export.ndjson").await;
    let run = |arguments: &[&str]| {
        let mut command = daybook(&app.outside(""), arguments);
        command.env("DATABASE_URL", app.database.url());
        command.env("DAYBOOK_BASE_URL", super::BASE);
        command.output().unwrap()
    };
    let printed = run(&["export"]);
    assert!(
        printed.status.success(),
        "{}",
        String::from_utf8_lossy(&printed.stderr)
    );
    assert_eq!(printed.stdout, streamed.bytes);
    let written = run(&["export", "--output", "all.ndjson"]);
    assert!(written.status.success() && written.stdout.is_empty());
    assert_eq!(
        std::fs::read(app.outside("all.ndjson")).unwrap(),
        streamed.bytes
    );
    assert!(!app.outside("all.ndjson.part").exists());
}

#[test]
fn without_an_edition_there_is_nothing_to_export() {
    let corpus = Corpus::empty();
    let mut command = daybook(&corpus.outside(""), &["export"]);
    command.env("DATABASE_URL", corpus.database.url());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(complaint.contains("nothing to export yet"), "{complaint}");
}

#[tokio::test]
async fn an_import_meanwhile_is_told_in_the_last_line() {
    use daybook::app;

    let corpus = Corpus::fixtures();
    corpus.ingest();
    let config =
        daybook::config::Config::resolve(daybook::config::Overrides::default(), |_| None, None)
            .unwrap();
    let db = corpus.database.open();
    let mut export = app::export(&config);
    let mut text = String::new();
    let mut number = 0;
    loop {
        let read = db.read(move |conn| {
            let part = export.next(conn)?;
            Ok((export, part))
        });
        let part;
        (export, part) = read.await.unwrap();
        let Some(part) = part else {
            break;
        };
        text.push_str(std::str::from_utf8(&part).unwrap());
        number += 1;
        if number == 2 {
            corpus.edit(
                "articles/01/04/seoul-falls.md",
                "Seoul falls",
                "Seoul falls again",
            );
            corpus.ingest();
        }
    }
    let lines = lines(&text);
    let end = lines.last().unwrap();
    assert_eq!(
        (&end["complete"], &end["edition"]),
        (&false.into(), &1.into())
    );
    assert_eq!(end["lines"].as_u64().unwrap() as usize, lines.len());
}

#[tokio::test]
async fn a_slow_client_holds_up_no_import_and_a_third_must_wait() {
    let app = site().await;
    // More than the buffers between two programs hold.
    for number in 0..300 {
        let body = "A long text of no matter. ".repeat(1_500);
        let text = crate::harness::article(&format!("Long {number}"), "1951-01-05", &body);
        app.write(&format!("articles/01/05/long-{number}.md"), text);
    }
    app.ingest();
    let slow: Vec<TcpStream> = (0..2).map(|_| stalled(&app)).collect();
    let third = app.get("/api/v1/export.ndjson").await;
    assert_eq!((third.status, third.header("retry-after")), (503, "60"));
    assert_eq!(third.header("content-type"), "application/problem+json");
    app.edit("articles/01/05/long-1.md", "Long 1", "Longer 1");
    assert!(app.ingest().is_new);
    drop(slow);
}

/// A client that has begun to read and goes no further.
fn stalled(app: &crate::harness::TestApp) -> TcpStream {
    use std::io::Write;

    let address = app.url("").replace("http://", "");
    let mut stream = TcpStream::connect(&address).unwrap();
    let request = format!("GET /api/v1/export.ndjson HTTP/1.1\r\nHost: {address}\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut first = [0; 64];
    stream.read_exact(&mut first).unwrap();
    assert!(first.starts_with(b"HTTP/1.1 200"));
    stream
}
