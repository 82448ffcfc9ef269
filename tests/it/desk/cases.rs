//! The screen of one case: what it shows of what people wrote, and of the text
//! that they mean.

use super::filed::Filed;
use crate::harness::TestApp;

const FILE: &str = "articles/01/04/seoul-falls.md";
const SENTENCE: &str = "Nobody fought for the streets.";

fn path(case: &str) -> String {
    format!("/desk/cases/{}", case.to_lowercase())
}

#[tokio::test]
async fn what_people_wrote_is_text_and_nothing_of_it_is_hidden() {
    let app = TestApp::start().await;
    let case = Filed::about("seoul-falls")
        .quote("access\u{202e}level\u{200b}")
        .wrong("<script>alert(1)</script> & \u{2066}tu\u{2069}rned\nnext line")
        .source("https://example.org/a http://plain.example/ javascript:x https://me@evil.example/")
        .file(&app);
    let mut editor = app.sign_in_editor().await;
    let page = editor.get(&path(&case)).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.one(".voice__quote").text, "accessU+202ElevelU+200B");
    let words = page.texts(".voice__words dd");
    assert_eq!(
        words[0],
        "<script>alert(1)</script> & U+2066tuU+2069rned next line"
    );
    assert_eq!(page.all(".voice script").len(), 0);
    let link = page.one(".voice__words dd a");
    assert_eq!(link.attribute("href"), "https://example.org/a");
    assert_eq!(link.attribute("rel"), "noreferrer nofollow");
    assert!(words[1].contains("http://plain.example/ javascript:x"));
    // Nowhere on the page, whatever shows it.
    for hidden in ['\u{202e}', '\u{200b}', '\u{2066}', '\u{2069}'] {
        assert!(!page.text().contains(hidden), "{hidden:?}");
    }
    assert!(!page.text().contains("reader@example.org"));
    let inbox = editor.get("/desk").await;
    assert!(inbox.one(".docket__passage").text.contains("U+202E"));
    for page in [page, inbox] {
        assert_eq!(page.all("bdi script, bdi b, bdi img").len(), 0);
    }
}

#[tokio::test]
async fn two_reports_of_one_sentence_are_one_case() {
    let app = TestApp::start().await;
    let one = Filed::about("seoul-falls")
        .quote(SENTENCE)
        .wrong("Some did fight.");
    let case = one.file(&app);
    assert_eq!(one.clone().wrong("Some did fight there.").file(&app), case);
    let mut editor = app.sign_in_editor().await;
    let page = editor.get(&path(&case)).await;
    assert_eq!(page.all(".voice").len(), 2);
    assert_eq!(page.one("#said").text, "What 2 readers said");
    assert_eq!(editor.get("/desk").await.all(".docket__case").len(), 1);
}

#[tokio::test]
async fn the_passage_is_marked_and_a_change_since_is_seen() {
    let app = TestApp::start().await;
    let case = Filed::about("seoul-falls").quote(SENTENCE).file(&app);
    let mut editor = app.sign_in_editor().await;
    let page = editor.get(&path(&case)).await;
    assert_eq!(page.one(".reading__mark").text, SENTENCE);
    assert_eq!(page.all(".case-file__changed").len(), 0);
    assert!(page.text().contains("articles/01/04/seoul-falls.md"));

    app.edit(
        FILE,
        "The south bank followed.",
        "The south bank came next.",
    );
    app.ingest();
    let page = editor.get(&path(&case)).await;
    assert_eq!(page.one(".reading__mark").text, SENTENCE);
    assert!(page.one(".reading__name").text.contains("still stands"));

    app.edit(FILE, SENTENCE, "Hardly anybody fought for the streets.");
    app.ingest();
    let page = editor.get(&path(&case)).await;
    assert_eq!(
        page.one(".case-file__changed").text,
        "The text has changed since."
    );
    let marks = page.texts(".reading__mark");
    assert_eq!(marks[0], SENTENCE);
    assert!(marks[1].contains("Hardly anybody"), "{marks:?}");

    app.remove(FILE);
    app.ingest();
    let page = editor.get(&path(&case)).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.one(".voice__quote").text, SENTENCE);
}

#[tokio::test]
async fn notes_are_kept_and_cases_change_hands() {
    let app = TestApp::start().await;
    let case = Filed::about("seoul-falls").file(&app);
    let mut editor = app.sign_in_editor().await;
    let form = format!("{}/note", path(&case));
    let empty = editor.post(&form, &[("remark", "  ")]).await;
    assert_eq!(empty.status, 422);
    let long = "x".repeat(2001);
    let answer = editor.post(&form, &[("remark", &long)]).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.one("#field-remark").text, long);
    let answer = editor
        .post(&form, &[("remark", "Ask the <archive>.")])
        .await;
    assert_eq!(answer.status, 303);
    let page = editor.get(answer.header("location")).await;
    assert!(page.text().contains("Ask the &#60;archive&#62;."));

    for (to, editors) in [("me", editor.id.clone()), ("nobody", "(null)".to_owned())] {
        let page = editor.get(&path(&case)).await;
        let seen = page.all("input[name=seen]")[0].attribute("value");
        let form = format!("{}/take", path(&case));
        let answer = editor.post(&form, &[("seen", &seen), ("to", to)]).await;
        assert_eq!(answer.status, 303);
        let who = app
            .database
            .lines("SELECT COALESCE(editor, '(null)') AS line FROM cases");
        assert_eq!(who, [editors]);
    }
}

#[tokio::test]
async fn there_is_only_what_there_is() {
    let app = TestApp::start().await;
    let case = Filed::about("seoul-falls").file(&app);
    let other = Filed::letter("Good day.").caught(&app, "honeypot");
    let mut editor = app.sign_in_editor().await;
    for wrong in ["c-000000", "x", "c-7k3q2m/patch", "c-%2e%2e"] {
        assert_eq!(
            editor.get(&format!("/desk/cases/{wrong}")).await.status,
            404,
            "{wrong}"
        );
    }
    // Nothing to download before it is accepted.
    assert_eq!(
        editor.get(&format!("{}/patch", path(&case))).await.status,
        404
    );
    for deed in [
        "take", "decline", "accept", "merge", "reopen", "hold", "note", "spam", "apply",
    ] {
        let fields = [
            ("reason", "r"),
            ("note", "n"),
            ("kind", "minor"),
            ("into", "C-000000"),
            ("why", "w"),
            ("hold", "date"),
            ("remark", "r"),
            ("report", other.as_str()),
        ];
        let answer = editor
            .post(&format!("/desk/cases/c-000000/{deed}"), &fields)
            .await;
        assert_eq!(answer.status, 404, "{deed}");
        assert_eq!(
            editor.get(&format!("{}/{deed}", path(&case))).await.status,
            405,
            "{deed}"
        );
    }
    // A report of another case is not marked from here.
    let answer = editor
        .post(&format!("{}/spam", path(&case)), &[("report", &other)])
        .await;
    assert_eq!(answer.status, 404);
    assert_eq!(
        app.database
            .number("SELECT COUNT(*) FROM cases WHERE version > 1"),
        0
    );
}
