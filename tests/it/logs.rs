//! What the program logs of requests, and that nobody waits for the log.

use std::time::Duration;

use crate::harness::{Corpus, Program};

#[tokio::test]
async fn the_log_has_one_line_for_each_request_and_nothing_about_its_reader() {
    let corpus = Corpus::fixtures();
    let program = Program::serve(&corpus);
    let address = program.address;
    let client = reqwest::Client::builder()
        .user_agent("Curious-Reader/1")
        .local_address(Some("127.0.0.77".parse().unwrap()))
        .build()
        .unwrap();
    let secret = "sesamesesamesesame";
    for path in [
        format!("/reports/{secret}"),
        format!("/reports/{secret}/"),
        format!("/reports/{secret}/more"),
        format!("/today?tz=Asia/Seoul&who={secret}"),
        format!("/articles/seoul-falls/report?r=1&quote={secret}"),
        format!("/nothing%0Aforged?{secret}"),
    ] {
        let request = client
            .get(format!("http://{address}{path}"))
            .header("x-forwarded-for", "203.0.113.9")
            .header("referer", "https://elsewhere.example/");
        request.send().await.unwrap();
    }
    let (_, log) = tokio::task::spawn_blocking(move || program.terminate())
        .await
        .unwrap();
    let requests: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}")))
        .filter(|line: &serde_json::Value| line["message"] == "request")
        .collect();
    // The slash at the end was a redirect, which the client followed.
    assert_eq!(requests.len(), 7, "{log}");
    assert_eq!(requests[0]["path"], "/reports/{token}");
    assert_eq!(requests[0]["method"], "GET");
    assert_eq!(requests[0]["status"], 404);
    for one in &requests {
        assert!(!one["path"].as_str().unwrap().contains('?'), "{one}");
    }
    let lower = log.to_lowercase();
    for word in [
        secret,
        "127.0.0.77",
        "203.0.113.9",
        "Curious-Reader",
        "elsewhere.example",
        "tz=",
    ] {
        assert!(!lower.contains(&word.to_lowercase()), "{word} in {log}");
    }
}

#[tokio::test]
async fn a_log_that_nobody_reads_holds_up_nobody() {
    let corpus = Corpus::fixtures();
    let program = Program::serve_unread(&corpus, &[]);
    let url = format!("http://{}/articles/seoul-falls", program.address);
    let client = reqwest::Client::new();
    // More lines than a pipe holds, which is 64 KiB here.
    for number in 0..1_200 {
        let asked = client.get(&url).timeout(Duration::from_secs(20)).send();
        assert_eq!(asked.await.unwrap().status(), 200, "{number}");
    }
    let (status, _) = tokio::task::spawn_blocking(move || program.terminate())
        .await
        .unwrap();
    assert_eq!(status.code(), Some(0));
}
