//! Atom (RFC 4287).

use atom_syndication as atom;

use super::{Content, Feed, Format, Item, Tag, cannot_write, rfc3339};
use crate::error::AppError;

pub(super) fn write(feed: Feed) -> Result<String, AppError> {
    let mut links = vec![
        link("self", feed.address, Format::Atom.media_type()),
        link("alternate", feed.home.clone(), "text/html"),
    ];
    links.extend(feed.hub.map(|hub| atom::Link {
        href: hub,
        rel: "hub".to_owned(),
        ..atom::Link::default()
    }));
    let feed = atom::Feed {
        title: atom::Text::plain(feed.title),
        subtitle: Some(atom::Text::plain(feed.description)),
        id: feed.home,
        updated: date(feed.updated),
        authors: vec![person(feed.author)],
        links,
        icon: Some(feed.icon),
        lang: Some(feed.lang.to_owned()),
        entries: feed.items.into_iter().map(entry).collect(),
        ..atom::Feed::default()
    };
    let bytes = feed.write_to(Vec::new()).map_err(cannot_write)?;
    String::from_utf8(bytes).map_err(cannot_write)
}

fn entry(item: Item) -> atom::Entry {
    let mut links = vec![link("alternate", item.url, "text/html")];
    links.extend(item.related.map(|href| link("related", href, "text/html")));
    let (value, kind) = match item.content {
        Content::Text(text) => (text, "text"),
        Content::Html(html) => (html, "html"),
    };
    atom::Entry {
        title: atom::Text::plain(item.title),
        id: item.id,
        updated: date(item.updated),
        published: Some(date(item.published)),
        authors: item.author.into_iter().map(person).collect(),
        categories: item.tags.into_iter().map(category).collect(),
        links,
        summary: item.summary.map(atom::Text::plain),
        content: Some(atom::Content {
            value: Some(value),
            content_type: Some(kind.to_owned()),
            ..atom::Content::default()
        }),
        ..atom::Entry::default()
    }
}

fn category(tag: Tag) -> atom::Category {
    atom::Category {
        term: tag.term,
        scheme: None,
        label: tag.label,
    }
}

fn person(name: String) -> atom::Person {
    atom::Person {
        name,
        ..atom::Person::default()
    }
}

fn link(relation: &str, href: String, kind: &str) -> atom::Link {
    atom::Link {
        href,
        rel: relation.to_owned(),
        mime_type: Some(kind.to_owned()),
        ..atom::Link::default()
    }
}

fn date(milliseconds: i64) -> atom::FixedDateTime {
    // What is written as RFC 3339 is read as such.
    rfc3339(milliseconds).parse().unwrap_or_default()
}
