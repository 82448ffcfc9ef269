//! What comes back: a day, or a sentence that says why there is none.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, EntityTag};
use actix_web::{HttpRequest, HttpResponse, web};

use super::model::{Answer, Kind, Problem, day};
use super::sheet;
use super::summaries::{Told, uuid};
use crate::articles::{Audience, Gazetteer};
use crate::config::Config;
use crate::dates::today;
use crate::db::Db;
use crate::editions::depends_on;
use crate::error::AppError;
use crate::paths::{self, api};
use crate::site::document;
use crate::site::shell::Identity;

/// The type that Wikimedia gives its answers.
const CONTENT_TYPE: &str = "application/json; charset=utf-8; \
    profile=\"https://www.mediawiki.org/wiki/Specs/OnThisDay/0.5.0\"";

/// How long Wikimedia lets its answers be kept: five minutes by shared caches,
/// one by clients.
const CACHE: &str = "s-maxage=300, max-age=60";

/// What both handlers work with.
type Given = (
    HttpRequest,
    web::Data<Db>,
    web::Data<Config>,
    web::Data<Audience>,
    web::Data<Identity>,
    web::Data<Gazetteer>,
);

/// What happened on a day
///
/// The shape is that of Wikimedia’s feed at the same path, so that clients of
/// it need only another host. The newest year comes first.
#[utoipa::path(
    get,
    path = api::ON_THIS_DAY_ROUTE,
    operation_id = "onThisDay",
    tag = "On this day",
    params(
        ("kind" = String, Path, example = "selected",
            description = "`selected` (about five events), `events`, `births`, `deaths`, \
                `holidays` (always empty) or `all`."),
        ("month" = String, Path, example = "01", description = "1 to 12, with or without a zero."),
        ("day" = String, Path, example = "04", description = "1 to 31, with or without a zero."),
    ),
    responses(
        (status = 200, description = "What is known of the day; empty lists where nothing is",
            body = Answer, content_type = "application/json"),
        (status = 304, description = "What the client has already"),
        (status = 404, description = "There is no such day, or no such list of it",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(given: Given) -> Result<HttpResponse, AppError> {
    answer(given).await
}

/// What happened on a day, at the path of Wikimedia’s other host
///
/// The same as `/api/rest_v1/feed/onthisday/{kind}/{month}/{day}`, for clients
/// that name the language in the path.
#[utoipa::path(
    get,
    path = api::ON_THIS_DAY_OF_LANGUAGE_ROUTE,
    operation_id = "onThisDayInLanguage",
    tag = "On this day",
    params(
        ("language" = String, Path, example = "en",
            description = "The language of the site; every other one is answered with 404."),
        ("kind" = String, Path, example = "selected",
            description = "`selected`, `events`, `births`, `deaths`, `holidays` or `all`."),
        ("month" = String, Path, example = "01", description = "1 to 12, with or without a zero."),
        ("day" = String, Path, example = "04", description = "1 to 31, with or without a zero."),
    ),
    responses(
        (status = 200, description = "What is known of the day; empty lists where nothing is",
            body = Answer, content_type = "application/json"),
        (status = 304, description = "What the client has already"),
        (status = 404, description = "There is no such day, language or list",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show_in_language(given: Given) -> Result<HttpResponse, AppError> {
    let (request, .., site, _) = &given;
    if request.match_info().get("language") != Some(site.lang) {
        let detail = "This site has no texts in the language that you have requested. \
            Put its own language, en, into the path.";
        return Ok(not_found(request, detail));
    }
    answer(given).await
}

async fn answer(
    (request, db, config, audience, site, gazetteer): Given,
) -> Result<HttpResponse, AppError> {
    let part = |name| request.match_info().get(name).unwrap_or_default();
    let Some(kind) = Kind::parse(part("kind")) else {
        let detail = "There is no list of this name. Ask for selected, events, births, deaths, \
            holidays or all.";
        return Ok(not_found(&request, detail));
    };
    let Some(day) = day(part("month"), part("day")) else {
        let detail = "No data found for the requested date. Give the month as 01 to 12, and a \
            day that this month has in a leap year.";
        return Ok(not_found(&request, detail));
    };
    let told = Told {
        base_url: site.base_url.clone(),
        lang: site.lang,
        style: config.date_style,
        zone: config.time_zone.clone(),
        visibility: audience.now(),
    };
    let (this_year, _) = today(&config.time_zone);
    let gazetteer = gazetteer.clone();
    let (answer, inputs) = db
        .read_public(move |conn| sheet::read(conn, &told, &gazetteer, (kind, day, this_year)))
        .await?;
    let body = document::as_json(&answer)?;
    let tag = tag(&answer, &body);
    let answer = document::answer_tagged(CONTENT_TYPE, body, CACHE, tag);
    Ok(depends_on(answer, inputs))
}

/// `revision/tid`, as Wikimedia has it: the highest revision of an article in
/// the answer, and a UUID of its bytes.
fn tag(answer: &Answer, body: &str) -> EntityTag {
    let lists = [&answer.selected, &answer.events];
    let items = lists.into_iter().flatten().flatten();
    let articles = items.filter_map(|item| item.pages.first());
    let revisions = articles.filter_map(|page| page.revision.parse::<i64>().ok());
    let revision = revisions.max().unwrap_or(0);
    EntityTag::new_strong(format!("{revision}/{}", uuid(&[body])))
}

fn not_found(request: &HttpRequest, detail: &'static str) -> HttpResponse {
    let problem = Problem {
        status: StatusCode::NOT_FOUND.as_u16(),
        kind: "not_found",
        title: "Not found",
        detail,
        method: "get",
        uri: paths::without_secret(request.path()),
    };
    document::open_to_all(StatusCode::NOT_FOUND)
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type("application/problem+json")
        .body(serde_json::to_string(&problem).unwrap_or_default())
}
