//! The pages of days, months and years.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use jiff::ToSpan;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::articles::model::site_date_words;
use crate::articles::{Audience, Teaser, Visibility, queries, teasers};
use crate::config::Config;
use crate::dates::{
    Day, MONTHS, Year, month_name, month_slug, parse_month_loose, parse_month_slug, year_and_day,
};
use crate::db::Db;
use crate::error::AppError;
use crate::paths;
use crate::site::shell::{Identity, Link, Section, Shell};
use crate::site::{self, CachePolicy};

/// What happened on one day of the year.
#[derive(Template)]
#[template(path = "calendar/day.html")]
struct DayPage {
    shell: Shell,
    day_words: String,
    day_number: u8,
    month_name: &'static str,
    month_href: String,
    is_today: bool,
    zone_note: Option<String>,
    events: Vec<Teaser>,
    previous: Link,
    next: Link,
    nearest_before: Option<Link>,
    nearest_after: Option<Link>,
}

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

/// A year in order of time.
#[derive(Template)]
#[template(path = "calendar/year.html")]
struct YearPage {
    shell: Shell,
    year_words: String,
    events: Vec<Teaser>,
    previous: Option<Link>,
    next: Option<Link>,
}

#[derive(Deserialize)]
pub(super) struct TodayQuery {
    tz: Option<String>,
}

/// What every page of this feature works with.
#[derive(Clone)]
struct Given {
    request: HttpRequest,
    db: web::Data<Db>,
    site: web::Data<Identity>,
    config: web::Data<Config>,
    visibility: Visibility,
}

/// The frame of a day page: `/` and `/today` show the page of today's day.
struct Frame {
    shell: Shell,
    cache: CachePolicy,
    zone_note: Option<String>,
    this_year: Option<i64>,
}

/// `GET /`
pub(super) async fn home(
    request: HttpRequest,
    db: web::Data<Db>,
    audience: web::Data<Audience>,
    site: web::Data<Identity>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let zone = config.time_zone.clone();
    let given = Given {
        request,
        db,
        site,
        config,
        visibility: audience.now(),
    };
    let shell = Shell::new(&given.site, paths::HOME);
    given.today(shell, &zone).await
}

/// `GET /today?tz=Asia/Seoul`. A zone that is unknown counts as not given.
pub(super) async fn today(
    request: HttpRequest,
    query: web::Query<TodayQuery>,
    db: web::Data<Db>,
    audience: web::Data<Audience>,
    site: web::Data<Identity>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let zone = query
        .tz
        .as_deref()
        .and_then(|name| TimeZone::get(name).ok())
        .unwrap_or_else(|| config.time_zone.clone());
    let given = Given {
        request,
        db,
        site,
        config,
        visibility: audience.now(),
    };
    let shell = Shell::new(&given.site, paths::TODAY).title("Today in history");
    given.today(shell, &zone).await
}

/// `GET /on/{day}` and `GET /on/{month}`; other spellings are redirected.
pub(super) async fn on(
    request: HttpRequest,
    name: web::Path<String>,
    db: web::Data<Db>,
    audience: web::Data<Audience>,
    site: web::Data<Identity>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let given = Given {
        request,
        db,
        site,
        config,
        visibility: audience.now(),
    };
    if let Some(day) = Day::parse_slug(&name) {
        let words = day.words(given.config.date_style);
        let frame = Frame {
            shell: Shell::new(&given.site, &paths::day(&day.slug())).title(&words),
            cache: CachePolicy::Public { max_age: 300 },
            zone_note: None,
            this_year: None,
        };
        return given.day(day, frame).await;
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

/// `GET /year/{year}`. A year without articles is no page.
pub(super) async fn year(
    request: HttpRequest,
    name: web::Path<String>,
    db: web::Data<Db>,
    audience: web::Data<Audience>,
    site: web::Data<Identity>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let Some(year) = Year::parse_slug(&name) else {
        let year = Year::parse_loose(&name).ok_or(AppError::NotFound)?;
        return Ok(site::moved(&paths::year(&year.slug())));
    };
    let visibility = audience.now();
    let number = year.astronomical();
    let (events, (before, after)) = db
        .read(move |conn| {
            let events = queries::in_year(conn, number, visibility)?;
            let around = queries::years_around(conn, number, visibility)?;
            Ok((events, around))
        })
        .await?;
    if events.is_empty() {
        return Err(AppError::NotFound);
    }
    let link = |year: i64| {
        let year = Year::from_astronomical(year);
        Link {
            href: paths::year(&year.slug()),
            label: year.words(),
        }
    };
    let (previous, next) = (before.map(link), after.map(link));
    let words = year.words();
    let count = events.len();
    let shell = Shell::new(&site, &paths::year(&year.slug()))
        .title(&words)
        .description(format!(
            "The year {words} in {count} {}, in order of time, each with its sources.",
            if count == 1 { "article" } else { "articles" }
        ))
        .section(Section::Calendar)
        .neighbours(
            previous.as_ref().map(|link| link.href.clone()),
            next.as_ref().map(|link| link.href.clone()),
        );
    let page = YearPage {
        shell,
        year_words: words,
        events: teasers(events, config.date_style, None),
        previous,
        next,
    };
    site::page(&request, &page, CachePolicy::Public { max_age: 300 })
}

impl Given {
    async fn today(self, shell: Shell, zone: &TimeZone) -> Result<HttpResponse, AppError> {
        let now = jiff::Timestamp::now().to_zoned(zone.clone());
        let (year, day) = year_and_day(now.date());
        let midnight = now
            .date()
            .checked_add(1.day())
            .and_then(|tomorrow| tomorrow.to_zoned(zone.clone()));
        let seconds = midnight.map_or(0, |midnight| {
            midnight.timestamp().as_second() - now.timestamp().as_second()
        });
        let name = zone.iana_name().unwrap_or("UTC").replace('_', " ");
        let frame = Frame {
            shell,
            cache: CachePolicy::UntilMidnight {
                // An import in between must show within minutes.
                seconds: u32::try_from(seconds.clamp(0, 300)).unwrap_or(0),
            },
            zone_note: Some(format!(
                "Today, {}, by the clock of {name}.",
                site_date_words(&now.date().to_string(), self.config.date_style)
            )),
            this_year: Some(year.astronomical()),
        };
        self.day(day, frame).await
    }

    async fn day(self, day: Day, frame: Frame) -> Result<HttpResponse, AppError> {
        let visibility = self.visibility;
        let style = self.config.date_style;
        let (month, number) = (i64::from(day.month()), i64::from(day.day()));
        let (events, nearest) = self
            .db
            .read(move |conn| {
                let events = queries::on_day(conn, month, number, visibility)?;
                let nearest = if events.is_empty() {
                    nearest(day, &queries::days_with_entries(conn, visibility)?)
                } else {
                    (None, None)
                };
                Ok((events, nearest))
            })
            .await?;
        let words = day.words(style);
        let link = |day: Day| Link {
            href: paths::day(&day.slug()),
            label: day.words(style),
        };
        let description = match events.as_slice() {
            [] => format!("{words} in history."),
            [one] => format!("{words} in history: {}.", one.title),
            [one, more @ ..] => format!(
                "{words} in history: {}, and {} more.",
                one.title,
                more.len()
            ),
        };
        let (previous, next) = (link(day.previous()), link(day.next()));
        let month_href = paths::month(month_slug(day.month()).unwrap_or("january"));
        let shell = frame
            .shell
            .description(description)
            .section(if frame.this_year.is_some() {
                Section::Today
            } else {
                Section::Calendar
            })
            .calendar(month_href.clone())
            .neighbours(Some(previous.href.clone()), Some(next.href.clone()));
        let page = DayPage {
            shell,
            day_words: words,
            day_number: day.day(),
            month_name: day.month_name(),
            month_href,
            is_today: frame.this_year.is_some(),
            zone_note: frame.zone_note,
            events: teasers(events, style, frame.this_year),
            previous,
            next,
            nearest_before: nearest.0.map(link),
            nearest_after: nearest.1.map(link),
        };
        site::page(&self.request, &page, frame.cache)
    }

    async fn month(self, month: u8) -> Result<HttpResponse, AppError> {
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
        site::page(&self.request, &page, CachePolicy::Public { max_age: 300 })
    }
}

/// The nearest days before and after one, around the turn of the year, that
/// have entries. The day itself has none.
fn nearest(day: Day, told: &[(i64, i64)]) -> (Option<Day>, Option<Day>) {
    let mut days: Vec<Day> = told
        .iter()
        .filter_map(|(month, day)| Day::new(u8::try_from(*month).ok()?, u8::try_from(*day).ok()?))
        .collect();
    days.sort_by_key(|day| day.ordinal());
    let before = days
        .iter()
        .rev()
        .find(|other| other.ordinal() < day.ordinal())
        .or(days.last());
    let after = days
        .iter()
        .find(|other| other.ordinal() > day.ordinal())
        .or(days.first());
    (before.copied(), after.copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_days_are_found_around_the_turn_of_the_year() {
        let day = |month, day| Day::new(month, day).unwrap();
        let told = [(1, 4), (11, 22)];
        assert_eq!(
            nearest(day(12, 31), &told),
            (Some(day(11, 22)), Some(day(1, 4)))
        );
        assert_eq!(
            nearest(day(1, 1), &told),
            (Some(day(11, 22)), Some(day(1, 4)))
        );
        assert_eq!(nearest(day(1, 1), &[]), (None, None));
    }
}
