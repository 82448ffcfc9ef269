//! RSS 2.0, with the link to itself that its validators ask for, and with the
//! names of authors as Dublin Core has them: RSS itself wants their addresses.

use atom_syndication::Link;
use rss::extension::atom::AtomExtension;
use rss::extension::dublincore::DublinCoreExtension;
use rss::{Category, Channel, Guid, Image};

use super::{Content, Feed, Format, Item, cannot_write, moment};
use crate::error::AppError;

pub(super) fn write(feed: Feed) -> Result<String, AppError> {
    let mut links = vec![Link {
        href: feed.address,
        rel: "self".to_owned(),
        mime_type: Some(Format::Rss.media_type().to_owned()),
        ..Link::default()
    }];
    links.extend(feed.hub.map(|hub| Link {
        href: hub,
        rel: "hub".to_owned(),
        ..Link::default()
    }));
    let channel = Channel {
        image: Some(Image {
            url: feed.icon,
            title: feed.title.clone(),
            link: feed.home.clone(),
            ..Image::default()
        }),
        title: feed.title,
        link: feed.home,
        description: feed.description,
        language: Some(feed.lang.to_owned()),
        last_build_date: Some(rfc822(feed.updated)),
        atom_ext: Some(AtomExtension { links }),
        items: feed.items.into_iter().map(item).collect(),
        ..Channel::default()
    };
    let bytes = channel.write_to(Vec::new()).map_err(cannot_write)?;
    String::from_utf8(bytes).map_err(cannot_write)
}

fn item(item: Item) -> rss::Item {
    let creators = item.author.map(|author| DublinCoreExtension {
        creators: vec![author],
        ..DublinCoreExtension::default()
    });
    let content = match item.content {
        Content::Text(text) => escaped(&text),
        Content::Html(html) => html,
    };
    let summary = item
        .summary
        .map(|text| format!("<p>{}</p>\n", escaped(&text)));
    rss::Item {
        title: Some(item.title),
        guid: Some(Guid {
            permalink: item.id == item.url,
            value: item.id,
        }),
        link: Some(item.url),
        description: Some(summary.unwrap_or_default() + &content),
        categories: item
            .tags
            .into_iter()
            .map(|tag| Category {
                name: tag.label.unwrap_or(tag.term),
                domain: None,
            })
            .collect(),
        pub_date: Some(rfc822(item.published)),
        dublin_core_ext: creators,
        ..rss::Item::default()
    }
}

/// What this element holds is read as HTML.
fn escaped(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    escaped.replace('>', "&gt;").replace('\n', "<br>\n")
}

/// As RFC 822 has dates, with the four digits of a year that RSS allows.
fn rfc822(milliseconds: i64) -> String {
    let moment = moment(milliseconds);
    moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
