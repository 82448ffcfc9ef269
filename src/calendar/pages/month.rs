//! The days of a month.

use actix_web::HttpResponse;
use askama::Template;

use super::{Given, MAX_AGE};
use crate::articles::{Teaser, queries, teasers};
use crate::dates::{Day, MONTHS, month_name, month_slug};
use crate::error::AppError;
use crate::paths;
use crate::site::shell::{Link, Section, Shell};
use crate::site::{self, CachePolicy};

/// The days of a month, with how much each holds.
#[derive(Template)]
#[template(path = "calendar/month.html")]
struct MonthPage {
    shell: Shell,
    month_name: &'static str,
    days: Vec<DayCell>,
    undated: Vec<Teaser>,
    previous: Link,
    next: Link,
    months: Vec<MonthLink>,
}

struct DayCell {
    href: String,
    number: u8,
    count: i64,
    label: String,
}

struct MonthLink {
    href: String,
    label: &'static str,
    is_current: bool,
}

impl Given {
    pub(super) async fn month(self, month: u8) -> Result<HttpResponse, AppError> {
        let visibility = self.visibility;
        let style = self.config.date_style;
        let number = i64::from(month);
        let (counts, undated) = self
            .db
            .read(move |conn| {
                let counts = queries::days_of_month(conn, number, visibility)?;
                let undated = queries::in_month(conn, number, visibility)?;
                Ok((counts, undated))
            })
            .await?;
        let (name, slug) = month_name(month)
            .zip(month_slug(month))
            .ok_or(AppError::NotFound)?;
        let days = Day::of_month(month)
            .map(|day| {
                let count = counts.get(&i64::from(day.day())).copied().unwrap_or(0);
                DayCell {
                    href: paths::day(&day.slug()),
                    number: day.day(),
                    count,
                    label: match count {
                        0 => format!("{}, nothing yet", day.words(style)),
                        1 => format!("{}, 1 article", day.words(style)),
                        _ => format!("{}, {count} articles", day.words(style)),
                    },
                }
            })
            .collect();
        let link = |month: u8| Link {
            href: paths::month(month_slug(month).unwrap_or("january")),
            label: month_name(month).unwrap_or("January").to_owned(),
        };
        let previous = link(if month == 1 { 12 } else { month - 1 });
        let next = link(if month == 12 { 1 } else { month + 1 });
        let shell = Shell::new(&self.site, &paths::month(slug))
            .title(format!("{name} in history"))
            .description(format!("Every day of {name} with what happened on it."))
            .section(Section::Calendar)
            .calendar(paths::month(slug))
            .neighbours(Some(previous.href.clone()), Some(next.href.clone()));
        let page = MonthPage {
            shell,
            month_name: name,
            days,
            undated: teasers(undated, style, None),
            previous,
            next,
            months: (1_u8..)
                .zip(MONTHS)
                .map(|(number, label)| MonthLink {
                    href: link(number).href,
                    label,
                    is_current: number == month,
                })
                .collect(),
        };
        site::page(
            &self.request,
            &page,
            CachePolicy::Public { max_age: MAX_AGE },
        )
    }
}
