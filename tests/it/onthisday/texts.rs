//! What items say, of whom they tell, and what they must not tell.

use daybook::cases::{self, Actor, Arrival, Change, HoldKind};
use serde_json::Value;

use super::{answer, fixtures, list, site, text, texts};
use crate::harness::{Corpus, Setup, article};

fn pages(item: &Value) -> Vec<&str> {
    let pages = item["pages"].as_array().unwrap();
    pages
        .iter()
        .map(|page| {
            let address = text(&page["content_urls"]["desktop"]["page"]);
            address.strip_prefix("https://daybook.example").unwrap()
        })
        .collect()
}

#[tokio::test]
async fn an_item_says_what_happened_on_its_own_day() {
    let app = fixtures().await;
    let fall = list(&app, "events", "01/04").await;
    assert!(texts(&fall).contains(&"Seoul falls."), "{fall:?}");
    // The days of the battle are not those of the fall.
    let story = "in the story of “Seoul falls” (January 4, 1951).";
    for (day, year, edge) in [("12/31", 1950, "first"), ("01/07", 1951, "last")] {
        let list = list(&app, "events", day).await;
        assert_eq!(
            texts(&list),
            [format!("Third Battle of Seoul, {edge} day, {story}")]
        );
        assert_eq!(list[0]["year"], year);
        assert_eq!(pages(&list[0])[0], "/articles/seoul-falls");
    }
}

#[tokio::test]
async fn an_unsure_date_is_told_as_one() {
    let corpus = Corpus::empty();
    for (slug, date) in [("sure", "1900-08-08"), ("about", "1901-08-08~")] {
        corpus.write(
            &format!("articles/08/08/{slug}.md"),
            article(&format!("It happened {slug}"), date, "Text."),
        );
    }
    let app = site(corpus).await;
    let list = list(&app, "events", "08/08").await;
    let told = texts(&list);
    assert_eq!(told[1], "It happened sure.");
    assert!(told[0].starts_with("It happened about ("), "{told:?}");
    assert!(told[0].contains("about August 8, 1901"), "{told:?}");
}

#[tokio::test]
async fn years_before_the_common_era_are_plain_negative_numbers() {
    let app = fixtures().await;
    let all = answer(&app, "all", "03/15").await;
    assert_eq!(all["events"][0]["year"], -44);
    assert_eq!(all["deaths"][0]["year"], -44);
    let births = list(&app, "births", "07/12").await;
    assert_eq!(births[0]["year"], -100);
    assert_eq!(
        text(&births[0]["text"]),
        "Julius Caesar, a general and dictator of Rome, killed on the day told in \
         Caesar is killed (d. 44 BCE)"
    );
    assert!(text(&all["deaths"][0]["text"]).ends_with("(b. 100 BCE)"));
    let person = &births[0]["pages"][0];
    assert_eq!(pages(&births[0]), ["/people/gaius-iulius-caesar"]);
    assert_eq!(person["wikibase_item"], "Q1048");
    assert_eq!(person["title"], "Julius_Caesar");
    // The mark of its note is no part of a text.
    assert!(text(&person["extract"]).ends_with("Caesar is killed."));
}

#[tokio::test]
async fn the_page_of_the_article_is_followed_by_the_written_entries_it_names() {
    let app = fixtures().await;
    let list = list(&app, "events", "01/04").await;
    let seoul = list.iter().find(|item| item["year"] == 1951).unwrap();
    assert_eq!(
        pages(seoul),
        [
            "/articles/seoul-falls",
            "/people/matthew-ridgway",
            "/places/seoul",
            "/organisations/eighth-army",
            "/topics/korean-war",
        ]
    );
    assert_eq!(seoul["pages"][2]["coordinates"]["lat"], 37.566);
    assert_eq!(seoul["pages"][2]["wikibase_item"], "Q8684");
}

#[tokio::test]
async fn names_without_a_file_are_no_pages() {
    let app = site(Corpus::fixtures()).await;
    let list = list(&app, "events", "01/04").await;
    let seoul = list.iter().find(|item| item["year"] == 1951).unwrap();
    assert_eq!(pages(seoul), ["/articles/seoul-falls", "/places/seoul"]);
}

#[tokio::test]
async fn titles_are_escaped_where_they_are_html() {
    let corpus = Corpus::empty();
    let file = article("Tom & <i>Jerry</i>", "1940-02-10", "Text.")
        .replace("summary: A summary of", "summary: \"1 < 2 &\" #");
    corpus.write("articles/02/10/tom.md", file);
    let app = site(corpus).await;
    let list = list(&app, "events", "02/10").await;
    let page = &list[0]["pages"][0];
    let html = "<span class=\"mw-page-title-main\">Tom &amp; &lt;i&gt;Jerry&lt;/i&gt;</span>";
    assert_eq!(text(&page["displaytitle"]), html);
    assert_eq!(text(&page["titles"]["display"]), html);
    assert_eq!(text(&page["normalizedtitle"]), "Tom & <i>Jerry</i>");
    assert_eq!(text(&page["extract"]), "1 < 2 &");
    assert_eq!(text(&page["extract_html"]), "<p>1 &lt; 2 &amp;</p>");
}

#[tokio::test]
async fn drafts_and_articles_of_the_future_are_not_told() {
    let app = fixtures().await;
    for day in ["06/01", "06/02"] {
        for kind in ["events", "selected"] {
            assert_eq!(list(&app, kind, day).await, [Value::Null; 0], "{day}");
        }
    }
    let all = Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_BASE_URL", "https://daybook.example")
        .drafts()
        .start()
        .await;
    assert!(!list(&all, "events", "06/01").await.is_empty());
}

#[tokio::test]
async fn a_text_that_is_withheld_is_not_told_and_the_day_still_has_a_selection() {
    let app = fixtures().await;
    let day = "07/20";
    let before = list(&app, "selected", day).await;
    assert_eq!(before.len(), 1);
    let summary = text(&before[0]["pages"][0]["extract"]).to_owned();
    app.database.execute(
        "INSERT INTO reports (id, token_hash, received_at, state, spam_reason, article, quote,
            prefix, suffix, page, category, wrong, correct, source, email, client_hash)
         VALUES ('R-000001', 't', 0, 'received', '', 'moon-landing', '', '', '', '', 'removal',
            'x', '', '', '', '')",
    );
    let db = app.database.open();
    db.write(|conn| {
        let arrival = Arrival {
            report: "R-000001",
            article: Some("moon-landing"),
            category: "removal",
            quote: "",
            wrong: "x",
            correct: "",
            now: 0,
        };
        let id = cases::file(conn, &arrival)?;
        let change = Change {
            case: &id,
            seen: cases::by_id(conn, &id)?.unwrap().version,
            by: Actor::Editor("E-7K3Q2M"),
            now: 1,
        };
        cases::hold(conn, &change, HoldKind::Text)
    })
    .await
    .unwrap()
    .unwrap();
    for kind in ["selected", "events"] {
        let list = list(&app, kind, day).await;
        assert_eq!(list.len(), 1, "{kind}");
        let page = &list[0]["pages"][0];
        assert_eq!(page["type"], "no-extract");
        assert_eq!(
            (text(&page["extract"]), text(&page["extract_html"])),
            ("", "")
        );
        assert!(!list[0].to_string().contains(&summary));
    }
}
