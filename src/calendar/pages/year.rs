//! A year, day by day.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::model::{articles_words, range_of_year};
use super::{
    Given, MAX_AGE, NothingPage, Parts, beside, century_link, decade_link, hrefs, page_around,
    timeline_link, year_link,
};
use crate::articles::{Teaser, queries, teasers};
use crate::dates::Year;
use crate::error::AppError;
use crate::paths;
use crate::site::shell::{Link, Section, Shell};
use crate::site::{self, CachePolicy};

/// A year in order of time.
#[derive(Template)]
#[template(path = "calendar/year.html")]
struct YearPage {
    shell: Shell,
    path: Vec<Link>,
    year_words: String,
    events: Vec<Teaser>,
    previous: Option<Link>,
    next: Option<Link>,
}

/// `GET /year/{year}`. A year without articles is no page.
pub(in crate::calendar) async fn show(
    name: web::Path<String>,
    parts: Parts,
) -> Result<HttpResponse, AppError> {
    let Some(year) = Year::parse_slug(&name) else {
        let year = Year::parse_loose(&name).ok_or(AppError::NotFound)?;
        return Ok(site::moved(&paths::year(&year.slug())));
    };
    let given = Given::from(parts);
    let visibility = given.visibility;
    let (events, nearest, around) = given
        .db
        .read(move |conn| {
            let events = queries::in_year(conn, year.astronomical(), visibility)?;
            let nearest = queries::years_beside(conn, range_of_year(year), visibility)?;
            let around = if events.is_empty() {
                page_around(conn, year, visibility)?
            } else {
                None
            };
            Ok((events, nearest, around))
        })
        .await?;
    let nearest = beside(nearest, year_link);
    let words = year.words();
    if events.is_empty() {
        let of = format!("of {words}");
        let page = NothingPage::new(&given, &words, of, "years", nearest, around);
        return given.nothing(page);
    }
    let count = i64::try_from(events.len()).unwrap_or(i64::MAX);
    let (previous_href, next_href) = hrefs(&nearest);
    let page = YearPage {
        shell: Shell::new(&given.site, &paths::year(&year.slug()))
            .title(&words)
            .description(format!(
                "The year {words} in {}, in order of time, each with its sources.",
                articles_words(count)
            ))
            .section(Section::Timeline)
            .neighbours(previous_href, next_href),
        path: vec![
            timeline_link(),
            century_link(year.century()),
            decade_link(year.decade()),
        ],
        year_words: words,
        events: teasers(events, given.config.date_style, None),
        previous: nearest.0,
        next: nearest.1,
    };
    site::page(
        &given.request,
        &page,
        CachePolicy::Public { max_age: MAX_AGE },
    )
}
