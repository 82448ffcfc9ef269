//! Articles as events that return each year.

use std::collections::HashSet;

use icalendar::{Calendar, Component, Event, EventLike, Parameter, Property};
use jiff::ToSpan;
use jiff::civil::{self, Date};

use super::lines::{clean, clean_line, fold};
use crate::articles::locator::Places;
use crate::articles::model::{EventDate, Registry};
use crate::articles::queries::Published;
use crate::cases::HoldKind;
use crate::dates::{DateStyle, Day, Edge, Standing};
use crate::paths;

/// How often a program should ask again: twice a day.
const REFRESH: &str = "PT12H";

/// What stands on a calendar.
#[derive(Clone)]
pub(super) struct Cover {
    /// What programs call it.
    pub(super) name: String,
    /// One sentence.
    pub(super) description: String,
    /// Its own address on this site.
    pub(super) path: String,
    /// The page that it belongs to.
    pub(super) page: String,
}

/// A calendar while it is written.
pub(super) struct Book<'a> {
    calendar: Calendar,
    base_url: &'a str,
    host: &'a str,
    today: Date,
    style: DateStyle,
}

impl<'a> Book<'a> {
    /// An empty one. `base_url` has no slash at its end, `host` is its host and
    /// port, `today` is reckoned in the zone of the site.
    pub(super) fn new(
        cover: &Cover,
        base_url: &'a str,
        host: &'a str,
        today: Date,
        style: DateStyle,
    ) -> Book<'a> {
        // No METHOD: that would make it an invitation, which names who invites.
        let mut calendar = Calendar::empty();
        let name = clean_line(&cover.name);
        let description = clean_line(&cover.description);
        let text = |key: &str, value: &str| {
            // The crate knows these names of RFC 7986 not yet as text, and
            // would leave commas in them as they are.
            let mut property = Property::new(key, value);
            property
                .append_parameter(Parameter::new("VALUE", "TEXT"))
                .done()
        };
        let uri = |key: &str, path: &str| {
            let mut property = Property::new(key, paths::absolute(base_url, path));
            property
                .append_parameter(Parameter::new("VALUE", "URI"))
                .done()
        };
        let mut refresh = Property::new("REFRESH-INTERVAL", REFRESH);
        for property in [
            Property::new("VERSION", "2.0"),
            Property::new("PRODID", "-//Daybook//On this day//EN"),
            Property::new("CALSCALE", "GREGORIAN"),
            text("NAME", &name),
            Property::new("X-WR-CALNAME", &name),
            Property::new("DESCRIPTION", &description),
            Property::new("X-WR-CALDESC", &description),
            uri("SOURCE", &cover.path),
            Property::new("URL", paths::absolute(base_url, &cover.page)),
            refresh
                .append_parameter(Parameter::new("VALUE", "DURATION"))
                .done(),
            Property::new("X-PUBLISHED-TTL", REFRESH),
        ] {
            calendar.append_property(property);
        }
        Book {
            calendar,
            base_url,
            host,
            today,
            style,
        }
    }

    /// Adds an event for each day of the year on which the article stands. What
    /// a date says that is known to be wrong, or a text that is kept back, does
    /// not go into calendars, where nobody could take it out again.
    pub(super) fn add(&mut self, article: &Published, places: &Places) {
        let is_kept_back = |kind: &HoldKind| matches!(kind, HoldKind::Date | HoldKind::Text);
        if article.held.iter().any(is_kept_back) {
            return;
        }
        let mut days = HashSet::new();
        let mut names = HashSet::new();
        for date in &article.details.dates {
            let Ok(known) = date.date() else { continue };
            for standing in known.standings() {
                // As on the page of the day: two dates of one article on one
                // day are one entry.
                if !days.insert((standing.year, standing.day)) {
                    continue;
                }
                let name = unused(&event_name(date, standing.edge), &mut names);
                if let Some(event) = self.event(article, places, date, standing, &name) {
                    self.calendar.push(event);
                }
            }
        }
    }

    /// The text of the whole. RFC 5545 asks for at least one event; of an entry
    /// without a day there is none, and all programs take it so.
    pub(super) fn finish(self) -> String {
        fold(&self.calendar.to_string())
    }

    /// `None` only at the end of the calendar of `civil::Date`, in the year 9999.
    fn event(
        &self,
        article: &Published,
        places: &Places,
        date: &EventDate,
        standing: Standing,
        name: &str,
    ) -> Option<Event> {
        let url = paths::absolute(self.base_url, &paths::article(&article.slug));
        let starts = next(standing.day, self.today)?;
        let ends = starts.checked_add(1.day()).ok()?;
        let mut event = Event::new();
        event
            .uid(&format!("{}{name}@{}", article.slug, self.host))
            // Never the moment of asking, or the bytes would always be others.
            .add_property("DTSTAMP", moment(article.times.updated_at))
            .add_property("LAST-MODIFIED", moment(article.times.updated_at))
            .add_property("CREATED", moment(article.times.published_at))
            .add_property("SEQUENCE", (article.revision - 1).max(0).to_string())
            .append_property(all_day("DTSTART", starts))
            .append_property(all_day("DTEND", ends))
            .add_property("RRULE", rule(standing.day))
            .add_property("TRANSP", "TRANSPARENT")
            .add_property("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
            .add_property("STATUS", "CONFIRMED")
            .add_property("CLASS", "PUBLIC")
            .add_property("SUMMARY", summary(article, date, standing))
            .add_property(
                "DESCRIPTION",
                self.description(article, date, standing.edge, &url),
            )
            .add_property("URL", url);
        let names = |registry: Registry| {
            let tags = article.tags.iter();
            tags.filter(move |tag| tag.registry == registry)
        };
        let topics: Vec<String> = names(Registry::Topics)
            .map(|tag| clean_line(&tag.name))
            .collect();
        if !topics.is_empty() {
            event.categories(topics);
        }
        if let Some(place) = names(Registry::Places).next() {
            event.add_property("LOCATION", clean_line(&place.name));
            let points = &article.details.points;
            let own = points.iter().find(|point| point.name == place.name);
            let own = own.map(|point| (point.lat(), point.lon()));
            let of_registry = || places.get(&place.entry).map(|one| (one.lat, one.lon));
            if let Some((lat, lon)) = own.or_else(of_registry) {
                event.add_property("GEO", format!("{lat:.6};{lon:.6}"));
            }
        }
        Some(event.done())
    }

    fn description(&self, article: &Published, date: &EventDate, edge: Edge, url: &str) -> String {
        let words = date
            .date()
            .map(|date| date.words_with_calendar(self.style))
            .unwrap_or_default();
        let label = match date.edge_words(edge) {
            label if label.is_empty() => "Date".to_owned(),
            label => capitalised(&label),
        };
        let mut text = clean(&article.summary);
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&clean_line(&format!("{label}: {words}")));
        text.push_str("\n\n");
        text.push_str(url);
        text
    }
}

/// "1951: Chinese and North Korean forces capture Seoul". What is not the day
/// by which the article is known says what it is.
fn summary(article: &Published, date: &EventDate, standing: Standing) -> String {
    let title = clean_line(&format!("{}: {}", standing.year.words(), article.title));
    if date.primary && standing.edge == Edge::Whole {
        return title;
    }
    match clean_line(&date.edge_words(standing.edge)) {
        words if words.is_empty() => title,
        words => format!("{title} ({words})"),
    }
}

/// What tells the events of one article apart. It holds no day, year or title,
/// because these get corrected, and the event should then move and not be
/// another one. Empty for the day by which the article is known.
fn event_name(date: &EventDate, edge: Edge) -> String {
    let mut name = String::new();
    if !date.primary {
        let role = date
            .role
            .and_then(|role| serde_json::to_value(role).ok())
            .and_then(|role| role.as_str().map(str::to_owned));
        name.push('.');
        name.push_str(role.as_deref().unwrap_or("date"));
    }
    name.push_str(match edge {
        Edge::Whole => "",
        Edge::First => ".first",
        Edge::Last => ".last",
    });
    name
}

fn unused(name: &str, names: &mut HashSet<String>) -> String {
    let mut found = name.to_owned();
    let mut count = 2;
    while !names.insert(found.clone()) {
        found = format!("{name}.{count}");
        count += 1;
    }
    found
}

/// When the day next comes, today included. February 29 comes every year: in
/// one that lacks it on February 28, where the site remembers it as well.
fn next(day: Day, today: Date) -> Option<Date> {
    let in_year = |year: i16| {
        let first = Date::new(year, i8::try_from(day.month()).ok()?, 1).ok()?;
        let last = if day.is_leap_day() {
            first.days_in_month()
        } else {
            i8::try_from(day.day()).ok()?
        };
        civil::Date::new(year, first.month(), last).ok()
    };
    let this_year = in_year(today.year())?;
    if this_year >= today {
        return Some(this_year);
    }
    in_year(today.year().checked_add(1)?)
}

/// Plain `FREQ=YEARLY` would leave February 29 out for three years of four.
fn rule(day: Day) -> &'static str {
    if day.is_leap_day() {
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"
    } else {
        "FREQ=YEARLY"
    }
}

fn all_day(key: &str, date: Date) -> Property {
    let mut property = Property::new(key, date.strftime("%Y%m%d").to_string());
    property
        .append_parameter(Parameter::new("VALUE", "DATE"))
        .done()
}

/// `20261123T000000Z`, of epoch milliseconds.
fn moment(milliseconds: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(milliseconds.max(0)).unwrap_or_default();
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn day(month: u8, day: u8) -> Day {
        Day::new(month, day).unwrap()
    }

    #[test]
    fn an_event_begins_at_its_next_anniversary() {
        let today = date(2026, 11, 22);
        assert_eq!(next(day(11, 22), today), Some(today));
        assert_eq!(next(day(11, 21), today), Some(date(2027, 11, 21)));
        assert_eq!(next(day(12, 31), today), Some(date(2026, 12, 31)));
        assert_eq!(next(day(1, 1), date(2026, 12, 31)), Some(date(2027, 1, 1)));
    }

    #[test]
    fn february_29_is_on_the_last_of_february_every_year() {
        for (today, expected) in [
            (date(2026, 11, 22), date(2027, 2, 28)),
            (date(2027, 2, 28), date(2027, 2, 28)),
            (date(2027, 3, 1), date(2028, 2, 29)),
            (date(2028, 2, 28), date(2028, 2, 29)),
            (date(2028, 2, 29), date(2028, 2, 29)),
            (date(1899, 3, 1), date(1900, 2, 28)),
        ] {
            let starts = next(Day::LEAP, today).unwrap();
            assert_eq!(starts, expected, "{today}");
            // It is the very day on which the site remembers February 29.
            let (year, of_year) = crate::dates::year_and_day(starts);
            let remembers = of_year == Day::LEAP || of_year.also_remembered(year).is_some();
            assert!(remembers, "{starts}");
        }
        assert_eq!(next(day(2, 28), date(2028, 2, 29)), Some(date(2029, 2, 28)));
        assert_eq!(rule(day(2, 28)), "FREQ=YEARLY");
    }

    #[test]
    fn two_dates_of_one_role_have_names_of_their_own() {
        let mut names = HashSet::new();
        assert_eq!(unused(".battle", &mut names), ".battle");
        assert_eq!(unused(".battle", &mut names), ".battle.2");
        assert_eq!(unused(".battle", &mut names), ".battle.3");
    }

    #[test]
    fn no_line_is_too_long_whatever_the_length_of_its_text() {
        for length in 0..320 {
            let cover = Cover {
                name: "é".repeat(length / 2),
                description: "a".repeat(length),
                path: "/calendar.ics".to_owned(),
                page: "/".to_owned(),
            };
            let today = date(2026, 11, 22);
            let host = "x.example";
            let book = Book::new(&cover, "https://x.example", host, today, DateStyle::Mdy);
            let text = book.finish();
            let longest = text.split("\r\n").map(str::len).max();
            assert!(longest <= Some(75), "{longest:?} octets for {length}");
        }
    }
}
