//! The command line: what each command prints and exits with, and what it says
//! when something is wrong.

use std::fs;
use std::net::TcpListener;
use std::process::Output;

use crate::harness::{Corpus, Program, article, daybook};

const SEOUL: &str = "articles/01/04/seoul-falls.md";

/// Runs the program over a corpus, whose folder it starts in.
fn run(corpus: &Corpus, arguments: &[&str]) -> Output {
    run_with(corpus, arguments, &[])
}

fn run_with(corpus: &Corpus, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = daybook(&corpus.outside(""), arguments);
    command.env("DATABASE_URL", corpus.database.url());
    command.envs(variables.iter().copied());
    command.output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What the program itself says; lines of the log are JSON.
fn complaint(output: &Output) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('{')).collect();
    lines.join("\n")
}

/// It failed with exactly this one sentence.
fn assert_fails(output: &Output, sentence: &str) {
    assert_eq!(output.status.code(), Some(1), "{}", complaint(output));
    assert_eq!(complaint(output), format!("daybook: {sentence}"));
    assert_eq!(stdout(output), "");
}

#[test]
fn ingest_says_what_it_did_and_fails_if_a_file_is_held_back() {
    let corpus = Corpus::fixtures();
    let first = run(&corpus, &["ingest"]);
    assert!(first.status.success(), "{}", complaint(&first));
    let line = stdout(&first).lines().last().unwrap().to_owned();
    assert!(
        line.starts_with("Edition 1: 22 files, 22 of them read; articles written: 14, removed: 0; files held back: 0; "),
        "{line}"
    );
    corpus.edit(SEOUL, "date_note:", "date_not:");
    let second = run(&corpus, &["ingest", "--quiet"]);
    assert_eq!(second.status.code(), Some(1));
    let text = stdout(&second);
    assert!(
        text.contains("articles/01/04/seoul-falls.md:7:1: error F003: unknown key `date_not`; did you mean `date_note`?\n"),
        "{text}"
    );
    let third = run(&corpus, &["ingest", "--full", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&third.stdout).unwrap();
    assert_eq!(
        (value["files"].as_i64(), value["read"].as_i64()),
        (Some(22), Some(22))
    );
    assert_eq!(value["held"], 1);
    let errors: Vec<&serde_json::Value> = value["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["severity"] == "error")
        .collect();
    assert_eq!(errors.len(), 1);
    assert_eq!(
        (&errors[0]["line"], &errors[0]["column"]),
        (&7.into(), &1.into())
    );
    assert_eq!(errors[0]["file"], SEOUL);
}

#[test]
fn check_finds_mistakes_and_writes_nothing() {
    let corpus = Corpus::fixtures();
    corpus.register_names();
    let sound = run(&corpus, &["check"]);
    assert!(sound.status.success());
    // The draft and the article of the future name no source.
    let words = "errors: 0, warnings: 2 in 14 articles and ";
    assert!(stdout(&sound).contains(words), "{}", stdout(&sound));
    corpus.edit("articles/07/20/moon-landing.md", "1969-07-20", "1969-07-32");
    let broken = run(&corpus, &["check"]);
    assert_eq!(broken.status.code(), Some(1));
    let text = stdout(&broken);
    assert!(
        text.contains("error[D001]: ")
            && text.contains(" --> content/articles/07/20/moon-landing.md:4:7\n"),
        "{text}"
    );
    assert!(
        text.contains("\nerrors: 1, warnings: 5 in 14 articles"),
        "three links have no target now: {text}"
    );

    // One folder of the content, or one file, named from anywhere.
    let elsewhere = run(&corpus, &["check", "content/articles/10"]);
    assert!(elsewhere.status.success());
    let words = "No mistakes found in 1 article and 0 other files (";
    assert!(
        stdout(&elsewhere).starts_with(words),
        "{}",
        stdout(&elsewhere)
    );
    let file = corpus
        .path("articles/07/20/moon-landing.md")
        .display()
        .to_string();
    let one = run(&corpus, &["check", &file, "--format", "json"]);
    assert_eq!(one.status.code(), Some(1));
    let value: serde_json::Value = serde_json::from_slice(&one.stdout).unwrap();
    let found = value["findings"].as_array().unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(
        (&found[0]["code"], &found[0]["line"]),
        (&"D001".into(), &4.into())
    );

    assert_fails(
        &run(&corpus, &["check", "content/articles/13"]),
        "there is no file or folder content/articles/13",
    );
    fs::create_dir(corpus.outside("empty")).unwrap();
    let outside = run(&corpus, &["check", "empty"]);
    assert!(complaint(&outside).contains("does not lie in a content folder"));
    assert!(!corpus.data().join("daybook.db").exists());
    assert!(!corpus.data().join("secret.key").exists());
}

#[test]
fn a_new_article_lies_where_it_belongs_and_is_sound() {
    let corpus = Corpus::empty();
    let made = run(
        &corpus,
        &[
            "new",
            "The Ides: “Et tu?”",
            "--date",
            "-0043-03-15",
            "--calendar",
            "julian",
        ],
    );
    assert!(made.status.success(), "{}", complaint(&made));
    let path = stdout(&made).trim().to_owned();
    assert!(
        path.ends_with("content/articles/03/15/the-ides-et-tu.md"),
        "{path}"
    );
    let text = corpus.read("articles/03/15/the-ides-et-tu.md");
    assert!(
        text.contains("draft: true") && text.contains("calendar: julian"),
        "{text}"
    );
    let checked = run(&corpus, &["check"]);
    assert!(checked.status.success(), "{}", stdout(&checked));
    let again = run(&corpus, &["new", "The Ides: Et tu!", "--date", "1900"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(complaint(&again).contains("the-ides-et-tu.md is there already"));
    let wrong = run(&corpus, &["new", "X", "--date", "1900-02-30"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(complaint(&wrong).starts_with("daybook: --date: “1900-02-30” is no date: "));
}

#[test]
fn migrate_names_what_it_applies() {
    let corpus = Corpus::empty();
    let first = run(&corpus, &["migrate"]);
    let applied: Vec<String> = daybook::db::migrate::names()
        .unwrap()
        .into_iter()
        .map(|name| format!("applied {name}"))
        .collect();
    assert_eq!(stdout(&first).lines().collect::<Vec<_>>(), applied);
    let second = run(&corpus, &["migrate"]);
    assert_eq!(stdout(&second), "The tables are up to date.\n");
}

#[test]
fn config_shows_what_is_in_force_where_it_comes_from_and_no_secret() {
    let corpus = Corpus::empty();
    fs::write(
        corpus.outside("daybook.toml"),
        "site_name = \"From the file\"\ntime_zone = \"Asia/Seoul\"\n",
    )
    .unwrap();
    let key = "ab".repeat(32);
    let variables = [
        ("DAYBOOK_TIME_ZONE", "Europe/Berlin"),
        ("DAYBOOK_SECRET_KEY", key.as_str()),
        ("DATABASE_URL", "postgres://me:sesame@db.example/daybook"),
    ];
    let shown = run_with(
        &corpus,
        &["config", "--format", "json", "--data", "elsewhere"],
        &variables,
    );
    assert!(shown.status.success(), "{}", complaint(&shown));
    let value: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    let setting = |key: &str| -> (String, String) {
        let all = value["settings"].as_array().unwrap();
        let one = all.iter().find(|one| one["key"] == key).unwrap();
        let text = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
        (text("value"), text("origin"))
    };
    let pair = |value: &str, origin: &str| (value.to_owned(), origin.to_owned());
    assert_eq!(
        setting("site_name"),
        pair("From the file", "daybook.toml:1: site_name")
    );
    assert_eq!(
        setting("time_zone"),
        pair("Europe/Berlin", "environment variable DAYBOOK_TIME_ZONE")
    );
    assert_eq!(setting("data"), pair("elsewhere", "flag --data"));
    assert_eq!(setting("listen"), pair("127.0.0.1:8080", "default"));
    assert_eq!(setting("secret_key").0, "(hidden)");
    assert!(setting("database_url").0.contains("db.example"));
    for format in ["text", "json"] {
        let text = stdout(&run_with(
            &corpus,
            &["config", "--format", format],
            &variables,
        ));
        assert!(!text.contains("sesame") && !text.contains(&key), "{text}");
    }
}

#[test]
fn wrong_settings_are_all_named_with_what_is_allowed() {
    let corpus = Corpus::empty();
    fs::write(
        corpus.outside("daybook.toml"),
        "site_name = \"x\"\n\ntime_zone = \"Europe/Berln\"\nsite_nam = \"y\"\n",
    )
    .unwrap();
    let variables = [
        ("DAYBOOK_LISTEN", "8080"),
        ("DATABASE_URL", "mysql://me:sesame@db/x"),
    ];
    let output = run_with(&corpus, &["config"], &variables);
    assert_eq!(output.status.code(), Some(1));
    let text = complaint(&output);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "daybook: 4 settings are wrong:");
    for expected in [
        "  daybook.toml:4: site_nam: there is no such setting; did you mean site_name?",
        "  environment variable DAYBOOK_LISTEN is “8080”: write HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080",
        "  environment variable DATABASE_URL: a database of the kind mysql: cannot be used; write sqlite:PATH or postgres://USER@HOST/DATABASE",
        "  daybook.toml:3: time_zone is “Europe/Berln”: there is no such time zone; did you mean Europe/Berlin?",
    ] {
        assert!(lines.contains(&expected), "{expected}\n{text}");
    }
    assert!(!text.contains("sesame"));
}

#[test]
fn completions_are_printed_for_each_shell() {
    let corpus = Corpus::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(&corpus, &["completions", shell]);
        assert!(output.status.success(), "{shell}");
        let script = stdout(&output);
        for word in ["ingest", "migrate", "no-watch"] {
            assert!(script.contains(word), "{word} for {shell}");
        }
    }
}

#[test]
fn help_is_worth_reading_and_a_wrong_command_line_exits_with_2() {
    let corpus = Corpus::empty();
    let help = stdout(&run(&corpus, &["--help"]));
    for word in [
        "serve",
        "ingest",
        "check",
        "new",
        "reports",
        "migrate",
        "config",
        "DAYBOOK_LISTEN",
        "Exit codes:",
    ] {
        assert!(help.contains(word), "{word}");
    }
    assert_eq!(run(&corpus, &["sevre"]).status.code(), Some(2));
    assert_eq!(
        run(&corpus, &["check", "--format", "yaml"]).status.code(),
        Some(2)
    );
    assert_eq!(run(&corpus, &["new", "No date"]).status.code(), Some(2));
}

#[test]
fn a_pipe_that_is_closed_is_no_failure() {
    let corpus = Corpus::fixtures();
    let program = env!("CARGO_BIN_EXE_daybook");
    let content = corpus.content().display().to_string();
    let line = format!("('{program}' check --content '{content}'; echo $? >&2) | true");
    let output = std::process::Command::new("sh")
        .args(["-c", &line])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr).trim(), "0");
}

#[test]
fn a_missing_content_folder_is_one_plain_sentence() {
    let corpus = Corpus::empty();
    let serve = run(
        &corpus,
        &["serve", "--content", "nowhere", "--listen", "127.0.0.1:0"],
    );
    assert_fails(
        &serve,
        "there is no content folder nowhere; name it with --content or DAYBOOK_CONTENT, or set DAYBOOK_INGEST=off to serve what the database holds",
    );
    for command in ["ingest", "check"] {
        let output = run(&corpus, &[command, "--content", "nowhere"]);
        assert_eq!(output.status.code(), Some(1), "{command}");
        let text = complaint(&output);
        assert!(
            text.starts_with("daybook: the content folder nowhere cannot be read; name another with --content or DAYBOOK_CONTENT")
                && text.lines().count() == 1,
            "{text}"
        );
    }
}

#[test]
fn a_data_folder_that_cannot_be_written_is_one_plain_sentence() {
    let corpus = Corpus::fixtures();
    fs::write(corpus.outside("a-file"), "").unwrap();
    for command in ["serve", "ingest", "migrate"] {
        let output = run(&corpus, &[command, "--data", "a-file/data"]);
        assert_eq!(output.status.code(), Some(1), "{command}");
        let text = complaint(&output);
        assert!(
            text.starts_with("daybook: the folder a-file/data cannot be written to: ")
                && text
                    .ends_with("make it writable, or name another one with --data or DAYBOOK_DATA")
                && text.lines().count() == 1,
            "{command}: {text}"
        );
    }
}

#[test]
fn a_taken_port_is_one_plain_sentence() {
    let corpus = Corpus::fixtures();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = run(&corpus, &["serve", "--listen", &address]);
    assert_fails(
        &output,
        &format!(
            "{address} is taken by another program; choose another with --listen or DAYBOOK_LISTEN"
        ),
    );
}

#[test]
fn a_database_that_cannot_be_opened_is_one_plain_sentence() {
    let corpus = Corpus::fixtures();
    fs::write(
        corpus.outside("no-database"),
        "This is no database at all, but a text.",
    )
    .unwrap();
    for url in [
        "sqlite:no-database",
        "postgres://nobody:sesame@127.0.0.1:1/none",
    ] {
        let output = run_with(&corpus, &["ingest"], &[("DATABASE_URL", url)]);
        assert_eq!(output.status.code(), Some(1), "{url}");
        let text = complaint(&output);
        assert!(
            text.starts_with("daybook: ") && !text.contains("sesame"),
            "{text}"
        );
        assert!(
            text.contains("no-database") || text.contains("127.0.0.1:1"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn the_server_finishes_what_is_under_way_when_it_is_told_to_stop() {
    let corpus = Corpus::fixtures();
    let program = Program::serve(&corpus);
    let url = |path: &str| format!("http://{}{path}", program.address);
    let page = reqwest::get(url("/articles/seoul-falls")).await.unwrap();
    assert_eq!(page.status(), 200);
    let (status, log) = tokio::task::spawn_blocking(move || program.terminate())
        .await
        .unwrap();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(log.lines().last().unwrap().contains("\"stopped\""), "{log}");
}

#[test]
fn a_misspelt_variable_is_warned_about() {
    let corpus = Corpus::empty();
    let output = run_with(&corpus, &["migrate"], &[("DAYBOOK_LISTN", "127.0.0.1:1")]);
    assert!(output.status.success());
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(
        log.contains("DAYBOOK_LISTN means nothing; is it DAYBOOK_LISTEN?"),
        "{log}"
    );
}

#[test]
fn the_program_finds_everything_it_needs_in_itself() {
    let corpus = Corpus::empty();
    corpus.write(
        "articles/01/01/one.md",
        article("One", "1900-01-01", "Text."),
    );
    // From a folder that holds nothing but content, as the README says.
    let output = daybook(&corpus.outside(""), &["ingest"]).output().unwrap();
    assert!(output.status.success(), "{}", complaint(&output));
    assert!(corpus.outside("data/daybook.db").exists());
}
