//! What stands under a slug: an article with its revisions, or the reason why
//! there is none.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use diesel::QueryResult;
use jiff::tz::TimeZone;

use crate::articles::queries::{self, Whole};
use crate::articles::{self, Revisions, Visibility};
use crate::dates::DateStyle;
use crate::db::AnyConnection;
use crate::error::{AppError, Gone};
use crate::paths;
use crate::site::{self, CachePolicy};

/// What stands under a slug.
pub(super) enum Standing<T> {
    /// An article that may be seen, with what was asked of it.
    Article(T),
    /// It stands under another slug now.
    Moved(String),
    /// Its text is kept back while a case is open, and its past with it. The
    /// article's own page says so.
    Withheld(String),
    /// It was removed.
    Gone(Gone),
    /// Nothing that may be seen.
    Nothing,
}

/// An article with all that it has been.
pub(super) struct Recorded {
    /// As it is now.
    pub(super) article: Whole,
    /// As it was, and is.
    pub(super) revisions: Revisions,
}

/// Looks an article up.
pub(super) fn find(
    conn: &mut AnyConnection,
    slug: &str,
    visibility: Visibility,
    zone: &TimeZone,
) -> QueryResult<Standing<Recorded>> {
    if let Some(article) = queries::by_slug(conn, slug, visibility)? {
        if queries::is_text_withheld(conn, &article.slug)? {
            return Ok(Standing::Withheld(article.slug));
        }
        let kept = queries::kept_revisions(conn, &article.slug)?;
        let revisions = Revisions::read(kept, visibility.drafts, zone);
        return Ok(Standing::Article(Recorded { article, revisions }));
    }
    if let Some(target) = queries::alias_target(conn, &paths::article(slug))? {
        return Ok(Standing::Moved(target));
    }
    Ok(queries::tombstone(conn, slug)?.map_or(Standing::Nothing, Standing::Gone))
}

impl<T> Standing<T> {
    /// Goes on with what was found of an article.
    pub(super) fn and_then<U>(
        self,
        next: impl FnOnce(T) -> QueryResult<Standing<U>>,
    ) -> QueryResult<Standing<U>> {
        Ok(match self {
            Standing::Article(found) => next(found)?,
            Standing::Moved(slug) => Standing::Moved(slug),
            Standing::Withheld(slug) => Standing::Withheld(slug),
            Standing::Gone(gone) => Standing::Gone(gone),
            Standing::Nothing => Standing::Nothing,
        })
    }

    /// What was found of an article; else the answer that takes its place.
    /// `there` is the same page under another slug.
    pub(super) fn or_answer(
        self,
        style: DateStyle,
        there: impl FnOnce(&str) -> String,
    ) -> Result<T, Box<Result<HttpResponse, AppError>>> {
        Err(Box::new(match self {
            Standing::Article(found) => return Ok(found),
            Standing::Moved(slug) => Ok(site::moved(&there(&slug))),
            Standing::Withheld(slug) => Ok(HttpResponse::Found()
                .insert_header((LOCATION, paths::article(&slug)))
                .insert_header((CACHE_CONTROL, CachePolicy::NoStore.header()))
                .finish()),
            Standing::Gone(gone) => Err(articles::gone(gone, style)),
            Standing::Nothing => Err(AppError::NotFound),
        }))
    }
}
