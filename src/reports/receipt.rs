//! The receipt: what was sent and what becomes of it, behind a secret address.

use std::sync::Arc;

use actix_web::http::header::HeaderName;
use actix_web::http::header::{HeaderValue, REFERRER_POLICY};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::model::Category;
use super::queries::{self, Report};
use super::token::Token;
use crate::articles::model::{Slug, site_date_words};
use crate::articles::queries as articles;
use crate::articles::{Audience, Visibility};
use crate::config::Config;
use crate::dates::DateStyle;
use crate::db::{AnyConnection, Db};
use crate::error::AppError;
use crate::paths;
use crate::site::shell::{Identity, Link, Shell};
use crate::site::{self, CachePolicy};

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
    state_words: &'static str,
    state_explanation: &'static str,
    steps: Vec<Step>,
    url: String,
}

struct Step {
    words: &'static str,
    date_words: String,
}

/// `GET /reports/{token}`
pub(super) async fn show(
    request: HttpRequest,
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
    let (report, title) = db
        .read(move |conn| {
            let Some(report) = queries::by_token_hash(conn, &hash)? else {
                return Ok(None);
            };
            let article = article(conn, &report, visibility)?;
            Ok(Some((report, article)))
        })
        .await?
        .ok_or(AppError::NotFound)?;
    let page = ReceiptPage::new(&site, &token, report, title, &config);
    let mut response = site::page(&request, &page, CachePolicy::NoStore)?;
    let headers = response.headers_mut();
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex, nofollow"),
    );
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
        article: Option<Link>,
        config: &Config,
    ) -> ReceiptPage {
        let path = paths::receipt(token.as_str());
        let is_about_article = report.article.is_some();
        let (received_words, received_iso) =
            moment(report.received_at, &config.time_zone, config.date_style);
        let some = |text: String| (!text.is_empty()).then_some(text);
        let step = |date_words: &str, words| Step {
            words,
            date_words: date_words.to_owned(),
        };
        ReceiptPage {
            // The report link must not carry the secret of this page.
            shell: Shell::new(site, &path)
                .title("Receipt")
                .description("What you sent to the editors, and what becomes of it.")
                .report(paths::CONTACT)
                .unlisted(),
            article,
            category: Category::parse(&report.category).map_or("Something else", Category::label),
            passage: some(report.quote),
            wrong: report.wrong,
            correct: some(report.correct),
            source: some(report.source),
            state_words: "Received",
            state_explanation: if is_about_article {
                "Thank you. Your report is kept, and the editors will check it against the sources."
            } else {
                "Thank you. Your letter is kept, and the editors will read it."
            },
            steps: if is_about_article {
                vec![
                    step(&received_words, "The report was received."),
                    step("Next", "An editor checks it against the sources."),
                    step(
                        "Then",
                        "If it is right, the article is corrected, and says so with the date.",
                    ),
                ]
            } else {
                vec![
                    step(&received_words, "The letter was received."),
                    step("Next", "An editor reads it."),
                ]
            },
            received_words,
            received_iso,
            url: paths::absolute(&site.base_url, &path),
        }
    }
}

/// A moment in words, in the zone of the site, and as machines read it.
fn moment(milliseconds: i64, zone: &TimeZone, style: DateStyle) -> (String, String) {
    let moment = Timestamp::from_second(milliseconds.div_euclid(1000)).unwrap_or_default();
    let local = moment.to_zoned(zone.clone());
    let day = site_date_words(&local.date().to_string(), style);
    let words = format!("{day}, {}", local.strftime("%H:%M %Z"));
    (words, moment.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_tells_the_time_of_the_site_and_names_its_zone() {
        let seoul = TimeZone::get("Asia/Seoul").unwrap();
        let (words, iso) = moment(1_795_304_705_123, &seoul, DateStyle::Mdy);
        assert_eq!(words, "November 22, 2026, 08:45 KST");
        assert_eq!(iso, "2026-11-21T23:45:05Z");
    }
}
