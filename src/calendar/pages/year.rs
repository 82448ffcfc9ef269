//! A year as a chronicle, month by month.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};

use super::super::model::{articles_words, range_of_year};
use super::annals::{AnnalsPage, Group, Heading, Part};
use super::entries::{EntryView, Listing};
use super::{
    Given, NothingPage, Parts, beside, century_link, decade_link, lives, page_around,
    timeline_link, year_link,
};
use crate::articles::queries::lives_in;
use crate::articles::queries::{self, Entry};
use crate::dates::{DateStyle, Day, Year, month_name};
use crate::error::AppError;
use crate::paths;
use crate::site;
use crate::site::shell::{Link, Shell};
use crate::site::turning::Turn;

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
    let range = range_of_year(year);
    let path = paths::year(&year.slug());
    let (query, at) = (given.request.query_string().to_owned(), path.clone());
    let (entries, turn, lives, nearest, around) = given
        .db
        .read_public(move |conn| {
            let lines = queries::outline_of_year(conn, range.first, visibility)?;
            let Some(turn) = Turn::read(&query, &at, lines.len()) else {
                return Ok(None);
            };
            let entries = queries::titles_at(conn, &lines[turn.range()], visibility)?;
            let lives = match turn.is_last() {
                true => lives_in(conn, year)?,
                false => Vec::new(),
            };
            let nearest = queries::years_beside(conn, range, visibility)?;
            let around = if entries.is_empty() {
                page_around(conn, year, visibility)?
            } else {
                None
            };
            Ok(Some((entries, turn, lives, nearest, around)))
        })
        .await?
        .ok_or(AppError::NotFound)?;
    let nearest = beside(nearest, year_link);
    let words = year.words();
    if entries.is_empty() {
        let of = format!("of {words}");
        let page = NothingPage::new(&given, &words, of, "years", nearest, around);
        return given.nothing(page);
    }
    let count = i64::try_from(turn.total).unwrap_or(i64::MAX);
    let style = given.config.date_style;
    given.annals(
        range,
        AnnalsPage {
            shell: Shell::new(&given.site, &turn.here())
                .title(format!("{words}{}", turn.of_title()))
                .description(format!(
                    "The year {words} in {}, in order of time, each with its sources.",
                    articles_words(count)
                )),
            path: vec![
                timeline_link(),
                century_link(year.century()),
                decade_link(year.decade()),
            ],
            heading: Heading::Figure {
                number: words,
                unit: String::new(),
            },
            note: None,
            kind: "years",
            nearest,
            parts: chronicle(entries, style),
            turn: Some(turn),
            lives: lives::of_year(lives, style),
        },
    )
}

/// The entries of a year, month by month and in each day by day; what is not
/// known to the month comes last.
fn chronicle(entries: Vec<Entry>, style: DateStyle) -> Vec<Part> {
    let mut months: BTreeMap<Option<u8>, Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        let month = entry.month.and_then(|month| u8::try_from(month).ok());
        months.entry(month).or_default().push(entry);
    }
    let monthless = months.remove(&None);
    let mut parts: Vec<Part> = months
        .into_iter()
        .filter_map(|(month, mut entries)| {
            let name = month_name(month?)?;
            // The sort is stable: on one day the order of time stays.
            entries.sort_by_key(|entry| entry.day.unwrap_or(i64::MAX));
            Some(Part {
                label: name.to_owned(),
                href: None,
                count_words: None,
                is_unknown: false,
                groups: by_day(entries, name, style),
            })
        })
        .collect();
    if let Some(entries) = monthless {
        let entries = entries.into_iter().map(|one| EntryView::new(one, style));
        let listing = Listing::whole(entries.collect());
        parts.push(Part::unknown("Month unknown", listing));
    }
    parts
}

/// Puts the entries of one sure day beside its figure, and those of one that is
/// not sure under their own words.
fn by_day(entries: Vec<Entry>, month: &str, style: DateStyle) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for entry in entries {
        let day = entry
            .month
            .zip(entry.day)
            .and_then(|(month, day)| Day::new(u8::try_from(month).ok()?, u8::try_from(day).ok()?));
        let mut view = EntryView::new(entry, style);
        if view.date_words.as_deref() == Some(month) {
            view.date_words = Some("day unknown".to_owned());
        }
        let sure = day.filter(|day| view.date_words.as_ref() == Some(&day.words(style)));
        let figure = sure.map(|day| Link {
            href: paths::day(&day.slug()),
            label: day.day().to_string(),
        });
        if sure.is_some() {
            view.date_words = None;
        }
        match groups.last_mut() {
            Some(last) if last.figure == figure => last.listing.entries.push(view),
            _ => groups.push(Group {
                month: figure.is_some().then(|| month.to_owned()),
                is_indented: figure.is_none(),
                figure,
                unknown: None,
                listing: Listing::whole(vec![view]),
            }),
        }
    }
    groups
}
