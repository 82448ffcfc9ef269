//! How other sites learn what to show of a page whose address they have
//! (<https://oembed.com>, version 1.0): a frame, as `rich` content.
//!
//! Days, articles and the front page can be embedded, under each address that
//! leads to them: with capital letters, with a slash at the end, old ones, and
//! with a query that asks for nothing else.

mod address;
mod answer;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use url::form_urlencoded;

use self::address::Target;
use self::answer::{Embedded, Format, Room};
use crate::articles::queries::{self, Whole};
use crate::articles::{Audience, Visibility, inputs};
use crate::config::Config;
use crate::db::{AnyConnection, Db};
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::paths::{self, sharing};
use crate::site::shell::Identity;
use crate::site::{CachePolicy, document};

/// What is asked for, as it came.
#[derive(Default)]
struct Asked {
    url: Option<String>,
    format: Option<String>,
    maxwidth: Option<String>,
    maxheight: Option<String>,
}

/// What was found at an address.
enum Found {
    Today(Option<String>),
    Day(crate::dates::Day),
    Article(Box<Whole>),
}

/// `GET /oembed?url=…&format=json&maxwidth=600&maxheight=400`
pub(super) async fn show(
    request: HttpRequest,
    db: web::Data<Db>,
    audience: web::Data<Audience>,
    site: web::Data<Identity>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let asked = Asked::read(request.query_string());
    let format = match asked.format.as_deref() {
        None | Some("") | Some("json") => Format::Json,
        Some("xml") => Format::Xml,
        Some(_) => {
            return Ok(document::problem(
                StatusCode::NOT_IMPLEMENTED,
                "Unknown format",
                "The formats are json and xml.",
            ));
        }
    };
    let sizes = [&asked.maxwidth, &asked.maxheight].map(|text| pixels(text.as_deref()));
    let [Ok(width), Ok(height)] = sizes else {
        return Ok(document::problem(
            StatusCode::BAD_REQUEST,
            "No such size",
            "Give maxwidth and maxheight as whole numbers of pixels, at least 1, or leave them out.",
        ));
    };
    let Some(url) = asked.url.filter(|url| !url.is_empty()) else {
        return Ok(document::problem(
            StatusCode::BAD_REQUEST,
            "No address",
            "Give the address of an article, of a day or of the front page as url.",
        ));
    };
    let visibility = audience.now();
    let target = Target::read(&url, &site.base_url);
    let named = match &target {
        Some(Target::Article(slug)) => Some(slug.clone()),
        _ => None,
    };
    let found = match target {
        Some(target) => {
            db.read_public(move |conn| find(conn, target, visibility))
                .await?
        }
        None => None,
    };
    let Some(found) = found else {
        return Ok(document::problem(
            StatusCode::NOT_FOUND,
            "Nothing to embed",
            "Only articles, days and the front page of this site can be embedded.",
        ));
    };
    let style = config.date_style;
    let room = Room { width, height };
    let embedded = match &found {
        Found::Today(zone) => Embedded::day(
            sharing::embed_today(zone.as_deref()),
            format!("Today in history, from {}", site.name),
        ),
        Found::Day(day) => Embedded::day(
            sharing::embed_day(&day.slug()),
            format!("{} in history", day.words(style)),
        ),
        Found::Article(article) => Embedded::article(article),
    };
    let body = answer::write(&embedded, &site, room, format)?;
    let cache = CachePolicy::Public { max_age: 300 };
    let inputs = match &found {
        Found::Today(_) | Found::Day(_) => Inputs::nothing(),
        Found::Article(article) => Inputs::of([inputs::article(&article.slug)]),
    };
    // An article that comes to stand under an old slug of this one is found
    // instead of it.
    let inputs = inputs.and(named.iter().map(|slug| inputs::article(slug)));
    let answer = document::answer(format.media_type(), body, cache);
    Ok(depends_on(answer, inputs))
}

impl Asked {
    /// Of a parameter that is given twice the first counts.
    fn read(query: &str) -> Asked {
        let mut asked = Asked::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let field = match &*name {
                "url" => &mut asked.url,
                "format" => &mut asked.format,
                "maxwidth" => &mut asked.maxwidth,
                "maxheight" => &mut asked.maxheight,
                _ => continue,
            };
            field.get_or_insert_with(|| value.into_owned());
        }
        asked
    }
}

/// Pixels; none at all where nothing is said.
fn pixels(text: Option<&str>) -> Result<Option<u32>, ()> {
    match text.map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => match text.parse() {
            Ok(pixels) if pixels > 0 => Ok(Some(pixels)),
            _ => Err(()),
        },
    }
}

fn find(
    conn: &mut AnyConnection,
    target: Target,
    visibility: Visibility,
) -> diesel::QueryResult<Option<Found>> {
    let slug = match target {
        Target::Today(zone) => return Ok(Some(Found::Today(zone))),
        Target::Day(day) => return Ok(Some(Found::Day(day))),
        Target::Article(slug) => slug,
        Target::Old(path) => match queries::alias_target(conn, &path)? {
            Some(slug) => slug,
            None => return Ok(None),
        },
    };
    let found = match queries::by_slug(conn, &slug, visibility)? {
        Some(article) => Some(article),
        None => match queries::alias_target(conn, &paths::article(&slug))? {
            Some(slug) => queries::by_slug(conn, &slug, visibility)?,
            None => None,
        },
    };
    Ok(found.map(|article| Found::Article(Box::new(article))))
}
