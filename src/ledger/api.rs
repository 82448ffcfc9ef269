//! The ledger for programs. The comments on fields and handlers are the words
//! of the OpenAPI document.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, LINK};
use actix_web::{HttpRequest, HttpResponse, web};
use diesel::QueryResult;
use jiff::tz::TimeZone;
use url::form_urlencoded;
use utoipa::{IntoParams, OpenApi as _};

use super::CACHE;
use super::choice::{Choice, PER_PAGE};
use super::figures::Tally;
use super::model::{Entry, day, printable, rfc3339};
use super::register::{self, Asked, Found, Sheet};
use super::shapes::{
    AnyCase, ArticleOut, CaseOut, FiguresOut, Listing, MergedOut, RevisionOut, StepOut, TallyOut,
    Whole, YearOut,
};
use crate::articles::{Audience, Visibility};
use crate::cases::{PublicStep, State};
use crate::db::{AnyConnection, Db};
use crate::error::AppError;
use crate::paths::{self, record};
use crate::site::cursor::Cursor;
use crate::site::document;
use crate::site::shell::Identity;

/// The most cases that can be asked for at once.
const MOST: usize = 100;
/// The list that cursors are of.
const LIST: &str = "corrections";

/// What both handlers work with.
type Given = (
    HttpRequest,
    web::Data<Db>,
    web::Data<Audience>,
    web::Data<Identity>,
);

/// What the list takes.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "it is read from the query string; this describes it"
)]
struct CaseParameters {
    /// `corrected`, `accepted`, `declined` or `reopened`.
    #[param(example = "corrected")]
    outcome: Option<String>,
    /// Kind of the note: `correction`, `clarification` or `minor`.
    #[param(example = "correction")]
    kind: Option<String>,
    /// What the report was about: `date`, `place`, `person`, `other-fact`,
    /// `missing-source`, `wording`, `picture`, `link`, `removal`, `rights` or
    /// `something-else`.
    #[param(example = "date")]
    category: Option<String>,
    /// Year of the last decision, by the clock of the site.
    #[param(example = 2026)]
    year: Option<u16>,
    /// Slug of an article.
    #[param(example = "fall-of-seoul-1951")]
    article: Option<String>,
    /// How many cases, 1 to 100.
    #[param(minimum = 1, maximum = 100, default = 50, example = 2)]
    limit: Option<u8>,
    /// Where to go on: the `cursor` of the part before, taken as it is. Not
    /// together with `page`.
    cursor: Option<String>,
    /// Which part, from 1.
    #[param(minimum = 1, example = 1)]
    page: Option<u32>,
}

/// How a list is cut into parts.
struct Cutting {
    per_page: usize,
    after: Option<Cursor>,
    /// What of it was asked for, so that other parts are cut alike.
    limit: Option<usize>,
}

#[derive(utoipa::OpenApi)]
#[openapi(paths(index, show))]
struct Own;

/// What this feature answers below `/api/`, for the OpenAPI document.
#[must_use]
pub fn described() -> utoipa::openapi::OpenApi {
    Own::openapi()
}

/// Decided cases after a place, the last decision first, each with its own
/// place: for an export. As the API has them in its list.
///
/// # Errors
/// The database's.
pub fn exported(
    conn: &mut AnyConnection,
    (visibility, zone, base_url): (Visibility, &TimeZone, &str),
    after: Option<&Cursor>,
    limit: usize,
) -> QueryResult<Vec<(Cursor, serde_json::Value)>> {
    let asked = Asked {
        visibility,
        zone: zone.clone(),
        base_url: base_url.to_owned(),
        now: 0,
    };
    let found = register::cases_after(conn, &asked, after, limit)?;
    found
        .into_iter()
        .map(|(place, entry)| {
            let value = serde_json::to_value(case(entry, zone, base_url))
                .map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))?;
            Ok((place, value))
        })
        .collect()
}

/// Decided cases, in parts.
///
/// The public record of reported errors, the last decision first, with figures
/// of how it is kept.
#[utoipa::path(
    get,
    path = record::LEDGER_API,
    operation_id = "corrections",
    tag = "Corrections",
    params(CaseParameters),
    responses((status = 200, description = "A part of the record.", body = Listing)),
)]
pub(super) async fn index((request, db, audience, site): Given) -> Result<HttpResponse, AppError> {
    let query = request.query_string();
    let choice = Choice::parse(query).map_err(AppError::BadRequest)?;
    let cutting = Cutting::parse(query, &choice).map_err(AppError::BadRequest)?;
    let asked = Asked::now(&audience, &site);
    let (here, zone) = (choice.clone(), asked.zone.clone());
    let (per_page, after) = (cutting.per_page, cutting.after.clone());
    let sheet = db
        .read_public(move |conn| {
            register::sheet_from(conn, &asked, &choice, per_page, after.as_ref())
        })
        .await?;
    let Some(sheet) = sheet else {
        return Ok(nothing(
            "There is no such page; “pages” says how many there are.",
        ));
    };
    let listing = listing(sheet, &here, &cutting, &zone, &site);
    let body = document::as_json(&listing)?;
    let mut answer = document::answer("application/json", body, CACHE);
    if let Some(next) = &listing.next
        && let Ok(link) = HeaderValue::from_str(&format!("<{next}>; rel=\"next\""))
    {
        answer.headers_mut().insert(LINK, link);
    }
    Ok(answer)
}

/// One case with its steps.
///
/// A case becomes public with its decision; until then it is answered with 404.
/// One that was folded into another says which.
#[utoipa::path(
    get,
    path = record::CASE_API_ROUTE,
    operation_id = "correction",
    tag = "Corrections",
    params(("case" = String, Path, description = "The number of the case, in lower case.", example = "c-7k3q2m")),
    responses((status = 200, description = "The case.", body = inline(AnyCase))),
)]
pub(super) async fn show(
    id: web::Path<String>,
    (_, db, audience, site): Given,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let asked = Asked::now(&audience, &site);
    let zone = asked.zone.clone();
    let found = db
        .read_public(move |conn| register::case(conn, &asked, &id))
        .await?;
    let found = match found {
        None => {
            return Ok(nothing(
                "There is no decided case with this number. Cases become public with their decision.",
            ));
        }
        Some(Found::Decided(entry, steps)) => AnyCase::Whole(Box::new(Whole {
            case: case(*entry, &zone, &site.base_url),
            steps: told(&steps, &zone),
        })),
        Some(Found::Merged {
            id, into, steps, ..
        }) => AnyCase::Merged(MergedOut {
            id: address(&site.base_url, &record::case(&id)),
            case: id,
            outcome: State::Merged.as_str(),
            merged_into: address(&site.base_url, &record::case(&into)),
            steps: told(&steps, &zone),
        }),
    };
    Ok(document::answer(
        "application/json",
        document::as_json(&found)?,
        CACHE,
    ))
}

impl Cutting {
    /// Reads what the pages for people do not take.
    fn parse(query: &str, choice: &Choice) -> Result<Cutting, String> {
        let mut cutting = Cutting {
            per_page: PER_PAGE,
            after: None,
            limit: None,
        };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            match name.as_ref() {
                _ if value.is_empty() => {}
                "limit" => {
                    let number = value
                        .parse()
                        .ok()
                        .filter(|limit| (1..=MOST).contains(limit));
                    let number = number.ok_or_else(|| {
                        format!("The parameter “limit” is a number from 1 to {MOST}.")
                    })?;
                    cutting.per_page = number;
                    cutting.limit = Some(number);
                }
                "cursor" => {
                    let cursor = Cursor::read(LIST, value).ok_or(
                        "The parameter “cursor” is none that this list gave out. Take it as it is, or begin again without one.",
                    )?;
                    cutting.after = Some(cursor);
                }
                _ => {}
            }
        }
        if cutting.after.is_some() && choice.page > 0 {
            return Err("Give either “cursor” or “page”.".to_owned());
        }
        Ok(cutting)
    }

    /// The address of a part of a choice, by its number (from 0) or from a
    /// place on.
    fn address(
        &self,
        choice: &Choice,
        page: usize,
        after: Option<&Cursor>,
        site: &Identity,
    ) -> String {
        let mut parameters = choice.at(if after.is_some() { 0 } else { page });
        parameters.extend(self.limit.map(|limit| ("limit", limit.to_string())));
        parameters.extend(after.map(|after| ("cursor", after.write(LIST))));
        address(&site.base_url, &record::ledger_api_of(&parameters))
    }
}

fn listing(
    sheet: Sheet,
    choice: &Choice,
    cutting: &Cutting,
    zone: &TimeZone,
    site: &Identity,
) -> Listing {
    let page_at = |page: usize| cutting.address(choice, page, None, site);
    let following = sheet.following.as_ref();
    let next = match &cutting.after {
        Some(_) => following.map(|after| cutting.address(choice, 0, Some(after), site)),
        None => following.map(|_| page_at(choice.page + 1)),
    };
    let previous = choice
        .page
        .checked_sub(1)
        .filter(|_| cutting.after.is_none());
    let figures = sheet.figures;
    Listing {
        url: cutting.address(choice, choice.page, cutting.after.as_ref(), site),
        page: sheet.seen / cutting.per_page + 1,
        pages: sheet.pages,
        total: sheet.chosen,
        next,
        previous: previous.map(page_at),
        cursor: following.map(|after| after.write(LIST)),
        figures: FiguresOut {
            all: tally(&figures.all),
            open: figures.open,
            oldest_open_days: figures.oldest_open_days,
            years: figures
                .years
                .iter()
                .map(|(year, one)| YearOut {
                    year: *year,
                    tally: tally(one),
                })
                .collect(),
        },
        counts: sheet
            .counts
            .into_iter()
            .map(|(facet, counts)| (facet.as_str(), counts))
            .collect(),
        cases: sheet
            .entries
            .into_iter()
            .map(|entry| case(entry, zone, &site.base_url))
            .collect(),
    }
}

fn tally(tally: &Tally) -> TallyOut {
    TallyOut {
        cases: tally.listed,
        corrected: tally.corrected,
        accepted: tally.accepted,
        declined: tally.declined,
        reopened: tally.reopened,
        accepted_share: tally.accepted_share(),
        median_days: tally.median_days,
    }
}

fn case(entry: Entry, zone: &TimeZone, site: &str) -> CaseOut {
    let article = entry.subject.slug().map(|slug| ArticleOut {
        slug: slug.to_owned(),
        title: entry.subject.title().to_owned(),
        url: address(site, &paths::article(slug)),
        history: address(site, &record::history(slug)),
    });
    let revision = entry.revision.zip(entry.revision_path());
    CaseOut {
        title: entry.title(),
        outcome: entry.state.as_str(),
        kind: entry.note_kind.map(crate::cases::NoteKind::as_str),
        category: entry.category.slug(),
        article,
        // The day alone: the minute could tell who reported.
        opened: day(entry.course.opened_at, zone).to_string(),
        published: rfc3339(entry.course.first_decided_at),
        updated: rfc3339(entry.updated_at()),
        days: entry.course.days(),
        revision: revision.map(|(number, path)| RevisionOut {
            number,
            url: address(site, &path),
        }),
        text: entry.text,
        url: entry.url.clone(),
        api: address(site, &record::case_api(&entry.id)),
        case: entry.id,
        id: entry.url,
    }
}

/// Steps have a day only, too: the first of them is the report.
fn told(steps: &[PublicStep], zone: &TimeZone) -> Vec<StepOut> {
    let step = |step: &PublicStep| StepOut {
        on: day(step.at, zone).to_string(),
        state: step.state.as_str(),
        text: printable(&step.why),
    };
    steps.iter().map(step).collect()
}

fn address(base_url: &str, path: &str) -> String {
    paths::absolute(base_url, path)
}

fn nothing(detail: &str) -> HttpResponse {
    document::problem(StatusCode::NOT_FOUND, "Not found", detail)
}
