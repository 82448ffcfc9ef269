//! Imports that changed something.

use actix_web::HttpResponse;
use utoipa::IntoParams;

use super::{Asked, Parts};
use crate::api::model::{Edition, Page, moment};
use crate::api::queries;
use crate::api::query::{Query, answer_page, cut};
use crate::articles::queries as kernel;
use crate::error::AppError;
use crate::paths::api;
use crate::site::cursor::Cursor;

const EDITIONS: &str = "editions";

/// What a list of editions takes.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "it is read from the query string; this describes it"
)]
pub(in crate::api) struct EditionParameters {
    /// How many editions, 1 to 100.
    #[param(minimum = 1, maximum = 100, default = 50, example = 2)]
    limit: Option<u8>,
    /// Where to go on. It stands in the `next` of a part; take that as it is.
    cursor: Option<String>,
}

/// Editions, in parts.
///
/// Every import that changed something is an edition; the latest comes first.
/// As long as its number stays, nothing that comes from files has changed.
#[utoipa::path(
    get,
    path = api::EDITIONS,
    operation_id = "editions",
    tag = "The whole",
    params(EditionParameters),
    responses((status = 200, description = "A part of the list.", body = Page<Edition>)),
)]
pub(in crate::api) async fn index(parts: Parts) -> Result<HttpResponse, AppError> {
    let asked = Asked::from(parts);
    let query = Query::read(&asked.request, &["limit", "cursor"])?;
    let (limit, before) = (query.limit()?, query.cursor(EDITIONS)?);
    let (edition, rows) = asked
        .db
        .read_public(move |conn| {
            let before = before.map(|cursor| cursor.number);
            let rows = queries::editions(conn, before, limit + 1)?;
            Ok((kernel::edition(conn)?, rows))
        })
        .await?;
    let mut items: Vec<Edition> = rows
        .into_iter()
        .map(|(edition, created_at, articles)| Edition {
            edition,
            created: moment(created_at),
            articles,
        })
        .collect();
    let next = cut(&mut items, limit, |last| {
        Cursor::new(last.edition, "").write(EDITIONS)
    });
    let page = query.page(api::EDITIONS, (edition, items), next, &asked.library.terms);
    answer_page(&page)
}
