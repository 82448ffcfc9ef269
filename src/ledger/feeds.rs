//! The ledger for feed readers, in three forms. An entry keeps its id, the
//! address of the case, for ever; its date moves with decisions and
//! corrections, and stays where it is after a minor edit.

use actix_web::{HttpRequest, HttpResponse, web};

use super::CACHE;
use super::model::Entry;
use super::register::{self, Asked};
use crate::articles::{self, Audience};
use crate::config::Config;
use crate::db::Db;
use crate::error::AppError;
use crate::paths::{self, record};
use crate::site::feed::{Content, Feed, Format, Item, Tag};
use crate::site::shell::Identity;

/// What a feed works with.
type Given = (
    HttpRequest,
    web::Data<Db>,
    web::Data<Audience>,
    web::Data<Identity>,
    web::Data<Config>,
);

/// `GET /corrections.atom`, `.rss` and `.json`
pub(super) async fn show(
    format: Format,
    (_, db, audience, site, config): Given,
) -> Result<HttpResponse, AppError> {
    let asked = Asked::now(&audience, &site);
    let zone = audience.zone.clone();
    let (issue, changed_at) = db
        .read_public(move |conn| {
            let changed_at = articles::queries::changed_at(conn, &zone)?;
            Ok((register::issue(conn, &asked)?, changed_at))
        })
        .await?;
    let feed = Feed {
        title: format!("{}: corrections", site.name),
        description: format!(
            "Every report of an error in {} that the editors have decided, with what came of it.",
            site.name
        ),
        updated: issue.updated_at,
        hub: config.websub_hub.clone(),
        items: issue
            .entries
            .into_iter()
            .map(|entry| item(entry, &site))
            .collect(),
        ..Feed::new(&site, record::LEDGER, &record::ledger_feed(format.as_str()))
    };
    feed.answer(format, CACHE, changed_at)
}

fn item(entry: Entry, site: &Identity) -> Item {
    let article = entry.subject.slug().map(paths::article);
    let tag = |term: &str, label: &str| Tag {
        term: term.to_owned(),
        label: Some(label.to_owned()),
    };
    Item {
        id: entry.url.clone(),
        related: article.map(|path| paths::absolute(&site.base_url, &path)),
        title: entry.title(),
        summary: None,
        published: entry.course.first_decided_at,
        updated: entry.updated_at(),
        tags: vec![
            tag(entry.state.as_str(), entry.outcome()),
            tag(entry.category.slug(), entry.category.phrase()),
        ],
        author: None,
        image: None,
        url: entry.url,
        content: Content::Text(entry.text),
    }
}
