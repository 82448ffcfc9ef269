//! The receipt: what was sent and what becomes of it, behind a secret address.
//! It ends some time after the case.

mod steps;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::Timestamp;

use steps::{Standing, Step};

use super::answers::{self, EndedPage};
use super::model::choice_label;
use super::queries::following::{self, Followed};
use super::queries::{self, Report};
use super::token::Token;
use crate::articles::model::{Slug, site_moment};
use crate::articles::queries as articles;
use crate::articles::{Audience, Visibility};
use crate::cases::Category;
use crate::config::Config;
use crate::db::{AnyConnection, Db};
use crate::error::AppError;
use crate::paths;
use crate::site::shell::{Identity, Link, Shell};
use crate::site::{self, CachePolicy};

/// How long after its case was closed a receipt can be opened, in milliseconds.
const OPEN_FOR: i64 = 180 * 24 * 60 * 60 * 1000;

/// What was sent, and where it stands. Nothing on it says who sent it.
#[derive(Template)]
#[template(path = "reports/receipt.html")]
struct ReceiptPage {
    shell: Shell,
    article: Option<Link>,
    received_words: String,
    received_iso: String,
    category: &'static str,
    passage: Option<String>,
    wrong: String,
    correct: Option<String>,
    source: Option<String>,
    standing: Standing,
    steps: Vec<DatedStep>,
    /// How many readers reported the same, this one included.
    readers: i64,
    /// The case in the public ledger, once it is there.
    case: Option<Link>,
    /// Whether an address was given that nobody has confirmed.
    asks_address: bool,
    url: String,
}

/// A step with its day in words; what has not happened yet has none.
struct DatedStep {
    step: Step,
    date: Option<(String, String)>,
}

/// `GET /reports/{token}`
pub(super) async fn show(
    token: web::Path<String>,
    db: web::Data<Db>,
    audience: web::Data<Audience>,
    site: web::Data<Identity>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let token = Token::parse(&token).ok_or(AppError::NotFound)?;
    // Looking up the hash tells nothing, by the time it takes, of the secrets
    // that are there.
    let hash = token.hash();
    let visibility = audience.now();
    let (report, followed, article) = db
        .read(move |conn| {
            let Some(report) = queries::by_token_hash(conn, &hash)? else {
                return Ok(None);
            };
            let followed = following::follow(conn, &report)?;
            let article = article(conn, &report, visibility)?;
            Ok(Some((report, followed, article)))
        })
        .await?
        .ok_or(AppError::NotFound)?;
    let closed = followed.as_ref().and_then(|it| it.case.closed_at);
    let now = Timestamp::now().as_millisecond();
    let mut response = if closed.is_some_and(|closed| closed + OPEN_FOR < now) {
        let page = EndedPage::new(
            &site,
            "This receipt has ended",
            "Your report was settled more than half a year ago, and its receipt is no longer kept \
             open. The public record of corrections still tells what became of it.",
        );
        site::page_with_status(StatusCode::GONE, &page, CachePolicy::NoStore)?
    } else {
        let page = ReceiptPage::new(&site, &token, report, followed, article, &config);
        site::page(&page, CachePolicy::NoStore)?
    };
    answers::keep_secret(&mut response);
    Ok(response)
}

/// The article under its present name, if it can be seen.
fn article(
    conn: &mut AnyConnection,
    report: &Report,
    visibility: Visibility,
) -> diesel::QueryResult<Option<Link>> {
    let Some(slug) = report
        .article
        .as_deref()
        .and_then(|slug| Slug::parse(slug).ok())
    else {
        return Ok(None);
    };
    let found = match articles::reported_text(conn, slug.as_str(), visibility)? {
        Some(text) => Some(text),
        None => match articles::alias_target(conn, &paths::article(slug.as_str()))? {
            Some(target) => articles::reported_text(conn, &target, visibility)?,
            None => None,
        },
    };
    Ok(found.map(|text| Link {
        href: paths::article(&text.slug),
        label: text.title,
    }))
}

impl ReceiptPage {
    fn new(
        site: &Arc<Identity>,
        token: &Token,
        report: Report,
        followed: Option<Followed>,
        article: Option<Link>,
        config: &Config,
    ) -> ReceiptPage {
        let path = paths::receipt(token.as_str());
        let moment = |at| site_moment(at, &config.time_zone, config.date_style);
        let (received_words, received_iso) = moment(report.received_at);
        let some = |text: String| (!text.is_empty()).then_some(text);
        let is_letter = report.article.is_none();
        let slug = article.as_ref().map(|link| link.href.clone());
        let (standing, steps) = steps::of(
            report.received_at,
            is_letter,
            followed.as_ref(),
            slug.as_deref(),
        );
        ReceiptPage {
            // The report link must not carry the secret of this page.
            shell: Shell::new(site, &path)
                .title("Receipt")
                .description("What you sent to the editors, and what becomes of it.")
                .report(paths::CONTACT)
                .unlisted(),
            article,
            category: choice_label(Category::of_row(&report.category)),
            passage: some(report.quote),
            wrong: report.wrong,
            correct: some(report.correct),
            source: some(report.source),
            standing,
            steps: steps
                .into_iter()
                .map(|step| DatedStep {
                    date: step.at.map(moment),
                    step,
                })
                .collect(),
            case: followed
                .as_ref()
                .filter(|followed| followed.case.is_public())
                .map(|followed| Link {
                    href: paths::record::case(&followed.case.id),
                    label: followed.case.id.clone(),
                }),
            readers: followed.map_or(1, |followed| followed.case.reports),
            asks_address: !report.email.is_empty() && report.confirmed_at.is_none(),
            received_words,
            received_iso,
            url: paths::absolute(&site.base_url, &path),
        }
    }
}
