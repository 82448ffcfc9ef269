//! A century, decade by decade.

use actix_web::{HttpResponse, web};

use super::super::model::{
    DecadeTold, articles_words, by_century, range_of_century, range_of_decade_in, years_words,
};
use super::annals::{AnnalsPage, Group, Heading, Part};
use super::entries::{self, Entries, Listing};
use super::{
    Given, NothingPage, Parts, beside, century_link, decade_link, timeline_link, year_link,
};
use crate::articles::queries;
use crate::dates::{Century, DateStyle};
use crate::error::AppError;
use crate::paths;
use crate::site;
use crate::site::shell::{Link, Shell};

/// `GET /century/{century}`. A century without articles is no page.
pub(in crate::calendar) async fn show(
    name: web::Path<String>,
    parts: Parts,
) -> Result<HttpResponse, AppError> {
    let Some(century) = Century::parse_slug(&name) else {
        let century = Century::parse_loose(&name).ok_or(AppError::NotFound)?;
        return Ok(site::moved(&paths::century(&century.slug())));
    };
    let given = Given::from(parts);
    let visibility = given.visibility;
    let range = range_of_century(century);
    let (told, count, counts, mut entries, nearest) = given
        .db
        .read_public(move |conn| {
            let rows = queries::told_in(conn, range, visibility)?;
            let entries = entries::load(conn, range, &rows, 100, visibility)?;
            let nearest = queries::years_beside(conn, range, visibility)?;
            let count = queries::number_in(conn, range, visibility)?;
            let told = by_century(&rows).pop();
            // Of each of its decades, in their order.
            let mut counts = Vec::new();
            for decade in told.iter().flat_map(|told| &told.decades) {
                let range = range_of_decade_in(decade.decade, century);
                counts.push(queries::number_in(conn, range, visibility)?);
            }
            Ok((told, count, counts, entries, nearest))
        })
        .await?;
    let nearest = beside(nearest, |year| century_link(year.century()));
    let words = century.words();
    let Some(told) = told else {
        let of = format!("of the {words}");
        let page = NothingPage::new(&given, &words, of, "centuries", nearest, None);
        return given.nothing(page);
    };
    let style = given.config.date_style;
    let yearless = (told.yearless > 0).then(|| {
        let key = (century.first().astronomical(), 100);
        Listing::new(
            &mut entries,
            key,
            told.yearless,
            &century_link(century),
            style,
        )
        .titles_only()
    });
    let decades = told.decades.into_iter().zip(counts);
    let mut parts: Vec<Part> = decades
        .map(|(told, count)| part(told, count, &mut entries, style))
        .collect();
    parts.extend(yearless.map(|listing| Part::unknown("Decade unknown", listing)));
    let count_words = articles_words(count);
    let years_words = years_words(century.first(), century.last());
    given.annals(
        range,
        AnnalsPage {
            shell: Shell::new(&given.site, &paths::century(&century.slug()))
                .title(format!("The {words}"))
                .description(format!(
                    "The {words} ({years_words}) in {count_words}, decade by decade, each with its \
                 sources."
                )),
            path: vec![timeline_link()],
            heading: Heading::Name(words),
            note: Some(format!("{years_words}: {count_words}")),
            kind: "centuries",
            nearest,
            parts,
            turn: None,
            lives: Vec::new(),
        },
    )
}

fn part(told: DecadeTold, count: i64, entries: &mut Entries, style: DateStyle) -> Part {
    let link = decade_link(told.decade);
    let years = told.years.into_iter().map(|(year, count)| {
        let link = year_link(year);
        let key = (year.astronomical(), 1);
        let listing = Listing::new(entries, key, count, &link, style).titles_only();
        Group {
            figure: Some(link),
            month: None,
            is_indented: false,
            unknown: None,
            listing,
        }
    });
    let mut groups: Vec<Group> = years.collect();
    if told.yearless > 0 {
        let key = (told.decade.middle().astronomical(), 10);
        let rest = Link {
            href: link.href.clone(),
            label: format!("the {}", link.label),
        };
        groups.push(Group {
            figure: None,
            month: None,
            is_indented: false,
            unknown: Some("Year unknown"),
            listing: Listing::new(entries, key, told.yearless, &rest, style).titles_only(),
        });
    }
    Part {
        label: link.label,
        href: Some(link.href),
        count_words: Some(articles_words(count)),
        is_unknown: false,
        groups,
    }
}
