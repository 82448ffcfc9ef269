//! What may stand in the fields, and how a form comes back: with a sentence at
//! each field that is wrong, and with everything that was typed.

use super::{Draft, client, column, count, only, site};
use crate::harness::Page;

/// A draft with something in every field, as nobody would type it by chance.
fn full() -> Draft {
    Draft::about("seoul-falls")
        .with("passage", "Words that stand\nnowhere in the article.")
        .with(
            "wrong",
            "\n  Two leading spaces,\na \"quotation\" & <b>tags</b>  ",
        )
        .with("correct", "\n\nIt should say ’tis — so.\t!")
        .with("source", "</textarea><script>alert(1)</script>")
        .with("email", "reader+tag@mail.example.org")
        .with("page", "/on/january-4")
        .with("p", "2")
        .with("website", "")
}

/// The fields that are marked as wrong.
fn marked(page: &Page) -> Vec<String> {
    let errors = page.all("main form .field__error");
    errors.iter().map(|one| one.attribute("id")).collect()
}

fn sorted(draft: &Draft) -> Vec<(String, String)> {
    let mut fields = draft.fields.clone();
    fields.sort();
    fields
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost() {
    let app = site().await;
    let address = format!("{}@{}.org", "a".repeat(64), "b".repeat(186));
    assert_eq!(address.len(), 255);
    let long = |most: usize| "é".repeat(most + 1);
    for (field, typed, words) in [
        ("category", String::new(), "Choose what kind"),
        ("category", "weather".to_owned(), "Choose what kind"),
        ("category", "something-else".to_owned(), "Choose what kind"),
        ("wrong", String::new(), "Write what is wrong"),
        ("wrong", " \n\t ".to_owned(), "Write what is wrong"),
        ("wrong", long(4000), "4001 characters long, and 4000"),
        ("correct", long(4000), "4001 characters long, and 4000"),
        ("source", long(2000), "2001 characters long, and 2000"),
        ("passage", long(1000), "1001 characters long, and 1000"),
        ("email", address, "255 characters long, and 254"),
        ("email", "reader".to_owned(), "This is no e-mail address."),
        (
            "email",
            "a b@c.org".to_owned(),
            "This is no e-mail address.",
        ),
    ] {
        let sent = full().with(field, &typed);
        let page = sent.send(&app).await;
        assert_eq!(page.status, 422, "{field}");
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(marked(&page), [format!("error-{field}")]);
        let sentence = page.one(&format!("#error-{field}")).text;
        assert!(sentence.contains(words), "{field}: {sentence}");
        // The summary leads to the field.
        let link = page.one("[role=alert] a");
        assert_eq!(link.attribute("href"), format!("#field-{field}"));
        assert!(link.text.ends_with(&sentence), "{link:?}");
        let target = page.one(&format!("#field-{field}"));
        let described = target.attribute("aria-describedby");
        assert!(described.contains(&format!("error-{field}")), "{target:?}");

        let mut expected = sorted(&sent);
        // A choice that cannot be shown as chosen is the one thing that goes.
        expected.retain(|(name, _)| name != "category" || field != "category");
        assert_eq!(sorted(&Draft::read(&page)), expected, "{field}");
    }
    assert_eq!(count(&app), 0);
}

#[tokio::test]
async fn all_that_is_wrong_is_said_at_once() {
    let app = site().await;
    let page = full()
        .with("passage", &"x".repeat(1001))
        .without("category")
        .with("wrong", "")
        .with("correct", &"x".repeat(4001))
        .with("source", &"x".repeat(2001))
        .with("email", "@")
        .send(&app)
        .await;
    assert_eq!(page.status, 422);
    let names = ["passage", "category", "wrong", "correct", "source", "email"];
    assert_eq!(marked(&page), names.map(|name| format!("error-{name}")));
    assert_eq!(
        page.links("[role=alert] a"),
        names.map(|name| format!("#field-{name}"))
    );
}

#[tokio::test]
async fn a_form_that_came_back_can_be_sent_again() {
    let app = site().await;
    let sent = full().with("email", "reader");
    let page = sent.send(&app).await;
    let again = sent.on(&page).with("email", "reader@example.org");
    again.keep(&app).await;
    let kept = only(
        &app,
        ["state", "wrong", "correct", "source", "quote", "email"],
    );
    assert_eq!(
        kept,
        [
            "received",
            "Two leading spaces,\na \"quotation\" & <b>tags</b>",
            "It should say ’tis — so.\t!",
            "</textarea><script>alert(1)</script>",
            "Words that stand\nnowhere in the article.",
            "reader@example.org"
        ]
    );
}

#[tokio::test]
async fn a_passage_that_was_chosen_stays_chosen() {
    let app = site().await;
    let opened = app.page("/articles/seoul-falls/report?r=1&p=1").await;
    let sentence = opened.all("input[name=passage]")[2].attribute("value");
    let page = Draft::read(&opened)
        .with("passage", &sentence)
        .send(&app)
        .await;
    assert_eq!(page.status, 422);
    assert_eq!(
        page.one("input[name=passage][checked]").attribute("value"),
        sentence
    );
}

#[tokio::test]
async fn text_from_people_is_text_and_steers_nothing() {
    let app = site().await;
    let page = full().without("category").send(&app).await;
    assert!(page.all("main script, main b").is_empty());
    let receipt = full()
        .with("wrong", "a\0b\u{1b}[2Jc\r\nd\re\u{9b}f\u{7f}")
        .keep(&app)
        .await;
    assert_eq!(only(&app, ["wrong"]), ["ab[2Jc\nd\nef"]);
    let page = app.page(&receipt).await;
    assert!(page.all("main script, main b").is_empty());
    assert_eq!(
        page.texts(".receipt__words"),
        [
            "ab[2Jc d ef",
            "It should say ’tis — so. !",
            "</textarea><script>alert(1)</script>"
        ]
    );
}

#[tokio::test]
async fn no_address_smuggles_a_second_header() {
    let app = site().await;
    for email in [
        "a@b.org\r\nBcc: c@d.org",
        "a@b.org\nBcc:c@d.org",
        "a@b\r\n.org",
        "a@b.org\rx",
        "a\0@b.org",
        "a@b.org\u{1b}",
        "a@b.org,c@d.org",
        "<a@b.org>",
    ] {
        let page = full().with("email", email).send(&app).await;
        assert_eq!(page.status, 422, "{email:?}");
        assert_eq!(marked(&page), ["error-email"], "{email:?}");
    }
    assert_eq!(count(&app), 0);
    full()
        .with("email", " reader@example.org\r\n")
        .keep(&app)
        .await;
    assert_eq!(only(&app, ["email"]), ["reader@example.org"]);
}

#[tokio::test]
async fn every_field_may_be_filled_to_its_limit_with_emoji() {
    let app = site().await;
    let emoji = |count: usize| "🏯".repeat(count);
    let receipt = full()
        .with("passage", &emoji(1000))
        .with("wrong", &emoji(4000))
        .with("correct", &emoji(4000))
        .with("source", &emoji(2000))
        // Longer than 63 characters no part of a name may be.
        .with(
            "email",
            &format!("a@{}org", format!("{}.", "b".repeat(61)).repeat(4)),
        )
        .keep(&app)
        .await;
    assert_eq!(
        only(&app, ["wrong", "correct", "source", "quote"]),
        [emoji(4000), emoji(4000), emoji(2000), emoji(1000)]
    );
    assert_eq!(
        app.page(&receipt).await.texts(".receipt__words")[0],
        emoji(4000)
    );
}

#[tokio::test]
async fn only_a_letter_may_be_about_something_else() {
    let app = site().await;
    Draft::letter().keep(&app).await;
    assert_eq!(
        only(&app, ["category", "article"]),
        ["something-else", "(null)"]
    );
    let form = app.page("/articles/seoul-falls/report").await;
    let offered: Vec<String> = form
        .all("input[name=category]")
        .iter()
        .map(|one| one.attribute("value"))
        .collect();
    assert_eq!(
        offered,
        [
            "date",
            "place",
            "person",
            "other-fact",
            "missing-source",
            "wording",
            "picture",
            "link",
            "removal",
            "rights"
        ]
    );
    for category in offered {
        let draft = Draft::about("seoul-falls").with("category", &category);
        draft.keep(&app).await;
        assert_eq!(column(&app, "category").last(), Some(&category));
    }
}

#[tokio::test]
async fn what_is_no_form_of_ours_is_refused_with_a_sentence() {
    let app = site().await;
    let huge = full().with("wrong", &"x".repeat(300_000)).send(&app).await;
    assert_eq!(huge.status, 413);
    assert_eq!(huge.one("h1").text, "That was too much at once");
    for path in ["/contact", "/articles/seoul-falls/report"] {
        for (kind, body) in [
            ("application/json", r#"{"wrong":"x","category":"date"}"#),
            ("multipart/form-data; boundary=x", "--x--"),
            ("text/plain", "wrong=x&category=date"),
            ("", "wrong=x&category=date"),
        ] {
            let mut request = client().post(app.url(path)).body(body);
            if !kind.is_empty() {
                request = request.header("content-type", kind);
            }
            let page = Page::read(request.send().await.unwrap()).await;
            assert_eq!(page.status, 400, "{kind} to {path}");
            assert!(page.text().contains("What was sent is no form."), "{kind}");
        }
        let request = client()
            .post(app.url(path))
            .header("content-type", "application/x-www-form-urlencoded")
            .body("wrong=%ff%fe%&category=%ffdate&&=&nonce");
        let page = Page::read(request.send().await.unwrap()).await;
        assert_eq!(page.status, 422, "{path}");
    }
    assert_eq!(count(&app), 0);
}
