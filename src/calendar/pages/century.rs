//! A century, decade by decade.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::model::{
    DecadeTold, articles_in, articles_words, by_century, range_of_century, range_of_decade_in,
    tally, years_words,
};
use super::entries::{self, Entries, Listing};
use super::{
    Given, MAX_AGE, NothingPage, Parts, beside, century_link, decade_link, hrefs, timeline_link,
    year_link,
};
use crate::articles::queries;
use crate::dates::{Century, DateStyle};
use crate::error::AppError;
use crate::paths;
use crate::site::shell::{Link, Section, Shell};
use crate::site::{self, CachePolicy};

/// A century in order of time.
#[derive(Template)]
#[template(path = "calendar/century.html")]
struct CenturyPage {
    shell: Shell,
    path: Vec<Link>,
    words: String,
    years_words: String,
    count_words: String,
    previous: Option<Link>,
    next: Option<Link>,
    decades: Vec<DecadeView>,
    yearless: Option<Listing>,
}

struct DecadeView {
    link: Link,
    count_words: String,
    years: Vec<YearView>,
    yearless: Option<Listing>,
}

struct YearView {
    link: Link,
    listing: Listing,
}

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
    let (rows, mut entries, nearest) = given
        .db
        .read(move |conn| {
            let rows = queries::slugs_in(conn, range, visibility)?;
            let entries = entries::load(conn, range, &tally(&rows), 100, visibility)?;
            let nearest = queries::years_beside(conn, range, visibility)?;
            Ok((rows, entries, nearest))
        })
        .await?;
    let nearest = beside(nearest, |year| century_link(year.century()));
    let words = century.words();
    let Some(told) = by_century(&tally(&rows)).pop() else {
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
    let decades = told.decades.into_iter().map(|told| {
        let count = articles_in(&rows, range_of_decade_in(told.decade, century));
        DecadeView::new(told, count, &mut entries, style)
    });
    let decades = decades.collect();
    let (previous_href, next_href) = hrefs(&nearest);
    let count_words = articles_words(articles_in(&rows, range));
    let years_words = years_words(century.first(), century.last());
    let page = CenturyPage {
        shell: Shell::new(&given.site, &paths::century(&century.slug()))
            .title(format!("The {words}"))
            .description(format!(
                "The {words} ({years_words}) in {count_words}, decade by decade, each with its \
                 sources."
            ))
            .section(Section::Timeline)
            .neighbours(previous_href, next_href),
        path: vec![timeline_link()],
        words,
        years_words,
        count_words,
        previous: nearest.0,
        next: nearest.1,
        decades,
        yearless,
    };
    site::page(
        &given.request,
        &page,
        CachePolicy::Public { max_age: MAX_AGE },
    )
}

impl DecadeView {
    fn new(told: DecadeTold, count: i64, entries: &mut Entries, style: DateStyle) -> DecadeView {
        let link = decade_link(told.decade);
        let years = told.years.into_iter().map(|(year, count)| {
            let link = year_link(year);
            let key = (year.astronomical(), 1);
            let listing = Listing::new(entries, key, count, &link, style).titles_only();
            YearView { link, listing }
        });
        let years = years.collect();
        let yearless = (told.yearless > 0).then(|| {
            let key = (told.decade.middle().astronomical(), 10);
            let rest = Link {
                href: link.href.clone(),
                label: format!("the {}", link.label),
            };
            Listing::new(entries, key, told.yearless, &rest, style).titles_only()
        });
        DecadeView {
            link,
            count_words: articles_words(count),
            years,
            yearless,
        }
    }
}
