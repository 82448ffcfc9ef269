//! The six forms of the ledger, and that they say the same.

use std::collections::{BTreeMap, BTreeSet};

use daybook::cases::NoteKind;
use feed_rs::model::Feed;

use super::{Desk, FORMS, address, at, json, site, structured, text};
use crate::harness::TestApp;

/// What readers write; none of it may ever be public.
const SECRETS: [&str; 5] = [
    "secretpassage",
    "secretwrong",
    "secretcorrect",
    "secret@example.org",
    "E-7K3Q2M",
];

#[tokio::test]
async fn all_six_forms_hold_the_same_cases_with_the_same_words() {
    let app = site().await;
    let desk = Desk::of(&app);
    let seoul = Some("seoul-falls");
    let hostile = "It said “<b>7</b>” & 'not' </script><script>alert(1)</script> ]]> \u{1f600}.";
    let mut wanted = BTreeMap::new();
    for (kind, note) in [
        (NoteKind::Correction, hostile),
        (NoteKind::Clarification, "It could be misread."),
        (NoteKind::Minor, "A letter was wrong."),
    ] {
        let case = desk.report(seoul, "date", 0.0).await;
        desk.accept(&case, kind, note, 1.0).await;
        desk.correct(&case, "seoul-falls", kind, note, 2.0).await;
        wanted.insert(address(&case), note.to_owned());
    }
    let accepted = desk.report(Some("moon-landing"), "place", 0.0).await;
    desk.accept(&accepted, NoteKind::Correction, "It is the other sea.", 3.0)
        .await;
    wanted.insert(address(&accepted), "It is the other sea.".to_owned());
    let declined = desk.report(Some("moon-landing"), "person", 0.0).await;
    desk.decline(&declined, "The source says so.", 3.0).await;
    wanted.insert(address(&declined), "The source says so.".to_owned());
    let reopened = desk.report(Some("moon-landing"), "wording", 0.0).await;
    desk.decline(&reopened, "Both are in use.", 3.0).await;
    desk.reopen(&reopened, "A second source came.", 4.0).await;
    wanted.insert(address(&reopened), "Both are in use.".to_owned());

    // None of these is listed.
    desk.report(seoul, "link", 0.0).await;
    let merged = desk.report(seoul, "picture", 0.0).await;
    desk.decline(&merged, "No.", 1.0).await;
    desk.reopen(&merged, "Yet.", 2.0).await;
    desk.merge(&merged, &declined, 5.0).await;
    let letter = desk.report(None, "something-else", 0.0).await;
    desk.decline(&letter, "Thank you.", 1.0).await;

    for (name, cases) in six_forms(&app).await {
        assert_eq!(cases, wanted, "{name}");
    }
    let kinds: BTreeMap<String, String> = structured(&app.page("/corrections").await)["hasPart"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (text(&one["@id"]), text(&one["@type"])))
        .collect();
    assert_eq!(kinds[&address(&accepted)], "CorrectionComment");
    assert_eq!(kinds[&address(&declined)], "Comment");

    let mut public = FORMS.map(str::to_owned).to_vec();
    for case in [&accepted, &declined, &reopened, &merged] {
        let case = case.to_lowercase();
        public.push(format!("/corrections/{case}"));
        public.push(format!("/api/v1/corrections/{case}"));
    }
    for path in public {
        let page = app.page(&path).await;
        for secret in SECRETS {
            assert!(!page.text().contains(secret), "{path} tells {secret}");
        }
    }
}

#[tokio::test]
async fn a_minor_edit_moves_no_date_of_a_feed_and_a_correction_does() {
    let app = site().await;
    let desk = Desk::of(&app);
    let empty = feed(&app, "/corrections.atom").await.updated.unwrap();
    let minor = desk.report(Some("seoul-falls"), "wording", 0.0).await;
    desk.accept(&minor, NoteKind::Minor, "A letter.", 1.0).await;
    desk.correct(&minor, "seoul-falls", NoteKind::Minor, "A letter.", 3.0)
        .await;
    let atom = feed(&app, "/corrections.atom").await;
    assert_eq!(atom.updated.unwrap(), empty);
    assert_eq!(atom.entries[0].updated.unwrap().timestamp_millis(), at(1.0));

    let wrong = desk.report(Some("moon-landing"), "date", 0.0).await;
    desk.accept(&wrong, NoteKind::Correction, "A day.", 2.0)
        .await;
    let atom = feed(&app, "/corrections.atom").await;
    assert_eq!(atom.updated.unwrap().timestamp_millis(), at(2.0));
    desk.correct(&wrong, "moon-landing", NoteKind::Correction, "A day.", 4.0)
        .await;
    let atom = feed(&app, "/corrections.atom").await;
    assert_eq!(atom.updated.unwrap().timestamp_millis(), at(4.0));
    // The newest change stands first; when it was published stays.
    assert_eq!(atom.entries[0].id, address(&wrong));
    let published = atom.entries[0].published.unwrap();
    assert_eq!(published.timestamp_millis(), at(2.0));
    // The same file once more, and other words in it for the same case.
    desk.correct(
        &wrong,
        "moon-landing",
        NoteKind::Correction,
        "One day.",
        9.0,
    )
    .await;
    let atom = feed(&app, "/corrections.atom").await;
    assert_eq!(atom.updated.unwrap().timestamp_millis(), at(4.0));
}

#[tokio::test]
async fn every_form_can_be_kept_and_read_by_other_sites() {
    let app = site().await;
    let desk = Desk::of(&app);
    let empty = app.page("/corrections").await;
    assert!(
        empty
            .one("main .lead")
            .text
            .contains("No report has been decided yet")
    );
    assert_eq!(feed(&app, "/corrections.json").await.entries.len(), 0);
    let case = desk.report(Some("seoul-falls"), "date", 0.0).await;
    desk.decline(&case, "No.", 1.0).await;
    for path in FORMS {
        let page = app.page(path).await;
        let tag = page.header("etag").to_owned();
        let again = app.get_with(path, "if-none-match", &tag).await;
        assert_eq!(again.status, 304, "{path}");
        let packed = app.get_with(path, "accept-encoding", "gzip").await;
        assert_eq!(packed.header("content-encoding"), "gzip", "{path}");
        assert_ne!(packed.header("etag"), tag, "{path}");
        if path != "/corrections" {
            assert_eq!(page.header("access-control-allow-origin"), "*", "{path}");
        }
    }
    let atom = app.page("/corrections.atom").await;
    assert_eq!(
        atom.header("content-type"),
        "application/atom+xml; charset=utf-8"
    );
    let page = app.page("/corrections.json").await;
    assert!(
        page.header("content-type")
            .starts_with("application/feed+json")
    );
    let json = json(&page);
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(json["feed_url"], "https://daybook.example/corrections.json");
    let item = &json["items"][0];
    for key in ["id", "content_text", "date_published", "date_modified"] {
        assert!(item[key].is_string(), "{key}: {item}");
    }
    // Feed readers find the feeds from the page.
    let page = app.page("/corrections").await;
    let feeds: BTreeSet<String> = page
        .links("link[rel=alternate][title]")
        .into_iter()
        .collect();
    assert_eq!(
        feeds,
        [
            "/corrections.atom",
            "/corrections.json",
            "/corrections.rss",
            "/feed.atom"
        ]
        .map(str::to_owned)
        .into()
    );
    assert!(page.links("footer a").contains(&"/corrections".to_owned()));
}

async fn feed(app: &TestApp, path: &str) -> Feed {
    let page = app.page(path).await;
    feed_rs::parser::parse(&*page.bytes).unwrap()
}

/// What a browser shows of a piece of HTML.
fn html_text(html: &str) -> String {
    scraper::Html::parse_fragment(html)
        .root_element()
        .text()
        .collect()
}

/// The text of each case by its id, as each of the six forms has it.
async fn six_forms(app: &TestApp) -> Vec<(&'static str, BTreeMap<String, String>)> {
    let page = app.page("/corrections").await;
    let numbers = page.links(".ledger__number a");
    let base = "https://daybook.example";
    let listed = numbers
        .iter()
        .zip(page.texts(".ledger__text"))
        .map(|(path, text)| (format!("{base}{path}"), text))
        .collect();
    let data = structured(&page);
    let parts = data["hasPart"].as_array().unwrap();
    let marked = parts
        .iter()
        .map(|one| (text(&one["@id"]), text(&one["text"])))
        .collect();
    let mut forms = vec![("page", listed), ("JSON-LD", marked)];
    for (name, path) in [
        ("Atom", FORMS[1]),
        ("JSON Feed", FORMS[2]),
        ("RSS", FORMS[3]),
    ] {
        let entries = feed(app, path).await.entries.into_iter().map(|entry| {
            let content = entry.content.and_then(|content| content.body);
            // RSS has only a description, which is HTML.
            let html = || html_text(&entry.summary.unwrap().content);
            (entry.id, content.unwrap_or_else(html))
        });
        forms.push((name, entries.collect()));
    }
    let api = json(&app.page("/api/v1/corrections").await);
    let cases = api["cases"].as_array().unwrap();
    let told = cases
        .iter()
        .map(|one| (text(&one["id"]), text(&one["text"])));
    forms.push(("API", told.collect()));
    forms
}
