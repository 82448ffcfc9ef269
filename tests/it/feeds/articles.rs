//! What of an article is in a feed, and when it moves.

use std::collections::BTreeSet;

use daybook::cases::{self, Actor, Arrival, Change, HoldKind};
use feed_rs::model::Feed;

use super::{BASE, FORMATS, entry, feed, html, ids, site};
use crate::harness::{Corpus, article};

#[tokio::test]
async fn an_article_comes_whole_and_without_the_tools_of_its_page() {
    let app = site(Corpus::fixtures()).await;
    let feed = feed(&app, "/feed.atom").await;
    // What readers may not see yet is in no feed.
    let all: BTreeSet<&str> = ids(&feed).into_iter().collect();
    for hidden in ["unfinished", "from-the-future"] {
        assert!(
            !all.contains(&*format!("{BASE}/articles/{hidden}")),
            "{hidden}"
        );
        assert!(!app.page("/feed.json").await.text().contains(hidden));
    }
    let seoul = entry(&feed, "seoul-falls");
    assert_eq!(seoul.authors[0].name.as_deref(), Some("Ada Writer"));
    let tags: Vec<&str> = seoul.categories.iter().map(|tag| &*tag.term).collect();
    assert!(tags.contains(&"Korean War"), "{tags:?}");
    let content = html(seoul);
    for wanted in [
        "January 4, 1951",
        "Correction, November 23, 2026:</strong> An earlier version gave the wrong month.",
        "Clocks in the two armies differed by an hour.",
        "<h2>A battle of eight days</h2>",
        "https://daybook.example/articles/moon-landing",
    ] {
        assert!(content.contains(wanted), "{wanted} is not in {content}");
    }
    for entry in &feed.entries {
        let content = html(entry);
        for tool in [
            "/report",
            "/share",
            "margin-note",
            "class=",
            "id=",
            "⚑",
            "srcset",
        ] {
            assert!(!content.contains(tool), "{tool} in {content}");
        }
        let fragment = scraper::Html::parse_fragment(&content);
        for attribute in ["href", "src"] {
            let selector = scraper::Selector::parse(&format!("[{attribute}]")).unwrap();
            for element in fragment.select(&selector) {
                let address = element.attr(attribute).unwrap();
                assert!(
                    address.starts_with("https://") || address.starts_with("http://"),
                    "{address}"
                );
            }
        }
    }
    // A picture may be shown where the feed is.
    let airship = html(entry(&feed, "airship-burns"));
    let at = airship.find("<img src=\"").unwrap() + "<img src=\"".len();
    let src: String = airship[at..].chars().take_while(|c| *c != '"').collect();
    let picture = app.page(src.strip_prefix(BASE).unwrap()).await;
    assert_eq!(
        picture.header("cross-origin-resource-policy"),
        "cross-origin"
    );
}

#[tokio::test]
async fn an_edit_is_no_new_item_and_only_a_correction_moves_its_date() {
    let corpus = Corpus::empty();
    let text = article("One", "1900-01-01", "Text.")
        .replace("sources:", "published: 2026-10-01\nsources:");
    corpus.write("articles/01/01/one.md", text);
    corpus.write(
        "articles/01/02/two.md",
        article("Two", "1900-01-02", "Text."),
    );
    let app = site(corpus).await;
    let before = feed(&app, "/feed.atom").await;
    // The import of the one is later than the day that the other names.
    let wanted = [
        format!("{BASE}/articles/two"),
        format!("{BASE}/articles/one"),
    ];
    assert_eq!(ids(&before), wanted);
    let dates = |feed: &Feed| {
        let one = entry(feed, "one");
        (
            one.published.unwrap().to_rfc3339(),
            one.updated.unwrap().to_rfc3339(),
        )
    };
    let first = "2026-10-01T00:00:00+00:00".to_owned();
    assert_eq!(dates(&before), (first.clone(), first.clone()));

    app.edit("articles/01/01/one.md", "Text.", "Another text.");
    app.edit("articles/01/01/one.md", "title: One", "title: The one");
    app.ingest();
    let edited = feed(&app, "/feed.atom").await;
    assert_eq!(ids(&edited), wanted);
    assert_eq!(dates(&edited), dates(&before));
    assert_eq!(edited.updated, before.updated);
    assert!(html(entry(&edited, "one")).contains("Another text."));

    let note = |kind: &str, day: &str| {
        format!("corrections:\n  - {{date: {day}, kind: {kind}, text: A word.}}\nsources:")
    };
    app.edit(
        "articles/01/01/one.md",
        "sources:",
        &note("minor", "2026-10-05"),
    );
    app.ingest();
    assert_eq!(dates(&feed(&app, "/feed.atom").await), dates(&before));

    app.edit("articles/01/01/one.md", "kind: minor", "kind: correction");
    app.ingest();
    for format in ["atom", "json"] {
        let corrected = feed(&app, &format!("/feed.{format}")).await;
        assert_eq!(ids(&corrected), wanted);
        let moved = "2026-10-05T00:00:00+00:00".to_owned();
        assert_eq!(dates(&corrected), (first.clone(), moved), "{format}");
    }
}

#[tokio::test]
async fn no_title_breaks_a_feed() {
    let titles = [
        "A \\u0007 bell ]]> and <script>alert(1)</script> & \\\"more\\\"",
        "\\u0001\\u001f\\ufffe\\uffff one",
        "서울 東京 القاهرة \\U0001F600 \\u202e right",
    ];
    let corpus = Corpus::empty();
    for (index, title) in titles.iter().enumerate() {
        let text = article(
            &format!("\"{title}\""),
            "1900-01-01",
            "]]> &amp; <b>x</b> \u{1f600}.",
        );
        let text = text.replace(
            &format!("A summary of \"{title}\"."),
            &format!("\"Why {title}\""),
        );
        corpus.write(&format!("articles/01/01/n-{index}.md"), text);
    }
    let app = site(corpus).await;
    let mut seen = Vec::new();
    for format in FORMATS {
        let feed = feed(&app, &format!("/feed.{format}")).await;
        assert_eq!(feed.entries.len(), 3, "{format}");
        let titles: Vec<String> = feed
            .entries
            .iter()
            .map(|entry| entry.title.clone().unwrap().content)
            .collect();
        let fit = |text: &String| text.chars().all(|c| !c.is_control() && c != '\u{fffe}');
        assert!(titles.iter().all(fit), "{titles:?}");
        for entry in &feed.entries {
            assert!(!html(entry).contains("<script"), "{}", html(entry));
            assert!(!html(entry).contains("<b>"), "{}", html(entry));
        }
        seen.push(titles);
    }
    assert_eq!(seen[0], seen[2]);
}

#[tokio::test]
async fn what_is_withheld_is_in_no_feed() {
    let app = site(Corpus::fixtures()).await;
    app.database.execute(
        "INSERT INTO reports (id, token_hash, received_at, state, spam_reason, article, quote,
            prefix, suffix, page, category, wrong, correct, source, email, client_hash)
         VALUES ('R-000001', 't', 0, 'received', '', 'seoul-falls', '', '', '', '', 'removal',
            'x', '', '', '', '')",
    );
    let db = app.database.open();
    db.write(|conn| {
        let id = cases::file(
            conn,
            &Arrival {
                report: "R-000001",
                article: Some("seoul-falls"),
                category: "removal",
                quote: "",
                wrong: "x",
                correct: "",
                now: 0,
            },
        )?;
        let seen = cases::by_id(conn, &id)?.unwrap().version;
        let by = Actor::Editor("E-000001");
        let change = Change {
            case: &id,
            seen,
            by,
            now: 0,
        };
        cases::hold(conn, &change, HoldKind::Text)
    })
    .await
    .unwrap()
    .unwrap();
    for path in ["/feed", "/topics/korean-war/feed"] {
        for format in FORMATS {
            let path = format!("{path}.{format}");
            let page = app.page(&path).await;
            for withheld in ["Nobody fought", "changes hands", "Clocks in the two armies"] {
                assert!(!page.text().contains(withheld), "{path} tells {withheld}");
            }
            // Who has it already gets this in its place.
            let seoul = feed(&app, &path).await;
            let content = html(entry(&seoul, "seoul-falls"));
            assert!(
                content.contains("not shown while the editors examine"),
                "{content}"
            );
        }
    }
}
