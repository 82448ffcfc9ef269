//! How an article's page is read: its head, its notes, its sources, and what
//! happened before and next.

use crate::harness::{Corpus, Setup, TestApp, article};

/// An article with lines of front matter of its own.
fn with(title: &str, date: &str, lines: &str) -> String {
    article(title, date, "Text.").replace("sources:", &format!("{lines}\nsources:"))
}

#[tokio::test]
async fn what_happened_before_and_next_in_the_story_the_place_and_time() {
    let corpus = Corpus::empty();
    for (title, date, lines) in [
        ("First", "1900-01-01", "topics: [War]"),
        ("Aside", "1910-01-01", "topics: [Peace]"),
        ("Now", "1920-01-01", "topics: [Letters, War]\nplace: Rome"),
        (
            "Secret",
            "1925-01-01",
            "topics: [War]\nplace: Rome\ndraft: true",
        ),
        (
            "Future",
            "1926-01-01",
            "topics: [War]\nplace: Rome\npublished: 2999-01-01",
        ),
        ("Near", "1931-01-01", "place: Rome"),
        ("Last", "1940-01-01", "topics: [War]\nplace: Rome"),
    ] {
        let file = format!("articles/01/01/{}.md", title.to_lowercase());
        corpus.write(&file, with(title, date, lines));
    }
    let app = Setup::new(corpus).start().await;
    let page = app.page("/articles/now").await;
    assert_eq!(
        page.texts(".neighbours__prev a"),
        [
            "In the same story: War First January 1, 1900",
            "In time Aside January 1, 1910"
        ]
    );
    // Nothing is named twice, and nobody is led to what is hidden.
    assert_eq!(
        page.texts(".neighbours__next a"),
        [
            "In the same story: War Last January 1, 1940",
            "In the same place: Rome · In time Near January 1, 1931"
        ]
    );
    let rel = |name: &str| {
        page.one(&format!(".neighbours a[rel={name}]"))
            .attribute("href")
    };
    assert_eq!(
        [rel("prev"), rel("next")],
        ["/articles/aside", "/articles/near"]
    );
    let first = app.page("/articles/first").await;
    assert!(first.all(".neighbours__prev").is_empty());
    assert_eq!(
        first.links(".neighbours__next a"),
        ["/articles/now", "/articles/aside"]
    );
}

#[tokio::test]
async fn a_note_stands_beside_its_mark_and_at_the_end_and_in_no_quote() {
    let app = TestApp::start().await;
    let page = app.page("/articles/seoul-falls").await;
    let beside = page.texts(".prose .margin-note");
    assert_eq!(
        beside,
        [
            "1 Roy E. Appleman, Ridgway Duels for Korea (1990), p. 58.",
            "2 A chronicle of the war, The Chronicle.",
            "3 Clocks in the two armies differed by an hour."
        ]
    );
    assert_eq!(page.one(".notes").attribute("class"), "notes notes--beside");
    // Each passage can be linked to under the number that a report uses.
    let ids = page.all(".prose [id^='p-']");
    let ids: Vec<String> = ids.iter().map(|one| one.attribute("id")).collect();
    assert_eq!(ids, ["p-1", "p-2", "p-3", "p-4"]);
    // A link back leads to a place that is there at every width.
    assert_eq!(page.one("sup#fnref-1").text, "11");
    let form = app.page("/articles/seoul-falls/report?r=1&p=1").await;
    assert!(
        !form.text().contains("Ridgway Duels"),
        "the note is no part of the passage"
    );
    assert_eq!(
        page.links("#source-appleman .sources__notes a"),
        ["#fnref-1"]
    );
}

#[tokio::test]
async fn the_head_says_on_which_weekday_and_leads_to_the_page_of_the_period() {
    let corpus = Corpus::empty();
    corpus.write(
        "articles/undated/forties.md",
        article("Forties", "134X", "Text."),
    );
    corpus.write("articles/01/month.md", article("Month", "1951-01", "Text."));
    corpus.write(
        "articles/undated/years.md",
        article("Years", "1950/1951", "Text."),
    );
    let battle = with("Battle", "1066-10-14", "calendar: julian");
    corpus.write("articles/10/14/battle.md", battle);
    let app = Setup::new(corpus).start().await;
    let head = |slug: &'static str| app.page(slug);
    let forties = head("/articles/forties").await;
    assert_eq!(
        forties.one(".big-date a").attribute("href"),
        "/decade/1340s"
    );
    assert!(forties.all(".big-date__caption").is_empty());
    let month = head("/articles/month").await;
    assert_eq!(month.one(".big-date a").attribute("href"), "/year/1951");
    let years = head("/articles/years").await;
    assert!(
        years.all(".big-date a").is_empty(),
        "no one page has both years"
    );
    let battle = head("/articles/battle").await;
    assert_eq!(battle.one(".big-date__caption").text, "Saturday (Julian)");
    let seoul = TestApp::start().await.page("/articles/seoul-falls").await;
    assert_eq!(seoul.one(".big-date__caption").text, "Thursday · captured");
}

#[tokio::test]
async fn the_head_tells_of_a_clarification_that_nothing_weightier_follows() {
    let one = |day: u8, kind: &str| format!("{{date: 2026-11-{day}, kind: {kind}, text: Words.}}");
    let cases = [
        ("minor", vec![one(25, "minor")], vec![]),
        (
            "both",
            vec![
                one(23, "clarification"),
                one(23, "correction"),
                one(21, "correction"),
            ],
            vec![],
        ),
        (
            "clear",
            vec![
                one(20, "correction"),
                one(24, "clarification"),
                one(25, "minor"),
            ],
            vec!["Clarified November 24, 2026"],
        ),
    ];
    let corpus = Corpus::empty();
    for (slug, corrections, _) in &cases {
        let lines = format!("corrections: [{}]", corrections.join(", "));
        let file = format!("articles/01/01/{slug}.md");
        corpus.write(&file, with(slug, "1900-01-01", &lines));
    }
    let app = Setup::new(corpus).start().await;
    for (slug, _, said) in cases {
        let page = app.page(&format!("/articles/{slug}")).await;
        assert_eq!(page.texts(".article__flags a"), said, "{slug}");
    }
}
