//! Lists come in parts of which none overlaps and none lacks anything, and
//! filters choose what they say.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{all, answer, each, path, site};
use crate::harness::{Corpus, Setup, article};
use crate::ledger::Desk;

const SHOWN: usize = 12;

#[tokio::test]
async fn every_order_has_every_article_once() {
    let app = site().await;
    let mut sets = Vec::new();
    for sort in ["event", "published", "updated"] {
        for limit in [1, 5, 100] {
            let items = all(&app, &format!("/api/v1/articles?sort={sort}&limit={limit}")).await;
            let slugs: BTreeSet<String> = items.iter().map(slug).collect();
            assert_eq!(slugs.len(), items.len(), "{sort} {limit} has one twice");
            assert_eq!(slugs.len(), SHOWN, "{sort} {limit}");
            sets.push(slugs);
        }
    }
    assert!(sets.windows(2).all(|two| two[0] == two[1]));
    let by_event = all(&app, "/api/v1/articles?limit=3").await;
    assert_eq!(slug(&by_event[0]), "death-of-caesar");
    let newest = all(&app, "/api/v1/articles?sort=updated&limit=4").await;
    let updated: Vec<&str> = newest
        .iter()
        .map(|one| one["updated"].as_str().unwrap())
        .collect();
    assert!(
        updated.windows(2).all(|two| two[0] >= two[1]),
        "{updated:?}"
    );
}

#[tokio::test]
async fn an_import_between_two_parts_moves_nothing() {
    let app = site().await;
    for sort in ["event", "published"] {
        let before = all(&app, &format!("/api/v1/articles?sort={sort}&limit=100")).await;
        let first = answer(&app, &format!("/api/v1/articles?sort={sort}&limit=5")).await;
        // One that comes before everything that was given out already.
        let file = format!("articles/undated/early-{sort}.md");
        app.write(&file, article(&format!("Early {sort}"), "-0776", "Text."));
        app.ingest();
        let mut slugs: Vec<String> = first["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(slug)
            .collect();
        let rest = all(&app, &path(&first["next"]).unwrap()).await;
        slugs.extend(rest.iter().map(slug));
        let wanted: Vec<String> = before.iter().map(slug).collect();
        let found: Vec<String> = slugs
            .iter()
            .filter(|slug| wanted.contains(slug))
            .cloned()
            .collect();
        assert_eq!(found, wanted, "{sort}");
        assert_eq!(
            slugs.len(),
            slugs.iter().collect::<BTreeSet<_>>().len(),
            "{sort}"
        );
    }
}

#[tokio::test]
async fn filters_choose_what_they_say() {
    let app = site().await;
    for (query, wanted) in [
        ("person=matthew-ridgway", vec!["seoul-falls"]),
        (
            "topic=korean-war&organisation=eighth-army",
            vec!["seoul-falls"],
        ),
        ("topic=korean-war&topic=", vec!["seoul-falls"]),
        ("place=nowhere-at-all", vec![]),
        ("year=44-bce", vec!["death-of-caesar"]),
        ("year=-43", vec!["death-of-caesar"]),
        ("to=0100", vec!["death-of-caesar"]),
        ("from=1066&to=1066", vec!["battle-of-hastings"]),
        ("year=1951&nobody-knows-this=1", vec!["seoul-falls"]),
    ] {
        let found = answer(&app, &format!("/api/v1/articles?{query}")).await;
        assert_eq!(each(&found["items"], "slug"), wanted, "{query}");
    }
    let since = |moment: &str| format!("/api/v1/articles?sort=updated&updated_since={moment}");
    let found = answer(&app, &since("2026-11-23T00:00:00Z")).await;
    assert!(each(&found["items"], "slug").contains(&"seoul-falls"));
    let none = answer(&app, &since("2099-01-01T00:00:00Z")).await;
    assert_eq!(each(&none["items"], "slug"), [""; 0]);
}

#[tokio::test]
async fn other_lists_are_whole_as_well() {
    let app = site().await;
    for (list, member) in [
        ("people", "slug"),
        ("places", "slug"),
        ("organisations", "slug"),
        ("topics", "slug"),
        ("claims", "id"),
        ("editions", "edition"),
        ("disputes", "property"),
    ] {
        let whole = all(&app, &format!("/api/v1/{list}?limit=100")).await;
        let parts = all(&app, &format!("/api/v1/{list}?limit=1")).await;
        assert_eq!(parts, whole, "{list}");
        let names: BTreeSet<String> = whole.iter().map(|one| one[member].to_string()).collect();
        assert_eq!(names.len(), whole.len(), "{list}");
        assert!(!whole.is_empty(), "{list}");
    }
    let days = answer(&app, "/api/v1/days").await;
    let slugs = each(&days["items"], "slug");
    assert!(
        slugs.contains(&"january-4") && slugs.contains(&"february-29"),
        "{slugs:?}"
    );
}

#[tokio::test]
async fn a_header_says_how_to_go_on() {
    let app = site().await;
    let page = app.page("/api/v1/articles?limit=2").await;
    let next = super::json(&page)["next"].as_str().unwrap().to_owned();
    assert_eq!(page.header("link"), format!("<{next}>; rel=\"next\""));
    let last = app.page("/api/v1/articles?limit=100").await;
    assert!(last.headers.get("link").is_none());
}

#[tokio::test]
async fn decided_cases_can_be_followed_by_cursor() {
    let app = Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_BASE_URL", super::BASE)
        .start()
        .await;
    let desk = Desk::of(&app);
    for day in 0..5 {
        let case = desk
            .report(Some("seoul-falls"), "date", f64::from(day))
            .await;
        desk.decline(&case, "The sources agree.", f64::from(day) + 0.5)
            .await;
    }
    let first = answer(&app, "/api/v1/corrections?limit=2").await;
    assert_eq!(first["pages"], 3);
    let mut seen: Vec<String> = cases(&first);
    // A decision that comes meanwhile stands first, and moves nothing.
    let case = desk.report(Some("seoul-falls"), "date", 8.0).await;
    desk.decline(&case, "The sources agree.", 9.0).await;
    let cursor = first["cursor"].as_str().unwrap();
    let mut next = Some(format!("/api/v1/corrections?limit=2&cursor={cursor}"));
    while let Some(here) = next {
        let part = answer(&app, &here).await;
        seen.extend(cases(&part));
        next = path(&part["next"]);
    }
    assert_eq!(seen.len(), 5);
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 5);
    let by_page = answer(&app, "/api/v1/corrections?limit=4&page=2").await;
    assert_eq!((cases(&by_page).len(), &by_page["next"]), (2, &Value::Null));
}

fn cases(part: &Value) -> Vec<String> {
    each(&part["cases"], "case")
        .into_iter()
        .map(str::to_owned)
        .collect()
}

fn slug(item: &Value) -> String {
    item["slug"].as_str().unwrap().to_owned()
}
