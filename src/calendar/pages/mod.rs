//! The pages of time: one room for each kind.

mod annals;
mod century;
mod clock;
mod day;
mod decade;
mod entries;
mod lives;
mod month;
mod spread;
mod timeline;
mod week;
mod year;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::model::{range_of_century, range_of_decade_in};
use crate::articles::queries::{self, Range};
use crate::articles::{Audience, Gazetteer, Visibility};
use crate::config::Config;
use crate::dates::{Century, Day, Decade, Year, month_slug, parse_month_loose, parse_month_slug};
use crate::db::{AnyConnection, Db};
use crate::error::AppError;
use crate::paths;
use crate::site::shell::{Identity, Link, Section, Shell};
use crate::site::{self, CachePolicy};

pub(super) use century::show as century;
pub(super) use day::{home, today};
pub(super) use decade::show as decade;
pub(super) use timeline::show as timeline;
pub(super) use year::show as year;

/// What the pages of time that do not depend on today are kept for, in
/// seconds: an import shows within minutes.
const MAX_AGE: u32 = 300;

/// What every handler of this feature asks for.
type Parts = (
    HttpRequest,
    web::Data<Db>,
    web::Data<Audience>,
    web::Data<Identity>,
    web::Data<Config>,
    web::Data<Gazetteer>,
);

/// What every page of this feature works with.
#[derive(Clone)]
struct Given {
    request: HttpRequest,
    db: web::Data<Db>,
    site: web::Data<Identity>,
    config: web::Data<Config>,
    gazetteer: web::Data<Gazetteer>,
    visibility: Visibility,
}

/// A year, a decade or a century of which nothing is told.
#[derive(Template)]
#[template(path = "calendar/nothing.html")]
struct NothingPage {
    shell: Shell,
    heading: String,
    /// "of 1952", "of the 1950s".
    of: String,
    /// "years", "decades", "centuries".
    kind: &'static str,
    nearest: Vec<Link>,
    around: Option<Link>,
    timeline_href: &'static str,
}

/// `GET /on/{day}` and `GET /on/{month}`; other spellings are redirected.
pub(super) async fn on(name: web::Path<String>, parts: Parts) -> Result<HttpResponse, AppError> {
    let given = Given::from(parts);
    if let Some(day) = Day::parse_slug(&name) {
        return given.day_of_any_year(day).await;
    }
    if let Some(month) = parse_month_slug(&name) {
        return given.month(month).await;
    }
    if let Some(day) = Day::parse_loose(&name) {
        return Ok(site::moved(&paths::day(&day.slug())));
    }
    let month = parse_month_loose(&name).and_then(month_slug);
    month.map_or(Err(AppError::NotFound), |month| {
        Ok(site::moved(&paths::month(month)))
    })
}

impl From<Parts> for Given {
    fn from((request, db, audience, site, config, gazetteer): Parts) -> Given {
        Given {
            request,
            db,
            site,
            config,
            gazetteer,
            visibility: audience.now(),
        }
    }
}

impl Given {
    /// The answer for a page of time that would be empty: a sentence, and the
    /// way to where there is something.
    fn nothing(&self, page: NothingPage) -> Result<HttpResponse, AppError> {
        let status = StatusCode::NOT_FOUND;
        site::page_with_status(status, &page, CachePolicy::NoStore)
    }
}

impl NothingPage {
    fn new(
        given: &Given,
        heading: &str,
        of: String,
        kind: &'static str,
        nearest: (Option<Link>, Option<Link>),
        around: Option<Link>,
    ) -> NothingPage {
        NothingPage {
            shell: Shell::new(&given.site, given.request.path())
                .title(heading)
                .description(format!("No article tells {of} yet."))
                .section(Section::Timeline)
                .unlisted(),
            heading: heading.to_owned(),
            of,
            kind,
            nearest: nearest.0.into_iter().chain(nearest.1).collect(),
            around,
            timeline_href: paths::TIMELINE,
        }
    }
}

/// The smallest page around a year on which something stands: its decade's, or
/// its century's. `None` if there is nothing in the whole century.
fn page_around(
    conn: &mut AnyConnection,
    year: Year,
    visibility: Visibility,
) -> diesel::QueryResult<Option<Link>> {
    let any = |conn: &mut AnyConnection, range: Range| {
        queries::titles_in(conn, range, 1, visibility).map(|titles| !titles.is_empty())
    };
    let (decade, century) = (year.decade(), year.century());
    if any(conn, range_of_decade_in(decade, century))? {
        return Ok(Some(decade_link(decade)));
    }
    let told = any(conn, range_of_century(century))?;
    Ok(told.then(|| century_link(century)))
}

fn year_link(year: Year) -> Link {
    Link {
        href: paths::year(&year.slug()),
        label: year.words(),
    }
}

fn decade_link(decade: Decade) -> Link {
    Link {
        href: paths::decade(&decade.slug()),
        label: decade.words(),
    }
}

fn century_link(century: Century) -> Link {
    Link {
        href: paths::century(&century.slug()),
        label: century.words(),
    }
}

fn timeline_link() -> Link {
    Link {
        href: paths::TIMELINE.to_owned(),
        label: "Timeline".to_owned(),
    }
}

/// The nearest pages before and after, made of the years that a query found.
fn beside(
    years: (Option<i64>, Option<i64>),
    link: impl Fn(Year) -> Link,
) -> (Option<Link>, Option<Link>) {
    let link = |year: i64| link(Year::from_astronomical(year));
    (years.0.map(link), years.1.map(link))
}

fn hrefs(pair: &(Option<Link>, Option<Link>)) -> (Option<String>, Option<String>) {
    let href = |link: &Option<Link>| link.as_ref().map(|link| link.href.clone());
    (href(&pair.0), href(&pair.1))
}
