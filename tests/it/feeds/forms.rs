//! The three forms of each feed, how they are asked for, and how they are found.

use feed_rs::model::Feed;

use super::{BASE, FORMATS, SEOUL, feed, html, ids, site};
use crate::harness::{Corpus, Setup};

#[tokio::test]
async fn each_feed_says_the_same_in_three_forms_to_another_program() {
    let app = site(Corpus::fixtures()).await;
    for (path, home) in [
        ("/feed", "/"),
        ("/topics/korean-war/feed", "/topics/korean-war"),
        ("/places/seoul/feed", "/places/seoul"),
        ("/people/matthew-ridgway/feed", "/people/matthew-ridgway"),
        (
            "/organisations/eighth-army/feed",
            "/organisations/eighth-army",
        ),
    ] {
        let atom = feed(&app, &format!("{path}.atom")).await;
        assert!(!atom.entries.is_empty(), "{path}");
        assert_eq!(atom.id, format!("{BASE}{home}"));
        for format in FORMATS {
            let path = format!("{path}.{format}");
            let other = feed(&app, &path).await;
            assert_eq!(ids(&other), ids(&atom), "{path}");
            let title = |feed: &Feed| feed.title.clone().unwrap().content;
            assert_eq!(title(&other), title(&atom), "{path}");
            assert!(other.description.is_some(), "{path}");
            assert_eq!(other.updated.is_some(), format != "json", "{path}");
            let links: Vec<&str> = other.links.iter().map(|link| &*link.href).collect();
            assert!(links.contains(&&*format!("{BASE}{path}")), "{links:?}");
            for (entry, its) in other.entries.iter().zip(&atom.entries) {
                assert_eq!(
                    entry.title.as_ref().unwrap().content,
                    its.title.as_ref().unwrap().content
                );
                assert_eq!(entry.published, its.published, "{path}");
                assert_eq!(entry.links[0].href, entry.id);
                assert!(html(entry).contains(&html(its)), "{path}");
                assert!(html(entry).len() > 100);
            }
        }
    }
    let kinds = [
        "application/atom+xml",
        "application/rss+xml",
        "application/feed+json",
    ];
    for (format, kind) in FORMATS.into_iter().zip(kinds) {
        let page = app.page(&format!("/feed.{format}")).await;
        assert_eq!(
            page.header("content-type"),
            format!("{kind}; charset=utf-8")
        );
        assert_eq!(page.header("access-control-allow-origin"), "*");
        assert_eq!(page.header("cross-origin-resource-policy"), "cross-origin");
        assert!(!page.text().contains("hub"), "{format}");
    }
    let json: serde_json::Value =
        serde_json::from_slice(&app.page("/feed.json").await.bytes).unwrap();
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(json["home_page_url"], format!("{BASE}/"));
    assert_eq!(json["feed_url"], format!("{BASE}/feed.json"));
    assert_eq!(json["language"], "en");
    let item = &json["items"][0];
    let picture = item["image"].as_str().unwrap();
    assert!(
        picture.starts_with(&format!("{BASE}/cards/article/")),
        "{picture}"
    );
    let atom = app.page("/feed.atom").await;
    assert!(atom.text().contains("xml:lang=\"en\""));
    let rss = app.page("/feed.rss").await;
    assert!(
        rss.text()
            .contains("<guid>https://daybook.example/articles/")
            || rss
                .text()
                .contains("<guid isPermaLink=\"true\">https://daybook.example/articles/")
    );
}

#[tokio::test]
async fn who_has_a_feed_is_not_sent_it_again_until_it_changes() {
    let app = site(Corpus::fixtures()).await;
    // The first seconds after an import tell no two changes apart.
    app.database
        .execute("UPDATE editions SET created_at = created_at - 60000");
    for path in ["/feed", "/today", "/topics/korean-war/feed", "/corrections"] {
        for format in FORMATS {
            let path = format!("{path}.{format}");
            let page = app.page(&path).await;
            let (tag, date) = (page.header("etag"), page.header("last-modified"));
            assert_eq!(
                app.get_with(&path, "if-none-match", tag).await.status,
                304,
                "{path}"
            );
            let again = app.get_with(&path, "if-modified-since", date).await;
            assert_eq!(again.status, 304, "{path}");
            assert_eq!(again.header("etag"), tag);
            for old in ["Thu, 01 Jan 2026 00:00:00 GMT", "yesterday", ""] {
                let answer = app.get_with(&path, "if-modified-since", old).await;
                assert_eq!(answer.status, 200, "{path} since {old:?}");
            }
            // The tag is the more exact of the two.
            let request = app.client().get(app.url(&path));
            let both = request
                .header("if-none-match", "\"other\"")
                .header("if-modified-since", date);
            assert_eq!(both.send().await.unwrap().status(), 200, "{path}");
            let packed = app.get_with(&path, "accept-encoding", "gzip").await;
            assert_eq!(packed.header("content-encoding"), "gzip", "{path}");
        }
    }
    let before = app.page("/feed.atom").await;
    app.edit(SEOUL, "Nobody fought", "Few fought");
    app.ingest();
    let date = before.header("last-modified");
    let after = app.get_with("/feed.atom", "if-modified-since", date).await;
    assert_eq!(after.status, 200);
    let tag = before.header("etag");
    assert_eq!(
        app.get_with("/feed.atom", "if-none-match", tag)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn only_known_feeds_are_there_and_a_query_changes_none() {
    let app = site(Corpus::fixtures()).await;
    for path in [
        "/feed.xml",
        "/feed",
        "/feed.atom.rss",
        "/today.xml",
        "/corrections.xml",
        "/topics/korean-war/feed.xml",
        "/topics/nothing-of-the-kind/feed.atom",
        "/dynasties/ming/feed.atom",
    ] {
        assert_eq!(app.get(path).await.status, 404, "{path}");
    }
    let plain = app.page("/feed.atom").await;
    let asked = app.page("/feed.atom?page=2&format=rss&utm=x").await;
    assert_eq!(plain.text(), asked.text());
    assert_eq!(app.get("/Feed.Atom").await.header("location"), "/feed.atom");

    let empty = site(Corpus::empty()).await;
    for path in ["/feed", "/today", "/corrections"] {
        for format in FORMATS {
            let feed = feed(&empty, &format!("{path}.{format}")).await;
            assert!(feed.entries.is_empty(), "{path}.{format}");
        }
    }
    assert_eq!(empty.page("/feeds").await.all("#one").len(), 0);
}

#[tokio::test]
async fn every_feed_names_the_hub_that_the_operator_chose() {
    let setup = Setup::new(Corpus::fixtures()).variable("DAYBOOK_BASE_URL", BASE);
    let app = setup
        .variable("DAYBOOK_WEBSUB_HUB", "https://hub.example/")
        .start()
        .await;
    for path in ["/feed", "/today", "/topics/korean-war/feed", "/corrections"] {
        for format in ["atom", "rss"] {
            let feed = feed(&app, &format!("{path}.{format}")).await;
            let mut hubs = feed
                .links
                .iter()
                .filter(|link| link.rel.as_deref() == Some("hub"));
            assert_eq!(
                hubs.next().unwrap().href,
                "https://hub.example/",
                "{path}.{format}"
            );
        }
        let json: serde_json::Value =
            serde_json::from_slice(&app.page(&format!("{path}.json")).await.bytes).unwrap();
        assert_eq!(json["hubs"][0]["type"], "WebSub");
        assert_eq!(json["hubs"][0]["url"], "https://hub.example/");
    }
}

#[tokio::test]
async fn pages_lead_to_their_feeds() {
    let app = site(Corpus::fixtures()).await;
    let named = async |path: &str| {
        app.page(path)
            .await
            .links("head link[rel=alternate][title]:not([type*=oembed])")
    };
    assert_eq!(named("/articles/seoul-falls").await, ["/feed.atom"]);
    assert_eq!(named("/on/january-4").await, ["/feed.atom"]);
    for today in ["/", "/today"] {
        assert_eq!(named(today).await, ["/today.atom", "/feed.atom"]);
    }
    let of_topic =
        ["atom", "rss", "json"].map(|format| format!("/topics/korean-war/feed.{format}"));
    let topic = named("/topics/korean-war").await;
    assert_eq!(topic[..3], of_topic);
    assert_eq!(topic[3..], ["/feed.atom"]);
    let follow = app
        .page("/topics/korean-war")
        .await
        .links(".entry__follow a");
    assert_eq!(follow[..3], of_topic);
    assert_eq!(follow[3], "/topics/korean-war/feed.ics");

    let page = app.page("/feeds").await;
    assert!(
        app.page("/")
            .await
            .links("footer a")
            .contains(&"/feeds".to_owned())
    );
    let links = page.links(".feeds a");
    assert!(
        links.contains(&"webcal://daybook.example/calendar.ics".to_owned()),
        "{links:?}"
    );
    for link in links {
        let Some(path) = link
            .strip_prefix(BASE)
            .or(Some(&*link))
            .filter(|link| link.starts_with('/'))
        else {
            continue;
        };
        if !path.ends_with(".ics") {
            assert_eq!(app.get(path).await.status, 200, "{path}");
        }
    }
}
