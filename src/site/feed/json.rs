//! JSON Feed 1.1.

use serde::Serialize;

use super::{Content, Feed, Item, rfc3339};
use crate::error::AppError;
use crate::site::document;

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    description: &'a str,
    favicon: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    hubs: Option<[Hub<'a>; 1]>,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Hub<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    url: &'a str,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<&'a str>,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    authors: Option<[Author<'a>; 1]>,
    tags: Vec<&'a str>,
}

pub(super) fn write(feed: &Feed) -> Result<String, AppError> {
    document::as_json(&JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.home,
        feed_url: &feed.address,
        description: &feed.description,
        favicon: &feed.icon,
        language: feed.lang,
        authors: [Author { name: &feed.author }],
        hubs: feed.hub.as_deref().map(|url| {
            [Hub {
                kind: "WebSub",
                url,
            }]
        }),
        items: feed.items.iter().map(item).collect(),
    })
}

fn item(item: &Item) -> JsonItem<'_> {
    let (content_html, content_text) = match &item.content {
        Content::Text(text) => (None, Some(&**text)),
        Content::Html(html) => (Some(&**html), None),
    };
    JsonItem {
        id: &item.id,
        url: &item.url,
        external_url: item.related.as_deref(),
        title: &item.title,
        content_html,
        content_text,
        summary: item.summary.as_deref(),
        image: item.image.as_deref(),
        date_published: rfc3339(item.published),
        date_modified: rfc3339(item.updated),
        authors: item.author.as_deref().map(|name| [Author { name }]),
        tags: item.tags.iter().map(|tag| &*tag.term).collect(),
    }
}
