//! An article's head.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{Given, MAX_AGE, Parts};
use crate::articles::model::{CorrectionKind, Details, site_date_words};
use crate::articles::queries::{self, Listed, Whole};
use crate::articles::{DateView, HoldNotice, Teaser, inputs};
use crate::dates::DateStyle;
use crate::editions::Inputs;
use crate::error::AppError;
use crate::paths::{self, sharing};
use crate::site::shell::Shell;
use crate::site::{self, CachePolicy};

/// The head of an article.
#[derive(Template)]
#[template(path = "embeds/article.html")]
struct ArticleFrame {
    shell: Shell,
    teaser: Teaser,
    date: DateView,
    /// What the page says of it above its title: that something in it is wrong
    /// or kept back.
    holds: Vec<HoldNotice>,
    /// "Corrected December 2, 2026".
    corrected: Option<String>,
}

enum Found {
    Article(Box<(Listed, Whole)>),
    Alias(String),
    Gone,
    Nothing,
}

/// `GET /embed/articles/{slug}`
pub(in crate::embeds) async fn show(
    slug: web::Path<String>,
    parts: Parts,
) -> Result<HttpResponse, AppError> {
    let given = Given::from(parts);
    let visibility = given.visibility;
    let slug = slug.into_inner();
    let path = paths::article(&slug);
    let found = given
        .db
        .read_public(move |conn| {
            let listed = queries::listed_by_slug(conn, &slug, visibility)?;
            let whole = queries::by_slug(conn, &slug, visibility)?;
            if let Some(article) = listed.zip(whole) {
                return Ok(Found::Article(Box::new(article)));
            }
            if let Some(target) = queries::alias_target(conn, &paths::article(&slug))? {
                return Ok(Found::Alias(target));
            }
            let gone = queries::tombstone(conn, &slug)?;
            Ok(gone.map_or(Found::Nothing, |_| Found::Gone))
        })
        .await?;
    let (listed, whole) = match found {
        Found::Article(article) => *article,
        Found::Alias(target) => return Ok(site::moved(&sharing::embed_article(&target))),
        Found::Gone => return given.nothing(StatusCode::GONE, path),
        Found::Nothing => return given.nothing(StatusCode::NOT_FOUND, path),
    };
    let style = given.config.date_style;
    let dates = &listed.details.dates;
    let primary = dates.iter().position(|date| date.primary);
    let date = primary.and_then(|index| Some((index, dates.get(index)?)));
    let inputs = Inputs::of([inputs::article(&whole.slug)]);
    let frame = ArticleFrame {
        shell: given.shell(&path, &listed.title),
        date: date.map_or_else(DateView::unknown, |(index, date)| {
            DateView::new(date, listed.disputed_dates.contains(&index), style)
        }),
        corrected: corrected(&listed.details, style),
        holds: HoldNotice::of(&whole.holds),
        teaser: Teaser::new(listed, style, None),
    };
    let cache = CachePolicy::Public { max_age: MAX_AGE };
    given.frame(&frame, cache, inputs)
}

/// That something false was said in it once, and when that was mended.
fn corrected(details: &Details, style: DateStyle) -> Option<String> {
    let corrections = details.corrections.iter();
    let day = corrections
        .filter(|one| one.kind == CorrectionKind::Correction)
        .map(|one| one.date.as_str())
        .max()?;
    Some(format!("Corrected {}", site_date_words(day, style)))
}
