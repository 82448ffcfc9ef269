//! A month as a sheet of the calendar, with how much each of its days holds.

use std::collections::HashMap;

use actix_web::HttpResponse;
use askama::Template;

use super::super::model::articles_words;
use super::super::structured;
use super::super::weeks::{first_weekday, weekdays, weeks};
use super::Given;
use super::clock::until_tomorrow;
use crate::articles::{Teaser, inputs, queries, teasers};
use crate::dates::{
    DateStyle, Day, MONTHS, Weekday, Year, month_name, month_slug, weekday_name, year_and_day,
};
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::paths;
use crate::site;
use crate::site::shell::{Link, Section, Shell};
use crate::site::turning::Turn;

/// The days of a month as they fall this year.
#[derive(Template)]
#[template(path = "calendar/month.html")]
struct MonthPage {
    shell: Shell,
    month_name: &'static str,
    /// The year of the weekdays.
    year_words: String,
    weekdays: Vec<WeekdayView>,
    weeks: Vec<Vec<Option<DayCell>>>,
    /// February 29 in a year that lacks it: it has a page all the same.
    leap_day: Option<DayCell>,
    undated: Vec<Teaser>,
    /// Of those.
    turn: Turn,
    previous: Link,
    next: Link,
    months: Vec<MonthLink>,
}

struct WeekdayView {
    name: &'static str,
    /// Its first two letters.
    short: &'static str,
}

struct DayCell {
    href: String,
    number: u8,
    words: String,
    count: i64,
    /// "2 articles".
    count_words: String,
    label: String,
    is_today: bool,
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
        let now = jiff::Timestamp::now().to_zoned(self.config.time_zone.clone());
        let (year, today) = year_and_day(now.date());
        let number = i64::from(month);
        let (name, slug) = month_name(month)
            .zip(month_slug(month))
            .ok_or(AppError::NotFound)?;
        let path = paths::month(slug);
        let query = self.request.query_string().to_owned();
        let (counts, undated, turn) = self
            .db
            .read_public(move |conn| {
                let counts = queries::days_of_month(conn, number, None, visibility)?;
                let spots = queries::outline_of_day(conn, number, None, visibility)?;
                let Some(turn) = Turn::read(&query, &path, spots.len()) else {
                    return Ok(None);
                };
                let undated = queries::listed_at(conn, &spots[turn.range()], visibility)?;
                Ok(Some((counts, undated, turn)))
            })
            .await?
            .ok_or(AppError::NotFound)?;
        let link = |month: u8| Link {
            href: paths::month(month_slug(month).unwrap_or("january")),
            label: month_name(month).unwrap_or("January").to_owned(),
        };
        let previous = link(if month == 1 { 12 } else { month - 1 });
        let next = link(if month == 12 { 1 } else { month + 1 });
        let shell = Shell::new(&self.site, &turn.here())
            .title(format!("{name} in history{}", turn.of_title()))
            .description(format!("Every day of {name} with what happened on it."))
            .section(Section::Calendar)
            .calendar(paths::month(slug))
            .neighbours(
                turn.previous().or(Some(previous.href.clone())),
                turn.next().or(Some(next.href.clone())),
            );
        let block = structured::place(&shell, &[], name);
        let shell = shell.structured(block);
        let cell = |day: Day| DayCell::new(day, &counts, today, style);
        let first = first_weekday(style);
        let page = MonthPage {
            shell,
            month_name: name,
            year_words: year.words(),
            weekdays: weekdays(first).into_iter().map(WeekdayView::new).collect(),
            weeks: weeks(year, month, first)
                .into_iter()
                .map(|week| week.into_iter().map(|day| day.map(cell)).collect())
                .collect(),
            leap_day: lacking(year, month).map(cell),
            undated: teasers(undated, style, None),
            turn,
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
        Ok(depends_on(
            site::page(&page, until_tomorrow(&now))?,
            Inputs::of([inputs::in_month(number), inputs::today()]),
        ))
    }
}

/// The day of a month that a year lacks.
fn lacking(year: Year, month: u8) -> Option<Day> {
    Day::of_month(month).find_map(|day| day.also_remembered(year))
}

impl WeekdayView {
    fn new(weekday: Weekday) -> WeekdayView {
        let name = weekday_name(weekday);
        WeekdayView {
            name,
            short: &name[..2],
        }
    }
}

impl DayCell {
    fn new(day: Day, counts: &HashMap<i64, i64>, today: Day, style: DateStyle) -> DayCell {
        let count = counts.get(&i64::from(day.day())).copied().unwrap_or(0);
        let words = day.words(style);
        let count_words = articles_words(count);
        DayCell {
            href: paths::day(&day.slug()),
            number: day.day(),
            count,
            label: match count {
                0 => format!("{words}, nothing yet"),
                _ => format!("{words}, {count_words}"),
            },
            count_words,
            words,
            is_today: day == today,
        }
    }
}
