//! What articles said before.

use actix_web::{HttpResponse, web};
use diesel::QueryResult;

use super::articles::find;
use super::{Asked, Parts, Standing, nothing};
use crate::api::model::{Page, Revision, RevisionText, Terms};
use crate::api::query::{Query, answer_from, answer_page};
use crate::articles::{Revisions, inputs, queries as kernel};
use crate::db::AnyConnection;
use crate::editions::Inputs;
use crate::error::AppError;
use crate::paths::api;
use crate::site::document::Problem;

/// An article's past, and the number of the revision that is shown now.
type Past = (String, Revisions, i64, i64);

/// Every revision of an article.
///
/// All that readers have seen, the newest first, each with the notes that came
/// with it. While the text of an article is kept back, so is its past.
#[utoipa::path(
    get,
    path = api::REVISIONS_ROUTE,
    operation_id = "revisions",
    tag = "Articles",
    params(("slug" = String, Path, description = "The last part of the article’s address.", example = "fall-of-seoul-1951")),
    responses(
        (status = 200, description = "All revisions; `next` is always null.", body = Page<Revision>),
        (status = 301, description = "The article has another slug now; `Location` says which."),
        (status = 403, description = "The text is kept back for now.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The article was removed; `reason` says why.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(in crate::api) async fn index(
    slug: web::Path<String>,
    parts: Parts,
) -> Result<HttpResponse, AppError> {
    let slug = slug.into_inner();
    let asked = Asked::from(parts);
    let terms = asked.library.terms.clone();
    let found = asked
        .db
        .read_public(move |conn| past(conn, &slug, &terms))
        .await?;
    let terms = &asked.library.terms;
    let (slug, revisions, current, edition) = match found.or_answer(terms, api::revisions) {
        Ok(found) => found,
        Err(answer) => return Ok(*answer),
    };
    let public = revisions.all().iter().rev().filter(|one| one.is_public);
    let items = public
        .map(|one| Revision::new(&slug, one, &revisions, current, terms))
        .collect();
    let query = Query::read(&asked.request, &[])?;
    let page = query.page(&api::revisions(&slug), (edition, items), None, terms);
    answer_page(&page)
}

/// One revision, with the file itself.
#[utoipa::path(
    get,
    path = api::REVISION_ROUTE,
    operation_id = "revision",
    tag = "Articles",
    params(
        ("slug" = String, Path, description = "The last part of the article’s address.", example = "fall-of-seoul-1951"),
        ("number" = i64, Path, description = "The number of the revision, from 1.", minimum = 1, example = 1),
    ),
    responses(
        (status = 200, description = "The revision.", body = RevisionText),
        (status = 301, description = "The article has another slug now; `Location` says which."),
        (status = 403, description = "The text is kept back for now.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The article was removed; `reason` says why.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(in crate::api) async fn show(
    path: web::Path<(String, String)>,
    parts: Parts,
) -> Result<HttpResponse, AppError> {
    let asked = Asked::from(parts);
    let (slug, number) = path.into_inner();
    let terms = asked.library.terms.clone();
    let found = asked
        .db
        .read_public(move |conn| past(conn, &slug, &terms))
        .await?;
    let terms = &asked.library.terms;
    let Some(number) = canonical_number(&number) else {
        return Ok(nothing("Revisions are numbered from 1."));
    };
    let there = |slug: &str| api::revision(slug, number);
    let (slug, revisions, current, _) = match found.or_answer(terms, there) {
        Ok(found) => found,
        Err(answer) => return Ok(*answer),
    };
    let Some(kept) = revisions.public(number) else {
        return Ok(nothing(
            "This article has no public revision with this number.",
        ));
    };
    let head = Revision::new(&slug, kept, &revisions, current, terms);
    answer_from(
        &RevisionText::new(head, kept.source.clone()),
        Inputs::of([inputs::article(&slug)]),
    )
}

fn past(conn: &mut AnyConnection, slug: &str, terms: &Terms) -> QueryResult<Standing<Past>> {
    let visibility = terms.visibility;
    let found = find(conn, slug, |conn, slug| {
        let Some(article) = kernel::by_slug(conn, slug, visibility)? else {
            return Ok(None);
        };
        if kernel::is_text_withheld(conn, slug)? {
            return Ok(Some(None));
        }
        let kept = kernel::kept_revisions(conn, slug)?;
        let revisions = Revisions::read(kept, visibility.drafts, &terms.zone);
        let edition = kernel::edition(conn)?;
        Ok(Some(Some((
            article.slug,
            revisions,
            article.revision,
            edition,
        ))))
    })?;
    Ok(match found {
        Standing::Here(Some(past)) => Standing::Here(past),
        Standing::Here(None) | Standing::Withheld => Standing::Withheld,
        Standing::Moved(slug) => Standing::Moved(slug),
        Standing::Gone(gone) => Standing::Gone(gone),
        Standing::Nothing => Standing::Nothing,
    })
}

/// A number in its one spelling.
fn canonical_number(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    (number > 0 && number.to_string() == text).then_some(number)
}
