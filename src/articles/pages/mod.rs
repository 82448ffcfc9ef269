//! The page of an article.

mod citing;
mod date;
mod illustration;
mod neighbours;
mod view;

use std::sync::Arc;

use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use diesel::QueryResult;

pub(super) use self::date::BigDate;
pub(crate) use self::date::DateView;
pub(crate) use self::neighbours::NeighbourView;
pub(crate) use self::view::ArticleView;
use super::accounts::{Holder, SaidView};
use super::locator::Places;
use super::queries::{self, Bond, Listed, Near, Whole};
use super::structured::{self, Published};
use super::teaser::Teaser;
use super::{Audience, Gazetteer, Notices, Revisions, Visibility, cards, inputs, locator, teasers};
use crate::cartography::Locator;
use crate::config::Config;
use crate::dates::{DateStyle, Day};
use crate::db::{AnyConnection, Db};
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::paths;
use crate::site::shell::{Identity, Link, Section, Shell};
use crate::site::{self, CachePolicy};

/// One article with what happened before and next, ready to print. A feature
/// that shows more than [`show`] does extends `articles/show.html`, which reads
/// these fields under their names here.
pub(crate) struct ArticlePage {
    pub(crate) shell: Shell,
    pub(crate) article: ArticleView,
    pub(crate) before: Vec<NeighbourView>,
    pub(crate) after: Vec<NeighbourView>,
    pub(crate) same_day: Vec<Teaser>,
    pub(crate) all_of_day: Option<Link>,
    /// What all this was made from.
    pub(crate) inputs: Inputs,
}

#[derive(Template)]
#[template(path = "articles/show.html")]
struct ShowPage {
    shell: Shell,
    article: ArticleView,
    before: Vec<NeighbourView>,
    after: Vec<NeighbourView>,
    same_day: Vec<Teaser>,
    /// Where the rest of them are, if that is not all.
    all_of_day: Option<Link>,
}

/// What a slug leads to.
pub(crate) enum Arrival {
    /// An article that may be seen.
    Here(Box<ArticlePage>),
    /// The article stands under another slug now.
    Moved(String),
}

/// How long others may keep the page of an article.
pub(crate) const ARTICLE_CACHE: CachePolicy = CachePolicy::Public { max_age: 60 };

/// How many events of the same day an article's page names at most.
const SAME_DAY: usize = 12;

/// `GET /articles/{slug}`, whatever its query string says
pub(crate) async fn show(
    request: HttpRequest,
    slug: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let (arrival, ()) = arrive(&request, slug.into_inner(), |_| Ok(())).await?;
    match arrival {
        Arrival::Here(page) => answer(*page),
        Arrival::Moved(slug) => Ok(site::moved(&paths::article(&slug))),
    }
}

/// The page of an article and nothing more.
///
/// # Errors
/// The template fails.
pub(crate) fn answer(page: ArticlePage) -> Result<HttpResponse, AppError> {
    let ArticlePage {
        shell,
        article,
        before,
        after,
        same_day,
        all_of_day,
        inputs,
    } = page;
    let page = ShowPage {
        shell,
        article,
        before,
        after,
        same_day,
        all_of_day,
    };
    Ok(depends_on(site::page(&page, ARTICLE_CACHE)?, inputs))
}

/// The page of the article under a slug, with what `beside` finds in the same
/// snapshot.
///
/// # Errors
/// There is no such article, or no more; the database's.
pub(crate) async fn arrive<T: Send + 'static>(
    request: &HttpRequest,
    slug: String,
    beside: impl FnOnce(&mut AnyConnection) -> QueryResult<T> + Clone + Send + 'static,
) -> Result<(Arrival, T), AppError> {
    let db = site::given::<Db>(request)?;
    let audience = site::given::<Audience>(request)?;
    let site = site::given::<Identity>(request)?;
    let config = site::given::<Config>(request)?;
    let gazetteer = site::given::<Gazetteer>(request)?;
    let visibility = audience.now();
    let zone = audience.zone.clone();
    let (found, more) = db
        .read_public(move |conn| {
            let more = beside(conn)?;
            if let Some(article) = queries::by_slug(conn, &slug, visibility)? {
                let [before, after] = queries::around(conn, &article, visibility)?;
                let claims = &article.details.claims;
                let subjects = claims.iter().map(|claim| claim.subject.as_str()).collect();
                let holders = queries::holders(conn, &subjects, visibility)?;
                let same_day = match day_of(&article) {
                    Some(day) => same_day(conn, &article, day, visibility)?,
                    None => SameDay::default(),
                };
                let places = gazetteer.places(conn)?;
                let map = match &article.picture {
                    Some(_) => None,
                    None => locator::of_article(&article.details, &article.tags, &places),
                };
                let published = Published::of(conn, &article.slug, &zone, visibility)?;
                // Only a note of a change asks when it came.
                let revisions = if article.details.corrections.is_empty() {
                    Revisions::default()
                } else {
                    let kept = queries::kept_revisions(conn, &article.slug)?;
                    Revisions::read(kept, visibility.drafts, &zone)
                };
                let shown = Box::new(Shown {
                    article,
                    published,
                    revisions,
                    map,
                    places,
                    holders,
                    before,
                    after,
                    same_day,
                });
                return Ok((Found::Article(shown), more));
            }
            if let Some(target) = queries::alias_target(conn, &paths::article(&slug))? {
                return Ok((Found::Alias(target), more));
            }
            let found = queries::tombstone(conn, &slug)?.map_or(Found::Nothing, Found::Gone);
            Ok((found, more))
        })
        .await?;
    let Shown {
        article,
        published,
        revisions,
        map,
        places,
        holders,
        before,
        after,
        same_day,
    } = match found {
        Found::Article(found) => *found,
        Found::Alias(slug) => return Ok((Arrival::Moved(slug), more)),
        Found::Gone(gone) => return Err(super::gone(gone, config.date_style)),
        Found::Nothing => return Err(AppError::NotFound),
    };
    let style = config.date_style;
    let all_of_day = same_day
        .is_cut
        .then(|| day_link(&article, config.date_style));
    let in_time = |near: &[Near]| {
        let nearest = near.iter().find(|one| one.bonds.contains(&Bond::Time));
        nearest.map(|one| one.listed.details.first_day())
    };
    let inputs = inputs::around(
        &article.slug,
        filed_on(&article),
        &article.tags,
        (in_time(&before), in_time(&after)),
    );
    let mut shell = Shell::new(&site, &paths::article(&article.slug))
        .title(&article.title)
        .description(description(&article))
        .report(paths::report(&article.slug, article.revision, None));
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
    let date = article.details.primary().and_then(|date| date.date().ok());
    let (card, alt) = cards::of_page(
        &article,
        &date.map_or_else(String::new, |date| date.words(style)),
    );
    shell = shell.card(&card, alt);
    let views = |near: Vec<Near>| {
        let views = near.into_iter().map(|one| NeighbourView::new(one, style));
        views.collect()
    };
    let Whole { slug, details, .. } = &article;
    let notices = Notices::new(
        slug,
        article.revision,
        &details.corrections,
        &revisions,
        style,
    );
    if let Some(published) = published.filter(|_| !article.draft) {
        shell = shell.preview(published.preview()).embeddable();
        let day = day_link(&article, style);
        let block = structured::of_page(&shell, &article, &published, &holders, &places, day);
        shell = shell.structured(block);
    }
    let page = ArticlePage {
        shell,
        article: ArticleView::new(article, map.as_ref(), &holders, notices, style),
        before: views(before),
        after: views(after),
        same_day: teasers(same_day.nearest, style, None),
        all_of_day: all_of_day.flatten(),
        inputs,
    };
    Ok((Arrival::Here(Box::new(page)), more))
}

/// `GET /random`
pub(super) async fn random(
    db: web::Data<Db>,
    audience: web::Data<Audience>,
) -> Result<HttpResponse, AppError> {
    let visibility = audience.now();
    let n: u64 = rand::random();
    let slug = db
        .read_public(move |conn| queries::nth(conn, n, visibility))
        .await?
        .ok_or(AppError::NotFound)?;
    Ok(HttpResponse::Found()
        .insert_header((LOCATION, paths::article(&slug)))
        .insert_header((CACHE_CONTROL, CachePolicy::NoStore.header()))
        .finish())
}

/// An article with what stands around it in time.
struct Shown {
    article: Whole,
    /// When the site published it.
    published: Option<Published>,
    /// What it said before; empty where nothing asks for it.
    revisions: Revisions,
    /// What its map shows, if it has no picture of its own.
    map: Option<Locator>,
    /// Where the places of the registry lie.
    places: Arc<Places>,
    /// Whoever claims something about the subjects of its claims.
    holders: Vec<Holder>,
    before: Vec<Near>,
    after: Vec<Near>,
    same_day: SameDay,
}

/// What else happened on the day of an article.
#[derive(Default)]
struct SameDay {
    /// By year.
    nearest: Vec<Listed>,
    /// There is more than that.
    is_cut: bool,
}

/// The events of a day nearest to an article in time: as many before it as
/// after, so far as there are.
fn same_day(
    conn: &mut AnyConnection,
    article: &Whole,
    (month, day): (i64, i64),
    visibility: Visibility,
) -> QueryResult<SameDay> {
    let mut spots = queries::outline_of_day(conn, month, Some(day), visibility)?;
    let here = spots.iter().position(|spot| spot.slug == article.slug);
    spots.retain(|spot| spot.slug != article.slug);
    let is_cut = spots.len() > SAME_DAY;
    if is_cut {
        let first = here.unwrap_or(0).saturating_sub(SAME_DAY / 2);
        let first = first.min(spots.len() - SAME_DAY);
        spots = spots[first..first + SAME_DAY].to_vec();
    }
    Ok(SameDay {
        nearest: queries::listed_at(conn, &spots, visibility)?,
        is_cut,
    })
}

enum Found {
    Article(Box<Shown>),
    Alias(String),
    Gone(crate::error::Gone),
    Nothing,
}

/// What is said of an article where its link is shared. The summary of one
/// whose text is kept back is kept back too.
fn description(article: &Whole) -> &str {
    if article.summary.is_empty() {
        "The text of this article is not shown while the editors examine a request about it."
    } else {
        &article.summary
    }
}

/// The page of the day under which the article is filed.
fn day_link(article: &Whole, style: DateStyle) -> Option<Link> {
    let day = filed_on(article)?;
    Some(Link {
        href: paths::day(&day.slug()),
        label: day.words(style),
    })
}

/// The month and day under which the article itself is filed.
fn day_of(article: &Whole) -> Option<(i64, i64)> {
    let day = filed_on(article)?;
    Some((i64::from(day.month()), i64::from(day.day())))
}

/// The day of the year under which the article is filed.
fn filed_on(article: &Whole) -> Option<Day> {
    let date = article.details.primary()?.date().ok()?;
    Some(date.standings().first()?.day)
}
