//! More than one instance over one database: what they share, how each stops
//! without a failed request, and what it tells of itself.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::future::join_all;

use crate::harness::{Corpus, Page, Program, Setup, TestApp};

const KEY: &str = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";
/// Seconds; many times as long as a balancer needs to notice, because machines
/// that test are busy.
const DRAIN: &str = "4";
const TOKEN: &str = "a-token-for-the-collector";

async fn two(variables: &[(&'static str, &str)]) -> (TestApp, TestApp) {
    let with = |mut setup: Setup| {
        setup = setup.variable("DAYBOOK_SECRET_KEY", KEY);
        for (name, value) in variables {
            setup = setup.variable(name, value);
        }
        setup
    };
    let one = with(Setup::new(Corpus::fixtures())).start().await;
    let other = with(Setup::instance_of(&one)).start().await;
    (one, other)
}

#[tokio::test]
async fn a_session_begun_at_one_works_and_ends_at_the_other() {
    let (one, other) = two(&[]).await;
    let mut editor = one.sign_in_editor().await;
    let mut there = editor.browser.at(&other);
    let inbox = there.get("/desk").await;
    assert_eq!(inbox.status, 200);
    // A form of the one is taken by the other.
    let csrf = inbox.one("form input[name=csrf]").attribute("value");
    let out = [("csrf", csrf.as_str())];
    let signed_out = editor.browser.post("/desk/sign-out", &out).await;
    assert_eq!(signed_out.status, 303);
    let refused = there.get("/desk").await;
    assert_eq!(refused.status, 303);
    assert!(refused.header("location").starts_with("/desk/sign-in"));
}

#[tokio::test]
async fn the_limit_of_the_api_holds_over_both() {
    let (one, other) = two(&[
        ("DAYBOOK_API_REQUESTS_PER_MINUTE", "60"),
        ("DAYBOOK_TRUSTED_PROXIES", "127.0.0.1"),
    ])
    .await;
    let left = |page: &Page| -> u32 {
        let (_, after) = page.header("ratelimit").split_once("r=").unwrap();
        after.split(';').next().unwrap().parse().unwrap()
    };
    let path = "/api/v1/editions";
    let ask =
        async |app: &TestApp, client: &str| app.get_with(path, "x-forwarded-for", client).await;
    for _ in 0..50 {
        assert_eq!(ask(&one, "203.0.113.7").await.status, 200);
    }
    // The other has not heard of it yet, and answers at once all the same.
    assert_eq!(ask(&other, "203.0.113.7").await.status, 200);
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        tokio::time::sleep(Duration::from_millis(400)).await;
        let page = ask(&other, "203.0.113.7").await;
        if page.status == 429 || left(&page) < 20 {
            break;
        }
        assert!(Instant::now() < deadline, "{} are left", left(&page));
    }
    let statuses = {
        let mut statuses = Vec::new();
        for _ in 0..25 {
            statuses.push(ask(&other, "203.0.113.7").await.status);
        }
        statuses
    };
    assert!(statuses.contains(&429), "{statuses:?}");
    // Another client has its own.
    assert!(left(&ask(&other, "203.0.113.8").await) > 50);
    let rows = one.database.lines("SELECT who AS line FROM allowances");
    assert!(rows.iter().all(|row| row.len() == 32), "{rows:?}");
}

#[tokio::test]
async fn an_instance_without_its_database_stays_ready_and_counts_alone() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/readyz").await.status, 200);
    app.database.execute("ALTER TABLE editions RENAME TO away");
    app.database
        .execute("ALTER TABLE allowances RENAME TO gone");
    assert_eq!(app.get("/readyz").await.status, 200);
    for _ in 0..3 {
        let page = app.get("/api/v1/openapi.json").await;
        assert!(page.headers.contains_key("ratelimit"));
        tokio::time::sleep(Duration::from_millis(600)).await;
    }
    let numbers = app.page("/metrics").await;
    assert!(numbers.text().contains("daybook_database_up 0"));
    assert!(numbers.text().contains("daybook_ready 1"));
}

#[tokio::test]
async fn the_numbers_are_for_the_operator_and_name_no_reader() {
    let app = Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_METRICS_TOKEN", TOKEN)
        .variable("DAYBOOK_TRUSTED_PROXIES", "127.0.0.1")
        .start()
        .await;
    app.page("/articles/seoul-falls").await;
    app.get("/articles/no-such-secret").await;
    app.get("/no-such-page?token=hush").await;
    app.get("/reports/abcdefghijklmnopqrstuvwxyz234567").await;
    app.get("/desk/sign-in").await;
    let numbers = app.page("/metrics").await;
    assert_eq!(
        numbers.header("content-type"),
        "application/openmetrics-text; version=1.0.0; charset=utf-8"
    );
    assert_eq!(numbers.header("cache-control"), "no-store");
    let text = numbers.text();
    for line in [
        "route=\"/articles/{slug}\",method=\"GET\",status=\"2xx\"} 1",
        "route=\"/articles/{slug}\",method=\"GET\",status=\"4xx\"} 1",
        "route=\"/{page}\",method=\"GET\",status=\"4xx\"} 1",
        "daybook_edition 1",
        "daybook_mails_waiting 0",
        "daybook_database_up 1",
        "# TYPE daybook_request_duration_seconds histogram",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    for secret in ["secret", "hush", "abcdefgh", "127.0.0.1", TOKEN] {
        assert!(!text.contains(secret), "{secret}\n{text}");
    }
    // From far away it is not there, unless the token is.
    let ask = async |authorization: &str| {
        let request = app.client().get(app.url("/metrics"));
        let request = request
            .header("x-forwarded-for", "203.0.113.7")
            .header("authorization", authorization);
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(ask("").await, 404);
    assert_eq!(ask("Bearer another-token-of-some-length").await, 404);
    assert_eq!(ask(&format!("Bearer {TOKEN}")).await, 200);
}

fn serve(corpus: &Corpus, drain: &str) -> Program {
    Program::serve_with(
        corpus,
        &[
            ("DAYBOOK_SECRET_KEY", KEY),
            ("DAYBOOK_DRAIN_SECONDS", drain),
        ],
    )
}

#[tokio::test]
async fn after_sigterm_it_answers_for_a_while_and_says_that_it_will_stop() {
    let corpus = Corpus::fixtures();
    let program = serve(&corpus, "2");
    let address = program.address;
    let client = reqwest::Client::new();
    let get = async |path: &str| client.get(format!("http://{address}{path}")).send().await;
    assert_eq!(get("/readyz").await.unwrap().status(), 200);
    let began = Instant::now();
    let stopping = tokio::task::spawn_blocking(move || program.terminate());
    while get("/readyz").await.unwrap().status() == 200 {
        assert!(began.elapsed() < Duration::from_secs(1));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    // A new connection is taken, answered, and closed.
    let page = get("/articles/seoul-falls").await.unwrap();
    assert_eq!(page.status(), 200);
    assert_eq!(page.headers()["connection"], "close");
    let (status, log) = stopping.await.unwrap();
    assert!(status.success(), "{log}");
    let took = began.elapsed();
    assert!(
        took >= Duration::from_secs(2) && took < Duration::from_secs(15),
        "{took:?}"
    );
    assert!(get("/healthz").await.is_err());
}

/// Asks one of the instances that last said that they are ready, over and over.
async fn reader(
    ready: Arc<Mutex<Vec<SocketAddr>>>,
    is_over: Arc<AtomicBool>,
    asked: Arc<AtomicUsize>,
) {
    const PATHS: [&str; 3] = ["/", "/articles/seoul-falls", "/on/january-4"];
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(10))
        .build()
        .unwrap();
    let mut number = 0;
    while !is_over.load(Ordering::Relaxed) {
        let address = {
            let ready = ready.lock().unwrap();
            ready[number % ready.len()]
        };
        let url = format!("http://{address}{}", PATHS[number % PATHS.len()]);
        let answer = client.get(&url).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{url}");
        answer.bytes().await.unwrap();
        number += 1;
        asked.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn five_rolling_restarts_fail_no_request() {
    let corpus = Arc::new(Corpus::fixtures());
    let mut programs = vec![serve(&corpus, DRAIN), serve(&corpus, DRAIN)];
    let all: Arc<Mutex<Vec<SocketAddr>>> = Arc::default();
    let note = |programs: &[Program]| {
        *all.lock().unwrap() = programs.iter().map(|program| program.address).collect();
    };
    note(&programs);
    let ready = Arc::new(Mutex::new(all.lock().unwrap().clone()));
    let (is_over, asked) = (Arc::<AtomicBool>::default(), Arc::<AtomicUsize>::default());
    // As a balancer does it.
    let checks = {
        let (all, ready, is_over) = (all.clone(), ready.clone(), is_over.clone());
        tokio::spawn(async move {
            let client = reqwest::Client::new();
            while !is_over.load(Ordering::Relaxed) {
                let known = all.lock().unwrap().clone();
                let checks = known.into_iter().map(|address| {
                    let asked = client.get(format!("http://{address}/readyz")).send();
                    async move {
                        let answer = asked.await.ok()?;
                        (answer.status() == 200).then_some(address)
                    }
                });
                let healthy: Vec<SocketAddr> =
                    join_all(checks).await.into_iter().flatten().collect();
                assert!(!healthy.is_empty());
                *ready.lock().unwrap() = healthy;
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        })
    };
    let readers: Vec<_> = (0..4)
        .map(|_| tokio::spawn(reader(ready.clone(), is_over.clone(), asked.clone())))
        .collect();
    for _ in 0..5 {
        let old = programs.remove(0);
        let stopped = tokio::task::spawn_blocking(move || old.terminate());
        let (status, log) = stopped.await.unwrap();
        assert!(status.success(), "{log}");
        let over = Arc::clone(&corpus);
        let new = tokio::task::spawn_blocking(move || serve(&over, DRAIN));
        programs.push(new.await.unwrap());
        note(&programs);
        // The balancer must have seen it before the next one goes.
        while ready.lock().unwrap().len() < programs.len() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    is_over.store(true, Ordering::Relaxed);
    for reader in readers {
        reader.await.unwrap();
    }
    checks.await.unwrap();
    let asked = asked.load(Ordering::Relaxed);
    assert!(asked > 100, "{asked}");
}
