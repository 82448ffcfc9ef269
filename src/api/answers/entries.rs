//! People, places, organisations and topics.

use std::ops::Bound;

use actix_web::{HttpResponse, web};
use utoipa::IntoParams;

use super::{Asked, Parts, nothing};
use crate::api::model::{Entry, EntryText, Page};
use crate::api::queries;
use crate::api::query::{Query, answer_from, answer_page, cut};
use crate::articles::model::{Registry, Slug};
use crate::articles::{inputs, queries as kernel};
use crate::editions::Inputs;
use crate::error::AppError;
use crate::paths::api;
use crate::site::cursor::Cursor;

/// What a list of entries takes.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "it is read from the query string; this describes it"
)]
pub(in crate::api) struct EntryParameters {
    /// How many entries, 1 to 100.
    #[param(minimum = 1, maximum = 100, default = 50, example = 2)]
    limit: Option<u8>,
    /// Where to go on. It stands in the `next` of a part; take that as it is.
    cursor: Option<String>,
}

/// A registry, in parts.
///
/// Every person, place, organisation or topic that has a page, by slug.
#[utoipa::path(
    get,
    path = api::REGISTRY_ROUTE,
    operation_id = "registry",
    tag = "People, places, organisations, topics",
    params(
        ("kind" = String, Path, description = "`people`, `places`, `organisations` or `topics`.", pattern = "^(people|places|organisations|topics)$", example = "people"),
        EntryParameters,
    ),
    responses((status = 200, description = "A part of the list.", body = Page<Entry>)),
)]
pub(in crate::api) async fn index(
    kind: web::Path<String>,
    parts: Parts,
) -> Result<HttpResponse, AppError> {
    let asked = Asked::from(parts);
    // An address that nobody knows is one even with a wrong parameter.
    let registry = Registry::parse(&kind).ok_or(AppError::NotFound)?;
    let query = Query::read(&asked.request, &["limit", "cursor"])?;
    let (list, limit) = (registry.slug(), query.limit()?);
    let after = query.cursor(list)?;
    let visibility = asked.library.terms.visibility;
    let (edition, entries) = asked
        .db
        .read_public(move |conn| {
            let entries = queries::entries(conn, registry, visibility)?;
            Ok((kernel::edition(conn)?, entries))
        })
        .await?;
    let terms = &asked.library.terms;
    let from = after.map_or(Bound::Unbounded, |cursor| Bound::Excluded(cursor.text));
    let mut items: Vec<Entry> = entries
        .range((from, Bound::Unbounded))
        .take(limit + 1)
        .map(|(slug, found)| {
            let head = (found.name.clone(), &found.details);
            Entry::new(registry, slug, head, found.articles, terms)
        })
        .collect();
    let next = cut(&mut items, limit, |last| {
        Cursor::new(0, last.slug.clone()).write(list)
    });
    let page = query.page(&api::registry(list), (edition, items), next, terms);
    answer_page(&page)
}

/// One entry with its text.
///
/// Its articles are a list of their own, at `articles_api`.
#[utoipa::path(
    get,
    path = api::ENTRY_ROUTE,
    operation_id = "entry",
    tag = "People, places, organisations, topics",
    params(
        ("kind" = String, Path, description = "`people`, `places`, `organisations` or `topics`.", pattern = "^(people|places|organisations|topics)$", example = "people"),
        ("slug" = String, Path, description = "The last part of the entry’s address.", example = "matthew-ridgway"),
    ),
    responses((status = 200, description = "The entry.", body = EntryText)),
)]
pub(in crate::api) async fn show(
    path: web::Path<(String, String)>,
    parts: Parts,
) -> Result<HttpResponse, AppError> {
    let asked = Asked::from(parts);
    let (kind, slug) = path.into_inner();
    let registry = Registry::parse(&kind).ok_or(AppError::NotFound)?;
    if Slug::parse(&slug).is_err() {
        return Ok(nothing("There is no entry with this slug."));
    }
    let library = asked.library.clone();
    let named = slug.clone();
    let found = asked
        .db
        .read_public(move |conn| {
            let entries = queries::entries(conn, registry, library.terms.visibility)?;
            entries
                .get(&slug)
                .map(|found| library.entry(conn, registry, &slug, found))
                .transpose()
        })
        .await?;
    match found {
        Some(entry) => {
            let inputs = Inputs::of([
                inputs::entry(registry, &named),
                inputs::named(registry, &named),
            ]);
            answer_from(&entry, inputs)
        }
        None => Ok(nothing("There is no entry with this slug.")),
    }
}
