//! `daybook reports`, run beside the server that takes the reports in.

use super::{Draft, column, site};
use crate::harness::{TestApp, daybook};

/// What the command prints; it must succeed.
fn output(app: &TestApp, arguments: &[&str]) -> String {
    let output = run(app, arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn run(app: &TestApp, arguments: &[&str]) -> std::process::Output {
    daybook(&app.outside(""), &["reports"])
        .args(arguments)
        .args(["--database-url", app.database.url()])
        .output()
        .unwrap()
}

/// Three reports, a moment apart: one received, one of spam, one letter.
async fn three(app: &TestApp) -> Vec<String> {
    let drafts = [
        Draft::about("seoul-falls")
            .with("p", "1")
            .with("passage", "Nobody fought for the streets.")
            .with("wrong", "First \u{202e}siht\nand more")
            .with("email", "reader@example.org"),
        Draft::about("moon-landing")
            .with("wrong", "Second")
            .with("website", "x"),
        Draft::letter()
            .with("wrong", "Third")
            .with("page", "/on/july"),
    ];
    let mut tokens = Vec::new();
    for draft in drafts {
        let receipt = draft.keep(app).await;
        tokens.push(receipt.trim_start_matches("/reports/").to_owned());
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    tokens
}

#[tokio::test]
async fn reports_are_listed_newest_first_and_by_their_state() {
    let app = site().await;
    assert_eq!(output(&app, &[]), "No reports.\n");
    three(&app).await;
    let ids = column(&app, "id");
    let list = output(&app, &[]);
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines.len(), 3, "{list}");
    for (line, (id, rest)) in lines.iter().zip([
        (
            &ids[2],
            ["received ", " something-else ", " /on/july ", " Third"],
        ),
        (
            &ids[1],
            ["spam (honeypot)", " date ", " moon-landing r1 ", " Second"],
        ),
        (
            &ids[0],
            [
                "received ",
                " date ",
                " seoul-falls r1 p1 ",
                " First \\u{202e}siht",
            ],
        ),
    ]) {
        assert!(line.starts_with(id.as_str()), "{line}");
        for part in rest {
            assert!(line.contains(part), "{part}: {line}");
        }
    }
    let spam = output(&app, &["--state", "spam"]);
    assert_eq!(spam.lines().collect::<Vec<_>>(), [lines[1]]);
    let received = output(&app, &["list", "--state", "received"]);
    assert_eq!(received.lines().collect::<Vec<_>>(), [lines[0], lines[2]]);
}

#[tokio::test]
async fn one_report_is_shown_with_all_that_is_known() {
    let app = site().await;
    three(&app).await;
    let id = column(&app, "id").remove(0);
    let shown = output(&app, &["show", &id]);
    for line in [
        id.as_str(),
        "  state         received",
        "  about         seoul-falls r1 p1",
        "  kind          date",
        "  passage       Nobody fought for the streets.",
        "  wrong         First \\u{202e}siht",
        "                and more",
        "  e-mail        reader@example.org",
    ] {
        assert!(shown.lines().any(|one| one == line), "{line:?} in {shown}");
    }
    assert!(
        shown.contains("on the next day. [Nobody fought for the streets.] See"),
        "{shown}"
    );
    let short = id.trim_start_matches("R-").to_lowercase();
    assert_eq!(output(&app, &["show", &short]), shown);
    let missing = run(&app, &["show", "R-000000"]);
    assert_eq!(missing.status.code(), Some(1));
    let error = String::from_utf8(missing.stderr).unwrap();
    assert!(error.contains("there is no report R-000000"), "{error}");
}

#[tokio::test]
async fn programs_get_everything_but_the_secret() {
    let app = site().await;
    let tokens = three(&app).await;
    let json = output(&app, &["--format", "json"]);
    let parsed: serde_json::Value = serde_json::from_str(&json).unwrap();
    let words: Vec<&str> = parsed
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["wrong"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["Third", "Second", "First \u{202e}siht\nand more"]);
    assert_eq!(parsed[1]["spam_reason"], "honeypot");
    assert_eq!(parsed[2]["article"], "seoul-falls");
    assert_eq!(parsed[2]["paragraph"], 1);
    let id = column(&app, "id").remove(2);
    let one = output(&app, &["show", &id, "--format", "json"]);
    let secrets = tokens.into_iter().chain(column(&app, "token_hash"));
    for secret in secrets {
        for text in [&json, &one, &output(&app, &[])] {
            assert!(!text.contains(&secret), "{text}");
        }
    }
    assert!(!json.contains("token"), "{json}");
}

#[tokio::test]
async fn what_people_write_does_not_steer_the_terminal() {
    let app = site().await;
    // As if something had come past the form.
    Draft::letter().with("wrong", "WORDS").keep(&app).await;
    let hostile = "a\u{1b}[2J\u{1b}]0;title\u{7}b\u{9b}31mc\u{202e}d\rlast";
    app.database.execute(&format!(
        "UPDATE reports SET wrong = '{hostile}', page = '{hostile}'"
    ));
    let id = column(&app, "id").remove(0);
    for arguments in [vec![], vec!["show", id.as_str()], vec!["--format", "json"]] {
        let printed = output(&app, &arguments);
        let odd = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
        if arguments.contains(&"json") {
            // JSON is for programs, and writes out what is ASCII by itself.
            assert!(!printed.contains('\u{1b}') && !printed.contains('\u{7}'));
            continue;
        }
        assert!(!printed.contains(odd), "{printed:?}");
        assert!(printed.contains("a\\u{1b}[2J"), "{printed}");
        assert!(printed.contains("last"), "{printed}");
    }
}
