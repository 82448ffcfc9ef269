//! Becoming an editor, and changing what belongs to the account.

use std::time::{Duration, Instant};

use daybook::desk::Role;
use daybook::paths::desk as paths;
use mail_parser::MessageParser;

use crate::harness::{PASSWORD, Program, SignedIn, TestApp, code_of, daybook};

const OTHER: &str = "seven quiet umbrellas marching";

/// The path in the latest mail of a kind, once it has come: from the outbox, or
/// from the folder, if it has been sent already.
async fn link_in_mail(app: &TestApp, kind: &str) -> String {
    let of_kind = format!("FROM outbox WHERE kind = '{kind}' ORDER BY created_at DESC, id");
    let first = |column: &str| {
        let query = format!("SELECT {column} AS line {of_kind}");
        app.database.lines(&query).into_iter().next()
    };
    let deadline = Instant::now() + Duration::from_secs(20);
    while Instant::now() < deadline {
        let sent = first("id").and_then(|id| {
            let file = app.config().mail_folder().join(format!("{id}.eml"));
            let mail = std::fs::read(file).ok()?;
            let mail = MessageParser::default().parse(&mail)?;
            Some(mail.body_text(0)?.into_owned())
        });
        let text = sent.or_else(|| first("text")).unwrap_or_default();
        if let Some((_, rest)) = text.split_once("/desk/password/") {
            return format!("/desk/password/{}", rest.lines().next().unwrap());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("no mail came");
}

async fn ask_for_reset(app: &TestApp, email: &str) -> String {
    let mut browser = app.browser();
    let page = browser.get(paths::FORGOTTEN).await;
    let answer = browser.submit(&page, &[("email", email)]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    link_in_mail(app, "reset").await
}

#[actix_web::test]
async fn an_invitation_is_good_once_and_for_two_days() {
    let app = TestApp::start().await;
    let link = app.invite("new@example.org", Role::Editor);
    assert_eq!(link_in_mail(&app, "invitation").await, link);
    app.accept("new@example.org", &link).await;
    assert_eq!(app.get(&link).await.status, 404);
    let late = app.invite("late@example.org", Role::Editor);
    assert_eq!(app.get(&late).await.status, 200);
    app.database
        .execute("UPDATE editor_links SET ends_at = ends_at - 172800000");
    assert_eq!(app.get(&late).await.status, 404);
}

#[actix_web::test]
async fn weak_and_unlike_passwords_are_refused_with_a_sentence() {
    let app = TestApp::start().await;
    let link = app.invite("new@example.org", Role::Editor);
    let mut browser = app.browser();
    for (password, again, words) in [
        ("short", "short", "too short"),
        ("passwordpassword", "passwordpassword", "easily guessed"),
        (
            "new@example.org new",
            "new@example.org new",
            "easily guessed",
        ),
        (OTHER, PASSWORD, "not the same"),
    ] {
        let page = browser.get(&link).await;
        let fields = [("password", password), ("again", again)];
        let answer = browser.submit(&page, &fields).await;
        assert_eq!(answer.status, 422, "{password}");
        let sentence = answer.one("[role=alert]").text;
        assert!(sentence.contains(words), "{password}: {sentence}");
        let typed = answer.all("input[type=password]");
        assert!(
            typed.iter().all(|input| input.find("value").is_none()),
            "{password}"
        );
    }
    app.accept("new@example.org", &link).await;
}

#[actix_web::test]
async fn a_reset_ends_every_session_and_keeps_the_second_factor() {
    let app = TestApp::start().await;
    let mut editor = app.sign_in_editor().await;
    let link = ask_for_reset(&app, &editor.email).await;
    // Asking changes nothing, and neither does looking at the link.
    assert_eq!(app.get(&link).await.status, 200);
    assert_eq!(editor.get(paths::INBOX).await.status, 200);
    let mut browser = app.browser();
    let page = browser.get(&link).await;
    let answer = browser
        .submit(&page, &[("password", OTHER), ("again", OTHER)])
        .await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, paths::SECOND_FACTOR)
    );
    assert_eq!(editor.get(paths::INBOX).await.status, 303);
    assert_eq!(app.get(&link).await.status, 404);
    let again = browser
        .submit(&page, &[("password", PASSWORD), ("again", PASSWORD)])
        .await;
    assert_eq!(again.status, 403, "its proof was for the browser before");
    // The code is still asked for.
    let code = browser.get(paths::SECOND_FACTOR).await;
    assert_eq!(code.all(".account__secret"), []);
    app.database.execute("UPDATE editors SET totp_step = 0");
    assert_eq!(
        browser.give_code(&code_of(&editor.secret, 0)).await.status,
        303
    );
    assert_eq!(
        app.browser()
            .give_password(&editor.email, PASSWORD)
            .await
            .status,
        422
    );
    assert_eq!(
        app.browser()
            .give_password(&editor.email, OTHER)
            .await
            .status,
        303
    );
}

#[actix_web::test]
async fn an_account_is_sent_three_links_a_day_at_the_most() {
    let app = TestApp::start().await;
    let editor = app.sign_in_editor().await;
    for _ in 0..5 {
        ask_for_reset(&app, &editor.email).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let sent = app
        .database
        .number("SELECT COUNT(*) FROM outbox WHERE kind = 'reset'");
    assert_eq!(sent, 3);
}

#[actix_web::test]
async fn a_changed_password_ends_all_other_sessions_and_is_told_by_mail() {
    let app = TestApp::start().await;
    let mut editor = app.sign_in_editor().await;
    let mut elsewhere = second_session(&app, &editor).await;
    assert_eq!(elsewhere.get(paths::INBOX).await.status, 200);
    let change = |present| {
        [
            ("do", "password"),
            ("present", present),
            ("password", OTHER),
            ("again", OTHER),
        ]
    };
    let answer = editor.post(paths::ACCOUNT, &change("not this one")).await;
    assert_eq!(answer.status, 422);
    assert_eq!(elsewhere.get(paths::INBOX).await.status, 200);
    let answer = editor.post(paths::ACCOUNT, &change(PASSWORD)).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(elsewhere.get(paths::INBOX).await.status, 303);
    assert_eq!(editor.get(paths::INBOX).await.status, 200);
    let subjects = app
        .database
        .lines("SELECT subject AS line FROM outbox WHERE kind = 'alert'");
    assert_eq!(subjects, ["Your password was changed (Daybook)"]);
    let audited = app
        .database
        .number("SELECT COUNT(*) FROM audit WHERE why = 'password changed'");
    assert_eq!(audited, 1);
}

#[actix_web::test]
async fn sessions_are_listed_and_each_can_be_ended() {
    let app = TestApp::start().await;
    let mut editor = app.sign_in_editor().await;
    let mut elsewhere = second_session(&app, &editor).await;
    let mut stranger = app.sign_in_editor().await;
    let page = editor.get(paths::ACCOUNT).await;
    assert_eq!(page.all(".account__sessions li").len(), 2);
    let devices = page.texts(".account__device");
    assert!(
        devices.contains(&"Firefox on Linux".to_owned()),
        "{devices:?}"
    );
    let id = page.one("input[name=session]").attribute("value");
    let end = [("do", "end-session"), ("session", id.as_str())];
    // Nobody ends the session of another.
    stranger.post(paths::ACCOUNT, &end).await;
    assert_eq!(elsewhere.get(paths::INBOX).await.status, 200);
    assert_eq!(editor.post(paths::ACCOUNT, &end).await.status, 303);
    assert_eq!(elsewhere.get(paths::INBOX).await.status, 303);
    assert_eq!(editor.get(paths::INBOX).await.status, 200);
}

#[actix_web::test]
async fn new_recovery_codes_and_another_authenticator_take_the_password() {
    let app = TestApp::start().await;
    let mut editor = app.sign_in_editor().await;
    for kind in ["codes", "authenticator"] {
        let answer = editor
            .post(paths::ACCOUNT, &[("do", kind), ("present", "wrong")])
            .await;
        assert_eq!(answer.status, 422, "{kind}");
    }
    let fields = [("do", "codes"), ("present", PASSWORD)];
    let page = editor.post(paths::ACCOUNT, &fields).await;
    let codes = page.texts(".account__codes li");
    assert_eq!(codes.len(), 10);
    let fields = [("do", "authenticator"), ("present", PASSWORD)];
    let page = editor.post(paths::ACCOUNT, &fields).await;
    let secret = page.one(".account__secret").text.replace(' ', "");
    assert_ne!(secret, editor.secret);
    let wrong = editor.browser.submit(&page, &[("code", "000000")]).await;
    assert_eq!(wrong.status, 422);
    let kept = wrong.one(".account__secret").text.replace(' ', "");
    assert_eq!(kept, secret, "a mistyped code asks for no other picture");
    let done = editor
        .browser
        .submit(&page, &[("code", &code_of(&secret, 0))])
        .await;
    assert_eq!(done.status, 200, "{}", done.text());
    app.database.execute("UPDATE editors SET totp_step = 0");
    let mut browser = app.browser();
    browser.give_password(&editor.email, PASSWORD).await;
    assert_eq!(
        browser.give_code(&code_of(&editor.secret, 0)).await.status,
        422
    );
    assert_eq!(browser.give_code(&codes[0]).await.status, 422);
    assert_eq!(browser.give_code(&code_of(&secret, 0)).await.status, 303);
}

#[actix_web::test]
async fn admins_invite_promote_demote_and_close_but_not_the_last_of_them() {
    let app = TestApp::start().await;
    let mut admin = app.sign_in_admin().await;
    let add = [
        ("do", "add"),
        ("name", "Grace Hopper"),
        ("email", "Grace@Example.org"),
        ("role", "admin"),
    ];
    assert_eq!(admin.post(paths::EDITORS, &add).await.status, 303);
    assert_eq!(
        admin.post(paths::EDITORS, &add).await.status,
        422,
        "the address is taken"
    );
    let link = link_in_mail(&app, "invitation").await;
    let mut grace = app.accept("grace@example.org", &link).await;
    let own = admin.id.clone();
    for what in ["disable", "demote"] {
        let answer = admin
            .post(paths::EDITORS, &[("do", what), ("editor", &own)])
            .await;
        assert_eq!(answer.status, 422, "{what}");
    }
    let hers = grace.id.clone();
    let demote = [("do", "demote"), ("editor", hers.as_str())];
    assert_eq!(admin.post(paths::EDITORS, &demote).await.status, 303);
    assert_eq!(grace.get(paths::EDITORS).await.status, 403);
    let promote = [("do", "promote"), ("editor", hers.as_str())];
    assert_eq!(grace.post(paths::EDITORS, &promote).await.status, 403);
    let end = [("do", "end"), ("editor", hers.as_str())];
    assert_eq!(admin.post(paths::EDITORS, &end).await.status, 303);
    assert_eq!(grace.get(paths::INBOX).await.status, 303);
    let audited = app.database.lines(&format!(
        "SELECT actor || ' ' || from_state || '>' || to_state AS line FROM audit WHERE subject = '{hers}' AND actor = '{own}' ORDER BY number"
    ));
    assert_eq!(
        audited,
        [format!("{own} >admin"), format!("{own} admin>editor")]
    );
}

#[actix_web::test]
async fn who_is_invited_again_begins_with_another_authenticator() {
    let app = TestApp::start().await;
    let mut admin = app.sign_in_admin().await;
    let editor = app.sign_in_editor().await;
    app.database.execute("DELETE FROM outbox");
    let fields = [("do", "invite"), ("editor", editor.id.as_str())];
    assert_eq!(admin.post(paths::EDITORS, &fields).await.status, 303);
    let link = link_in_mail(&app, "invitation").await;
    let anew = app.accept(&editor.email, &link).await;
    assert_ne!(anew.secret, editor.secret);
    assert_eq!(anew.id, editor.id);
}

#[actix_web::test]
async fn the_operator_adds_lists_and_closes_accounts() {
    let app = TestApp::start().await;
    let folder = app.outside("");
    let url = app.database.url().to_owned();
    let run = |arguments: &[&str]| {
        let mut all = arguments.to_vec();
        all.extend(["--database-url", &url]);
        let output = daybook(&folder, &all).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (
            output.status.success(),
            text(&output.stdout),
            text(&output.stderr),
        )
    };
    let name = ["--name", "Ada Lovelace"];
    let add =
        |email: &'static str, role| [&["editor", "add", email, "--role", role], &name[..]].concat();
    let (ok, out, err) = run(&add("ada@example.org", "admin"));
    assert!(ok && out.contains("/desk/password/"), "{out}{err}");
    let (ok, _, err) = run(&add("ADA@example.org", "editor"));
    assert!(!ok && err.contains("already"), "{err}");
    let (ok, _, err) = run(&add("nonsense", "editor"));
    assert!(!ok && err.contains("no address"), "{err}");
    let (ok, _, err) = run(&["editor", "disable", "ada@example.org"]);
    assert!(!ok && err.contains("only admin"), "{err}");
    assert!(run(&add("bob@example.org", "editor")).0);
    assert!(run(&["editor", "disable", "bob@example.org"]).0);
    let (_, out, _) = run(&["editor", "list"]);
    assert!(
        out.contains("disabled") && out.contains("invited") && out.contains("Ada"),
        "{out}"
    );
    let (ok, _, err) = run(&["editor", "invite", "bob@example.org"]);
    assert!(!ok && err.contains("disabled"), "{err}");
    assert!(run(&["editor", "enable", "bob@example.org"]).0);
    assert!(run(&["editor", "invite", "bob@example.org"]).0);
    let (ok, _, err) = run(&["editor", "enable", "nobody@example.org"]);
    assert!(!ok && err.contains("there is no editor"), "{err}");
}

#[actix_web::test]
async fn no_secret_of_the_desk_is_in_the_log() {
    let app = TestApp::start().await;
    let link = app.invite("new@example.org", Role::Editor);
    let program = Program::serve(&app);
    let client = app.client().clone();
    let url = |path: &str| format!("http://{}{path}", program.address);
    let page = client.get(url(&link)).send().await.unwrap();
    let cookie = page.headers()["set-cookie"].to_str().unwrap().to_owned();
    let secret = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    for path in [&*link, "/desk/sign-in?next=/desk/spam", "/desk/account"] {
        let fields = [
            ("password", "canary-password"),
            ("csrf", "canary-proof"),
            ("email", "canary@example.org"),
        ];
        let request = client
            .post(url(path))
            .header("cookie", format!("desk={secret}"));
        request.form(&fields).send().await.unwrap();
    }
    let (_, log) = program.terminate();
    assert!(log.contains("/desk/password/{token}"), "{log}");
    let token = link.rsplit('/').next().unwrap();
    for canary in [token, &secret, "canary", "new@example.org"] {
        assert!(!log.contains(canary), "{canary}: {log}");
    }
}

/// The same editor in another browser.
async fn second_session<'a>(app: &'a TestApp, editor: &SignedIn<'_>) -> SignedIn<'a> {
    app.database.execute("UPDATE editors SET totp_step = 0");
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let mut browser = app.browser().header("user-agent", firefox);
    browser.give_password(&editor.email, PASSWORD).await;
    assert_eq!(
        browser.give_code(&code_of(&editor.secret, 0)).await.status,
        303
    );
    SignedIn {
        browser,
        email: editor.email.clone(),
        id: editor.id.clone(),
        csrf: String::new(),
        secret: editor.secret.clone(),
        recovery_codes: Vec::new(),
    }
}
