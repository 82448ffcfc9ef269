//! The decisions on a case: what each writes, who is told, what happens where
//! two editors decide at once, and that nothing typed is lost.

use diesel::connection::SimpleConnection;

use super::filed::Filed;
use crate::harness::{Corpus, Page, Setup, TestApp};

const FILE: &str = "articles/01/04/seoul-falls.md";
const NOTE: &str = "An earlier version said “nobody”: it was “hardly anybody”.";

fn path(case: &str) -> String {
    format!("/desk/cases/{}", case.to_lowercase())
}

fn seen(page: &Page) -> String {
    page.all("input[name=seen]")[0].attribute("value")
}

/// One column of the only case.
fn column(app: &TestApp, name: &str) -> String {
    app.database
        .lines(&format!(
            "SELECT COALESCE(CAST({name} AS TEXT), '(null)') AS line FROM cases"
        ))
        .remove(0)
}

/// The lines of the audit on a case: who, from, to and why.
fn audit(app: &TestApp, case: &str) -> Vec<String> {
    app.database.lines(&format!(
        "SELECT actor || ': ' || from_state || ' > ' || to_state || ' (' || why || ')' AS line \
         FROM audit WHERE subject = '{case}' ORDER BY number"
    ))
}

#[tokio::test]
async fn an_accepted_case_gives_a_patch_that_names_it() {
    let app = TestApp::start().await;
    let case = Filed::about("seoul-falls")
        .quote("Nobody fought for the streets.")
        .file(&app);
    let mut editor = app.sign_in_editor().await;
    let page = editor.get(&path(&case)).await;
    let before = app.read(FILE);
    let from = page.one("input[name=file-from]").attribute("value");
    let changed = before.replace("Nobody fought", "Hardly anybody fought");
    let seen = seen(&page);
    // A browser ends lines in its own way.
    let sent = changed.replace('\n', "\r\n");
    let fields = [
        ("seen", seen.as_str()),
        ("kind", "correction"),
        ("note", NOTE),
        ("file", &sent),
        ("file-from", &from),
    ];
    let answer = editor
        .post(&format!("{}/accept", path(&case)), &fields)
        .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(
        answer.header("location"),
        format!("{}?done=accepted", path(&case))
    );
    assert_eq!(column(&app, "state"), "accepted");
    assert_eq!(column(&app, "note"), NOTE);
    let me = editor.id.clone();
    assert_eq!(
        audit(&app, &case),
        [
            "reader:  > checking ()".to_owned(),
            format!("editor {me}: checking > accepted ({NOTE})"),
        ]
    );
    let page = editor.get(answer.header("location")).await;
    assert!(page.one(".case-file__done").text.starts_with("Accepted."));
    let added = page.texts(".patch__line--in").join("\n");
    assert!(
        added.contains(&case) && added.contains("Hardly anybody fought"),
        "{added}"
    );
    assert!(
        page.texts(".patch__line--out")
            .join("")
            .contains("Nobody fought")
    );

    let patch = editor.get(&format!("{}/patch", path(&case))).await;
    assert_eq!(patch.header("content-type"), "text/x-diff; charset=utf-8");
    assert_eq!(
        patch.header("content-disposition"),
        format!("attachment; filename=\"{}.patch\"", case.to_lowercase())
    );
    assert!(
        patch
            .text()
            .starts_with(&format!("--- a/content/{FILE}\n+++ b/content/{FILE}\n@@ "))
    );

    // Applied, the file holds both, and nothing else is changed.
    let fields = [("seen", seen_now(&mut editor, &case).await)];
    let fields = [(fields[0].0, fields[0].1.as_str())];
    let answer = editor
        .post(&format!("{}/apply", path(&case)), &fields)
        .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let after = app.read(FILE);
    assert!(after.contains(&case) && after.contains("Hardly anybody fought"));
    let kept = before.lines().filter(|line| after.contains(line)).count();
    assert_eq!(kept, before.lines().count() - 1);
}

async fn seen_now(editor: &mut crate::harness::SignedIn<'_>, case: &str) -> String {
    seen(&editor.get(&path(case)).await)
}

#[tokio::test]
async fn a_file_that_changed_meanwhile_is_not_written_over() {
    let app = TestApp::start().await;
    let case = Filed::about("seoul-falls").file(&app);
    let mut editor = app.sign_in_editor().await;
    let page = editor.get(&path(&case)).await;
    let (seen, from) = (
        seen(&page),
        page.one("input[name=file-from]").attribute("value"),
    );
    let mine = app
        .read(FILE)
        .replace("Nobody fought", "Hardly anybody fought");
    app.edit(
        FILE,
        "The south bank followed.",
        "The south bank came next.",
    );
    app.ingest();
    let fields = [
        ("seen", seen.as_str()),
        ("kind", "minor"),
        ("note", NOTE),
        ("file", &mine),
        ("file-from", &from),
    ];
    let answer = editor
        .post(&format!("{}/accept", path(&case)), &fields)
        .await;
    assert_eq!(answer.status, 422);
    assert!(answer.one("#error-file").text.contains("has changed since"));
    assert!(
        answer
            .one("#field-file")
            .text
            .contains("Hardly anybody fought")
    );
    assert_eq!(answer.one("#field-note").text, NOTE);
    assert_eq!(
        answer.one("input[name=kind][checked]").attribute("value"),
        "minor"
    );
    assert_eq!(column(&app, "state"), "checking");

    // Whoever changed nothing in it has nothing to lose.
    let old = mine.replace("Hardly anybody fought", "Nobody fought");
    let fields = [
        ("seen", seen.as_str()),
        ("kind", "minor"),
        ("note", NOTE),
        ("file", &old),
        ("file-from", &from),
    ];
    let answer = editor
        .post(&format!("{}/accept", path(&case)), &fields)
        .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let patch = editor.get(&format!("{}/patch", path(&case))).await;
    assert!(
        !patch.text().contains("-- The south bank"),
        "{}",
        patch.text()
    );

    // Nor does applying write over what came after the decision.
    app.edit(
        FILE,
        "The south bank came next.",
        "The south bank fell next.",
    );
    app.ingest();
    let now = seen_now(&mut editor, &case).await;
    let answer = editor
        .post(&format!("{}/apply", path(&case)), &[("seen", &now)])
        .await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.one("#field-apply").text.contains("changed"),
        "{}",
        answer.text()
    );
    assert!(app.read(FILE).contains("The south bank fell next."));
}

#[tokio::test]
async fn public_words_are_looked_at_before_they_are_public() {
    let app = TestApp::start().await;
    let case = Filed::about("seoul-falls").file(&app);
    let mut editor = app.sign_in_editor().await;
    let page = editor.get(&path(&case)).await;
    let seen = seen(&page);
    let form = format!("{}/decline", path(&case));
    let long = "é".repeat(2001);
    for reason in ["", " \n ", &long, "turned \u{202e}round"] {
        let answer = editor
            .post(&form, &[("seen", &seen), ("reason", reason)])
            .await;
        assert_eq!(answer.status, 422, "{reason}");
        assert_eq!(answer.one("#field-reason").text, reason.trim());
        assert_eq!(answer.all("details.ruling[open]").len(), 1);
    }
    // An address is asked about, and let through if it is meant.
    let reason = "Please ask archive@example.org about it.";
    let fields = [("seen", seen.as_str()), ("reason", reason)];
    let answer = editor.post(&form, &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.one("#error-reason").text.contains("e-mail address"));
    let meant = answer.all("input[name=address-meant]");
    assert!(!meant.is_empty());
    assert_eq!(column(&app, "state"), "checking");
    let fields = [
        ("seen", seen.as_str()),
        ("reason", reason),
        ("address-meant", "1"),
    ];
    let answer = editor.post(&form, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(column(&app, "reason"), reason);
    let page = editor.get(answer.header("location")).await;
    assert!(page.one(".case-file__part--outcome").text.contains(reason));
    assert!(page.one(".case-file__done").text.starts_with("Declined."));
}

#[tokio::test]
async fn who_comes_second_sees_what_the_first_did_and_keeps_the_words() {
    let app = TestApp::start().await;
    let case = Filed::about("seoul-falls").file(&app);
    let mut editor = app.sign_in_editor().await;
    let old = seen(&editor.get(&path(&case)).await);
    // Another report arrives: the case is another one than the editor read.
    Filed::about("seoul-falls").file(&app);
    let form = format!("{}/decline", path(&case));
    let reason = "The book says so.";
    let answer = editor
        .post(&form, &[("seen", &old), ("reason", reason)])
        .await;
    assert_eq!(answer.status, 409);
    assert_eq!(column(&app, "state"), "checking");
    assert!(
        answer
            .one(".notice--wrong")
            .text
            .contains("the case changed")
    );
    assert_eq!(answer.one("#field-reason").text, reason);
    assert_eq!(answer.all(".voice").len(), 2);

    // Having seen it, the editor sends the same again.
    let now = seen(&answer);
    let again = editor
        .post(&form, &[("seen", &now), ("reason", reason)])
        .await;
    assert_eq!(again.status, 303);

    // Now it is settled: the words have no form any more, and are shown.
    for seen in [now, seen_now(&mut editor, &case).await] {
        let form = format!("{}/accept", path(&case));
        let fields = [("seen", seen.as_str()), ("kind", "minor"), ("note", NOTE)];
        let answer = editor.post(&form, &fields).await;
        assert_eq!(answer.status, 409);
        let notice = answer.one(".notice--wrong").text;
        assert!(
            notice.contains("“Declined”") && notice.contains(NOTE),
            "{notice}"
        );
    }
    assert_eq!(audit(&app, &case).len(), 2);
}

#[tokio::test]
async fn cases_are_merged_and_opened_again() {
    let app = TestApp::start().await;
    let one = Filed::about("seoul-falls")
        .quote("Nobody fought for the streets.")
        .file(&app);
    let other = Filed::about("seoul-falls").category("place").file(&app);
    let mut editor = app.sign_in_editor().await;
    let form = format!("{}/merge", path(&one));
    let seen_one = seen_now(&mut editor, &one).await;
    for into in ["", "C-000000", &one, "nonsense <b>"] {
        let answer = editor
            .post(&form, &[("seen", &seen_one), ("into", into)])
            .await;
        assert_eq!(answer.status, 422, "{into}");
        assert!(!answer.one("#error-into").text.is_empty());
    }
    // By choice, in place of its number.
    let answer = editor
        .post(
            &form,
            &[("seen", &seen_one), ("pick", &other), ("into", "")],
        )
        .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = editor.get(&path(&one)).await;
    assert!(
        page.one(".case-file__state")
            .text
            .contains(&format!("Merged into {other}"))
    );
    let page = editor.get(&path(&other)).await;
    assert_eq!(page.all(".voice").len(), 2);
    let inbox = editor.get("/desk").await;
    assert_eq!(inbox.all(".docket__case").len(), 1);

    let form = format!("{}/decline", path(&other));
    editor
        .post(&form, &[("seen", &seen(&page)), ("reason", "No.")])
        .await;
    let form = format!("{}/reopen", path(&other));
    let now = seen_now(&mut editor, &other).await;
    let answer = editor.post(&form, &[("seen", &now), ("why", "")]).await;
    assert_eq!(answer.status, 422);
    let answer = editor
        .post(&form, &[("seen", &now), ("why", "A new source.")])
        .await;
    assert_eq!(answer.status, 303);
    let me = &editor.id;
    assert_eq!(
        audit(&app, &other)[1..],
        [
            format!("editor {me}: checking > declined (No.)"),
            format!("editor {me}: declined > reopened (A new source.)"),
        ]
    );
}

#[tokio::test]
async fn articles_are_put_on_hold_and_released() {
    let app = TestApp::start().await;
    let case = Filed::about("seoul-falls").category("removal").file(&app);
    let mut editor = app.sign_in_editor().await;
    let form = format!("{}/hold", path(&case));
    let held = || {
        app.database
            .lines("SELECT article || ' ' || kind AS line FROM holds ORDER BY kind")
    };
    for (kind, on, left) in [
        ("text", "1", vec!["seoul-falls text"]),
        (
            "picture",
            "1",
            vec!["seoul-falls picture", "seoul-falls text"],
        ),
        ("text", "0", vec!["seoul-falls picture"]),
    ] {
        let seen = seen_now(&mut editor, &case).await;
        let answer = editor
            .post(&form, &[("seen", &seen), ("hold", kind), ("on", on)])
            .await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        assert_eq!(held(), left);
    }
    let inbox = editor.get("/desk").await;
    assert_eq!(inbox.texts(".docket__hold"), ["pictures on hold"]);
    let page = editor.get(&path(&case)).await;
    assert_eq!(page.all(".ruling__on").len(), 1);
    let answer = editor
        .post(&form, &[("hold", "everything"), ("on", "1")])
        .await;
    assert_eq!(answer.status, 400);
    let me = &editor.id;
    assert_eq!(
        audit(&app, &case)[1..],
        [
            format!("editor {me}:  > hold (text)"),
            format!("editor {me}:  > hold (picture)"),
            format!("editor {me}: hold >  (text)"),
        ]
    );
}

#[tokio::test]
async fn a_letter_is_answered_and_not_accepted() {
    let app = TestApp::start().await;
    let case = Filed::letter("Good day.").file(&app);
    let mut editor = app.sign_in_editor().await;
    let page = editor.get(&path(&case)).await;
    assert_eq!(page.all("#field-note, #field-file, [name=hold]").len(), 0);
    let seen = seen(&page);
    let fields = [("seen", seen.as_str()), ("kind", "minor"), ("note", NOTE)];
    let answer = editor
        .post(&format!("{}/accept", path(&case)), &fields)
        .await;
    assert_eq!(answer.status, 400);
    let fields = [("seen", seen.as_str()), ("reason", "And to you.")];
    let answer = editor
        .post(&format!("{}/decline", path(&case)), &fields)
        .await;
    assert_eq!(
        answer.header("location"),
        format!("{}?done=answered", path(&case))
    );
}

#[tokio::test]
async fn a_case_is_given_to_whoever_can_enter_the_desk_and_to_nobody_else() {
    let app = TestApp::start().await;
    let case = Filed::about("seoul-falls").file(&app);
    let mut giver = app.sign_in_editor().await;
    let taker = app.sign_in_editor().await;
    let gone = app.sign_in_editor().await;
    app.database.execute(&format!(
        "UPDATE editors SET disabled_at = 1 WHERE id = '{}'",
        gone.id
    ));
    let page = giver.get(&path(&case)).await;
    let offered: Vec<String> = page
        .all("select[name=to] option")
        .iter()
        .map(|one| one.attribute("value"))
        .collect();
    assert_eq!(offered, [taker.id.as_str()]);
    let seen = seen(&page);
    let take = format!("{}/take", path(&case));
    for nobody in [gone.id.as_str(), "E-ZZZZZZ"] {
        let refused = giver.post(&take, &[("seen", &seen), ("to", nobody)]).await;
        assert_eq!(refused.status, 400, "{nobody}");
    }
    assert_eq!(column(&app, "editor"), "(null)");
    let given = giver
        .post(&take, &[("seen", &seen), ("to", &taker.id)])
        .await;
    assert_eq!(given.status, 303);
    assert_eq!(column(&app, "editor"), taker.id);
    assert_ne!(column(&app, "taken_at"), "(null)");
}

#[tokio::test]
async fn a_locked_database_gives_the_words_back_and_keeps_them_later() {
    let app = Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_DATABASE_WAIT_MS", "1500")
        .start()
        .await;
    let case = Filed::about("seoul-falls").file(&app);
    let mut editor = app.sign_in_editor().await;
    let seen = seen(&editor.get(&path(&case)).await);
    // Old enough to be noted anew.
    app.database
        .execute("UPDATE sessions SET seen_at = seen_at - 120000");
    let mut other = app.database.connect();
    other
        .batch_execute(if app.database.is_postgres() {
            "BEGIN; LOCK TABLE cases, case_notes, sessions IN EXCLUSIVE MODE;"
        } else {
            "BEGIN IMMEDIATE;"
        })
        .unwrap();
    let reason = "Both sources give the fourth.";
    let fields = [("seen", seen.as_str()), ("reason", reason)];
    let decline = format!("{}/decline", path(&case));
    assert_eq!(editor.get("/desk").await.status, 200, "reading goes on");
    let page = editor.post(&decline, &fields).await;
    assert_eq!((page.status, page.header("retry-after")), (503, "5"));
    assert_eq!(page.one("textarea[name=reason]").text, reason);
    assert!(page.one("[role=alert]").text.contains("in a minute"));
    let remark = [("remark", "Ask the library.")];
    let page = editor.post(&format!("{}/note", path(&case)), &remark).await;
    assert_eq!(page.status, 503);
    assert_eq!(page.one("textarea[name=remark]").text, remark[0].1);
    other.batch_execute("ROLLBACK;").unwrap();
    assert_eq!(column(&app, "state"), "checking");
    assert_eq!(editor.post(&decline, &fields).await.status, 303);
    assert_eq!(column(&app, "state"), "declined");
}
