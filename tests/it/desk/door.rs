//! Signing in, staying in, and being out.

use daybook::desk::Role;
use daybook::paths::desk as paths;

use crate::harness::{Browser, Corpus, PASSWORD, Setup, TestApp, code_of};

/// Signs an editor in anew, with the code that comes next.
async fn sign_in(browser: &mut Browser<'_>, email: &str, secret: &str, app: &TestApp) -> u16 {
    app.database.execute("UPDATE editors SET totp_step = 0");
    let answer = browser.give_password(email, PASSWORD).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(answer.header("location"), paths::SECOND_FACTOR);
    browser.give_code(&code_of(secret, 0)).await.status
}

#[actix_web::test]
async fn an_editor_signs_in_with_both_factors_and_comes_to_the_page_that_was_wanted() {
    let app = TestApp::start().await;
    let editor = app.sign_in_editor().await;
    app.database.execute("UPDATE editors SET totp_step = 0");
    let mut browser = app.browser();
    let door = browser.get("/desk/account?done=alerts").await;
    assert_eq!(door.status, 303);
    let page = browser.get(door.header("location")).await;
    let fields = [("email", editor.email.as_str()), ("password", PASSWORD)];
    let second = browser.submit(&page, &fields).await;
    assert_eq!(second.header("location"), paths::SECOND_FACTOR);
    // The password alone opens nothing.
    let halfway = browser.get(paths::INBOX).await;
    assert_eq!(
        (halfway.status, halfway.header("location")),
        (303, paths::SECOND_FACTOR)
    );
    let wrong = browser.give_code("000000").await;
    assert_eq!(wrong.status, 422);
    let done = browser.give_code(&code_of(&editor.secret, 0)).await;
    assert_eq!(done.header("location"), "/desk/account?done=alerts");
    assert_eq!(browser.get(paths::INBOX).await.status, 200);
}

#[actix_web::test]
async fn signing_in_leads_nowhere_else() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    for next in [
        "https://evil.example/",
        "//evil.example",
        "/desktop",
        "/desk//evil.example",
    ] {
        let page = browser.get(&format!("/desk/sign-in?next={next}")).await;
        assert_eq!(page.all("input[name=next]"), [], "{next}");
    }
}

#[actix_web::test]
async fn each_step_has_a_new_secret_and_the_old_one_is_dead() {
    let app = TestApp::start().await;
    let editor = app.sign_in_editor().await;
    let mut browser = app.browser();
    // An attacker has planted a cookie.
    let planted = "b".repeat(52);
    browser.cookies.insert("desk".to_owned(), planted.clone());
    app.database.execute("UPDATE editors SET totp_step = 0");
    browser.give_password(&editor.email, PASSWORD).await;
    let halfway = browser.cookies["desk"].clone();
    assert_ne!(halfway, planted);
    browser.give_code(&code_of(&editor.secret, 0)).await;
    let inside = browser.cookies["desk"].clone();
    assert_ne!(inside, halfway);
    for dead in [&planted, &halfway] {
        let mut other = app.browser();
        other.cookies.insert("desk".to_owned(), dead.clone());
        let answer = other.get(paths::INBOX).await;
        assert_eq!(answer.header("location"), paths::SIGN_IN);
    }
    // The database holds none of them.
    let rows = app
        .database
        .lines("SELECT hash || id || state AS line FROM sessions");
    assert!(rows.iter().all(|row| !row.contains(&inside)));
}

#[actix_web::test]
async fn signing_out_ends_the_session_on_the_server() {
    let app = TestApp::start().await;
    let mut editor = app.sign_in_editor().await;
    let mut copy = editor.browser.clone();
    let out = editor.post(paths::SIGN_OUT, &[]).await;
    assert_eq!((out.status, out.header("location")), (303, paths::SIGN_IN));
    assert!(out.header("clear-site-data").contains("cache"));
    assert_eq!(copy.get(paths::INBOX).await.status, 303);
    assert!(!editor.browser.cookies.contains_key("desk"));
    let known = editor.browser.cookies.contains_key("desk-known");
    assert!(known, "the browser stays known");
}

#[actix_web::test]
async fn a_session_ends_after_half_an_hour_of_nothing_and_after_eight_hours() {
    let app = TestApp::start().await;
    let mut editor = app.sign_in_editor().await;
    let minute = 60_000;
    let set = |column: &str, change: i64| {
        app.database.execute(&format!(
            "UPDATE sessions SET {column} = {column} - {change}"
        ));
    };
    set("seen_at", 29 * minute);
    assert_eq!(editor.get(paths::INBOX).await.status, 200);
    // Being seen made it young again.
    set("seen_at", 29 * minute);
    assert_eq!(editor.get(paths::INBOX).await.status, 200);
    set("seen_at", 31 * minute);
    assert_eq!(editor.get(paths::INBOX).await.status, 303);

    let mut other = app.sign_in_editor().await;
    set("ends_at", 8 * 60 * minute - minute);
    assert_eq!(other.get(paths::INBOX).await.status, 200);
    set("ends_at", 2 * minute);
    assert_eq!(other.get(paths::INBOX).await.status, 303);
}

#[actix_web::test]
async fn a_disabled_editor_is_out_at_once_and_cannot_come_back() {
    let app = TestApp::start().await;
    let mut admin = app.sign_in_admin().await;
    let mut editor = app.sign_in_editor().await;
    assert_eq!(editor.get(paths::INBOX).await.status, 200);
    let fields = [("do", "disable"), ("editor", editor.id.as_str())];
    assert_eq!(admin.post(paths::EDITORS, &fields).await.status, 303);
    assert_eq!(editor.get(paths::INBOX).await.status, 303);
    let answer = app.browser().give_password(&editor.email, PASSWORD).await;
    assert_eq!(answer.status, 422);
    // Open again, but with nothing left of the old session.
    let fields = [("do", "enable"), ("editor", editor.id.as_str())];
    assert_eq!(admin.post(paths::EDITORS, &fields).await.status, 303);
    assert_eq!(editor.get(paths::INBOX).await.status, 303);
    assert_eq!(
        sign_in(&mut app.browser(), &editor.email, &editor.secret, &app).await,
        303
    );
}

#[actix_web::test]
async fn a_code_is_good_once() {
    let app = TestApp::start().await;
    let editor = app.sign_in_editor().await;
    // The code that confirmed the authenticator is used up.
    let code = code_of(&editor.secret, 0);
    let mut browser = app.browser();
    browser.give_password(&editor.email, PASSWORD).await;
    assert_eq!(browser.give_code(&code).await.status, 422);
    let next = code_of(&editor.secret, 1);
    assert_eq!(browser.give_code(&next).await.status, 303);
    let mut other = app.browser();
    other.give_password(&editor.email, PASSWORD).await;
    assert_eq!(other.give_code(&next).await.status, 422);
}

#[actix_web::test]
async fn a_recovery_code_is_good_once_however_it_is_typed() {
    let app = TestApp::start().await;
    let editor = app.sign_in_editor().await;
    assert_eq!(editor.recovery_codes.len(), 10);
    let typed = editor.recovery_codes[3].replace('-', " ").to_uppercase();
    for status in [303, 422] {
        let mut browser = app.browser();
        browser.give_password(&editor.email, PASSWORD).await;
        assert_eq!(browser.give_code(&typed).await.status, status);
    }
    let told = app
        .database
        .lines("SELECT text AS line FROM outbox WHERE kind = 'alert'");
    assert!(
        told.len() == 1 && told[0].contains("9 are left"),
        "{told:?}"
    );
}

#[actix_web::test]
async fn the_cookies_are_out_of_reach_of_scripts_and_other_sites() {
    let app = Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_BASE_URL", "https://daybook.example")
        .start()
        .await;
    let page = app.get(paths::SIGN_IN).await;
    let cookie = page.header("set-cookie");
    assert!(cookie.starts_with("__Host-desk="), "{cookie}");
    for guard in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(guard), "{cookie}");
    }
    assert!(
        !cookie.contains("Domain") && !cookie.contains("Max-Age"),
        "{cookie}"
    );

    let plain = TestApp::start().await;
    let page = plain.get(paths::SIGN_IN).await;
    let cookie = page.header("set-cookie");
    assert!(
        cookie.starts_with("desk=") && !cookie.contains("Secure"),
        "{cookie}"
    );
}

#[actix_web::test]
async fn readers_get_no_cookie_not_even_from_an_editors_browser() {
    let app = TestApp::start().await;
    let mut editor = app.sign_in_editor().await;
    for path in [
        "/",
        "/on/january-4",
        "/contact",
        "/people",
        "/nothing-here",
        "/about",
    ] {
        let page = editor.get(path).await;
        assert_eq!(page.headers.get("set-cookie"), None, "{path}");
        assert!(!page.text().contains("/desk"), "{path}");
    }
}

#[actix_web::test]
async fn asking_for_pages_changes_nothing() {
    let app = TestApp::start().await;
    let link = app.invite("new@example.org", Role::Editor);
    let mut admin = app.sign_in_admin().await;
    let tables = || {
        let mut all = Vec::new();
        for query in [
            "SELECT id || password || totp || totp_step || alerts AS line FROM editors",
            "SELECT hash || COALESCE(used_at, 0) AS line FROM editor_links",
            "SELECT hash || COALESCE(used_at, 0) AS line FROM recovery_codes",
            "SELECT hash || state AS line FROM sessions",
            "SELECT who || failures AS line FROM login_failures",
            "SELECT cause AS line FROM outbox",
            "SELECT CAST(number AS TEXT) AS line FROM audit",
        ] {
            all.extend(app.database.lines(query));
        }
        all.sort();
        all
    };
    let before = tables();
    for path in [
        "/desk",
        "/desk/account",
        "/desk/editors",
        "/desk/sign-in",
        "/desk/password",
        &link,
    ] {
        for _ in 0..2 {
            assert_eq!(admin.get(path).await.status, 200, "{path}");
            assert_eq!(
                admin.browser.request("HEAD", path).await.status,
                200,
                "{path}"
            );
            app.browser().get(path).await;
        }
    }
    assert_eq!(tables(), before);
}

#[actix_web::test]
async fn nothing_is_at_the_desk_for_caches_to_be_deceived_with() {
    let app = TestApp::start().await;
    let mut editor = app.sign_in_editor().await;
    for path in ["/desk/x.css", "/desk/account/x.css", "/desk/sign-in/x.js"] {
        let page = editor.get(path).await;
        assert_eq!(
            (page.status, page.header("cache-control")),
            (404, "no-store"),
            "{path}"
        );
    }
    let page = editor.get("/Desk/Account/").await;
    assert_eq!(
        (page.status, page.header("cache-control")),
        (301, "no-store")
    );
}
