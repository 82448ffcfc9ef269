//! Who may do what: every route of the desk, with every method that it takes,
//! for everybody who may ask. A route without a row fails here.
//!
//! To add a route, add a line for each of its methods to [`ROWS`].

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use daybook::paths::desk as paths;

use crate::harness::TestApp;

/// What each of those who ask gets.
struct Expected {
    /// Has signed in nowhere.
    anonymous: u16,
    /// An editor who has signed in.
    editor: u16,
    /// An admin who has signed in.
    admin: u16,
    /// An editor who has signed in, and was disabled then.
    disabled: u16,
    /// An editor whose session is over.
    expired: u16,
    /// A form on a page of another site, in the browser of an admin.
    foreign: u16,
    /// A form without the proof that it is ours, in the browser of an admin.
    unproved: u16,
}

/// A page that is shown to whoever asks.
const OPEN_PAGE: Expected = all(200);
/// A page for editors and admins.
const PAGE: Expected = page(200);
/// A page for admins.
const ADMINS_PAGE: Expected = Expected {
    editor: 403,
    ..PAGE
};

const fn all(status: u16) -> Expected {
    Expected {
        anonymous: status,
        editor: status,
        admin: status,
        disabled: status,
        expired: status,
        foreign: status,
        unproved: status,
    }
}

/// A page for editors and admins, who get this status.
const fn page(status: u16) -> Expected {
    Expected {
        anonymous: 303,
        disabled: 303,
        expired: 303,
        ..all(status)
    }
}

/// A form that whoever asks may send from our own pages.
const fn open_form(status: u16) -> Expected {
    Expected {
        foreign: 403,
        unproved: 403,
        ..all(status)
    }
}

/// A form for editors and admins.
const fn form(status: u16) -> Expected {
    Expected {
        foreign: 403,
        unproved: 403,
        ..page(status)
    }
}

/// A form for admins.
const fn admins_form(status: u16) -> Expected {
    Expected {
        editor: 403,
        ..form(status)
    }
}

/// The constant in `paths::desk`, the path to ask for, the method, the fields
/// of a form that does no harm, and what comes of it.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
    Expected,
);

const NO_LINK: &str = "/desk/password/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const NO_CASE: &str = "/desk/cases/c-zzzzzz";
const WRONG: &[(&str, &str)] = &[("email", "nobody@example.org"), ("password", "wrong")];
const CHOICE: &[(&str, &str)] = &[("password", "marsh kettle"), ("again", "marsh kettle")];
const NOBODY: &[(&str, &str)] = &[("do", "end"), ("editor", "E-000000")];

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("INBOX", paths::INBOX, "GET", &[], PAGE),
    ("SIGN_IN", paths::SIGN_IN, "GET", &[], OPEN_PAGE),
    ("SIGN_IN", paths::SIGN_IN, "POST", WRONG, open_form(422)),
    // Leads to the first step, or to the inbox.
    ("SECOND_FACTOR", paths::SECOND_FACTOR, "GET", &[], all(303)),
    ("SECOND_FACTOR", paths::SECOND_FACTOR, "POST", &[("code", "000000")], open_form(303)),
    ("FORGOTTEN", paths::FORGOTTEN, "GET", &[], OPEN_PAGE),
    ("FORGOTTEN", paths::FORGOTTEN, "POST", &[("email", "nobody@example.org")], open_form(200)),
    ("PASSWORD_ROUTE", NO_LINK, "GET", &[], all(404)),
    ("PASSWORD_ROUTE", NO_LINK, "POST", CHOICE, open_form(404)),
    ("ACCOUNT", paths::ACCOUNT, "GET", &[], PAGE),
    ("ACCOUNT", paths::ACCOUNT, "POST", &[("do", "alerts")], form(303)),
    ("EDITORS", paths::EDITORS, "GET", &[], ADMINS_PAGE),
    ("EDITORS", paths::EDITORS, "POST", NOBODY, admins_form(303)),
    ("SPAM", paths::SPAM, "GET", &[], PAGE),
    ("SPAM", paths::SPAM, "POST", &[("report", "R-ZZZZZZ")], form(303)),
    ("CASE_ROUTE", NO_CASE, "GET", &[], page(404)),
    ("PATCH_ROUTE", "/desk/cases/c-zzzzzz/patch", "GET", &[], page(404)),
    ("TAKE_ROUTE", "/desk/cases/c-zzzzzz/take", "POST", &[("seen", "1")], form(404)),
    ("NOTE_ROUTE", "/desk/cases/c-zzzzzz/note", "POST", &[("remark", "x")], form(404)),
    ("HOLD_ROUTE", "/desk/cases/c-zzzzzz/hold", "POST", &[("seen", "1"), ("hold", "text")], form(404)),
    ("CASE_SPAM_ROUTE", "/desk/cases/c-zzzzzz/spam", "POST", &[("report", "R-ZZZZZZ")], form(404)),
    ("ACCEPT_ROUTE", "/desk/cases/c-zzzzzz/accept", "POST", &[("seen", "1")], form(404)),
    ("APPLY_ROUTE", "/desk/cases/c-zzzzzz/apply", "POST", &[("seen", "1")], form(404)),
    ("DECLINE_ROUTE", "/desk/cases/c-zzzzzz/decline", "POST", &[("seen", "1")], form(404)),
    ("MERGE_ROUTE", "/desk/cases/c-zzzzzz/merge", "POST", &[("seen", "1")], form(404)),
    ("REOPEN_ROUTE", "/desk/cases/c-zzzzzz/reopen", "POST", &[("seen", "1")], form(404)),
    ("MAIL", paths::MAIL, "GET", &[], ADMINS_PAGE),
    ("MAIL", paths::MAIL, "POST", &[("mail", "0")], admins_form(303)),
    // Stands last, because it ends the sessions.
    ("SIGN_OUT", paths::SIGN_OUT, "POST", &[], form(303)),
];

#[actix_web::test]
async fn everybody_may_do_what_the_table_says_and_nothing_else() {
    let app = TestApp::start().await;
    let admin = app.sign_in_admin().await;
    let editor = app.sign_in_editor().await;
    let disabled = app.sign_in_editor().await;
    let expired = app.sign_in_editor().await;
    let database = &app.database;
    database.execute(&format!(
        "UPDATE editors SET disabled_at = 1 WHERE id = '{}'",
        disabled.id
    ));
    database.execute(&format!(
        "UPDATE sessions SET seen_at = 1 WHERE editor = '{}'",
        expired.id
    ));
    let mut anonymous = app.browser();
    let door = anonymous.get(paths::SIGN_IN).await;
    let proof = door.one("input[name=csrf]").attribute("value");

    let evil = ("origin", "https://evil.example");
    let foreign = admin.browser.clone().header(evil.0, evil.1);
    let mut wrong = Vec::new();
    for (name, path, method, fields, expected) in ROWS {
        // Those who are let through come last, because some forms end sessions.
        for (who, browser, csrf, status) in [
            ("anonymous", &anonymous, Some(&proof), expected.anonymous),
            (
                "disabled",
                &disabled.browser,
                Some(&disabled.csrf),
                expected.disabled,
            ),
            (
                "expired",
                &expired.browser,
                Some(&expired.csrf),
                expected.expired,
            ),
            ("foreign", &foreign, Some(&admin.csrf), expected.foreign),
            ("unproved", &admin.browser, None, expected.unproved),
            (
                "editor",
                &editor.browser,
                Some(&editor.csrf),
                expected.editor,
            ),
            ("admin", &admin.browser, Some(&admin.csrf), expected.admin),
        ] {
            let mut all = fields.to_vec();
            all.extend(csrf.map(|csrf| ("csrf", csrf.as_str())));
            let mut browser = browser.clone();
            let page = match *method {
                "GET" => browser.get(path).await,
                _ => browser.post(path, &all).await,
            };
            if page.status != status {
                wrong.push(format!(
                    "{method} {name}, {who}: {} not {status}",
                    page.status
                ));
            }
            assert_eq!(
                page.header("cache-control"),
                "no-store",
                "{method} {path}, {who}"
            );
            assert!(
                page.header("x-robots-tag").contains("noindex"),
                "{method} {path}, {who}"
            );
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[actix_web::test]
async fn no_route_takes_another_method() {
    let app = TestApp::start().await;
    let mut admin = app.sign_in_admin().await;
    let mut wrong = Vec::new();
    for (name, path, ..) in ROWS {
        let taken: Vec<&str> = ROWS
            .iter()
            .filter(|(other, ..)| other == name)
            .map(|(_, _, method, ..)| *method)
            .collect();
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
            if !taken.contains(&method) {
                let page = admin.browser.request(method, path).await;
                if page.status != 405 {
                    wrong.push(format!("{method} {name}: {}", page.status));
                }
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn every_route_has_its_row() {
    let mut registered = BTreeSet::new();
    for text in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/desk")) {
        for hidden in [
            ".route(\"",
            "#[get",
            "#[post",
            "web::scope(",
            "web::method(",
        ] {
            assert!(
                !text.contains(hidden),
                "{hidden} hides a route from this test"
            );
        }
        let mut parts = text.split("web::resource(");
        parts.next();
        for part in parts {
            let (path, rest) = part.split_once(')').unwrap();
            let name = path.rsplit("::").next().unwrap().trim();
            for (word, method) in [
                ("get", "GET"),
                ("post", "POST"),
                ("put", "PUT"),
                ("patch", "PATCH"),
                ("delete", "DELETE"),
                ("route", "ANY"),
            ] {
                if rest.contains(&format!("web::{word}()")) {
                    registered.insert((name.to_owned(), method));
                }
            }
        }
    }
    let rows: BTreeSet<(String, &str)> = ROWS
        .iter()
        .map(|(name, _, method, ..)| ((*name).to_owned(), *method))
        .collect();
    assert_eq!(
        registered, rows,
        "the routes of src/desk, and the rows of this test"
    );
    let constants = include_str!("../../../src/paths/desk.rs");
    for (name, path, ..) in ROWS {
        let line = constants
            .lines()
            .find(|line| line.contains(&format!("const {name}:")));
        let pattern = line.unwrap().split('"').nth(1).unwrap();
        let start = pattern.split('{').next().unwrap();
        assert!(path.starts_with(start), "{name} is {pattern}, not {path}");
    }
}

fn sources(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else {
            found.push(fs::read_to_string(path).unwrap());
        }
    }
    found
}
