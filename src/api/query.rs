//! What a query string asks for, and the words with which it is refused.

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::header::{HeaderValue, LINK};
use serde::Serialize;
use url::form_urlencoded;

use super::model::{Page, Terms};
use crate::articles::model::Slug;
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::paths;
use crate::site::cursor::Cursor;
use crate::site::{CachePolicy, document};

/// How many entries a part of a list has, if nobody asks for another number.
pub(super) const PER_PAGE: usize = 50;
/// The most that can be asked for.
pub(super) const MOST: usize = 100;

/// How long an answer may be kept, as long as a page with the same matter.
pub(super) const CACHE: CachePolicy = CachePolicy::Public { max_age: 60 };

/// The parameters of a request. One without a value counts as absent, and one
/// that nobody knows is passed over.
#[derive(Clone, Debug)]
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    /// Reads the parameters that an answer knows.
    ///
    /// # Errors
    /// One of them stands there twice.
    pub(super) fn read(request: &HttpRequest, known: &[&str]) -> Result<Query, AppError> {
        let mut found: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(request.query_string().as_bytes()) {
            let value = value.trim();
            if value.is_empty() || !known.contains(&&*name) {
                continue;
            }
            if found.iter().any(|(other, _)| *other == name) {
                return Err(AppError::BadRequest(format!(
                    "The parameter “{name}” stands there twice; give it once."
                )));
            }
            found.push((name.into_owned(), value.to_owned()));
        }
        Ok(Query(found))
    }

    /// The value of a parameter.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let mut known = self.0.iter();
        let (_, value) = known.find(|(other, _)| other == name)?;
        Some(value)
    }

    /// A parameter that is a slug.
    ///
    /// # Errors
    /// It is none.
    pub(super) fn slug(&self, name: &str) -> Result<Option<String>, AppError> {
        let slug = self.text(name).map(Slug::parse).transpose().map_err(|_| {
            AppError::BadRequest(format!(
                "The parameter “{name}” is a slug, the last part of an address: lower-case letters, digits and single hyphens."
            ))
        })?;
        Ok(slug.map(|slug| slug.to_string()))
    }

    /// How many entries are asked for.
    ///
    /// # Errors
    /// The parameter is no number from 1 to [`MOST`].
    pub(super) fn limit(&self) -> Result<usize, AppError> {
        let Some(text) = self.text("limit") else {
            return Ok(PER_PAGE);
        };
        let number = text
            .parse()
            .ok()
            .filter(|number| (1..=MOST).contains(number));
        number.ok_or_else(|| {
            AppError::BadRequest(format!(
                "The parameter “limit” is a number from 1 to {MOST}."
            ))
        })
    }

    /// After which entry to go on.
    ///
    /// # Errors
    /// The cursor is none of ours, or of another list.
    pub(super) fn cursor(&self, list: &str) -> Result<Option<Cursor>, AppError> {
        let Some(text) = self.text("cursor") else {
            return Ok(None);
        };
        let cursor = Cursor::read(list, text);
        cursor.map(Some).ok_or_else(|| {
            AppError::BadRequest(
                "The parameter “cursor” is none that this list gave out. Follow “next” as it is, or begin again without a cursor.".to_owned(),
            )
        })
    }

    /// The same question, from `cursor` on.
    fn at(&self, path: &str, cursor: Option<String>) -> String {
        let mut parameters: Vec<(String, String)> = self.0.clone();
        if let Some(cursor) = cursor {
            parameters.retain(|(name, _)| name != "cursor");
            parameters.push(("cursor".to_owned(), cursor));
        }
        paths::api::with_query(path, &parameters)
    }

    /// A part of the list at `path`; `next` is where the following part begins.
    pub(super) fn page<T>(
        &self,
        path: &str,
        (edition, items): (i64, Vec<T>),
        next: Option<String>,
        terms: &Terms,
    ) -> Page<T> {
        Page {
            url: terms.url(&self.at(path, None)),
            edition,
            items,
            next: next.map(|cursor| terms.url(&self.at(path, Some(cursor)))),
        }
    }
}

/// Answers with a part of a list, which a header says how to go on.
///
/// # Errors
/// It cannot be written.
pub(super) fn answer_page<T: Serialize>(page: &Page<T>) -> Result<HttpResponse, AppError> {
    let mut response = answer(page)?;
    if let Some(next) = &page.next
        && let Ok(link) = HeaderValue::from_str(&format!("<{next}>; rel=\"next\""))
    {
        response.headers_mut().insert(LINK, link);
    }
    Ok(response)
}

/// Answers with a value.
///
/// # Errors
/// It cannot be written.
pub(super) fn answer(value: &impl Serialize) -> Result<HttpResponse, AppError> {
    Ok(document::answer(
        "application/json",
        document::as_json(value)?,
        CACHE,
    ))
}

/// As [`answer`], with a value that was made from no more than these.
///
/// # Errors
/// It cannot be written.
pub(super) fn answer_from(
    value: &impl Serialize,
    inputs: Inputs,
) -> Result<HttpResponse, AppError> {
    Ok(depends_on(answer(value)?, inputs))
}

/// Cuts a list that was read one entry too far; the last entry that stays is
/// where the next part begins after.
pub(super) fn cut<T>(
    list: &mut Vec<T>,
    limit: usize,
    place: impl FnOnce(&T) -> String,
) -> Option<String> {
    if list.len() <= limit {
        return None;
    }
    list.truncate(limit);
    list.last().map(place)
}
