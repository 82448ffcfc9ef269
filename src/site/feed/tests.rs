//! The three forms are read by a program that is not ours.

use feed_rs::model::Entry;

use super::*;
use crate::site::assets::Assets;

fn feed() -> Feed {
    let site = Identity::new(
        "Daybook".into(),
        None,
        "https://daybook.example",
        &Assets::load(),
    );
    let item = |id: &str, content| Item {
        id: id.to_owned(),
        url: "https://daybook.example/a".to_owned(),
        related: None,
        title: "A \u{0}<script> & “]]>”\u{b} \u{fffe}title 東京 \u{1f600}".to_owned(),
        summary: Some("One\u{1f} <b>sentence</b>.".to_owned()),
        content,
        published: 1_768_003_200_999,
        updated: 1_768_089_600_000,
        tags: vec![Tag {
            term: "war".to_owned(),
            label: Some("War & peace".to_owned()),
        }],
        author: Some("Ada <Writer>".to_owned()),
        image: None,
    };
    Feed {
        items: vec![
            item(
                "https://daybook.example/a",
                Content::Html("<p>It’s &lt;so\u{0}&gt; ]]&gt; ]]></p>".to_owned()),
            ),
            item(
                "tag:daybook.example,2026-01-10:today",
                Content::Text("1 < 2 ]]>\n& \u{7}so".to_owned()),
            ),
        ],
        hub: Some("https://hub.example/".to_owned()),
        updated: 1_768_089_600_000,
        ..Feed::new(&site, "/", "/feed.atom")
    }
}

fn parsed(format: Format) -> feed_rs::model::Feed {
    let text = feed().write(format).unwrap();
    feed_rs::parser::parse(text.as_bytes()).unwrap()
}

fn html_of(entry: &Entry) -> String {
    let body = entry.content.as_ref().and_then(|one| one.body.clone());
    let summary = entry.summary.as_ref().map(|one| one.content.clone());
    body.or(summary).unwrap()
}

#[test]
fn all_forms_hold_the_same_whatever_is_in_a_title() {
    for format in Format::ALL {
        let feed = parsed(format);
        let ids: Vec<&str> = feed.entries.iter().map(|one| &*one.id).collect();
        let wanted = [
            "https://daybook.example/a",
            "tag:daybook.example,2026-01-10:today",
        ];
        assert_eq!(ids, wanted, "{format:?}");
        let entry = &feed.entries[0];
        let title = &entry.title.as_ref().unwrap().content;
        assert!(title.contains("script> & “]]>” title 東京 😀"), "{title}");
        assert_eq!(entry.published.unwrap().timestamp(), 1_768_003_200);
        assert_eq!(entry.authors[0].name.as_deref(), Some("Ada <Writer>"));
        assert!(html_of(entry).contains("<p>It’s &lt;so&gt; ]]&gt; ]]></p>"));
        let text = html_of(&feed.entries[1]);
        assert!(text.contains("]]") && text.contains("so"), "{text}");
        assert_eq!(feed.language.as_deref(), Some("en"), "{format:?}");
    }
}

#[test]
fn a_hub_is_named_where_there_is_one() {
    for format in Format::ALL {
        let text = feed().write(format).unwrap();
        assert!(text.contains("https://hub.example/"), "{format:?}");
        let without = Feed {
            hub: None,
            ..feed()
        };
        let text = without.write(format).unwrap();
        assert!(!text.contains("hub"), "{format:?}: {text}");
    }
}

#[test]
fn plain_text_is_no_html_in_rss() {
    let text = feed().write(Format::Rss).unwrap();
    assert!(text.contains("1 &lt; 2 ]]&gt;<br>\n&amp; so"), "{text}");
    assert!(text.contains("<p>One &lt;b&gt;sentence&lt;/b&gt;.</p>"));
    assert!(text.contains("<pubDate>Sat, 10 Jan 2026 00:00:00 GMT</pubDate>"));
    assert!(text.contains("isPermaLink=\"false\">tag:daybook"), "{text}");
}
