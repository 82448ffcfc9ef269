//! The notices on the article's own page, for people and for machines.

use super::{app, bridge, corrected, notes};
use crate::harness::Page;
use serde_json::Value;

#[tokio::test]
async fn corrections_stand_above_the_text_and_lesser_changes_below() {
    let app = corrected().await;
    let page = app.page("/articles/bridge").await;
    assert_eq!(
        page.texts(".article__title .corrections__head"),
        [
            "Correction December 2, 2026",
            "Case C-7K3Q2M · What changed December 2, 2026"
        ]
    );
    assert_eq!(
        page.texts(".article__text .corrections__kind"),
        ["Minor edit", "Clarification"]
    );
    assert_eq!(
        page.links("#corrections a"),
        ["/corrections/c-7k3q2m", "/articles/bridge/compare/2..3"]
    );
    assert_eq!(
        page.links("#changes a"),
        [
            "/articles/bridge/compare/3..4",
            "/articles/bridge/compare/3..4"
        ]
    );
    let plain = crate::harness::TestApp::start().await;
    let page = plain.page("/articles/tower-opens").await;
    assert!(page.all(".corrections").is_empty());
    assert!(article(&page).get("correction").is_none());
}

#[tokio::test]
async fn a_note_that_was_there_from_the_start_has_nothing_to_be_compared_with() {
    let app = app(&[
        bridge("draft: true", "Words."),
        bridge(&notes(1), "Words."),
        bridge(&notes(1), "More words."),
    ])
    .await;
    let page = app.page("/articles/bridge").await;
    assert_eq!(page.links("#corrections a"), ["/corrections/c-7k3q2m"]);
}

#[tokio::test]
async fn machines_read_the_corrections_as_json_ld() {
    let hostile = "corrections: [{date: 2026-12-02, kind: correction, text: \"</script><script>alert(1)</script> & <!--\"}]";
    let app = app(&[
        bridge("published: 2026-11-01", "Words."),
        bridge(&format!("published: 2026-11-01\n{hostile}"), "Words!"),
    ])
    .await;
    let page = app.page("/articles/bridge").await;
    assert!(!page.text().contains("<script>alert"));
    let data = article(&page);
    assert_eq!(data["datePublished"], "2026-11-01");
    assert_eq!(data["dateModified"], "2026-12-02");
    let comment = &data["correction"];
    assert_eq!(comment["@type"], "CorrectionComment");
    assert_eq!(comment["text"], "</script><script>alert(1)</script> & <!--");
    assert_eq!(comment["datePublished"], "2026-12-02");
    let id = comment["@id"].as_str().unwrap();
    assert!(id.starts_with("http") && id.ends_with("/articles/bridge/history#correction-1"));

    let settled = corrected().await.page("/articles/bridge").await;
    let data = article(&settled);
    let id = data["correction"][0]["@id"].as_str().unwrap();
    assert!(id.ends_with("/corrections/c-7k3q2m"), "{id}");
}

/// The article in the JSON-LD of its page.
fn article(page: &Page) -> Value {
    let block = page.one("script[type='application/ld+json']");
    let data: Value = serde_json::from_str(&block.text).unwrap();
    assert_eq!(data["@graph"][0]["@type"], "Article");
    data["@graph"][0].clone()
}
