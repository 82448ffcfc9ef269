//! A day of the year, and today.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;
use diesel::QueryResult;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::clock::{until_new_year, until_tomorrow};
use super::lives::{self, LivesView};
use super::spread::{self, Lead, Stretch};
use super::week::{self, WeekDay};
use super::{Given, Parts};
use crate::articles::lead::Choice;
use crate::articles::model::site_date_words;
use crate::articles::queries::Listed;
use crate::articles::queries::{LifeDay, lives_on};
use crate::articles::{
    Face, Gazetteer, MOST_EVENTS, MapView, Teaser, Visibility, inputs, locator, queries, teasers,
};
use crate::calendar::structured;
use crate::calendar::weeks::around;
use crate::dates::{DateStyle, Day, Year, month_slug, year_and_day};
use crate::db::AnyConnection;
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::paths;
use crate::site::feed::Format;
use crate::site::shell::{Link, Section, Shell};
use crate::site::structured::crumb;
use crate::site::turning::{ON_A_PAGE, Turn};
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
    week: Vec<WeekDay>,
    lead: Option<Lead>,
    /// All events but the lead.
    stretches: Vec<Stretch>,
    turn: Turn,
    lives: Vec<LivesView>,
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
    lives: Vec<LivesView>,
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
    let shell = Shell::new(&given.site, paths::HOME).structured(structured::front(&given.site));
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
        let frame = Frame {
            shell,
            cache: until_tomorrow(&now),
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
        let gazetteer = self.gazetteer.clone();
        let words = day.words(style);
        let query = self.request.query_string().to_owned();
        // Today's further pages are those of the day.
        let query = if frame.is_today { String::new() } else { query };
        let found = self
            .db
            .read_public(move |conn| {
                Found::load(conn, &gazetteer, (day, &query), this_year, visibility)
            })
            .await?
            .ok_or(AppError::NotFound)?;
        let turn = found.turn;
        let link = |day: Day| day_link(day, style);
        let (previous, next) = (link(day.previous()), link(day.next()));
        let month_href = paths::month(month_slug(day.month()).unwrap_or("january"));
        let card = Face::of_day(day, &found.card);
        let shell = if turn.is_first() {
            frame.shell
        } else {
            let title = format!("{words}{}", turn.of_title());
            Shell::new(&self.site, &turn.here()).title(title)
        };
        let mut shell = shell
            .card(&card.path(), card.alt())
            .description(description(&words, &found.events, turn.total))
            .section(if frame.is_today {
                Section::Today
            } else {
                Section::Calendar
            })
            .calendar(month_href.clone())
            .neighbours(
                turn.previous().or(Some(previous.href.clone())),
                turn.next().or(Some(next.href.clone())),
            );
        if turn.is_first() {
            shell = shell.embeddable();
        }
        shell = match frame.is_today {
            true => with_feed(shell),
            false => {
                let month = crumb(day.month_name(), month_href.as_str());
                let entry = |one: &Listed| crumb(one.title.as_str(), paths::article(&one.slug));
                let entries: Vec<Link> = found.events.iter().map(entry).collect();
                let block = structured::day(&shell, month, &entries);
                shell.structured(block)
            }
        };
        let kept = found.kept.map(|kept| KeptDay {
            link: link(kept.day),
            sentence: match kept.total > kept.events.len() {
                true => format!(
                    "{} has no {}; the first {} of its {} events are kept here.",
                    this_year.words(),
                    kept.day.words(style),
                    kept.events.len(),
                    kept.total
                ),
                false => format!(
                    "{} has no {}; its events are kept here.",
                    this_year.words(),
                    kept.day.words(style)
                ),
            },
            events: teasers(kept.events, style, Some(this_year)),
            lives: lives::of_day(kept.lives, Some(kept.day), style),
        });
        let is_empty = found.events.is_empty();
        let events = teasers(found.events, style, Some(this_year));
        let spread = spread::lay_out(events, found.choice, found.map, frame.is_today);
        let page = DayPage {
            shell,
            day_words: words,
            day_number: day.day(),
            month_name: day.month_name(),
            month_href,
            is_today: frame.is_today,
            zone_note: frame.zone_note,
            week: week::strip(day, &found.counts, style),
            lead: spread.0,
            stretches: spread.1,
            lives: lives::of_day(found.lives, None, style),
            turn,
            kept,
            previous,
            next,
            nearest_before: found.nearest.0.map(link),
            nearest_after: found.nearest.1.map(link),
        };
        let answer = site::page(&page, frame.cache)?;
        if frame.is_today {
            return Ok(answer);
        }
        // The strip reaches as far as the choice of the lead looks back, and to
        // the day that may be kept here.
        let inputs = Inputs::of(around(day).into_iter().map(inputs::on_day));
        let inputs = inputs.and([inputs::places(), inputs::this_year()]);
        let nearest = is_empty.then(inputs::told_days);
        Ok(depends_on(answer, inputs.and(nearest)))
    }
}

/// What the database has of a day.
struct Found {
    /// Those that the page shows.
    events: Vec<Listed>,
    turn: Turn,
    /// Those that the card of the day shows.
    card: Vec<Listed>,
    /// Which of them leads, and why.
    choice: Option<Choice>,
    /// Where that was, if it has no picture of its own.
    map: Option<MapView>,
    lives: Vec<LifeDay>,
    kept: Option<FoundKept>,
    /// The number of articles of each day around this one.
    counts: HashMap<Day, i64>,
    /// Where the day has no events: the nearest days that have.
    nearest: (Option<Day>, Option<Day>),
}

/// What is kept here of a day that this year lacks.
struct FoundKept {
    day: Day,
    events: Vec<Listed>,
    /// How many events the day has; a page of its own has those that are left
    /// out here.
    total: usize,
    lives: Vec<LifeDay>,
}

impl Found {
    fn load(
        conn: &mut AnyConnection,
        gazetteer: &Gazetteer,
        (day, query): (Day, &str),
        this_year: Year,
        visibility: Visibility,
    ) -> QueryResult<Option<Found>> {
        let spots = spread::spots_on(conn, day, visibility)?;
        let Some(turn) = Turn::read(query, &paths::day(&day.slug()), spots.len()) else {
            return Ok(None);
        };
        let mut choice = queries::lead_among(conn, &spots, this_year, day, visibility)?;
        let shown = spread::on_page(&spots, &mut choice, &turn);
        let events = queries::listed_at(conn, &shown, visibility)?;
        let card = queries::some_of_day(conn, &spots, MOST_EVENTS, visibility)?;
        let lead = choice.as_ref().and_then(|choice| events.get(choice.index));
        let map = match lead {
            Some(lead) => locator::of_listed(lead, &*gazetteer.places(conn)?),
            None => None,
        };
        let kept = match day.also_remembered(this_year).filter(|_| turn.is_first()) {
            Some(kept) => {
                let mut spots = spread::spots_on(conn, kept, visibility)?;
                let total = spots.len();
                spots.truncate(ON_A_PAGE);
                Some(FoundKept {
                    day: kept,
                    events: queries::listed_at(conn, &spots, visibility)?,
                    total,
                    lives: lives_on(conn, kept)?,
                })
            }
            None => None,
        };
        let nearest = if events.is_empty() {
            nearest(day, &queries::days_with_entries(conn, visibility)?)
        } else {
            (None, None)
        };
        let lives = match turn.is_first() {
            true => lives_on(conn, day)?,
            false => Vec::new(),
        };
        Ok(Some(Found {
            choice,
            map,
            lives,
            kept: kept.filter(|kept| !kept.events.is_empty() || !kept.lives.is_empty()),
            counts: week::counts(conn, day, visibility)?,
            nearest,
            events,
            turn,
            card,
        }))
    }
}

/// Names the feed of today in the head of its page.
fn with_feed(shell: Shell) -> Shell {
    let title = format!("{}: today in history", shell.site.name);
    let path = paths::feeds::today(Format::Atom.as_str());
    shell.alternate(Format::Atom.media_type(), &path, title)
}

fn day_link(day: Day, style: DateStyle) -> Link {
    Link {
        href: paths::day(&day.slug()),
        label: day.words(style),
    }
}

fn description(words: &str, events: &[Listed], total: usize) -> String {
    match events {
        [] => format!("{words} in history: nothing is told for this day yet."),
        [one, ..] if total == 1 => format!("{words} in history: {}.", one.title),
        [one, ..] => format!("{words} in history: {}, and {} more.", one.title, total - 1),
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
