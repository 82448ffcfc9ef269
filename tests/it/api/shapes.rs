//! What single answers hold.

use daybook::cases::HoldKind;
use serde_json::{Value, json};

use super::{answer, each, json, site};
use crate::cases::holds::{hold, open_case};
use crate::harness::{Corpus, Setup};

const SEOUL: &str = "/api/v1/articles/seoul-falls";

#[tokio::test]
async fn an_article_is_told_with_all_that_its_page_has() {
    let app = site().await;
    let article = answer(&app, SEOUL).await;
    assert_eq!(
        article["id"],
        "https://daybook.example/articles/seoul-falls"
    );
    assert_eq!(article["api"], format!("https://daybook.example{SEOUL}"));
    let date = &article["dates"][1];
    assert_eq!(
        (
            &date["edtf"],
            &date["role"],
            &date["label"],
            &date["primary"]
        ),
        (
            &json!("1950-12-31/1951-01-07"),
            &json!("battle"),
            &json!("Third Battle of Seoul"),
            &json!(false)
        )
    );
    assert_eq!(each(&article["people"], "slug"), ["matthew-ridgway"]);
    assert_eq!(
        article["people"][0]["url"],
        "https://daybook.example/people/matthew-ridgway"
    );
    assert_eq!(
        each(&article["claims"], "value"),
        ["Chinese forces", "North Korean forces", "winter"]
    );
    assert_eq!(article["claims"][0]["sources"], json!(["appleman"]));
    assert_eq!(each(&article["sources"], "kind"), ["book", "website"]);
    assert_eq!(
        each(&article["corrections"], "kind"),
        ["minor", "correction"]
    );
    assert!(article["html"].as_str().unwrap().contains("<h2"));
    assert!(article["notes_html"].as_str().unwrap().contains("58"));
    assert_eq!(article["published"], "2026-11-22T00:00:00Z");
    assert_eq!(article["updated"], "2026-11-23T00:00:00Z");
    assert_eq!(article["revision"]["number"], 1);
    let source = app.page("/articles/seoul-falls.md").await;
    let revision = answer(&app, "/api/v1/articles/seoul-falls/revisions/1").await;
    assert_eq!(revision["markdown"], source.text());
    assert_eq!(revision["hash"], article["revision"]["hash"]);
}

#[tokio::test]
async fn julian_dates_come_in_both_calendars_and_places_with_coordinates() {
    let app = site().await;
    let hastings = answer(&app, "/api/v1/articles/battle-of-hastings").await;
    let date = &hastings["dates"][0];
    assert_eq!(
        (&date["edtf"], &date["calendar"], &date["gregorian"]),
        (&json!("1066-10-14"), &json!("julian"), &json!("1066-10-20"))
    );
    let caesar = answer(&app, "/api/v1/days/03-15").await;
    assert_eq!(caesar["events"][0]["year"], -43);
    assert_eq!(caesar["slug"], "march-15");
    let place = answer(&app, "/api/v1/places/seoul").await;
    assert_eq!(place["kind"], "place");
    assert!(place["latitude"].as_f64().is_some(), "{place}");
    let seoul = answer(&app, SEOUL).await;
    assert_eq!(seoul["places"][0]["slug"], "seoul");
    assert_eq!(seoul["places"][0]["latitude"], place["latitude"]);
}

#[tokio::test]
async fn accounts_that_differ_are_disputes() {
    let app = site().await;
    let disputes = answer(&app, "/api/v1/disputes").await;
    let captor = &disputes["items"][0];
    assert_eq!(
        (&captor["subject"], &captor["property"]),
        (&json!("fall-of-seoul"), &json!("captor"))
    );
    assert_eq!(
        each(&captor["accounts"], "value"),
        ["Chinese forces", "North Korean forces"]
    );
    assert_eq!(
        captor["accounts"][0]["said"][0]["sources"][0]["id"],
        "appleman"
    );
    // What all agree on is a claim, and no dispute.
    let every = disputes["items"].as_array().unwrap();
    assert!(!every.iter().any(|one| one["property"] == "season"));
    let claims = answer(&app, "/api/v1/claims?subject=fall-of-seoul&property=season").await;
    assert_eq!(each(&claims["items"], "value"), ["winter"]);
}

#[tokio::test]
async fn what_readers_may_not_see_is_in_no_answer() {
    let app = site().await;
    for hidden in ["unfinished", "from-the-future"] {
        let page = app.get(&format!("/api/v1/articles/{hidden}")).await;
        assert_eq!(page.status, 404, "{hidden}");
        let past = app
            .get(&format!("/api/v1/articles/{hidden}/revisions"))
            .await;
        assert_eq!(past.status, 404, "{hidden}");
        for list in [
            "articles?limit=100",
            "claims",
            "disputes",
            "days/june-1",
            "days/june-2",
            "export.ndjson",
        ] {
            let page = app.page(&format!("/api/v1/{list}")).await;
            assert!(!page.text().contains(hidden), "{list} tells of {hidden}");
        }
    }
    assert_eq!(app.get("/api/v1/people/hidden-person").await.status, 404);
    assert!(!app.page("/api/v1/people").await.text().contains("Hidden"));
    let drafts = Setup::new(Corpus::fixtures()).drafts().start().await;
    assert_eq!(drafts.get("/api/v1/articles/unfinished").await.status, 200);
}

#[tokio::test]
async fn a_text_that_is_kept_back_is_in_no_answer() {
    let app = site().await;
    let (db, case) = open_case(&app, "seoul-falls", "removal").await;
    hold(&db, &case, HoldKind::Text, true).await;
    let article = answer(&app, SEOUL).await;
    assert_eq!(article["html"], "");
    assert_eq!(article["claims"], Value::Array(Vec::new()));
    assert_eq!(each_text(&article["on_hold"]).len(), 1);
    for path in ["revisions", "revisions/1"] {
        let page = app.get(&format!("{SEOUL}/{path}")).await;
        assert_eq!(page.status, 403, "{path}");
    }
    for path in [
        "claims",
        "disputes",
        "export.ndjson",
        "articles?limit=100",
        "days/january-4",
    ] {
        let page = app.page(&format!("/api/v1/{path}")).await;
        for secret in ["Chinese forces", "changes hands", "left the capital"] {
            assert!(!page.text().contains(secret), "{path} tells {secret}");
        }
    }
}

#[tokio::test]
async fn old_slugs_lead_on_and_removed_articles_say_why() {
    let app = site().await;
    for end in ["", "/revisions", "/revisions/1"] {
        let old = app
            .get(&format!("/api/v1/articles/third-battle-of-seoul{end}"))
            .await;
        assert_eq!(
            (old.status, old.header("location")),
            (301, &*format!("{SEOUL}{end}"))
        );
    }
    let spelt = app.get("/api/v1/articles/Seoul-Falls/").await;
    assert_eq!((spelt.status, spelt.header("location")), (301, SEOUL));
    assert_eq!(spelt.header("access-control-allow-origin"), "*");
    let gone = app.get("/api/v1/articles/the-hoax").await;
    assert_eq!(gone.status, 410);
    let problem = json(&gone);
    assert_eq!(
        problem["reason"],
        "The event never happened; the one source was a satire."
    );
    assert_eq!(problem["removed"], "2026-10-01");
    assert_eq!(
        problem["see"],
        "https://daybook.example/articles/moon-landing"
    );
}

fn each_text(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap();
    list.iter().map(|one| one.as_str().unwrap()).collect()
}
