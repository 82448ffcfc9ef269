//! All years at one look.

use actix_web::HttpResponse;
use askama::Template;

use super::super::density::{Bar, bars};
use super::super::model::{
    ALL_TIME, CenturyTold, DecadeTold, articles_words, by_century, years_words,
};
use super::{Given, MAX_AGE, Parts, century_link, decade_link};
use crate::articles::queries;
use crate::dates::Year;
use crate::error::AppError;
use crate::paths;
use crate::site::shell::{Link, Section, Shell};
use crate::site::{self, CachePolicy};

/// All years that have articles, by century and decade.
#[derive(Template)]
#[template(path = "calendar/timeline.html")]
struct TimelinePage {
    shell: Shell,
    /// "54 articles in 41 years".
    sum: String,
    /// From the first century to the last.
    bars: Vec<BarView>,
    centuries: Vec<CenturyView>,
}

/// One place of the strip of all centuries.
struct BarView {
    /// A century of which something is told; without it, one or more of which
    /// nothing is.
    told: Option<BarTold>,
    is_gap: bool,
}

struct BarTold {
    /// The century's place on this page.
    href: String,
    /// "20th", "1st".
    short: String,
    is_bce: bool,
    /// "12 entries".
    count_words: String,
    /// From 1 to 100, and what is left above it.
    height: i64,
    above: i64,
}

struct CenturyView {
    link: Link,
    slug: String,
    years_words: String,
    decades: Vec<DecadeView>,
    /// Articles of which no more than the century is known.
    yearless: i64,
}

struct DecadeView {
    link: Link,
    years: Vec<YearView>,
    /// The numbers are too long for ten columns.
    is_long: bool,
    /// Articles of which no more than the decade is known.
    yearless: i64,
}

struct YearView {
    href: String,
    /// Without its era, which the decade names.
    number: String,
    era: Option<&'static str>,
    articles: i64,
    /// The place of the year in its decade, in order of time: from 0 to 9.
    column: u64,
}

/// `GET /timeline`
pub(in crate::calendar) async fn show(parts: Parts) -> Result<HttpResponse, AppError> {
    let given = Given::from(parts);
    let visibility = given.visibility;
    let (told, count) = given
        .db
        .read_public(move |conn| {
            let told = queries::told_in(conn, ALL_TIME, visibility)?;
            let count = queries::number_of_articles(conn, visibility)?;
            Ok((told, count))
        })
        .await?;
    let years = told.iter().filter(|one| one.span == 1).count();
    let sum = format!(
        "{} in {years} {}",
        articles_words(count),
        if years == 1 { "year" } else { "years" }
    );
    let centuries = by_century(&told);
    let page = TimelinePage {
        shell: Shell::new(&given.site, paths::TIMELINE)
            .title("Timeline")
            .description(format!(
                "All years that {} tells of, by century and decade: {sum}.",
                given.site.name
            ))
            .section(Section::Timeline),
        sum,
        bars: bars(&centuries).into_iter().map(BarView::new).collect(),
        centuries: centuries.into_iter().map(CenturyView::new).collect(),
    };
    site::page(&page, CachePolicy::Public { max_age: MAX_AGE })
}

impl BarView {
    fn new(bar: Bar) -> BarView {
        let is_gap = bar == Bar::Gap;
        let told = match bar {
            Bar::Silent | Bar::Gap => None,
            Bar::Told {
                century,
                entries,
                height,
            } => {
                let words = century.words();
                let (short, _) = words.split_once(' ').unwrap_or((&words, ""));
                Some(BarTold {
                    href: format!("#{}", century.slug()),
                    short: short.to_owned(),
                    is_bce: century.is_bce(),
                    count_words: match entries {
                        1 => "1 entry".to_owned(),
                        _ => format!("{entries} entries"),
                    },
                    height,
                    above: 100 - height,
                })
            }
        };
        BarView { told, is_gap }
    }
}

impl CenturyView {
    fn new(told: CenturyTold) -> CenturyView {
        CenturyView {
            link: century_link(told.century),
            slug: told.century.slug(),
            years_words: years_words(told.century.first(), told.century.last()),
            decades: told.decades.into_iter().map(DecadeView::new).collect(),
            yearless: told.yearless,
        }
    }
}

impl DecadeView {
    fn new(told: DecadeTold) -> DecadeView {
        DecadeView {
            link: decade_link(told.decade),
            is_long: told
                .decade
                .last()
                .of_era()
                .max(told.decade.first().of_era())
                > 9999,
            years: told
                .years
                .into_iter()
                .map(|(year, articles)| YearView::new(year, articles))
                .collect(),
            yearless: told.yearless,
        }
    }
}

impl YearView {
    fn new(year: Year, articles: i64) -> YearView {
        let words = year.words();
        let era = [" BCE", " CE"].into_iter().find(|era| words.ends_with(era));
        let digit = year.of_era() % 10;
        YearView {
            href: paths::year(&year.slug()),
            number: words[..words.len() - era.map_or(0, str::len)].to_owned(),
            era,
            articles,
            column: if year.is_bce() { 9 - digit } else { digit },
        }
    }
}
