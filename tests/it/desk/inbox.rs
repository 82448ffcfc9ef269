//! The inbox: what waits, in which order, and how it is found.

use super::filed::Filed;
use crate::harness::{Page, TestApp};

/// The ids of the cases on a page, in their order.
fn cases(page: &Page) -> Vec<String> {
    assert_eq!(page.status, 200, "{}", page.text());
    page.links(".docket__link")
        .iter()
        .map(|href| href.rsplit('/').next().unwrap().to_uppercase())
        .collect()
}

#[tokio::test]
async fn an_empty_inbox_says_so_kindly() {
    let app = TestApp::start().await;
    let mut editor = app.sign_in_editor().await;
    let page = editor.get("/desk").await;
    assert_eq!(cases(&page), [""; 0]);
    assert_eq!(page.one(".inbox__empty-title").text, "All quiet.");
    assert_eq!(page.header("cache-control"), "no-store");
    let page = editor.get("/desk?q=nothing").await;
    assert_eq!(
        page.one(".inbox__empty-title").text,
        "Nothing here matches."
    );
}

#[tokio::test]
async fn what_cannot_wait_comes_first_and_then_the_oldest() {
    let app = TestApp::start().await;
    let young = Filed::about("tower-opens").file(&app);
    let old = Filed::about("moon-landing").days_ago(40).file(&app);
    let letter = Filed::letter("Good day.").days_ago(8).file(&app);
    let rights = Filed::about("moon-landing").category("rights").file(&app);
    let mut editor = app.sign_in_editor().await;
    let page = editor.get("/desk").await;
    assert_eq!(cases(&page), [&*rights, &*old, &*letter, &*young]);
    assert_eq!(page.texts(".docket__kind"), ["Rights in a picture"]);
    assert_eq!(
        page.texts(".docket__age"),
        ["just now", "5 weeks", "8 days", "just now"]
    );
    assert!(page.one(".inbox__count").text.starts_with("4 cases"));
    assert_eq!(
        page.texts(".docket__title")[2],
        format!("A letter to the editors, case {letter}")
    );
    assert!(page.texts(".docket__passage")[2].contains("Good day."));
}

#[tokio::test]
async fn filters_narrow_the_list_and_say_how_many_there_are() {
    let app = TestApp::start().await;
    let date = Filed::about("tower-opens").days_ago(2).file(&app);
    let place = Filed::about("tower-opens")
        .category("place")
        .days_ago(10)
        .file(&app);
    let letter = Filed::letter("Good day.").file(&app);
    let mut editor = app.sign_in_editor().await;
    let (me, other) = (editor.id.clone(), "E-000000");
    app.database.execute(&format!(
        "UPDATE cases SET editor = '{me}' WHERE id = '{date}'"
    ));
    app.database.execute(&format!(
        "UPDATE cases SET editor = '{other}' WHERE id = '{place}'"
    ));
    app.database.execute(&format!(
        "UPDATE cases SET state = 'declined' WHERE id = '{letter}'"
    ));
    for (query, found) in [
        ("", vec![&place, &date]),
        ("?state=all", vec![&place, &date, &letter]),
        ("?state=declined", vec![&letter]),
        ("?state=closed", vec![&letter]),
        ("?state=accepted", vec![]),
        ("?category=place", vec![&place]),
        ("?kind=letter", vec![]),
        ("?kind=letter&state=all", vec![&letter]),
        ("?age=1", vec![&place, &date]),
        ("?age=7", vec![&place]),
        ("?age=30", vec![]),
        ("?article=tower-opens&age=7", vec![&place]),
        ("?article=moon-landing", vec![]),
        ("?with=me", vec![&date]),
        ("?with=nobody", vec![]),
        ("?with=nobody&state=all", vec![&letter]),
        // What is no filter is none.
        (
            "?state=x&category=<b>&age=-1&with=%00&page=0&zzz=1",
            vec![&place, &date],
        ),
        ("?page=9", vec![&place, &date]),
    ] {
        let page = editor.get(&format!("/desk{query}")).await;
        let found: Vec<&str> = found.into_iter().map(String::as_str).collect();
        assert_eq!(cases(&page), found, "{query}");
    }
    // Each number is that of the list behind its link.
    let page = editor.get("/desk?age=1").await;
    let numbers = page.texts(".inbox__group li");
    let links = page.links(".inbox__group a");
    assert!(links.len() > 8, "{numbers:?}");
    for (words, href) in numbers.iter().zip(&links) {
        let Some((_, number)) = words.rsplit_once(", ") else {
            continue;
        };
        let page = editor.get(href).await;
        assert_eq!(cases(&page).len().to_string(), number, "{words}: {href}");
    }
}

#[tokio::test]
async fn search_looks_for_the_very_words() {
    let app = TestApp::start().await;
    let percent = Filed::about("tower-opens")
        .wrong("It was 100% steel_work.")
        .file(&app);
    let other = Filed::about("moon-landing")
        .wrong("It was 1000 steelXwork. Überall.")
        .file(&app);
    let quoted = Filed::about("seoul-falls")
        .quote("the \\ empty streets")
        .file(&app);
    let mut editor = app.sign_in_editor().await;
    for (query, found) in [
        ("100%25", vec![&percent]),
        ("steel_work", vec![&percent]),
        ("STEEL", vec![&percent, &other]),
        ("%5C", vec![&quoted]),
        ("%C3%9Cberall", vec![&other]),
        ("'", vec![]),
        // All words, wherever each stands; the headline counts.
        ("tower+steel", vec![&percent]),
        ("tower+1000", vec![]),
        (&other.to_lowercase(), vec![&other]),
        ("R-0", vec![&percent, &other, &quoted]),
        // What a reader left as an address is not looked through.
        ("reader%40example.org", vec![]),
    ] {
        let page = editor.get(&format!("/desk?q={query}")).await;
        let mut there = cases(&page);
        let mut found: Vec<String> = found.into_iter().cloned().collect();
        there.sort();
        found.sort();
        assert_eq!(there, found, "{query}");
    }
}

#[tokio::test]
async fn long_lists_have_pages() {
    let app = TestApp::start().await;
    for number in 0..52 {
        Filed::letter(&format!("Letter number {number}"))
            .days_ago(60 - number)
            .file(&app);
    }
    let mut editor = app.sign_in_editor().await;
    let first = editor.get("/desk").await;
    assert_eq!(cases(&first).len(), 50);
    assert_eq!(first.one(".inbox__pages span").text, "Cases 1 to 50 of 52");
    let second = editor
        .get(&first.one("a[rel=next]").attribute("href"))
        .await;
    assert_eq!(cases(&second).len(), 2);
    assert!(second.texts(".docket__passage")[1].contains("Letter number 51"));
}

#[tokio::test]
async fn spam_is_listed_by_rule_and_comes_back() {
    let app = TestApp::start().await;
    let caught = Filed::about("tower-opens")
        .wrong("Buy\u{202e} now")
        .caught(&app, "honeypot");
    Filed::letter("More").days_ago(3).caught(&app, "too-fast");
    let mut editor = app.sign_in_editor().await;
    let page = editor.get("/desk/spam").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.all(".spam__line").len(), 2);
    assert!(
        page.texts(".spam__words")[0].contains("U+202E"),
        "{}",
        page.text()
    );
    assert!(!page.text().contains('\u{202e}'));
    assert_eq!(
        page.texts(".spam__rules tbody th"),
        ["Hidden field filled in", "Sent within three seconds"]
    );
    assert_eq!(
        page.texts(".spam__rules tbody td"),
        ["1", "1", "1", "just now", "0", "1", "1", "3 days"]
    );
    let only = editor.get("/desk/spam?rule=too-fast").await;
    assert_eq!(only.all(".spam__line").len(), 1);
    assert_eq!(cases(&editor.get("/desk").await), [""; 0]);

    let answer = editor.post("/desk/spam", &[("report", &caught)]).await;
    assert_eq!(answer.status, 303);
    let inbox = cases(&editor.get("/desk").await);
    assert_eq!(inbox.len(), 1);
    assert_eq!(
        answer.header("location"),
        format!("/desk/spam?restored={}", inbox[0].to_lowercase())
    );
    assert_eq!(editor.get("/desk/spam").await.all(".spam__line").len(), 1);

    // And to and fro: as the only report it takes its case along.
    let path = format!("/desk/cases/{}", inbox[0].to_lowercase());
    let answer = editor
        .post(&format!("{path}/spam"), &[("report", &caught)])
        .await;
    assert_eq!(answer.header("location"), "/desk?done=spam");
    assert_eq!(editor.get(&path).await.status, 404);
    let actors = app.database.lines(&format!(
        "SELECT actor || ' ' || to_state AS line FROM audit WHERE subject = '{caught}' ORDER BY number"
    ));
    let me = &editor.id;
    assert_eq!(
        actors,
        [
            format!("editor {me} received"),
            "reader received".to_owned(),
            format!("editor {me} spam")
        ]
    );
}
