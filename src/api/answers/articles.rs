//! Articles: in lists, and one as a whole.

use std::cmp::Reverse;

use actix_web::{HttpResponse, web};
use diesel::QueryResult;
use jiff::Timestamp;
use utoipa::IntoParams;

use super::{Asked, Parts, Standing};
use crate::api::library::Library;
use crate::api::model::{Article, Page, Summary};
use crate::api::queries::{self, Filter};
use crate::api::query::{Query, answer_from, answer_page, cut};
use crate::articles::model::{Registry, Slug};
use crate::articles::{inputs, queries as kernel};
use crate::dates::Year;
use crate::db::AnyConnection;
use crate::editions::Inputs;
use crate::error::AppError;
use crate::paths;
use crate::paths::api;
use crate::site::cursor::Cursor;
use crate::site::document::Problem;

/// What a list of articles takes.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "it is read from the query string; this describes it"
)]
pub(in crate::api) struct ArticleParameters {
    /// Slug of a topic that each article must have.
    #[param(example = "korean-war")]
    topic: Option<String>,
    /// Slug of a place.
    #[param(example = "seoul")]
    place: Option<String>,
    /// Slug of a person.
    #[param(example = "matthew-ridgway")]
    person: Option<String>,
    /// Slug of an organisation.
    #[param(example = "eighth-army")]
    organisation: Option<String>,
    /// Only what happened in this year: `1951`, `44-bce`, or `-43` as EDTF
    /// counts. Not together with `from` and `to`.
    #[param(example = "1951")]
    year: Option<String>,
    /// Only what happened in this year or later, written likewise. What is
    /// known to its decade or century counts as one of its years.
    #[param(example = "1900")]
    from: Option<String>,
    /// Only what happened in this year or earlier.
    #[param(example = "1999")]
    to: Option<String>,
    /// Only what the site published or corrected at this moment or later (RFC
    /// 3339; a plus sign is written as `%2B`).
    #[param(example = "2026-01-01T00:00:00Z")]
    updated_since: Option<String>,
    /// In which order: `event` (what happened first comes first), `published`
    /// or `updated` (what is newest on the site comes first).
    #[param(example = "event", default = "event")]
    sort: Option<String>,
    /// How many articles, 1 to 100.
    #[param(minimum = 1, maximum = 100, default = 50, example = 2)]
    limit: Option<u8>,
    /// Where to go on. It stands in the `next` of a part; take that as it is.
    cursor: Option<String>,
}

const KNOWN: [&str; 11] = [
    "topic",
    "place",
    "person",
    "organisation",
    "year",
    "from",
    "to",
    "updated_since",
    "sort",
    "limit",
    "cursor",
];

/// The orders of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Event,
    Published,
    Updated,
}

impl Sort {
    fn parse(text: Option<&str>) -> Result<Sort, AppError> {
        match text {
            None | Some("event") => Ok(Sort::Event),
            Some("published") => Ok(Sort::Published),
            Some("updated") => Ok(Sort::Updated),
            Some(_) => Err(AppError::BadRequest(
                "The parameter “sort” is one of these: event, published, updated.".to_owned(),
            )),
        }
    }

    /// The list that a cursor belongs to.
    fn list(self) -> &'static str {
        match self {
            Sort::Event => "articles by event",
            Sort::Published => "articles by publication",
            Sort::Updated => "articles by update",
        }
    }
}

/// What one part of a list is made from.
#[derive(Clone)]
struct Wanted {
    filter: Filter,
    sort: Sort,
    since: Option<i64>,
    after: Option<Cursor>,
    limit: usize,
}

/// Articles, in parts.
///
/// All articles, or those with some names, of some years, or new since a
/// moment. Filters narrow each other down.
#[utoipa::path(
    get,
    path = api::ARTICLES,
    operation_id = "articles",
    tag = "Articles",
    params(ArticleParameters),
    responses((status = 200, description = "A part of the list.", body = Page<Summary>)),
)]
pub(in crate::api) async fn index(parts: Parts) -> Result<HttpResponse, AppError> {
    let asked = Asked::from(parts);
    let query = Query::read(&asked.request, &KNOWN)?;
    let wanted = Wanted::read(&query)?;
    let library = asked.library.clone();
    let (edition, summaries, next) = asked
        .db
        .read_public(move |conn| {
            let (slugs, next) = chosen(conn, &library, &wanted)?;
            let summaries = library.summaries(conn, &slugs)?;
            Ok((kernel::edition(conn)?, summaries, next))
        })
        .await?;
    let terms = &asked.library.terms;
    let page = query.page(api::ARTICLES, (edition, summaries), next, terms);
    answer_page(&page)
}

/// One article as a whole.
///
/// Its dates in every form, the text, sources, claims, corrections, and where
/// each of them leads. An old slug is answered with 301, a removed article with
/// 410 and the reason.
#[utoipa::path(
    get,
    path = api::ARTICLE_ROUTE,
    operation_id = "article",
    tag = "Articles",
    params(("slug" = String, Path, description = "The last part of the article’s address.", example = "fall-of-seoul-1951")),
    responses(
        (status = 200, description = "The article.", body = Article),
        (status = 301, description = "It has another slug now; `Location` says which."),
        (status = 410, description = "It was removed; `reason` says why.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(in crate::api) async fn show(
    slug: web::Path<String>,
    parts: Parts,
) -> Result<HttpResponse, AppError> {
    let slug = slug.into_inner();
    let asked = Asked::from(parts);
    let library = asked.library.clone();
    let found = asked
        .db
        .read_public(move |conn| {
            find(conn, &slug, |conn, slug| {
                let mut found = library.whole(conn, &[slug.to_owned()])?;
                Ok(found.pop())
            })
        })
        .await?;
    match found.or_answer(&asked.library.terms, api::article) {
        Ok(article) => {
            let inputs = Inputs::of([inputs::article(&article.summary.slug), inputs::places()]);
            answer_from(&article, inputs)
        }
        Err(answer) => Ok(*answer),
    }
}

/// Looks for what `read` finds of an article, or for why it finds nothing.
pub(super) fn find<T>(
    conn: &mut AnyConnection,
    slug: &str,
    read: impl FnOnce(&mut AnyConnection, &str) -> QueryResult<Option<T>>,
) -> QueryResult<Standing<T>> {
    // What is no slug is never asked of a database, which may refuse its bytes.
    if Slug::parse(slug).is_err() {
        return Ok(Standing::Nothing);
    }
    if let Some(found) = read(conn, slug)? {
        return Ok(Standing::Here(found));
    }
    if let Some(target) = kernel::alias_target(conn, &paths::article(slug))? {
        return Ok(Standing::Moved(target));
    }
    Ok(kernel::tombstone(conn, slug)?.map_or(Standing::Nothing, Standing::Gone))
}

impl Wanted {
    fn read(query: &Query) -> Result<Wanted, AppError> {
        let sort = Sort::parse(query.text("sort"))?;
        let mut tags = Vec::new();
        for (name, registry) in [
            ("topic", Registry::Topics),
            ("place", Registry::Places),
            ("person", Registry::People),
            ("organisation", Registry::Organisations),
        ] {
            tags.extend(query.slug(name)?.map(|slug| (registry, slug)));
        }
        let since = query.text("updated_since").map(|text| {
            let moment: Result<Timestamp, _> = text.parse();
            moment.map(Timestamp::as_millisecond).map_err(|_| {
                AppError::BadRequest(
                    "The parameter “updated_since” is a moment of RFC 3339, such as 2026-11-22T06:00:00Z.".to_owned(),
                )
            })
        });
        Ok(Wanted {
            filter: Filter {
                tags,
                years: years(query)?,
            },
            sort,
            since: since.transpose()?,
            after: query.cursor(sort.list())?,
            limit: query.limit()?,
        })
    }
}

fn years(query: &Query) -> Result<Option<(i64, i64)>, AppError> {
    let year = |name: &str| {
        let Some(text) = query.text(name) else {
            return Ok(None);
        };
        let year = Year::parse_loose(text).map(Year::astronomical);
        year.map(Some).ok_or_else(|| {
            AppError::BadRequest(format!(
                "The parameter “{name}” is a year: 1951, 44-bce, or -43 as EDTF counts."
            ))
        })
    };
    let (only, first, last) = (year("year")?, year("from")?, year("to")?);
    match (only, first, last) {
        (None, None, None) => Ok(None),
        (Some(year), None, None) => Ok(Some((year, year))),
        (Some(_), ..) => Err(AppError::BadRequest(
            "Give either “year”, or “from” and “to”.".to_owned(),
        )),
        (None, first, last) => {
            let (first, last) = (first.unwrap_or(i64::MIN), last.unwrap_or(i64::MAX));
            if first > last {
                return Err(AppError::BadRequest(
                    "The year in “from” comes after the one in “to”.".to_owned(),
                ));
            }
            Ok(Some((first, last)))
        }
    }
}

/// The slugs of one part, and where the next one begins.
fn chosen(
    conn: &mut AnyConnection,
    library: &Library,
    wanted: &Wanted,
) -> QueryResult<(Vec<String>, Option<String>)> {
    let Wanted {
        filter,
        sort,
        since,
        after,
        limit,
    } = wanted;
    let terms = &library.terms;
    let visibility = terms.visibility;
    let place = |(slug, number): &(String, i64)| Cursor::new(*number, slug).write(sort.list());
    if *sort == Sort::Event && since.is_none() {
        let mut rows = queries::slugs(conn, filter, after.as_ref(), Some(limit + 1), visibility)?;
        let next = cut(&mut rows, *limit, place);
        return Ok((rows.into_iter().map(|(slug, _)| slug).collect(), next));
    }
    let times = library.times.all(conn, &terms.zone, visibility)?;
    let after_event = after.as_ref().filter(|_| *sort == Sort::Event);
    let mut rows = queries::slugs(conn, filter, after_event, None, visibility)?;
    rows.retain_mut(|(slug, number)| {
        let Some(times) = times.get(slug) else {
            return false;
        };
        match sort {
            Sort::Event => {}
            Sort::Published => *number = times.published_at,
            Sort::Updated => *number = times.updated_at,
        }
        since.is_none_or(|since| times.updated_at >= since)
    });
    if *sort != Sort::Event {
        let key = |slug: &str, number: i64| (Reverse(number), slug.to_owned());
        rows.sort_by_cached_key(|(slug, number)| key(slug, *number));
        if let Some(after) = after {
            let seen = key(&after.text, after.number);
            rows.retain(|(slug, number)| key(slug, *number) > seen);
        }
    }
    let next = cut(&mut rows, *limit, place);
    Ok((rows.into_iter().map(|(slug, _)| slug).collect(), next))
}
