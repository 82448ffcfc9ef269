//! Claims, and where they contradict each other.

use actix_web::HttpResponse;
use diesel::QueryResult;
use utoipa::IntoParams;

use super::{Asked, Parts};
use crate::api::model::{Claim, Dispute, Page, Terms};
use crate::api::queries::{self, ClaimFilter};
use crate::api::query::{Query, answer_page, cut};
use crate::articles::queries as kernel;
use crate::db::AnyConnection;
use crate::error::AppError;
use crate::paths::api;
use crate::site::cursor::Cursor;

/// How many subjects are looked at in one go for disputes.
const SUBJECTS: i64 = 200;
const DISPUTES: &str = "disputes";
const CLAIMS: &str = "claims";

/// What a list of claims takes.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "it is read from the query string; this describes it"
)]
pub(in crate::api) struct ClaimParameters {
    /// Only about this subject, a slug.
    #[param(example = "fall-of-seoul-1951")]
    subject: Option<String>,
    /// Only about this property, as an editor wrote it.
    #[param(example = "date")]
    property: Option<String>,
    /// Only of this article, by its slug.
    #[param(example = "fall-of-seoul-1951")]
    article: Option<String>,
    /// How many claims, 1 to 100.
    #[param(minimum = 1, maximum = 100, default = 50, example = 2)]
    limit: Option<u8>,
    /// Where to go on. It stands in the `next` of a part; take that as it is.
    cursor: Option<String>,
}

/// What a list of disputes takes.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "it is read from the query string; this describes it"
)]
pub(in crate::api) struct DisputeParameters {
    /// How many disputes, 1 to 100.
    #[param(minimum = 1, maximum = 100, default = 50, example = 2)]
    limit: Option<u8>,
    /// Where to go on. It stands in the `next` of a part; take that as it is.
    cursor: Option<String>,
}

/// Claims, in parts.
///
/// What articles say about one property of one subject, with the sources that
/// say so: by article, then in the order of its file.
#[utoipa::path(
    get,
    path = api::CLAIMS,
    operation_id = "claims",
    tag = "Claims",
    params(ClaimParameters),
    responses((status = 200, description = "A part of the list.", body = Page<Claim>)),
)]
pub(in crate::api) async fn index(parts: Parts) -> Result<HttpResponse, AppError> {
    let asked = Asked::from(parts);
    let query = Query::read(
        &asked.request,
        &["subject", "property", "article", "limit", "cursor"],
    )?;
    let filter = ClaimFilter {
        subject: query.slug("subject")?,
        property: property(&query)?,
        article: query.slug("article")?,
    };
    let (limit, after) = (query.limit()?, query.cursor(CLAIMS)?);
    let visibility = asked.library.terms.visibility;
    let (edition, mut found) = asked
        .db
        .read_public(move |conn| {
            let found = queries::claims(conn, &filter, after.as_ref(), limit + 1, visibility)?;
            Ok((kernel::edition(conn)?, found))
        })
        .await?;
    let next = cut(&mut found, limit, |last| {
        Cursor::new(last.position, last.slug.clone()).write(CLAIMS)
    });
    let terms = &asked.library.terms;
    let items = found
        .iter()
        .filter_map(|one| {
            let position = usize::try_from(one.position).ok()?;
            Claim::new((&one.slug, &one.title), position, &one.details, terms)
        })
        .collect();
    let page = query.page(api::CLAIMS, (edition, items), next, terms);
    answer_page(&page)
}

/// Disputes, in parts.
///
/// Every property of a subject for which claims, of one article or of several,
/// give unlike values: each value, who says so, and what the editors hold. By
/// subject.
#[utoipa::path(
    get,
    path = api::DISPUTES,
    operation_id = "disputes",
    tag = "Claims",
    params(DisputeParameters),
    responses((status = 200, description = "A part of the list.", body = Page<Dispute>)),
)]
pub(in crate::api) async fn disputes(parts: Parts) -> Result<HttpResponse, AppError> {
    let asked = Asked::from(parts);
    let query = Query::read(&asked.request, &["limit", "cursor"])?;
    let (limit, after) = (query.limit()?, query.cursor(DISPUTES)?);
    let terms = asked.library.terms.clone();
    let (edition, mut items) = asked
        .db
        .read_public(move |conn| {
            let found = disputes_after(conn, after.as_ref(), limit + 1, &terms)?;
            Ok((kernel::edition(conn)?, found))
        })
        .await?;
    let next = cut(&mut items, limit, |last| {
        // A slug never holds the sign that parts them.
        let text = format!("{}|{}", last.subject, shortened(&last.property));
        Cursor::new(0, text).write(DISPUTES)
    });
    let page = query.page(api::DISPUTES, (edition, items), next, &asked.library.terms);
    answer_page(&page)
}

fn disputes_after(
    conn: &mut AnyConnection,
    after: Option<&Cursor>,
    enough: usize,
    terms: &Terms,
) -> QueryResult<Vec<Dispute>> {
    let seen = after.and_then(|cursor| cursor.text.split_once('|'));
    let mut from = seen.map_or("", |(subject, _)| subject).to_owned();
    let mut found = Vec::new();
    let mut last: Option<String> = None;
    while found.len() < enough {
        let mut subjects = queries::subjects(conn, &from, SUBJECTS)?;
        // From the second time on, the first of them was looked at already.
        subjects.retain(|subject| Some(subject) != last.as_ref());
        let Some(newest) = subjects.last().cloned() else {
            break;
        };
        for one in kernel::contradictions(conn, &subjects, terms.visibility)? {
            let was_seen = seen.is_some_and(|(subject, property)| {
                one.subject == subject && *shortened(&one.property) <= *property
            });
            if !was_seen {
                found.push(Dispute::new(one, terms));
            }
        }
        from.clone_from(&newest);
        last = Some(newest);
    }
    found.truncate(enough);
    Ok(found)
}

/// As much of a property as a cursor holds.
fn shortened(property: &str) -> String {
    let plain = property.chars().filter(|character| !character.is_control());
    plain.take(60).collect()
}

fn property(query: &Query) -> Result<Option<String>, AppError> {
    let Some(text) = query.text("property") else {
        return Ok(None);
    };
    if text.chars().any(char::is_control) {
        return Err(AppError::BadRequest(
            "The parameter “property” is a line of text, such as captor.".to_owned(),
        ));
    }
    Ok(Some(text.to_owned()))
}
