//! A day of the year, and today.

use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned, civil};
use serde::Deserialize;

use super::{Given, MAX_AGE, Parts};
use crate::articles::model::site_date_words;
use crate::articles::queries::Listed;
use crate::articles::{Teaser, queries, teasers};
use crate::dates::{DateStyle, Day, Year, month_slug, year_and_day};
use crate::error::AppError;
use crate::paths;
use crate::site::shell::{Link, Section, Shell};
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
    kept: Option<KeptDay>,
    previous: Link,
    next: Link,
    nearest_before: Option<Link>,
    nearest_after: Option<Link>,
}

/// The day that this year lacks, on the day before it.
struct KeptDay {
    link: Link,
    sentence: String,
    events: Vec<Teaser>,
}

#[derive(Deserialize)]
pub(in crate::calendar) struct TodayQuery {
    tz: Option<String>,
}

/// The frame of a day page: `/` and `/today` show the page of today's day.
struct Frame {
    shell: Shell,
    cache: CachePolicy,
    zone_note: Option<String>,
    is_today: bool,
    this_year: Year,
}

/// `GET /`
pub(in crate::calendar) async fn home(parts: Parts) -> Result<HttpResponse, AppError> {
    let given = Given::from(parts);
    let zone = given.config.time_zone.clone();
    let shell = Shell::new(&given.site, paths::HOME);
    given.today(shell, &zone).await
}

/// `GET /today?tz=Asia/Seoul`. A zone that is unknown counts as not given.
pub(in crate::calendar) async fn today(
    query: web::Query<TodayQuery>,
    parts: Parts,
) -> Result<HttpResponse, AppError> {
    let given = Given::from(parts);
    let zone = query
        .tz
        .as_deref()
        .and_then(|name| TimeZone::get(name).ok())
        .unwrap_or_else(|| given.config.time_zone.clone());
    let shell = Shell::new(&given.site, paths::TODAY).title("Today in history");
    given.today(shell, &zone).await
}

impl Given {
    /// The page of a day at its own address. "75 years ago", and what
    /// February 28 keeps, are as of the site's present year.
    pub(super) async fn day_of_any_year(self, day: Day) -> Result<HttpResponse, AppError> {
        let now = jiff::Timestamp::now().to_zoned(self.config.time_zone.clone());
        let (this_year, _) = year_and_day(now.date());
        let words = day.words(self.config.date_style);
        let frame = Frame {
            shell: Shell::new(&self.site, &paths::day(&day.slug())).title(&words),
            cache: until_new_year(&now),
            zone_note: None,
            is_today: false,
            this_year,
        };
        self.day(day, frame).await
    }

    async fn today(self, shell: Shell, zone: &TimeZone) -> Result<HttpResponse, AppError> {
        let now = jiff::Timestamp::now().to_zoned(zone.clone());
        let (this_year, day) = year_and_day(now.date());
        let name = zone.iana_name().unwrap_or("UTC").replace('_', " ");
        let tomorrow = now.date().checked_add(1.day()).ok();
        let left = tomorrow.map_or(0, |tomorrow| seconds_until(&now, tomorrow));
        let frame = Frame {
            shell,
            cache: CachePolicy::UntilMidnight {
                // An import in between must show within minutes.
                seconds: left.min(MAX_AGE),
            },
            zone_note: Some(format!(
                "Today, {}, by the clock of {name}.",
                site_date_words(&now.date().to_string(), self.config.date_style)
            )),
            is_today: true,
            this_year,
        };
        self.day(day, frame).await
    }

    async fn day(self, day: Day, frame: Frame) -> Result<HttpResponse, AppError> {
        let visibility = self.visibility;
        let style = self.config.date_style;
        let this_year = frame.this_year;
        let kept = day.also_remembered(this_year);
        let (events, kept_events, nearest) = self
            .db
            .read(move |conn| {
                let events = on(day, |month, day| {
                    queries::on_day(conn, month, day, visibility)
                })?;
                let kept_events = match kept {
                    Some(kept) => on(kept, |month, day| {
                        queries::on_day(conn, month, day, visibility)
                    })?,
                    None => Vec::new(),
                };
                let nearest = if events.is_empty() {
                    nearest(day, &queries::days_with_entries(conn, visibility)?)
                } else {
                    (None, None)
                };
                Ok((events, kept_events, nearest))
            })
            .await?;
        let words = day.words(style);
        let link = |day: Day| day_link(day, style);
        let (previous, next) = (link(day.previous()), link(day.next()));
        let month_href = paths::month(month_slug(day.month()).unwrap_or("january"));
        let shell = frame
            .shell
            .description(description(&words, &events))
            .section(if frame.is_today {
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
            is_today: frame.is_today,
            zone_note: frame.zone_note,
            events: teasers(events, style, Some(this_year)),
            kept: kept
                .filter(|_| !kept_events.is_empty())
                .map(|kept| KeptDay {
                    link: link(kept),
                    sentence: format!(
                        "{} has no {}; its events are kept here.",
                        this_year.words(),
                        kept.words(style)
                    ),
                    events: teasers(kept_events, style, Some(this_year)),
                }),
            previous,
            next,
            nearest_before: nearest.0.map(link),
            nearest_after: nearest.1.map(link),
        };
        site::page(&self.request, &page, frame.cache)
    }
}

/// What a query by the numbers of month and day gives for a day.
fn on<T>(day: Day, query: impl FnOnce(i64, i64) -> T) -> T {
    query(i64::from(day.month()), i64::from(day.day()))
}

fn day_link(day: Day, style: DateStyle) -> Link {
    Link {
        href: paths::day(&day.slug()),
        label: day.words(style),
    }
}

fn description(words: &str, events: &[Listed]) -> String {
    match events {
        [] => format!("{words} in history."),
        [one] => format!("{words} in history: {}.", one.title),
        [one, more @ ..] => format!(
            "{words} in history: {}, and {} more.",
            one.title,
            more.len()
        ),
    }
}

/// How long the page of a day may be kept that is another one next year. Only
/// in the last hours of the year does that make a difference.
fn until_new_year(now: &Zoned) -> CachePolicy {
    /// Longer than a stale page is ever shown.
    const TWO_DAYS: u32 = 2 * 86_400;
    let new_year = civil::Date::new(now.year().saturating_add(1), 1, 1).ok();
    match new_year.map(|new_year| seconds_until(now, new_year)) {
        Some(left) if left < TWO_DAYS => CachePolicy::UntilMidnight {
            seconds: left.min(MAX_AGE),
        },
        _ => CachePolicy::Public { max_age: MAX_AGE },
    }
}

/// Seconds from now to the beginning of a day in the same zone.
fn seconds_until(now: &Zoned, day: civil::Date) -> u32 {
    let begins = day.to_zoned(now.time_zone().clone()).ok();
    let seconds = begins.map_or(0, |begins| {
        begins.timestamp().as_second() - now.timestamp().as_second()
    });
    u32::try_from(seconds.max(0)).unwrap_or(u32::MAX)
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

    #[test]
    fn a_page_that_counts_years_is_not_kept_beyond_the_last_of_december() {
        let at = |time: &str| until_new_year(&time.parse::<Zoned>().unwrap());
        let public = CachePolicy::Public { max_age: 300 };
        let until = |seconds| CachePolicy::UntilMidnight { seconds };
        assert_eq!(at("2026-11-22T12:00[UTC]"), public);
        assert_eq!(at("2026-12-29T23:59[UTC]"), public);
        assert_eq!(at("2026-12-30T12:00[UTC]"), until(300));
        assert_eq!(at("2026-12-31T23:59:30[UTC]"), until(30));
        // It is the year of the site that counts: in Seoul it is 2027.
        assert_eq!(at("2027-01-01T00:00:10[Asia/Seoul]"), public);
    }
}
