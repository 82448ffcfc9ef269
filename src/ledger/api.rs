//! The ledger for programs; `docs/api.md` describes each field.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::tz::TimeZone;
use serde::Serialize;

use super::CACHE;
use super::choice::Choice;
use super::figures::Tally;
use super::model::{Entry, day, printable, rfc3339};
use super::register::{self, Asked, Found, Sheet};
use crate::articles::Audience;
use crate::cases::{PublicStep, State};
use crate::db::Db;
use crate::error::AppError;
use crate::paths::{self, record};
use crate::site::document;
use crate::site::shell::Identity;

/// What both handlers work with.
type Given = (
    HttpRequest,
    web::Data<Db>,
    web::Data<Audience>,
    web::Data<Identity>,
);

#[derive(Serialize)]
struct Listing {
    url: String,
    page: usize,
    pages: usize,
    total: usize,
    next: Option<String>,
    previous: Option<String>,
    figures: FiguresOut,
    counts: BTreeMap<&'static str, BTreeMap<String, usize>>,
    cases: Vec<CaseOut>,
}

#[derive(Serialize)]
struct FiguresOut {
    #[serde(flatten)]
    all: TallyOut,
    open: i64,
    oldest_open_days: Option<i64>,
    years: Vec<YearOut>,
}

#[derive(Serialize)]
struct YearOut {
    year: i16,
    #[serde(flatten)]
    tally: TallyOut,
}

#[derive(Serialize)]
struct TallyOut {
    cases: usize,
    corrected: usize,
    accepted: usize,
    declined: usize,
    reopened: usize,
    accepted_share: Option<f64>,
    median_days: Option<f64>,
}

#[derive(Serialize)]
struct CaseOut {
    id: String,
    case: String,
    title: String,
    outcome: &'static str,
    kind: Option<&'static str>,
    category: &'static str,
    text: String,
    article: Option<ArticleOut>,
    opened: String,
    published: String,
    updated: String,
    days: i64,
    revision: Option<RevisionOut>,
}

#[derive(Serialize)]
struct ArticleOut {
    slug: String,
    title: String,
    url: String,
    history: String,
}

#[derive(Serialize)]
struct RevisionOut {
    number: i64,
    url: String,
}

/// One case with its steps.
#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    case: CaseOut,
    steps: Vec<StepOut>,
}

/// A case that another answers.
#[derive(Serialize)]
struct MergedOut {
    id: String,
    case: String,
    outcome: &'static str,
    merged_into: String,
    steps: Vec<StepOut>,
}

#[derive(Serialize)]
struct StepOut {
    on: String,
    state: &'static str,
    text: String,
}

/// `GET /api/v1/corrections`
pub(super) async fn index((request, db, audience, site): Given) -> Result<HttpResponse, AppError> {
    let choice = match Choice::parse(request.query_string()) {
        Ok(choice) => choice,
        Err(sentence) => {
            let status = StatusCode::BAD_REQUEST;
            return Ok(document::problem(status, "Bad request", &sentence));
        }
    };
    let asked = Asked::now(&audience, &site);
    let (here, zone) = (choice.clone(), asked.zone.clone());
    let sheet = db
        .read(move |conn| register::sheet(conn, &asked, &choice))
        .await?;
    let Some(sheet) = sheet else {
        return Ok(nothing(
            "There is no such page; “pages” says how many there are.",
        ));
    };
    let listing = listing(sheet, &here, &zone, &site);
    document::answer(
        &request,
        "application/json",
        document::as_json(&listing)?,
        CACHE,
    )
}

/// `GET /api/v1/corrections/{case}`
pub(super) async fn show(
    id: web::Path<String>,
    (request, db, audience, site): Given,
) -> Result<HttpResponse, AppError> {
    let asked = Asked::now(&audience, &site);
    let zone = asked.zone.clone();
    let found = db
        .read(move |conn| register::case(conn, &asked, &id))
        .await?;
    let body = match found {
        None => {
            return Ok(nothing(
                "There is no decided case with this number. Cases become public with their decision.",
            ));
        }
        Some(Found::Decided(entry, steps)) => document::as_json(&Whole {
            case: case(*entry, &zone, &site),
            steps: told(&steps, &zone),
        })?,
        Some(Found::Merged {
            id, into, steps, ..
        }) => document::as_json(&MergedOut {
            id: address(&site, &record::case(&id)),
            case: id,
            outcome: State::Merged.as_str(),
            merged_into: address(&site, &record::case(&into)),
            steps: told(&steps, &zone),
        })?,
    };
    document::answer(&request, "application/json", body, CACHE)
}

fn listing(sheet: Sheet, choice: &Choice, zone: &TimeZone, site: &Identity) -> Listing {
    let page_at = |page: usize| {
        let path = record::ledger_api_of(&choice.at(page));
        paths::absolute(&site.base_url, &path)
    };
    let next = Some(choice.page + 1).filter(|next| *next < sheet.pages);
    let figures = sheet.figures;
    Listing {
        url: page_at(choice.page),
        page: choice.page + 1,
        pages: sheet.pages,
        total: sheet.chosen,
        next: next.map(page_at),
        previous: choice.page.checked_sub(1).map(page_at),
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
            .map(|entry| case(entry, zone, site))
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

fn case(entry: Entry, zone: &TimeZone, site: &Identity) -> CaseOut {
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

fn address(site: &Identity, path: &str) -> String {
    paths::absolute(&site.base_url, path)
}

fn nothing(detail: &str) -> HttpResponse {
    document::problem(StatusCode::NOT_FOUND, "Not found", detail)
}
