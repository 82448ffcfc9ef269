//! Days of the year.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};

use super::{Asked, Parts, nothing};
use crate::api::model::{Day, DayEvent, DaySummary, Life, Page};
use crate::api::query::{Query, answer_from, answer_page};
use crate::articles::inputs;
use crate::articles::queries::{self as kernel, LifeEvent};
use crate::dates::{self, Year};
use crate::editions::Inputs;
use crate::error::AppError;
use crate::paths::api;
use crate::site;

/// Every day that has events.
///
/// In the order of the year, with the number of events of each.
#[utoipa::path(
    get,
    path = api::DAYS,
    operation_id = "days",
    tag = "Days",
    responses((status = 200, description = "All days; `next` is always null.", body = Page<DaySummary>)),
)]
pub(in crate::api) async fn index(parts: Parts) -> Result<HttpResponse, AppError> {
    let asked = Asked::from(parts);
    let visibility = asked.library.terms.visibility;
    let (edition, counts) = asked
        .db
        .read_public(move |conn| {
            let mut counts = BTreeMap::new();
            for month in 1..=12_u8 {
                for (day, count) in kernel::days_of_month(conn, i64::from(month), None, visibility)?
                {
                    let day = u8::try_from(day).ok();
                    if let Some(day) = day.and_then(|day| dates::Day::new(month, day)) {
                        counts.insert(day.ordinal(), (day, count));
                    }
                }
            }
            Ok((kernel::edition(conn)?, counts))
        })
        .await?;
    let terms = &asked.library.terms;
    let items = counts
        .into_values()
        .map(|(day, count)| DaySummary::new(day, count, terms))
        .collect();
    let query = Query::read(&asked.request, &[])?;
    answer_page(&query.page(api::DAYS, (edition, items), None, terms))
}

/// What happened on a day of the year.
///
/// Events, births and deaths. The day is written as in the addresses of pages
/// (`january-4`) or as `01-04`, month first. A day without events is answered
/// with empty lists.
#[utoipa::path(
    get,
    path = api::DAY_ROUTE,
    operation_id = "day",
    tag = "Days",
    params(("day" = String, Path, description = "`january-4` or `01-04`.", example = "january-4")),
    responses(
        (status = 200, description = "The day.", body = Day),
        (status = 301, description = "Another way to write a day; `Location` has the right one."),
    ),
)]
pub(in crate::api) async fn show(
    written: web::Path<String>,
    parts: Parts,
) -> Result<HttpResponse, AppError> {
    let asked = Asked::from(parts);
    let Some(day) = dates::Day::parse_loose(&written) else {
        return Ok(nothing(
            "This is no day of a year. Write january-4, or 01-04 with the month first.",
        ));
    };
    let is_right = [day.slug(), format!("{:02}-{:02}", day.month(), day.day())].contains(&*written);
    if !is_right {
        return Ok(site::moved(&api::day(&day.slug())));
    }
    let library = asked.library.clone();
    let found = asked
        .db
        .read_public(move |conn| {
            let terms = &library.terms;
            let (month, number) = (i64::from(day.month()), i64::from(day.day()));
            let listed = kernel::on_day(conn, month, number, terms.visibility)?;
            let summaries = library.of_list(conn, &listed)?;
            let events = listed
                .iter()
                .zip(summaries)
                .filter_map(|(listed, article)| {
                    let standing = listed.standing.as_ref()?;
                    Some(DayEvent {
                        year: standing.year,
                        year_words: Year::from_astronomical(standing.year).words(),
                        label: standing.label.clone(),
                        edtf: standing.edtf.clone(),
                        article,
                    })
                });
            let events = events.collect();
            let lives = kernel::lives_on(conn, day)?;
            let of = |event: LifeEvent| {
                let lives = lives.iter().filter(move |life| life.event == event);
                lives.map(|life| Life::new(life, terms)).collect()
            };
            let both = [of(LifeEvent::Birth), of(LifeEvent::Death)];
            Ok(Day::new(day, events, both, terms))
        })
        .await?;
    let articles = found.events.iter().map(|event| &event.article);
    let inputs = Inputs::of(articles.map(|article| inputs::article(&article.slug)));
    let inputs = inputs.and([inputs::on_day(day), inputs::places()]);
    answer_from(&found, inputs)
}
