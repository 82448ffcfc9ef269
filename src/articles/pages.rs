//! The page of an article.

use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::accounts::{self, DisputeView, Holder, SaidView, Teller};
use super::model::{EventDate, Registry, site_date_words};
use super::queries::{self, Listed, Whole};
use super::teaser::{self, Teaser};
use super::{Audience, SourceView, teasers};
use crate::config::Config;
use crate::dates::{DateStyle, HistoricalDate, Year, month_name};
use crate::db::Db;
use crate::error::AppError;
use crate::markdown::RenderedHtml;
use crate::paths;
use crate::site::shell::{Identity, Link, Section, Shell};
use crate::site::{self, CachePolicy};

/// One article with its neighbours in time.
#[derive(Template)]
#[template(path = "articles/show.html")]
struct ShowPage {
    shell: Shell,
    article: ArticleView,
    previous_in_time: Option<Teaser>,
    next_in_time: Option<Teaser>,
    same_day: Vec<Teaser>,
}

struct ArticleView {
    title: String,
    summary: String,
    date: DateView,
    other_dates: Vec<DateView>,
    date_note: Option<String>,
    places: Vec<Link>,
    people: Vec<Link>,
    organisations: Vec<Link>,
    topics: Vec<Link>,
    illustration: Option<IllustrationView>,
    byline: Option<String>,
    reviewer: Option<String>,
    published: Option<(String, String)>,
    updated_words: Option<String>,
    body: RenderedHtml,
    notes: RenderedHtml,
    has_notes: bool,
    sources: Vec<SourceView>,
    disputes: Vec<DisputeView>,
    corrections: Vec<CorrectionView>,
    report_href: String,
    revision: i64,
    draft: bool,
}

struct DateView {
    words: String,
    datetime: Option<String>,
    label: Option<String>,
    day_href: Option<String>,
    calendar_note: Option<String>,
    is_disputed: bool,
    big: Option<BigDate>,
}

/// The date as it stands at the head: month, number, year.
struct BigDate {
    month_name: &'static str,
    day_number: String,
    year_words: String,
    year_href: String,
}

struct IllustrationView {
    src: String,
    width: i64,
    height: i64,
    alt: String,
    caption: Option<String>,
    credit: Option<String>,
    licence: Option<String>,
    kind: &'static str,
}

struct CorrectionView {
    kind: &'static str,
    date_words: String,
    text: String,
}

/// `GET /articles/{slug}`
pub(super) async fn show(
    request: HttpRequest,
    slug: web::Path<String>,
    db: web::Data<Db>,
    audience: web::Data<Audience>,
    site: web::Data<Identity>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let slug = slug.into_inner();
    let visibility = audience.now();
    let found = db
        .read(move |conn| {
            if let Some(article) = queries::by_slug(conn, &slug, visibility)? {
                let (before, after) = queries::neighbours(conn, &article, visibility)?;
                let claims = &article.details.claims;
                let subjects = claims.iter().map(|claim| claim.subject.as_str()).collect();
                let holders = queries::holders(conn, &subjects, visibility)?;
                let same_day = match day_of(&article) {
                    Some((month, day)) => queries::on_day(conn, month, day, visibility)?,
                    None => Vec::new(),
                };
                return Ok(Found::Article(Box::new(Shown {
                    article,
                    holders,
                    before,
                    after,
                    same_day,
                })));
            }
            if let Some(target) = queries::alias_target(conn, &paths::article(&slug))? {
                return Ok(Found::Alias(target));
            }
            Ok(queries::tombstone(conn, &slug)?.map_or(Found::Nothing, Found::Gone))
        })
        .await?;
    let Shown {
        article,
        holders,
        before,
        after,
        same_day,
    } = match found {
        Found::Article(found) => *found,
        Found::Alias(slug) => return Ok(site::moved(&paths::article(&slug))),
        Found::Gone(gone) => return Err(super::gone(gone, config.date_style)),
        Found::Nothing => return Err(AppError::NotFound),
    };
    let style = config.date_style;
    let same_day = same_day
        .into_iter()
        .filter(|other| other.slug != article.slug)
        .collect();
    let mut shell = Shell::new(&site, &paths::article(&article.slug))
        .title(&article.title)
        .description(&article.summary)
        .report(paths::report(&article.slug, article.revision, None))
        .with_passage_script();
    if let Some((month, _)) = day_of(&article)
        && let Some(slug) = u8::try_from(month).ok().and_then(crate::dates::month_slug)
    {
        shell = shell
            .section(Section::Calendar)
            .calendar(paths::month(slug));
    }
    if article.draft {
        shell = shell.unlisted();
    }
    let one = |listed: Option<Listed>| listed.map(|listed| Teaser::new(listed, style, None));
    let page = ShowPage {
        shell,
        article: ArticleView::new(article, &holders, style),
        previous_in_time: one(before),
        next_in_time: one(after),
        same_day: teasers(same_day, style, None),
    };
    site::page(&request, &page, CachePolicy::Public { max_age: 60 })
}

/// `GET /random`
pub(super) async fn random(
    db: web::Data<Db>,
    audience: web::Data<Audience>,
) -> Result<HttpResponse, AppError> {
    let visibility = audience.now();
    let n: u64 = rand::random();
    let slug = db
        .read(move |conn| queries::nth(conn, n, visibility))
        .await?
        .ok_or(AppError::NotFound)?;
    Ok(HttpResponse::Found()
        .insert_header((LOCATION, paths::article(&slug)))
        .insert_header((CACHE_CONTROL, CachePolicy::NoStore.header()))
        .finish())
}

/// `GET /media/{hash}.{extension}`
pub(super) async fn picture(
    request: HttpRequest,
    name: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, AppError> {
    let (hash, extension) = name.split_once('.').ok_or(AppError::NotFound)?;
    let wanted = crate::pictures::media_type(extension).ok_or(AppError::NotFound)?;
    let hash = hash.to_owned();
    let (media_type, bytes) = db
        .read(move |conn| queries::picture(conn, &hash))
        .await?
        .filter(|(media_type, _)| media_type == wanted)
        .ok_or(AppError::NotFound)?;
    Ok(site::immutable(&request, &media_type, bytes.into()))
}

/// An article with what stands around it in time.
struct Shown {
    article: Whole,
    /// Whoever claims something about the subjects of its claims.
    holders: Vec<Holder>,
    before: Option<Listed>,
    after: Option<Listed>,
    same_day: Vec<Listed>,
}

enum Found {
    Article(Box<Shown>),
    Alias(String),
    Gone(crate::error::Gone),
    Nothing,
}

/// The month and day under which the article itself is filed.
fn day_of(article: &Whole) -> Option<(i64, i64)> {
    let date = article.details.primary()?.date().ok()?;
    let day = date.standings().first()?.day;
    Some((i64::from(day.month()), i64::from(day.day())))
}

impl ArticleView {
    fn new(article: Whole, holders: &[Holder], style: DateStyle) -> ArticleView {
        let own = Teller::from(&article);
        let disputes = accounts::disputes(own, holders);
        let disputed = accounts::dates_among(own, &disputes);
        let disputes = accounts::views(own, &disputes, style);
        let Whole {
            slug,
            revision,
            title,
            summary,
            draft,
            details,
            html,
            notes,
            tags,
            picture,
            ..
        } = article;
        let updated_words = details.updated().map(|day| site_date_words(day, style));
        let mut date = None;
        let mut other_dates = Vec::new();
        for (index, one) in details.dates.iter().enumerate() {
            let view = DateView::new(one, disputed.contains(&index), style);
            if one.primary && date.is_none() {
                date = Some(view);
            } else {
                other_dates.push(view);
            }
        }
        let illustration = details
            .illustration
            .zip(picture)
            .map(|(described, stored)| IllustrationView {
                src: teaser::source(&stored),
                width: stored.width,
                height: stored.height,
                alt: described.alt,
                caption: described.caption,
                credit: described.credit,
                licence: described.licence,
                kind: described.kind.words(),
            });
        ArticleView {
            title,
            summary,
            date: date.unwrap_or_else(DateView::unknown),
            other_dates,
            date_note: details.date_note,
            places: teaser::links(&tags, Registry::Places),
            people: teaser::links(&tags, Registry::People),
            organisations: teaser::links(&tags, Registry::Organisations),
            topics: teaser::links(&tags, Registry::Topics),
            illustration,
            byline: details.author,
            reviewer: details.reviewer,
            published: details
                .published
                .map(|day| (site_date_words(&day, style), day)),
            updated_words,
            has_notes: !notes.is_empty(),
            body: RenderedHtml::from_stored(html),
            notes: RenderedHtml::from_stored(notes),
            sources: details
                .sources
                .into_iter()
                .map(|source| SourceView::new(source, style))
                .collect(),
            disputes,
            corrections: details
                .corrections
                .into_iter()
                .map(|one| CorrectionView {
                    kind: one.kind.words(),
                    date_words: site_date_words(&one.date, style),
                    text: one.text,
                })
                .collect(),
            report_href: paths::report(&slug, revision, None),
            revision,
            draft,
        }
    }
}

impl DateView {
    fn new(event_date: &EventDate, is_disputed: bool, style: DateStyle) -> DateView {
        let Ok(date) = event_date.date() else {
            return DateView::unknown();
        };
        let words = date.words(style);
        let full = date.words_with_calendar(style);
        let calendar_note = full
            .strip_prefix(words.as_str())
            .and_then(|rest| rest.trim().strip_prefix('('))
            .and_then(|rest| rest.strip_suffix(')'))
            .map(str::to_owned);
        let standings = date.standings();
        DateView {
            datetime: date.datetime_attribute(),
            label: Some(event_date.words())
                .filter(|label| !label.is_empty())
                .map(capitalised),
            day_href: standings.first().map(|one| paths::day(&one.day.slug())),
            calendar_note,
            is_disputed,
            big: BigDate::of(&date),
            words,
        }
    }

    fn unknown() -> DateView {
        DateView {
            words: String::new(),
            datetime: None,
            label: None,
            day_href: None,
            calendar_note: None,
            is_disputed: false,
            big: None,
        }
    }
}

impl BigDate {
    /// Only a date that is sure, and lies in one month, can be set so large
    /// without saying more than is known.
    fn of(date: &HistoricalDate) -> Option<BigDate> {
        if date.is_approximate() || date.is_uncertain() {
            return None;
        }
        let standings = date.standings();
        let (first, last) = (standings.first()?, standings.last()?);
        if (first.year, first.day.month()) != (last.year, last.day.month()) {
            return None;
        }
        let day_number = if first.day == last.day {
            first.day.day().to_string()
        } else {
            format!("{}–{}", first.day.day(), last.day.day())
        };
        let year: Year = first.year;
        Some(BigDate {
            month_name: month_name(first.day.month())?,
            day_number,
            year_words: year.words(),
            year_href: paths::year(&year.slug()),
        })
    }
}

fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
