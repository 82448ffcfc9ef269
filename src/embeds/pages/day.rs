//! What happened on a day of the year, and today.

use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};
use serde::Deserialize;

use super::{Given, MAX_AGE, Parts};
use crate::articles::{Teaser, inputs, queries, teasers};
use crate::dates::{Day, Year, year_and_day};
use crate::editions::Inputs;
use crate::error::AppError;
use crate::paths::{self, sharing};
use crate::site::shell::Shell;
use crate::site::{self, CachePolicy};

/// How many events a frame lists: what fits into its height with titles of two
/// lines. The page of the day has them all.
const MOST_EVENTS: usize = 5;
/// Up to how many there is room for summaries.
const FEW_EVENTS: usize = 2;

/// A day with some of its events.
#[derive(Template)]
#[template(path = "embeds/day.html")]
struct DayFrame {
    shell: Shell,
    href: String,
    day_number: u8,
    month_name: &'static str,
    is_today: bool,
    has_summaries: bool,
    events: Vec<Teaser>,
    /// Where it leads: "All 8 events of January 4".
    foot: String,
}

#[derive(Deserialize)]
pub(in crate::embeds) struct TodayQuery {
    tz: Option<String>,
}

/// `GET /embed/on/{day}`; other spellings are redirected.
pub(in crate::embeds) async fn day(
    name: web::Path<String>,
    parts: Parts,
) -> Result<HttpResponse, AppError> {
    let given = Given::from(parts);
    let Some(day) = Day::parse_slug(&name) else {
        let day = Day::parse_loose(&name).ok_or(AppError::NotFound)?;
        return Ok(site::moved(&sharing::embed_day(&day.slug())));
    };
    let cache = CachePolicy::Public { max_age: MAX_AGE };
    given.show(day, None, cache).await
}

/// `GET /embed/today?tz=Asia/Seoul`. A zone that is unknown counts as not given.
pub(in crate::embeds) async fn today(
    query: web::Query<TodayQuery>,
    parts: Parts,
) -> Result<HttpResponse, AppError> {
    let given = Given::from(parts);
    let asked = query.tz.as_deref();
    let zone = asked.and_then(|name| TimeZone::get(name).ok());
    let zone = zone.unwrap_or_else(|| given.config.time_zone.clone());
    let now = jiff::Timestamp::now().to_zoned(zone);
    let (this_year, day) = year_and_day(now.date());
    given.show(day, Some(this_year), until_tomorrow(&now)).await
}

impl Given {
    /// The frame of a day; `this_year` is given where the day is today, and
    /// adds how long ago each event was.
    async fn show(
        self,
        day: Day,
        this_year: Option<Year>,
        cache: CachePolicy,
    ) -> Result<HttpResponse, AppError> {
        let visibility = self.visibility;
        let (month, number) = (i64::from(day.month()), i64::from(day.day()));
        let found = self
            .db
            .read_public(move |conn| queries::on_day(conn, month, number, visibility))
            .await?;
        let style = self.config.date_style;
        let all = teasers(found, style, this_year);
        let words = day.words(style);
        let foot = match all.len() {
            0 => words.clone(),
            count if count > MOST_EVENTS => format!("All {count} events of {words}"),
            _ => format!("{words}, with sources"),
        };
        let path = if this_year.is_some() {
            paths::HOME.to_owned()
        } else {
            paths::day(&day.slug())
        };
        let frame = DayFrame {
            shell: self.shell(&path, &words),
            href: paths::day(&day.slug()),
            day_number: day.day(),
            month_name: day.month_name(),
            is_today: this_year.is_some(),
            has_summaries: all.len() <= FEW_EVENTS,
            events: some_of(all, MOST_EVENTS),
            foot,
        };
        let inputs = match this_year {
            Some(_) => Inputs::Everything,
            None => Inputs::of([inputs::on_day(day)]),
        };
        self.frame(&frame, cache, inputs)
    }
}

/// Some of the events of a day, in the order in which they were: those that
/// were a round number of years ago, and of the others some from all over the
/// centuries, always the same.
fn some_of(all: Vec<Teaser>, most: usize) -> Vec<Teaser> {
    let is_round = |one: &Teaser| matches!(&one.years_ago, Some(years_ago) if years_ago.is_round);
    let rounds = all.iter().map(is_round).collect::<Vec<_>>();
    let chosen = chosen(&rounds, most);
    let numbered = all.into_iter().enumerate();
    numbered
        .filter(|(index, _)| chosen.contains(index))
        .map(|(_, teaser)| teaser)
        .collect()
}

/// The places of those that [`some_of`] chooses.
fn chosen(rounds: &[bool], most: usize) -> Vec<usize> {
    let of = |wanted: bool| -> Vec<usize> {
        let places = rounds.iter().enumerate();
        places
            .filter(|(_, is_round)| **is_round == wanted)
            .map(|(index, _)| index)
            .collect()
    };
    let mut chosen = of(true);
    chosen.truncate(most);
    let others = of(false);
    let room = (most - chosen.len()).min(others.len());
    chosen.extend((0..room).filter_map(|n| others.get(n * others.len() / room)));
    chosen
}

/// Today's frame is another one tomorrow, and an import shows in it before.
fn until_tomorrow(now: &Zoned) -> CachePolicy {
    let tomorrow = now.date().checked_add(1.day()).ok();
    let begins = tomorrow.and_then(|day| day.to_zoned(now.time_zone().clone()).ok());
    let left = begins.map_or(0, |begins| {
        begins.timestamp().as_second() - now.timestamp().as_second()
    });
    let seconds = u32::try_from(left).unwrap_or(0).min(MAX_AGE);
    CachePolicy::UntilMidnight { seconds }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_number_of_years_goes_before_and_the_others_come_from_everywhere() {
        assert_eq!(chosen(&[false; 3], 5), [0, 1, 2]);
        assert_eq!(chosen(&[false; 10], 5), [0, 2, 4, 6, 8]);
        let mut rounds = [false; 10];
        rounds[3] = true;
        rounds[9] = true;
        assert_eq!(chosen(&rounds, 5), [3, 9, 0, 2, 6]);
        assert_eq!(chosen(&[true; 9], 5), [0, 1, 2, 3, 4]);
        assert_eq!(chosen(&[], 5), [0; 0]);
    }

    #[test]
    fn todays_frame_is_not_kept_beyond_midnight() {
        let at = |time: &str| until_tomorrow(&time.parse::<Zoned>().unwrap());
        let until = |seconds| CachePolicy::UntilMidnight { seconds };
        assert_eq!(at("2026-11-22T12:00[UTC]"), until(300));
        assert_eq!(at("2026-11-22T23:59:30[Asia/Seoul]"), until(30));
    }
}
