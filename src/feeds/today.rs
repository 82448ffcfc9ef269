//! Today in history: an entry for each day as it comes, by the clock of the
//! site, and for the days before it.

use actix_web::{HttpResponse, web};
use askama::Template;
use diesel::QueryResult;
use jiff::Zoned;
use jiff::civil::Date;

use super::Given;
use crate::articles::queries::{self, Listed};
use crate::articles::{Teaser, Visibility, teasers, years_since};
use crate::dates::{DateStyle, Day, Year, is_round_anniversary, year_and_day};
use crate::db::AnyConnection;
use crate::error::AppError;
use crate::paths::{self, feeds};
use crate::site::CachePolicy;
use crate::site::feed::{Content, Feed, Format, Item};
use crate::site::shell::Identity;

/// How many days it goes back, today included: whoever looks once a fortnight
/// misses none.
const DAYS: usize = 14;

/// Seconds that it may be kept, if midnight does not come before.
const MAX_AGE: u32 = 3600;

/// The content of an entry. No style of ours is known where it is shown.
#[derive(Template)]
#[template(path = "feeds/day.html")]
struct Text {
    events: Vec<Line>,
    /// Absolute.
    day_url: String,
    day_words: String,
    site_name: String,
}

/// One event of a day.
struct Line {
    year: String,
    /// "75 years ago", as of the year of the entry.
    ago: Option<String>,
    /// Absolute.
    url: String,
    title: String,
    /// What happened on this of its days, where it has several.
    label: Option<String>,
    summary: String,
}

/// A day with what happened on it.
struct Told {
    date: Date,
    year: Year,
    day: Day,
    events: Vec<Listed>,
}

/// `GET /today.{format}`
pub(super) async fn show(
    format: web::Path<String>,
    (_, db, audience, site, config): Given,
) -> Result<HttpResponse, AppError> {
    let format = Format::parse(&format).ok_or(AppError::NotFound)?;
    let visibility = audience.now();
    let zone = audience.zone.clone();
    let now = jiff::Timestamp::now().to_zoned(zone.clone());
    let dates = last_days(&now);
    let (told, changed_at) = db
        .read_public(move |conn| {
            let told = dates.into_iter().map(|date| told(conn, date, visibility));
            let told: Vec<Told> = told.collect::<QueryResult<_>>()?;
            Ok((told, queries::changed_at(conn, &zone)?))
        })
        .await?;
    let items: Vec<Item> = told
        .into_iter()
        .filter(|told| !told.events.is_empty())
        .map(|told| item(told, &now, &site, config.date_style))
        .collect::<Result<_, _>>()?;
    let start = beginning(now.date(), &now);
    let feed = Feed {
        title: format!("{}: today in history", site.name),
        description: format!("What happened on this day, from {}, once a day.", site.name),
        updated: items.first().map_or(start, |item| item.updated),
        hub: config.websub_hub.clone(),
        items,
        ..Feed::new(&site, paths::TODAY, &feeds::today(format.as_str()))
    };
    let cache = CachePolicy::until_tomorrow(&now, MAX_AGE);
    feed.answer(format, cache, changed_at)
}

impl Line {
    fn new(teaser: Teaser, site: &Identity) -> Line {
        Line {
            year: teaser.year_words,
            ago: teaser.years_ago.map(|ago| ago.words),
            url: paths::absolute(&site.base_url, &teaser.href),
            title: teaser.title,
            label: teaser.label,
            summary: teaser.summary,
        }
    }
}

/// Today in the zone of `now`, and the days before it.
fn last_days(now: &Zoned) -> Vec<Date> {
    let before = |date: &Date| date.yesterday().ok();
    std::iter::successors(Some(now.date()), before)
        .take(DAYS)
        .collect()
}

/// With what February 28 keeps in years that have no 29th.
fn told(conn: &mut AnyConnection, date: Date, visibility: Visibility) -> QueryResult<Told> {
    let (year, day) = year_and_day(date);
    let mut events = Vec::new();
    for day in [Some(day), day.also_remembered(year)].into_iter().flatten() {
        let (month, day) = (i64::from(day.month()), i64::from(day.day()));
        events.extend(queries::on_day(conn, month, day, visibility)?);
    }
    Ok(Told {
        date,
        year,
        day,
        events,
    })
}

fn item(told: Told, now: &Zoned, site: &Identity, style: DateStyle) -> Result<Item, AppError> {
    let day_words = told.day.words(style);
    let url = paths::absolute(&site.base_url, &paths::day(&told.day.slug()));
    let title = title(&day_words, &told.events, told.year);
    let text = Text {
        events: teasers(told.events, style, Some(told.year))
            .into_iter()
            .map(|teaser| Line::new(teaser, site))
            .collect(),
        day_url: url.clone(),
        day_words,
        site_name: site.name.clone(),
    };
    let html = text.render().map_err(|error| {
        AppError::Internal(anyhow::Error::new(error).context("rendering a day for a feed"))
    })?;
    let start = beginning(told.date, now);
    Ok(Item {
        id: id(&site.base_url, told.date),
        url,
        related: None,
        title,
        summary: None,
        content: Content::Html(html),
        published: start,
        updated: start,
        tags: Vec::new(),
        author: None,
        image: None,
    })
}

/// A tag (RFC 4151): the page of the day is the same one each year, and each
/// year's entry is another.
fn id(base_url: &str, date: Date) -> String {
    let url = url::Url::parse(base_url).ok();
    let host = url.as_ref().and_then(url::Url::host_str);
    format!("tag:{},{date}:today", host.unwrap_or("localhost"))
}

/// "January 4: Seoul falls, and 3 more". It names the longest round anniversary
/// of the year, else the latest event; never one that is on hold.
fn title(day_words: &str, events: &[Listed], year: Year) -> String {
    let free = events.iter().filter(|event| !event.is_held);
    let foremost = free.max_by_key(|event| {
        let round = years_since(event, year).filter(|years| is_round_anniversary(*years));
        (round, event.standing.as_ref().map(|standing| standing.year))
    });
    match (foremost, events.len()) {
        (None, _) => format!("{day_words} in history"),
        (Some(event), 1) => format!("{day_words}: {}", event.title),
        (Some(event), number) => format!("{day_words}: {}, and {} more", event.title, number - 1),
    }
}

/// When a day begins in the zone of `now`, in epoch milliseconds.
fn beginning(date: Date, now: &Zoned) -> i64 {
    let start = date.to_zoned(now.time_zone().clone()).ok();
    start.map_or(0, |start| start.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn today_is_the_day_of_the_site_and_tomorrow_is_never_there() {
        // One moment, at which the world has three dates.
        let moment: jiff::Timestamp = "2026-01-04T10:30:00Z".parse().unwrap();
        for (zone, today, start) in [
            ("Pacific/Kiritimati", "2026-01-05", "2026-01-04T10:00:00Z"),
            ("UTC", "2026-01-04", "2026-01-04T00:00:00Z"),
            ("Pacific/Honolulu", "2026-01-04", "2026-01-04T10:00:00Z"),
            ("Pacific/Pago_Pago", "2026-01-03", "2026-01-03T11:00:00Z"),
        ] {
            let now = moment.to_zoned(TimeZone::get(zone).unwrap());
            let days = last_days(&now);
            assert_eq!(days[0].to_string(), today, "{zone}");
            assert_eq!(days.len(), 14);
            assert!(days.is_sorted_by(|one, other| one > other));
            let start: jiff::Timestamp = start.parse().unwrap();
            assert_eq!(beginning(days[0], &now), start.as_millisecond(), "{zone}");
        }
    }

    #[test]
    fn midnight_brings_the_next_day_and_ends_what_was_kept() {
        let at = |time: &str| time.parse::<Zoned>().unwrap();
        for (zone, time, date, left) in [
            ("Pacific/Kiritimati", "2025-12-31T23:59:59", "2025-12-31", 1),
            (
                "Pacific/Kiritimati",
                "2026-01-01T00:00:00",
                "2026-01-01",
                3600,
            ),
            (
                "Pacific/Honolulu",
                "2026-02-28T23:30:00",
                "2026-02-28",
                1800,
            ),
        ] {
            let now = at(&format!("{time}[{zone}]"));
            assert_eq!(last_days(&now)[0].to_string(), date);
            let cache = CachePolicy::until_tomorrow(&now, MAX_AGE);
            assert_eq!(cache, CachePolicy::UntilMidnight { seconds: left });
        }
    }

    #[test]
    fn an_id_holds_the_host_and_the_date_alone() {
        let date: Date = "2026-01-04".parse().unwrap();
        for base in ["https://daybook.example", "http://daybook.example:8080"] {
            assert_eq!(id(base, date), "tag:daybook.example,2026-01-04:today");
        }
    }
}
