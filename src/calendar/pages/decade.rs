//! A decade, year by year.

use actix_web::{HttpResponse, web};

use super::super::model::{articles_words, range_of_decade};
use super::annals::{AnnalsPage, Group, Heading, Part};
use super::entries::{self, Listing};
use super::{
    Given, NothingPage, Parts, beside, century_link, decade_link, page_around, timeline_link,
    year_link,
};
use crate::articles::queries;
use crate::dates::{Decade, Year};
use crate::error::AppError;
use crate::paths;
use crate::site;
use crate::site::shell::Shell;

/// `GET /decade/{decade}`. A decade without articles is no page.
pub(in crate::calendar) async fn show(
    name: web::Path<String>,
    parts: Parts,
) -> Result<HttpResponse, AppError> {
    let Some(decade) = Decade::parse_slug(&name) else {
        let decade = Decade::parse_loose(&name).ok_or(AppError::NotFound)?;
        return Ok(site::moved(&paths::decade(&decade.slug())));
    };
    let given = Given::from(parts);
    let visibility = given.visibility;
    let range = range_of_decade(decade);
    let (told, count, mut entries, nearest, around) = given
        .db
        .read_public(move |conn| {
            let told = queries::told_in(conn, range, visibility)?;
            let count = queries::number_in(conn, range, visibility)?;
            let entries = entries::load(conn, range, &told, 10, visibility)?;
            let nearest = queries::years_beside(conn, range, visibility)?;
            let around = if told.is_empty() {
                page_around(conn, decade.middle(), visibility)?
            } else {
                None
            };
            Ok((told, count, entries, nearest, around))
        })
        .await?;
    let nearest = beside(nearest, |year| decade_link(year.decade()));
    let words = decade.words();
    if told.is_empty() {
        let of = format!("of the {words}");
        let page = NothingPage::new(&given, &words, of, "decades", nearest, around);
        return given.nothing(page);
    }
    let style = given.config.date_style;
    let mut yearless = None;
    let mut parts = Vec::new();
    for one in told {
        let key = (one.year, one.span);
        if one.span == 1 {
            let link = year_link(Year::from_astronomical(one.year));
            let listing = Listing::new(&mut entries, key, one.articles, &link, style);
            parts.push(Part {
                label: link.label,
                href: Some(link.href),
                count_words: None,
                is_unknown: false,
                groups: vec![Group::plain(listing)],
            });
        } else {
            let link = decade_link(decade);
            yearless = Some(Listing::new(&mut entries, key, one.articles, &link, style));
        }
    }
    parts.extend(yearless.map(|listing| Part::unknown("Year unknown", listing)));
    let count_words = articles_words(count);
    let (number, unit) = words.split_at(words.find('s').unwrap_or(words.len()));
    given.annals(
        range,
        AnnalsPage {
            shell: Shell::new(&given.site, &paths::decade(&decade.slug()))
                .title(format!("The {words}"))
                .description(format!(
                    "The {words} in {count_words}, year by year, each with its sources."
                )),
            path: vec![timeline_link(), century_link(decade.century())],
            heading: Heading::Figure {
                number: number.to_owned(),
                unit: unit.to_owned(),
            },
            note: Some(count_words),
            kind: "decades",
            nearest,
            parts,
            turn: None,
            lives: Vec::new(),
        },
    )
}
