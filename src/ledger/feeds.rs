//! The ledger for feed readers: Atom (RFC 4287) and JSON Feed 1.1. An entry
//! keeps its id, the address of the case, for ever; its date moves with
//! decisions and corrections, and stays where it is after a minor edit.

use actix_web::{HttpRequest, HttpResponse, web};
use atom_syndication::{
    Category, Content, Entry as AtomEntry, Feed, FixedDateTime, Link, Person, Text,
};
use serde::Serialize;

use super::CACHE;
use super::model::{Entry, rfc3339};
use super::register::{self, Asked, Issue};
use crate::articles::Audience;
use crate::db::Db;
use crate::error::AppError;
use crate::paths::{self, record};
use crate::site::document;
use crate::site::shell::Identity;

/// What both feeds work with.
type Given = (
    HttpRequest,
    web::Data<Db>,
    web::Data<Audience>,
    web::Data<Identity>,
);

/// JSON Feed 1.1.
#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: String,
    home_page_url: String,
    feed_url: String,
    description: String,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item {
    id: String,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<String>,
    title: String,
    content_text: String,
    date_published: String,
    date_modified: String,
    tags: [&'static str; 2],
}

/// `GET /corrections.atom`
pub(super) async fn atom(given: Given) -> Result<HttpResponse, AppError> {
    let (request, site, issue) = read(given).await?;
    let address = |path: &str| paths::absolute(&site.base_url, path);
    let feed = Feed {
        title: Text::plain(title(&site)),
        subtitle: Some(Text::plain(description(&site))),
        id: address(record::LEDGER),
        updated: moment(issue.updated_at),
        authors: vec![Person {
            name: author(&site).to_owned(),
            ..Person::default()
        }],
        links: vec![
            link("self", address(record::LEDGER_ATOM), "application/atom+xml"),
            link("alternate", address(record::LEDGER), "text/html"),
        ],
        lang: Some(site.lang.to_owned()),
        entries: issue
            .entries
            .iter()
            .map(|entry| atom_entry(entry, &site))
            .collect(),
        ..Feed::default()
    };
    document::answer(
        &request,
        "application/atom+xml; charset=utf-8",
        feed.to_string(),
        CACHE,
    )
}

/// `GET /corrections.json`
pub(super) async fn json(given: Given) -> Result<HttpResponse, AppError> {
    let (request, site, issue) = read(given).await?;
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: title(&site),
        home_page_url: paths::absolute(&site.base_url, record::LEDGER),
        feed_url: paths::absolute(&site.base_url, record::LEDGER_JSON),
        description: description(&site),
        language: site.lang,
        authors: [Author {
            name: author(&site),
        }],
        items: issue
            .entries
            .iter()
            .map(|entry| item(entry, &site))
            .collect(),
    };
    document::answer(
        &request,
        "application/feed+json; charset=utf-8",
        document::as_json(&feed)?,
        CACHE,
    )
}

async fn read(
    (request, db, audience, site): Given,
) -> Result<(HttpRequest, web::Data<Identity>, Issue), AppError> {
    let asked = Asked::now(&audience, &site);
    let issue = db.read(move |conn| register::issue(conn, &asked)).await?;
    Ok((request, site, issue))
}

fn atom_entry(entry: &Entry, site: &Identity) -> AtomEntry {
    let mut links = vec![link("alternate", entry.url.clone(), "text/html")];
    if let Some(article) = article(entry, site) {
        links.push(link("related", article, "text/html"));
    }
    let category = |term: &str, label: &str| Category {
        term: term.to_owned(),
        scheme: None,
        label: Some(label.to_owned()),
    };
    AtomEntry {
        title: Text::plain(entry.title()),
        id: entry.url.clone(),
        updated: moment(entry.updated_at()),
        published: Some(moment(entry.course.first_decided_at)),
        categories: vec![
            category(entry.state.as_str(), entry.outcome()),
            category(entry.category.slug(), entry.category.phrase()),
        ],
        links,
        content: Some(Content {
            value: Some(entry.text.clone()),
            content_type: Some("text".to_owned()),
            ..Content::default()
        }),
        ..AtomEntry::default()
    }
}

fn item(entry: &Entry, site: &Identity) -> Item {
    Item {
        id: entry.url.clone(),
        url: entry.url.clone(),
        external_url: article(entry, site),
        title: entry.title(),
        content_text: entry.text.clone(),
        date_published: rfc3339(entry.course.first_decided_at),
        date_modified: rfc3339(entry.updated_at()),
        tags: [entry.state.as_str(), entry.category.slug()],
    }
}

fn article(entry: &Entry, site: &Identity) -> Option<String> {
    let slug = entry.subject.slug()?;
    Some(paths::absolute(&site.base_url, &paths::article(slug)))
}

fn title(site: &Identity) -> String {
    format!("{}: corrections", site.name)
}

fn description(site: &Identity) -> String {
    format!(
        "Every report of an error in {} that the editors have decided, with what came of it.",
        site.name
    )
}

fn author(site: &Identity) -> &str {
    site.publisher.as_deref().unwrap_or(&site.name)
}

fn link(relation: &str, href: String, kind: &str) -> Link {
    Link {
        href,
        rel: relation.to_owned(),
        mime_type: Some(kind.to_owned()),
        ..Link::default()
    }
}

fn moment(milliseconds: i64) -> FixedDateTime {
    // What is written as RFC 3339 is read as such.
    rfc3339(milliseconds).parse().unwrap_or_default()
}
